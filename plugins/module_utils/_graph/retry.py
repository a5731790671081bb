# Copyright: (c) 2026, m365.entra contributors
# GNU General Public License v3.0+ (see COPYING or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later

"""When and how long to wait before asking again (facts section 13.2)."""

from __future__ import annotations

import random
from dataclasses import dataclass

THROTTLED = 429
_PASSING = frozenset({500, 502, 503, 504})
_FIRST_WAIT_SECONDS = 1.0
_LONGEST_WAIT_SECONDS = 30.0
_LONGEST_GIVEN_WAIT_SECONDS = 120.0


@dataclass(frozen=True)
class RetryPolicy:
    """How often a request is repeated. Reads are repeated freely, writes only when they were certainly not done.

    *attempts* bounds how often something fails; being throttled is only bounded by *deadline*, in seconds from the
    first attempt, after which none begins.
    """

    attempts: int = 6
    deadline: float = 300.0

    def wait_before_retry(
        self,
        method: str,
        status: int | None,
        attempt: int,
        retry_after: str | None,
        *,
        elapsed: float = 0.0,
        takes_turns: bool = False,
    ) -> float | None:
        """Seconds to wait before attempt *attempt* + 1, or None when the answer is final.

        With *takes_turns* the limiter keeps what was throttled waiting, so that little is added here.
        *status* is None when no answer came. A throttled write (429) was not carried out and may be repeated; any
        other unclear answer to a write may hide a committed change, which only a read can tell.
        """
        if status != THROTTLED and (attempt >= self.attempts or not _is_repeatable(method, status)):
            return None
        is_paced = takes_turns and status == THROTTLED
        wait = _given_wait(retry_after) or (_jitter() if is_paced else _backoff(attempt))
        return wait if elapsed + wait <= self.deadline else None


def _is_repeatable(method: str, status: int | None) -> bool:
    return method == "GET" and (status is None or status in _PASSING)


def _given_wait(retry_after: str | None) -> float | None:
    if retry_after and retry_after.strip().isdigit():
        return min(float(retry_after), _LONGEST_GIVEN_WAIT_SECONDS)
    return None


def _jitter() -> float:
    # It keeps parallel runs against one tenant from meeting again; it protects nothing.
    return random.uniform(0.0, 0.3)


def _backoff(attempt: int) -> float:
    doubled = _FIRST_WAIT_SECONDS * (1 << min(attempt - 1, 10))
    return min(doubled, _LONGEST_WAIT_SECONDS) + _jitter()


def is_unclear(status: int) -> bool:
    """Whether a write that got this status may have been carried out."""
    return status in _PASSING
