# Copyright: (c) 2026, m365.entra contributors
# GNU General Public License v3.0+ (see COPYING or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later
"""Whether what a policy names exists in the tenant (facts section 2.6, rules 7 to 9)."""

from __future__ import annotations

import json
import re
from collections.abc import Iterable, Iterator

from ..json_types import JsonObject
from ..store import Collection
from ..tenant import (
    AGREEMENTS,
    AUTHENTICATION_STRENGTHS,
    GROUPS,
    NAMED_LOCATIONS,
    ROLE_DEFINITIONS,
    SERVICE_PRINCIPALS,
    USERS,
    Tenant,
)
from .canonical import GUID, KEYWORDS

AUTHENTICATION_CONTEXT = re.compile(r"c[1-9][0-9]?")
USER_ACTIONS = frozenset({"urn:user:registersecurityinfo", "urn:user:registerdevice", "urn:user:accountrecovery"})
# Valid in policies although no read shows them (facts sections 2.5 and 3.1).
SYSTEM_LOCATIONS = frozenset({"00000000-0000-0000-0000-000000000000", "3d46dbda-8382-466a-856d-eb00cbc6b910"})


def first_missing_reference(policy: JsonObject, tenant: Tenant) -> str | None:
    """Return the text of the first reference that leads nowhere, or None."""
    return next(_missing_references(policy, tenant), None)


def _missing_references(policy: JsonObject, tenant: Tenant) -> Iterator[str]:
    conditions = policy["conditions"]
    yield from _missing_applications(conditions["applications"] or {}, tenant)
    yield from _missing_people(conditions["users"] or {}, tenant)
    yield from _missing_locations(conditions["locations"] or {}, tenant)
    yield from _missing_service_principals(conditions["clientApplications"] or {}, tenant)
    yield from _missing_controls(policy["grantControls"] or {}, tenant)


def _missing_applications(applications: JsonObject, tenant: Tenant) -> Iterator[str]:
    known = {str(principal["appId"]).lower() for principal in tenant[SERVICE_PRINCIPALS].visible()}
    named = _named(applications, "includeApplications", "excludeApplications")
    missing = {name: "ServicePrincipalNotFound" for name in named if name not in known}
    if missing:
        yield f"1034: Policy contains invalid applications: {json.dumps(missing, separators=(',', ':'))}"
    for action in applications.get("includeUserActions", ()):
        if action not in USER_ACTIONS:
            yield f"'includeUserActions' holds the unknown user action '{action}'."
    for context in applications.get("includeAuthenticationContextClassReferences", ()):
        if not AUTHENTICATION_CONTEXT.fullmatch(context):
            yield f"'{context}' is no id of an authentication context."


def _missing_people(users: JsonObject, tenant: Tenant) -> Iterator[str]:
    yield from _missing_from(tenant[USERS], "User", _named(users, "includeUsers", "excludeUsers"))
    yield from _missing_from(tenant[GROUPS], "Group", _named(users, "includeGroups", "excludeGroups"))
    built_in = {role["templateId"] for role in tenant[ROLE_DEFINITIONS].visible() if role["isBuiltIn"]}
    for role in _named(users, "includeRoles", "excludeRoles"):
        if role not in built_in:
            yield f"Role with id {role} is no built-in directory role."
    for direction in ("include", "exclude"):
        tenants = (users.get(f"{direction}GuestsOrExternalUsers") or {}).get("externalTenants") or {}
        for member in tenants.get("members", ()):
            if not GUID.fullmatch(member):
                yield f"External tenant '{member}' is no tenant id."


def _missing_locations(locations: JsonObject, tenant: Tenant) -> Iterator[str]:
    named = _named(locations, "includeLocations", "excludeLocations")
    for missing in _absent(tenant[NAMED_LOCATIONS], named):
        if missing not in SYSTEM_LOCATIONS:
            yield f"1040: NamedLocation with id {missing} does not exist in the directory."


def _missing_service_principals(clients: JsonObject, tenant: Tenant) -> Iterator[str]:
    named = _named(
        clients,
        "includeServicePrincipals",
        "excludeServicePrincipals",
        "includeAgentIdServicePrincipals",
        "excludeAgentIdServicePrincipals",
    )
    yield from _missing_from(tenant[SERVICE_PRINCIPALS], "ServicePrincipal", named)


def _missing_controls(controls: JsonObject, tenant: Tenant) -> Iterator[str]:
    strength = controls.get("authenticationStrength")
    if strength:
        yield from _missing_from(tenant[AUTHENTICATION_STRENGTHS], "AuthenticationStrengthPolicy", [strength["id"]])
    yield from _missing_from(tenant[AGREEMENTS], "Agreement", controls.get("termsOfUse", ()))


def _named(holder: JsonObject, *names: str) -> list[str]:
    """Return the values of some lists that are no keywords."""
    keywords = set(KEYWORDS.values())
    return [value for name in names for value in holder.get(name, ()) if value not in keywords]


def _missing_from(collection: Collection, type_name: str, identifiers: Iterable[str]) -> Iterator[str]:
    for missing in _absent(collection, identifiers):
        yield f"{type_name} with id {missing} does not exist in the directory."


def _absent(collection: Collection, identifiers: Iterable[str]) -> Iterator[str]:
    return (identifier for identifier in identifiers if collection.find_visible(identifier) is None)
