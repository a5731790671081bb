# Copyright: (c) 2026, m365.entra contributors
# GNU General Public License v3.0+ (see COPYING or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later
"""What a policy names must exist in the tenant (facts section 2.6, rules 7 to 9)."""

from __future__ import annotations

from typing import Any

import pytest

from .conftest import MakeClient
from .graph_client import NAMED_LOCATIONS, POLICIES, GraphClient, error_of
from .sample_policies import EXCHANGE, GLOBAL_ADMINISTRATOR, REQUIRE_MFA, varied

UNKNOWN = "66666666-6666-6666-6666-666666666666"
OTHER = "77777777-7777-7777-7777-777777777777"


@pytest.mark.parametrize(
    ("changes", "text"),
    [
        (
            {"conditions__applications__includeApplications": [UNKNOWN, EXCHANGE]},
            f'1034: Policy contains invalid applications: {{"{UNKNOWN}":"ServicePrincipalNotFound"}}',
        ),
        (
            {"conditions__applications__excludeApplications": [UNKNOWN, OTHER]},
            "1034: Policy contains invalid applications: "
            f'{{"{UNKNOWN}":"ServicePrincipalNotFound","{OTHER}":"ServicePrincipalNotFound"}}',
        ),
        (
            {"conditions__locations": {"includeLocations": ["All"], "excludeLocations": [UNKNOWN]}},
            f"1040: NamedLocation with id {UNKNOWN} does not exist in the directory.",
        ),
        ({"conditions__users__includeUsers": [UNKNOWN]}, f"User with id {UNKNOWN} does not exist in the directory."),
        (
            {"conditions__users__excludeUsers": ["Current administrator will be excluded"]},
            "User with id Current administrator will be excluded does not exist in the directory.",
        ),
        ({"conditions__users__excludeGroups": [UNKNOWN]}, f"Group with id {UNKNOWN} does not exist in the directory."),
        ({"conditions__users__includeRoles": [UNKNOWN]}, f"Role with id {UNKNOWN} is no built-in directory role."),
        (
            {"grantControls__termsOfUse": [UNKNOWN]},
            f"Agreement with id {UNKNOWN} does not exist in the directory.",
        ),
        (
            {"grantControls": {"operator": "OR", "authenticationStrength": {"id": UNKNOWN}}},
            f"AuthenticationStrengthPolicy with id {UNKNOWN} does not exist in the directory.",
        ),
        (
            {"conditions__applications": {"includeUserActions": ["urn:user:dance"]}},
            "'includeUserActions' holds the unknown user action 'urn:user:dance'.",
        ),
        (
            {"conditions__applications": {"includeAuthenticationContextClassReferences": ["x1"]}},
            "'x1' is no id of an authentication context.",
        ),
    ],
)
def test_references_that_lead_nowhere(client: GraphClient, changes: dict[str, Any], text: str) -> None:
    assert error_of(client.post(POLICIES, varied(REQUIRE_MFA, **changes))) == (400, "BadRequest", text)


def test_references_that_exist(client: GraphClient) -> None:
    users = client.get("/users").json()["value"]
    groups = client.get("/groups").json()["value"]
    agreement = client.post("/identityGovernance/termsOfUse/agreements", {"displayName": "Terms"}).json()
    location = client.post(
        NAMED_LOCATIONS,
        {
            "@odata.type": "#microsoft.graph.ipNamedLocation",
            "displayName": "Office",
            "isTrusted": True,
            "ipRanges": [{"@odata.type": "#microsoft.graph.iPv4CidrRange", "cidrAddress": "192.0.2.0/24"}],
        },
    ).json()
    policy = client.created_policy(
        varied(
            REQUIRE_MFA,
            conditions__users={
                "includeUsers": [users[2]["id"].upper()],
                "excludeUsers": [users[0]["id"], users[1]["id"]],
                "includeGroups": [groups[1]["id"]],
                "excludeGroups": [groups[0]["id"]],
                "includeRoles": [GLOBAL_ADMINISTRATOR],
            },
            conditions__locations={
                "includeLocations": ["All"],
                "excludeLocations": [location["id"], "AllTrusted", "00000000-0000-0000-0000-000000000000"],
            },
            grantControls__termsOfUse=[agreement["id"]],
        )
    )
    assert policy["conditions"]["users"]["includeUsers"] == [users[2]["id"]]
    assert policy["grantControls"]["termsOfUse"] == [agreement["id"]]


def test_custom_roles_are_not_supported(make_client: MakeClient) -> None:
    custom = {"id": UNKNOWN, "templateId": UNKNOWN, "displayName": "Custom", "isBuiltIn": False}
    client = make_client(state={"/roleManagement/directory/roleDefinitions": [custom]})
    answer = client.post(POLICIES, varied(REQUIRE_MFA, conditions__users={"includeRoles": [UNKNOWN]}))
    assert "no built-in directory role" in error_of(answer)[2]


def test_a_deleted_object_stays_in_the_policy_until_the_next_change(client: GraphClient) -> None:
    group = client.get("/groups").json()["value"][0]["id"]
    policy = client.created_policy(varied(REQUIRE_MFA, conditions__users__excludeGroups=[group]))
    assert client.delete(f"/groups/{group}").status_code == 204
    one = f"{POLICIES}/{policy['id']}"
    assert client.policy(policy["id"])["conditions"]["users"]["excludeGroups"] == [group]
    assert client.patch(one, {"state": "disabled"}).status_code == 400
    change = {"state": "disabled", "conditions": {"users": {"excludeGroups": []}}}
    assert client.patch(one, change).status_code == 204


def test_an_application_can_be_brought_into_the_tenant(make_client: MakeClient) -> None:
    permissions = ["Policy.Read.All", "Policy.ReadWrite.ConditionalAccess", "Application.ReadWrite.All"]
    client = make_client(permissions=permissions)
    policy = varied(REQUIRE_MFA, conditions__applications__includeApplications=[UNKNOWN])
    assert client.post(POLICIES, policy).status_code == 400
    assert client.post("/servicePrincipals", {"appId": UNKNOWN}).status_code == 201
    assert client.post("/servicePrincipals", {"appId": UNKNOWN}).status_code == 409
    client.created_policy(policy)
