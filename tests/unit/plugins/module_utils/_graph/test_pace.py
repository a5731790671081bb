# Copyright: (c) 2026, m365.entra contributors
# GNU General Public License v3.0+ (see COPYING or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later
"""What turns, refusals and successes make of a pace."""

from __future__ import annotations

from itertools import pairwise

import pytest
from hypothesis import given
from hypothesis import strategies as st

from ansible_collections.m365.entra.plugins.module_utils._graph.pace import (
    UNPACED,
    Pace,
    after_success,
    after_throttling,
    still_valid,
    with_turn,
)

KNOWN = 1.0
SET = Pace(KNOWN, last=100.0, throttled=100.0)


def test_first_throttling_sets_the_known_distance() -> None:
    assert after_throttling(UNPACED, 100.0, 99.0, KNOWN) == SET


def test_request_that_was_under_way_when_the_pace_was_set_says_nothing() -> None:
    assert after_throttling(SET, 100.5, 99.9, KNOWN).seconds_apart == KNOWN


def test_throttling_in_spite_of_the_pace_makes_it_slower_up_to_a_bound() -> None:
    pace, distances = SET, []
    for second in range(1, 8):
        pace = after_throttling(pace, 100.0 + second, 100.0 + second, KNOWN)
        pace = after_throttling(pace, 100.2 + second, 100.1 + second, KNOWN)
        distances.append(pace.seconds_apart)
    assert distances == sorted(distances)
    assert distances[-1] == 4 * KNOWN


def test_success_shortens_down_to_the_known_distance() -> None:
    assert after_success(Pace(2.0), KNOWN).seconds_apart == pytest.approx(1.9)
    assert after_success(Pace(1.05), KNOWN).seconds_apart == KNOWN
    assert after_success(SET, KNOWN) == SET
    assert after_success(UNPACED, KNOWN) == UNPACED


def test_pace_is_forgotten_after_a_minute_and_when_another_clock_wrote_it() -> None:
    assert still_valid(SET, 159.0) == SET
    assert still_valid(SET, 161.0) == UNPACED
    assert still_valid(SET, 99.0) == SET
    assert still_valid(SET, 39.0) == UNPACED
    assert still_valid(Pace(KNOWN, last=100000.0, throttled=100.0), 101.0) == UNPACED
    assert with_turn(SET, 161.0) == UNPACED


@given(st.lists(st.floats(min_value=0, max_value=3), min_size=1, max_size=40))
def test_turns_keep_their_distance_and_none_is_in_the_past(pauses: list[float]) -> None:
    pace, now, turns = SET, 100.0, [100.0]
    for pause in pauses:
        now = min(now + pause, 159.0)
        pace = with_turn(pace, now)
        assert pace.last >= now
        turns.append(pace.last)
    assert all(later - earlier >= KNOWN - 1e-9 for earlier, later in pairwise(turns))
