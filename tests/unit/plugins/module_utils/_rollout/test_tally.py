# Copyright: (c) 2026, m365.entra contributors
# GNU General Public License v3.0+ (see COPYING or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later
"""Counts by number agree with counts by id, and the most frequent things come in one order."""

from __future__ import annotations

from collections import Counter

from hypothesis import given
from hypothesis import strategies as st

from ansible_collections.m365.entra.plugins.module_utils._rollout.tally import Met, Roster, Tally, most_frequent


@given(st.lists(st.sampled_from("abcdefgh")), st.integers(0, 9))
def test_the_most_frequent(met: list[str], maximum: int) -> None:
    roster, tally = Roster(), Tally()
    for identifier in "hg":
        roster.number(identifier, "met elsewhere")
    for identifier in met:
        tally.add(roster.number(identifier, identifier.upper()))
    counted = Counter(met)
    assert tally.distinct == len(counted)
    found = most_frequent(tally, roster, maximum)
    names = {"g": "met elsewhere", "h": "met elsewhere"}
    wanted = sorted(counted, key=lambda one: (-counted[one], names.get(one, one), one))[:maximum]
    assert [one.identifier for one in found] == wanted
    assert [one.count for one in found] == [counted[identifier] for identifier in wanted]


@given(st.lists(st.integers(0, 50)))
def test_what_was_met(numbers: list[int]) -> None:
    met = Met()
    for number in numbers:
        met.add(number)
    assert met.distinct == len(set(numbers))


def test_equal_counts_are_in_the_order_of_names() -> None:
    roster, tally = Roster(), Tally()
    for identifier, name in (("1", "zoe"), ("2", "Ada"), ("3", "ada")):
        tally.add(roster.number(identifier, name))
    assert [one.identifier for one in most_frequent(tally, roster, 3)] == ["2", "3", "1"]


def test_a_thing_keeps_its_first_name() -> None:
    roster = Roster()
    assert [roster.number("1", "old"), roster.number("1", "new"), roster.number("2", "two")] == [0, 0, 1]
    assert list(roster.things()) == [(0, "1", "old"), (1, "2", "two")]
