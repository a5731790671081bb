# Copyright: (c) 2026, m365.entra contributors
# GNU General Public License v3.0+ (see COPYING or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later
"""Three-valued answers: what is not said is never guessed, and never hides what is sure."""

from __future__ import annotations

from hypothesis import given
from hypothesis import strategies as st

from ansible_collections.m365.entra.plugins.module_utils._evaluation.truth import (
    NO,
    YES,
    Truth,
    all_of,
    any_of,
    told,
    untold,
)

TRUTHS = st.lists(st.sampled_from([YES, NO, untold("country"), untold("ip_address")]), max_size=5)


def completions(answers: list[Truth]) -> list[list[bool]]:
    """Every way in which the untold answers may turn out."""
    found: list[list[bool]] = [[]]
    for answer in answers:
        values = [answer.value] if answer.value is not None else [True, False]
        found = [[*one, value] for one in found for value in values]
    return found


@given(TRUTHS)
def test_an_answer_is_told_exactly_when_no_completion_changes_it(answers: list[Truth]) -> None:
    for combine, expected in ((all_of, all), (any_of, any)):
        outcomes = {expected(one) for one in completions(answers)}
        assert combine(answers).value == (outcomes.pop() if len(outcomes) == 1 else None)


@given(TRUTHS)
def test_only_what_is_undecided_names_what_is_missing(answers: list[Truth]) -> None:
    found = all_of(answers)
    assert bool(found.missing) == (found.value is None)
    assert found.missing <= {name for one in answers for name in one.missing}


def test_all_that_is_missing_is_named() -> None:
    assert any_of((untold("country"), NO, untold("ip_address"))).missing == {"country", "ip_address"}


def test_negation() -> None:
    assert YES.negated() == NO
    assert told(False).negated() == YES
    assert untold("country").negated() == untold("country")


def test_but_not() -> None:
    assert YES.but_not(NO) == YES
    assert YES.but_not(YES) == NO
    assert untold("country").but_not(YES) == NO
