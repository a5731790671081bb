# Copyright: (c) 2026, m365.entra contributors
# GNU General Public License v3.0+ (see COPYING or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later
"""Makes tenants from documents and documents from tenants; a dump is a seed of the same tenant."""

from __future__ import annotations

import re
import secrets
from dataclasses import dataclass

from . import defaults
from .application import Application, InvalidApplication, parse_application
from .conditional_access.expansion import expanded_policy
from .data_files import load_data
from .json_types import JsonObject, JsonValue
from .methods_policy.seeding import usual_configurations
from .registration import InvalidRegistration, RegistrationShape, parse_registration
from .seed_objects import PORTAL_OBJECTS, SINGLETONS, InvalidSeed, prepared, with_built_ins
from .sign_in_shape import InvalidSignIns, SignInShape, parse_sign_ins
from .store import Collection
from .tenant import (
    APPLICATIONS,
    AUTHENTICATION_STRENGTHS,
    AUTHORIZATION_POLICY,
    DELETED_POLICIES,
    GROUPS,
    METHOD_CONFIGURATIONS,
    METHODS_POLICY,
    ORGANIZATION,
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

TENANT_KEYS = frozenset(
    {"name", "license", "state", "tenant_id", "permissions", "application", "registration", "sign_ins"}
)
LICENCES = ("free", "p1", "p2")
DIRECTORY_PATHS = frozenset({USERS, GROUPS, ROLE_ASSIGNMENTS})


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
        sign_in_shape=_sign_ins(header),
        collections={
            path: Collection(with_built_ins(path, prepared(path, complete[path]), usual)) for path in STATE_PATHS
        },
    )


def dump(tenant: Tenant) -> JsonObject:
    """Return the whole tenant as a document that makes the same tenant again; secrets are left out."""
    registration = {} if tenant.registration is None else {"registration": tenant.registration.as_json()}
    sign_ins = {} if tenant.sign_in_shape is None else {"sign_ins": tenant.sign_in_shape.as_json()}
    return {
        "name": tenant.name,
        "license": tenant.license,
        "tenant_id": tenant.tenant_id,
        "permissions": list(tenant.permissions),
        "application": tenant.application.as_json_without_secrets(),
        **registration,
        **sign_ins,
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


def _sign_ins(header: JsonObject) -> SignInShape | None:
    if "sign_ins" not in header:
        return None
    try:
        return parse_sign_ins(header["sign_ins"])
    except InvalidSignIns as error:
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


def _dumped(path: str, tenant: Tenant) -> JsonValue:
    items = tenant[path].latest()
    if path in PORTAL_OBJECTS:
        return items[0]["object"]
    if path in SINGLETONS:
        return items[0]
    if path in (POLICIES, DELETED_POLICIES):
        return [expanded_policy(policy, tenant) for policy in items]
    return items
