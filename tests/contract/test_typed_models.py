# Copyright: (c) 2026, m365.entra contributors
# GNU General Public License v3.0+ (see COPYING or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later
"""Every kind of answer, read with msgraph-sdk's typed models: nothing unknown, no enumeration misspelt."""

from __future__ import annotations

import importlib
from typing import Any

import pytest

from simulator.fixture import TestSimulator
from simulator.json_types import JsonObject

from .conftest import MakeClient
from .graph_client import (
    CONTEXTS,
    DELETED_POLICIES,
    NAMED_LOCATIONS,
    POLICIES,
    SECURITY_DEFAULTS,
    STRENGTHS,
    GraphClient,
)
from .sample_policies import EXCHANGE, REQUIRE_MFA, STRENGTH_PHISHING_RESISTANT, varied
from .typed_models import misunderstandings, parsed

PREFER = {"Prefer": "include-unknown-enum-members"}
CUSTOM_STRENGTH: JsonObject = {
    "id": "99999999-9999-9999-9999-999999999999",
    "displayName": "Keys",
    "createdDateTime": "2024-01-01T00:00:00Z",
    "modifiedDateTime": "2024-01-01T00:00:00Z",
    "policyType": "custom",
    "requirementsSatisfied": "mfa",
    "allowedCombinations": ["password,sms", "fido2"],
    "combinationConfigurations": [
        {
            "@odata.type": "#microsoft.graph.fido2CombinationConfiguration",
            "id": "1",
            "appliesToCombinations": ["fido2"],
            "allowedAAGUIDs": ["2fc0579f-8113-47ea-b116-bb5a8db9202a"],
        }
    ],
}

COMBINATIONS = {
    "allowedCombinations",
    "appliesToCombinations",
    "combinations",
    "currentCombinations",
    "previousCombinations",
}
ROOT = "/identity/conditionalAccess/authenticationStrength"
ENOUGH = 20
COLLECTIONS = {
    "/organization": "organization_collection_response.OrganizationCollectionResponse",
    "/subscribedSkus": "subscribed_sku_collection_response.SubscribedSkuCollectionResponse",
    "/users": "user_collection_response.UserCollectionResponse",
    "/users?$select=id,accountEnabled,userType,createdDateTime": "user_collection_response.UserCollectionResponse",
    "/groups": "group_collection_response.GroupCollectionResponse",
    "/servicePrincipals": "service_principal_collection_response.ServicePrincipalCollectionResponse",
    "/applications": "application_collection_response.ApplicationCollectionResponse",
    "/directoryRoles": "directory_role_collection_response.DirectoryRoleCollectionResponse",
    "/directoryRoleTemplates": "directory_role_template_collection_response.DirectoryRoleTemplateCollectionResponse",
    "/roleManagement/directory/roleDefinitions": (
        "unified_role_definition_collection_response.UnifiedRoleDefinitionCollectionResponse"
    ),
    "/roleManagement/directory/roleAssignments?$expand=principal": (
        "unified_role_assignment_collection_response.UnifiedRoleAssignmentCollectionResponse"
    ),
    "/reports/authenticationMethods/userRegistrationDetails": (
        "user_registration_details_collection_response.UserRegistrationDetailsCollectionResponse"
    ),
    "/identityGovernance/termsOfUse/agreements": "agreement_collection_response.AgreementCollectionResponse",
    POLICIES: "conditional_access_policy_collection_response.ConditionalAccessPolicyCollectionResponse",
    DELETED_POLICIES: "conditional_access_policy_collection_response.ConditionalAccessPolicyCollectionResponse",
    NAMED_LOCATIONS: "named_location_collection_response.NamedLocationCollectionResponse",
    STRENGTHS: "authentication_strength_policy_collection_response.AuthenticationStrengthPolicyCollectionResponse",
    f"{STRENGTHS}/{CUSTOM_STRENGTH['id']}/combinationConfigurations": (
        "authentication_combination_configuration_collection_response"
        ".AuthenticationCombinationConfigurationCollectionResponse"
    ),
    f"{ROOT}/authenticationMethodModes": (
        "authentication_method_mode_detail_collection_response.AuthenticationMethodModeDetailCollectionResponse"
    ),
    CONTEXTS: (
        "authentication_context_class_reference_collection_response"
        ".AuthenticationContextClassReferenceCollectionResponse"
    ),
    "/identity/conditionalAccess/templates": (
        "conditional_access_template_collection_response.ConditionalAccessTemplateCollectionResponse"
    ),
}


def model(name: str) -> type[Any]:
    module, _dot, class_name = name.rpartition(".")
    return getattr(importlib.import_module(f"msgraph.generated.models.{module}"), class_name)  # type: ignore[no-any-return]


def rich_policy(client: GraphClient, location: str, agreement: str) -> JsonObject:
    """Return a policy with a value in almost every place."""
    users = [user["id"] for user in client.get("/users").json()["value"]]
    groups = [group["id"] for group in client.get("/groups").json()["value"]]
    return varied(
        REQUIRE_MFA,
        description="Everything",
        conditions={
            "clientAppTypes": ["browser", "mobileAppsAndDesktopClients"],
            "signInRiskLevels": ["high", "medium"],
            "insiderRiskLevels": "elevated",
            "applications": {"includeApplications": ["All"], "excludeApplications": [EXCHANGE]},
            "users": {
                "includeUsers": ["All"],
                "excludeUsers": users[:2],
                "excludeGroups": groups,
                "excludeGuestsOrExternalUsers": {
                    "guestOrExternalUserTypes": "internalGuest,serviceProvider",
                    "externalTenants": {
                        "@odata.type": "#microsoft.graph.conditionalAccessEnumeratedExternalTenants",
                        "membershipKind": "enumerated",
                        "members": ["77777777-7777-7777-7777-777777777777"],
                    },
                },
            },
            "platforms": {"includePlatforms": ["all"], "excludePlatforms": ["iOS", "linux"]},
            "locations": {"includeLocations": ["All"], "excludeLocations": [location]},
            "devices": {"deviceFilter": {"mode": "include", "rule": "device.isCompliant -ne True"}},
            "authenticationFlows": {"transferMethods": "deviceCodeFlow"},
        },
        grantControls={
            "operator": "AND",
            "builtInControls": ["compliantDevice"],
            "termsOfUse": [agreement],
            "authenticationStrength": {"id": STRENGTH_PHISHING_RESISTANT},
        },
        sessionControls={
            "signInFrequency": {"isEnabled": True, "type": "hours", "value": 8},
            "persistentBrowser": {"isEnabled": True, "mode": "never"},
            "cloudAppSecurity": {"isEnabled": True, "cloudAppSecurityType": "blockDownloads"},
            "disableResilienceDefaults": True,
        },
    )


@pytest.fixture
def filled(make_client: MakeClient) -> GraphClient:
    """A tenant with something of every kind in it."""
    client = make_client(state={STRENGTHS: [CUSTOM_STRENGTH]})
    agreement = client.post("/identityGovernance/termsOfUse/agreements", {"displayName": "Terms"}).json()
    client.post(CONTEXTS, {"id": "c1", "displayName": "One", "description": "d", "isAvailable": True})
    office = {
        "@odata.type": "#microsoft.graph.ipNamedLocation",
        "displayName": "Office",
        "isTrusted": True,
        "ipRanges": [
            {"@odata.type": "#microsoft.graph.iPv4CidrRange", "cidrAddress": "192.0.2.0/24"},
            {"@odata.type": "#microsoft.graph.iPv6CidrRange", "cidrAddress": "2001:db8::/32"},
        ],
    }
    countries = {
        "@odata.type": "#microsoft.graph.countryNamedLocation",
        "displayName": "Countries",
        "countriesAndRegions": ["CH"],
    }
    location = client.post(NAMED_LOCATIONS, office).json()
    assert client.post(NAMED_LOCATIONS, countries).status_code == 201
    client.created_policy(rich_policy(client, location["id"], agreement["id"]))
    deleted = client.created_policy(REQUIRE_MFA)
    client.delete(f"{POLICIES}/{deleted['id']}")
    return client


@pytest.mark.parametrize("path", COLLECTIONS)
def test_lists(filled: GraphClient, path: str) -> None:
    answer = filled.get(path, headers=PREFER)
    assert answer.status_code == 200
    assert answer.json()["value"]
    body = with_single_flags(answer.json())
    # The models are slow, and the 143 roles are all alike.
    body["value"] = body["value"][:ENOUGH]
    assert list(misunderstandings(body, parsed(body, model(COLLECTIONS[path])))) == []


def with_single_flags(value: Any) -> Any:
    """Return a copy in which combinations of methods are taken apart: the SDK cannot read them (facts section 0.5)."""
    if isinstance(value, dict):
        return {
            name: [part for text in member for part in text.split(",")]
            if name in COMBINATIONS
            else with_single_flags(member)
            for name, member in value.items()
        }
    return [with_single_flags(member) for member in value] if isinstance(value, list) else value


def test_single_objects(filled: GraphClient) -> None:
    cases = {
        SECURITY_DEFAULTS: "identity_security_defaults_enforcement_policy.IdentitySecurityDefaultsEnforcementPolicy",
        f"/users/{filled.get('/users').json()['value'][0]['id']}": "user.User",
        f"{POLICIES}/{filled.get(POLICIES).json()['value'][0]['id']}": (
            "conditional_access_policy.ConditionalAccessPolicy"
        ),
        f"{STRENGTHS}/{CUSTOM_STRENGTH['id']}": "authentication_strength_policy.AuthenticationStrengthPolicy",
        f"{STRENGTHS}/{CUSTOM_STRENGTH['id']}/combinationConfigurations/1": (
            "fido2_combination_configuration.Fido2CombinationConfiguration"
        ),
        f"{STRENGTHS}/{STRENGTH_PHISHING_RESISTANT}/usage()": (
            "authentication_strength_usage.AuthenticationStrengthUsage"
        ),
        ROOT: "authentication_strength_root.AuthenticationStrengthRoot",
        f"{ROOT}/authenticationMethodModes/sms": "authentication_method_mode_detail.AuthenticationMethodModeDetail",
        f"{CONTEXTS}/c1": "authentication_context_class_reference.AuthenticationContextClassReference",
        f"/groups/{filled.get('/groups').json()['value'][0]['id']}": "group.Group",
    }
    for path, name in cases.items():
        body = with_single_flags(filled.get(path, headers=PREFER).json())
        assert list(misunderstandings(body, parsed(body, model(name)))) == []


def test_the_answer_of_the_action_on_combinations(filled: GraphClient) -> None:
    action = f"{STRENGTHS}/{CUSTOM_STRENGTH['id']}/updateAllowedCombinations"
    answer = filled.post(action, {"allowedCombinations": ["fido2", "password,voice"]})
    assert answer.status_code == 200
    body = with_single_flags(answer.json())
    read = parsed(body, model("update_allowed_combinations_result.UpdateAllowedCombinationsResult"))
    assert list(misunderstandings(body, read)) == []


def test_members_of_a_group(filled: GraphClient) -> None:
    group = filled.get("/groups").json()["value"][0]["id"]
    body = filled.get(f"/groups/{group}/members").json()
    read = parsed(body, model("directory_object_collection_response.DirectoryObjectCollectionResponse"))
    assert body["value"]
    assert list(misunderstandings(body, read)) == []


def test_errors(client: GraphClient, simulator: TestSimulator) -> None:
    name = "o_data_errors.o_data_error.ODataError"
    simulator.set_faults({"method": "GET", "path": "users", "action": {"kind": "status", "status": 503}})
    for path in ("/nowhere", "/groups/x", "/users"):
        body = client.get(path).json()
        inner = body["error"].pop("innerError")
        assert set(inner) == {"date", "request-id", "client-request-id"}
        assert list(misunderstandings(body, parsed(body, model(name)))) == []


def test_the_check_notices_mistakes() -> None:
    """A misspelt enumeration and an unknown property must not pass the check."""
    body = {"value": [{"id": "1", "state": "enabledish", "colour": "red"}]}
    found = list(misunderstandings(body, parsed(body, model(COLLECTIONS[POLICIES]))))
    assert len(found) == 2
