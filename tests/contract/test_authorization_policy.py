# Copyright: (c) 2026, m365.entra contributors
# GNU General Public License v3.0+ (see COPYING or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later
"""The authorization policy and per-user MFA (facts sections 7.1 and 7.2)."""

from __future__ import annotations

from pathlib import Path

import pytest
from msgraph.generated.models.authorization_policy import AuthorizationPolicy

from simulator.fixture import TestSimulator
from simulator.json_types import JsonObject

from .conftest import MakeClient
from .graph_client import AUTHORIZATION_POLICY, GraphClient, error_of
from .schema_document import published_schema
from .schema_values import ValueCheck
from .typed_models import misunderstandings, parsed

IN_BETA = f"{AUTHORIZATION_POLICY}/authorizationPolicy"
GRANTS = "permissionGrantPolicyIdsAssignedToDefaultUserRole"
RESTRICTED_GUESTS = "2af84b1e-32c8-42b7-82bc-daa82404023b"


def test_the_policy_of_a_new_tenant(client: GraphClient, shared: Path) -> None:
    policy = client.get(AUTHORIZATION_POLICY).json()
    schema = published_schema(shared / "graph" / "v1.0-Prod.csdl")
    assert list(ValueCheck(schema, reading=True).object_faults(policy, "authorizationPolicy")) == []
    assert list(misunderstandings(policy, parsed(policy, AuthorizationPolicy))) == []
    assert policy["allowedToUseSSPR"] is True


def test_beta_has_a_collection_of_one(client: GraphClient) -> None:
    (policy,) = client.get(AUTHORIZATION_POLICY, version="beta").json()["value"]
    one = client.get(IN_BETA, version="beta").json()
    assert {name: value for name, value in one.items() if name != "@odata.context"} == policy
    in_v1 = client.get(AUTHORIZATION_POLICY).json()["defaultUserRolePermissions"]
    assert policy[GRANTS] == in_v1["permissionGrantPoliciesAssigned"]
    assert "permissionGrantPoliciesAssigned" not in policy["defaultUserRolePermissions"]
    assert client.get(IN_BETA).status_code == 400
    assert client.patch(AUTHORIZATION_POLICY, {"allowedToUseSSPR": False}, version="beta").status_code == 405


@pytest.mark.parametrize(("version", "path"), [("v1.0", AUTHORIZATION_POLICY), ("beta", IN_BETA)])
def test_a_change_is_merged(client: GraphClient, version: str, path: str) -> None:
    before = client.get(path, version=version).json()
    change: JsonObject = {
        "allowedToUseSSPR": False,
        "guestUserRoleId": RESTRICTED_GUESTS.upper(),
        "defaultUserRolePermissions": {"allowedToCreateApps": False},
    }
    assert client.patch(path, change, version=version).status_code == 204
    after = client.get(path, version=version).json()
    permissions = before["defaultUserRolePermissions"] | {"allowedToCreateApps": False}
    changed = {"allowedToUseSSPR": False, "guestUserRoleId": RESTRICTED_GUESTS}
    assert after == before | changed | {"defaultUserRolePermissions": permissions}


def test_the_grants_are_one_list(client: GraphClient) -> None:
    assert client.patch(IN_BETA, {GRANTS: []}, version="beta").status_code == 204
    shown = client.get(AUTHORIZATION_POLICY).json()["defaultUserRolePermissions"]
    assert shown["permissionGrantPoliciesAssigned"] == []
    assert shown["allowedToCreateApps"] is True
    nested = {"defaultUserRolePermissions": {"permissionGrantPoliciesAssigned": []}}
    assert client.patch(IN_BETA, nested, version="beta").status_code == 400
    assert client.patch(AUTHORIZATION_POLICY, {GRANTS: []}).status_code == 400


@pytest.mark.parametrize(
    "change",
    [
        {"allowInvitesFrom": "anyone"},
        {"allowedToUseSSPR": None},
        {"guestUserRoleId": "99999999-9999-9999-9999-999999999999"},
        {"guestUserRoleId": "Guest"},
        {"defaultUserRolePermissions": None},
        {"allowedToUseSspr": True},
        {"id": "another"},
    ],
)
def test_changes_that_are_refused(client: GraphClient, change: JsonObject) -> None:
    assert error_of(client.patch(AUTHORIZATION_POLICY, change))[:2] == (400, "Request_BadRequest")


@pytest.mark.parametrize(
    ("permissions", "readable", "writable"),
    [
        (["Policy.Read.All"], True, False),
        (["Policy.ReadWrite.Authorization"], True, True),
        (["Policy.ReadWrite.AuthenticationMethod"], False, False),
    ],
)
def test_permissions(make_client: MakeClient, permissions: list[str], readable: bool, writable: bool) -> None:
    client = make_client("free", permissions=permissions)
    read, written = client.get(AUTHORIZATION_POLICY), client.patch(AUTHORIZATION_POLICY, {"allowedToUseSSPR": False})
    assert (read.status_code == 200, written.status_code == 204) == (readable, writable)
    if not writable:
        assert error_of(written)[:2] == (403, "Authorization_RequestDenied")


def test_a_seed_is_laid_over_the_usual(make_client: MakeClient) -> None:
    client = make_client(state={AUTHORIZATION_POLICY: {"allowedToUseSSPR": False}})
    policy = client.get(AUTHORIZATION_POLICY).json()
    assert (policy["allowedToUseSSPR"], policy["allowInvitesFrom"]) == (False, "everyone")


def requirements_of(client: GraphClient, name: str) -> str:
    (user,) = (user for user in client.get("/users").json()["value"] if user["displayName"] == name)
    return f"/users/{user['id']}/authentication/requirements"


def test_per_user_mfa(client: GraphClient) -> None:
    dana, bela = requirements_of(client, "Dana User"), requirements_of(client, "Bela User")
    assert client.get(dana, version="beta").json()["perUserMfaState"] == "disabled"
    assert client.patch(dana, {"perUserMfaState": "enabled"}, version="beta").status_code == 204
    assert client.patch(bela, {"perUserMfaState": "enabled"}, version="beta").status_code == 204
    assert client.get(dana, version="beta").json()["perUserMfaState"] == "enabled"
    assert client.get(bela, version="beta").json()["perUserMfaState"] == "enforced"
    assert client.patch(bela, {"perUserMfaState": "disabled"}, version="beta").status_code == 204
    assert client.get(bela, version="beta").json()["perUserMfaState"] == "disabled"
    assert client.get(dana).status_code == 400


def test_per_user_mfa_is_seeded(make_client: MakeClient) -> None:
    user = "aaaaaaaa-0000-0000-0000-000000000001"
    state = {
        "/users": [{"id": user, "userPrincipalName": "a@b.example", "displayName": "A"}],
        "/users/authentication/requirements": [{"id": user, "perUserMfaState": "enforced"}],
    }
    client = make_client(state=state)
    answer = client.get("/users/a@b.example/authentication/requirements", version="beta")
    assert answer.json()["perUserMfaState"] == "enforced"


@pytest.mark.parametrize("wrong", [{}, {"perUserMfaState": "on"}, {"perUserMfaState": None}, {"colour": "red"}])
def test_states_that_are_refused(client: GraphClient, wrong: JsonObject) -> None:
    assert client.patch(requirements_of(client, "Dana User"), wrong, version="beta").status_code == 400


def test_a_user_who_is_not_there(client: GraphClient) -> None:
    path = "/users/99999999-9999-9999-9999-999999999999/authentication/requirements"
    assert client.get(path, version="beta").status_code == 404


@pytest.mark.parametrize(
    ("choice", "accepted"),
    [
        ("either", {"Policy.ReadWrite.AuthenticationMethod", "UserAuthenticationMethod.ReadWrite.All"}),
        ("policy", {"Policy.ReadWrite.AuthenticationMethod"}),
        ("user_authentication_method", {"UserAuthenticationMethod.ReadWrite.All"}),
    ],
)
def test_which_permission_counts(
    make_client: MakeClient, simulator: TestSimulator, choice: str, accepted: set[str]
) -> None:
    simulator.set_profile(per_user_mfa_permission=choice)
    for permission in ("Policy.ReadWrite.AuthenticationMethod", "UserAuthenticationMethod.ReadWrite.All"):
        client = make_client(permissions=[permission, "User.Read.All"])
        answer = client.patch(requirements_of(client, "Dana User"), {"perUserMfaState": "disabled"}, version="beta")
        assert answer.status_code == (204 if permission in accepted else 403)
