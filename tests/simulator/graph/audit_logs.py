# Copyright: (c) 2026, m365.entra contributors
# GNU General Public License v3.0+ (see COPYING or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later
"""/auditLogs/directoryAudits: who changed what (facts section 13.4)."""

from __future__ import annotations

from datetime import UTC, datetime, timedelta

from ..json_types import JsonObject
from ..licence import has_p1
from ..messages import Response
from ..resource_types import resource_type
from ..tenant import DIRECTORY_AUDITS
from . import errors, permissions
from .call import GraphCall
from .directory import found, show_directory_object
from .filter_expression import comparable
from .listing import Listing, listed
from .routing import Route

TYPE_NAME = "directoryAudit"
CONTEXT = "auditLogs/directoryAudits"
DAYS_WITH_LICENCE, DAYS_WITHOUT = 30, 7
NESTED = frozenset(
    {
        "initiatedBy/user/id",
        "initiatedBy/user/userPrincipalName",
        "initiatedBy/app/appId",
        "initiatedBy/app/displayName",
    }
)


def list_audits(call: GraphCall) -> Response:
    """Answer a page of the log, the latest first unless the query orders it otherwise."""
    _check_licence(call)
    shown = resource_type(TYPE_NAME)
    listing = Listing(
        type_name=TYPE_NAME,
        filterable=shown.filterable | NESTED,
        selectable=shown.selectable,
        select=shown.shown,
        page_size=call.profile.page_size,
        requires_eventual_count=False,
        ordered=frozenset({"activityDateTime"}),
        allowed=frozenset({"$filter", "$select", "$top", "$orderby", "$count"}),
    )
    rows = sorted(_kept_rows(call), key=_moment, reverse=True)
    return listed(call, rows, listing, CONTEXT)


def get_audit(call: GraphCall) -> Response:
    _check_licence(call)
    return show_directory_object(call, found(call, DIRECTORY_AUDITS, call.parameters["id"]), TYPE_NAME, CONTEXT)


def _kept_rows(call: GraphCall) -> list[JsonObject]:
    days = DAYS_WITH_LICENCE if has_p1(call.tenant) else DAYS_WITHOUT
    oldest = datetime.now(UTC) - timedelta(days=days)
    return [row for row in call.collection(DIRECTORY_AUDITS).visible() if _moment(row) >= oldest]


def _moment(row: JsonObject) -> datetime:
    moment = comparable(row["activityDateTime"])
    assert isinstance(moment, datetime), row
    return moment


def _check_licence(call: GraphCall) -> None:
    """Whether a tenant without licence may read its log is uncertain (facts section 13.4), so a setting decides."""
    if call.profile.audits_without_licence == "refuse" and not has_p1(call.tenant):
        raise errors.premium_needed()


ROUTES = (
    Route("GET", DIRECTORY_AUDITS, list_audits, permissions.READ_REPORTS, rate="reports"),
    Route("GET", f"{DIRECTORY_AUDITS}/{{id}}", get_audit, permissions.READ_REPORTS, rate="reports"),
)
