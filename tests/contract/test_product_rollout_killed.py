# Copyright: (c) 2026, m365.entra contributors
# GNU General Public License v3.0+ (see COPYING or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later
"""Promotions that are killed before or after any of their writes: the next run finishes them, and nobody falls out."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest

from simulator.fixture import TestSimulator
from simulator.json_types import JsonObject

from .conftest import MakeClient
from .rollouts import (
    ADA,
    BOB,
    EMERGENCY,
    ENABLED,
    NAME,
    PILOT,
    REPORT_ONLY,
    RINGS,
    STAFF,
    SWIFT,
    TWIN,
    Staged,
    people,
    wanted,
)
from .whole_product import WholeProduct

WRITES = ("post", "patch", "delete")


class Killed(BaseException):
    """The process ended here."""


def killed_at(number: int, *, after: bool) -> Callable[[Any], None]:
    """Return what makes a session end the process before or after its write of that number, counted from 0."""
    count = -1

    def prepare(session: Any) -> None:
        for name in WRITES:
            setattr(session, name, dying(getattr(session, name)))

    def dying(write: Callable[..., Any]) -> Callable[..., Any]:
        def send(*arguments: Any, **more: Any) -> Any:
            nonlocal count
            count += 1
            if count == number and not after:
                raise Killed
            answer = write(*arguments, **more)
            if count == number:
                raise Killed
            return answer

        return send

    return prepare


def promote(staged: Staged, policy: JsonObject, prepare: Callable[[Any], None] = lambda session: None) -> Any:
    given = {"policies": [policy], "emergency_access": {"users": [EMERGENCY]}, "promote": True}
    return staged.product.task("conditional_access_policies", staged.client.entry, given, prepare=prepare)[0]


@pytest.fixture
def staged(simulator: TestSimulator, tmp_path: Path, make_client: MakeClient) -> Staged:
    return Staged(make_client("p2", state=people()), WholeProduct(tmp_path, simulator))


@pytest.mark.parametrize(("number", "after"), [(0, False), (0, True), (1, False), (1, True)])
def test_a_swap_is_finished(staged: Staged, number: int, after: bool) -> None:
    staged.run(wanted(rollout={"is_enabled": False}))
    changed = wanted(NAME, "compliantDevice", rollout={**SWIFT, "changes": "shadow"})
    staged.run(changed)
    staged.sign_in(ADA, satisfied=("compliantDevice",))
    with pytest.raises(Killed):
        promote(staged, changed, killed_at(number, after=after))
    assert staged.states()[NAME] == ENABLED
    assert staged.states().get(TWIN) != ENABLED
    promote(staged, changed)
    assert staged.states() == {NAME: ENABLED}
    assert staged.policies()[NAME]["grantControls"]["builtInControls"] == ["compliantDevice"]
    staged.quiet(changed, promote=True)


@pytest.mark.parametrize(("number", "after"), [(0, False), (0, True), (1, False), (1, True)])
def test_a_ring_is_widened(staged: Staged, number: int, after: bool) -> None:
    policy = wanted(rollout={**SWIFT, "rings": RINGS})
    staged.run(policy)
    staged.sign_in(ADA)
    promote(staged, policy)
    staged.sign_in(ADA, BOB)
    with pytest.raises(Killed):
        promote(staged, policy, killed_at(number, after=after))
    covered = {(frozenset(), frozenset({PILOT})), (frozenset(), frozenset({PILOT, STAFF}))}
    users, groups = staged.included()
    assert (frozenset(users), frozenset(groups)) in covered
    # Without new sign-ins no further ring joins, however often it is run.
    promote(staged, policy)
    promote(staged, policy)
    assert staged.included() == (set(), {PILOT, STAFF})
    assert (staged.states(), staged.included(TWIN)[0]) == ({NAME: ENABLED, TWIN: REPORT_ONLY}, {"All"})
    staged.quiet(policy, promote=True)
