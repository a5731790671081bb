# Copyright: (c) 2026, m365.entra contributors
# GNU General Public License v3.0+ (see COPYING or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later
"""What the service does with the objects that policies refer to, as far as the core depends on it (facts section 3)."""

from __future__ import annotations

import copy
import typing as t

from ansible_collections.m365.entra.plugins.module_utils._graph.errors import EntraError, ServiceRefused
from ansible_collections.m365.entra.tests.unit.plugins.module_utils.support import ids
from ansible_collections.m365.entra.tests.unit.plugins.module_utils.support.service import merge_patch

Json = dict[str, t.Any]
Collections = dict[str, list[Json]]

LOCATIONS = "/identity/conditionalAccess/namedLocations"
LOCATION_BIN = "/identity/conditionalAccess/deletedItems/namedLocations"
CONTEXTS = "/identity/conditionalAccess/authenticationContextClassReferences"
STRENGTHS = "/policies/authenticationStrengthPolicies"
GROUPS = "/groups"

_WRITABLE = (LOCATIONS, LOCATION_BIN, CONTEXTS, STRENGTHS, GROUPS)


def refused(status: int, message: str) -> EntraError:
    """The error of a session whose service refused."""
    return ServiceRefused(message, status=status)


def ip_location(name: str = "Office", *ranges: str, identifier: str = ids.OFFICE, **changes: t.Any) -> Json:
    """A named location of IP ranges as the service has it."""
    return {
        "@odata.type": "#microsoft.graph.ipNamedLocation",
        "id": identifier,
        "displayName": name,
        "ipRanges": [
            {"@odata.type": "#microsoft.graph.iPv4CidrRange", "cidrAddress": one} for one in ranges or ("192.0.2.0/24",)
        ],
        "isTrusted": False,
        **changes,
    }


def country_location(name: str = "Home", *countries: str, identifier: str = ids.PORTAL, **changes: t.Any) -> Json:
    """A named location of countries as the service has it."""
    return {
        "@odata.type": "#microsoft.graph.countryNamedLocation",
        "id": identifier,
        "displayName": name,
        "countriesAndRegions": list(countries or ("DE",)),
        "includeUnknownCountriesAndRegions": False,
        "countryLookupMethod": "clientIpAddress",
        **changes,
    }


def context(identifier: str = "c1", name: str = "Payroll", *, is_available: bool = False, **changes: t.Any) -> Json:
    """An authentication context as the service has it."""
    return {"id": identifier, "displayName": name, "description": None, "isAvailable": is_available, **changes}


def strength(name: str = "Ours", *combinations: str, identifier: str = ids.PRINTERS, **changes: t.Any) -> Json:
    """A custom authentication strength as the service has it."""
    return {
        "id": identifier,
        "displayName": name,
        "description": None,
        "policyType": "custom",
        "requirementsSatisfied": "mfa",
        "allowedCombinations": list(combinations or ("fido2",)),
        "combinationConfigurations": [],
        **changes,
    }


def write_object(collections: Collections, method: str, path: str, body: Json) -> Json | None:
    """Carry out one write on *collections*. Raises what the service would refuse."""
    collection = next(one for one in _WRITABLE if path == one or path.startswith(f"{one}/"))
    found = collections.setdefault(collection, [])
    identifier, *action = path.removeprefix(collection).strip("/").split("/")
    if not identifier:
        return _added(found, body)
    if collection == CONTEXTS and method == "PATCH":
        return _upserted(found, identifier, body)
    position = _position(found, identifier)
    if action:
        return _acted(collections, found, position, method, action, body)
    if method == "DELETE":
        return _removed(collections, collection, found, position)
    if collection == STRENGTHS and not set(body) <= {"displayName", "description"}:
        raise refused(400, "400 BadRequest: only the texts of a strength can be changed.")
    if collection == LOCATIONS and "@odata.type" not in body:
        raise refused(400, "400 BadRequest: the type of a named location must be named.")
    found[position] = merge_patch(found[position], body)
    return None


def _position(found: list[Json], identifier: str) -> int:
    for position, one in enumerate(found):
        if one["id"] == identifier:
            return position
    raise refused(404, f"404 ResourceNotFound: {identifier} does not exist.")


def _added(found: list[Json], body: Json) -> Json:
    created = {"id": f"ffffffff-0000-4000-8000-{len(found) + 0x100:012x}", **copy.deepcopy(body)}
    if "allowedCombinations" in created:
        created.setdefault("combinationConfigurations", [])
    for number, one in enumerate(created.get("combinationConfigurations") or []):
        one["id"] = f"configuration-{number}"
    found.append(created)
    return copy.deepcopy(created)


def _upserted(found: list[Json], identifier: str, body: Json) -> None:
    try:
        position = _position(found, identifier)
    except ServiceRefused:
        found.append({"id": identifier, **copy.deepcopy(body)})
        return
    found[position] = merge_patch(found[position], body)


def _removed(collections: Collections, collection: str, found: list[Json], position: int) -> None:
    one = found[position]
    if one.get("isTrusted") or one.get("isAvailable"):
        raise refused(400, "400 BadRequest: this can only be removed when it is neither trusted nor published.")
    del found[position]
    if collection == LOCATIONS:
        collections.setdefault(LOCATION_BIN, []).append(one)


def _acted(
    collections: Collections, found: list[Json], position: int, method: str, action: list[str], body: Json
) -> Json | None:
    one = found[position]
    if action == ["restore"]:
        collections[LOCATIONS].append({**found.pop(position), "isTrusted": False})
        return one
    if action == ["updateAllowedCombinations"]:
        _refuse_lost_configurations(one, body["allowedCombinations"])
        one["allowedCombinations"] = list(body["allowedCombinations"])
        return {}
    assert action[0] == "combinationConfigurations", action
    return _configured(one, method, action[1:], body)


def _refuse_lost_configurations(strength_: Json, combinations: list[str]) -> None:
    limited = {name for one in strength_["combinationConfigurations"] for name in one["appliesToCombinations"]}
    if not limited <= set(combinations):
        raise refused(400, "400 BadRequest: a limited combination cannot be left out.")


def _configured(strength_: Json, method: str, identifier: list[str], body: Json) -> Json | None:
    configurations = strength_["combinationConfigurations"]
    if not identifier:
        if not set(body["appliesToCombinations"]) <= set(strength_["allowedCombinations"]):
            raise refused(400, "400 BadRequest: a combination that is not allowed cannot be limited.")
        configurations.append({"id": f"configuration-{len(configurations) + 10}", **copy.deepcopy(body)})
        return copy.deepcopy(configurations[-1])
    position = _position(configurations, identifier[0])
    if method == "DELETE":
        del configurations[position]
    else:
        configurations[position] = merge_patch(configurations[position], body)
    return None
