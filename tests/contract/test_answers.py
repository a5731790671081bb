# Copyright: (c) 2026, m365.entra contributors
# GNU General Public License v3.0+ (see COPYING or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later
"""Answers of the policy services held against Microsoft's published schema, member by member."""

from __future__ import annotations

from pathlib import Path

import pytest

from simulator.json_types import JsonObject

from .graph_client import (
    CONTEXTS,
    DELETED_POLICIES,
    NAMED_LOCATIONS,
    POLICIES,
    SECURITY_DEFAULTS,
    STRENGTHS,
    GraphClient,
)
from .sample_policies import FIDO2_CONFIGURATION, KEYS, REQUIRE_MFA, X509_CONFIGURATION, varied
from .schema_document import PublishedSchema, published_schema
from .schema_values import ValueCheck

ROOT = "/identity/conditionalAccess/authenticationStrength"
PREFER = {"Prefer": "include-unknown-enum-members"}
COUNTRIES: JsonObject = {
    "@odata.type": "#microsoft.graph.countryNamedLocation",
    "displayName": "Countries",
    "countriesAndRegions": ["CH"],
}


@pytest.fixture(scope="session")
def published(shared: Path) -> PublishedSchema:
    return published_schema(shared / "graph" / "v1.0-Prod.csdl")


def test_answers_parse(client: GraphClient, published: PublishedSchema) -> None:
    check = ValueCheck(published, reading=True)
    configurations = [FIDO2_CONFIGURATION, X509_CONFIGURATION]
    strength = client.created(STRENGTHS, KEYS | {"combinationConfigurations": configurations})
    controls = {"operator": "AND", "authenticationStrength": {"id": strength["id"]}}
    policy = client.created_policy(varied(REQUIRE_MFA, grantControls=controls))
    location = client.created(NAMED_LOCATIONS, COUNTRIES)
    client.patch(f"{CONTEXTS}/c1", {"displayName": "One"})
    client.delete(f"{POLICIES}/{client.created_policy(REQUIRE_MFA)['id']}")
    one_strength = f"{STRENGTHS}/{strength['id']}"
    configuration = strength["combinationConfigurations"][0]["id"]
    objects = {
        f"{POLICIES}/{policy['id']}": "conditionalAccessPolicy",
        f"{NAMED_LOCATIONS}/{location['id']}": "namedLocation",
        f"{CONTEXTS}/c1": "authenticationContextClassReference",
        SECURITY_DEFAULTS: "identitySecurityDefaultsEnforcementPolicy",
        one_strength: "authenticationStrengthPolicy",
        f"{one_strength}/usage()": "authenticationStrengthUsage",
        f"{one_strength}/combinationConfigurations/{configuration}": "authenticationCombinationConfiguration",
        ROOT: "authenticationStrengthRoot",
        f"{ROOT}/authenticationMethodModes/qrCodePin": "authenticationMethodModeDetail",
    }
    lists = {
        POLICIES: "conditionalAccessPolicy",
        DELETED_POLICIES: "conditionalAccessPolicy",
        NAMED_LOCATIONS: "namedLocation",
        CONTEXTS: "authenticationContextClassReference",
        STRENGTHS: "authenticationStrengthPolicy",
        f"{one_strength}/combinationConfigurations": "authenticationCombinationConfiguration",
        f"{ROOT}/authenticationMethodModes": "authenticationMethodModeDetail",
        "/identity/conditionalAccess/templates": "conditionalAccessTemplate",
        "/groups": "group",
    }
    for headers in ({}, PREFER):
        for path, type_name in objects.items():
            answer = client.get(path, headers=headers)
            assert answer.status_code == 200
            assert list(check.object_faults(answer.json(), type_name)) == [], path
        for path, type_name in lists.items():
            items = client.get(path, headers=headers).json()["value"]
            assert items, path
            assert [fault for item in items for fault in check.object_faults(item, type_name)] == [], path
    changed = client.post(
        f"{one_strength}/updateAllowedCombinations", {"allowedCombinations": KEYS["allowedCombinations"]}
    )
    assert list(check.object_faults(changed.json(), "updateAllowedCombinationsResult")) == []


def test_wrong_answers_do_not_parse(published: PublishedSchema) -> None:
    check = ValueCheck(published, reading=True)
    wrong = {"@odata.context": "x", "id": 1, "policyType": "ours", "colour": "red"}
    assert [str(fault) for fault in check.object_faults(wrong, "authenticationStrengthPolicy")] == [
        "id: a String was expected",
        "policyType: 'ours' is no member of authenticationStrengthPolicyType",
        "colour: no such property",
    ]
