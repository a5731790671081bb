# Copyright: (c) 2026, m365.entra contributors
# GNU General Public License v3.0+ (see COPYING or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later
"""Consistency delay and rate limit (facts sections 0.4 and 13.2)."""

from __future__ import annotations

import time

from simulator.fixture import TestSimulator
from simulator.rate_limit import RateLimiter
from simulator.store import Collection

from .graph_client import DELETED_POLICIES, POLICIES, SECURITY_DEFAULTS, GraphClient, error_of
from .sample_policies import REQUIRE_MFA, varied

DELAY = 0.4


def test_a_new_policy_is_not_there_at_once(client: GraphClient, simulator: TestSimulator) -> None:
    simulator.set_profile(consistency_delay_seconds=DELAY)
    one = f"{POLICIES}/{client.created_policy(REQUIRE_MFA)['id']}"
    assert client.get(one).status_code == 404
    assert client.patch(one, {"state": "disabled"}).status_code == 404
    assert client.delete(one).status_code == 404
    assert client.get(POLICIES).json()["value"] == []
    time.sleep(DELAY)
    assert client.get(one).status_code == 200
    assert len(client.get(POLICIES).json()["value"]) == 1


def test_readers_see_the_old_state_for_a_while(client: GraphClient, simulator: TestSimulator) -> None:
    policy = client.created_policy(REQUIRE_MFA)
    one = f"{POLICIES}/{policy['id']}"
    simulator.set_profile(consistency_delay_seconds=DELAY)
    assert client.patch(one, {"displayName": "New"}).status_code == 204
    assert client.get(one).json() == policy
    assert client.patch(one, {"state": "disabled"}).status_code == 204
    time.sleep(DELAY)
    changed = client.get(one).json()
    assert (changed["displayName"], changed["state"]) == ("New", "disabled")
    assert client.delete(one).status_code == 204
    assert client.get(one).status_code == 200
    assert client.delete(one).status_code == 404
    assert client.get(DELETED_POLICIES).json()["value"] == []
    time.sleep(DELAY)
    assert client.get(one).status_code == 404
    assert len(client.get(DELETED_POLICIES).json()["value"]) == 1


def test_new_references_are_not_known_at_once(client: GraphClient, simulator: TestSimulator) -> None:
    simulator.set_profile(consistency_delay_seconds=DELAY)
    group = client.post(
        "/groups", {"displayName": "New", "mailNickname": "new", "mailEnabled": False, "securityEnabled": True}
    ).json()["id"]
    policy = varied(REQUIRE_MFA, conditions__users={"includeGroups": [group]})
    assert client.post(POLICIES, policy).status_code == 400
    time.sleep(DELAY)
    assert client.post(POLICIES, policy).status_code == 201


def test_security_defaults_must_be_seen_to_be_off(client: GraphClient, simulator: TestSimulator) -> None:
    client.patch(SECURITY_DEFAULTS, {"isEnabled": True})
    simulator.set_profile(consistency_delay_seconds=DELAY)
    client.patch(SECURITY_DEFAULTS, {"isEnabled": False})
    assert client.get(SECURITY_DEFAULTS).json()["isEnabled"] is True
    enabled = varied(REQUIRE_MFA, state="enabled")
    assert client.post(POLICIES, enabled).status_code == 400
    time.sleep(DELAY)
    assert client.post(POLICIES, enabled).status_code == 201
    assert client.patch(SECURITY_DEFAULTS, {"isEnabled": True}).status_code == 400


def test_objects_can_be_shared_because_they_are_replaced() -> None:
    first = {"id": "A", "value": 1}
    collection = Collection([first])
    collection.put({"id": "a", "value": 2}, delay=60)
    assert collection.find_visible("a") is first
    assert collection.find_latest("A") == {"id": "a", "value": 2}
    assert len(collection.either()) == 2
    collection.remove("a", delay=0)
    assert (collection.visible(), collection.latest()) == ([], [])


def test_one_request_a_second(client: GraphClient, simulator: TestSimulator) -> None:
    assert client.token
    simulator.set_profile(conditional_access_requests_per_second=2)
    assert client.get(POLICIES).status_code == 200
    refused = client.get("/identity/conditionalAccess/namedLocations")
    assert error_of(refused) == (429, "TooManyRequests", "Too many requests.")
    assert "Retry-After" not in refused.headers
    for path in ("/users", SECURITY_DEFAULTS, "/policies/authenticationStrengthPolicies"):
        assert client.get(path).status_code == 200
    time.sleep(0.5)
    assert client.get(POLICIES).status_code == 200


def test_the_rate_is_a_tenants_own(client: GraphClient, simulator: TestSimulator) -> None:
    other = GraphClient(simulator, simulator.tenant("contoso-p2"))
    assert client.token
    assert other.token
    simulator.set_profile(conditional_access_requests_per_second=0.01)
    assert client.get(POLICIES).status_code == 200
    assert other.get(POLICIES).status_code == 200
    assert client.get(POLICIES).status_code == 429
    other.http.close()


def test_steady_requests_are_accepted_in_spite_of_jitter() -> None:
    limiter = RateLimiter()
    moments = [0.0, 1.02, 1.99, 3.01, 3.98, 5.0]
    assert all(limiter.accepts(1, 100 + moment) for moment in moments)
    assert not limiter.accepts(1, 105.5)
    assert limiter.accepts(1, 106.0)


def test_the_long_run_rate_is_kept() -> None:
    limiter = RateLimiter()
    accepted = sum(limiter.accepts(1, 100 + number * 0.1) for number in range(1000))
    assert 99 <= accepted <= 101


def test_changes_that_follow_each_other_are_all_kept(client: GraphClient, simulator: TestSimulator) -> None:
    """A change starts from what was written last, not from what readers still see."""
    users = [user["id"] for user in client.get("/users").json()["value"][:2]]
    group = client.post(
        "/groups", {"displayName": "New", "mailNickname": "new", "mailEnabled": False, "securityEnabled": True}
    ).json()["id"]
    simulator.set_profile(consistency_delay_seconds=DELAY)
    for user in users:
        reference = {"@odata.id": f"{simulator.url}/v1.0/users/{user}"}
        assert client.post(f"/groups/{group}/members/$ref", reference).status_code == 204
    assert client.get(f"/groups/{group}/members").json()["value"] == []
    time.sleep(DELAY)
    assert [member["id"] for member in client.get(f"/groups/{group}/members").json()["value"]] == users
