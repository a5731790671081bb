# Copyright: (c) 2026, m365.entra contributors
# GNU General Public License v3.0+ (see COPYING or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later

"""Who may activate directory roles in the whole tenant, by Privileged Identity Management."""

from __future__ import annotations

from .._graph.errors import GuardRefused, ServiceRefused
from .._graph.session import Session
from .role_assignments import WHOLE_TENANT, RoleAssignments

ELIGIBILITIES = "/roleManagement/directory/roleEligibilityScheduleInstances"
NO_LICENSE = "AadPremiumLicenseRequired"


def read_role_eligibilities(session: Session) -> RoleAssignments:
    """The eligible assignments of this moment for the whole tenant, in the form of active ones.

    Raises GuardRefused where the tenant lacks the licence, and so has no eligible assignments that could be read.
    """
    try:
        found = session.list(ELIGIBILITIES)
    except ServiceRefused as error:
        if error.code == NO_LICENSE:
            raise GuardRefused(
                f"include_eligible: the tenant has no licence for eligible assignments. {error.message}",
                remedy="Give include_eligible: false, or bring Entra ID P2 or Governance to the tenant. "
                "Nothing was written.",
                request_id=error.request_id,
            ) from error
        raise
    return RoleAssignments(
        frozenset(
            (str(one.get("roleDefinitionId") or "").lower(), str(one.get("principalId") or "").lower())
            for one in found
            if one.get("directoryScopeId") == WHOLE_TENANT
        )
    )
