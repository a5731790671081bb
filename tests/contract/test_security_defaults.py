# Copyright: (c) 2026, m365.entra contributors
# GNU General Public License v3.0+ (see COPYING or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later
"""Security defaults and Conditional Access exclude each other (facts section 1)."""

from __future__ import annotations

from pathlib import Path

import pytest

from simulator.fixture import TestSimulator
from simulator.json_types import JsonObject

from .conftest import MakeClient
from .graph_client import DELETED_POLICIES, POLICIES, SECURITY_DEFAULTS, GraphClient, error_of
from .sample_policies import REQUIRE_MFA, varied

REFUSAL = (
    "Security Defaults is enabled in the tenant. You must disable Security defaults before enabling a Conditional "
    "Access policy."
)
ENABLED = varied(REQUIRE_MFA, state="enabled")


def switch(client: GraphClient, is_enabled: bool) -> int:
    return client.patch(SECURITY_DEFAULTS, {"isEnabled": is_enabled}).status_code


def test_reading_and_switching(client: GraphClient) -> None:
    body = client.get(SECURITY_DEFAULTS).json()
    assert body["isEnabled"] is False
    assert body["displayName"] == "Security Defaults"
    assert body["@odata.context"].endswith("#policies/identitySecurityDefaultsEnforcementPolicy/$entity")
    answer = client.patch(SECURITY_DEFAULTS, {"isEnabled": True})
    assert (answer.status_code, answer.content) == (204, b"")
    assert client.get(SECURITY_DEFAULTS).json()["isEnabled"] is True


@pytest.mark.parametrize("body", [{}, {"isEnabled": "true"}, {"isEnabled": None}, {"displayName": "x"}])
def test_bodies_that_are_refused(client: GraphClient, body: JsonObject) -> None:
    assert client.patch(SECURITY_DEFAULTS, body).status_code == 400


def test_the_refusal_is_the_recorded_one(shared: Path) -> None:
    recorded = (shared / "corpus" / "errors" / "messages-only.tsv").read_text().splitlines()
    texts = [line.split("\t")[2] for line in recorded if "Security Defaults" in line]
    assert texts == [REFUSAL]


def test_enabled_policies_are_refused_while_they_are_on(client: GraphClient) -> None:
    switch(client, True)
    assert error_of(client.post(POLICIES, ENABLED)) == (400, "BadRequest", REFUSAL)
    assert client.get(POLICIES).json()["value"] == []
    policy = client.created_policy(REQUIRE_MFA)
    client.created_policy(varied(REQUIRE_MFA, state="disabled"))
    answer = client.patch(f"{POLICIES}/{policy['id']}", {"state": "enabled"})
    assert error_of(answer) == (400, "BadRequest", REFUSAL)
    assert client.policy(policy["id"])["state"] == "enabledForReportingButNotEnforced"
    switch(client, False)
    assert client.patch(f"{POLICIES}/{policy['id']}", {"state": "enabled"}).status_code == 204


def test_they_cannot_go_on_beside_an_enabled_policy(client: GraphClient) -> None:
    policy = client.created_policy(ENABLED)
    client.created_policy(REQUIRE_MFA)
    assert error_of(client.patch(SECURITY_DEFAULTS, {"isEnabled": True}))[:2] == (400, "BadRequest")
    assert client.get(SECURITY_DEFAULTS).json()["isEnabled"] is False
    client.patch(f"{POLICIES}/{policy['id']}", {"state": "disabled"})
    assert switch(client, True) == 204


def test_strictly_they_cannot_go_on_beside_any_policy(client: GraphClient, simulator: TestSimulator) -> None:
    simulator.set_profile(strict_security_defaults=True)
    policy = client.created_policy(varied(REQUIRE_MFA, state="disabled"))
    assert switch(client, True) == 400
    client.delete(f"{POLICIES}/{policy['id']}")
    simulator.set_profile(deleted_policies_count=True)
    assert switch(client, True) == 400
    simulator.set_profile(deleted_policies_count=False)
    assert switch(client, True) == 204


@pytest.mark.parametrize(("respected", "status"), [(True, 400), (False, 200)])
def test_restoring_an_enabled_policy(
    client: GraphClient, simulator: TestSimulator, respected: bool, status: int
) -> None:
    simulator.set_profile(restore_respects_security_defaults=respected)
    policy = client.created_policy(ENABLED)
    client.delete(f"{POLICIES}/{policy['id']}")
    switch(client, True)
    assert client.post(f"{DELETED_POLICIES}/{policy['id']}/restore").status_code == status


def seeded_on(make_client: MakeClient, tier: str) -> GraphClient:
    return make_client(tier, state={SECURITY_DEFAULTS: {"isEnabled": True}})


def test_managed_policies_can_follow_switching_off(make_client: MakeClient, simulator: TestSimulator) -> None:
    simulator.set_profile(managed_policies_on_disabling_security_defaults=True)
    client = seeded_on(make_client, "p1")
    switch(client, False)
    policies = client.get(POLICIES).json()["value"]
    assert len(policies) == 4
    assert all(policy["displayName"].startswith("Microsoft-managed: ") for policy in policies)
    assert {policy["state"] for policy in policies} == {"enabled"}
    one = f"{POLICIES}/{policies[0]['id']}"
    assert client.patch(one, {"displayName": "Mine"}).status_code == 400
    assert client.patch(one, {"grantControls": {"operator": "OR", "builtInControls": ["block"]}}).status_code == 400
    assert client.delete(one).status_code == 400
    user = client.get("/users").json()["value"][0]["id"]
    change = {"state": "disabled", "conditions": {"users": {"excludeUsers": [user]}}}
    assert client.patch(one, change).status_code == 204


@pytest.mark.parametrize(("wanted", "tier"), [(False, "p1"), (True, "free")])
def test_managed_policies_do_not_follow(
    make_client: MakeClient, simulator: TestSimulator, wanted: bool, tier: str
) -> None:
    simulator.set_profile(managed_policies_on_disabling_security_defaults=wanted)
    client = seeded_on(make_client, tier)
    switch(client, False)
    assert client.get(POLICIES).json()["value"] == []
