# Copyright: (c) 2026, m365.entra contributors
# GNU General Public License v3.0+ (see COPYING or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later
"""Policies with what only beta knows (facts sections 2.5 and 2.6, rule 11)."""

from __future__ import annotations

from typing import Any

import pytest

from simulator.fixture import TestSimulator
from simulator.json_types import JsonObject

from .graph_client import DELETED_POLICIES, POLICIES, STRENGTHS, GraphClient, error_of
from .sample_policies import KEYS, REQUIRE_MFA, varied

SESSION_CONTROLS = {
    "applicationEnforcedRestrictions",
    "cloudAppSecurity",
    "disableResilienceDefaults",
    "persistentBrowser",
    "secureSignInSession",
    "signInFrequency",
}
PREFER = {"Prefer": "include-unknown-enum-members"}
FILTERING = {"profileId": "00000000-0000-0000-0000-000000000000", "isEnabled": True}
BLOCK_AGENTS = varied(
    REQUIRE_MFA,
    grantControls={"operator": "OR", "builtInControls": ["block"]},
    conditions__users={"includeUsers": ["None"]},
    conditions__clientApplications={"includeAgentIdServicePrincipals": ["All"]},
)
PREVIEWS: dict[str, JsonObject] = {
    "agent risk": varied(BLOCK_AGENTS, conditions__agentIdRiskLevels="high"),
    "agents": BLOCK_AGENTS,
    "agent filter": varied(
        BLOCK_AGENTS,
        conditions__clientApplications__agentIdServicePrincipalFilter={
            "mode": "exclude",
            "rule": 'CustomSecurityAttribute.Agents_Kind -eq "trusted"',
        },
    ),
    "agent users": varied(REQUIRE_MFA, conditions__users__includeUsers=["AllAgentIdUsers"]),
    "agent resources": varied(REQUIRE_MFA, conditions__applications__includeApplications=["AllAgentIdResources"]),
    "account recovery": varied(
        REQUIRE_MFA, conditions__applications={"includeUserActions": ["urn:user:accountrecovery"]}
    ),
    "verified ID": varied(REQUIRE_MFA, grantControls={"operator": "AND", "builtInControls": ["verifiedID"]}),
    "evaluation": varied(
        REQUIRE_MFA, state="disabled", sessionControls__continuousAccessEvaluation={"mode": "strictLocation"}
    ),
    "filtering": varied(REQUIRE_MFA, sessionControls__globalSecureAccessFilteringProfile=FILTERING),
    "network access": varied(REQUIRE_MFA, conditions__applications__networkAccess={"trafficProfiles": ["internet"]}),
    "secure access": varied(
        REQUIRE_MFA, conditions__applications__globalSecureAccess={"includeTrafficProfiles": "internet"}
    ),
    "times": varied(REQUIRE_MFA, conditions__times={"includedRanges": [{"daysOfWeek": ["monday"]}]}),
}


@pytest.fixture(params=PREVIEWS)
def preview(request: pytest.FixtureRequest) -> JsonObject:
    """A policy for each thing that only beta knows."""
    return PREVIEWS[request.param]


def written_part(read: Any, written: Any) -> Any:
    """Return what was read at the places where something was written."""
    if isinstance(written, dict):
        return {name: written_part(read[name], member) for name, member in written.items()}
    return read


def test_v1_refuses_to_write_it(client: GraphClient, preview: JsonObject) -> None:
    assert error_of(client.post(POLICIES, preview))[2].startswith("1038: ")
    policy = client.created_policy(REQUIRE_MFA)
    changes = {name: preview[name] for name in preview if preview[name] != REQUIRE_MFA.get(name)}
    assert error_of(client.patch(f"{POLICIES}/{policy['id']}", changes))[2].startswith("1038: ")
    assert client.policy(policy["id"]) == policy


def test_beta_returns_what_was_written(client: GraphClient, preview: JsonObject) -> None:
    created = client.created(POLICIES, preview, version="beta", headers=PREFER)
    assert written_part(created, preview) == preview
    read = client.policy(created["id"], version="beta", headers=PREFER)
    assert read == created


def test_v1_neither_reads_nor_changes_it_but_deletes(client: GraphClient, preview: JsonObject) -> None:
    one = f"{POLICIES}/{client.created(POLICIES, preview, version='beta')['id']}"
    assert error_of(client.get(one))[2].startswith("1037: ")
    assert error_of(client.patch(one, {"displayName": "x"}))[2].startswith("1038: ")
    assert client.patch(one, {"displayName": "Renamed"}, version="beta").status_code == 204
    assert client.get(one, version="beta").json()["displayName"] == "Renamed"
    assert client.delete(one).status_code == 204
    assert client.get(one, version="beta").status_code == 404
    assert len(client.get(DELETED_POLICIES, version="beta").json()["value"]) == 1


@pytest.mark.parametrize("choice", ["mask", "hide", "fail"])
def test_lists_of_v1(client: GraphClient, simulator: TestSimulator, preview: JsonObject, choice: str) -> None:
    plain = client.created_policy(varied(REQUIRE_MFA, displayName="Plain"))
    created = client.created(POLICIES, preview, version="beta")
    simulator.set_profile(preview_policies_in_v1_list=choice)
    answer = client.get(POLICIES)
    if choice == "fail":
        assert error_of(answer)[2].startswith("1037: ")
        return
    shown = [policy["id"] for policy in answer.json()["value"]]
    assert shown == [plain["id"], created["id"]][: 1 if choice == "hide" else 2]


def test_what_v1_shows_of_it(client: GraphClient) -> None:
    for preview in PREVIEWS.values():
        client.created(POLICIES, preview, version="beta")
    conditions = set(client.created_policy(REQUIRE_MFA)["conditions"])
    for policy in client.get(POLICIES, headers=PREFER).json()["value"]:
        assert set(policy["conditions"]) == conditions
        assert set(policy["sessionControls"] or ()) <= SESSION_CONTROLS
        assert "verifiedID" not in str(policy)


def test_beta_shows_unset_properties_too(client: GraphClient) -> None:
    """As the captures of the real service do (facts section 2.4)."""
    identifier = client.created_policy(varied(REQUIRE_MFA, sessionControls__disableResilienceDefaults=True))["id"]
    policy = client.policy(identifier, version="beta")
    assert policy["partialEnablementStrategy"] is None
    conditions, controls = policy["conditions"], policy["sessionControls"]
    assert [conditions[name] for name in ("agentIdRiskLevels", "clients", "deviceStates", "times")] == [None] * 4
    assert [conditions["applications"][name] for name in ("networkAccess", "globalSecureAccess")] == [None] * 2
    assert controls["continuousAccessEvaluation"] is None
    assert "times" not in client.policy(identifier)["conditions"]


@pytest.mark.parametrize(
    ("change", "where"),
    [
        ({"conditions__agentIdRiskLevels": "extreme"}, "conditions.agentIdRiskLevels"),
        ({"conditions__agentIdRiskLevels": ["high"]}, "conditions.agentIdRiskLevels"),
        ({"conditions__times": "always"}, "conditions.times"),
        ({"conditions__applications__networkAccess": []}, "conditions.applications.networkAccess"),
        (
            {"conditions__clientApplications": {"includeAgentIdServicePrincipals": "All"}},
            "conditions.clientApplications.includeAgentIdServicePrincipals",
        ),
        (
            {"sessionControls__continuousAccessEvaluation": {"mode": "sometimes"}},
            "sessionControls.continuousAccessEvaluation.mode",
        ),
        (
            {"sessionControls__continuousAccessEvaluation": {"mode": "disabled", "isEnabled": True}},
            "sessionControls.continuousAccessEvaluation.isEnabled",
        ),
        (
            {"sessionControls__globalSecureAccessFilteringProfile": FILTERING | {"name": "x"}},
            "sessionControls.globalSecureAccessFilteringProfile.name",
        ),
    ],
)
def test_beta_checks_what_it_knows(client: GraphClient, change: dict[str, Any], where: str) -> None:
    answer = client.post(POLICIES, varied(REQUIRE_MFA, state="disabled", **change), version="beta")
    assert error_of(answer)[2].startswith("1007: ")
    assert answer.headers["x-simulator-reason"].startswith(where)


def test_levels_of_agent_risk_stand_in_order(client: GraphClient) -> None:
    policy = varied(BLOCK_AGENTS, conditions__agentIdRiskLevels="high, low")
    assert client.created(POLICIES, policy, version="beta")["conditions"]["agentIdRiskLevels"] == "low,high"


def test_agents_by_id_must_exist(client: GraphClient) -> None:
    known = client.get("/servicePrincipals").json()["value"][0]["id"]
    agents = {"includeAgentIdServicePrincipals": ["All"], "excludeAgentIdServicePrincipals": [known]}
    client.created(POLICIES, varied(BLOCK_AGENTS, conditions__clientApplications=agents), version="beta")
    agents["excludeAgentIdServicePrincipals"] = ["66666666-6666-6666-6666-666666666666"]
    refused = client.post(POLICIES, varied(BLOCK_AGENTS, conditions__clientApplications=agents), version="beta")
    assert error_of(refused)[2].startswith("ServicePrincipal with id 66666666")


def test_agents_stand_beside_users(client: GraphClient) -> None:
    both = varied(BLOCK_AGENTS, conditions__users={"includeUsers": ["AllAgentIdUsers"]})
    client.created(POLICIES, both, version="beta")
    client.created(POLICIES, varied(BLOCK_AGENTS, conditions__users=None), version="beta")


def test_traffic_is_a_target_of_its_own(client: GraphClient) -> None:
    traffic = {"globalSecureAccess": {"includeTrafficProfiles": "internet"}}
    client.created(POLICIES, varied(REQUIRE_MFA, conditions__applications=traffic), version="beta")


def test_continuous_evaluation_needs_a_mode(client: GraphClient) -> None:
    without_mode = varied(REQUIRE_MFA, state="enabled", sessionControls__continuousAccessEvaluation={"mode": None})
    assert client.post(POLICIES, without_mode, version="beta").status_code == 400


def test_a_member_after_the_sentinel_needs_the_prefer_header(client: GraphClient) -> None:
    created = client.created(POLICIES, PREVIEWS["evaluation"], version="beta")
    assert created["sessionControls"]["continuousAccessEvaluation"] == {"mode": "unknownFutureValue"}


def test_parts_can_be_changed_and_taken_away(client: GraphClient) -> None:
    policy = varied(PREVIEWS["filtering"], conditions__times={"a": {"b": 1}})
    one = f"{POLICIES}/{client.created(POLICIES, policy, version='beta')['id']}"
    other = {"globalSecureAccessFilteringProfile": {"profileId": "11111111-1111-1111-1111-111111111111"}}
    changes = {"sessionControls": other, "conditions": {"times": {"c": 2}}}
    assert client.patch(one, changes, version="beta").status_code == 204
    changed = client.get(one, version="beta").json()
    assert changed["sessionControls"]["globalSecureAccessFilteringProfile"]["isEnabled"] is True
    assert changed["conditions"]["times"] == {"c": 2}
    cleared = {"sessionControls": None, "conditions": {"times": None}}
    assert client.patch(one, cleared, version="beta").status_code == 204
    assert client.get(one).status_code == 200


def test_a_strengths_usage_follows_the_setting_for_lists(client: GraphClient, simulator: TestSimulator) -> None:
    strength = client.created(STRENGTHS, KEYS)
    controls = {"operator": "AND", "authenticationStrength": {"id": strength["id"]}}
    preview = varied(REQUIRE_MFA, grantControls=controls, conditions__times={"a": 1})
    client.created(POLICIES, preview, version="beta")
    usage = f"{STRENGTHS}/{strength['id']}/usage()"
    assert "times" in client.get(usage, version="beta").json()["mfa"][0]["conditions"]
    assert "times" not in client.get(usage).json()["mfa"][0]["conditions"]
    simulator.set_profile(preview_policies_in_v1_list="hide")
    assert client.get(usage).json()["mfa"] == []


@pytest.mark.parametrize("version", ["v1.0", "beta"])
def test_queries_of_both_versions(client: GraphClient, version: str) -> None:
    wanted = client.created_policy(varied(REQUIRE_MFA, displayName="Dana's policy"))
    client.created_policy(REQUIRE_MFA)
    query = {"$filter": "displayName eq 'dana''s policy'", "$select": "displayName,state"}
    assert client.get(POLICIES, params=query, version=version).json()["value"] == [
        {name: wanted[name] for name in ("id", "displayName", "state")}
    ]
    one = client.get(f"{POLICIES}/{wanted['id']}", params={"$select": "state"}, version=version).json()
    assert {name for name in one if "@" not in name} == {"id", "state"}
    preview_name = client.get(POLICIES, params={"$select": "partialEnablementStrategy"}, version=version)
    assert preview_name.status_code == {"v1.0": 400, "beta": 200}[version]


def test_preview_templates_become_policies_in_beta(client: GraphClient) -> None:
    administrator = client.get("/users").json()["value"][0]["id"]
    path = "/identity/conditionalAccess/templates"
    templates = client.get(path, params={"$filter": "scenarios has 'aiAgents'"}, version="beta").json()["value"]
    recovery = client.get(f"{path}/6acdf4c3-6815-485c-a57d-2c349d517ba0", version="beta").json()
    assert len(templates) == 3
    for template in (*templates, recovery):
        details = template["details"]
        policy = {"displayName": template["name"], "state": "disabled", **details}
        users = details["conditions"]["users"]
        users["excludeUsers"] = [administrator for _placeholder in users["excludeUsers"]]
        accepted = client.post(POLICIES, policy, version="beta")
        assert accepted.status_code == 201, (template["name"], accepted.text)
