# Copyright: (c) 2026, m365.entra contributors
# GNU General Public License v3.0+ (see COPYING or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later
"""A switch-over that is killed at every single request: what holds then, and what the next run makes of it."""

from __future__ import annotations

from pathlib import Path

import pytest

from simulator.fixture import TestSimulator

from .conftest import MakeClient
from .graph_client import POLICIES, GraphClient
from .switch_overs import (
    ENABLED,
    MANAGED,
    MANAGED_SETTING,
    MODULE,
    SCENARIOS,
    Killed,
    Scenario,
    ends_at,
    held,
    is_protected,
    is_switch,
    prepared,
    sent,
    states,
    writes,
)
from .whole_product import WholeProduct


@pytest.fixture
def product(simulator: TestSimulator, tmp_path: Path) -> WholeProduct:
    return WholeProduct(tmp_path, simulator)


@pytest.mark.parametrize("direction", SCENARIOS)
@pytest.mark.parametrize("after", [False, True], ids=["before", "after"])
def test_killed_at_every_request(
    product: WholeProduct, make_client: MakeClient, simulator: TestSimulator, direction: str, after: bool
) -> None:
    # Before a request goes out all is as after the one before it: one tenant is enough to see that.
    for scenario in SCENARIOS[direction](product, make_client)[: None if after else 1]:
        undisturbed = prepared(simulator, make_client, scenario)
        product.run(MODULE, undisturbed.entry, scenario.wanted)
        outcome = held(undisturbed)
        requests = len(sent(undisturbed))
        assert requests >= 10
        for number in range(1, requests + 1):
            client = prepared(simulator, make_client, scenario)
            with pytest.raises(Killed):
                product.task(MODULE, client.entry, scenario.wanted, prepare=ends_at(number, Killed, after=after))
            check_protection(client, scenario, f"{scenario}, request {number}")
            if not writes(client) and number > 1:
                continue  # as before the first request
            product.run(MODULE, client.entry, scenario.wanted)
            assert held(client) == outcome, f"{scenario}, request {number}"
            check_quiet(product, client, scenario)


def check_protection(client: GraphClient, scenario: Scenario, where: str) -> None:
    """Only right between the two requests that must follow one another is there neither."""
    assert len(dict(states(client))) == len(states(client)), where
    if is_protected(client):
        return
    last = writes(client)[-1]
    assert sent(client)[-1] == last, where
    if scenario.turns_off:
        assert is_switch(last, False), where
    else:
        assert last["path"].startswith(f"/v1.0{POLICIES}/"), where
        assert ENABLED not in dict(states(client)).values(), where


def check_quiet(product: WholeProduct, client: GraphClient, scenario: Scenario) -> None:
    """A further run finds all as wanted, and writes nothing; nobody's policy was touched that is not spoken of."""
    assert len(dict(states(client))) == len(states(client))
    product.simulator.clear_requests()
    result = product.run(MODULE, client.entry, scenario.wanted)
    assert (result["changed"], result["plan"]) == (False, [])
    assert writes(client) == []
    if scenario.settings == MANAGED_SETTING:
        managed = [one for name, one in states(client) if name.startswith(MANAGED)]
        assert managed == [ENABLED] * 4
