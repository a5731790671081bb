# Copyright: (c) 2026, m365.entra contributors
# GNU General Public License v3.0+ (see COPYING or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later

"""Shows a plan to people: values with names beside ids, a before and after of what changes."""

from __future__ import annotations

import typing as t

from .action import DELETE, Action, Plan
from .created import keys_in
from .shape import Json, snake_case

Named = t.Callable[[str, t.Any], t.Any]


def plan_result(plan: Plan, named: Named) -> list[Json]:
    """The plan as JSON values: one entry for each action; ``named(path, value)`` puts names beside ids.

    ``depends_on`` holds the numbers of the actions, counted from 1, that an action needs to have been carried out.
    """
    steps = [(phase, action) for phase in plan.phases for action in phase.actions]
    return [
        {
            "phase": phase.name,
            "operation": action.operation,
            "resource": action.resource,
            "name": action.name,
            "id": action.object_id,
            "reason": action.reason,
            "depends_on": needed,
            "changes": [
                {
                    "path": change.path,
                    "before": shown(named(change.path, change.before)),
                    "after": shown(named(change.path, change.after)),
                }
                for change in action.changes
            ],
        }
        for (phase, action), needed in zip(steps, dependencies(plan), strict=True)
    ]


def dependencies(plan: Plan) -> list[list[int]]:
    """For each action the numbers, counted from 1, of earlier ones that must have been carried out."""
    found: list[list[int]] = []
    before: list[Action] = []
    turns: set[int] = set()
    for phase in plan.phases:
        everything = range(1, len(before) + 1)
        for action in phase.actions:
            needed = turns.union(everything if phase.is_turning_point else _needed(action, before))
            found.append(sorted(needed))
            before.append(action)
        if phase.is_turning_point:
            turns.update(range(len(everything) + 1, len(before) + 1))
    return found


def _needed(action: Action, before: t.Sequence[Action]) -> set[int]:
    """Those of the same object, those that make what *action* refers to, and those that let go what it removes."""
    keys = {action.key, *keys_in(action.body)}
    removed = action.object_id if action.operation == DELETE else None
    return {
        number
        for number, earlier in enumerate(before, start=1)
        if earlier.key in keys or (removed and earlier.undo and _mentions(earlier.undo.body, removed))
    }


def _mentions(value: t.Any, identifier: str) -> bool:
    if isinstance(value, dict):
        return any(_mentions(member, identifier) for member in value.values())
    if isinstance(value, list):
        return any(_mentions(member, identifier) for member in value)
    return bool(value == identifier)


def plan_diff(plan: Plan, named: Named) -> Json:
    """The plan as Ansible's diff: what changes, by object and option path, before and after.

    Several actions on one object are shown as one change from the first state to the last.
    """
    before: dict[str, Json] = {}
    after: dict[str, Json] = {}
    for action in plan.actions:
        title = f"{action.resource} {action.name}"
        old = before.setdefault(title, {})
        new = after.setdefault(title, {})
        _note_presence(action, old, new)
        for change in action.changes:
            old.setdefault(change.path, shown(named(change.path, change.before)))
            new[change.path] = shown(named(change.path, change.after))
    return {"before": _without_empty(before), "after": _without_empty(after)}


def shown(value: t.Any) -> t.Any:
    """*value* with complex members in option names, without what is empty."""
    if isinstance(value, dict):
        return {snake_case(name): shown(member) for name, member in value.items() if member not in (None, [], False)}
    return [shown(member) for member in value] if isinstance(value, list) else value


def _note_presence(action: Action, old: Json, new: Json) -> None:
    if action.operation == "delete":
        old["state"], new["state"] = "present", "absent"
    elif action.operation == "create":
        old["state"], new["state"] = "absent", "present"


def _without_empty(sides: dict[str, Json]) -> Json:
    """Values that say nothing are left out, so that a new object is not shown against a list of nulls."""
    return {
        title: {path: value for path, value in sorted(values.items()) if value not in (None, [], {})}
        for title, values in sorted(sides.items())
    }


def plan_status(*, is_changed: bool, check_mode: bool) -> str:
    """What a pipeline wants to know of a plan in a word."""
    if not is_changed:
        return "nothing_to_do"
    return "changes_pending" if check_mode else "changed"


def as_it_is(_path: str, value: t.Any) -> t.Any:
    """The value, for plans that already speak in names."""
    return value
