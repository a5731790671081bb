# Copyright: (c) 2026, m365.entra contributors
# GNU General Public License v3.0+ (see COPYING or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later
"""Groups: created, changed, deleted, and used by policies (facts sections 0.4 and 7.4)."""

from __future__ import annotations

from typing import Any

import pytest

from simulator.fixture import TestSimulator
from simulator.json_types import JsonObject

from .conftest import MakeClient
from .graph_client import POLICIES, GraphClient, error_of
from .sample_policies import REQUIRE_MFA, varied

GROUPS = "/groups"
RING: JsonObject = {
    "displayName": "Ring 1",
    "description": "Who gets a policy first",
    "mailEnabled": False,
    "mailNickname": "ring-1",
    "securityEnabled": True,
}
UNKNOWN = "66666666-6666-6666-6666-666666666666"


def test_create_change_delete(client: GraphClient) -> None:
    created = client.created(GROUPS, RING)
    assert {name: created[name] for name in RING} == RING
    assert created["groupTypes"] == []
    one = f"{GROUPS}/{created['id']}"
    assert client.get(one).json() == created
    assert client.patch(one, {"displayName": "Ring 2", "description": None}).status_code == 204
    changed = client.get(one).json()
    assert (changed["displayName"], changed["description"], changed["mailNickname"]) == ("Ring 2", None, "ring-1")
    assert client.delete(one).status_code == 204
    assert error_of(client.get(one))[:2] == (404, "Request_ResourceNotFound")


def test_names_need_not_be_unique(client: GraphClient) -> None:
    first, second = client.created(GROUPS, RING), client.created(GROUPS, RING)
    found = client.get(GROUPS, params={"$filter": "displayName eq 'Ring 1'"}).json()["value"]
    assert {group["id"] for group in found} == {first["id"], second["id"]}


@pytest.mark.parametrize("missing", ["displayName", "mailEnabled", "mailNickname", "securityEnabled"])
def test_required_properties(client: GraphClient, missing: str) -> None:
    body = {name: value for name, value in RING.items() if name != missing}
    text = f"A value is required for property '{missing}' of resource 'Group'."
    assert error_of(client.post(GROUPS, body)) == (400, "Request_BadRequest", text)


REFUSED_CHANGES: list[dict[str, Any]] = [
    {"displayName": ""},
    {"displayName": None},
    {"displayName": "x" * 257},
    {"mailNickname": "ring 1"},
    {"mailNickname": "ring@1"},
    {"mailNickname": "rïng"},
    {"mailNickname": "x" * 65},
    {"securityEnabled": "true"},
    {"description": 5},
    {"mailEnabled": True},
    {"securityEnabled": False},
    {"groupTypes": ["Club"]},
    {"groupTypes": "Unified"},
    {"groupTypes": ["Unified"]},
    {"id": UNKNOWN},
    {"createdDateTime": "2024-01-01T00:00:00Z"},
    {"colour": "red"},
]


@pytest.mark.parametrize("change", REFUSED_CHANGES)
def test_refused_groups(client: GraphClient, change: dict[str, Any]) -> None:
    assert error_of(client.post(GROUPS, RING | change))[:2] == (400, "Request_BadRequest")
    created = client.created(GROUPS, RING)
    assert error_of(client.patch(f"{GROUPS}/{created['id']}", change))[:2] == (400, "Request_BadRequest")
    assert client.get(f"{GROUPS}/{created['id']}").json() == {"@odata.context": created["@odata.context"], **created}


def test_groups_of_microsoft_365_are_accepted(client: GraphClient) -> None:
    unified = {"groupTypes": ["Unified"], "mailEnabled": True, "securityEnabled": False}
    assert client.created(GROUPS, RING | unified)["groupTypes"] == ["Unified"]


def test_whether_roles_can_be_assigned_is_fixed(make_client: MakeClient) -> None:
    client = make_client(permissions=["Group.ReadWrite.All", "RoleManagement.ReadWrite.Directory"])
    created = client.created(GROUPS, RING | {"isAssignableToRole": True})
    one = f"{GROUPS}/{created['id']}"
    assert client.patch(one, {"isAssignableToRole": False}).status_code == 400
    assert client.patch(one, {"isAssignableToRole": True}).status_code == 204


def test_a_new_group_is_not_visible_at_once(client: GraphClient, simulator: TestSimulator) -> None:
    simulator.set_profile(consistency_delay_seconds=60.0)
    created = client.created(GROUPS, RING)
    one = f"{GROUPS}/{created['id']}"
    for answer in (client.get(one), client.patch(one, {"displayName": "x"}), client.delete(one)):
        assert error_of(answer)[:2] == (404, "Request_ResourceNotFound")
    excluding = varied(REQUIRE_MFA, conditions__users__excludeGroups=[created["id"]])
    text = f"Group with id {created['id']} does not exist in the directory."
    assert error_of(client.post(POLICIES, excluding)) == (400, "BadRequest", text)


def test_a_deleted_group_stays_in_its_policies(client: GraphClient) -> None:
    created = client.created(GROUPS, RING)
    policy = client.created_policy(varied(REQUIRE_MFA, conditions__users__excludeGroups=[created["id"]]))
    client.delete(f"{GROUPS}/{created['id']}")
    assert client.policy(policy["id"])["conditions"]["users"]["excludeGroups"] == [created["id"]]
    assert client.patch(f"{POLICIES}/{policy['id']}", {"displayName": "x"}).status_code == 400


@pytest.mark.parametrize(
    ("permissions", "created", "changed"),
    [
        (["Group.Create", "Group.Read.All"], 201, 403),
        (["Group.ReadWrite.All"], 201, 204),
        (["Directory.ReadWrite.All"], 201, 204),
        (["Group.Read.All"], 403, 403),
    ],
)
def test_permissions(make_client: MakeClient, permissions: list[str], created: int, changed: int) -> None:
    client = make_client(permissions=permissions)
    assert client.post(GROUPS, RING).status_code == created
    one = f"{GROUPS}/{client.get(GROUPS).json()['value'][0]['id']}"
    assert client.patch(one, {"description": "changed"}).status_code == changed


def test_the_usual_application_may_write_groups(client: GraphClient) -> None:
    assert "Group.ReadWrite.All" in client.simulator.dump(client.tenant_id)["permissions"]
