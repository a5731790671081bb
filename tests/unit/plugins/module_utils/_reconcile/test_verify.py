# Copyright: (c) 2026, m365.entra contributors
# GNU General Public License v3.0+ (see COPYING or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later
"""Reading back is patient, but not for ever."""

from __future__ import annotations

import typing as t

import pytest

from ansible_collections.m365.entra.plugins.module_utils._graph.errors import VerificationFailed
from ansible_collections.m365.entra.plugins.module_utils._reconcile.action import Expectation
from ansible_collections.m365.entra.plugins.module_utils._reconcile.verify import wait_until_met
from ansible_collections.m365.entra.tests.unit.plugins.module_utils.support.fake_session import FakeSession

EXPECTED = (Expectation("policy", "a", "MFA", "1", "value"),)


def answers(*problems: list[str]) -> t.Callable[[t.Sequence[Expectation]], list[str]]:
    """A reader that answers one after the other and then always the last."""
    remaining = list(problems)
    return lambda expectations: remaining.pop(0) if len(remaining) > 1 else remaining[0]


def test_nothing_is_read_when_nothing_is_expected() -> None:
    wait_until_met(FakeSession(), (), lambda expectations: pytest.fail("read without need"))


def test_what_holds_at_once_is_not_waited_for() -> None:
    session = FakeSession()
    wait_until_met(session, EXPECTED, answers([]))
    assert session.slept == []


def test_waits_until_the_service_shows_it() -> None:
    session = FakeSession()
    wait_until_met(session, EXPECTED, answers(["not there"], ["not there"], []))
    assert len(session.slept) == 2


def test_gives_up_after_about_a_minute_and_says_what_is_missing() -> None:
    session = FakeSession()
    with pytest.raises(VerificationFailed, match="policy 'MFA' is not there") as failure:
        wait_until_met(session, EXPECTED, answers(["policy 'MFA' is not there"]))
    assert 45 <= sum(session.slept) <= 75
    assert failure.value.remedy


def test_what_shows_after_the_last_wait_counts() -> None:
    session = FakeSession()
    waiting: list[list[str]] = [["late"]] * 10
    wait_until_met(session, EXPECTED, answers(*waiting, []))
    assert len(session.slept) == 10
