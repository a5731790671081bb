# Copyright: (c) 2026, m365.entra contributors
# GNU General Public License v3.0+ (see COPYING or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later

"""Ends processes with the one that started them. Private to this collection."""

from __future__ import annotations

import os
import signal
import threading
from multiprocessing import Pipe
from multiprocessing.connection import wait

_ENDING = (signal.SIGINT, signal.SIGTERM)


class Lifeline:
    """A pipe that the parent holds: it breaks when the parent lets go or ends, also where that is killed.

    What multiprocessing has for this works only where the parent ends in an orderly way.
    """

    def __init__(self) -> None:
        self._breaking, self._held = Pipe(duplex=False)

    def bind(self) -> None:
        """Have this process, a child, end with its parent, and at once where it is told to."""
        self._held.close()
        for number in _ENDING:
            # Ansible's own handlers, which a fork has too, are about the parent.
            signal.signal(number, signal.SIG_DFL)
        threading.Thread(target=self._end, daemon=True).start()

    def let_go(self) -> None:
        """End the children that are still there."""
        self._held.close()
        self._breaking.close()

    def _end(self) -> None:
        wait([self._breaking])
        os._exit(1)
