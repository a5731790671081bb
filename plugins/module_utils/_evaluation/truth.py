# Copyright: (c) 2026, m365.entra contributors
# GNU General Public License v3.0+ (see COPYING or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later

"""Yes, no, or cannot be told: what is not said about a sign-in is never guessed."""

from __future__ import annotations

import typing as t
from dataclasses import dataclass


@dataclass(frozen=True)
class Truth:
    """The answer to one question; *value* is None where it cannot be told, because *missing* was not said."""

    value: bool | None
    missing: frozenset[str] = frozenset()

    @property
    def is_yes(self) -> bool:
        """Whether it is surely so."""
        return self.value is True

    @property
    def is_no(self) -> bool:
        """Whether it is surely not so."""
        return self.value is False

    def negated(self) -> Truth:
        """The answer to the opposite question."""
        return self if self.value is None else Truth(not self.value)

    def but_not(self, other: Truth) -> Truth:
        """Whether this holds and *other* does not."""
        return all_of((self, other.negated()))


YES = Truth(True)
NO = Truth(False)


def told(value: bool) -> Truth:
    """The answer where everything was said."""
    return YES if value else NO


def untold(*missing: str) -> Truth:
    """No answer, because of what is *missing*: a sign-in's option, or a sentence where no option can help."""
    return Truth(None, frozenset(missing))


def any_of(answers: t.Iterable[Truth]) -> Truth:
    """Whether at least one holds; one that surely does is enough, whatever the others are."""
    found = list(answers)
    if any(one.is_yes for one in found):
        return YES
    return _undecided(found) or NO


def all_of(answers: t.Iterable[Truth]) -> Truth:
    """Whether all hold; one that surely does not is enough, whatever the others are."""
    found = list(answers)
    if any(one.is_no for one in found):
        return NO
    return _undecided(found) or YES


def _undecided(answers: list[Truth]) -> Truth | None:
    undecided = [one for one in answers if one.value is None]
    return untold(*(name for one in undecided for name in one.missing)) if undecided else None
