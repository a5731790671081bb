# Copyright: (c) 2026, m365.entra contributors
# GNU General Public License v3.0+ (see COPYING or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later

"""What the rows of the registration report come to, without keeping them (facts section 9.1)."""

from __future__ import annotations

import typing as t
from collections import Counter
from dataclasses import dataclass, field

from .._reconcile.shape import Json
from .registration_counts import RegistrationCounts
from .registration_not_ready import NotReady

GUEST = "guest"
MEMBER = "member"


def is_guest(row: Json) -> bool:
    """Whether a row is of a guest; whoever is not said to be one is a member."""
    return str(row.get("userType") or MEMBER).lower() == GUEST


@dataclass
class RegistrationSummary:
    """Counts of everyone and of some kinds of people, what they use, how old that is, and who is not ready."""

    not_ready: NotReady
    everyone: RegistrationCounts = field(default_factory=RegistrationCounts)
    administrators: RegistrationCounts = field(default_factory=RegistrationCounts)
    members: RegistrationCounts = field(default_factory=RegistrationCounts)
    guests: RegistrationCounts = field(default_factory=RegistrationCounts)
    methods: Counter[str] = field(default_factory=Counter)
    second_factors: Counter[str] = field(default_factory=Counter)
    oldest_update: str = ""
    newest_update: str = ""

    def add(self, rows: t.Sequence[Json]) -> None:
        """Take in some rows."""
        self.not_ready.add(rows)
        for row in rows:
            self._count(row)

    def _count(self, row: Json) -> None:
        self.everyone.add(row)
        (self.guests if is_guest(row) else self.members).add(row)
        if row.get("isAdmin") is True:
            self.administrators.add(row)
        self.methods.update(row.get("methodsRegistered") or ())
        self.second_factors[str(row.get("userPreferredMethodForSecondaryAuthentication") or "none")] += 1
        self._date(str(row.get("lastUpdatedDateTime") or ""))

    def _date(self, updated: str) -> None:
        if not updated:
            return
        self.oldest_update = min(self.oldest_update or updated, updated, key=_moment)
        self.newest_update = max(self.newest_update or updated, updated, key=_moment)

    def to_result(self) -> dict[str, t.Any]:
        """The summary as a task returns it."""
        return {
            "everyone": self.everyone.to_result(),
            "administrators": self.administrators.to_result(),
            "members": self.members.to_result(),
            "guests": self.guests.to_result(),
            "methods": _by_frequency("method", self.methods),
            "preferred_second_factors": _by_frequency("second_factor", self.second_factors),
            "oldest_update": self.oldest_update or None,
            "newest_update": self.newest_update or None,
            **self.not_ready.to_result(),
        }


def _moment(updated: str) -> str:
    # Without the Z a time comes before the same time with a fraction of a second.
    return updated.removesuffix("Z")


def _by_frequency(noun: str, counts: Counter[str]) -> list[dict[str, t.Any]]:
    ordered = sorted(counts.items(), key=lambda item: (-item[1], item[0]))
    return [{noun: name, "users": count} for name, count in ordered]
