# Copyright: (c) 2026, m365.entra contributors
# GNU General Public License v3.0+ (see COPYING or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later
"""The rate at which a tenant accepts requests (facts section 13.2)."""

from __future__ import annotations

import threading
import time

# A client that spaces its requests exactly is not to be refused for the jitter of the network.
JITTER_ALLOWANCE = 0.05


class RateLimiter:
    """Accepts requests that keep their distance; a refused request does not count."""

    def __init__(self) -> None:
        self._next_allowed = 0.0
        self._lock = threading.Lock()

    def accepts(self, requests_per_second: float, moment: float | None = None) -> bool:
        """Say whether a request arriving now is within the rate; 0 means unlimited."""
        if requests_per_second <= 0:
            return True
        interval = 1 / requests_per_second
        now = time.monotonic() if moment is None else moment
        with self._lock:
            if now < self._next_allowed - interval * JITTER_ALLOWANCE:
                return False
            self._next_allowed = max(now, self._next_allowed) + interval
            return True
