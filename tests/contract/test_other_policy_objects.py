# Copyright: (c) 2026, m365.entra contributors
# GNU General Public License v3.0+ (see COPYING or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later
"""Built-in and seeded authentication strengths, and templates (facts sections 2.9 and 3.2)."""

from __future__ import annotations

import pytest

from simulator.fixture import TestSimulator

from .conftest import MakeClient
from .graph_client import POLICIES, STRENGTHS, STRENGTHS_BY_OTHER_NAME, GraphClient, error_of
from .sample_policies import STRENGTH_MULTIFACTOR

TEMPLATES = "/identity/conditionalAccess/templates"
ADMINISTRATORS = "c7503427-338e-4c5e-902d-abe252abfb43"


@pytest.mark.parametrize("place", [STRENGTHS, STRENGTHS_BY_OTHER_NAME])
def test_the_built_in_strengths(client: GraphClient, place: str) -> None:
    strengths = client.get(place).json()["value"]
    assert [item["displayName"] for item in strengths] == [
        "Multifactor authentication",
        "Passwordless MFA",
        "Phishing-resistant MFA",
    ]
    assert all(item["createdDateTime"] == "2021-12-01T08:00:00Z" for item in strengths)
    one = client.get(f"{place}/{STRENGTH_MULTIFACTOR}").json()
    assert len(one["allowedCombinations"]) == 19
    assert "password,sms" in one["allowedCombinations"]
    assert client.get(f"{place}/00000000-0000-0000-0000-000000000009").status_code == 404


def test_custom_strengths_can_be_seeded(make_client: MakeClient) -> None:
    custom = {
        "id": "99999999-9999-9999-9999-999999999999",
        "displayName": "Keys",
        "policyType": "custom",
        "requirementsSatisfied": "mfa",
        "allowedCombinations": ["sms, password", "qrCodePin"],
        "combinationConfigurations": [
            {
                "@odata.type": "#microsoft.graph.fido2CombinationConfiguration",
                "id": "1",
                "appliesToCombinations": ["fido2"],
                "allowedAAGUIDs": ["2fc0579f-8113-47ea-b116-bb5a8db9202a"],
            }
        ],
    }
    client = make_client(state={STRENGTHS: [custom]})
    shown = client.get(f"{STRENGTHS}/{custom['id']}").json()
    assert shown["allowedCombinations"] == ["password,sms", "unknownFutureValue"]
    assert shown["combinationConfigurations"] == custom["combinationConfigurations"]
    prefer = {"Prefer": "include-unknown-enum-members"}
    preferred = client.get(f"{STRENGTHS}/{custom['id']}", headers=prefer).json()
    assert preferred["allowedCombinations"] == ["password,sms", "qrCodePin"]
    assert len(client.get(STRENGTHS).json()["value"]) == 4


def test_a_seeded_strength_needs_little(make_client: MakeClient) -> None:
    seed = {"displayName": "Keys", "allowedCombinations": ["fido2"]}
    client = make_client(state={STRENGTHS: [seed]})
    (shown,) = client.get(STRENGTHS, params={"$filter": "policyType eq 'custom'"}).json()["value"]
    assert shown["requirementsSatisfied"] == "mfa"
    assert shown["modifiedDateTime"] == shown["createdDateTime"]
    assert client.delete(f"{STRENGTHS}/{shown['id']}").status_code == 204


def test_templates(client: GraphClient, simulator: TestSimulator) -> None:
    offered = client.get(TEMPLATES).json()["value"]
    assert len(offered) == 16
    assert not any("Preview" in template["name"] for template in offered)
    simulator.set_profile(templates_in_v1="all")
    assert len(client.get(TEMPLATES).json()["value"]) == 21
    assert len(client.get(TEMPLATES, version="beta").json()["value"]) == 21
    one = client.get(f"{TEMPLATES}/{ADMINISTRATORS}").json()
    assert len(one["details"]["conditions"]["users"]["includeRoles"]) == 14
    assert one["details"]["conditions"]["users"]["excludeUsers"] == ["Current administrator will be excluded"]
    remote = client.get(TEMPLATES, params={"$filter": "scenarios has 'remoteWork'"}).json()["value"]
    assert 0 < len(remote) < 21
    assert all("remoteWork" in template["scenarios"].split(",") for template in remote)
    assert error_of(client.get(f"{TEMPLATES}/99999999-9999-9999-9999-999999999999"))[0] == 404


def test_template_details_become_policies_when_the_placeholder_is_replaced(client: GraphClient) -> None:
    administrator = client.get("/users").json()["value"][0]["id"]
    for template in client.get(TEMPLATES).json()["value"]:
        details = template["details"]
        policy = {"displayName": template["name"], "state": "disabled", **details}
        assert client.post(POLICIES, policy).status_code == 400
        users = details["conditions"]["users"]
        users["excludeUsers"] = [
            administrator if name == "Current administrator will be excluded" else name
            for name in users["excludeUsers"]
        ]
        accepted = client.post(POLICIES, policy)
        assert accepted.status_code == 201, (template["name"], accepted.text)
