# Copyright: (c) 2026, m365.entra contributors
# GNU General Public License v3.0+ (see COPYING or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later

"""The time that is looked at (facts section 9.2: sign-ins are kept for 30 days)."""

from __future__ import annotations

import typing as t
from dataclasses import dataclass
from datetime import UTC, datetime, timedelta

from .._graph.errors import OptionError

DEFAULT_DAYS = 7
DAYS_KEPT = 30


@dataclass(frozen=True)
class Observation:
    """A time from *since* to *until*, both included."""

    since: datetime
    until: datetime

    @property
    def expression(self) -> str:
        """The time as a filter of the sign-in log."""
        return f"createdDateTime ge {written(self.since)} and createdDateTime le {written(self.until)}"

    def begins_before_the_log(self, now: datetime) -> bool:
        """Whether the service has forgotten some of it."""
        return self.since < now - timedelta(days=DAYS_KEPT)


def written(moment: datetime) -> str:
    """A moment as Graph writes it, in whole seconds."""
    return f"{moment:%Y-%m-%dT%H:%M:%SZ}"


def observation_from(params: t.Mapping[str, t.Any], now: datetime) -> Observation:
    """The time that the options *days*, *since* and *until* mean.

    Raises OptionError where they mean none, or one that has not been yet.
    """
    until = _moment(params["until"], "until") if params["until"] else now
    if until > now:
        raise OptionError(f"until: {params['until']} lies in the future.", remedy="Leave it out to look until now.")
    if params["since"]:
        since = _moment(params["since"], "since")
        if since >= until:
            raise OptionError("since: it is not before until.", remedy="Give the earlier moment as since.")
        return in_seconds(since, until)
    days = DEFAULT_DAYS if params["days"] is None else params["days"]
    if not 1 <= days <= DAYS_KEPT:
        raise OptionError(
            f"days: {days} is not between 1 and {DAYS_KEPT}.", remedy=f"Sign-ins are kept for {DAYS_KEPT} days."
        )
    return in_seconds(until - timedelta(days=days), until)


def in_seconds(since: datetime, until: datetime) -> Observation:
    """The whole seconds that hold both moments: what was logged this very second belongs to it."""
    end = until.replace(microsecond=0)
    return Observation(since.replace(microsecond=0), end if end == until else end + timedelta(seconds=1))


def _moment(text: str, path: str) -> datetime:
    """A moment in UTC; one without a zone is UTC already."""
    try:
        moment = datetime.fromisoformat(text)
    except ValueError:
        remedy = "Write it as 2026-11-01 or 2026-11-01T08:00:00Z."
        raise OptionError(f"{path}: {text!r} is no moment.", remedy=remedy) from None
    return moment.replace(tzinfo=UTC) if moment.tzinfo is None else moment.astimezone(UTC)
