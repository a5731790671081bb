# Copyright: (c) 2026, m365.entra contributors
# GNU General Public License v3.0+ (see COPYING or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later
"""A tenant whose policies are enforced in stages: who is in it, what is wanted, and that people sign in."""

from __future__ import annotations

import time
from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any

from simulator.json_types import JsonObject

from .graph_client import POLICIES, GraphClient
from .whole_product import WholeProduct

GLOBAL_ADMINISTRATOR = "62e90394-69f5-4237-9190-012177145e10"
EMERGENCY, ADA, BOB, EVE = (f"aaaaaaaa-0000-4000-8000-00000000000{number}" for number in (1, 2, 3, 4))
PILOT, STAFF = (f"bbbbbbbb-0000-4000-8000-00000000000{number}" for number in (1, 2))
PORTAL = "c44b4083-3bb0-49c1-b47d-974e53cbdf3c"
REPORT_ONLY, ENABLED = "enabledForReportingButNotEnforced", "enabled"
NAME = "MFA for all"
TWIN = f"{NAME} (shadow)"

SWIFT: JsonObject = {"soak_days": 0, "minimum_sign_ins": 3}
RINGS: list[JsonObject] = [
    {"name": "pilot", "include_groups": ["Pilot"]},
    {"name": "staff", "include_groups": ["Staff"]},
]


def people() -> JsonObject:
    """Return a tenant with an emergency access account, a member of each ring, and somebody in none."""
    names = {EMERGENCY: "emergency", ADA: "ada", BOB: "bob", EVE: "eve"}
    return {
        "/users": [
            {"id": user, "displayName": name, "userPrincipalName": f"{name}@contoso.example", "accountEnabled": True}
            for user, name in names.items()
        ],
        "/groups": [
            {"id": PILOT, "displayName": "Pilot", "members": [ADA]},
            {"id": STAFF, "displayName": "Staff", "members": [BOB]},
        ],
        "/roleManagement/directory/roleAssignments": [
            {"principalId": user, "roleDefinitionId": GLOBAL_ADMINISTRATOR, "directoryScopeId": "/"}
            for user in (EMERGENCY, ADA)
        ],
    }


def wanted(name: str = NAME, *controls: str, rollout: JsonObject | None = None, **more: Any) -> JsonObject:
    """Return the options of a policy for all users that is to be enforced."""
    return {
        "display_name": name,
        "policy_state": "enabled",
        "conditions": {
            "client_app_types": ["all"],
            "users": {"include_users": ["All"]},
            "applications": {"include_applications": ["All"]},
        },
        "grant_controls": {"operator": "OR", "built_in_controls": list(controls or ("mfa",))},
        "rollout": SWIFT if rollout is None else rollout,
        **more,
    }


@dataclass(frozen=True)
class Staged:
    """A tenant of the simulator and the product that brings its policies to what is wanted, in stages."""

    client: GraphClient
    product: WholeProduct

    def run(self, *policies: JsonObject, check_mode: bool = False, **options: Any) -> Any:
        """Return what conditional_access_policies says of a run."""
        given = {"policies": list(policies), "emergency_access": {"users": [EMERGENCY]}, **options}
        return self.product.run("conditional_access_policies", self.client.entry, given, check_mode=check_mode)

    def quiet(self, *policies: JsonObject, **options: Any) -> Any:
        """Return the same of a run that has nothing to do."""
        result = self.run(*policies, **options)
        assert result["plan"] == [], result["plan"]
        assert not result["changed"]
        return result

    def sign_in(
        self, *users: str, count: int = 3, satisfied: tuple[str, ...] = ("mfa",), client: str = "browser"
    ) -> None:
        """Have people sign in to the portal, a moment after what was last changed."""
        # The log is in seconds, and what happened in the second of a change does not count.
        time.sleep(1.01)
        ordinary = {"application_id": PORTAL, "satisfied": list(satisfied), "conditions": {"clientAppType": client}}
        rows = [{"user_id": user, "count": count, **ordinary} for user in users]
        answer = self.client.http.post(f"/_simulator/sign_ins/{self.client.tenant_id}", json={"sign_ins": rows})
        assert answer.status_code == 201, answer.text

    def policies(self) -> dict[str, JsonObject]:
        """Return the policies of the tenant by name."""
        found = self.product.simulator.state(self.client.tenant_id)[POLICIES]
        return {one["displayName"]: one for one in found}

    def states(self) -> dict[str, str]:
        """Return the states of the policies by name."""
        return {name: str(one["state"]) for name, one in self.policies().items()}

    def included(self, name: str = NAME) -> tuple[set[str], set[str]]:
        """Return the users and groups that a policy includes."""
        users: Mapping[str, Any] = self.policies()[name]["conditions"]["users"]
        return set(users["includeUsers"]), set(users["includeGroups"])
