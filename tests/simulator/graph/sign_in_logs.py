# Copyright: (c) 2026, m365.entra contributors
# GNU General Public License v3.0+ (see COPYING or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later
"""/auditLogs/signIns: who signed in, and what policies came to (facts section 9.2)."""

from __future__ import annotations

from bisect import bisect_left
from dataclasses import replace
from datetime import UTC, datetime, timedelta

from ..json_types import JsonObject
from ..licence import has_p1
from ..messages import Response
from ..resource_types import resource_type
from ..sign_in_results import REPORT_ONLY_RESULTS, applied_policies
from ..sign_in_rows import INTERACTIVE, GeneratedSignIns
from ..sign_in_shape import DAYS_KEPT, SignInShape
from ..tenant import POLICIES, SIGN_INS, stable_id
from . import errors, permissions
from .call import GraphCall
from .filter_expression import comparable
from .listing import Listing, wanted_filter
from .routing import Route
from .row_listing import Rows, listed_rows

TYPE_NAME = "signIn"
CONTEXT = "auditLogs/signIns"
LARGEST_PAGE = 1000
EVENT_TYPES = "signInEventTypes"
NESTED = frozenset(
    {"status/errorCode", "location/city", "location/state", "location/countryOrRegion", "location/geoCoordinates"}
)
ORDERS = {"createdDateTime desc": False, "createdDateTime": True, "createdDateTime asc": True}
NO_SIGN_INS = SignInShape(count=0, until="2000-01-01T00:00:00+00:00")


def list_sign_ins(call: GraphCall) -> Response:
    """Answer a page of the log, the latest first unless the query wants the earliest."""
    _require_premium(call)
    shown = resource_type(TYPE_NAME)
    listing = Listing(
        type_name=TYPE_NAME,
        filterable=shown.filterable | NESTED | (frozenset({EVENT_TYPES}) if call.is_beta else frozenset()),
        selectable=shown.selectable,
        select=lambda row, _select: _shown(call, row),
        page_size=call.profile.page_size,
        requires_eventual_count=False,
        ordered=frozenset({"createdDateTime"}),
        allowed=frozenset({"$filter", "$top", "$orderby"}),
    )
    return listed_rows(call, _ordered(call, _rows(call, listing)), listing, CONTEXT)


def get_sign_in(call: GraphCall) -> Response:
    """Answer one sign-in; v1.0 has only those that people made themselves."""
    _require_premium(call)
    identifier = call.parameters["id"].lower()
    row = call.collection(SIGN_INS).find_visible(identifier) or _generated(call).find(identifier)
    if row is None or not _is_kept(row) or not (call.is_beta or INTERACTIVE in row[EVENT_TYPES]):
        raise errors.directory_object_not_found(identifier)
    return Response(200, {"@odata.context": f"{call.context_url}{CONTEXT}/$entity"} | _shown(call, row))


def _rows(call: GraphCall, listing: Listing) -> Rows:
    """Return the rows of the log, the latest first: those of a seed among those that are made."""
    seeded = sorted(call.collection(SIGN_INS).visible(), key=_moment, reverse=True)
    generated = _generated(call)
    later = [_count_later(generated.shape, _moment(row)) for row in seeded]
    places = [position + count for position, count in enumerate(later)]

    def at(number: int) -> JsonObject:
        before = bisect_left(places, number)
        if before < len(places) and places[before] == number:
            return seeded[before]
        return generated.row(number - before)

    all_kinds = call.is_beta and _names_event_types(call, listing)
    return Rows(
        len(seeded) + generated.shape.count,
        at,
        lambda row: _is_kept(row) and (all_kinds or INTERACTIVE in row[EVENT_TYPES]),
    )


def _count_later(shape: SignInShape, moment: datetime) -> int:
    """Return how many of the generated sign-ins were later than a moment."""
    return bisect_left(range(shape.count), -moment.timestamp(), key=lambda index: -shape.moment_of(index).timestamp())


def _names_event_types(call: GraphCall, listing: Listing) -> bool:
    """Say whether the filter asks for kinds of sign-ins; without that only those by people themselves are there."""
    wanted = wanted_filter(call, listing)
    return wanted is not None and EVENT_TYPES in wanted.properties


def _ordered(call: GraphCall, rows: Rows) -> Rows:
    """Return the rows in the order that the query wants."""
    order = call.query.order_by
    if order is None or not _is_ascending(order):
        return rows
    return replace(rows, at=lambda number: rows.at(rows.count - 1 - number))


def _is_ascending(order: str) -> bool:
    try:
        return ORDERS[order.strip()]
    except KeyError:
        raise errors.unsupported_query(f"Unsupported sort '{order}' for {TYPE_NAME}.") from None


def _generated(call: GraphCall) -> GeneratedSignIns:
    tenant = call.tenant
    shape = tenant.sign_in_shape or NO_SIGN_INS
    return GeneratedSignIns(
        shape=shape,
        policies=applied_policies(call.collection(POLICIES).visible(), shape),
        log_id=stable_id(tenant.tenant_id, "sign-ins"),
        user_id=stable_id(tenant.tenant_id, "users of sign-ins"),
        domain=tenant.domains[0],
        tenant_id=tenant.tenant_id,
    )


def _shown(call: GraphCall, row: JsonObject) -> JsonObject:
    """Return a row as the caller sees it: what policies came to only with a permission to read policies."""
    shown = resource_type(TYPE_NAME).shown(row, None)
    permitted = permissions.READ_APPLIED_POLICIES.allows(call.permissions)
    policies = [_masked(call, policy) for policy in shown["appliedConditionalAccessPolicies"]] if permitted else []
    kinds = {EVENT_TYPES: row[EVENT_TYPES]} if call.is_beta else {}
    return {**shown, "appliedConditionalAccessPolicies": policies, **kinds}


def _masked(call: GraphCall, policy: JsonObject) -> JsonObject:
    """Return a policy of a row; whether the results of report-only show without being asked for is a setting."""
    setting = call.profile.report_only_results_in_sign_ins
    visible = setting == "always" or (setting == "with_prefer" and call.prefers_unknown_members)
    if visible or policy["result"] not in REPORT_ONLY_RESULTS:
        return policy
    return {**policy, "result": "unknownFutureValue"}


def _is_kept(row: JsonObject) -> bool:
    return _moment(row) >= datetime.now(UTC) - timedelta(days=DAYS_KEPT)


def _moment(row: JsonObject) -> datetime:
    moment = comparable(row["createdDateTime"])
    assert isinstance(moment, datetime), row
    return moment


def _require_premium(call: GraphCall) -> None:
    if not has_p1(call.tenant):
        raise errors.premium_needed()


ROUTES = (
    Route("GET", SIGN_INS, list_sign_ins, permissions.READ_REPORTS, rate="reports", largest_page=LARGEST_PAGE),
    Route("GET", f"{SIGN_INS}/{{id}}", get_sign_in, permissions.READ_REPORTS, rate="reports"),
)
