# Copyright: (c) 2026, m365.entra contributors
# GNU General Public License v3.0+ (see COPYING or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later

"""Asks guards one after the other, before anything is written."""

from __future__ import annotations

import typing as t

from .._graph.errors import GuardRefused
from .._reconcile.shape import Json
from .found_by_guards import answers_alone
from .guard_answer import ALLOWED, BLOCKED, guard_answer


class Guard(t.Protocol):
    """Looks at what would be written, and raises GuardRefused where it blocks."""

    def __call__(self) -> t.Sequence[Json] | None:
        """Its answers where it has several checks or more to say than that it allows; else nothing."""


def ask_guards(guards: t.Mapping[str, Guard]) -> tuple[Json, ...]:
    """The answer of each guard as JSON values.

    Raises the GuardRefused of the first that blocks, with the answers so far among its details.
    """
    answers: list[Json] = []
    for name, guard in guards.items():
        try:
            found = guard()
        except GuardRefused as refusal:
            blocked = refusal.details.get("guards") or [guard_answer(name, BLOCKED, refusal.message)]
            refusal.details["guards"] = answers_alone([*answers, *blocked])
            raise
        answers.extend([guard_answer(name, ALLOWED)] if found is None else found)
    return tuple(answers)
