# Copyright: (c) 2026, m365.entra contributors
# GNU General Public License v3.0+ (see COPYING or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later
"""Custom authentication strengths: created, changed, used and deleted (facts section 3.2)."""

from __future__ import annotations

from typing import Any

import pytest

from simulator.fixture import TestSimulator
from simulator.json_types import JsonObject

from .conftest import MakeClient
from .graph_client import POLICIES, STRENGTHS, STRENGTHS_BY_OTHER_NAME, GraphClient, error_of
from .sample_policies import KEYS, REQUIRE_MFA, STRENGTH_MULTIFACTOR, varied

UNKNOWN = "99999999-9999-9999-9999-999999999999"
VERSIONS = ("v1.0", "beta")
PREFER = {"Prefer": "include-unknown-enum-members"}


def using(strength: JsonObject) -> JsonObject:
    """Return a policy that asks for a strength."""
    controls = {"operator": "AND", "builtInControls": [], "authenticationStrength": {"id": strength["id"]}}
    return varied(REQUIRE_MFA, grantControls=controls)


@pytest.mark.parametrize("version", VERSIONS)
@pytest.mark.parametrize("place", [STRENGTHS, STRENGTHS_BY_OTHER_NAME])
def test_create_read_change_delete(client: GraphClient, place: str, version: str) -> None:
    strength = client.created(place, KEYS, version=version)
    assert strength["policyType"] == "custom"
    assert strength["requirementsSatisfied"] == "mfa"
    assert strength["createdDateTime"] == strength["modifiedDateTime"]
    assert strength["combinationConfigurations"] == []
    one = f"{place}/{strength['id']}"
    assert client.get(one, version=version).json() == strength
    assert client.patch(one, {"displayName": "Renamed", "description": None}, version=version).status_code == 204
    changed = client.get(one, version=version).json()
    assert (changed["displayName"], changed["description"]) == ("Renamed", None)
    assert changed["modifiedDateTime"] > strength["modifiedDateTime"]
    assert changed["allowedCombinations"] == strength["allowedCombinations"]
    assert client.delete(one, version=version).status_code == 204
    assert client.get(one, version=version).status_code == 404


def test_both_places_show_the_same(client: GraphClient) -> None:
    strength = client.created(STRENGTHS_BY_OTHER_NAME, KEYS)
    assert client.get(f"{STRENGTHS}/{strength['id']}").json() == strength
    named = client.get(STRENGTHS, params={"$filter": f"displayName eq '{KEYS['displayName']}'"}).json()["value"]
    assert [item["id"] for item in named] == [strength["id"]]
    selected = client.get(f"{STRENGTHS}/{strength['id']}", params={"$select": "displayName"}).json()
    assert {name for name in selected if "@" not in name} == {"id", "displayName"}


def test_combinations_are_normalised(client: GraphClient) -> None:
    """Blanks after commas go, members stand in the order of their bits, and each combination once."""
    written = ["sms, password", "password,sms", "federatedSingleFactor,voice"]
    strength = client.created(STRENGTHS, KEYS | {"allowedCombinations": written})
    assert strength["allowedCombinations"] == ["password,sms", "voice,federatedSingleFactor"]


@pytest.mark.parametrize(
    ("combinations", "requirements"),
    [
        (["fido2"], "mfa"),
        (["password,sms", "temporaryAccessPassOneTime"], "mfa"),
        (["password"], "none"),
        (["fido2", "sms"], "none"),
        (["x509CertificateSingleFactor"], "none"),
        (["qrCodePin"], "none"),
    ],
)
def test_what_a_strength_satisfies_is_computed(client: GraphClient, combinations: list[str], requirements: str) -> None:
    strength = client.created(STRENGTHS, KEYS | {"allowedCombinations": combinations})
    assert strength["requirementsSatisfied"] == requirements


@pytest.mark.parametrize(
    ("changes", "text"),
    [
        ({"displayName": "x" * 31}, "'displayName' of an authentication strength cannot have more than 30"),
        ({"displayName": " "}, "'displayName' is required"),
        ({"displayName": None}, "Incoming AuthenticationStrengthPolicy object does not match"),
        ({"allowedCombinations": []}, "'allowedCombinations' must hold at least one"),
        ({"allowedCombinations": ["fido2,sms"]}, "'sms,fido2' is no valid combination"),
        ({"allowedCombinations": ["carrierPigeon"]}, "Incoming AuthenticationStrengthPolicy object does not match"),
        ({"allowedCombinations": "fido2"}, "Incoming AuthenticationStrengthPolicy object does not match"),
        ({"allowedCombinations": ["unknownFutureValue"]}, "Incoming AuthenticationStrengthPolicy object does not"),
        ({"policyType": "custom"}, "Incoming AuthenticationStrengthPolicy object does not match"),
        ({"requirementsSatisfied": "mfa"}, "Incoming AuthenticationStrengthPolicy object does not match"),
        ({"id": UNKNOWN}, "Incoming AuthenticationStrengthPolicy object does not match"),
        ({"colour": "red"}, "Incoming AuthenticationStrengthPolicy object does not match"),
    ],
)
def test_refused_strengths(client: GraphClient, changes: dict[str, Any], text: str) -> None:
    status, code, message = error_of(client.post(STRENGTHS, KEYS | changes))
    assert (status, code) == (400, "BadRequest")
    assert message.startswith(text)


@pytest.mark.parametrize("missing", ["displayName", "allowedCombinations"])
def test_required_properties(client: GraphClient, missing: str) -> None:
    answer = client.post(STRENGTHS, {name: value for name, value in KEYS.items() if name != missing})
    assert answer.status_code == 400
    assert answer.headers["x-simulator-reason"] == f"{missing} is missing"


def test_what_was_read_can_be_ignored(client: GraphClient, simulator: TestSimulator) -> None:
    simulator.set_profile(read_only_properties_refused=False)
    strength = client.created(
        STRENGTHS, KEYS | {"id": UNKNOWN, "policyType": "builtIn", "requirementsSatisfied": "none"}
    )
    assert strength["id"] != UNKNOWN
    assert (strength["policyType"], strength["requirementsSatisfied"]) == ("custom", "mfa")


@pytest.mark.parametrize(
    "change",
    [
        {"allowedCombinations": ["sms"]},
        {"combinationConfigurations": []},
        {"policyType": "custom"},
        {"displayName": "x", "requirementsSatisfied": "mfa"},
    ],
)
def test_an_update_changes_name_and_description_only(client: GraphClient, change: JsonObject) -> None:
    one = f"{STRENGTHS}/{client.created(STRENGTHS, KEYS)['id']}"
    assert "only its name and description can" in error_of(client.patch(one, change))[2]
    assert client.patch(one, {"displayName": "x" * 31}).status_code == 400


def test_built_in_strengths_are_read_only(client: GraphClient) -> None:
    one = f"{STRENGTHS}/{STRENGTH_MULTIFACTOR}"
    answers = (
        client.patch(one, {"displayName": "x"}),
        client.delete(one),
        client.post(f"{one}/updateAllowedCombinations", {"allowedCombinations": ["fido2"]}),
    )
    refusal = (400, "BadRequest", "Built-in authentication strengths cannot be changed or deleted.")
    assert [error_of(answer) for answer in answers] == [refusal] * 3


def test_at_most_15_custom_strengths(client: GraphClient) -> None:
    for number in range(15):
        client.created(STRENGTHS, KEYS | {"displayName": f"Strength {number}"})
    assert "15" in error_of(client.post(STRENGTHS, KEYS))[2]


def test_names_may_repeat_or_not(client: GraphClient, simulator: TestSimulator) -> None:
    first, _second = client.created(STRENGTHS, KEYS), client.created(STRENGTHS, KEYS)
    simulator.set_profile(duplicate_strength_names="refuse")
    assert error_of(client.post(STRENGTHS, KEYS | {"displayName": KEYS["displayName"].upper()}))[0] == 400
    assert error_of(client.post(STRENGTHS, KEYS | {"displayName": "Passwordless MFA"}))[0] == 400
    other = client.created(STRENGTHS, KEYS | {"displayName": "Another name"})
    assert client.patch(f"{STRENGTHS}/{other['id']}", {"displayName": KEYS["displayName"]}).status_code == 400
    assert client.patch(f"{STRENGTHS}/{other['id']}", {"description": "kept name"}).status_code == 204
    assert client.delete(f"{STRENGTHS}/{first['id']}").status_code == 204


@pytest.mark.parametrize("version", VERSIONS)
def test_combinations_are_replaced_by_an_action(client: GraphClient, version: str) -> None:
    strength = client.created(STRENGTHS, KEYS)
    policy = client.created_policy(using(strength))
    one = f"{STRENGTHS}/{strength['id']}"
    changed = client.post(
        f"{one}/updateAllowedCombinations", {"allowedCombinations": ["sms, password", "sms"]}, version=version
    )
    assert changed.status_code == 200
    result = changed.json()
    assert result["previousCombinations"] == KEYS["allowedCombinations"]
    assert result["currentCombinations"] == ["password,sms", "sms"]
    assert result["conditionalAccessReferences"] == [policy["id"]]
    read = client.get(one).json()
    assert read["allowedCombinations"] == ["password,sms", "sms"]
    assert read["requirementsSatisfied"] == "none"
    shown = client.policy(policy["id"])["grantControls"]["authenticationStrength"]
    assert shown["allowedCombinations"] == ["password,sms", "sms"]


@pytest.mark.parametrize(
    "body",
    [
        {},
        {"allowedCombinations": []},
        {"allowedCombinations": None},
        {"allowedCombinations": ["fido2,voice"]},
        {"allowedCombinations": ["fido2"], "displayName": "x"},
    ],
)
def test_refused_combinations(client: GraphClient, body: JsonObject) -> None:
    one = f"{STRENGTHS}/{client.created(STRENGTHS, KEYS)['id']}"
    assert client.post(f"{one}/updateAllowedCombinations", body).status_code == 400
    assert client.get(one).json()["allowedCombinations"] == KEYS["allowedCombinations"]


@pytest.mark.parametrize(("combinations", "holder"), [(["fido2"], "mfa"), (["sms"], "none")])
def test_usage(client: GraphClient, combinations: list[str], holder: str) -> None:
    strength = client.created(STRENGTHS, KEYS | {"allowedCombinations": combinations})
    usage = f"{STRENGTHS}/{strength['id']}/usage()"
    assert {name: client.get(usage).json()[name] for name in ("mfa", "none")} == {"mfa": [], "none": []}
    policy = client.created_policy(using(strength))
    client.created_policy(REQUIRE_MFA)
    used = client.get(usage).json()
    assert [item["id"] for item in used.pop(holder)] == [policy["id"]]
    assert [used[name] for name in ("mfa", "none") if name in used] == [[]]
    assert client.get(f"{STRENGTHS}/{STRENGTH_MULTIFACTOR}/usage()").json()["mfa"] == []


def test_a_strength_in_use_is_not_deleted(client: GraphClient) -> None:
    strength = client.created(STRENGTHS, KEYS)
    policy = client.created_policy(using(strength))
    one = f"{STRENGTHS}/{strength['id']}"
    assert policy["displayName"] in error_of(client.delete(one))[2]
    client.delete(f"{POLICIES}/{policy['id']}")
    assert client.delete(one).status_code == 204


def test_a_strength_that_does_not_exist(client: GraphClient) -> None:
    one = f"{STRENGTHS}/{UNKNOWN}"
    text = f"AuthenticationStrengthPolicy with id {UNKNOWN} does not exist in the directory."
    for answer in (
        client.get(one),
        client.patch(one, {"displayName": "x"}),
        client.delete(one),
        client.get(f"{one}/usage()"),
        client.get(f"{one}/combinationConfigurations"),
        client.post(f"{one}/updateAllowedCombinations", {"allowedCombinations": ["fido2"]}),
    ):
        assert error_of(answer) == (404, "ResourceNotFound", text)


def test_a_new_strength_is_not_visible_at_once(client: GraphClient, simulator: TestSimulator) -> None:
    simulator.set_profile(consistency_delay_seconds=60.0)
    strength = client.created(STRENGTHS, KEYS)
    one = f"{STRENGTHS}/{strength['id']}"
    assert [client.get(one).status_code, client.patch(one, {"displayName": "x"}).status_code] == [404, 404]
    assert len(client.get(STRENGTHS).json()["value"]) == 3
    status, _code, message = error_of(client.post(POLICIES, using(strength)))
    assert (status, message.partition(" ")[0]) == (400, "AuthenticationStrengthPolicy")


def test_writing_needs_premium(make_client: MakeClient) -> None:
    client = make_client("free")
    assert "licensed" in error_of(client.post(STRENGTHS, KEYS))[2]
    assert len(client.get(STRENGTHS).json()["value"]) == 3


@pytest.mark.parametrize(
    ("permissions", "status"),
    [
        (["Policy.ReadWrite.ConditionalAccess"], 201),
        (["Policy.ReadWrite.AuthenticationMethod"], 201),
        (["Policy.Read.All"], 403),
        (["Policy.Read.AuthenticationMethod"], 403),
    ],
)
def test_writing_needs_a_permission(make_client: MakeClient, permissions: list[str], status: int) -> None:
    assert make_client(permissions=permissions).post(STRENGTHS, KEYS).status_code == status


@pytest.mark.parametrize("version", VERSIONS)
def test_the_root_lists_all_combinations(client: GraphClient, version: str) -> None:
    root = "/identity/conditionalAccess/authenticationStrength"
    combinations = client.get(root, headers=PREFER, version=version).json()["combinations"]
    assert len(combinations) == 24
    strength = client.created(STRENGTHS, KEYS | {"allowedCombinations": combinations})
    assert client.get(f"{STRENGTHS}/{strength['id']}", headers=PREFER).json()["allowedCombinations"] == combinations
    assert "unknownFutureValue" in client.get(root, version=version).json()["combinations"]
    modes = client.get(f"{root}/authenticationMethodModes", headers=PREFER, version=version).json()["value"]
    assert {mode for text in combinations for mode in text.split(",")} <= {mode["id"] for mode in modes}
    one = client.get(f"{root}/authenticationMethodModes/deviceBasedPush", version=version).json()
    assert one["authenticationMethod"] == "microsoftAuthenticator"
    assert client.get(f"{root}/authenticationMethodModes/carrierPigeon", version=version).status_code == 404
