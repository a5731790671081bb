# Copyright: (c) 2026, m365.entra contributors
# GNU General Public License v3.0+ (see COPYING or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later
"""Policies from their creation to the bin and back (facts sections 2.1 and 2.8)."""

from __future__ import annotations

import re

import pytest

from simulator.fixture import TestSimulator

from .graph_client import DELETED_POLICIES, POLICIES, GraphClient, error_of
from .sample_policies import REQUIRE_MFA, STRENGTH_PHISHING_RESISTANT, varied

TIMESTAMP = re.compile(r"\d{4}-\d\d-\d\dT\d\d:\d\d:\d\d\.\d{7}Z")
UNKNOWN = "66666666-6666-6666-6666-666666666666"


@pytest.fixture(params=[POLICIES, "/policies/conditionalAccessPolicies"])
def place(request: pytest.FixtureRequest) -> str:
    """Both addresses of the policies."""
    return str(request.param)


def test_create_read_change_delete(client: GraphClient, place: str) -> None:
    created = client.post(place, REQUIRE_MFA)
    assert created.status_code == 201
    policy = created.json()
    assert TIMESTAMP.fullmatch(policy["createdDateTime"])
    assert policy["modifiedDateTime"] is None
    assert policy["deletedDateTime"] is None
    assert policy["templateId"] is None
    one = f"{place}/{policy['id']}"
    assert client.get(one).json() == policy

    changed = client.patch(one, {"displayName": "Renamed"})
    assert (changed.status_code, changed.content) == (204, b"")
    renamed = client.get(one).json()
    assert renamed["displayName"] == "Renamed"
    assert TIMESTAMP.fullmatch(renamed["modifiedDateTime"])
    assert renamed | {"displayName": policy["displayName"], "modifiedDateTime": None} == policy

    assert [item["id"] for item in client.get(place).json()["value"]] == [policy["id"]]
    assert client.delete(one).status_code == 204
    assert client.get(one).status_code == 404
    assert client.get(place).json()["value"] == []


def test_the_bin(client: GraphClient) -> None:
    policy = client.created_policy(varied(REQUIRE_MFA, state="enabled"))
    deleted = f"{DELETED_POLICIES}/{policy['id']}"
    assert client.get(deleted).status_code == 404
    client.delete(f"{POLICIES}/{policy['id']}")
    assert TIMESTAMP.fullmatch(client.get(deleted).json()["deletedDateTime"])
    assert [item["id"] for item in client.get(DELETED_POLICIES).json()["value"]] == [policy["id"]]

    restored = client.post(f"{deleted}/restore")
    assert restored.status_code == 200
    assert restored.json() == policy
    assert client.policy(policy["id"]) == policy
    assert client.get(DELETED_POLICIES).json()["value"] == []

    client.delete(f"{POLICIES}/{policy['id']}")
    assert client.delete(deleted).status_code == 204
    assert client.get(deleted).status_code == 404
    assert client.post(f"{deleted}/restore").status_code == 404


@pytest.mark.parametrize("code", ["ResourceNotFound", "NotFound"])
@pytest.mark.parametrize("method", ["GET", "PATCH", "DELETE"])
def test_unknown_policies(client: GraphClient, simulator: TestSimulator, method: str, code: str) -> None:
    simulator.set_profile(not_found_code=code)
    answer = client.call(method, f"{POLICIES}/{UNKNOWN}", json={"state": "disabled"})
    text = f"ConditionalAccessPolicy with id {UNKNOWN} does not exist in the directory."
    assert error_of(answer) == (404, code, text)


def test_names_need_not_be_unique(client: GraphClient) -> None:
    first, second = client.created_policy(REQUIRE_MFA), client.created_policy(REQUIRE_MFA)
    assert first["id"] != second["id"]
    found = client.get(POLICIES, params={"$filter": f"displayName eq '{REQUIRE_MFA['displayName']}'"})
    assert len(found.json()["value"]) == 2


def test_at_most_240_policies(client: GraphClient, simulator: TestSimulator) -> None:
    for number in range(240):
        client.created_policy(varied(REQUIRE_MFA, displayName=f"Policy {number}"))
    answer = client.post(POLICIES, REQUIRE_MFA)
    assert error_of(answer)[:2] == (400, "BadRequest")
    assert "240" in error_of(answer)[2]
    first = simulator.state(client.tenant_id)[POLICIES][0]["id"]
    client.delete(f"{POLICIES}/{first}")
    simulator.set_profile(deleted_policies_count=True)
    assert client.post(POLICIES, REQUIRE_MFA).status_code == 400
    simulator.set_profile(deleted_policies_count=False)
    assert client.post(POLICIES, REQUIRE_MFA).status_code == 201
    assert client.post(f"{DELETED_POLICIES}/{first}/restore").status_code == 400


def test_lists_can_be_narrowed(client: GraphClient, simulator: TestSimulator) -> None:
    simulator.set_profile(policy_page_size=2)
    for name in ("Beta", "Alpha", "Gamma"):
        client.created_policy(varied(REQUIRE_MFA, displayName=name))
    first = client.get(POLICIES).json()
    assert len(first["value"]) == 2
    second = client.http.get(first["@odata.nextLink"], headers={"Authorization": f"Bearer {client.token}"}).json()
    assert "@odata.nextLink" not in second
    assert {item["displayName"] for item in first["value"] + second["value"]} == {"Alpha", "Beta", "Gamma"}
    ordered = client.get(POLICIES, params={"$orderby": "displayName", "$top": 3, "$select": "displayName"}).json()
    assert [item["displayName"] for item in ordered["value"]] == ["Alpha", "Beta", "Gamma"]
    assert set(ordered["value"][0]) == {"id", "displayName"}
    counted = client.get(POLICIES, params={"$count": "true", "$filter": "startswith(displayName,'g')"}).json()
    assert counted["@odata.count"] == 1


def test_strengths_are_read_expanded(client: GraphClient) -> None:
    strength = {"id": STRENGTH_PHISHING_RESISTANT.upper()}
    controls = {"operator": "AND", "builtInControls": [], "authenticationStrength": strength}
    policy = client.created_policy(varied(REQUIRE_MFA, grantControls=controls))
    shown = policy["grantControls"]["authenticationStrength"]
    assert shown["id"] == STRENGTH_PHISHING_RESISTANT
    assert shown["displayName"] == "Phishing-resistant MFA"
    assert shown["allowedCombinations"] == ["windowsHelloForBusiness", "fido2", "x509CertificateMultiFactor"]
    assert shown["policyType"] == "builtIn"
    assert shown["requirementsSatisfied"] == "mfa"
    assert shown["combinationConfigurations"] == []
    assert "combinationConfigurations@odata.context" in shown
    assert "authenticationStrength@odata.context" in policy["grantControls"]
