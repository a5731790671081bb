# Copyright: (c) 2026, m365.entra contributors
# GNU General Public License v3.0+ (see COPYING or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later
"""A switch-over that is disturbed at every request: all is as wanted or as before, and the message says which."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from functools import partial
from pathlib import Path
from typing import Any

import pytest

from simulator.fixture import TestSimulator
from simulator.json_types import JsonObject

from .conftest import MakeClient
from .graph_client import GraphClient
from .switch_overs import (
    ENABLED,
    MODULE,
    SCENARIOS,
    Scenario,
    before_request,
    ends_at,
    held,
    is_protected,
    prepared,
    sent,
    writes,
)
from .whole_product import WholeProduct

# As often as a request is sent that is throttled before the little patience of a test is at its end.
ATTEMPTS = 7
EVER = 999
PUT_BACK = "What was there before has been put back, and the service shows it."
UNCHANGED = "Nothing had been changed yet."
SUCCESS = range(200, 300)


@dataclass(frozen=True)
class Disturbance:
    """What happens to a request, and to those that follow it up to a ``count``."""

    action: JsonObject
    count: int = 1


DISTURBANCES = {
    "refused": Disturbance({"kind": "status", "status": 400}),
    "forbidden": Disturbance({"kind": "status", "status": 403}),
    "not found": Disturbance({"kind": "status", "status": 404}),
    "throttled until it gives up": Disturbance({"kind": "status", "status": 429}, ATTEMPTS),
    "failed": Disturbance({"kind": "status", "status": 500}),
    "done and lost": Disturbance({"kind": "commit_then_fail", "status": 504}),
    "lost": Disturbance({"kind": "reset"}),
    "gone from there on": Disturbance({"kind": "reset"}, EVER),
    "failing from there on": Disturbance({"kind": "commit_then_fail", "status": 504}, EVER),
}


@dataclass(frozen=True)
class Ending:
    """A tenant before and after a disturbed run, what it would be without, and the error if there was one."""

    before: JsonObject
    after: JsonObject
    wanted: JsonObject
    error: Any


@pytest.fixture
def product(simulator: TestSimulator, tmp_path: Path) -> WholeProduct:
    return WholeProduct(tmp_path, simulator)


def scenarios(product: WholeProduct, make_client: MakeClient, direction: str, name: str) -> list[Scenario]:
    """Return the first, and for what is worst also the one in which most kinds of changes are made."""
    found = SCENARIOS[direction](product, make_client)
    return [found[0], found[2]] if name in ("refused", "gone from there on") else [found[0]]


def undisturbed(product: WholeProduct, make_client: MakeClient, scenario: Scenario) -> tuple[JsonObject, int]:
    """Return what a run leads to that nothing disturbs, and how many requests it sends."""
    client = prepared(product.simulator, make_client, scenario)
    product.run(MODULE, client.entry, scenario.wanted)
    return held(client), len(sent(client))


def disturbed(
    product: WholeProduct, client: GraphClient, scenario: Scenario, prepare: Callable[[Any], None], wanted: JsonObject
) -> Ending:
    before, error = held(client), None
    try:
        product.task(MODULE, client.entry, scenario.wanted, prepare=prepare)
    except (product.part("_graph.errors").EntraError, KeyboardInterrupt) as caught:
        error = caught
    finally:
        product.simulator.set_faults()
    return Ending(before, held(client), wanted, error)


@pytest.mark.parametrize("direction", SCENARIOS)
@pytest.mark.parametrize("name", DISTURBANCES)
def test_disturbed_at_every_request(
    product: WholeProduct, make_client: MakeClient, simulator: TestSimulator, direction: str, name: str
) -> None:
    disturbance = DISTURBANCES[name]
    for scenario in scenarios(product, make_client, direction, name):
        wanted, requests = undisturbed(product, make_client, scenario)
        for number in range(1, requests + 1):
            client = prepared(simulator, make_client, scenario)
            rule = {"path": "/(v1.0|beta)/", "count": disturbance.count, "tenant": client.tenant_id}
            disturb = partial(simulator.set_faults, {**rule, "action": disturbance.action})
            ending = disturbed(product, client, scenario, before_request(number, disturb), wanted)
            where = f"{scenario}, request {number}: {ending.error}"
            check_told(client, ending, where)
            if not writes(client):
                continue  # the next run is like the first
            product.run(MODULE, client.entry, scenario.wanted)
            assert held(client) == wanted, where


def check_told(client: GraphClient, ending: Ending, where: str) -> None:
    """What the run says must be what holds."""
    if ending.error is None:
        assert ending.after == ending.wanted, where
        return
    told, details = str(ending.error), ending.error.details
    if "restored" not in details:
        assert not [one for one in writes(client) if one["status"] in SUCCESS], where
        assert ending.after in (ending.before, ending.wanted), where
    elif told.endswith(UNCHANGED) or UNCHANGED in told:
        assert details["restored"] == []
        assert ending.after == ending.before, where
    elif PUT_BACK in told:
        assert ending.after == ending.before, where
    else:
        check_attention(client, ending, where)


def check_attention(client: GraphClient, ending: Ending, where: str) -> None:
    """What could not be put back is named, and a tenant that nothing protects is called so."""
    told, details = str(ending.error), ending.error.details
    assert "ATTENTION: " in told, where
    if details["not_restored"]:
        assert is_protected(client) or "nothing took its place" in told, where
    named = {one["name"] for one in (*details["not_restored"], *details["done"])}
    for name in different(ending.before, ending.after):
        assert name in named, where


def different(before: JsonObject, after: JsonObject) -> set[str]:
    """Return the names of what differs."""
    names = {"security defaults"} if before["security_defaults"] != after["security_defaults"] else set()
    changed = [one for one in before["policies"] if one not in after["policies"]]
    changed += [one for one in after["policies"] if one not in before["policies"]]
    return names | {one["displayName"] for one in changed}


@pytest.mark.parametrize("direction", SCENARIOS)
@pytest.mark.parametrize("after", [False, True], ids=["before", "after"])
def test_interrupted_at_every_request(
    product: WholeProduct, make_client: MakeClient, simulator: TestSimulator, direction: str, after: bool
) -> None:
    """What a person interrupts is put back; only a policy whose creation was under way may remain, in report-only."""
    for scenario in scenarios(product, make_client, direction, "interrupted"):
        wanted, requests = undisturbed(product, make_client, scenario)
        for number in range(1, requests + 1):
            client = prepared(simulator, make_client, scenario)
            ending = disturbed(product, client, scenario, ends_at(number, KeyboardInterrupt, after=after), wanted)
            where = f"{scenario}, request {number}"
            assert isinstance(ending.error, KeyboardInterrupt)
            assert is_protected(client), where
            if ending.after not in (ending.before, wanted):
                (left,) = different(ending.before, ending.after)
                (state,) = [one["state"] for one in ending.after["policies"] if one["displayName"] == left]
                assert (after, state == ENABLED, left in str(ending.before)) == (True, False, False), where
            if not writes(client):
                continue  # the next run is like the first
            product.run(MODULE, client.entry, scenario.wanted)
            assert held(client) == wanted, where
