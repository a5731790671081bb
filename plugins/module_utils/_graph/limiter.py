# Copyright: (c) 2026, m365.entra contributors
# GNU General Public License v3.0+ (see COPYING or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later

"""Keeps one process within a tenant's rate for Conditional Access: one request a second (facts section 13.2).

The limit is only paced after the service has shown it, so that a tenant that answers faster is used faster.
"""

from __future__ import annotations

import time
import typing as t

_LIMITED = ("/identity/conditionalaccess/", "/identityprotection/")
_SECONDS_BETWEEN_REQUESTS = 1.05


def is_limited(path: str) -> bool:
    """Whether *path* belongs to the services that share the one request a second."""
    lowered = path.lower()
    return any(part in lowered + "/" for part in _LIMITED)


class Limiter:
    """Paces the limited paths of one tenant once the service has throttled one of them."""

    def __init__(self, clock: t.Callable[[], float] = time.monotonic) -> None:
        self._clock = clock
        self._pacing = False
        self._last: float | None = None

    def seconds_to_wait(self, path: str) -> float:
        """How long to wait now before sending a request to *path*."""
        if not (self._pacing and self._last is not None and is_limited(path)):
            return 0.0
        return max(0.0, self._last + _SECONDS_BETWEEN_REQUESTS - self._clock())

    def sent(self, path: str) -> None:
        """Note that a request to *path* goes out now."""
        if is_limited(path):
            self._last = self._clock()

    def throttled(self, path: str) -> None:
        """Note that the service throttled *path*: from now on the limited paths are paced."""
        if is_limited(path):
            self._pacing = True
