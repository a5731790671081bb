# Copyright: (c) 2026, m365.entra contributors
# GNU General Public License v3.0+ (see COPYING or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later

"""Takes back what a failed run has done, without leaving the tenant weaker than it was."""

from __future__ import annotations

import typing as t
from dataclasses import dataclass, field

from .._graph.errors import EntraError
from .._graph.session import Session
from .action import CREATE, Action, Plan
from .carry_out import Progress, carry_out, told


@dataclass
class Restoration:
    """What became of putting things back: the actions taken back, the problems, and what was done again instead."""

    restored: list[Action] = field(default_factory=list)
    problems: list[dict[str, str]] = field(default_factory=list)
    done_again: list[Action] = field(default_factory=list)

    def summary(self) -> str:
        """One sentence for people."""
        if not self.problems:
            return "What was there before has been put back." if self.restored else "Nothing had been changed yet."
        names = ", ".join(f"{one['resource']} {one['name']!r} ({one['problem']})" for one in self.problems)
        again = ", ".join(dict.fromkeys(repr(action.name) for action in self.done_again))
        kept = f" So that the tenant is not left open, these were put into effect again: {again}." if again else ""
        return f"ATTENTION: what was there before could not be put back for: {names}.{kept}"


def restore(session: Session, plan: Plan, done: t.Sequence[Action], progress: Progress) -> Restoration:
    """Take back *done*, the last phase first.

    When a phase that protects the tenant cannot be taken back, what the phases before it created may stand in the way:
    that is removed and the phase tried once more. When it still cannot be taken back, everything later is carried out
    again instead of being left undone, and nothing before is touched.
    """
    result = Restoration()
    remaining = list(done)
    undone_later: list[Action] = []
    for index in reversed(range(len(plan.phases))):
        phase = plan.phases[index]
        undone, problems = _undo(session, _of(phase.actions, remaining), progress)
        if problems and phase.protects:
            created = [action for action in _of(_before(plan, index), remaining) if action.operation == CREATE]
            removed = _undo(session, created, progress)[0]
            undone, problems = _undo(session, _of(phase.actions, remaining), progress)
            if problems:
                result.problems.extend(problems)
                _do_again(session, [*reversed(removed), *reversed(undone_later)], progress, result)
                break
            result.restored.extend(removed)
            remaining = [action for action in remaining if action not in removed]
        result.restored.extend(undone)
        result.problems.extend(problems)
        undone_later.extend(undone)
    return result


def _before(plan: Plan, index: int) -> list[Action]:
    return [action for phase in plan.phases[:index] for action in phase.actions]


def _of(actions: t.Iterable[Action], wanted: t.Container[Action]) -> list[Action]:
    return [action for action in actions if action in wanted]


def _undo(
    session: Session, actions: t.Sequence[Action], progress: Progress
) -> tuple[list[Action], list[dict[str, str]]]:
    """Take back *actions*, the last first; what was taken back, and what could not be."""
    undone: list[Action] = []
    problems: list[dict[str, str]] = []
    for action in reversed(actions):
        if action.undo is None:
            continue
        try:
            carry_out(session, action.undo, progress)
            undone.append(action)
        except EntraError as problem:
            problems.append({**told(action), "problem": str(problem)})
    return undone, problems


def _do_again(session: Session, actions: t.Sequence[Action], progress: Progress, result: Restoration) -> None:
    for action in actions:
        try:
            carry_out(session, action, progress)
            result.done_again.append(action)
            if action in result.restored:
                result.restored.remove(action)
        except EntraError as problem:
            result.problems.append({**told(action), "problem": str(problem)})
