# Copyright: (c) 2026, m365.entra contributors
# GNU General Public License v3.0+ (see COPYING or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later
"""What a caller of evaluate says of a sign-in, with what the directory knows of who signs in."""

from __future__ import annotations

import ipaddress
from dataclasses import dataclass

from ..graph import errors
from ..graph.call import GraphCall
from ..json_types import JsonObject, JsonValue
from ..tenant import GROUPS, NAMED_LOCATIONS, ROLE_ASSIGNMENTS, SERVICE_PRINCIPALS, USERS, Tenant
from .schema_check import Expectations, SchemaMismatch, check_object

# The parameters that are required; each is of the type of its own name.
PARTS = ("signInIdentity", "signInContext", "signInConditions")
WHOLE_TENANT = "/"
EXTERNAL_NAME = "#EXT#"


@dataclass(frozen=True)
class Person:
    """A user: their groups and roles, and their external type, or None for a member."""

    user_id: str
    groups: frozenset[str]
    roles: frozenset[str]
    external_type: str | None
    external_tenant: str | None


@dataclass(frozen=True)
class Workload:
    """A service principal; ``ours`` is one that this tenant registered."""

    principal_id: str
    ours: bool


@dataclass(frozen=True)
class SignInRequest:
    """A sign-in to judge; ``conditions`` holds only what was said of it."""

    who: Person | Workload
    context: JsonObject
    conditions: JsonObject
    locations: dict[str, JsonObject]


def requested_sign_in(call: GraphCall, body: JsonObject) -> SignInRequest:
    """Return the sign-in that a body describes.

    Raises:
        GraphError: a part is missing, of another type, or names who is not there.
    """
    _check(call, body)
    conditions = _said(body["signInConditions"])
    _check_address(conditions)
    return SignInRequest(
        who=_who(call, _said(body["signInIdentity"])),
        context=_said(body["signInContext"]),
        conditions=conditions,
        locations={item["id"]: item for item in call.collection(NAMED_LOCATIONS).visible()},
    )


def _check(call: GraphCall, body: JsonObject) -> None:
    unknown = sorted(set(body) - {*PARTS, "appliedPoliciesOnly"})
    if unknown:
        raise errors.policy_object_mismatch("evaluate", f"{unknown[0]}: evaluate has no such parameter")
    expectations = Expectations(beta=call.is_beta, cloud=call.profile.cloud)
    for name in PARTS:
        if body.get(name) is None:
            raise errors.policy_invalid(f"The parameter '{name}' is required.")
        try:
            check_object(_said(body[name]), name, expectations, name)
        except SchemaMismatch as error:
            raise errors.policy_object_mismatch("evaluate", str(error)) from error
    for name in ("signInIdentity", "signInContext"):
        if str(body[name].get("@odata.type", "")).rpartition(".")[2] in ("", name):
            raise errors.policy_object_mismatch("evaluate", f"{name}: '@odata.type' says no type of it")
    if not isinstance(body.get("appliedPoliciesOnly", False), bool | None):
        raise errors.policy_object_mismatch("evaluate", "appliedPoliciesOnly: a Boolean was expected")


def _said(value: JsonValue) -> JsonValue:
    """Return an object without what is null, at every depth: null is what was not said."""
    if not isinstance(value, dict):
        return value
    return {name: _said(member) for name, member in value.items() if member is not None}


def _check_address(conditions: JsonObject) -> None:
    if "ipAddress" not in conditions:
        return
    try:
        ipaddress.ip_address(conditions["ipAddress"])
    except ValueError as error:
        raise errors.policy_invalid(f"'{conditions['ipAddress']}' is not a valid IP address.") from error


def _who(call: GraphCall, identity: JsonObject) -> Person | Workload:
    if identity["@odata.type"].endswith("servicePrincipalSignIn"):
        return _workload(call, str(identity.get("servicePrincipalId", "")))
    return _person(call, identity)


def _workload(call: GraphCall, identifier: str) -> Workload:
    principal = call.collection(SERVICE_PRINCIPALS).find_visible(identifier)
    if principal is None:
        raise errors.policy_invalid(f"The service principal '{identifier}' does not exist in the directory.")
    is_managed = principal.get("servicePrincipalType") == "ManagedIdentity"
    ours = str(principal.get("appOwnerOrganizationId")).lower() == call.tenant.tenant_id and not is_managed
    return Workload(principal["id"].lower(), ours)


def _person(call: GraphCall, identity: JsonObject) -> Person:
    """An external user whose type is said need not be in the directory."""
    external_type = identity.get("externalUserType")
    said = None if external_type in (None, "none") else str(external_type)
    tenant_id = identity.get("externalTenantId")
    user = call.collection(USERS).find_visible(str(identity.get("userId", "")))
    if user is None and (said is None or "userId" in identity):
        raise errors.policy_invalid(f"The user '{identity.get('userId', '')}' does not exist in the directory.")
    user_id = str(user["id"]).lower() if user else ""
    groups = _groups_of(call.tenant, user_id)
    return Person(
        user_id=user_id,
        groups=groups,
        roles=_roles_of(call.tenant, {user_id, *groups}),
        external_type=said or (_external_type(user) if user else None),
        external_tenant=str(tenant_id).lower() if tenant_id else None,
    )


def _external_type(user: JsonObject) -> str | None:
    """What the directory shows of a user: invited ones have a name of their own form (general knowledge)."""
    is_invited = EXTERNAL_NAME in str(user.get("userPrincipalName")).upper()
    if str(user.get("userType")).lower() == "guest":
        return "b2bCollaborationGuest" if is_invited else "internalGuest"
    return "b2bCollaborationMember" if is_invited else None


def _groups_of(tenant: Tenant, member: str) -> frozenset[str]:
    """Return the ids of all groups that somebody is in, directly or through other groups."""
    groups = {group["id"].lower(): {item.lower() for item in group["members"]} for group in tenant[GROUPS].visible()}
    found: set[str] = set()
    wanted = {member}
    while wanted:
        wanted = {name for name, members in groups.items() if members & wanted} - found
        found |= wanted
    return frozenset(found)


def _roles_of(tenant: Tenant, principals: set[str]) -> frozenset[str]:
    """Return the roles held for the whole tenant; those for an administrative unit do not count (facts 2.5)."""
    return frozenset(
        str(assignment["roleDefinitionId"]).lower()
        for assignment in tenant[ROLE_ASSIGNMENTS].visible()
        if assignment["principalId"].lower() in principals and assignment.get("directoryScopeId") == WHOLE_TENANT
    )
