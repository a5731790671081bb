# Copyright: (c) 2026, m365.entra contributors
# GNU General Public License v3.0+ (see COPYING or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later
"""Makes tenants from documents and documents from tenants; a dump is a seed of the same tenant."""

from __future__ import annotations

import re
import secrets
import uuid
from dataclasses import dataclass

from . import defaults
from .application import Application, InvalidApplication, parse_application
from .clock import graph_timestamp
from .conditional_access.canonical import canonical_object, canonical_policy
from .conditional_access.expansion import expanded_policy
from .conditional_access.schema_check import TIMESTAMP, Expectations, SchemaMismatch, check_object
from .conditional_access.strength_form import complete_strength
from .data_files import load_data
from .graph.authorization_form import seeded_authorization_policy
from .json_types import JsonObject, JsonValue
from .methods_policy.seeding import seeded_configuration, seeded_policy, usual_configurations
from .portal.mfa_registration import usual_registration_policy
from .portal.password_reset_rules import usual_password_reset, usual_writeback
from .registration import InvalidRegistration, RegistrationShape, parse_registration
from .resource_types import resource_type
from .store import Collection
from .tenant import (
    AGREEMENTS,
    APPLICATIONS,
    AUTHENTICATION_CONTEXTS,
    AUTHENTICATION_STRENGTHS,
    AUTHORIZATION_POLICY,
    DELETED_NAMED_LOCATIONS,
    DELETED_POLICIES,
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
    SECURITY_DEFAULTS,
    SERVICE_PRINCIPALS,
    STATE_PATHS,
    SUBSCRIBED_SKUS,
    USERS,
    Tenant,
    stable_id,
)

TENANT_KEYS = frozenset({"name", "license", "state", "tenant_id", "permissions", "application", "registration"})
LICENCES = ("free", "p1", "p2")
DIRECTORY_PATHS = frozenset({USERS, GROUPS, ROLE_ASSIGNMENTS})
DIRECTORY_TYPES = {
    ORGANIZATION: "organization",
    SUBSCRIBED_SKUS: "subscribedSku",
    USERS: "user",
    GROUPS: "group",
    SERVICE_PRINCIPALS: "servicePrincipal",
    APPLICATIONS: "application",
    ROLE_DEFINITIONS: "unifiedRoleDefinition",
    ROLE_ASSIGNMENTS: "unifiedRoleAssignment",
    AGREEMENTS: "agreement",
    REGISTRATION_DETAILS: "userRegistrationDetails",
    DIRECTORY_AUDITS: "directoryAudit",
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


@dataclass(frozen=True)
class Identity:
    """What the defaults of a tenant are made from."""

    tenant_id: str
    name: str
    domain: str
    licence: str
    client_id: str


def tenant_from(document: JsonValue) -> Tenant:
    """Return a tenant made from the body of ``POST /_simulator/tenants``.

    Raises:
        InvalidSeed: naming the member that is unknown or wrong.
    """
    header = _checked_header(document)
    name = str(header["name"])
    tenant_id = str(header.get("tenant_id", stable_id("tenant", name))).lower()
    application = _application(header, tenant_id)
    state = header.get("state", {})
    identity = Identity(tenant_id, name, _domain(state, name), str(header["license"]), application.client_id)
    usual = default_state(identity, with_people=DIRECTORY_PATHS.isdisjoint(state))
    complete = usual | state
    return Tenant(
        tenant_id=tenant_id,
        name=name,
        license=identity.licence,
        application=application,
        permissions=tuple(header.get("permissions", load_data("permissions")["default"])),
        registration=_registration(header),
        collections={
            path: Collection(_with_built_ins(path, _prepared(path, complete[path]), usual)) for path in STATE_PATHS
        },
    )


def dump(tenant: Tenant) -> JsonObject:
    """Return the whole tenant as a document that makes the same tenant again; secrets are left out."""
    registration = {} if tenant.registration is None else {"registration": tenant.registration.as_json()}
    return {
        "name": tenant.name,
        "license": tenant.license,
        "tenant_id": tenant.tenant_id,
        "permissions": list(tenant.permissions),
        "application": tenant.application.as_json_without_secrets(),
        **registration,
        "state": {path: _dumped(path, tenant) for path in STATE_PATHS},
    }


def default_state(identity: Identity, with_people: bool) -> JsonObject:
    """Return what a tenant holds at every path; users, groups and role assignments only ``with_people``."""
    tenant_id, client_id = identity.tenant_id, identity.client_id
    people = defaults.directory(tenant_id, identity.domain, load_data("default_directory")) if with_people else {}
    empty: JsonObject = {path: [] for path in STATE_PATHS}
    return empty | {
        ORGANIZATION: [defaults.organization(tenant_id, identity.name, identity.domain)],
        SUBSCRIBED_SKUS: defaults.subscribed_skus(tenant_id, identity.name, identity.licence),
        USERS: people.get("users", []),
        GROUPS: people.get("groups", []),
        ROLE_ASSIGNMENTS: people.get("roleAssignments", []),
        REGISTRATION_DETAILS: people.get("registrationDetails", []),
        ROLE_DEFINITIONS: defaults.role_definitions(),
        SERVICE_PRINCIPALS: defaults.service_principals(tenant_id, client_id),
        APPLICATIONS: defaults.applications(tenant_id, client_id),
        SECURITY_DEFAULTS: defaults.security_defaults(is_enabled=False),
        AUTHENTICATION_STRENGTHS: defaults.authentication_strengths(),
        METHODS_POLICY: {},
        METHOD_CONFIGURATIONS: usual_configurations(),
        AUTHORIZATION_POLICY: {},
        **{path: {} for path in PORTAL_OBJECTS},
    }


def _application(header: JsonObject, tenant_id: str) -> Application:
    try:
        return parse_application(
            header.get("application", {}),
            default_client_id=stable_id(tenant_id, "client"),
            default_secret=secrets.token_urlsafe(30),
        )
    except InvalidApplication as error:
        raise InvalidSeed(str(error)) from error


def _registration(header: JsonObject) -> RegistrationShape | None:
    if "registration" not in header:
        return None
    try:
        return parse_registration(header["registration"])
    except InvalidRegistration as error:
        raise InvalidSeed(str(error)) from error


def _domain(state: JsonObject, name: str) -> str:
    """Return the domain of the seeded organization, or one made from the tenant's name."""
    for organization in state.get(ORGANIZATION, ()):
        for domain in organization.get("verifiedDomains", ()):
            return str(domain["name"])
    label = re.sub(r"[^a-z0-9]+", "-", name.lower()).strip("-") or "tenant"
    return f"{label}.onmicrosoft.com"


def _checked_header(document: JsonValue) -> JsonObject:
    if not isinstance(document, dict):
        raise InvalidSeed("the body must be an object")
    for name in ("name", "license"):
        if name not in document:
            raise InvalidSeed(f"'{name}' is missing")
    _refuse_unknown(document, TENANT_KEYS, "the body")
    if document["license"] not in LICENCES:
        raise InvalidSeed(f"'license' must be one of {', '.join(LICENCES)}")
    if not isinstance(document.get("state", {}), dict):
        raise InvalidSeed("'state' must be an object of Graph paths")
    _refuse_unknown(document.get("state", {}), frozenset(STATE_PATHS), "'state'")
    permissions = document.get("permissions", [])
    if not isinstance(permissions, list) or not all(isinstance(name, str) for name in permissions):
        raise InvalidSeed("'permissions' must be a list of permission names")
    return document


def _refuse_unknown(document: JsonObject, known: frozenset[str], where: str) -> None:
    unknown = sorted(set(document) - known)
    if unknown:
        raise InvalidSeed(f"{where} has unknown members: {', '.join(unknown)}; known are {', '.join(sorted(known))}")


def _prepared(path: str, value: JsonValue) -> list[JsonObject]:
    """Return the objects of one path as the tenant keeps them."""
    if path in PORTAL_OBJECTS:
        return [_prepared_portal_object(path, value)]
    items = [value] if path in SINGLETONS else value
    if not isinstance(items, list | tuple) or not all(isinstance(item, dict) for item in items):
        raise InvalidSeed(f"'{path}' must be a list of objects")
    if path == ORGANIZATION and len(items) != 1:
        raise InvalidSeed(f"'{path}' must hold one object")
    if path in DIRECTORY_TYPES:
        return [_prepared_directory_object(path, item) for item in items]
    return [_prepared_policy_object(path, position, item) for position, item in enumerate(items)]


def _with_built_ins(path: str, items: list[JsonObject], usual: JsonObject) -> list[JsonObject]:
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
        _check_moment(identified["activityDateTime"], path)
    if path == USERS:
        identified = {"accountEnabled": True, "userType": "Member"} | identified
    return resource_type(DIRECTORY_TYPES[path]).complete(identified)


def _prepared_portal_object(path: str, value: JsonValue) -> JsonObject:
    if not isinstance(value, dict):
        raise InvalidSeed(f"'{path}' must be an object")
    return {"id": path, "object": PORTAL_OBJECTS[path]() | value}


def _check_moment(value: JsonValue, path: str) -> None:
    if TIMESTAMP.fullmatch(str(value)) is None:
        raise InvalidSeed(f"'activityDateTime' in '{path}' must be a moment with its zone, not {value!r}")


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


def _dumped(path: str, tenant: Tenant) -> JsonValue:
    items = tenant[path].latest()
    if path in PORTAL_OBJECTS:
        return items[0]["object"]
    if path in SINGLETONS:
        return items[0]
    if path in (POLICIES, DELETED_POLICIES):
        return [expanded_policy(policy, tenant) for policy in items]
    return items
