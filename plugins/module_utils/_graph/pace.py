# Copyright: (c) 2026, m365.entra contributors
# GNU General Public License v3.0+ (see COPYING or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later

"""How fast requests may follow each other, as a value: what a turn, a refusal and a success make of it.

Nothing is paced until the service throttles. From then on requests keep the distance that the service is known to
allow; a longer one where it throttles even so (other programs use the tenant, too), which shrinks again with each
success. A minute without throttling ends it: a tenant that answers faster is used faster.
"""

from __future__ import annotations

from dataclasses import dataclass, replace

_FORGOTTEN_AFTER_SECONDS = 60.0
_LONGER_BY = 1.5
_LONGEST_IN_KNOWN_DISTANCES = 4
_SHORTER_BY_SECONDS = 0.1
# No queue of ours is this long: such a time was written by another clock.
_BELIEVABLE_SECONDS = 600.0


@dataclass(frozen=True)
class Pace:
    """*seconds_apart* is 0 where nothing is paced; *last* is the turn taken last, which may still be to come."""

    seconds_apart: float = 0.0
    last: float = 0.0
    throttled: float = 0.0

    @property
    def is_set(self) -> bool:
        """Whether requests are paced."""
        return self.seconds_apart > 0


UNPACED = Pace()


def still_valid(pace: Pace, now: float) -> Pace:
    """*pace*, or none where it was forgotten by now or cannot be from this clock."""
    is_believable = max(pace.last, pace.throttled) - now < _BELIEVABLE_SECONDS
    is_remembered = abs(now - pace.throttled) < _FORGOTTEN_AFTER_SECONDS
    return pace if is_believable and is_remembered else UNPACED


def with_turn(pace: Pace, now: float) -> Pace:
    """*pace* after a turn was taken: its *last* is when the request may go out."""
    pace = still_valid(pace, now)
    return replace(pace, last=max(now, pace.last + pace.seconds_apart)) if pace.is_set else UNPACED


def after_throttling(pace: Pace, now: float, sent: float, known_distance: float) -> Pace:
    """*pace* after a request that went out at *sent* was throttled.

    One that had been on its way when the pace was set says nothing about that pace.
    """
    pace = still_valid(pace, now)
    if not pace.is_set:
        return Pace(known_distance, now, now)
    longer = min(pace.seconds_apart * _LONGER_BY, known_distance * _LONGEST_IN_KNOWN_DISTANCES)
    apart = longer if sent > pace.throttled else pace.seconds_apart
    return Pace(apart, max(pace.last, now), now)


def after_success(pace: Pace, known_distance: float) -> Pace:
    """*pace* after a request was not throttled."""
    if pace.seconds_apart <= known_distance:
        return pace
    return replace(pace, seconds_apart=max(known_distance, pace.seconds_apart - _SHORTER_BY_SECONDS))
