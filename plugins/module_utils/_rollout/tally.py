# Copyright: (c) 2026, m365.entra contributors
# GNU General Public License v3.0+ (see COPYING or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later

"""Counts by person and by application in little memory: each thing has a number, and a count is four bytes at most."""

from __future__ import annotations

import heapq
import typing as t
from array import array
from dataclasses import dataclass, field

from .._reconcile.shape import Json


@dataclass
class Roster:
    """The things that were met, numbered from 0 on, with the name that each had when it was met first."""

    _numbers: dict[str, int] = field(default_factory=dict)
    _names: list[str] = field(default_factory=list)

    def number(self, identifier: str, name: str) -> int:
        """The number of the thing with that id, a new one for a new thing."""
        known = self._numbers.get(identifier)
        if known is not None:
            return known
        self._names.append(name)
        return self._numbers.setdefault(identifier, len(self._numbers))

    def things(self) -> t.Iterator[tuple[int, str, str]]:
        """Number, id and name of everything."""
        return ((number, identifier, self._names[number]) for identifier, number in self._numbers.items())


@dataclass
class Tally:
    """How often each of a roster's things was counted."""

    _counts: array[int] = field(default_factory=lambda: array("I"))

    def add(self, number: int) -> None:
        """Count the thing with that number once more."""
        missing = number + 1 - len(self._counts)
        if missing > 0:
            self._counts.extend([0] * missing)
        self._counts[number] += 1

    @property
    def distinct(self) -> int:
        """How many different things were counted."""
        return len(self._counts) - self._counts.count(0)

    def of(self, number: int) -> int:
        """How often the thing with that number was counted."""
        return self._counts[number] if number < len(self._counts) else 0


@dataclass
class Met:
    """Which of a roster's things were met at all."""

    _flags: bytearray = field(default_factory=bytearray)

    def add(self, number: int) -> None:
        """Note that the thing with that number was met."""
        self._flags.extend(bytes(max(0, number + 1 - len(self._flags))))
        self._flags[number] = 1

    @property
    def distinct(self) -> int:
        """How many different things were met."""
        return self._flags.count(1)


@dataclass(frozen=True)
class Counted:
    """A person or an application, and how often it was met."""

    identifier: str
    name: str
    count: int

    def to_result(self, name_of_name: str) -> Json:
        """The thing as a task returns it."""
        return {"id": self.identifier, name_of_name: self.name, "count": self.count}


def most_frequent(tally: Tally, roster: Roster, maximum: int) -> tuple[Counted, ...]:
    """The *maximum* things that were counted most, by count and then by name."""
    counted = (
        Counted(identifier, name, count) for number, identifier, name in roster.things() if (count := tally.of(number))
    )
    return tuple(heapq.nsmallest(maximum, counted, key=_order))


def _order(one: Counted) -> tuple[int, str, str]:
    return -one.count, one.name.lower(), one.identifier
