# Copyright: (c) 2026, m365.entra contributors
# GNU General Public License v3.0+ (see COPYING or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later

"""Keeps one process within the rates that a tenant has for some services (facts section 13.2).

A rate is only paced after the service has shown it, so that a tenant that answers faster is used faster.
"""

from __future__ import annotations

import time
import typing as t
from dataclasses import dataclass


@dataclass(frozen=True)
class Rate:
    """Services that share a rate: what their paths contain, and how far apart their requests must be."""

    parts: tuple[str, ...]
    seconds_between_requests: float

    def includes(self, path: str) -> bool:
        """Whether *path* belongs to one of the services."""
        lowered = path.lower() + "/"
        return any(part in lowered for part in self.parts)


# One request a second, and five in ten seconds; a little more apart, for the jitter of the network.
CONDITIONAL_ACCESS = Rate(("/identity/conditionalaccess/", "/identityprotection/"), 1.05)
REPORTS = Rate(("/reports/", "/auditlogs/"), 2.05)
_RATES = (CONDITIONAL_ACCESS, REPORTS)


def rate_of(path: str) -> Rate | None:
    """The rate that *path* is subject to, or None."""
    return next((rate for rate in _RATES if rate.includes(path)), None)


class Limiter:
    """Paces the limited paths of one tenant, each rate by itself, once the service has throttled one of its paths."""

    def __init__(self, clock: t.Callable[[], float] = time.monotonic) -> None:
        self._clock = clock
        self._paced: set[Rate] = set()
        self._last: dict[Rate, float] = {}

    def seconds_to_wait(self, path: str) -> float:
        """How long to wait now before sending a request to *path*."""
        rate = rate_of(path)
        if rate is None or rate not in self._paced or rate not in self._last:
            return 0.0
        return max(0.0, self._last[rate] + rate.seconds_between_requests - self._clock())

    def sent(self, path: str) -> None:
        """Note that a request to *path* goes out now."""
        rate = rate_of(path)
        if rate is not None:
            self._last[rate] = self._clock()

    def throttled(self, path: str) -> None:
        """Note that the service throttled *path*: from now on the paths that share its rate are paced."""
        rate = rate_of(path)
        if rate is not None:
            self._paced.add(rate)
