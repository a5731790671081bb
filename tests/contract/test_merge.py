# Copyright: (c) 2026, m365.entra contributors
# GNU General Public License v3.0+ (see COPYING or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later
"""What a PATCH keeps, replaces and removes (facts section 2.3)."""

from __future__ import annotations

from typing import Any

import pytest

from simulator.json_types import JsonObject

from .graph_client import POLICIES, GraphClient
from .sample_policies import EXCHANGE, REQUIRE_MFA, STRENGTH_MULTIFACTOR, varied

FULL = varied(
    REQUIRE_MFA,
    conditions__platforms={"includePlatforms": ["android", "iOS"], "excludePlatforms": ["windows"]},
    conditions__users={
        "includeUsers": ["All"],
        "excludeGuestsOrExternalUsers": {
            "guestOrExternalUserTypes": "internalGuest,serviceProvider",
            "externalTenants": {
                "@odata.type": "#microsoft.graph.conditionalAccessEnumeratedExternalTenants",
                "membershipKind": "enumerated",
                "members": ["77777777-7777-7777-7777-777777777777"],
            },
        },
    },
    conditions__authenticationFlows={"transferMethods": "deviceCodeFlow"},
    sessionControls={"persistentBrowser": {"mode": "never", "isEnabled": True}},
)


def at(policy: JsonObject, path: str) -> Any:
    value: Any = policy
    for name in path.split("."):
        value = value[name]
    return value


def changed(client: GraphClient, change: JsonObject) -> tuple[JsonObject, JsonObject]:
    """Return the full policy before and after a change, without the time of the change."""
    before = client.created_policy(FULL)
    answer = client.patch(f"{POLICIES}/{before['id']}", change)
    assert answer.status_code == 204, answer.text
    return before, client.policy(before["id"]) | {"modifiedDateTime": None}


@pytest.mark.parametrize(
    ("change", "path", "expected"),
    [
        ({"state": "disabled"}, "state", "disabled"),
        ({"description": "Why"}, "description", "Why"),
        (
            {"conditions": {"platforms": {"includePlatforms": ["macOS"]}}},
            "conditions.platforms",
            {"includePlatforms": ["macOS"], "excludePlatforms": ["windows"]},
        ),
        (
            {"conditions": {"platforms": {"excludePlatforms": []}}},
            "conditions.platforms",
            {"includePlatforms": ["android", "iOS"], "excludePlatforms": []},
        ),
        ({"conditions": {"platforms": None}}, "conditions.platforms", None),
        ({"conditions": {"authenticationFlows": None}}, "conditions.authenticationFlows", None),
        ({"conditions": {"signInRiskLevels": ["high"]}}, "conditions.signInRiskLevels", ["high"]),
        (
            {"conditions": {"users": {"excludeGuestsOrExternalUsers": None}}},
            "conditions.users.excludeGuestsOrExternalUsers",
            None,
        ),
        (
            {"conditions": {"users": {"excludeGuestsOrExternalUsers": {"guestOrExternalUserTypes": "none"}}}},
            "conditions.users.excludeGuestsOrExternalUsers.guestOrExternalUserTypes",
            "none",
        ),
        ({"sessionControls": None}, "sessionControls", None),
        ({"grantControls": None}, "grantControls", None),
        (
            {"conditions": {"applications": {"excludeApplications": [EXCHANGE]}}},
            "conditions.applications.excludeApplications",
            [EXCHANGE],
        ),
    ],
)
def test_only_what_is_named_changes(client: GraphClient, change: JsonObject, path: str, expected: Any) -> None:
    before, after = changed(client, change)
    assert at(after, path) == expected
    *parents, name = path.split(".")
    restored = at(before, path)
    holder = at(after, ".".join(parents)) if parents else after
    holder[name] = restored
    assert after == before


def test_another_type_replaces_the_whole_object(client: GraphClient) -> None:
    every_tenant = {"@odata.type": "#microsoft.graph.conditionalAccessAllExternalTenants", "membershipKind": "all"}
    change = {"conditions": {"users": {"excludeGuestsOrExternalUsers": {"externalTenants": every_tenant}}}}
    _before, after = changed(client, change)
    guests = after["conditions"]["users"]["excludeGuestsOrExternalUsers"]
    assert guests["externalTenants"] == every_tenant
    assert guests["guestOrExternalUserTypes"] == "internalGuest,serviceProvider"


def test_a_strength_comes_and_goes(client: GraphClient) -> None:
    strength = {"grantControls": {"builtInControls": [], "authenticationStrength": {"id": STRENGTH_MULTIFACTOR}}}
    _before, after = changed(client, strength)
    assert after["grantControls"]["authenticationStrength"]["id"] == STRENGTH_MULTIFACTOR
    assert after["grantControls"]["operator"] == "OR"
    back = {"grantControls": {"builtInControls": ["mfa"], "authenticationStrength": None}}
    assert client.patch(f"{POLICIES}/{after['id']}", back).status_code == 204
    assert client.policy(after["id"])["grantControls"]["authenticationStrength"] is None


def test_one_session_control_goes_and_another_stays(client: GraphClient) -> None:
    frequency = {"isEnabled": True, "type": "hours", "value": 8}
    _before, after = changed(client, {"sessionControls": {"signInFrequency": frequency}})
    assert after["sessionControls"]["persistentBrowser"] == {"mode": "never", "isEnabled": True}
    change = {"sessionControls": {"persistentBrowser": None}}
    assert client.patch(f"{POLICIES}/{after['id']}", change).status_code == 204
    controls = client.policy(after["id"])["sessionControls"]
    assert controls["persistentBrowser"] is None
    assert controls["signInFrequency"]["value"] == 8


def test_mfa_left_in_the_list_stays(client: GraphClient) -> None:
    """A client that leaves out the empty list cannot replace mfa by a strength (recorded as 1108)."""
    before = client.created_policy(REQUIRE_MFA)
    answer = client.patch(
        f"{POLICIES}/{before['id']}", {"grantControls": {"authenticationStrength": {"id": STRENGTH_MULTIFACTOR}}}
    )
    assert answer.json()["error"]["message"].startswith("1108: ")


def test_a_refused_change_changes_nothing(client: GraphClient) -> None:
    before = client.created_policy(FULL)
    answer = client.patch(f"{POLICIES}/{before['id']}", {"displayName": "New", "conditions": {"clientAppTypes": []}})
    assert answer.status_code == 400
    assert client.policy(before["id"]) == before
