# Copyright: (c) 2026, m365.entra contributors
# GNU General Public License v3.0+ (see COPYING or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later

"""Reads the sign-in log page by page, so that no more than a page is held (facts sections 9.2 and 13.2)."""

from __future__ import annotations

import typing as t

from .._graph.api_versions import BETA, V1
from .._graph.errors import ServiceRefused
from .._graph.session import Session
from .._guard.permissions import Requirement
from .._resources.license import NO_LICENSE
from .._resources.registration_report import LicenceMissing
from .observation import Observation
from .sign_in_impact import SignInImpact

READ_SIGN_INS = Requirement("reading sign-ins", ("AuditLog.Read.All",))
SIGN_INS = "/auditLogs/signIns"
_LARGEST_PAGE = 1000
# Every sign-in of a page says of every policy what it came to, and a page is in memory as a whole.
_POLICIES_IN_A_PAGE = 25_000
_LATEST_FIRST = "createdDateTime desc"
# v1.0 has what people did themselves; only beta has what applications did for them.
_NON_INTERACTIVE = "signInEventTypes/any(t: t eq 'nonInteractiveUser')"


def read_sign_ins(
    session: Session, impact: SignInImpact, observation: Observation, maximum: int, *, non_interactive: bool
) -> None:
    """Take up to *maximum* sign-ins into *impact*, the latest first; first those by people themselves.

    Raises LicenceMissing where the tenant has neither P1 nor P2.
    """
    try:
        _read(session, impact, observation.expression, maximum, interactive=True)
        if non_interactive and impact.is_complete:
            _read(session, impact, f"{observation.expression} and {_NON_INTERACTIVE}", maximum, interactive=False)
        elif non_interactive:
            impact.incomplete_because.append("maximum_sign_ins: non-interactive sign-ins were not read for that reason")
    except ServiceRefused as error:
        if error.code == NO_LICENSE:
            raise LicenceMissing(error.message) from error
        raise


def _read(session: Session, impact: SignInImpact, expression: str, maximum: int, *, interactive: bool) -> None:
    for row in _rows(session, expression, V1 if interactive else BETA, page_size(len(impact.listed))):
        if impact.sign_ins >= maximum:
            impact.incomplete_because.append(
                f"maximum_sign_ins: there are more than {maximum} sign-ins; the latest of them were read"
            )
            return
        impact.add(row, interactive=interactive)


def page_size(policies: int) -> int:
    """How many sign-ins are read at once in a tenant with so many policies."""
    return min(_LARGEST_PAGE, _POLICIES_IN_A_PAGE // max(policies, 1))


def _rows(session: Session, expression: str, version: str, size: int) -> t.Iterator[dict[str, t.Any]]:
    pages = session.pages(SIGN_INS, version=version, filter=expression, orderby=_LATEST_FIRST, top=str(size))
    return (row for page in pages for row in page)
