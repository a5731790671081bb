# Copyright: (c) 2026, m365.entra contributors
# GNU General Public License v3.0+ (see COPYING or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later

"""Carries out a plan, phase by phase, and puts back what was there when the plan asks for that."""

from __future__ import annotations

import typing as t
from dataclasses import dataclass, field

from .._graph.errors import EntraError, OutcomeUnknown
from .._graph.session import Session
from .action import CREATE, DELETE, RESTORE, UPDATE, Action, Phase, Plan

Verify = t.Callable[[Phase, t.Mapping[str, str]], None]


@dataclass
class Progress:
    """What has been done so far: the actions in order, and the ids of what was created, by key."""

    done: list[Action] = field(default_factory=list)
    created: dict[str, str] = field(default_factory=dict)


def apply_plan(session: Session, plan: Plan, verify: Verify) -> Progress:
    """Carry out *plan*; ``verify(phase, created)`` is called after each phase and raises when it does not hold.

    A failure is raised as the error that caused it, with what was done, what was not and what was put back in its
    details.
    """
    progress = Progress()
    for phase in plan.phases:
        current: Action | None = None
        try:
            for action in phase.actions:
                current = action
                carry_out(session, action, progress)
            current = None
            verify(phase, progress.created)
        except EntraError as error:
            _explain(error, plan, progress, current)
            if plan.restores:
                _restore(session, progress, error, current)
            raise
    return progress


def carry_out(session: Session, action: Action, progress: Progress) -> None:
    """Send the one request of *action* and note it as done."""
    if action.operation == CREATE:
        created = session.post(action.collection, action.body)
        progress.created[action.key] = str(created.get("id") or "")
    elif action.operation == RESTORE:
        session.post(f"{action.collection}/{action.object_id}/restore", None)
    else:
        path = _path(action, progress)
        if action.operation == UPDATE:
            session.patch(path, action.body or {})
        elif action.operation == DELETE:
            session.delete(path)
    progress.done.append(action)


def _path(action: Action, progress: Progress) -> str:
    if action.is_singleton:
        return action.collection
    return f"{action.collection}/{action.object_id or progress.created[action.key]}"


def _told(action: Action) -> dict[str, str]:
    return {"operation": action.operation, "resource": action.resource, "name": action.name, "reason": action.reason}


def _explain(error: EntraError, plan: Plan, progress: Progress, failed: Action | None) -> None:
    error.details["done"] = [_told(action) for action in progress.done]
    error.details["not_done"] = [_told(action) for action in plan.actions if action not in progress.done]
    if failed is not None:
        error.message = f"{failed.resource} {failed.name!r}: {error.message}"


def _restore(session: Session, progress: Progress, error: EntraError, failed: Action | None) -> None:
    """Take back what was done, last first; what cannot be taken back is told, not hidden."""
    to_undo = list(progress.done)
    if failed is not None and failed.operation == UPDATE and isinstance(error, OutcomeUnknown):
        # It may have taken effect; taking back an update twice does no harm.
        to_undo.append(failed)
    restored, not_restored = [], []
    for action in reversed(to_undo):
        if action.undo is None:
            continue
        try:
            carry_out(session, action.undo, progress)
            restored.append(_told(action))
        except EntraError as problem:
            not_restored.append({**_told(action), "problem": str(problem)})
    error.details["restored"] = restored
    error.details["not_restored"] = not_restored
    error.remedy = " ".join(filter(None, (error.remedy, _summary(restored, not_restored))))


def _summary(restored: t.Sequence[t.Any], not_restored: t.Sequence[t.Mapping[str, str]]) -> str:
    if not_restored:
        names = ", ".join(f"{one['resource']} {one['name']!r} ({one['problem']})" for one in not_restored)
        return f"ATTENTION: what was there before could not be put back for: {names}."
    if restored:
        return "What was there before has been put back."
    return "Nothing had been changed yet."
