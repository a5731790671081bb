# Copyright: (c) 2026, m365.entra contributors
# GNU General Public License v3.0+ (see COPYING or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later

"""How many users have registered for MFA and for self-service password reset (facts section 9.1)."""

from __future__ import annotations

from dataclasses import dataclass

from .._graph.errors import EntraError
from .._graph.session import Session
from .._guard.permissions import READ_REGISTRATION
from .._reconcile.shape import Json

PATH = "/reports/authenticationMethods/usersRegisteredByFeature(includedUserTypes='all',includedUserRoles='all')"
NO_LICENSE = "Authentication_RequestFromNonPremiumTenantOrB2CTenant"


@dataclass(frozen=True)
class Registration:
    """Counts of users, or why there are none.

    *total* users are in the report, of whom *mfa_capable* have registered for MFA with a method that policy allows, and
    *password_reset_capable* can reset their own password. With a *problem* the counts are 0 and mean nothing.
    """

    total: int = 0
    mfa_capable: int = 0
    password_reset_capable: int = 0
    problem: str = ""


def read_registration(session: Session) -> Registration:
    """The counts, in at most one read; what keeps them from us is part of the answer and no failure."""
    if not READ_REGISTRATION.is_met_by(session.claims.permissions):
        return Registration(problem=f"the application lacks {READ_REGISTRATION.any_of[0]}")
    try:
        return registration_from(session.get(PATH))
    except EntraError as error:
        # The report is a courtesy: what was done before must be told even when it cannot be read.
        if error.code == NO_LICENSE:
            return Registration(problem="the registration report needs Microsoft Entra ID P1")
        cause = f"{error.status} {error.code}".strip() if error.status else error.message
        return Registration(problem=f"the registration report could not be read ({cause})")


def registration_from(summary: Json) -> Registration:
    """The counts in an answer of usersRegisteredByFeature."""
    counts = {
        str(one.get("feature")): int(one.get("userCount") or 0)
        for one in summary.get("userRegistrationFeatureCounts") or []
    }
    return Registration(
        total=int(summary.get("totalUserCount") or 0),
        mfa_capable=counts.get("mfaCapable", 0),
        password_reset_capable=counts.get("ssprCapable", 0),
    )
