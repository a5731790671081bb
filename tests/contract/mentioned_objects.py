# Copyright: (c) 2026, m365.entra contributors
# GNU General Public License v3.0+ (see COPYING or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later
"""A tenant's state that holds everything that given policies refer to."""

from __future__ import annotations

import re
import uuid
from collections.abc import Callable
from dataclasses import dataclass, field
from typing import Any

from simulator.json_types import JsonObject

GUID = re.compile(r"[0-9a-f]{8}(-[0-9a-f]{4}){3}-[0-9a-f]{12}")
LOCATIONS = "/identity/conditionalAccess/namedLocations"
STRENGTHS = "/policies/authenticationStrengthPolicies"
CONTEXTS = "/identity/conditionalAccess/authenticationContextClassReferences"
AGREEMENTS = "/identityGovernance/termsOfUse/agreements"
# The tenant has these by itself.
BUILT_IN = re.compile(r"00000000-0000-0000-0000-00000000000[0-4]|3d46dbda-8382-466a-856d-eb00cbc6b910")
MAKE: dict[str, tuple[str, Callable[[str, str], JsonObject]]] = {
    "user": ("/users", lambda id_, name: {"id": id_, "userPrincipalName": f"{name}@example.com", "displayName": name}),
    "group": ("/groups", lambda id_, name: {"id": id_, "displayName": name}),
    "application": ("/servicePrincipals", lambda id_, name: {"appId": id_, "displayName": name}),
    "service_principal": (
        "/servicePrincipals",
        lambda id_, name: {"id": id_, "appId": str(uuid.uuid5(uuid.NAMESPACE_URL, id_)), "displayName": name},
    ),
    "named_location": (
        LOCATIONS,
        lambda id_, name: {
            "@odata.type": "#microsoft.graph.ipNamedLocation",
            "id": id_,
            "displayName": name,
            "isTrusted": True,
            "ipRanges": [{"@odata.type": "#microsoft.graph.iPv4CidrRange", "cidrAddress": "192.0.2.0/24"}],
        },
    ),
    "authentication_strength_policy": (
        STRENGTHS,
        lambda id_, name: {"id": id_, "displayName": name, "allowedCombinations": ["fido2"]},
    ),
    "authentication_context": (CONTEXTS, lambda id_, name: {"id": id_, "displayName": name, "isAvailable": True}),
    "terms_of_use": (AGREEMENTS, lambda id_, name: {"id": id_, "displayName": name}),
}


@dataclass
class MentionedObjects:
    """Objects made for what policies refer to, by path; ``identify`` makes them as they are asked for."""

    role_id: Callable[[str], str | None]
    state: dict[str, dict[str, JsonObject]] = field(default_factory=dict)

    def identify(self, kind: str, value: str) -> str:
        """Return the id of the object of a kind that policies name so, and make it if it is new."""
        lowered = value.lower()
        if kind == "role":
            return self.role_id(value) or lowered
        if BUILT_IN.fullmatch(lowered):
            return lowered
        identifier = lowered if self._is_id(kind, lowered) else str(uuid.uuid5(uuid.NAMESPACE_URL, f"{kind} {lowered}"))
        path, make = MAKE[kind]
        objects = self.state.setdefault(path, {})
        if identifier not in objects:
            objects[identifier] = make(identifier, f"{kind.replace('_', ' ')[:18]} {len(objects)}")
        return identifier

    @staticmethod
    def _is_id(kind: str, value: str) -> bool:
        return bool(GUID.fullmatch(value)) or kind == "authentication_context"

    def document(self, *, without: tuple[str, ...] = ()) -> dict[str, list[Any]]:
        """Return the state as a seed of the simulator."""
        return {path: list(objects.values()) for path, objects in self.state.items() if path not in without}
