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
    """Whether somebody wants the process to end."""

    def __init__(self) -> None:
        self.has_come = False

    def note(self, _number: int, _frame: FrameType | None) -> None:
        """Handle the signal by remembering it."""
        self.has_come = True

    def stop_here(self) -> None:
        """Raise KeyboardInterrupt when somebody wants the process to end."""
        if self.has_come:
            raise KeyboardInterrupt


@contextmanager
def kept_back() -> t.Iterator[Interruption]:
    """Keep SIGINT and SIGTERM back for the time of a ``with`` block, and raise KeyboardInterrupt after it if one came.

    Only the main thread can do that; in any other nothing is kept back.
    """
    interruption = Interruption()
    if threading.current_thread() is not threading.main_thread():
        yield interruption
        return
    before = {number: signal.signal(number, interruption.note) for number in _INTERRUPTIONS}
    try:
        yield interruption
    finally:
        for number, handler in before.items():
            # None stands for a handler that Python did not set and cannot put back.
            signal.signal(number, signal.SIG_DFL if handler is None else handler)
    interruption.stop_here()


@contextmanager
def let_through() -> t.Iterator[Interruption]:
    """Keep nothing back: there is nothing that an interruption would leave half done."""
    yield Interruption()
