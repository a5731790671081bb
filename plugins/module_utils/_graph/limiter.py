# Copyright: (c) 2026, m365.entra contributors
# GNU General Public License v3.0+ (see COPYING or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later

"""Keeps all processes of a user within the rates that a tenant has for some services (facts section 13.2)."""

from __future__ import annotations

import math
import time
import typing as t
from dataclasses import dataclass

from .pace import Pace, after_success, after_throttling, still_valid, with_turn
from .paces import OwnPaces, Paces


@dataclass(frozen=True)
class Rate:
    """Services that share a rate: what their paths contain, and how far apart their requests must be."""

    name: str
    parts: tuple[str, ...]
    seconds_between_requests: float

    def includes(self, path: str) -> bool:
        """Whether *path* belongs to one of the services."""
        lowered = path.lower() + "/"
        return any(part in lowered for part in self.parts)


# One request a second, and five in ten seconds; a little more apart, for the jitter of the network.
CONDITIONAL_ACCESS = Rate("conditional_access", ("/identity/conditionalaccess/", "/identityprotection/"), 1.05)
REPORTS = Rate("reports", ("/reports/", "/auditlogs/"), 2.05)
_RATES = (CONDITIONAL_ACCESS, REPORTS)


def rate_of(path: str) -> Rate | None:
    """The rate that *path* is subject to, or None."""
    return next((rate for rate in _RATES if rate.includes(path)), None)


class Limiter:
    """Paces the limited paths of one tenant, each rate by itself, once the service has throttled one of its paths."""

    def __init__(self, paces: Paces | None = None, clock: t.Callable[[], float] = time.monotonic) -> None:
        """*clock* must be one that all who share *paces* have: by default one of the machine that nobody sets."""
        self._paces = paces or OwnPaces()
        self._clock = clock
        self._held: set[Rate] = set()

    def seconds_to_wait(self, path: str, longest: float = math.inf) -> float:
        """Take the next turn of *path*: how long to wait now before the request is sent.

        A turn that is more than *longest* seconds away is told and not taken.
        """
        rate = rate_of(path)
        if rate is None:
            return 0.0
        if rate in self._held:
            self._held.remove(rate)
            return 0.0
        now = self._clock()
        next_turn = now

        def taken(pace: Pace) -> Pace:
            nonlocal next_turn
            with_it = with_turn(pace, now)
            next_turn = with_it.last if with_it.is_set else now
            return with_it if next_turn - now <= longest else pace

        self._paces.change(rate.name, taken)
        return next_turn - now

    def hold(self, path: str, longest: float = math.inf) -> float:
        """Take the next turn for the request to *path* that follows: how long to wait now, so that it need not."""
        rate = rate_of(path)
        wait = self.seconds_to_wait(path, longest)
        if rate is not None and wait <= longest:
            self._held.add(rate)
        return wait

    def throttled(self, path: str, sent: float) -> None:
        """Note that the service throttled *path* after a request at *sent*."""
        rate = rate_of(path)
        if rate is not None:
            now, known = self._clock(), rate.seconds_between_requests
            self._paces.change(rate.name, lambda pace: after_throttling(pace, now, sent, known))

    def succeeded(self, path: str) -> None:
        """Note that the service did not throttle *path*."""
        rate = rate_of(path)
        if rate is not None:
            now, known = self._clock(), rate.seconds_between_requests
            self._paces.change(rate.name, lambda pace: after_success(still_valid(pace, now), known))

    def now(self) -> float:
        """The time by the clock of the turns."""
        return self._clock()
