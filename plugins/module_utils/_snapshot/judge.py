# Copyright: (c) 2026, m365.entra contributors
# GNU General Public License v3.0+ (see COPYING or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later

"""What must become of one touched object, so that it is as it was before the run: a pure function.

What a run of somebody else has made of the object since is told, never overwritten unsaid.
"""

from __future__ import annotations

import typing as t
from dataclasses import dataclass

from .._reconcile.same_name import folded
from .._reconcile.shape import Json, snake_case
from .snapshot import Form, TouchedObject

LEAVE = "leave"
REMOVE = "remove"
PUT_BACK = "put back"
RESTORE = "restore"
REMAKE = "remake"

# The state in which policies wait while security defaults are turned off.
_STAGED = "enabledForReportingButNotEnforced"


@dataclass(frozen=True)
class Live:
    """An object as the tenant has it now, canonical; *state* is empty where the kind has none."""

    identifier: str
    name: str
    content: Json
    state: str = ""


@dataclass(frozen=True)
class Seen:
    """All objects of one kind as they are *now*, and those in its bin."""

    now: t.Sequence[Live] = ()
    deleted: t.Sequence[Live] = ()


@dataclass(frozen=True)
class Verdict:
    """What is to happen to a *touched* object.

    *identifier* is the id of the object that is meant, empty for one that is made anew. *since* says what somebody has
    changed after the run, *problem* why the object cannot be put back; either is empty where there is nothing to say.
    """

    touched: TouchedObject
    action: str
    identifier: str = ""
    since: str = ""
    problem: str = ""

    @property
    def is_remade(self) -> bool:
        """Whether the object is made anew, with another id."""
        return self.action == REMAKE


def judge(touched: TouchedObject, seen: Seen, *, is_finished: bool, passing: t.Sequence[Json] = ()) -> Verdict:
    """The verdict on one object whose forms are canonical and hold the ids of what the run created.

    *is_finished*: the run was carried out to its end, so that the object must be as it was planned. Otherwise it may be
    anything between that and what it was; *passing* are contents that it has on the way.
    """
    if touched.before is None or touched.was_deleted:
        return _judge_new(touched, seen, is_finished=is_finished, passing=passing)
    return _judge_old(touched, touched.before, seen, is_finished=is_finished, passing=passing)


def _judge_new(touched: TouchedObject, seen: Seen, *, is_finished: bool, passing: t.Sequence[Json]) -> Verdict:
    """Of what was not there before the run: it is to go, but only if it is the run's."""
    found = _by_id(touched.identifier, seen.now)
    if found is None and not touched.identifier:
        named = [one for one in seen.now if one.name == touched.name]
        found = next((one for one in named if len(named) == 1 and _is_as_planned(touched.planned, one)), None)
        if named and found is None:
            told = ", ".join(one.identifier for one in named)
            problem = f"it is not known whether the run has made what is called so now ({told}); that was left alone"
            return Verdict(touched, LEAVE, problem=problem)
    if found is None:
        return Verdict(touched, LEAVE)
    since = _since(touched, found, is_finished=is_finished, passing=passing)
    return Verdict(touched, REMOVE, found.identifier, since)


def _judge_old(
    touched: TouchedObject, before: Form, seen: Seen, *, is_finished: bool, passing: t.Sequence[Json]
) -> Verdict:
    """Of what was there before the run: it is to be as it was."""
    found = _by_id(touched.identifier, seen.now)
    deleted = None if found else _by_id(touched.identifier, seen.deleted)
    twins = [one for one in seen.now if folded(one.name) == folded(before.name) and one is not found]
    if found is None and deleted is None and len(twins) == 1 and twins[0].name == before.name:
        found, twins = twins[0], []  # it was made anew since
    if found is not None and _is(before, found):
        return Verdict(touched, LEAVE, found.identifier)
    if twins and (found is None or found.name != before.name):
        told = ", ".join(f"{one.name!r} ({one.identifier})" for one in twins)
        return Verdict(touched, LEAVE, problem=f"its name is taken by now: {told}")
    if found is not None:
        since = _since(touched, found, is_finished=is_finished, passing=passing)
        return Verdict(touched, PUT_BACK, found.identifier, since)
    since = "" if touched.planned is None else "it has been deleted"
    if deleted is not None:
        return Verdict(touched, RESTORE, deleted.identifier, since)
    return Verdict(touched, REMAKE, "", since)


def _by_id(identifier: str, objects: t.Iterable[Live]) -> Live | None:
    return next((one for one in objects if identifier and one.identifier.lower() == identifier.lower()), None)


def _is(form: Form, live: Live) -> bool:
    return (form.content, form.state) == (live.content, live.state)


def _is_as_planned(planned: Form | None, live: Live) -> bool:
    """Whether the run would have made it like this; a policy may have been staged only."""
    return planned is not None and planned.content == live.content and live.state in (planned.state, _STAGED)


def _since(touched: TouchedObject, live: Live, *, is_finished: bool, passing: t.Sequence[Json]) -> str:
    """What of the object is not as the run has left it, by its options; empty when all is."""
    if is_finished and touched.planned is None:
        return "it is there again"
    planned = touched.planned
    forms = [form for form in (planned, None if is_finished else touched.before) if form]
    contents = [*(form.content for form in forms), *passing]
    changed = [
        snake_case(name)
        for name, value in live.content.items()
        if contents and not any(content.get(name) == value for content in contents)
    ]
    states = {form.state for form in forms}
    # On the way to its end a run stages policies.
    if live.state not in (states if is_finished else {*states, _STAGED}):
        changed.insert(0, "state")
    return f"changed: {', '.join(changed)}" if changed else ""
