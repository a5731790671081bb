# Copyright: (c) 2026, m365.entra contributors
# GNU General Public License v3.0+ (see COPYING or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later
"""Many requests in one (facts section 13.1)."""

from __future__ import annotations

import pytest

from simulator.fixture import TestSimulator
from simulator.json_types import JsonObject

from .graph_client import POLICIES, GraphClient, error_of
from .sample_policies import REQUIRE_MFA

JSON = {"Content-Type": "application/json"}


def answers(client: GraphClient, *requests: JsonObject) -> dict[str, JsonObject]:
    answer = client.post("/$batch", {"requests": list(requests)})
    assert answer.status_code == 200, answer.text
    return {item["id"]: item for item in answer.json()["responses"]}


def item(number: int, method: str = "GET", url: str = "/organization", **more: object) -> JsonObject:
    return {"id": str(number), "method": method, "url": url, **more}


def test_every_item_is_answered_by_itself(client: GraphClient) -> None:
    found = answers(
        client,
        item(1, url="/users?$top=1&$select=id"),
        item(2, url="/nowhere"),
        item(3, "POST", POLICIES, headers=JSON, body=REQUIRE_MFA),
        item(4, "POST", POLICIES, headers=JSON, body={"wrong": True}),
        item(
            5, "PATCH", "/policies/identitySecurityDefaultsEnforcementPolicy", headers=JSON, body={"isEnabled": False}
        ),
    )
    assert [found[str(number)]["status"] for number in range(1, 6)] == [200, 400, 201, 400, 204]
    assert len(found["1"]["body"]["value"]) == 1
    assert found["2"]["body"]["error"]["message"] == "Resource not found for the segment 'nowhere'."
    assert found["3"]["headers"]["Content-Type"] == "application/json"
    assert found["5"]["body"] is None
    assert len(client.get(POLICIES).json()["value"]) == 1


def test_dependencies(client: GraphClient) -> None:
    found = answers(client, item(1), item(2, url="/nowhere", dependsOn=["1"]), item(3, dependsOn=["2"]))
    assert [found[str(number)]["status"] for number in (1, 2, 3)] == [200, 400, 424]


def test_twenty_items_at_most(client: GraphClient) -> None:
    assert len(answers(client, *(item(number) for number in range(20)))) == 20
    many = {"requests": [item(number) for number in range(21)]}
    assert error_of(client.post("/$batch", many))[:2] == (400, "BadRequest")


@pytest.mark.parametrize(
    "body",
    [
        {},
        {"requests": []},
        {"requests": [{"id": "1"}]},
        {"requests": [item(1), item(1)]},
        {"requests": [item(1, dependsOn=["2"]), item(2)]},
        {"requests": [item(1, "POST", POLICIES, body=REQUIRE_MFA)]},
    ],
)
def test_malformed_batches(client: GraphClient, body: JsonObject) -> None:
    assert error_of(client.post("/$batch", body))[0] == 400


def test_items_are_throttled_by_themselves(client: GraphClient, simulator: TestSimulator) -> None:
    simulator.set_profile(conditional_access_requests_per_second=1)
    found = answers(client, item(1, url=POLICIES), item(2, url=POLICIES), item(3))
    assert [found[str(number)]["status"] for number in (1, 2, 3)] == [200, 429, 200]


def test_a_batch_is_one_request_in_the_journal(client: GraphClient, simulator: TestSimulator) -> None:
    answers(client, item(1), item(2))
    (entry,) = simulator.requests(tenant=client.tenant_id, service="graph")
    assert (entry["path"], entry["status"], len(entry["body"]["requests"])) == ("/v1.0/$batch", 200, 2)
