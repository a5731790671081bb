# Copyright: (c) 2026, m365.entra contributors
# GNU General Public License v3.0+ (see COPYING or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later

"""Which users have registered no method for MFA, as the registration report says (facts section 9.1)."""

from __future__ import annotations

from dataclasses import dataclass

from .._graph.errors import GuardRefused, ServiceRefused
from .._graph.session import Session
from .._resources.license import NO_LICENSE
from .._resources.registration_report import DETAILS

_LARGEST_PAGE = "999"


@dataclass(frozen=True)
class Registered:
    """The ids of those whom the report knows: who is *known*, and who of them has registered for MFA."""

    known: frozenset[str]
    for_mfa: frozenset[str]


def read_registered(session: Session) -> Registered:
    """The whole report, a thousand users a read.

    Raises GuardRefused in a tenant without the licence for it: nobody can say there who has registered.
    """
    known, for_mfa = set(), set()
    try:
        for page in session.pages(DETAILS, top=_LARGEST_PAGE):
            for row in page:
                identifier = str(row["id"]).lower()
                known.add(identifier)
                if row.get("isMfaRegistered") is not False:
                    for_mfa.add(identifier)
    except ServiceRefused as error:
        if error.code != NO_LICENSE:
            raise
        raise GuardRefused(
            f"without_mfa: the registration report needs Microsoft Entra ID P1 or P2. {error.message}",
            remedy="Give without_mfa: false and say whose sessions are revoked. Nothing was written.",
            request_id=error.request_id,
        ) from error
    return Registered(frozenset(known), frozenset(for_mfa))
