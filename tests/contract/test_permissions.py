# Copyright: (c) 2026, m365.entra contributors
# GNU General Public License v3.0+ (see COPYING or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later
"""Who is let in: tokens, permissions and the order of the checks (facts sections 2.2 and 16)."""

from __future__ import annotations

import time

import pytest

from simulator.fixture import TestSimulator

from .conftest import MakeClient
from .graph_client import NAMED_LOCATIONS, POLICIES, SECURITY_DEFAULTS, GraphClient, error_of
from .sample_policies import REQUIRE_MFA

ACCESS_DENIED = (
    403,
    "AccessDenied",
    "You cannot perform the requested operation, required scopes are missing in the token.",
)
REQUEST_DENIED = (403, "Authorization_RequestDenied", "Insufficient privileges to complete the operation.")


@pytest.mark.parametrize(
    ("authorization", "text"),
    [
        ({"Authorization": ""}, "Access token is empty."),
        ({"Authorization": "Basic abc"}, "Access token is empty."),
        ({"Authorization": "Bearer abc"}, "CompactToken parsing failed with error code: 80049217"),
        ({"Authorization": "Bearer e30.e30.AAAA"}, "Access token validation failure. Invalid signature."),
    ],
)
def test_tokens_that_are_not_believed(client: GraphClient, authorization: dict[str, str], text: str) -> None:
    answer = client.get("/organization", headers=authorization)
    assert error_of(answer) == (401, "InvalidAuthenticationToken", text)
    assert answer.headers["WWW-Authenticate"].startswith("Bearer ")


def test_a_token_for_another_resource(client: GraphClient) -> None:
    token = client.request_token(scope="https://management.azure.com/.default").json()["access_token"]
    answer = client.get("/organization", headers={"Authorization": f"Bearer {token}"})
    assert error_of(answer)[:2] == (401, "InvalidAuthenticationToken")


def test_an_expired_token(client: GraphClient, simulator: TestSimulator) -> None:
    simulator.set_profile(access_token_lifetime_seconds=0)
    time.sleep(0.01)
    assert error_of(client.get("/organization"))[2] == "Lifetime validation failed, the token is expired."


def test_a_token_of_a_deleted_tenant(make_client: MakeClient, simulator: TestSimulator) -> None:
    client = make_client()
    assert client.get("/organization").status_code == 200
    simulator.simulator.delete_tenant(client.tenant_id)
    assert client.get("/organization").status_code == 401


@pytest.mark.parametrize(
    ("permissions", "method", "path", "refusal"),
    [
        ([], "GET", POLICIES, ACCESS_DENIED),
        ([], "GET", NAMED_LOCATIONS, ACCESS_DENIED),
        ([], "GET", SECURITY_DEFAULTS, ACCESS_DENIED),
        ([], "GET", "/policies/authenticationStrengthPolicies", ACCESS_DENIED),
        ([], "GET", "/identity/conditionalAccess/templates", ACCESS_DENIED),
        ([], "GET", "/identity/conditionalAccess/authenticationContextClassReferences", ACCESS_DENIED),
        (["Policy.Read.All"], "POST", POLICIES, ACCESS_DENIED),
        (["Policy.ReadWrite.ConditionalAccess"], "POST", POLICIES, ACCESS_DENIED),
        (["Policy.ReadWrite.ConditionalAccess"], "GET", POLICIES, ACCESS_DENIED),
        (["Policy.Read.All"], "PATCH", SECURITY_DEFAULTS, ACCESS_DENIED),
        (["Policy.ReadWrite.SecurityDefaults"], "PATCH", SECURITY_DEFAULTS, ACCESS_DENIED),
        (["Policy.Read.ConditionalAccess"], "GET", SECURITY_DEFAULTS, ACCESS_DENIED),
        (["Policy.Read.All"], "GET", "/users", REQUEST_DENIED),
        (["Policy.Read.All"], "GET", "/groups", REQUEST_DENIED),
        (["Policy.Read.All"], "GET", "/servicePrincipals", REQUEST_DENIED),
        (["Policy.Read.All"], "GET", "/organization", REQUEST_DENIED),
        (["Policy.Read.All"], "GET", "/subscribedSkus", REQUEST_DENIED),
        (["Policy.Read.All"], "GET", "/roleManagement/directory/roleAssignments", REQUEST_DENIED),
        (["Policy.Read.All"], "GET", "/identityGovernance/termsOfUse/agreements", REQUEST_DENIED),
        (["User.Read.All"], "POST", "/users", REQUEST_DENIED),
        (["Group.Read.All"], "POST", "/groups", REQUEST_DENIED),
    ],
)
def test_missing_permissions(
    make_client: MakeClient, permissions: list[str], method: str, path: str, refusal: tuple[int, str, str]
) -> None:
    client = make_client(permissions=permissions)
    assert error_of(client.call(method, path, json={})) == refusal


@pytest.mark.parametrize(
    ("permissions", "path"),
    [
        (["Policy.Read.All"], POLICIES),
        (["Policy.Read.ConditionalAccess"], POLICIES),
        (["Policy.Read.All"], SECURITY_DEFAULTS),
        (["Directory.Read.All"], "/users"),
        (["GroupMember.Read.All"], "/groups"),
        (["Application.Read.All"], "/servicePrincipals"),
        (["Organization.Read.All"], "/organization"),
        (["Organization.Read.All"], "/subscribedSkus"),
        (["LicenseAssignment.Read.All"], "/subscribedSkus"),
        (["RoleManagement.Read.Directory"], "/roleManagement/directory/roleDefinitions"),
        (["AuthenticationContext.Read.All"], "/identity/conditionalAccess/authenticationContextClassReferences"),
    ],
)
def test_the_least_permission_suffices(make_client: MakeClient, permissions: list[str], path: str) -> None:
    assert make_client(permissions=permissions).get(path).status_code == 200


@pytest.mark.parametrize("second", ["Policy.ReadWrite.SecurityDefaults", "Policy.ReadWrite.ConditionalAccess"])
def test_security_defaults_need_two_permissions(make_client: MakeClient, second: str) -> None:
    client = make_client(permissions=["Policy.Read.All", second])
    assert client.patch(SECURITY_DEFAULTS, {"isEnabled": True}).status_code == 204


def test_policies_need_two_permissions(make_client: MakeClient) -> None:
    client = make_client(permissions=["Policy.Read.All", "Policy.ReadWrite.ConditionalAccess"])
    assert client.post(POLICIES, REQUIRE_MFA).status_code == 201


def test_delegated_permissions_count_too(make_client: MakeClient) -> None:
    refresh = {"token": "r", "user_id": "44444444-4444-4444-4444-444444444444", "scopes": ["Policy.Read.All"]}
    client = make_client(permissions=[], application={"refresh_tokens": [refresh]})
    token = client.request_token(
        grant_type="refresh_token", refresh_token="r", scope="https://graph.microsoft.com/.default"
    ).json()["access_token"]
    authorization = {"Authorization": f"Bearer {token}"}
    assert client.get(POLICIES, headers=authorization).status_code == 200
    assert client.get("/users", headers=authorization).status_code == 403


def test_the_token_is_checked_before_the_path(client: GraphClient) -> None:
    assert client.get("/nowhere", headers={"Authorization": ""}).status_code == 401


def test_the_permission_is_checked_before_the_licence_and_the_body(make_client: MakeClient) -> None:
    assert make_client("free", permissions=[]).post(POLICIES, {"wrong": 1}).status_code == 403


def test_the_licence_is_checked_before_the_body(make_client: MakeClient) -> None:
    assert "licensed" in error_of(make_client("free").post(POLICIES, {"wrong": 1}))[2]


@pytest.mark.parametrize(
    ("path", "segment"),
    [
        ("/nowhere", "nowhere"),
        ("/identity/nowhere/policies", "nowhere"),
        ("/identity/conditionalAccess/plans", "plans"),
        ("/users/alex/nowhere", "nowhere"),
    ],
)
def test_paths_that_do_not_exist(client: GraphClient, path: str, segment: str) -> None:
    expected = (400, "BadRequest", f"Resource not found for the segment '{segment}'.")
    assert error_of(client.get(path)) == expected


def test_methods_that_are_not_allowed(client: GraphClient) -> None:
    assert client.delete("/organization").status_code == 405


def test_headers_of_every_answer(client: GraphClient) -> None:
    identifier = "55555555-5555-5555-5555-555555555555"
    for path, status in (("/organization", 200), ("/nowhere", 400)):
        answer = client.get(path, headers={"client-request-id": identifier})
        assert answer.status_code == status
        assert answer.headers["client-request-id"] == identifier
        assert answer.headers["request-id"]
        assert answer.headers["Date"]
    inner = answer.json()["error"]["innerError"]
    assert inner["client-request-id"] == identifier
    assert inner["request-id"] == answer.headers["request-id"]
