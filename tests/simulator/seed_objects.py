# Copyright: (c) 2026, m365.entra contributors
# GNU General Public License v3.0+ (see COPYING or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later
"""Makes the objects that a tenant keeps from those that a seed holds at each path."""

from __future__ import annotations

import uuid

from .clock import graph_timestamp
from .conditional_access.canonical import canonical_object, canonical_policy
from .conditional_access.schema_check import TIMESTAMP, Expectations, SchemaMismatch, check_object
from .conditional_access.strength_form import complete_strength
from .graph.authorization_form import seeded_authorization_policy
from .json_types import JsonObject, JsonValue
from .methods_policy.seeding import seeded_configuration, seeded_policy, usual_configurations
from .portal.mfa_registration import usual_registration_policy
from .portal.password_reset_rules import usual_password_reset, usual_writeback
from .resource_types import resource_type
from .sign_in_rows import check_sign_in, seeded_sign_in
from .sign_in_shape import InvalidSignIns
from .tenant import (
    ADMIN_CUSTOMERS,
    ADMIN_RELATIONSHIPS,
    AGREEMENTS,
    APP_ROLE_ASSIGNMENTS,
    APPLICATIONS,
    AUTHENTICATION_CONTEXTS,
    AUTHENTICATION_STRENGTHS,
    AUTHORIZATION_POLICY,
    CLAIMS_POLICIES,
    CONTRACTS,
    DELETED_APPLICATIONS,
    DELETED_NAMED_LOCATIONS,
    DELETED_POLICIES,
    DELETED_SERVICE_PRINCIPALS,
    DIRECTORY_AUDITS,
    GROUPS,
    METHOD_CONFIGURATIONS,
    METHODS_POLICY,
    MFA_REGISTRATION,
    MFA_REQUIREMENTS,
    NAMED_LOCATIONS,
    ORGANIZATION,
    PASSWORD_RESET,
    PASSWORD_WRITEBACK,
    POLICIES,
    REGISTRATION_DETAILS,
    ROLE_ASSIGNMENTS,
    ROLE_DEFINITIONS,
    ROLE_ELIGIBILITIES,
    SECURITY_DEFAULTS,
    SERVICE_PRINCIPALS,
    SIGN_INS,
    SUBSCRIBED_SKUS,
    USERS,
)

DIRECTORY_TYPES = {
    ORGANIZATION: "organization",
    SUBSCRIBED_SKUS: "subscribedSku",
    USERS: "user",
    GROUPS: "group",
    SERVICE_PRINCIPALS: "servicePrincipal",
    APPLICATIONS: "application",
    ROLE_DEFINITIONS: "unifiedRoleDefinition",
    ROLE_ASSIGNMENTS: "unifiedRoleAssignment",
    ROLE_ELIGIBILITIES: "unifiedRoleEligibilityScheduleInstance",
    AGREEMENTS: "agreement",
    REGISTRATION_DETAILS: "userRegistrationDetails",
    DIRECTORY_AUDITS: "directoryAudit",
    SIGN_INS: "signIn",
    CLAIMS_POLICIES: "claimsMappingPolicy",
    APP_ROLE_ASSIGNMENTS: "appRoleAssignment",
    DELETED_APPLICATIONS: "application",
    DELETED_SERVICE_PRINCIPALS: "servicePrincipal",
    ADMIN_RELATIONSHIPS: "delegatedAdminRelationship",
    ADMIN_CUSTOMERS: "delegatedAdminCustomer",
    CONTRACTS: "contract",
}
POLICY_TYPES = {
    POLICIES: "conditionalAccessPolicy",
    DELETED_POLICIES: "conditionalAccessPolicy",
    NAMED_LOCATIONS: "namedLocation",
    DELETED_NAMED_LOCATIONS: "namedLocation",
    AUTHENTICATION_CONTEXTS: "authenticationContextClassReference",
    AUTHENTICATION_STRENGTHS: "authenticationStrengthPolicy",
    SECURITY_DEFAULTS: "identitySecurityDefaultsEnforcementPolicy",
}
# Objects that a tenant has once; their documents are objects and not lists.
SINGLETONS = frozenset({SECURITY_DEFAULTS, METHODS_POLICY, AUTHORIZATION_POLICY})
# Settings objects of the portal, whose members are not all known: a seed is laid over the usual object as it is.
PORTAL_OBJECTS = {
    PASSWORD_RESET: usual_password_reset,
    PASSWORD_WRITEBACK: usual_writeback,
    MFA_REGISTRATION: usual_registration_policy,
}
LAID_OVER_THE_USUAL = {
    METHODS_POLICY: seeded_policy,
    METHOD_CONFIGURATIONS: seeded_configuration,
    AUTHORIZATION_POLICY: seeded_authorization_policy,
}
AS_IN_BETA = Expectations(beta=True)


class InvalidSeed(ValueError):
    """The document of a new tenant is not understood; the message names the member."""


def prepared(path: str, value: JsonValue) -> list[JsonObject]:
    """Return the objects of one path as the tenant keeps them.

    Raises:
        InvalidSeed: naming the path and what is wrong at it.
    """
    if path in PORTAL_OBJECTS:
        return [_prepared_portal_object(path, value)]
    items = [value] if path in SINGLETONS else value
    if not isinstance(items, list | tuple) or not all(isinstance(item, dict) for item in items):
        raise InvalidSeed(f"'{path}' must be a list of objects")
    if path == ORGANIZATION and len(items) != 1:
        raise InvalidSeed(f"'{path}' must hold one object")
    if items is usual_configurations():  # tenants share them: they are the largest part of a tenant that says nothing
        return list(items)
    if path in DIRECTORY_TYPES:
        return [_prepared_directory_object(path, item) for item in items]
    return [_prepared_policy_object(path, position, item) for position, item in enumerate(items)]


def with_built_ins(path: str, items: list[JsonObject], usual: JsonObject) -> list[JsonObject]:
    """Built-in roles, strengths and methods exist in every tenant, also where a seed does not list them."""
    if path not in (ROLE_DEFINITIONS, AUTHENTICATION_STRENGTHS, METHOD_CONFIGURATIONS):
        return items
    listed = {item["id"] for item in items}
    return [*(item for item in usual[path] if item["id"] not in listed), *items]


def _prepared_directory_object(path: str, item: JsonObject) -> JsonObject:
    identified: JsonObject = {"id": str(uuid.uuid4())} | item
    if path == GROUPS:
        identified = {"members": []} | identified
    if path == DIRECTORY_AUDITS:
        identified = {"activityDateTime": graph_timestamp()} | identified
        _check_moment(identified, "activityDateTime", path)
    if path == SIGN_INS:
        identified = _prepared_sign_in(identified)
    if path == USERS:
        identified = {"accountEnabled": True, "userType": "Member"} | identified
    return resource_type(DIRECTORY_TYPES[path]).complete(identified)


def _prepared_portal_object(path: str, value: JsonValue) -> JsonObject:
    if not isinstance(value, dict):
        raise InvalidSeed(f"'{path}' must be an object")
    return {"id": path, "object": PORTAL_OBJECTS[path]() | value}


def _prepared_sign_in(item: JsonObject) -> JsonObject:
    """Return a row of the log: an interactive sign-in of now that succeeded, unless the seed says otherwise."""
    try:
        check_sign_in(item)
    except InvalidSignIns as error:
        raise InvalidSeed(f"'{SIGN_INS}': {error}") from error
    prepared_row = seeded_sign_in(item)
    _check_moment(prepared_row, "createdDateTime", SIGN_INS)
    return prepared_row


def _check_moment(item: JsonObject, name: str, path: str) -> None:
    value = item[name]
    if TIMESTAMP.fullmatch(str(value)) is None:
        raise InvalidSeed(f"'{name}' in '{path}' must be a moment with its zone, not {value!r}")


def _prepared_policy_object(path: str, position: int, item: JsonObject) -> JsonObject:
    where = f"{path}[{position}]"
    try:
        if path in LAID_OVER_THE_USUAL:
            return LAID_OVER_THE_USUAL[path](item, where)
        if path == MFA_REQUIREMENTS:
            return _prepared_requirements(item, where)
        type_name = POLICY_TYPES[path]
        check_object(item, type_name, AS_IN_BETA, where)
    except SchemaMismatch as error:
        raise InvalidSeed(str(error)) from error
    created = {} if path in (SECURITY_DEFAULTS, AUTHENTICATION_CONTEXTS) else {"createdDateTime": graph_timestamp()}
    identified = {"id": str(uuid.uuid4())} | created | item
    if path in (POLICIES, DELETED_POLICIES):
        return canonical_policy(identified)
    if path == AUTHENTICATION_STRENGTHS:
        return complete_strength(identified)
    return canonical_object(identified, type_name)


def _prepared_requirements(item: JsonObject, where: str) -> JsonObject:
    """Return what a seed says of the per-user MFA of one user, whose id it gives."""
    requirements = {name: value for name, value in item.items() if name != "id"}
    check_object(requirements, "strongAuthenticationRequirements", AS_IN_BETA, where)
    if set(item) != {"id", "perUserMfaState"}:
        raise SchemaMismatch(where, "'id' and 'perUserMfaState' were expected")
    return item | {"id": str(item["id"]).lower()}
