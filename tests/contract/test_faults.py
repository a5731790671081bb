# Copyright: (c) 2026, m365.entra contributors
# GNU General Public License v3.0+ (see COPYING or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later
"""Faults on request: each kind, and which requests they meet."""

from __future__ import annotations

import time

import httpx
import pytest

from simulator.fixture import TestSimulator
from simulator.json_types import JsonObject

from .conftest import MakeClient
from .graph_client import POLICIES, GraphClient
from .sample_policies import REQUIRE_MFA


def rule(path: str = "organization", **more: object) -> JsonObject:
    return {"method": "GET", "path": path, "count": 1, "action": {"kind": "status", "status": 503}, **more}


def statuses(client: GraphClient, times: int) -> list[int]:
    return [client.get("/organization").status_code for _time in range(times)]


@pytest.mark.parametrize(
    ("action", "status", "code", "retry_after"),
    [
        ({"status": 429}, 429, "TooManyRequests", None),
        ({"status": 429, "retry_after": 1}, 429, "TooManyRequests", "1"),
        ({"status": 503, "retry_after": 0.5}, 503, "Service_ServiceUnavailable", "0.5"),
        ({"status": 500}, 500, "Internal Server Error", None),
        ({"status": 418, "body": {"error": {"code": "Teapot"}}}, 418, "Teapot", None),
    ],
)
def test_status(
    client: GraphClient, simulator: TestSimulator, action: JsonObject, status: int, code: str, retry_after: str | None
) -> None:
    simulator.set_faults(rule(action={"kind": "status"} | action))
    answer = client.get("/organization")
    assert (answer.status_code, answer.json()["error"]["code"]) == (status, code)
    assert answer.headers.get("Retry-After") == retry_after
    assert client.get("/organization").status_code == 200


def test_status_happens_instead_of_the_request(client: GraphClient, simulator: TestSimulator) -> None:
    simulator.set_faults(rule("policies", method="POST"))
    assert client.post(POLICIES, REQUIRE_MFA).status_code == 503
    assert client.get(POLICIES).json()["value"] == []


def test_commit_then_fail(client: GraphClient, simulator: TestSimulator) -> None:
    simulator.set_faults(rule("policies", method="POST", action={"kind": "commit_then_fail", "status": 504}))
    assert client.post(POLICIES, REQUIRE_MFA).status_code == 504
    assert len(client.get(POLICIES).json()["value"]) == 1
    entry = next(item for item in simulator.requests(service="graph") if item["method"] == "POST")
    assert (entry["status"], entry["fault"]) == (504, "commit_then_fail")


def test_delay(client: GraphClient, simulator: TestSimulator) -> None:
    assert client.token
    simulator.set_faults(rule(action={"kind": "delay", "seconds": 0.3}))
    started = time.monotonic()
    assert client.get("/organization").status_code == 200
    assert time.monotonic() - started >= 0.3


def test_reset(client: GraphClient, simulator: TestSimulator) -> None:
    assert client.token
    simulator.set_faults(rule("policies", method="POST", action={"kind": "reset"}))
    with pytest.raises((httpx.ReadError, httpx.RemoteProtocolError)):
        client.post(POLICIES, REQUIRE_MFA)
    assert client.get(POLICIES).json()["value"] == []
    assert [item["status"] for item in simulator.requests(service="graph")] == [None, 200]


def test_faults_of_the_token_service(client: GraphClient, simulator: TestSimulator) -> None:
    simulator.set_faults(rule("oauth2/v2.0/token", method="POST"))
    answer = client.request_token()
    assert (answer.status_code, answer.json()["error"]) == (503, "temporarily_unavailable")
    assert client.request_token().status_code == 200


def test_count_and_skip(client: GraphClient, simulator: TestSimulator) -> None:
    simulator.set_faults(rule(count=2, skip=1))
    assert statuses(client, 5) == [200, 503, 503, 200, 200]


def test_the_first_rule_that_is_not_used_up_decides(client: GraphClient, simulator: TestSimulator) -> None:
    simulator.set_faults(rule(action={"kind": "status", "status": 500}), rule(count=2))
    assert statuses(client, 4) == [500, 503, 503, 200]


def test_a_rule_can_be_for_one_tenant(make_client: MakeClient, simulator: TestSimulator) -> None:
    one, other = make_client(), make_client()
    simulator.set_faults(rule(tenant=one.tenant_id, count=9))
    assert (statuses(one, 1), statuses(other, 1)) == ([503], [200])


@pytest.mark.parametrize(
    ("path", "expected"), [("organization$", 200), (r"organization\?\$select=id", 503), ("^/v1.0/org", 503)]
)
def test_paths_are_regular_expressions_over_path_and_query(
    client: GraphClient, simulator: TestSimulator, path: str, expected: int
) -> None:
    simulator.set_faults(rule(path))
    assert client.get("/organization?%24select=id").status_code == expected


def test_over_the_wire(client: GraphClient) -> None:
    placed = client.http.put("/_simulator/faults", json={"rules": [rule(count=3)]})
    assert placed.status_code == 200
    assert statuses(client, 1) == [503]
    assert client.http.get("/_simulator/faults").json()["rules"][0]["count"] == 2
    assert client.http.put("/_simulator/faults", json={"rules": []}).json() == {"rules": []}
    assert statuses(client, 1) == [200]


@pytest.mark.parametrize(
    ("document", "text"),
    [
        ({}, "rules"),
        ({"rules": [{"action": {"kind": "explode"}}]}, "rules[0].action"),
        ({"rules": [rule(colour="red")]}, "colour"),
        ({"rules": [rule(path="(")]}, "rules[0].path"),
        ({"rules": [rule(count=-1)]}, "rules[0].count"),
        ({"rules": [rule(), rule(action={"kind": "status"})]}, "rules[1].action.status"),
        ({"rules": [rule(action={"kind": "status", "status": 200})]}, "rules[0].action.status"),
        ({"rules": [rule(action={"kind": "delay"})]}, "rules[0].action.seconds"),
    ],
)
def test_rules_that_are_not_understood(client: GraphClient, document: JsonObject, text: str) -> None:
    answer = client.http.put("/_simulator/faults", json=document)
    assert answer.status_code == 400
    assert text in answer.json()["error"]["message"]


def test_faults_in_a_batch(client: GraphClient, simulator: TestSimulator) -> None:
    """Each request of a batch is matched by itself; the batch succeeds all the same, and is one entry."""
    throttled = {"kind": "status", "status": 429, "retry_after": 3}
    simulator.set_faults({"method": "GET", "path": "/users", "count": 1, "action": throttled})
    items = [{"id": str(number), "method": "GET", "url": "/users"} for number in range(2)]
    answer = client.post("/$batch", {"requests": items})
    first, second = answer.json()["responses"]
    assert (answer.status_code, first["status"], second["status"]) == (200, 429, 200)
    assert first["headers"]["Retry-After"] == "3"
    entries = simulator.requests(client.tenant_id, "graph")
    assert [(entry["path"], entry["fault"]) for entry in entries] == [("/v1.0/$batch", None)]
