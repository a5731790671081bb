# Copyright: (c) 2026, m365.entra contributors
# GNU General Public License v3.0+ (see COPYING or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later

"""Who holds directory roles in the whole tenant (facts section 7.3)."""

from __future__ import annotations

import typing as t
from dataclasses import dataclass

from .._graph.session import Session

ASSIGNMENTS = "/roleManagement/directory/roleAssignments"
# Roles of an administrative unit or of one application do not count in policies (facts section 2.5).
WHOLE_TENANT = "/"


@dataclass(frozen=True)
class RoleAssignments:
    """The active assignments for the whole tenant, as pairs of a role's id and a principal's.

    The id of a built-in role is that of its template. Who may only activate a role does not hold it.
    """

    pairs: frozenset[tuple[str, str]]

    def roles_of(self, principals: t.Container[str]) -> frozenset[str]:
        """The roles that one of *principals* holds: a user, or a group that the user belongs to."""
        return frozenset(role for role, principal in self.pairs if principal in principals)

    def holders_of(self, roles: t.Container[str]) -> frozenset[str]:
        """The users, groups and service principals that hold one of *roles*."""
        return frozenset(principal for role, principal in self.pairs if role in roles)


def read_role_assignments(session: Session) -> RoleAssignments:
    """All of them, in one list."""
    return RoleAssignments(
        frozenset(
            (str(one.get("roleDefinitionId") or "").lower(), str(one.get("principalId") or "").lower())
            for one in session.list(ASSIGNMENTS)
            if one.get("directoryScopeId") == WHOLE_TENANT
        )
    )
