# Copyright: (c) 2026, m365.entra contributors
# GNU General Public License v3.0+ (see COPYING or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later

"""Takes back what a failed run has done, without leaving the tenant weaker than it was."""

from __future__ import annotations

import typing as t
from dataclasses import dataclass, field

from .._graph.errors import EntraError
from .._graph.session import Session
from .action import Action, Plan
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
        again = ", ".join(repr(action.name) for action in self.done_again)
        kept = f" So that the tenant is not left open, these were put into effect again: {again}." if again else ""
        return f"ATTENTION: what was there before could not be put back for: {names}.{kept}"


def restore(session: Session, plan: Plan, done: t.Sequence[Action], progress: Progress) -> Restoration:
    """Take back *done*, the last phase first.

    When a phase that protects the tenant cannot be taken back, the later phases are carried out again instead of being
    left undone, and nothing before is touched.
    """
    result = Restoration()
    undone_later: list[Action] = []
    for phase in reversed(plan.phases):
        undone, problems = _undo_phase(session, [action for action in phase.actions if action in done], progress)
        result.restored.extend(undone)
        result.problems.extend(problems)
        if problems and phase.protects:
            _do_again(session, list(reversed(undone_later)), progress, result)
            break
        undone_later.extend(undone)
    return result


def _undo_phase(
    session: Session, actions: t.Sequence[Action], progress: Progress
) -> tuple[list[Action], list[dict[str, str]]]:
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
            result.restored.remove(action)
        except EntraError as problem:
            result.problems.append({**told(action), "problem": str(problem)})
