# Copyright: (c) 2026, m365.entra contributors
# GNU General Public License v3.0+ (see COPYING or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later
"""Whom a policy includes, and whom it reaches next."""

from __future__ import annotations

import pytest

from ansible_collections.m365.entra.plugins.module_utils._rollout.includes import Includes
from ansible_collections.m365.entra.plugins.module_utils._rollout.rings import (
    first_step,
    next_step,
    reached,
    would_narrow,
)
from ansible_collections.m365.entra.plugins.module_utils._rollout.rollout import Ring

ALL = Includes(users=frozenset({"All"}))
GUESTS = Includes(guests={"guestOrExternalUserTypes": "internalGuest", "externalTenants": None})


def group(*names: str) -> Includes:
    """Some groups."""
    return Includes(groups=frozenset(f"{name * 8}-0000-4000-8000-000000000000" for name in names))


def user(name: str) -> Includes:
    """A user."""
    return Includes(users=frozenset({name}))


def ring(name: str, *groups: str) -> Ring:
    """A ring of groups."""
    return Ring(name, {"includeGroups": sorted(group(*groups).groups)})


RINGS = (ring("first", "a"), ring("second", "b"), ring("third", "a", "c"))


@pytest.mark.parametrize(
    ("these", "others", "covers"),
    [
        (ALL, group("a"), True),
        (ALL, GUESTS, True),
        (group("a"), ALL, False),
        (group("a", "b"), group("a"), True),
        (group("a"), group("a", "b"), False),
        (group("a"), user("ada"), False),
        (user("ada"), Includes(), True),
        (Includes(roles=frozenset({"admin"})), user("ada"), False),
        (group("a"), GUESTS, False),
        (GUESTS, GUESTS, True),
        (GUESTS.joined(group("a")), GUESTS, True),
    ],
)
def test_who_is_among_whom(these: Includes, others: Includes, covers: bool) -> None:
    assert these.covers(others) is covers


def test_everybody_stands_alone() -> None:
    """The service refuses All beside others."""
    assert ALL.joined(group("a")) == ALL
    assert user("ada").joined(ALL) == ALL
    assert GUESTS.joined(ALL) == ALL
    assert group("a").joined(group("b")) == group("a", "b")
    assert group("a", "b").without(group("b")) == group("a")


@pytest.mark.parametrize(
    ("now", "after", "joining", "name", "done"),
    [
        (Includes(), group("a"), group("a"), "first", ()),
        (group("a"), group("a", "b"), group("b"), "second", ("first",)),
        (group("b"), group("a", "b"), group("a"), "first", ()),
        (group("a", "b"), group("a", "b", "c"), group("a", "c"), "third", ("first", "second")),
        (group("a", "b", "c"), ALL, ALL, None, ("first", "second", "third")),
        (group("a", "b", "c", "d"), ALL, ALL, None, ("first", "second", "third")),
        (group("d"), group("a", "d"), group("a"), "first", ()),
    ],
)
def test_who_comes_next(
    now: Includes, after: Includes, joining: Includes, name: str | None, done: tuple[str, ...]
) -> None:
    step = next_step(now, RINGS, ALL)
    assert step is not None
    assert (step.includes, step.joining, step.ring) == (after, joining, name)
    assert reached(now, RINGS) == done


def test_the_end_and_what_is_beyond_it() -> None:
    assert next_step(ALL, RINGS, ALL) is None
    assert next_step(ALL, RINGS, group("a", "b", "c")) is None
    assert would_narrow(ALL, group("a"))
    assert not would_narrow(group("a"), ALL)
    assert first_step(RINGS).ring == "first"
    assert first_step(RINGS).includes == first_step(RINGS).joining == group("a")
