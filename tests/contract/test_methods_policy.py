# Copyright: (c) 2026, m365.entra contributors
# GNU General Public License v3.0+ (see COPYING or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later
"""The authentication methods policy: its campaign, its migration, and what beta adds (facts section 4.1)."""

from __future__ import annotations

import time
from pathlib import Path
from typing import Any

import pytest
from msgraph.generated.models.authentication_methods_policy import AuthenticationMethodsPolicy

from simulator.fixture import TestSimulator
from simulator.json_types import JsonObject

from .conftest import MakeClient
from .graph_client import METHODS_POLICY, GraphClient, error_of
from .schema_document import published_schema
from .schema_values import ValueCheck
from .typed_models import misunderstandings, parsed

EVERYONE: JsonObject = {"id": "all_users", "targetType": "group"}
STRANGER: JsonObject = {"id": "77777777-7777-7777-7777-777777777777", "targetType": "group"}


def campaign(**changes: Any) -> JsonObject:
    """Return the body of a change to the registration campaign, sent whole."""
    usual: JsonObject = {
        "snoozeDurationInDays": 3,
        "state": "enabled",
        "excludeTargets": [],
        "includeTargets": [EVERYONE | {"targetedAuthenticationMethod": "microsoftAuthenticator"}],
    }
    return {"registrationEnforcement": {"authenticationMethodsRegistrationCampaign": usual | changes}}


def campaign_of(policy: JsonObject) -> JsonObject:
    return dict(policy["registrationEnforcement"]["authenticationMethodsRegistrationCampaign"])


def group_of(client: GraphClient) -> JsonObject:
    return {"id": client.get("/groups").json()["value"][0]["id"], "targetType": "group"}


def test_the_policy_of_a_new_tenant(client: GraphClient, shared: Path) -> None:
    policy = client.get(METHODS_POLICY).json()
    schema = published_schema(shared / "graph" / "v1.0-Prod.csdl")
    faults = ValueCheck(schema, reading=True).object_faults(policy, "authenticationMethodsPolicy")
    assert list(faults) == []
    assert list(misunderstandings(policy, parsed(policy, AuthenticationMethodsPolicy))) == []
    assert policy["id"] == "authenticationMethodsPolicy"
    assert campaign_of(policy)["state"] == "default"
    assert "systemCredentialPreferences" not in policy
    assert "enforceRegistrationAfterAllowedSnoozes" not in campaign_of(policy)


def test_what_beta_adds(client: GraphClient) -> None:
    policy = client.get(METHODS_POLICY, version="beta").json()
    assert policy["systemCredentialPreferences"]["state"] == "default"
    assert policy["reportSuspiciousActivitySettings"]["voiceReportingCode"] == 0
    assert campaign_of(policy)["enforceRegistrationAfterAllowedSnoozes"] is True


@pytest.mark.parametrize(("status", "has_body"), [(200, True), (204, False)])
def test_a_change_is_answered_with_or_without_the_policy(
    client: GraphClient, simulator: TestSimulator, status: int, has_body: bool
) -> None:
    simulator.set_profile(methods_policy_patch_status=status)
    answer = client.patch(METHODS_POLICY, {"policyMigrationState": "migrationInProgress"})
    assert (answer.status_code, bool(answer.content)) == (status, has_body)
    policy = client.get(METHODS_POLICY).json()
    assert policy["policyMigrationState"] == "migrationInProgress"
    assert policy["lastModifiedDateTime"] > "2026"
    if has_body:
        assert answer.json() == policy


def test_the_campaign_is_changed(client: GraphClient) -> None:
    group = group_of(client)
    body = campaign(excludeTargets=[group], includeTargets=[EVERYONE | {"targetedAuthenticationMethod": "fido2"}])
    assert client.patch(METHODS_POLICY, body).status_code == 200
    stored = campaign_of(client.get(METHODS_POLICY).json())
    assert stored == campaign_of(body)
    assert campaign_of(client.get(METHODS_POLICY, version="beta").json())["enforceRegistrationAfterAllowedSnoozes"]


@pytest.mark.parametrize(
    "change",
    [
        {"snoozeDurationInDays": 15},
        {"snoozeDurationInDays": -1},
        {"snoozeDurationInDays": None},
        {"state": "on"},
        {"includeTargets": [EVERYONE | {"targetedAuthenticationMethod": "sms"}]},
        {
            "includeTargets": [
                EVERYONE | {"targetedAuthenticationMethod": "fido2"},
                EVERYONE | {"targetedAuthenticationMethod": "microsoftAuthenticator"},
            ]
        },
        {"includeTargets": [STRANGER | {"targetedAuthenticationMethod": "fido2"}]},
        {"excludeTargets": [STRANGER]},
        {"excludeTargets": [EVERYONE]},
        {"enforceRegistrationAfterAllowedSnoozes": False},
    ],
)
def test_campaigns_that_are_refused(client: GraphClient, change: JsonObject) -> None:
    before = client.get(METHODS_POLICY).json()
    assert client.patch(METHODS_POLICY, campaign(**change)).status_code == 400
    assert client.get(METHODS_POLICY).json() == before


def test_unknown_groups_can_be_accepted(client: GraphClient, simulator: TestSimulator) -> None:
    simulator.set_profile(unknown_method_targets="accept")
    assert client.patch(METHODS_POLICY, campaign(excludeTargets=[STRANGER])).status_code == 200


@pytest.mark.parametrize(("choice", "status", "left"), [("merge", 200, 1), ("replace", 200, 0), ("refuse", 400, 1)])
def test_a_campaign_that_is_not_sent_whole(
    client: GraphClient, simulator: TestSimulator, choice: str, status: int, left: int
) -> None:
    client.patch(METHODS_POLICY, campaign(excludeTargets=[group_of(client)]))
    simulator.set_profile(partial_registration_campaign=choice)
    partial = {"registrationEnforcement": {"authenticationMethodsRegistrationCampaign": {"snoozeDurationInDays": 5}}}
    assert client.patch(METHODS_POLICY, partial).status_code == status
    assert len(campaign_of(client.get(METHODS_POLICY).json())["excludeTargets"]) == left
    assert client.patch(METHODS_POLICY, campaign()).status_code == 200
    assert campaign_of(client.get(METHODS_POLICY).json())["excludeTargets"] == []


BETA_ONLY: list[JsonObject] = [
    {"systemCredentialPreferences": {"state": "enabled", "includeTargets": [EVERYONE], "excludeTargets": []}},
    {"reportSuspiciousActivitySettings": {"state": "enabled", "includeTarget": EVERYONE, "voiceReportingCode": 4}},
    campaign(enforceRegistrationAfterAllowedSnoozes=False),
]


@pytest.mark.parametrize("body", BETA_ONLY)
def test_beta_alone_takes_its_own(client: GraphClient, body: JsonObject) -> None:
    assert client.patch(METHODS_POLICY, body).status_code == 400
    assert client.patch(METHODS_POLICY, body, version="beta").status_code == 200
    stored = client.get(METHODS_POLICY, version="beta").json()
    assert {name: stored[name] for name in body} == body
    assert client.patch(METHODS_POLICY, campaign(state="disabled")).status_code == 200
    after = client.get(METHODS_POLICY, version="beta").json()
    untouched = set(body) - {"registrationEnforcement"}
    assert {name: after[name] for name in untouched} == {name: body[name] for name in untouched}


@pytest.mark.parametrize(
    "body",
    [{"systemCredentialPreferences": {"excludeTargets": [STRANGER]}}, {"policyMigrationState": "done"}, {"colour": 1}],
)
def test_bodies_that_beta_refuses(client: GraphClient, body: JsonObject) -> None:
    assert client.patch(METHODS_POLICY, body, version="beta").status_code == 400


@pytest.mark.parametrize(("strict", "status"), [(True, 400), (False, 200)])
def test_read_only_properties(client: GraphClient, simulator: TestSimulator, strict: bool, status: int) -> None:
    simulator.set_profile(read_only_properties_refused=strict)
    assert client.patch(METHODS_POLICY, {"policyVersion": "9"}).status_code == status
    assert client.get(METHODS_POLICY).json()["policyVersion"] == "1.5"


@pytest.mark.parametrize(
    ("permissions", "readable", "writable"),
    [
        (["Policy.Read.All"], True, False),
        (["Policy.Read.AuthenticationMethod"], True, False),
        (["Policy.ReadWrite.AuthenticationMethod"], True, True),
        (["Policy.ReadWrite.ConditionalAccess"], False, False),
    ],
)
def test_permissions(make_client: MakeClient, permissions: list[str], readable: bool, writable: bool) -> None:
    client = make_client("free", permissions=permissions)
    assert (client.get(METHODS_POLICY).status_code == 200) is readable
    assert (client.patch(METHODS_POLICY, campaign()).status_code == 200) is writable


def test_readers_see_the_old_policy_for_a_while(client: GraphClient, simulator: TestSimulator) -> None:
    simulator.set_profile(consistency_delay_seconds=0.3)
    client.patch(METHODS_POLICY, campaign(state="disabled"))
    assert campaign_of(client.get(METHODS_POLICY).json())["state"] == "default"
    time.sleep(0.3)
    assert campaign_of(client.get(METHODS_POLICY).json())["state"] == "disabled"


@pytest.mark.parametrize(("cloud", "status"), [("us_government_l4", 200), ("us_government_l5", 200), ("china", 400)])
def test_clouds(client: GraphClient, simulator: TestSimulator, cloud: str, status: int) -> None:
    simulator.set_profile(cloud=cloud)
    answers = [client.get(METHODS_POLICY), client.get(f"{METHODS_POLICY}/authenticationMethodConfigurations/Sms")]
    assert [answer.status_code for answer in answers] == [status, status]
    if status == 400:
        assert error_of(answers[0])[2] == "Resource not found for the segment 'authenticationMethodsPolicy'."


def test_a_seed_is_laid_over_the_usual(make_client: MakeClient, simulator: TestSimulator) -> None:
    client = make_client(state={METHODS_POLICY: {"policyMigrationState": "preMigration"} | campaign(state="disabled")})
    policy = client.get(METHODS_POLICY).json()
    assert policy["policyMigrationState"] == "preMigration"
    assert campaign_of(policy)["state"] == "disabled"
    assert policy["displayName"] == "Authentication Methods Policy"
