# Copyright: (c) 2026, m365.entra contributors
# GNU General Public License v3.0+ (see COPYING or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later
"""The journal: what it holds, and what it must never hold."""

from __future__ import annotations

import json

from simulator.fixture import TestSimulator
from simulator.journal import without_secrets

from .conftest import MakeClient
from .graph_client import POLICIES, GraphClient
from .sample_policies import REQUIRE_MFA


def test_entries(client: GraphClient, simulator: TestSimulator) -> None:
    client.created_policy(REQUIRE_MFA)
    client.get("/users?%24top=1")
    client.http.get("/portal/anything")
    token, created, listed, portal = simulator.requests()
    assert set(token) == {"time", "tenant", "service", "method", "path", "query", "status", "body", "fault"}
    assert (token["service"], token["method"], token["status"]) == ("token", "POST", 200)
    assert token["path"] == f"/{client.tenant_id}/oauth2/v2.0/token"
    assert token["tenant"] == created["tenant"] == client.tenant_id
    assert (created["service"], created["path"], created["status"]) == ("graph", f"/v1.0{POLICIES}", 201)
    assert created["body"] == REQUIRE_MFA
    assert (listed["query"], listed["body"]) == ("$top=1", None)
    assert (portal["service"], portal["status"], portal["tenant"]) == ("portal", 404, None)
    assert token["time"] <= created["time"] <= listed["time"]


def test_secrets_stay_out(make_client: MakeClient, simulator: TestSimulator) -> None:
    refresh = {"token": "refresh-me", "user_id": "44444444-4444-4444-4444-444444444444"}
    client = make_client(application={"client_secret": "very-secret", "refresh_tokens": [refresh]})
    token = client.token
    scope = "https://graph.microsoft.com/.default"
    client.request_token(grant_type="refresh_token", refresh_token="refresh-me", scope=scope)
    assertion = simulator.simulator.federation.token()
    client.request_token(client_secret=None, client_assertion=assertion, client_assertion_type="x")
    client.post("/users", {"displayName": "x", "passwordProfile": {"password": "hunter2", "forceChange": True}})
    text = json.dumps(simulator.requests())
    for secret in ("very-secret", "refresh-me", assertion, token, "hunter2"):
        assert secret not in text
    assert client.entry["client_id"] in text
    assert "forceChange" in text


def test_requests_without_a_believable_token(client: GraphClient, simulator: TestSimulator) -> None:
    client.get("/users", headers={"Authorization": "Bearer forged"})
    (entry,) = simulator.requests(service="graph")
    assert (entry["tenant"], entry["status"]) == (None, 401)


def test_reading_and_clearing_over_the_wire(make_client: MakeClient) -> None:
    one, other = make_client(), make_client()
    one.get("/organization")
    other.get("/organization")
    everything = one.http.get("/_simulator/requests").json()["requests"]
    assert len(everything) == 4
    some = one.http.get("/_simulator/requests", params={"tenant": one.tenant_id, "service": "graph"}).json()
    assert [item["path"] for item in some["requests"]] == ["/v1.0/organization"]
    assert one.http.delete("/_simulator/requests").status_code == 204
    assert one.http.get("/_simulator/requests").json() == {"requests": []}


def test_bodies_that_are_no_json(client: GraphClient, simulator: TestSimulator) -> None:
    client.call("POST", POLICIES, content=b"\xff\xfe")
    assert simulator.requests(service="graph")[0]["body"] == "<2 bytes that are no JSON>"


def test_secrets_are_found_at_any_depth() -> None:
    given = {"a": [{"Client_Secret": "x", "b": 1}], "refresh_token": "y", "c": {"secretText": "z"}}
    assert without_secrets(given) == {"a": [{"b": 1}], "c": {}}
