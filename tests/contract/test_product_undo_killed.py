# Copyright: (c) 2026, m365.entra contributors
# GNU General Public License v3.0+ (see COPYING or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later
"""A tenant is as it was after an undo also when the run failed or was killed on its way, and the undo itself, too."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest

from simulator.fixture import TestSimulator
from simulator.json_types import JsonObject

from .conftest import MakeClient
from .graph_client import GraphClient
from .switch_overs import MODULE, Killed, ends_at
from .undo_cases import (
    ALTERATIONS,
    BASELINE,
    BEFORE_THE_BASELINE,
    CLEARANCE,
    FURNISHED,
    apply,
    by_name,
    held,
    snapshots,
    undo,
)
from .whole_product import WholeProduct

CASES: dict[str, tuple[JsonObject, JsonObject]] = {
    "baseline": (BEFORE_THE_BASELINE, BASELINE),
    "clearance": (FURNISHED, CLEARANCE),
    "alterations": (FURNISHED, ALTERATIONS),
}
ACTIONS: dict[str, JsonObject] = {
    "refused": {"kind": "status", "status": 400},
    "done_and_lost": {"kind": "commit_then_fail", "status": 504},
}


@pytest.fixture
def product(simulator: TestSimulator, tmp_path: Path) -> WholeProduct:
    return WholeProduct(tmp_path, simulator)


def prepared(*steps: Callable[[Any], None]) -> Callable[[Any], None]:
    def prepare(session: Any) -> None:
        session._transporter().sleep = lambda seconds: None
        for step in steps:
            step(session)

    return prepare


def requests(client: GraphClient) -> list[JsonObject]:
    return client.simulator.requests(client.tenant_id, "graph")


def writes_of(product: WholeProduct, make_client: MakeClient, name: str) -> dict[int, str]:
    """Return the methods of the writes of a run that nothing disturbs, by the numbers of the requests."""
    state, wanted = CASES[name]
    client = make_client(state=state)
    apply(product, client, wanted)
    sent = enumerate((str(entry["method"]) for entry in requests(client)), start=1)
    writes = {number: method for number, method in sent if method != "GET"}
    assert len(writes) > 6
    return writes


@pytest.mark.parametrize("name", CASES)
def test_killed_at_a_request(product: WholeProduct, make_client: MakeClient, name: str) -> None:
    """Before each request, from the first write on to the reading back of the last: after one is before the next."""
    state, wanted = CASES[name]
    writes = writes_of(product, make_client, name)
    for number in range(min(writes), max(writes) + 2):
        client = make_client(state=state)
        before = held(client)
        with pytest.raises(Killed):
            product.task(MODULE, client.entry, wanted, prepare=prepared(ends_at(number, after=False)))
        (listed,) = snapshots(product, client)
        assert listed["status"] == "begun"
        result, _task = undo(product, client)
        assert by_name(held(client)) == by_name(before), number
        assert result["tenant_undo"]["changed_since"] == [], number
        assert {one["resource"] for one in result["tenant_undo"]["not_undone"]} <= {"group"}, number
        assert undo(product, client)[0]["plan"] == []


def snapshot_of_a_failure(product: WholeProduct, client: GraphClient, wanted: JsonObject) -> str:
    """Return the snapshot of a run that fails, or that goes on because what it created is found by its name."""
    error: Any = None
    try:
        result, _task = product.task(MODULE, client.entry, wanted, prepare=prepared())
    except product.part("_graph.errors").EntraError as caught:
        error = caught
    finally:
        client.simulator.set_faults()
    if error is None:
        assert "POST" in (entry["method"] for entry in requests(client) if entry["status"] == 504)
        return str(result["snapshot"])
    path = str(error.details["snapshot"])
    was_put_back = "restored" in error.details and not error.details["not_restored"]
    assert (f"from_snapshot: {path}" in error.remedy) == (not was_put_back and bool(error.details["done"]))
    return path


@pytest.mark.parametrize("action", ACTIONS)
@pytest.mark.parametrize("name", CASES)
def test_failed_at_a_write(product: WholeProduct, make_client: MakeClient, name: str, action: str) -> None:
    state, wanted = CASES[name]
    methods = list(writes_of(product, make_client, name).values())
    for number, method in enumerate(methods):
        client = make_client(state=state)
        before = held(client)
        client.simulator.set_faults(
            {"method": method, "path": "/(v1.0|beta)/", "skip": methods[:number].count(method), "count": 1}
            | {"tenant": client.tenant_id, "action": ACTIONS[action]}
        )
        undo(product, client, snapshot_of_a_failure(product, client, wanted))
        assert by_name(held(client)) == by_name(before), number


@pytest.mark.parametrize("name", CASES)
def test_killed_undo_is_done_again(product: WholeProduct, make_client: MakeClient, name: str) -> None:
    state, wanted = CASES[name]
    for number in range(15, 30, 3):
        client = make_client(state=state)
        before = held(client)
        path = apply(product, client, wanted)["snapshot"]
        given = {"from_snapshot": path, "emergency_access": {"users": ["glass@fabrikam.example"]}}
        with pytest.raises(Killed):
            product.task("tenant_undo", client.entry, given, prepare=prepared(ends_at(number)))
        undo(product, client, path, overwrite_changes=False)
        assert by_name(held(client)) == by_name(before), number
