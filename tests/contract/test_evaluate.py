# Copyright: (c) 2026, m365.entra contributors
# GNU General Public License v3.0+ (see COPYING or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later
"""What evaluate answers and what it refuses (facts section 2.10)."""

from __future__ import annotations

import copy
import json
from pathlib import Path
from typing import Any

import pytest

from simulator.fixture import TestSimulator
from simulator.json_types import JsonObject

from .conftest import MakeClient
from .graph_client import POLICIES, GraphClient, error_of
from .sample_policies import BLOCK_WORKLOADS, EXCHANGE, GLOBAL_ADMINISTRATOR, REQUIRE_MFA, varied

EVALUATE = "/identity/conditionalAccess/evaluate"
USER = "aaaaaaaa-0000-4000-8000-000000000001"
GUEST = "aaaaaaaa-0000-4000-8000-000000000002"
INNER, OUTER = "bbbbbbbb-0000-4000-8000-000000000001", "bbbbbbbb-0000-4000-8000-000000000002"
OFFICE, HOME = "cccccccc-0000-4000-8000-000000000001", "cccccccc-0000-4000-8000-000000000002"
OTHER_TENANT = "ffffffff-0000-4000-8000-000000000001"
UNIT_ROLE = "fe930be7-5e62-47db-91af-98c3a49a38b1"

STATE: JsonObject = {
    "/users": [
        {"id": USER, "userPrincipalName": "ada@fabrikam.example", "displayName": "Ada", "userType": "Member"},
        {"id": GUEST, "userPrincipalName": "b_x#EXT#@fabrikam.example", "displayName": "Bo", "userType": "Guest"},
    ],
    "/groups": [
        {"id": INNER, "displayName": "Inner", "members": [USER]},
        {"id": OUTER, "displayName": "Outer", "members": [INNER]},
    ],
    "/roleManagement/directory/roleAssignments": [
        {"id": "one", "roleDefinitionId": GLOBAL_ADMINISTRATOR, "principalId": OUTER, "directoryScopeId": "/"},
        {"id": "two", "roleDefinitionId": UNIT_ROLE, "principalId": USER, "directoryScopeId": "/administrativeUnits/x"},
    ],
    "/identity/conditionalAccess/namedLocations": [
        {
            "@odata.type": "#microsoft.graph.ipNamedLocation",
            "id": OFFICE,
            "displayName": "Office",
            "isTrusted": True,
            "ipRanges": [{"@odata.type": "#microsoft.graph.iPv4CidrRange", "cidrAddress": "203.0.113.0/24"}],
        },
        {
            "@odata.type": "#microsoft.graph.countryNamedLocation",
            "id": HOME,
            "displayName": "Home",
            "countriesAndRegions": ["CH"],
        },
    ],
}
TO_EXCHANGE: JsonObject = {"@odata.type": "#microsoft.graph.applicationContext", "includeApplications": [EXCHANGE]}


def request(
    user: JsonObject | None = None, context: JsonObject | None = None, only_applied: bool = False, **said: Any
) -> JsonObject:
    """Return the body for a sign-in of Ada to Exchange, unless told otherwise."""
    return {
        "signInIdentity": user or {"@odata.type": "#microsoft.graph.userSignIn", "userId": USER},
        "signInContext": context or TO_EXCHANGE,
        "signInConditions": said,
        "appliedPoliciesOnly": only_applied,
    }


@pytest.fixture
def tenant(make_client: MakeClient) -> GraphClient:
    return make_client(state=copy.deepcopy(STATE))


def seeded(make_client: MakeClient, *policies: JsonObject) -> GraphClient:
    """Return a client of a tenant in which these policies are, whatever the rules say of them."""
    stored = [{"id": f"eeeeeeee-0000-4000-8000-{number:012x}", **policy} for number, policy in enumerate(policies)]
    return make_client(state={**copy.deepcopy(STATE), POLICIES: stored})


def reasons(client: GraphClient, body: JsonObject, **options: Any) -> list[str]:
    """Return the reasons for all policies, in the order they were made."""
    answer = client.post(EVALUATE, body, **options)
    assert answer.status_code == 200, answer.text
    for result in answer.json()["value"]:
        assert result["policyApplies"] is (result["analysisReasons"] == "notSet")
    return [result["analysisReasons"] for result in answer.json()["value"]]


@pytest.mark.parametrize("version", ["v1.0", "beta"])
def test_results_are_whole_policies(tenant: GraphClient, version: str) -> None:
    created = tenant.created_policy(REQUIRE_MFA)
    answer = tenant.post(EVALUATE, request(), version=version).json()
    assert answer["@odata.context"].endswith("$metadata#Collection(microsoft.graph.whatIfAnalysisResult)")
    (result,) = answer["value"]
    assert result["policyApplies"] is True
    shown = {name: value for name, value in result.items() if name not in ("policyApplies", "analysisReasons")}
    assert shown == {
        name: value for name, value in tenant.policy(created["id"], version=version).items() if name != "@odata.context"
    }


def test_only_policies_that_apply(tenant: GraphClient) -> None:
    tenant.created_policy(REQUIRE_MFA)
    tenant.created_policy(varied(REQUIRE_MFA, state="disabled"))
    assert reasons(tenant, request()) == ["notSet", "policyNotEnabled"]
    assert reasons(tenant, request(only_applied=True)) == ["notSet"]


@pytest.mark.parametrize(
    ("changes", "said", "expected"),
    [
        ({}, {}, "notSet"),
        ({"state": "enabled"}, {}, "notSet"),
        ({"state": "disabled"}, {}, "policyNotEnabled"),
        ({"conditions__users": {"includeUsers": [USER]}}, {}, "notSet"),
        ({"conditions__users": {"includeUsers": [GUEST]}}, {}, "users"),
        ({"conditions__users": {"includeUsers": ["All"], "excludeUsers": [USER]}}, {}, "users"),
        ({"conditions__users": {"includeGroups": [OUTER]}}, {}, "notSet"),
        ({"conditions__users": {"includeUsers": ["All"], "excludeGroups": [OUTER]}}, {}, "users"),
        ({"conditions__users": {"includeRoles": [GLOBAL_ADMINISTRATOR]}}, {}, "notSet"),
        ({"conditions__users": {"includeRoles": [UNIT_ROLE]}}, {}, "users"),
        ({"conditions__users": {"includeUsers": ["GuestsOrExternalUsers"]}}, {}, "users"),
        ({"conditions__applications": {"includeApplications": ["Office365"]}}, {}, "notSet"),
        ({"conditions__applications": {"includeApplications": ["MicrosoftAdminPortals"]}}, {}, "application"),
        ({"conditions__applications": {"includeApplications": ["None"]}}, {}, "application"),
        (
            {"conditions__applications": {"includeApplications": ["All"], "excludeApplications": [EXCHANGE]}},
            {},
            "application",
        ),
        ({"conditions__applications": {"includeUserActions": ["urn:user:registersecurityinfo"]}}, {}, "userActions"),
        (
            {"conditions__applications": {"includeAuthenticationContextClassReferences": ["c1"]}},
            {},
            "authenticationContext",
        ),
        ({"conditions__clientAppTypes": ["browser"]}, {"clientAppType": "browser"}, "notSet"),
        ({"conditions__clientAppTypes": ["browser"]}, {"clientAppType": "other"}, "clientApps"),
        ({"conditions__clientAppTypes": ["browser"]}, {}, "notEnoughInformation"),
        ({"conditions__platforms": {"includePlatforms": ["all"]}}, {}, "notSet"),
        ({"conditions__platforms": {"includePlatforms": ["iOS"]}}, {"devicePlatform": "linux"}, "devicePlatform"),
        (
            {"conditions__platforms": {"includePlatforms": ["all"], "excludePlatforms": ["iOS"]}},
            {"devicePlatform": "iOS"},
            "devicePlatform",
        ),
        (
            {"conditions__platforms": {"includePlatforms": ["all"], "excludePlatforms": ["iOS"]}},
            {},
            "notEnoughInformation",
        ),
        ({"conditions__locations": {"includeLocations": ["All"]}}, {}, "notSet"),
        ({"conditions__locations": {"includeLocations": [OFFICE]}}, {"ipAddress": "203.0.113.9"}, "notSet"),
        ({"conditions__locations": {"includeLocations": [OFFICE]}}, {"ipAddress": "203.0.114.9"}, "location"),
        ({"conditions__locations": {"includeLocations": [OFFICE]}}, {"ipAddress": "2001:db8::1"}, "location"),
        ({"conditions__locations": {"includeLocations": [OFFICE]}}, {}, "notEnoughInformation"),
        (
            {"conditions__locations": {"includeLocations": ["All"], "excludeLocations": ["AllTrusted"]}},
            {"ipAddress": "203.0.113.9"},
            "location",
        ),
        ({"conditions__locations": {"includeLocations": [HOME]}}, {"country": "CH"}, "notSet"),
        ({"conditions__locations": {"includeLocations": [HOME]}}, {"country": "FR"}, "location"),
        ({"conditions__signInRiskLevels": ["high"]}, {"signInRiskLevel": "low"}, "signInRisk"),
        ({"conditions__signInRiskLevels": ["high"]}, {}, "notEnoughInformation"),
        ({"conditions__userRiskLevels": ["high"]}, {"userRiskLevel": "low"}, "userRisk"),
        ({"conditions__insiderRiskLevels": "elevated"}, {"insiderRiskLevel": "none"}, "insiderRisk"),
        ({"conditions__insiderRiskLevels": "elevated"}, {"insiderRiskLevel": "elevated"}, "notSet"),
        (
            {"conditions__devices": {"deviceFilter": {"mode": "exclude", "rule": "device.isCompliant -eq True"}}},
            {"deviceInfo": {"isCompliant": True}},
            "devices",
        ),
        (
            {"conditions__devices": {"deviceFilter": {"mode": "exclude", "rule": "device.isCompliant -eq True"}}},
            {"deviceInfo": {"trustType": "AzureAD"}},
            "notEnoughInformation",
        ),
        (
            {"conditions__devices": {"deviceFilter": {"mode": "include", "rule": 'device.model -match "x"'}}},
            {"deviceInfo": {"model": "x"}},
            "invalidCondition",
        ),
        (
            {"conditions__authenticationFlows": {"transferMethods": "deviceCodeFlow"}},
            {"authenticationFlow": {"transferMethod": "deviceCodeFlow"}},
            "notSet",
        ),
        (
            {"conditions__authenticationFlows": {"transferMethods": "deviceCodeFlow"}},
            {"authenticationFlow": {"transferMethod": "none"}},
            "authenticationFlow",
        ),
        ({"grantControls": None}, {}, "emptyPolicy"),
    ],
)
def test_reasons(make_client: MakeClient, changes: JsonObject, said: JsonObject, expected: str) -> None:
    client = seeded(make_client, varied(REQUIRE_MFA, **changes))
    assert reasons(client, request(**said)) == [expected]


def test_the_first_dimension_that_fails_is_named(make_client: MakeClient) -> None:
    policy = varied(
        REQUIRE_MFA,
        conditions__users={"includeUsers": [GUEST]},
        conditions__clientAppTypes=["other"],
        conditions__userRiskLevels=["high"],
    )
    assert reasons(seeded(make_client, policy), request(clientAppType="browser")) == ["users"]


def external(kind: str | None = None, tenant: str | None = None, user: str | None = GUEST) -> JsonObject:
    """Return somebody from outside."""
    return {
        "@odata.type": "#microsoft.graph.userSignIn",
        "userId": user,
        "externalUserType": kind,
        "externalTenantId": tenant,
    }


@pytest.mark.parametrize(
    ("identity", "expected"),
    [
        (external(), "notEnoughInformation"),
        (external(tenant=OTHER_TENANT), "notSet"),
        (external(tenant=USER), "users"),
        (external("serviceProvider", OTHER_TENANT), "users"),
        (external("b2bCollaborationGuest", OTHER_TENANT, None), "notSet"),
    ],
)
def test_external_users(make_client: MakeClient, identity: JsonObject, expected: str) -> None:
    guests = {
        "guestOrExternalUserTypes": "b2bCollaborationGuest",
        "externalTenants": {
            "@odata.type": "#microsoft.graph.conditionalAccessEnumeratedExternalTenants",
            "membershipKind": "enumerated",
            "members": [OTHER_TENANT],
        },
    }
    policy = varied(REQUIRE_MFA, conditions__users={"includeGuestsOrExternalUsers": guests})
    assert reasons(seeded(make_client, policy), request(identity)) == [expected]


def test_workloads(make_client: MakeClient) -> None:
    client = seeded(make_client, BLOCK_WORKLOADS, REQUIRE_MFA)
    ours, theirs = (_principal(client, app) for app in (str(client.entry["client_id"]), EXCHANGE))
    assert reasons(client, request(ours)) == ["notSet", "workloadIdentities"]
    assert reasons(client, request(theirs)) == ["workloadIdentities", "workloadIdentities"]
    assert reasons(client, request()) == ["users", "notSet"]


def _principal(client: GraphClient, app_id: str) -> JsonObject:
    found = client.get("/servicePrincipals", params={"$filter": f"appId eq '{app_id}'"}).json()["value"]
    return {"@odata.type": "#microsoft.graph.servicePrincipalSignIn", "servicePrincipalId": found[0]["id"]}


ACTION = {"@odata.type": "#microsoft.graph.userActionContext", "userAction": "registerOrJoinDevices"}
CONTEXT = {"@odata.type": "#microsoft.graph.authContext", "authenticationContextValue": "c1"}


@pytest.mark.parametrize(
    ("setting", "context", "values"),
    [
        ("all_resources_include_device_registration", ACTION, {True: "notSet", False: "application"}),
        ("all_resources_include_authentication_contexts", CONTEXT, {True: "notSet", False: "application"}),
    ],
)
def test_what_all_resources_include_is_a_setting(
    tenant: GraphClient, simulator: TestSimulator, setting: str, context: JsonObject, values: dict[bool, str]
) -> None:
    tenant.created_policy(REQUIRE_MFA)
    for value, expected in values.items():
        simulator.set_profile(**{setting: value})
        assert reasons(tenant, request(context=context)) == [expected]


def test_a_policy_is_judged_as_readers_see_it(tenant: GraphClient, simulator: TestSimulator) -> None:
    simulator.set_profile(consistency_delay_seconds=30.0)
    tenant.created_policy(REQUIRE_MFA)
    assert reasons(tenant, request()) == []


@pytest.mark.parametrize(
    ("permissions", "status"),
    [
        (["Policy.Read.ConditionalAccess"], 200),
        (["Policy.Read.All"], 200),
        (["Policy.ReadWrite.ConditionalAccess"], 200),
        (["User.Read.All"], 403),
    ],
)
def test_permissions(make_client: MakeClient, permissions: list[str], status: int) -> None:
    client = make_client(state=copy.deepcopy(STATE), permissions=permissions)
    assert client.post(EVALUATE, request()).status_code == status


@pytest.mark.parametrize("name", ["signInIdentity", "signInContext", "signInConditions"])
def test_every_part_is_required(tenant: GraphClient, name: str) -> None:
    without = {part: value for part, value in request().items() if part != name}
    assert error_of(tenant.post(EVALUATE, without)) == (400, "BadRequest", f"The parameter '{name}' is required.")


@pytest.mark.parametrize(
    ("changes", "reason"),
    [
        ({"signIn": {}}, "signIn: evaluate has no such parameter"),
        ({"signInIdentity": {"userId": USER}}, "signInIdentity.userId: signInIdentity has no such property"),
        (
            {"signInIdentity": {"@odata.type": "#microsoft.graph.signInIdentity"}},
            "signInIdentity: '@odata.type' says no type of it",
        ),
        (
            {"signInContext": {"@odata.type": "#microsoft.graph.userSignIn"}},
            "signInContext.@odata.type: '#microsoft.graph.userSignIn' is no signInContext",
        ),
        ({"signInConditions": {"platform": "iOS"}}, "signInConditions.platform: signInConditions has no such property"),
        (
            {"signInConditions": {"devicePlatform": "beOS"}},
            "signInConditions.devicePlatform: 'beOS' is no member of conditionalAccessDevicePlatform",
        ),
        ({"appliedPoliciesOnly": "yes"}, "appliedPoliciesOnly: a Boolean was expected"),
    ],
)
def test_bodies_of_another_form(tenant: GraphClient, changes: JsonObject, reason: str) -> None:
    answer = tenant.post(EVALUATE, request() | changes)
    assert answer.status_code == 400
    assert answer.headers["x-simulator-reason"] == reason


@pytest.mark.parametrize(
    ("body", "text"),
    [
        (request(external(user=HOME)), f"The user '{HOME}' does not exist in the directory."),
        (request(external(user=None)), "The user '' does not exist in the directory."),
        (
            request({"@odata.type": "#microsoft.graph.servicePrincipalSignIn", "servicePrincipalId": HOME}),
            f"The service principal '{HOME}' does not exist in the directory.",
        ),
        (request(ipAddress="here"), "'here' is not a valid IP address."),
    ],
)
def test_what_is_not_there(tenant: GraphClient, body: JsonObject, text: str) -> None:
    assert error_of(tenant.post(EVALUATE, body)) == (400, "BadRequest", text)


def test_it_shares_the_rate_of_policies_and_leaves_no_trace(tenant: GraphClient, simulator: TestSimulator) -> None:
    simulator.set_profile(conditional_access_requests_per_second=0.01)
    statuses = [tenant.post(EVALUATE, request()).status_code for _number in range(2)]
    assert statuses == [200, 429]
    assert tenant.get("/auditLogs/directoryAudits").json()["value"] == []


EXAMPLES = ["example1-user-application", "example2-user-authcontext", "example3-user-useraction"]


@pytest.mark.parametrize("name", [*EXAMPLES, "example4-serviceprincipal"])
def test_the_documented_examples(make_client: MakeClient, shared: Path, name: str) -> None:
    """The documented answers may be shortened: what they name must apply."""
    folder = shared / "corpus" / "whatif" / "graph-docs"
    body = json.loads((folder / f"{name}.request.json").read_text())
    policies = json.loads((folder / "derived-policy-set.json").read_text())
    person = {**STATE["/users"][0], "id": "15dc174b-f34c-4588-ac45-61d6e05dce93"}
    tenant = "0aaaaaaa-0000-4000-8000-000000000001"
    principal = {
        "id": "c65b94a5-0049-439a-a6fd-bce307077730",
        "appId": "dddddddd-0000-4000-8000-000000000001",
        "displayName": "Ours",
        "appOwnerOrganizationId": tenant,
    }
    role = {**STATE["/roleManagement/directory/roleAssignments"][0], "principalId": person["id"]}
    client = make_client(
        tenant_id=tenant,
        state={
            "/users": [person],
            "/groups": [],
            "/roleManagement/directory/roleAssignments": [role],
            "/servicePrincipals": [principal],
            POLICIES: policies,
        },
    )
    answer = client.post(EVALUATE, body)
    assert answer.status_code == 200, answer.text
    documented = {one["id"] for one in json.loads((folder / f"{name}.response.json").read_text())["value"]}
    assert documented <= {one["id"] for one in answer.json()["value"]}
