# Copyright: (c) 2026, m365.entra contributors
# GNU General Public License v3.0+ (see COPYING or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later

"""Keeps interruptions back until a place where what was done can be taken back.

In the middle of a request nobody knows what the service makes of it: what takes it back might arrive before it.
"""

from __future__ import annotations

import signal
import threading
import typing as t
from contextlib import contextmanager
from types import FrameType

_INTERRUPTIONS = (signal.SIGINT, signal.SIGTERM)


class Interruption:
    """Whether somebody wants the process, or Ansible wants the task (timeout), to end."""

    def __init__(self) -> None:
        self.has_come = False
        self.is_alarm = False

    def note(self, number: int, _frame: FrameType | None) -> None:
        """Handle the signal by remembering it."""
        self.has_come = True
        self.is_alarm = self.is_alarm or number == signal.SIGALRM

    def stop_here(self) -> None:
        """Raise KeyboardInterrupt when somebody wants an end."""
        if self.has_come:
            raise KeyboardInterrupt


@contextmanager
def kept_back() -> t.Iterator[Interruption]:
    """Keep signals that end the process or the task back for the time of a ``with`` block.

    If one came, KeyboardInterrupt is raised after it, or what the handler of an alarm raises. Only the main thread can
    do that; in any other nothing is kept back.
    """
    interruption = Interruption()
    if threading.current_thread() is not threading.main_thread():
        yield interruption
        return
    before = {number: signal.signal(number, interruption.note) for number in _kept_signals()}
    try:
        yield interruption
    except KeyboardInterrupt:
        _put_back(before)
        _ring(interruption)
        raise
    finally:
        _put_back(before)
    _ring(interruption)
    interruption.stop_here()


def _kept_signals() -> list[signal.Signals]:
    """An alarm is Ansible's way to end a task in time; one that nobody handles would be none."""
    alarm = [signal.SIGALRM] if callable(signal.getsignal(signal.SIGALRM)) else []
    return [*_INTERRUPTIONS, *alarm]


def _put_back(handlers: t.Mapping[signal.Signals, t.Any]) -> None:
    for number, handler in handlers.items():
        # None stands for a handler that Python did not set and cannot put back.
        signal.signal(number, signal.SIG_DFL if handler is None else handler)


def _ring(interruption: Interruption) -> None:
    """Hand an alarm that was kept back to its own handler, whose error says what the time was up for."""
    if interruption.is_alarm:
        signal.raise_signal(signal.SIGALRM)


@contextmanager
def let_through() -> t.Iterator[Interruption]:
    """Keep nothing back: there is nothing that an interruption would leave half done."""
    yield Interruption()
