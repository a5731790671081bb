# Copyright: (c) 2026, m365.entra contributors
# GNU General Public License v3.0+ (see COPYING or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later
"""Authentication contexts (facts section 3.3)."""

from __future__ import annotations

import pytest

from simulator.fixture import TestSimulator
from simulator.json_types import JsonObject

from .conftest import MakeClient
from .graph_client import CONTEXTS, POLICIES, GraphClient, error_of
from .sample_policies import REQUIRE_MFA, varied

SENSITIVE: JsonObject = {"displayName": "Sensitive", "description": "Payroll"}
VERSIONS = ("v1.0", "beta")


@pytest.mark.parametrize("version", VERSIONS)
def test_a_change_creates_or_changes(client: GraphClient, version: str) -> None:
    one = f"{CONTEXTS}/c8"
    created = client.patch(one, SENSITIVE, version=version)
    assert created.status_code == 201
    stored = client.get(one, version=version).json()
    assert created.json() == stored
    assert {name: stored[name] for name in ("id", "isAvailable")} == {"id": "c8", "isAvailable": False}
    changed = client.patch(one, {"isAvailable": True}, version=version)
    assert (changed.status_code, changed.content) == (204, b"")
    assert client.get(one, version=version).json() == stored | {"isAvailable": True}


@pytest.mark.parametrize("identifier", ["c1", "c25", "c99"])
def test_ids_there_are(client: GraphClient, identifier: str) -> None:
    assert client.patch(f"{CONTEXTS}/{identifier}", SENSITIVE | {"id": identifier}).status_code == 201


@pytest.mark.parametrize("identifier", ["c0", "c100", "c01", "d1", "c"])
def test_ids_there_are_not(client: GraphClient, identifier: str) -> None:
    assert client.patch(f"{CONTEXTS}/{identifier}", SENSITIVE).status_code == 400
    assert client.post(CONTEXTS, SENSITIVE | {"id": identifier}).status_code == 400
    assert client.get(f"{CONTEXTS}/{identifier}").status_code == 404


def test_an_id_stays(client: GraphClient) -> None:
    assert client.patch(f"{CONTEXTS}/c8", SENSITIVE | {"id": "c9"}).status_code == 400


def test_creating_twice(client: GraphClient) -> None:
    assert client.post(CONTEXTS, SENSITIVE | {"id": "c8"}).status_code == 201
    assert client.post(CONTEXTS, SENSITIVE | {"id": "c8"}).status_code == 400


def test_lists_can_be_narrowed(client: GraphClient) -> None:
    client.post(CONTEXTS, SENSITIVE | {"id": "c8", "isAvailable": True})
    client.post(CONTEXTS, {"id": "c9", "displayName": "Other"})
    shown = client.get(CONTEXTS, params={"$filter": "isAvailable eq true"}).json()["value"]
    assert [item["id"] for item in shown] == ["c8"]
    selected = client.get(f"{CONTEXTS}/c8", params={"$select": "displayName"}).json()
    assert {name for name in selected if "@" not in name} == {"id", "displayName"}


def test_a_published_context_is_not_deleted(client: GraphClient) -> None:
    one = f"{CONTEXTS}/c8"
    client.patch(one, SENSITIVE | {"isAvailable": True})
    assert "Unpublish it first" in error_of(client.delete(one))[2]
    client.patch(one, {"isAvailable": False})
    assert client.delete(one).status_code == 204
    assert client.get(one).status_code == 404


def test_a_context_in_use_is_not_deleted(client: GraphClient) -> None:
    client.post(CONTEXTS, SENSITIVE | {"id": "c8"})
    used = {"includeAuthenticationContextClassReferences": ["c8"]}
    policy = client.created_policy(varied(REQUIRE_MFA, conditions__applications=used))
    assert client.delete(f"{CONTEXTS}/c8").status_code == 400
    client.delete(f"{POLICIES}/{policy['id']}")
    assert client.delete(f"{CONTEXTS}/c8").status_code == 204


def test_both_states_must_be_unpublished(client: GraphClient, simulator: TestSimulator) -> None:
    one = f"{CONTEXTS}/c8"
    client.patch(one, SENSITIVE)
    simulator.set_profile(consistency_delay_seconds=60.0)
    client.patch(one, {"isAvailable": True})
    assert client.get(one).json()["isAvailable"] is False
    assert client.delete(one).status_code == 400


def test_a_new_context_is_not_visible_at_once(client: GraphClient, simulator: TestSimulator) -> None:
    simulator.set_profile(consistency_delay_seconds=60.0)
    one = f"{CONTEXTS}/c8"
    assert client.patch(one, SENSITIVE).status_code == 201
    assert [client.get(one).status_code, client.delete(one).status_code] == [404, 404]
    assert client.patch(one, {"isAvailable": True}).status_code == 204


@pytest.mark.parametrize(
    ("permissions", "status"),
    [
        (["AuthenticationContext.ReadWrite.All"], 201),
        (["Policy.ReadWrite.ConditionalAccess"], 201),
        (["AuthenticationContext.Read.All"], 403),
        (["Policy.Read.ConditionalAccess"], 403),
    ],
)
def test_writing_needs_a_permission(make_client: MakeClient, permissions: list[str], status: int) -> None:
    assert make_client(permissions=permissions).patch(f"{CONTEXTS}/c8", SENSITIVE).status_code == status


def test_writing_needs_premium(make_client: MakeClient) -> None:
    assert "licensed" in error_of(make_client("free").patch(f"{CONTEXTS}/c8", SENSITIVE))[2]
