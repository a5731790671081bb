# Copyright: (c) 2026, m365.entra contributors
# GNU General Public License v3.0+ (see COPYING or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later
"""The simulator's gallery and applications: what facts section 12 says, delays and refusals included."""

from __future__ import annotations

import time
from pathlib import Path
from typing import Any

import pytest

from simulator.fixture import TestSimulator
from simulator.json_types import JsonObject

from .graph_client import GraphClient, error_of
from .schema_document import published_schema

FILES = "5a1e0000-0000-4000-8000-000000000003"
CUSTOM = "8adf8e6e-67b2-4cf2-a259-e3dc5476c621"
DEFINITION = '{"ClaimsMappingPolicy":{"Version":1,"IncludeBasicClaimSet":"true","ClaimsSchema":[]}}'
NOT_FOUND = "Request_ResourceNotFound"


def made(client: GraphClient, name: str = "Files", template: str = FILES) -> tuple[JsonObject, JsonObject]:
    """Make an application and return its registration and its service principal."""
    answer = client.created(f"/applicationTemplates/{template}/instantiate", {"displayName": name})
    return answer["application"], answer["servicePrincipal"]


def test_instantiating_always_makes_a_new_pair(client: GraphClient) -> None:
    (first, principal), (second, _other) = made(client), made(client)
    assert first["appId"] == principal["appId"] != second["appId"]
    assert first["applicationTemplateId"] == FILES
    assert [role["displayName"] for role in principal["appRoles"]] == ["User", "msiam_access"]


def test_a_new_pair_is_not_visible_at_once(client: GraphClient, simulator: TestSimulator) -> None:
    simulator.set_profile(consistency_delay_seconds=0.5)
    application, principal = made(client)
    path = f"/servicePrincipals/{principal['id']}"
    assert error_of(client.get(path))[:2] == (404, NOT_FOUND)
    assert error_of(client.patch(path, {"notes": "x"}))[:2] == (404, NOT_FOUND)
    assert client.get("/applications", params={"$filter": "displayName eq 'Files'"}).json()["value"] == []
    time.sleep(0.6)
    assert client.get(path).json()["appId"] == application["appId"]
    assert client.patch(path, {"notes": "x"}).status_code == 204


def test_the_gallery_is_the_same_type_as_published(client: GraphClient, shared: Path) -> None:
    schema = published_schema(shared / "graph" / "v1.0-Prod.csdl")
    shown: dict[str, JsonObject] = {
        "applicationTemplate": client.get("/applicationTemplates").json()["value"][0],
        "application": made(client)[0],
        "servicePrincipal": made(client)[1],
    }
    for name, value in shown.items():
        known = schema.all_properties(name)
        assert [one for one in value if "@" not in one and one not in known] == [], name


@pytest.mark.parametrize(
    ("body", "status"), [({}, 400), ({"displayName": " "}, 400), ({"displayName": "X", "name": "Y"}, 400)]
)
def test_instantiating_needs_a_name(client: GraphClient, body: JsonObject, status: int) -> None:
    assert client.post(f"/applicationTemplates/{FILES}/instantiate", body).status_code == status
    assert error_of(client.post("/applicationTemplates/nowhere/instantiate", {"displayName": "X"}))[0] == 404


@pytest.mark.parametrize("parts", ["merge", "replace"])
def test_what_becomes_of_a_part_is_a_setting(client: GraphClient, simulator: TestSimulator, parts: str) -> None:
    simulator.set_profile(partial_application_parts=parts)
    path = f"/applications/{made(client)[0]['id']}"
    client.patch(path, {"web": {"redirectUris": ["https://a.example"], "logoutUrl": "https://b.example"}})
    assert client.patch(path, {"web": {"homePageUrl": "https://c.example"}}).status_code == 204
    kept = "redirectUris" in client.get(path).json()["web"]
    assert kept is (parts == "merge")


@pytest.mark.parametrize(
    ("kind", "body"),
    [
        ("applications", {"appId": "x"}),
        ("applications", {"colour": "red"}),
        ("applications", {"identifierUris": "x"}),
        ("applications", {"web": {"redirectUris": ["nowhere"]}}),
        ("applications", {"web": {"redirectUris": [], "redirectUriSettings": [{"uri": "https://x", "index": 0}]}}),
        ("servicePrincipals", {"preferredSingleSignOnMode": "linked"}),
        ("servicePrincipals", {"preferredTokenSigningKeyThumbprint": "ABC"}),
        ("servicePrincipals", {"notificationEmailAddresses": ["nobody"]}),
        ("servicePrincipals", {"keyCredentials": [{"keyId": "66666666-6666-4666-8666-666666666661"}]}),
        ("servicePrincipals", {"appRoleAssignmentRequired": None}),
    ],
)
def test_what_is_refused(client: GraphClient, kind: str, body: JsonObject) -> None:
    application, principal = made(client)
    identifier = application["id"] if kind == "applications" else principal["id"]
    assert error_of(client.patch(f"/{kind}/{identifier}", body))[:2] == (400, "Request_BadRequest")


def test_no_two_applications_share_an_identifier(client: GraphClient) -> None:
    first, second = made(client)[0], made(client)[0]
    body = {"identifierUris": ["https://files.example"]}
    assert client.patch(f"/applications/{first['id']}", body).status_code == 204
    assert "already exists" in error_of(client.patch(f"/applications/{second['id']}", body))[2]


def test_certificates_come_in_pairs_with_a_password(client: GraphClient) -> None:
    path = f"/servicePrincipals/{made(client)[1]['id']}"
    answer = client.post(f"{path}/addTokenSigningCertificate", {"displayName": "CN=Files"})
    assert answer.status_code == 200
    shown = client.get(path).json()
    assert [(one["usage"], one["key"]) for one in shown["keyCredentials"]] == [("Sign", None), ("Verify", None)]
    assert len(shown["passwordCredentials"]) == 1
    selected = client.get(path, params={"$select": "keyCredentials"}).json()["keyCredentials"]
    assert [one["key"] for one in selected] == [None, answer.json()["key"]]
    assert client.patch(path, {"preferredTokenSigningKeyThumbprint": answer.json()["thumbprint"]}).status_code == 204


@pytest.mark.parametrize(
    "body",
    [
        {"displayName": "Files"},
        {"displayName": "CN=Files", "endDateTime": "2020-01-01T00:00:00Z"},
        {"displayName": "CN=Files", "endDateTime": "2099-01-01T00:00:00Z"},
        {"displayName": "CN=Files", "endDateTime": "soon"},
    ],
)
def test_certificates_that_are_refused(client: GraphClient, body: JsonObject) -> None:
    path = f"/servicePrincipals/{made(client)[1]['id']}/addTokenSigningCertificate"
    assert client.post(path, body).status_code == 400


def reference(client: GraphClient, path: str, identifier: Any) -> JsonObject:
    return {"@odata.id": f"{client.simulator.url}/v1.0{path}/{identifier}"}


def test_a_service_principal_has_one_claims_policy(client: GraphClient) -> None:
    policies = "/policies/claimsMappingPolicies"
    path = f"/servicePrincipals/{made(client)[1]['id']}/claimsMappingPolicies"
    first, second = (
        client.created(policies, {"displayName": name, "definition": [DEFINITION]})["id"] for name in ("A", "B")
    )
    assert client.post(f"{path}/$ref", reference(client, policies, first)).status_code == 204
    assert error_of(client.post(f"{path}/$ref", reference(client, policies, first)))[0] == 400
    assert error_of(client.post(f"{path}/$ref", reference(client, policies, second)))[0] == 400
    assert [one["id"] for one in client.get(path).json()["value"]] == [first]
    assert len(client.get(f"{policies}/{first}/appliesTo").json()["value"]) == 1
    assert client.delete(f"{path}/{first}/$ref").status_code == 204
    assert error_of(client.delete(f"{path}/{first}/$ref"))[0] == 404
    assert client.post(policies, {"displayName": "C", "definition": ["{}"]}).status_code == 400


def test_people_and_applications_own_groups_do_not(client: GraphClient) -> None:
    path = f"/servicePrincipals/{made(client)[1]['id']}/owners"
    user, group = (client.get(f"/{kind}").json()["value"][0]["id"] for kind in ("users", "groups"))
    assert client.post(f"{path}/$ref", reference(client, "/directoryObjects", user)).status_code == 204
    assert client.post(f"{path}/$ref", reference(client, "/directoryObjects", user)).status_code == 400
    assert client.post(f"{path}/$ref", reference(client, "/directoryObjects", group)).status_code == 400
    assert [one["id"] for one in client.get(path).json()["value"]] == [user]


def test_assignments(client: GraphClient) -> None:
    principal = made(client)[1]
    path = f"/servicePrincipals/{principal['id']}/appRoleAssignedTo"
    user = client.get("/users").json()["value"][0]["id"]
    body = {"principalId": user, "resourceId": principal["id"], "appRoleId": principal["appRoles"][0]["id"]}
    assigned = client.created(path, body)
    assert "already exists on the object" in error_of(client.post(path, body))[2]
    no_role = body | {"appRoleId": "00000000-0000-0000-0000-000000000000"}
    assert "was not found" in error_of(client.post(path, no_role))[2]
    assert client.delete(f"{path}/{assigned['id']}").status_code == 204
    assert client.get(path).json()["value"] == []


@pytest.mark.parametrize("follows", [True, False])
def test_what_is_deleted_lies_in_the_bin(client: GraphClient, simulator: TestSimulator, follows: bool) -> None:
    simulator.set_profile(restored_application_brings_service_principal=follows)
    application, principal = made(client, template=CUSTOM)
    assert client.delete(f"/applications/{application['id']}").status_code == 204
    assert error_of(client.get(f"/servicePrincipals/{principal['id']}"))[0] == 404
    bins = [f"/directory/deletedItems/microsoft.graph.{kind}" for kind in ("application", "servicePrincipal")]
    deleted = [client.get(path).json()["value"] for path in bins]
    assert [[one["id"] for one in found] for found in deleted] == [[application["id"]], [principal["id"]]]
    assert client.post(f"/directory/deletedItems/{application['id']}/restore").status_code == 200
    assert client.get(f"/applications/{application['id']}").json()["deletedDateTime"] is None
    status = client.get(f"/servicePrincipals/{principal['id']}").status_code
    assert status == (200 if follows else 404)


def test_a_dump_makes_the_same_tenant(client: GraphClient, simulator: TestSimulator) -> None:
    _application, principal = made(client)
    path = f"/servicePrincipals/{principal['id']}"
    client.post(f"{path}/addTokenSigningCertificate", {"displayName": "CN=Files"})
    user = client.get("/users").json()["value"][0]["id"]
    client.post(f"{path}/owners/$ref", reference(client, "/directoryObjects", user))
    document = simulator.dump(client.tenant_id)
    simulator.simulator.delete_tenant(client.tenant_id)
    simulator.simulator.create_tenant(document)
    assert simulator.dump(client.tenant_id) == document
