# Copyright: (c) 2026, m365.entra contributors
# GNU General Public License v3.0+ (see COPYING or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later
"""The directory: the tenant itself, people, groups, applications and roles (facts sections 7 and 8)."""

from __future__ import annotations

import pytest

from simulator.fixture import TestSimulator
from simulator.json_types import JsonObject

from .conftest import MakeClient
from .graph_client import GraphClient, error_of
from .sample_policies import EXCHANGE, GLOBAL_ADMINISTRATOR

UNKNOWN = "66666666-6666-6666-6666-666666666666"
ASSIGNMENTS = "/roleManagement/directory/roleAssignments"
DEFINITIONS = "/roleManagement/directory/roleDefinitions"


def listed(client: GraphClient, path: str, **parameters: str) -> list[JsonObject]:
    answer = client.get(path, params={f"${name}": value for name, value in parameters.items()})
    assert answer.status_code == 200, answer.text
    return list(answer.json()["value"])


def test_organization(client: GraphClient) -> None:
    (organization,) = listed(client, "/organization")
    assert organization["id"] == client.tenant_id
    assert organization["displayName"] == client.entry["name"]
    assert organization["verifiedDomains"][0]["isDefault"] is True
    assert client.get(f"/organization/{client.tenant_id}").json()["id"] == client.tenant_id


def test_the_usual_people(client: GraphClient) -> None:
    users = listed(client, "/users", select="displayName,userPrincipalName,accountEnabled,userType")
    assert len(users) == 8
    by_name = {user["userPrincipalName"].partition("@")[0]: user for user in users}
    for name in ("emergency-access-1", "emergency-access-2"):
        assert by_name[name]["accountEnabled"] is True
    groups = {group["displayName"]: group for group in listed(client, "/groups")}
    members = listed(client, f"/groups/{groups['Emergency access accounts']['id']}/members")
    assert [member["displayName"] for member in members] == ["Emergency access 1", "Emergency access 2"]
    assert {member["@odata.type"] for member in members} == {"#microsoft.graph.user"}
    assert "Conditional Access pilot" in groups
    assert "members" not in groups["Conditional Access pilot"]


def test_a_user_by_id_or_name(client: GraphClient) -> None:
    first = listed(client, "/users")[0]
    for key in (first["id"], first["id"].upper(), first["userPrincipalName"], first["userPrincipalName"].upper()):
        assert client.get(f"/users/{key}").json()["id"] == first["id"]
    encoded = first["userPrincipalName"].replace("@", "%40")
    assert client.get(f"/users/{encoded}").json()["id"] == first["id"]
    text = f"Resource '{UNKNOWN}' does not exist or one of its queried reference-property objects are not present."
    assert error_of(client.get(f"/users/{UNKNOWN}")) == (404, "Request_ResourceNotFound", text)


def test_users_come_change_and_go(client: GraphClient) -> None:
    body = {
        "accountEnabled": True,
        "displayName": "New",
        "mailNickname": "new",
        "userPrincipalName": "new@fabrikam.example",
        "passwordProfile": {"password": "correct horse"},
    }
    created = client.post("/users", body)
    assert created.status_code == 201
    assert "passwordProfile" not in created.json()
    assert client.post("/users", body).status_code == 400
    one = f"/users/{created.json()['id']}"
    assert client.patch(one, {"accountEnabled": False}).status_code == 204
    assert client.get(one, params={"$select": "accountEnabled"}).json()["accountEnabled"] is False
    assert client.delete(one).status_code == 204
    assert client.get(one).status_code == 404


@pytest.mark.parametrize("missing", ["accountEnabled", "displayName", "mailNickname", "userPrincipalName"])
def test_users_need_some_properties(client: GraphClient, missing: str) -> None:
    body = {
        "accountEnabled": True,
        "displayName": "New",
        "mailNickname": "new",
        "userPrincipalName": "new@fabrikam.example",
        "passwordProfile": {"password": "x"},
    }
    del body[missing]
    assert error_of(client.post("/users", body))[:2] == (400, "Request_BadRequest")


def test_groups_come_with_members_and_go(client: GraphClient) -> None:
    first, second, *_others = listed(client, "/users")
    body = {"displayName": "Ring 1", "mailNickname": "ring1", "mailEnabled": False, "securityEnabled": True}
    reference = f"https://graph.microsoft.com/v1.0/users/{first['id']}"
    created = client.post("/groups", body | {"members@odata.bind": [reference]})
    assert created.status_code == 201
    one = f"/groups/{created.json()['id']}"
    added = client.post(f"{one}/members/$ref", {"@odata.id": f"{client.simulator.url}/v1.0/users/{second['id']}"})
    assert added.status_code == 204
    assert [item["id"] for item in listed(client, f"{one}/members")] == [first["id"], second["id"]]
    assert [item["displayName"] for item in listed(client, f"/users/{second['id']}/memberOf")][-1] == "Ring 1"
    assert client.delete(f"{one}/members/{first['id']}/$ref").status_code == 204
    assert [item["id"] for item in listed(client, f"{one}/members")] == [second["id"]]
    assert client.post("/groups", {"displayName": "x"}).status_code == 400
    unknown = {"@odata.id": f"https://graph.microsoft.com/v1.0/users/{UNKNOWN}"}
    assert client.post(f"{one}/members/$ref", unknown).status_code == 404
    assert client.delete(one).status_code == 204


def test_transitive_members(make_client: MakeClient) -> None:
    def numbered(number: int) -> str:
        return f"00000000-0000-0000-0000-{number:012d}"

    users = [{"id": numbered(1), "userPrincipalName": "one@fabrikam.example", "displayName": "One"}]
    groups = [
        {"id": numbered(10), "displayName": "Outer", "members": [numbered(11)]},
        {"id": numbered(11), "displayName": "Inner", "members": [numbered(1), numbered(10), UNKNOWN]},
    ]
    client = make_client(state={"/users": users, "/groups": groups})
    direct = [item["displayName"] for item in listed(client, f"/groups/{numbered(10)}/members")]
    assert direct == ["Inner"]
    reached = {item["displayName"] for item in listed(client, f"/groups/{numbered(10)}/transitiveMembers")}
    assert reached == {"Inner", "One", "Outer"}
    belonging = {item["displayName"] for item in listed(client, f"/users/{numbered(1)}/transitiveMemberOf")}
    assert belonging == {"Inner", "Outer"}


def test_service_principals(client: GraphClient) -> None:
    by_id = client.get(f"/servicePrincipals(appId='{EXCHANGE}')").json()
    assert by_id["displayName"] == "Office 365 Exchange Online"
    assert client.get(f"/servicePrincipals/{by_id['id']}").json()["appId"] == EXCHANGE
    (found,) = listed(client, "/servicePrincipals", filter="displayName eq 'Office 365 Exchange Online'")
    assert found["id"] == by_id["id"]
    own = client.get(f"/applications(appId='{client.entry['client_id']}')").json()
    assert client.get(f"/applications/{own['id']}").json()["appId"] == client.entry["client_id"]
    assert client.get(f"/servicePrincipals(appId='{UNKNOWN}')").status_code == 404


def test_roles(client: GraphClient) -> None:
    definitions = listed(client, DEFINITIONS)
    assert len(definitions) == 143
    assert all(role["id"] == role["templateId"] for role in definitions)
    (one,) = listed(client, DEFINITIONS, filter="displayName eq 'Global Administrator'")
    assert one["id"] == GLOBAL_ADMINISTRATOR
    assert client.get(f"{DEFINITIONS}/{GLOBAL_ADMINISTRATOR}").json()["displayName"] == "Global Administrator"
    assignments = listed(
        client, ASSIGNMENTS, filter=f"roleDefinitionId eq '{GLOBAL_ADMINISTRATOR}'", expand="principal"
    )
    assert [item["principal"]["displayName"] for item in assignments] == ["Emergency access 1", "Emergency access 2"]
    principal = assignments[0]["principalId"]
    (same,) = listed(client, ASSIGNMENTS, filter=f"principalId eq '{principal}'")
    assert same["id"] == assignments[0]["id"]
    assert "principal" not in same
    activated = {role["displayName"]: role for role in listed(client, "/directoryRoles")}
    assert activated["Global Administrator"]["roleTemplateId"] == GLOBAL_ADMINISTRATOR
    assert activated["Global Administrator"]["id"] != GLOBAL_ADMINISTRATOR
    assert "Exchange Administrator" not in activated
    assert len(listed(client, "/directoryRoleTemplates")) == 143


def test_the_fourteen_administrator_roles_have_their_names(client: GraphClient) -> None:
    names = {role["displayName"] for role in listed(client, DEFINITIONS)}
    assert names >= {
        "Global Administrator",
        "Security Administrator",
        "SharePoint Administrator",
        "Exchange Administrator",
        "Conditional Access Administrator",
        "Helpdesk Administrator",
        "Billing Administrator",
        "User Administrator",
        "Authentication Administrator",
        "Application Administrator",
        "Cloud Application Administrator",
        "Password Administrator",
        "Privileged Authentication Administrator",
        "Privileged Role Administrator",
    }


def test_many_ids_at_once(client: GraphClient) -> None:
    user, group = listed(client, "/users")[0], listed(client, "/groups")[0]
    principal = listed(client, "/servicePrincipals")[0]
    wanted = [user["id"], group["id"], principal["id"], UNKNOWN]
    answer = client.post("/directoryObjects/getByIds", {"ids": wanted})
    assert answer.status_code == 200
    shown = {item["id"]: item["@odata.type"] for item in answer.json()["value"]}
    assert shown == {
        user["id"]: "#microsoft.graph.user",
        group["id"]: "#microsoft.graph.group",
        principal["id"]: "#microsoft.graph.servicePrincipal",
    }
    only = client.post("/directoryObjects/getByIds", {"ids": wanted, "types": ["group"]}).json()["value"]
    assert [item["id"] for item in only] == [group["id"]]
    assert client.post("/directoryObjects/getByIds", {"ids": "x"}).status_code == 400
    assert client.post("/directoryObjects/getByIds", {"ids": [UNKNOWN] * 1001}).status_code == 400


def test_many_ids_show_only_what_may_be_read(make_client: MakeClient) -> None:
    client = make_client(permissions=["Group.Read.All"])
    state = client.simulator.state(client.tenant_id)
    wanted = [state["/users"][0]["id"], state["/groups"][0]["id"]]
    shown = client.post("/directoryObjects/getByIds", {"ids": wanted}).json()["value"]
    assert [item["id"] for item in shown] == wanted[1:]


def test_agreements(client: GraphClient) -> None:
    path = "/identityGovernance/termsOfUse/agreements"
    assert listed(client, path) == []
    created = client.post(path, {"displayName": "Terms", "isViewingBeforeAcceptanceRequired": True})
    assert created.status_code == 201
    (shown,) = listed(client, path)
    assert shown["displayName"] == "Terms"
    assert client.get(f"{path}/{shown['id']}").status_code == 200
    assert client.post(path, {}).status_code == 400


def test_tenants_are_apart(make_client: MakeClient, simulator: TestSimulator) -> None:
    one, other = make_client(), make_client()
    user = listed(one, "/users")[0]
    assert other.get(f"/users/{user['id']}").status_code == 404
    assert simulator.tenant(one.entry["name"])["tenant_id"] == one.tenant_id
