# Copyright: (c) 2026, m365.entra contributors
# GNU General Public License v3.0+ (see COPYING or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later
"""Bodies that do not match the schema (facts section 2.6, rule 1)."""

from __future__ import annotations

from typing import Any

import pytest

from simulator.fixture import TestSimulator
from simulator.json_types import JsonObject

from .graph_client import POLICIES, GraphClient, error_of
from .sample_policies import REQUIRE_MFA, STRENGTH_MULTIFACTOR, varied

MISMATCH = (
    "1007: Incoming ConditionalAccessPolicy object is null or does not match the schema of ConditionalAccessPolicy "
    "type. For examples, please see API documentation at "
    "https://docs.microsoft.com/en-us/graph/api/conditionalaccessroot-post-policies?view=graph-rest-1.0."
)


def without(policy: JsonObject, name: str) -> JsonObject:
    return {key: value for key, value in policy.items() if key != name}


@pytest.mark.parametrize(
    ("policy", "where"),
    [
        (varied(REQUIRE_MFA, colour="red"), "colour"),
        (varied(REQUIRE_MFA, conditions__users__includeTeams=[]), "conditions.users.includeTeams"),
        (varied(REQUIRE_MFA, conditions__users__includeUsers="All"), "conditions.users.includeUsers"),
        (varied(REQUIRE_MFA, conditions__users__includeUsers=None), "conditions.users.includeUsers"),
        (varied(REQUIRE_MFA, conditions__users__includeUsers=[None]), "conditions.users.includeUsers[0]"),
        (varied(REQUIRE_MFA, conditions__users__includeUsers=[1]), "conditions.users.includeUsers[0]"),
        (varied(REQUIRE_MFA, conditions=None), "conditions"),
        (varied(REQUIRE_MFA, conditions=[]), "conditions"),
        (varied(REQUIRE_MFA, displayName=None), "displayName"),
        (varied(REQUIRE_MFA, displayName=5), "displayName"),
        (varied(REQUIRE_MFA, state="on"), "state"),
        (varied(REQUIRE_MFA, state=None), "state"),
        (without(REQUIRE_MFA, "displayName"), "displayName"),
        (without(REQUIRE_MFA, "state"), "state"),
        (without(REQUIRE_MFA, "conditions"), "conditions"),
        (varied(REQUIRE_MFA, grantControls__builtInControls=["mfa", "voodoo"]), "grantControls.builtInControls[1]"),
        (varied(REQUIRE_MFA, grantControls__authenticationStrength="x"), "grantControls.authenticationStrength"),
        (
            varied(REQUIRE_MFA, conditions__platforms={"includePlatforms": ["unknownFutureValue"]}),
            "conditions.platforms.includePlatforms[0]",
        ),
        (varied(REQUIRE_MFA, conditions__insiderRiskLevels="minor,extreme"), "conditions.insiderRiskLevels"),
        (
            varied(REQUIRE_MFA, sessionControls={"signInFrequency": {"value": "4"}}),
            "sessionControls.signInFrequency.value",
        ),
        (
            varied(REQUIRE_MFA, sessionControls={"signInFrequency": {"value": True}}),
            "sessionControls.signInFrequency.value",
        ),
        (
            varied(REQUIRE_MFA, sessionControls={"persistentBrowser": {"isEnabled": "true"}}),
            "sessionControls.persistentBrowser.isEnabled",
        ),
        (
            varied(REQUIRE_MFA, conditions__devices={"deviceFilter": {"mode": "include", "rule": None}}),
            "conditions.devices.deviceFilter.rule",
        ),
        (varied(REQUIRE_MFA, **{"@odata.type": "#microsoft.graph.user"}), "@odata.type"),
    ],
)
def test_mismatches(client: GraphClient, policy: JsonObject, where: str) -> None:
    answer = client.post(POLICIES, policy)
    assert error_of(answer) == (400, "BadRequest", MISMATCH)
    assert answer.headers["x-simulator-reason"].startswith(where)


@pytest.mark.parametrize(
    "extra",
    [
        {"id": "88888888-8888-8888-8888-888888888888"},
        {"createdDateTime": "2024-01-01T00:00:00Z"},
        {"modifiedDateTime": None},
        {"templateId": None},
        {"@odata.context": "https://graph.microsoft.com/v1.0/$metadata#x"},
        {"#microsoft.graph.restore": {}},
        {"grantControls__authenticationStrength@odata.context": "x"},
        {
            "grantControls": {
                "operator": "OR",
                "authenticationStrength": {"id": STRENGTH_MULTIFACTOR, "displayName": "x"},
            }
        },
    ],
)
def test_what_was_read_is_not_written(client: GraphClient, simulator: TestSimulator, extra: dict[str, Any]) -> None:
    policy = varied(REQUIRE_MFA, **extra)
    assert error_of(client.post(POLICIES, policy))[2] == MISMATCH
    simulator.set_profile(read_only_properties_refused=False)
    created = client.created_policy(policy)
    assert created["id"] != extra.get("id")
    assert created["createdDateTime"] != extra.get("createdDateTime")


def test_types_may_be_annotated(client: GraphClient) -> None:
    client.created_policy(varied(REQUIRE_MFA, **{"@odata.type": "#microsoft.graph.conditionalAccessPolicy"}))


@pytest.mark.parametrize(
    ("content", "text"),
    [
        (b"", "Empty Payload. JSON content expected."),
        (b"{", "Unable to read JSON request payload."),
        (b"[]", "Unable to read JSON request payload."),
    ],
)
def test_bodies_that_are_no_objects(client: GraphClient, content: bytes, text: str) -> None:
    assert error_of(client.call("POST", POLICIES, content=content)) == (400, "BadRequest", text)


def test_the_text_can_stand_in_the_inner_error(client: GraphClient, simulator: TestSimulator) -> None:
    simulator.set_profile(error_shape="inner_error")
    answer = client.post(POLICIES, varied(REQUIRE_MFA, colour="red"))
    generic = "The server could not process the request because it is malformed or incorrect."
    assert error_of(answer) == (400, "BadRequest", generic)
    assert answer.json()["error"]["innerError"]["message"] == MISMATCH
