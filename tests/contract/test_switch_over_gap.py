# Copyright: (c) 2026, m365.entra contributors
# GNU General Public License v3.0+ (see COPYING or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later
"""Between security defaults and the first policy in effect lies no request that is not needed, and no waiting."""

from __future__ import annotations

import itertools
from pathlib import Path
from typing import Any

import pytest

from simulator.fixture import TestSimulator
from simulator.json_types import JsonObject

from .conftest import MakeClient
from .graph_client import POLICIES, SECURITY_DEFAULTS, GraphClient
from .switch_overs import (
    ADMINISTRATORS,
    DISABLED,
    ENABLED,
    EVERYBODY,
    LEGACY,
    MODULE,
    NAMES,
    Killed,
    before_request,
    ends_at,
    is_protected,
    is_switch,
    policies,
    state,
    states,
    templates_in_place,
    wanted,
)
from .whole_product import WholeProduct

# The credential takes a token that lasts less than five minutes for an old one, and asks for another at each request.
SHORT, ORDINARY = 200, 3599
TO_POLICIES = wanted(False, policies("enabled"))


@pytest.fixture
def product(simulator: TestSimulator, tmp_path: Path) -> WholeProduct:
    return WholeProduct(tmp_path, simulator)


def run(product: WholeProduct, client: GraphClient, options: JsonObject) -> list[JsonObject]:
    """Return the journal of a run, of the token service too."""
    product.simulator.clear_requests()
    product.run(MODULE, client.entry, options)
    return product.simulator.requests(client.tenant_id)


def names_by_path(client: GraphClient) -> dict[str, str]:
    found = client.simulator.state(client.tenant_id)[POLICIES]
    return {f"/v1.0{POLICIES}/{one['id']}": one["displayName"] for one in found}


def changes_of_state(client: GraphClient, journal: list[JsonObject], policy_state: str) -> list[tuple[int, str]]:
    """Return where in the journal policies change to a state, and which."""
    names = names_by_path(client)
    return [
        (position, names[entry["path"]])
        for position, entry in enumerate(journal)
        if entry["method"] == "PATCH" and entry["body"] == {"state": policy_state}
    ]


def switch_position(journal: list[JsonObject], is_enabled: bool) -> int:
    (position,) = [number for number, entry in enumerate(journal) if is_switch(entry, is_enabled)]
    return position


@pytest.mark.parametrize("lifetime", [SHORT, ORDINARY])
@pytest.mark.parametrize("order", list(itertools.permutations(NAMES)))
def test_nothing_between_turning_defaults_off_and_enforcing(
    product: WholeProduct, make_client: MakeClient, simulator: TestSimulator, lifetime: int, order: tuple[str, ...]
) -> None:
    simulator.set_profile(access_token_lifetime_seconds=lifetime)
    client = make_client(state=state(True))
    journal = run(product, client, wanted(False, policies("enabled", *order)))
    off = switch_position(journal, False)
    enforced = changes_of_state(client, journal, ENABLED)
    assert enforced == [(off + 1, EVERYBODY), (off + 2, ADMINISTRATORS), (off + 3, LEGACY)]
    tokens = [entry for entry in journal if entry["service"] == "token" and entry["method"] == "POST"]
    assert (len(tokens) > 1) == (lifetime == SHORT)


@pytest.mark.parametrize("lifetime", [SHORT, ORDINARY])
@pytest.mark.parametrize("policy_state", ["disabled", "report_only"])
def test_nothing_between_the_last_policy_and_turning_defaults_on(
    product: WholeProduct, make_client: MakeClient, simulator: TestSimulator, lifetime: int, policy_state: str
) -> None:
    client = make_client(state=state(False, *templates_in_place(product, make_client, "enabled")))
    simulator.set_profile(access_token_lifetime_seconds=lifetime)
    journal = run(product, client, wanted(True, policies(policy_state)))
    turned_on = switch_position(journal, True)
    released = changes_of_state(client, journal, dict(states(client))[EVERYBODY])
    assert [name for _position, name in released] == [LEGACY, ADMINISTRATORS, EVERYBODY]
    assert released[-1][0] == turned_on - 1


def test_what_the_rate_makes_wait_is_waited_for_before_defaults_go_off(
    product: WholeProduct, make_client: MakeClient, simulator: TestSimulator
) -> None:
    """A tenant that has throttled is asked once a second; that second must not lie in the gap."""
    client = make_client(state=state(True))
    throttled = {"kind": "status", "status": 429}
    simulator.set_faults({"method": "POST", "path": f"{POLICIES}$", "tenant": client.tenant_id, "action": throttled})
    told: list[str] = []
    product.task(MODULE, client.entry, TO_POLICIES, prepare=lambda session: tell_time(session, told))
    off = told.index(f"PATCH {SECURITY_DEFAULTS}")
    assert told[off - 1] == "waited"
    assert told[off + 1].startswith(f"PATCH {POLICIES}/")
    assert told[off + 2] == "waited"


def tell_time(session: Any, told: list[str]) -> None:
    """Put a clock into a session that only its waiting moves on, and note requests and waiting."""
    transport, limiter = session._transporter(), session._sender._limiter
    send, now = transport.send, [0.0]
    limiter._clock = lambda: now[0]

    def sending(method: str, url: str, *more: Any) -> Any:
        told.append(f"{method} {url.split('?')[0].split('/v1.0')[-1]}")
        return send(method, url, *more)

    def sleeping(seconds: float) -> None:
        told.append("waited")
        now[0] += seconds

    transport.send, transport.sleep = sending, sleeping


def test_run_after_one_that_was_killed_in_the_gap_closes_it_with_its_first_write(
    product: WholeProduct, make_client: MakeClient, simulator: TestSimulator
) -> None:
    expected = make_client(state=state(True))
    journal = [entry for entry in run(product, expected, TO_POLICIES) if entry["service"] == "graph"]
    off = switch_position(journal, False) + 1
    client = make_client(state=state(True))
    with pytest.raises(Killed):
        product.task(MODULE, client.entry, TO_POLICIES, prepare=ends_at(off, Killed))
    assert not is_protected(client)
    journal = run(product, client, TO_POLICIES)
    first = next(entry for entry in journal if entry["service"] == "graph" and entry["method"] != "GET")
    assert (names_by_path(client)[first["path"]], first["body"]) == (EVERYBODY, {"state": ENABLED})


def test_defaults_that_the_service_still_sees_are_asked_about_again_and_nothing_else(
    product: WholeProduct, make_client: MakeClient, simulator: TestSimulator
) -> None:
    """While the service has not noticed that security defaults are off, only the enforcing itself is repeated."""
    client = make_client(state=state(True))
    refusal = {
        "error": {
            "code": "BadRequest",
            "message": "Security Defaults is enabled in the tenant. You must disable Security defaults before enabling "
            "a Conditional Access policy.",
        }
    }
    action = {"kind": "status", "status": 400, "body": refusal}
    path = "/identity/conditionalAccess/policies/"
    simulator.set_faults({"method": "PATCH", "path": path, "count": 2, "tenant": client.tenant_id, "action": action})
    simulator.clear_requests()
    product.task(MODULE, client.entry, TO_POLICIES, prepare=before_request(0, lambda: None))
    journal = simulator.requests(client.tenant_id)
    off = switch_position(journal, False)
    between = journal[off + 1 : off + 4]
    assert [(entry["path"], entry["status"]) for entry in between] == [
        (between[0]["path"], status) for status in (400, 400, 204)
    ]
    assert ENABLED in dict(states(client)).values()
    assert DISABLED not in dict(states(client)).values()
