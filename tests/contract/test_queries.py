# Copyright: (c) 2026, m365.entra contributors
# GNU General Public License v3.0+ (see COPYING or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later
"""Query options of the directory (facts sections 7.4 and 13.3)."""

from __future__ import annotations

from urllib.parse import quote

import pytest

from simulator.fixture import TestSimulator
from simulator.json_types import JsonObject

from .conftest import MakeClient
from .graph_client import GraphClient, error_of

EVENTUAL = {"ConsistencyLevel": "eventual"}


def user(number: int, **more: object) -> JsonObject:
    return {
        "id": f"00000000-0000-0000-0000-{number:012d}",
        "userPrincipalName": f"user{number}@fabrikam.example",
        "displayName": f"User {number}",
        **more,
    }


@pytest.fixture
def people(make_client: MakeClient) -> GraphClient:
    """A tenant with 250 users, some of them special."""
    special = [
        user(1001, displayName="Pat O'Neil", accountEnabled=False, department="Sales"),
        user(1002, displayName="Ärzte & Co", userType="Guest", mail="a+b@fabrikam.example"),
    ]
    return make_client(state={"/users": [*(user(number) for number in range(248)), *special]})


def names(client: GraphClient, query: str, **options: object) -> list[str]:
    answer = client.get("/users", params={"$filter": query, "$top": "999"}, **options)
    assert answer.status_code == 200, answer.text
    return [item["displayName"] for item in answer.json()["value"]]


@pytest.mark.parametrize(
    ("query", "expected"),
    [
        ("userPrincipalName eq 'user7@fabrikam.example'", ["User 7"]),
        ("userPrincipalName eq 'USER7@FABRIKAM.EXAMPLE'", ["User 7"]),
        ("displayName eq 'Pat O''Neil'", ["Pat O'Neil"]),
        ("startswith(displayName,'user 24')", ["User 24", *(f"User {number}" for number in range(240, 248))]),
        ("accountEnabled eq false", ["Pat O'Neil"]),
        ("userType eq 'Guest' and accountEnabled eq true", ["Ärzte & Co"]),
        ("userType eq 'Guest' or accountEnabled eq false", ["Pat O'Neil", "Ärzte & Co"]),
        ("department eq 'Sales' and (userType eq 'Guest' or userType eq 'Member')", ["Pat O'Neil"]),
        ("displayName in ('User 3', 'User 5')", ["User 3", "User 5"]),
        ("mail eq 'a+b@fabrikam.example'", ["Ärzte & Co"]),
        ("displayName eq 'nobody'", []),
        ("id eq '00000000-0000-0000-0000-000000001001'", ["Pat O'Neil"]),
        ("surname eq null and displayName eq 'User 1'", ["User 1"]),
    ],
)
def test_filters(people: GraphClient, query: str, expected: list[str]) -> None:
    assert names(people, query) == expected


@pytest.mark.parametrize(
    ("query", "code"),
    [
        ("displayName eq 'unfinished", "BadRequest"),
        ("displayName eq", "BadRequest"),
        ("displayName eq 'a' garbage", "BadRequest"),
        ("(displayName eq 'a'", "BadRequest"),
        ("displayName gt 'a'", "Request_UnsupportedQuery"),
        ("jobDescription eq 'a'", "Request_UnsupportedQuery"),
        (f"displayName in ({','.join(repr(str(number)) for number in range(16))})", "Request_UnsupportedQuery"),
        ("displayName ne 'a'", "Request_UnsupportedQuery"),
        ("endswith(displayName,'a')", "Request_UnsupportedQuery"),
        ("not startswith(displayName,'a')", "Request_UnsupportedQuery"),
    ],
)
def test_refused_filters(people: GraphClient, query: str, code: str) -> None:
    assert error_of(people.get("/users", params={"$filter": query}))[:2] == (400, code)


def test_fifteen_values_are_not_too_many(people: GraphClient) -> None:
    values = ",".join(f"'User {number}'" for number in range(15))
    assert len(names(people, f"displayName in ({values})")) == 15


@pytest.mark.parametrize(
    "query", ["displayName ne 'User 1'", "not startswith(displayName,'User')", "endswith(userPrincipalName,'example')"]
)
def test_advanced_queries_need_two_things(people: GraphClient, query: str) -> None:
    parameters = {"$filter": query, "$count": "true"}
    assert people.get("/users", params=parameters).status_code == 400
    assert people.get("/users", params={"$filter": query}, headers=EVENTUAL).status_code == 400
    answer = people.get("/users", params=parameters, headers=EVENTUAL)
    assert answer.status_code == 200
    assert answer.json()["@odata.count"] > 0


def test_pages(people: GraphClient) -> None:
    seen: list[str] = []
    link: str | None = "/v1.0/users?$select=id"
    sizes = []
    while link:
        body = people.http.get(link, headers={"Authorization": f"Bearer {people.token}"}).json()
        sizes.append(len(body["value"]))
        seen += [item["id"] for item in body["value"]]
        assert all(set(item) == {"id"} for item in body["value"])
        link = body.get("@odata.nextLink")
    assert sizes == [100, 100, 50]
    assert len(set(seen)) == 250


def test_page_sizes(people: GraphClient, simulator: TestSimulator) -> None:
    assert len(people.get("/users", params={"$top": "999"}).json()["value"]) == 250
    short = people.get("/users", params={"$top": "3", "$filter": "startswith(displayName,'User 1')"}).json()
    assert len(short["value"]) == 3
    following = people.http.get(short["@odata.nextLink"], headers={"Authorization": f"Bearer {people.token}"}).json()
    assert [item["displayName"] for item in following["value"]] == ["User 12", "User 13", "User 14"]
    for wrong in ("0", "1000", "x"):
        assert people.get("/users", params={"$top": wrong}).status_code == 400
    simulator.set_profile(page_size=7)
    assert len(people.get("/users").json()["value"]) == 7
    assert people.get("/users", params={"$skiptoken": "nonsense"}).status_code == 400


def test_counts(people: GraphClient) -> None:
    assert people.get("/users", params={"$count": "true"}).status_code == 400
    counted = people.get("/users", params={"$count": "true"}, headers=EVENTUAL).json()
    assert counted["@odata.count"] == 250


def test_selected_properties(people: GraphClient) -> None:
    first = people.get("/users", params={"$top": "1"}).json()["value"][0]
    assert "accountEnabled" not in first
    selected = people.get("/users", params={"$top": "1", "$select": "accountEnabled,userType"}).json()["value"][0]
    assert selected == {"id": first["id"], "accountEnabled": True, "userType": "Member"}
    one = people.get(f"/users/{first['id']}", params={"$select": "accountEnabled"}).json()
    assert one["accountEnabled"] is True
    wrong = people.get("/users", params={"$select": "shoeSize"})
    assert "Could not find a property named 'shoeSize'" in error_of(wrong)[2]


@pytest.mark.parametrize(
    ("path", "query"),
    [
        ("/users", "$search=x"),
        ("/users", "$expand=manager"),
        ("/users", "$colour=red"),
        ("/subscribedSkus", "$filter=skuPartNumber eq 'SPE_E5'"),
        ("/organization", "$top=1"),
        ("/roleManagement/directory/roleAssignments", "$expand=roleDefinition"),
        ("/roleManagement/directory/roleAssignments", "$filter=condition eq 'x'"),
    ],
)
def test_unsupported_options(client: GraphClient, path: str, query: str) -> None:
    assert client.get(f"{path}?{quote(query, safe='$=&')}").status_code == 400
