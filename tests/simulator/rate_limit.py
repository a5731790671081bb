# Copyright: (c) 2026, m365.entra contributors
# GNU General Public License v3.0+ (see COPYING or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later
"""The rate at which a tenant accepts requests (facts section 13.2)."""

from __future__ import annotations

import threading
import time
from collections import deque

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


class WindowLimiter:
    """Accepts so many requests within a window that moves with time; a refused request does not count."""

    def __init__(self) -> None:
        self._accepted: deque[float] = deque()
        self._lock = threading.Lock()

    def wait(self, requests: int, window: float, moment: float | None = None) -> float:
        """Return 0 where a request arriving now is accepted, or the seconds until one would be; 0 requests = any."""
        if requests <= 0:
            return 0.0
        now = time.monotonic() if moment is None else moment
        with self._lock:
            while self._accepted and self._accepted[0] <= now - window:
                self._accepted.popleft()
            if len(self._accepted) >= requests:
                return self._accepted[-requests] + window - now
            self._accepted.append(now)
            return 0.0
