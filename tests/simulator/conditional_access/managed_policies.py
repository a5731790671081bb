# Copyright: (c) 2026, m365.entra contributors
# GNU General Public License v3.0+ (see COPYING or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later
"""Policies that Microsoft creates by itself (facts section 1.4)."""

from __future__ import annotations

from ..clock import graph_timestamp
from ..data_files import load_data
from ..graph import errors
from ..graph.call import GraphCall
from ..json_types import JsonObject
from ..tenant import POLICIES, stable_id
from .canonical import canonical_policy

PREFIX = "Microsoft-managed: "
TEMPLATE_PREFIX = "4200930c-0da2-4e33-ca01-"
TEMPLATES = {
    "Block legacy authentication": "0b2282f9-2862-4178-88b5-d79340b36cb8",
    "Multifactor authentication for Azure management": "d8c51a9a-e6b1-454d-86af-554e7872e2c1",
    "Multifactor authentication for admins": "c7503427-338e-4c5e-902d-abe252abfb43",
    "Multifactor authentication for all users": "a3d0a415-b068-4326-9251-f9cdf9feeb64",
}
EXCLUSIONS = frozenset({"excludeUsers", "excludeGroups", "excludeRoles", "excludeGuestsOrExternalUsers"})


def is_managed(policy: JsonObject) -> bool:
    return str(policy["templateId"]).startswith(TEMPLATE_PREFIX)


def check_managed_change(policy: JsonObject, body: JsonObject) -> None:
    """Of a managed policy only the state and the exclusions can be changed; the refusal's text is uncertain."""
    if not is_managed(policy):
        return
    users = (body.get("conditions") or {}).get("users") or {}
    outside = set(body) - {"state", "conditions"}
    outside |= set(body.get("conditions") or {}) - {"users"}
    outside |= set(users) - EXCLUSIONS
    if outside:
        raise errors.policy_invalid("Only the state and the exclusions of a Microsoft-managed policy can be changed.")


def create_managed_policies(call: GraphCall) -> None:
    """Create the four policies that can follow when security defaults go off in a licensed tenant."""
    for policy in managed_policies(call.tenant.tenant_id, call.profile.managed_policies_state):
        if call.collection(POLICIES).find_latest(policy["id"]) is None:
            call.collection(POLICIES).put(policy, call.profile.consistency_delay_seconds)


def managed_policies(tenant_id: str, state: str) -> list[JsonObject]:
    """Return the policies that Microsoft makes for a tenant, in a state."""
    details = {template["id"]: template["details"] for template in load_data("templates")["templates"]}
    return [
        _managed_policy(tenant_id, number, name, details[template_id] | {"state": state})
        for number, (name, template_id) in enumerate(TEMPLATES.items(), start=1)
    ]


def _managed_policy(tenant_id: str, number: int, name: str, details: JsonObject) -> JsonObject:
    conditions = details["conditions"]
    return canonical_policy(
        details
        | {
            "id": stable_id(tenant_id, "managedPolicy", name),
            "templateId": f"{TEMPLATE_PREFIX}{number:012d}",
            "displayName": f"{PREFIX}{name}",
            "createdDateTime": graph_timestamp(),
            "conditions": conditions | {"users": conditions["users"] | {"excludeUsers": []}},
        }
    )
