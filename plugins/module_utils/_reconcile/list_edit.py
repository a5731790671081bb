# Copyright: (c) 2026, m365.entra contributors
# GNU General Public License v3.0+ (see COPYING or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later

"""Edits of a list: what joins it and what leaves it, in place of the whole list."""

from __future__ import annotations

import typing as t

from .canonical import canonical_value
from .shape import ChoiceSet, CidrRanges, Combinations, Field, FlagSet, Json, Part, References, Targets, TextSet
from .targets import with_edit

LISTS = (ChoiceSet, FlagSet, References, TextSet, CidrRanges, Combinations, Targets)
ADD = "add"
REMOVE = "remove"
SET = "set"


def is_list(field: Field | None) -> bool:
    """Whether *field* holds a list whose order means nothing, so that it can be edited."""
    return isinstance(field, LISTS)


def is_edit(field: Field | None, value: t.Any) -> bool:
    """Whether *value* edits the list that *field* holds."""
    return is_list(field) and isinstance(value, dict)


def edited(field: Field, current: t.Any, edit: t.Mapping[str, t.Any]) -> list[t.Any]:
    """The canonical list that *edit* makes of *current*; what is both added and removed is removed."""
    if isinstance(field, Targets):
        targets = with_edit(current or (), edit.get(ADD) or (), edit.get(REMOVE) or ())
        return t.cast("list[t.Any]", canonical_value(field, targets))
    present = canonical_value(field, current)
    # An empty side of an edit is empty, also where an empty list would mean something.
    added, removed = (canonical_value(field, edit[side]) if edit.get(side) else [] for side in (ADD, REMOVE))
    return t.cast("list[t.Any]", canonical_value(field, [one for one in [*present, *added] if one not in removed]))


def plain_list(value: t.Any) -> t.Any:
    """An option's list as content holds it: ``{set: [...]}`` is the list itself, a single text a list of one."""
    if isinstance(value, dict) and set(value) == {SET}:
        return plain_list(value[SET]) or []
    if isinstance(value, dict):
        return {side: [] if members is None else plain_list(members) for side, members in value.items()}
    return [value] if isinstance(value, str) else value


def edits_in(part: Part, content: Json) -> Json:
    """Only the edits in a partial *content*, at their places."""
    found: Json = {}
    for name, value in content.items():
        field = part.field(name)
        if isinstance(field, Part) and isinstance(value, dict):
            inner = edits_in(field, value)
            if inner:
                found[name] = inner
        elif is_edit(field, value):
            found[name] = value
    return found


def keeping_current(part: Part, whole: Json, current: Json, edits: Json) -> Json:
    """*whole* with what the edited lists hold in *current* kept, but for what the edits remove.

    Who adds to a list does not mean to take anything else out of it.
    """
    result = dict(whole)
    for name, edit in edits.items():
        field = part.field(name)
        if isinstance(field, Part):
            result[name] = keeping_current(field, result.get(name) or {}, current.get(name) or {}, edit)
        elif field is not None:
            both = [*canonical_value(field, result.get(name)), *canonical_value(field, current.get(name))]
            result[name] = edited(field, both, edit)
    return result
