# Copyright: (c) 2026, m365.entra contributors
# GNU General Public License v3.0+ (see COPYING or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later

"""Reads who signs in: users with their groups, roles and kind, and service principals."""

from __future__ import annotations

from .._directory.groups_of_user import read_groups_of
from .._directory.role_assignments import RoleAssignments, read_role_assignments
from .._graph.session import Session
from .._reconcile.shape import Json
from .needs import Needs
from .sign_in import MEMBER, UserIdentity, WorkloadIdentity

_INVITED = "#EXT#"
_MANAGED_IDENTITY = "managedidentity"
# The service refuses more values in one `in` filter (facts section 7.4).
_VALUES_IN_A_FILTER = 15


def read_users(session: Session, identifiers: set[str], needs: Needs) -> dict[str, UserIdentity]:
    """The users of these ids, by id; of groups and roles only what is needed."""
    found = read_objects(session, "/users", identifiers, ("id", "userPrincipalName", "userType"))
    assignments = read_role_assignments(session) if needs.roles and found else None
    return {
        identifier: _identity(user, read_groups_of(session, identifier) if needs.groups else None, assignments)
        for identifier, user in sorted(found.items())
    }


def _identity(user: Json, groups: frozenset[str] | None, assignments: RoleAssignments | None) -> UserIdentity:
    identifier = str(user["id"]).lower()
    roles = assignments.roles_of({identifier, *(groups or ())}) if assignments else None
    return UserIdentity(identifier, groups, roles, kind_of(user))


def kind_of(user: Json) -> str:
    """What kind of user the directory shows: invited users have a name of their own form (general knowledge).

    A partner who administers the tenant from outside is not among its users; only a test can say that somebody is one.
    """
    is_invited = _INVITED in str(user.get("userPrincipalName")).upper()
    if str(user.get("userType")).lower() == "guest":
        return "b2bCollaborationGuest" if is_invited else "internalGuest"
    return "b2bCollaborationMember" if is_invited else MEMBER


def read_workloads(session: Session, identifiers: set[str]) -> dict[str, WorkloadIdentity]:
    """The service principals of these ids, by id. Policies for those of the tenant do not mean managed identities."""
    properties = ("id", "appOwnerOrganizationId", "servicePrincipalType")
    found = read_objects(session, "/servicePrincipals", identifiers, properties)
    own = session.claims.tenant_id
    return {identifier: WorkloadIdentity(identifier, _is_own(one, own)) for identifier, one in found.items()}


def _is_own(principal: Json, tenant: str) -> bool:
    is_managed = str(principal.get("servicePrincipalType")).lower() == _MANAGED_IDENTITY
    return not is_managed and str(principal.get("appOwnerOrganizationId")).lower() == tenant


def read_objects(session: Session, path: str, identifiers: set[str], properties: tuple[str, ...]) -> dict[str, Json]:
    """The objects at *path* whose first one of *properties* is among *identifiers*, by it."""
    key, wanted = properties[0], sorted(identifiers)
    found: list[Json] = []
    for start in range(0, len(wanted), _VALUES_IN_A_FILTER):
        quoted = ",".join(f"'{one}'" for one in wanted[start : start + _VALUES_IN_A_FILTER])
        found += session.list(path, filter=f"{key} in ({quoted})", select=",".join(properties))
    return {str(one[key]).lower(): one for one in found}
