# Copyright: (c) 2026, m365.entra contributors
# GNU General Public License v3.0+ (see COPYING or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later

"""What a guard found, beside its answer: results show it where people look for it, and not among the answers."""

from __future__ import annotations

import typing as t

from .._reconcile.shape import Json

_FOUND = "found"


def with_found(answer: Json, found: Json) -> Json:
    """The *answer* of a guard, with what it found."""
    return {**answer, _FOUND: found}


def found_by(answers: t.Iterable[Json], guard: str) -> Json | None:
    """What the *guard* found; None where it was not asked."""
    return next((one[_FOUND] for one in answers if one["guard"] == guard and _FOUND in one), None)


def answers_alone(answers: t.Iterable[Json]) -> list[Json]:
    """The *answers*, as results list them."""
    return [{name: value for name, value in one.items() if name != _FOUND} for one in answers]
