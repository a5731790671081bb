# Copyright: (c) 2026, m365.entra contributors
# GNU General Public License v3.0+ (see COPYING or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later
"""Members of groups: added one by one or twenty at once, removed, and refused where somebody else decides on them."""

from __future__ import annotations

from typing import Any

import httpx
import pytest

from simulator.fixture import TestSimulator
from simulator.json_types import JsonObject

from .conftest import MakeClient
from .graph_client import GraphClient, error_of

ONE = "66666666-6666-6666-6666-666666666666"
ALREADY = "One or more added object references already exist for the following modified properties: 'members'."
NEW_GROUP: JsonObject = {"displayName": "G", "mailNickname": "g", "mailEnabled": False, "securityEnabled": True}


def person(number: int) -> JsonObject:
    identifier = f"55555555-5555-4555-8555-{number:012d}"
    return {"id": identifier, "userPrincipalName": f"user{number}@fabrikam.example", "displayName": f"User {number}"}


PEOPLE = [person(number) for number in range(30)]


def references(*people: JsonObject) -> list[str]:
    return [f"https://graph.microsoft.com/v1.0/directoryObjects/{one['id']}" for one in people]


def bound(*people: JsonObject) -> JsonObject:
    return {"members@odata.bind": references(*people)}


def members(client: GraphClient, group: str = ONE) -> list[str]:
    return [one["id"] for one in client.get(f"/groups/{group}/members").json()["value"]]


def ids(people: list[JsonObject]) -> list[str]:
    return [str(one["id"]) for one in people]


@pytest.fixture
def make_group(make_client: MakeClient) -> Any:
    """Return a client of a tenant with thirty people and one group, which has the properties that are given."""

    def make(permissions: list[str] | None = None, **properties: Any) -> GraphClient:
        group = {"id": ONE, "displayName": "Group", "securityEnabled": True, "mailEnabled": False, **properties}
        more = {} if permissions is None else {"permissions": permissions}
        return make_client(state={"/users": PEOPLE, "/groups": [group]}, **more)

    return make


def test_twenty_are_added_at_once(make_group: Any) -> None:
    client = make_group()
    assert client.patch(f"/groups/{ONE}", bound(*PEOPLE[:20])).status_code == 204
    assert members(client) == ids(PEOPLE[:20])


@pytest.mark.parametrize("method", ["create", "update"])
def test_more_than_twenty_are_refused(make_group: Any, method: str) -> None:
    client = make_group()
    many = bound(*PEOPLE[:21])
    answer = client.post("/groups", NEW_GROUP | many) if method == "create" else client.patch(f"/groups/{ONE}", many)
    assert error_of(answer)[:2] == (400, "Request_BadRequest")
    assert members(client) == []
    assert len(client.get("/groups").json()["value"]) == 1


def test_one_who_is_there_keeps_all_others_out(make_group: Any) -> None:
    client = make_group(members=[PEOPLE[0]["id"]])
    assert error_of(client.patch(f"/groups/{ONE}", bound(PEOPLE[1], PEOPLE[0]))) == (400, "Request_BadRequest", ALREADY)
    assert members(client) == [PEOPLE[0]["id"]]
    again = client.post(f"/groups/{ONE}/members/$ref", {"@odata.id": references(PEOPLE[0])[0]})
    assert error_of(again) == (400, "Request_BadRequest", ALREADY)


def test_one_who_is_nobody_keeps_all_others_out(make_group: Any) -> None:
    client = make_group()
    answer = client.patch(f"/groups/{ONE}", bound(PEOPLE[0], {"id": ONE.replace("6", "7")}))
    assert error_of(answer)[:2] == (404, "Request_ResourceNotFound")
    assert members(client) == []


def test_removal(make_group: Any) -> None:
    client = make_group(members=ids(PEOPLE[:2]))
    one = f"/groups/{ONE}/members/{PEOPLE[0]['id']}/$ref"
    assert client.delete(one).status_code == 204
    assert members(client) == ids(PEOPLE[1:2])
    assert error_of(client.delete(one))[:2] == (404, "Request_ResourceNotFound")


FOREIGN: dict[str, dict[str, Any]] = {
    "dynamic": {"groupTypes": ["DynamicMembership"], "membershipRule": "user.department -eq 'IT'"},
    "synchronised": {"onPremisesSyncEnabled": True},
}


def every_write(client: GraphClient) -> list[httpx.Response]:
    return [
        client.patch(f"/groups/{ONE}", bound(PEOPLE[1])),
        client.post(f"/groups/{ONE}/members/$ref", {"@odata.id": references(PEOPLE[1])[0]}),
        client.delete(f"/groups/{ONE}/members/{PEOPLE[0]['id']}/$ref"),
    ]


@pytest.mark.parametrize("kind", FOREIGN)
def test_members_that_somebody_else_decides_on(make_group: Any, kind: str) -> None:
    client = make_group(members=ids(PEOPLE[:1]), **FOREIGN[kind])
    for answer in every_write(client):
        assert error_of(answer)[:2] == (400, "Request_BadRequest")
    assert members(client) == ids(PEOPLE[:1])


@pytest.mark.parametrize(
    ("permissions", "status"),
    [
        (["GroupMember.ReadWrite.All"], 204),
        (["Group.ReadWrite.All"], 204),
        (["Group.Create", "Group.Read.All"], 403),
    ],
)
def test_permissions(make_group: Any, permissions: list[str], status: int) -> None:
    client = make_group(permissions, members=ids(PEOPLE[:1]))
    assert [answer.status_code for answer in every_write(client)][::2] == [status, status]


def test_members_alone_do_not_open_the_rest(make_group: Any) -> None:
    client = make_group(["GroupMember.ReadWrite.All"])
    answer = client.patch(f"/groups/{ONE}", bound(PEOPLE[0]) | {"description": "mine"})
    assert error_of(answer)[:2] == (403, "Authorization_RequestDenied")


@pytest.mark.parametrize(("more", "status"), [([], 403), (["RoleManagement.ReadWrite.Directory"], 204)])
def test_groups_of_roles_need_a_permission_of_their_own(make_group: Any, more: list[str], status: int) -> None:
    client = make_group(["Group.ReadWrite.All", *more], isAssignableToRole=True)
    assert client.patch(f"/groups/{ONE}", bound(PEOPLE[0])).status_code == status


def test_readers_see_members_late(make_group: Any, simulator: TestSimulator) -> None:
    client = make_group(members=ids(PEOPLE[:1]))
    simulator.set_profile(consistency_delay_seconds=60.0)
    assert client.patch(f"/groups/{ONE}", bound(PEOPLE[1])).status_code == 204
    assert members(client) == ids(PEOPLE[:1])
    # A write sees what was written before it, so that the same one is refused.
    assert client.patch(f"/groups/{ONE}", bound(PEOPLE[1])).status_code == 400
