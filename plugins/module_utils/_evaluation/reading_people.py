# Copyright: (c) 2026, m365.entra contributors
# GNU General Public License v3.0+ (see COPYING or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later

"""Reads who signs in: users with their groups, roles and kind, and service principals."""

from __future__ import annotations

from .._graph.session import Session
from .._reconcile.shape import Json
from .needs import Needs
from .sign_in import MEMBER, UserIdentity, WorkloadIdentity

_GROUP = "#microsoft.graph.group"
_WHOLE_TENANT = "/"
_INVITED = "#EXT#"
_MANAGED_IDENTITY = "managedidentity"
_LARGEST_PAGE = "999"
# The service refuses more values in one `in` filter (facts section 7.4).
_VALUES_IN_A_FILTER = 15


def read_users(session: Session, identifiers: set[str], needs: Needs) -> dict[str, UserIdentity]:
    """The users of these ids, by id; of groups and roles only what is needed."""
    found = read_objects(session, "/users", identifiers, ("id", "userPrincipalName", "userType"))
    assignments = _read_assignments(session) if needs.roles and found else []
    return {
        identifier: _identity(user, _read_groups(session, identifier) if needs.groups else None, assignments, needs)
        for identifier, user in sorted(found.items())
    }


def _identity(user: Json, groups: frozenset[str] | None, assignments: list[Json], needs: Needs) -> UserIdentity:
    identifier = str(user["id"]).lower()
    roles = _held({identifier, *(groups or ())}, assignments) if needs.roles else None
    return UserIdentity(identifier, groups, roles, kind_of(user))


def kind_of(user: Json) -> str:
    """What kind of user the directory shows: invited users have a name of their own form (general knowledge).

    A partner who administers the tenant from outside is not among its users; only a test can say that somebody is one.
    """
    is_invited = _INVITED in str(user.get("userPrincipalName")).upper()
    if str(user.get("userType")).lower() == "guest":
        return "b2bCollaborationGuest" if is_invited else "internalGuest"
    return "b2bCollaborationMember" if is_invited else MEMBER


def _read_groups(session: Session, user: str) -> frozenset[str]:
    found = session.list(f"/users/{user}/transitiveMemberOf", select="id", top=_LARGEST_PAGE)
    return frozenset(str(one["id"]).lower() for one in found if one.get("@odata.type") == _GROUP)


def _read_assignments(session: Session) -> list[Json]:
    """All assignments of roles for the whole tenant; others do not count in policies (facts section 2.5)."""
    found = session.list("/roleManagement/directory/roleAssignments")
    return [one for one in found if one.get("directoryScopeId") == _WHOLE_TENANT]


def _held(principals: set[str], assignments: list[Json]) -> frozenset[str]:
    """The roles that one of *principals* holds; the id of a built-in role is that of its template."""
    return frozenset(
        str(one["roleDefinitionId"]).lower() for one in assignments if str(one["principalId"]).lower() in principals
    )


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
