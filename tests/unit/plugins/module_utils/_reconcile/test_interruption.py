# Copyright: (c) 2026, m365.entra contributors
# GNU General Public License v3.0+ (see COPYING or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later
"""Whoever interrupts a run is heard where what was done can be taken back, and not in the middle of a request."""

from __future__ import annotations

import signal
import threading
import typing as t

import pytest

from ansible_collections.m365.entra.plugins.module_utils._reconcile.action import Plan
from ansible_collections.m365.entra.plugins.module_utils._reconcile.apply import apply_plan
from ansible_collections.m365.entra.plugins.module_utils._reconcile.interruption import kept_back
from ansible_collections.m365.entra.tests.unit.plugins.module_utils._reconcile.test_apply import (
    create,
    ignore,
    plan,
    switch,
    update,
)
from ansible_collections.m365.entra.tests.unit.plugins.module_utils.support import ids
from ansible_collections.m365.entra.tests.unit.plugins.module_utils.support.fake_session import FakeSession
from ansible_collections.m365.entra.tests.unit.plugins.module_utils.support.policies import REPORT_ONLY, stored

SIGNALS = [signal.SIGINT, signal.SIGTERM]
SWITCH_OVER = plan((create(),), (switch(False),), (update(ids.POLICY_ONE),))


class Interrupted(FakeSession):
    """A tenant in the middle of whose write of a number a signal comes."""

    at = 0
    number: signal.Signals = signal.SIGINT

    def _write(self, *arguments: t.Any) -> t.Any:
        answer = super()._write(*arguments)
        if len(self.writes) == self.at:
            signal.raise_signal(self.number)
        return answer


def interrupted(at: int, number: signal.Signals) -> Interrupted:
    """A tenant with security defaults and a policy in report-only."""
    session = Interrupted([stored("One")], security_defaults=True)
    session.at, session.number = at, number
    return session


@pytest.mark.parametrize("number", SIGNALS)
@pytest.mark.parametrize("at", [1, 2, 3])
def test_what_was_there_is_put_back_also_what_was_being_written(at: int, number: signal.Signals) -> None:
    handlers = [signal.getsignal(one) for one in SIGNALS]
    session = interrupted(at, number)
    with pytest.raises(KeyboardInterrupt):
        apply_plan(session, SWITCH_OVER, ignore)
    assert session.security_defaults
    assert [(one["displayName"], one["state"]) for one in session.policies] == [("One", REPORT_ONLY)]
    assert [signal.getsignal(one) for one in SIGNALS] == handlers


def test_second_interruption_does_not_stop_the_putting_back() -> None:
    session = interrupted(2, signal.SIGINT)
    session.sleep = lambda seconds: None  # type: ignore[method-assign]
    taking_back = session._carry_out

    def interrupting(*arguments: t.Any) -> t.Any:
        signal.raise_signal(signal.SIGTERM)
        return taking_back(*arguments)

    session._carry_out = interrupting  # type: ignore[method-assign]
    with pytest.raises(KeyboardInterrupt):
        apply_plan(session, SWITCH_OVER, ignore)
    assert session.security_defaults
    assert len(session.policies) == 1


def test_plan_that_takes_nothing_back_is_left_as_it_is_at_once() -> None:
    session = interrupted(1, signal.SIGINT)
    with pytest.raises(KeyboardInterrupt):
        apply_plan(session, Plan(SWITCH_OVER.phases, restores=False), ignore)
    assert len(session.writes) == 1


class OutOfTime(BaseException):
    """What Ansible raises when a task takes too long is no Exception either."""


@pytest.fixture
def alarm() -> t.Iterator[None]:
    """The handler of a task's timeout."""

    def ring(_number: int, _frame: t.Any) -> None:
        raise OutOfTime

    before = signal.signal(signal.SIGALRM, ring)
    yield
    signal.signal(signal.SIGALRM, before)


@pytest.mark.parametrize("at", [1, 2, 3])
def test_task_that_takes_too_long_is_put_back_and_told_as_such(alarm: None, at: int) -> None:
    session = interrupted(at, signal.SIGALRM)
    handler = signal.getsignal(signal.SIGALRM)
    with pytest.raises(OutOfTime):
        apply_plan(session, SWITCH_OVER, ignore)
    assert session.security_defaults
    assert len(session.policies) == 1
    assert signal.getsignal(signal.SIGALRM) is handler


def test_alarm_that_nobody_handles_is_not_touched() -> None:
    with kept_back():
        assert signal.getsignal(signal.SIGALRM) == signal.SIG_DFL


def test_interruption_that_comes_too_late_is_not_lost() -> None:
    with pytest.raises(KeyboardInterrupt), kept_back():
        signal.raise_signal(signal.SIGINT)


def test_failure_is_not_hidden_by_an_interruption() -> None:
    def fail() -> None:
        with kept_back():
            signal.raise_signal(signal.SIGINT)
            raise ValueError("the failure")

    with pytest.raises(ValueError, match="the failure"):
        fail()


def test_other_threads_leave_signals_alone() -> None:
    found: list[t.Any] = []

    def look() -> None:
        with kept_back() as interruption:
            found.extend([signal.getsignal(signal.SIGINT), interruption.has_come])

    before = signal.getsignal(signal.SIGINT)
    thread = threading.Thread(target=look)
    thread.start()
    thread.join()
    assert found == [before, False]
