# Copyright: (c) 2026, m365.entra contributors
# GNU General Public License v3.0+ (see COPYING or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later
"""The rules for the content of policies, rule by rule (facts section 2.6)."""

from __future__ import annotations

import pytest

from simulator.fixture import TestSimulator
from simulator.json_types import JsonObject

from .conftest import MakeClient
from .graph_client import POLICIES, GraphClient, error_of
from .rule_cases import ACCEPTED, INVALID_PASSWORD_RESET, REFUSED
from .sample_policies import BLOCK_WORKLOADS, CHANGE_PASSWORD, REQUIRE_MFA, varied


@pytest.mark.parametrize("name", REFUSED)
def test_refused(client: GraphClient, simulator: TestSimulator, name: str) -> None:
    simulator.set_profile(workload_identity_licence_enforced=False)
    policy, text = REFUSED[name]
    status, code, message = error_of(client.post(POLICIES, policy))
    assert (status, code) == (400, "BadRequest")
    assert message.startswith(text)
    assert client.get(POLICIES).json()["value"] == []


@pytest.mark.parametrize("name", ACCEPTED)
def test_accepted(client: GraphClient, name: str) -> None:
    client.created_policy(ACCEPTED[name])


def test_workload_policies(make_client: MakeClient, simulator: TestSimulator) -> None:
    client = make_client("p2")
    assert "Workload Identities Premium" in error_of(client.post(POLICIES, BLOCK_WORKLOADS))[2]
    simulator.set_profile(workload_identity_licence_enforced=False)
    client.created_policy(BLOCK_WORKLOADS)


@pytest.mark.parametrize(
    ("setting", "policy"),
    [
        ("approved_application_retired", varied(REQUIRE_MFA, grantControls__builtInControls=["approvedApplication"])),
        (
            "client_app_types_required",
            varied(REQUIRE_MFA, conditions={key: REQUIRE_MFA["conditions"][key] for key in ("applications", "users")}),
        ),
    ],
)
def test_uncertain_refusals_can_be_switched_off(
    client: GraphClient, simulator: TestSimulator, setting: str, policy: JsonObject
) -> None:
    assert client.post(POLICIES, policy).status_code == 400
    simulator.set_profile(**{setting: False})
    client.created_policy(policy)


@pytest.mark.parametrize(
    ("setting", "policy"),
    [
        (
            "user_actions_in_report_only",
            varied(REQUIRE_MFA, conditions__applications={"includeUserActions": ["urn:user:registersecurityinfo"]}),
        ),
        (
            "both_risk_types_in_one_policy",
            varied(REQUIRE_MFA, conditions__signInRiskLevels=["high"], conditions__userRiskLevels=["high"]),
        ),
    ],
)
def test_uncertain_refusals_can_be_switched_on(
    client: GraphClient, simulator: TestSimulator, setting: str, policy: JsonObject
) -> None:
    client.created_policy(policy)
    simulator.set_profile(**{setting: False})
    assert client.post(POLICIES, policy).status_code == 400


def test_rules_hold_for_the_merged_policy(client: GraphClient) -> None:
    policy = client.created_policy(CHANGE_PASSWORD)
    change: JsonObject = {"conditions": {"userRiskLevels": []}}
    assert error_of(client.patch(f"{POLICIES}/{policy['id']}", change))[2] == INVALID_PASSWORD_RESET


def test_a_policy_with_a_retired_control_can_only_lose_it(make_client: MakeClient) -> None:
    retired = varied(
        REQUIRE_MFA,
        id="99999999-9999-9999-9999-999999999999",
        grantControls__builtInControls=["mfa", "approvedApplication"],
    )
    client = make_client(state={POLICIES: [retired]})
    one = f"{POLICIES}/{retired['id']}"
    assert client.patch(one, {"state": "disabled"}).status_code == 400
    assert client.patch(one, {"grantControls": {"builtInControls": ["mfa"]}}).status_code == 204
