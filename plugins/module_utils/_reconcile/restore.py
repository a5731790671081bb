# Copyright: (c) 2026, m365.entra contributors
# GNU General Public License v3.0+ (see COPYING or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later

"""Takes back what a failed run has done, without leaving the tenant weaker than it was."""

from __future__ import annotations

import typing as t
from dataclasses import dataclass, field

from .._graph.errors import EntraError
from .._graph.session import Session
from .action import CREATE, UPDATE, Action, Plan
from .carry_out import Progress, carry_out, told


@dataclass
class Restoration:
    """What became of putting things back: the actions taken back, the problems, and what was done again instead.

    *is_unprotected*: protection was taken away, did not come back, and nothing took its place. *not_shown* is what the
    service does not show as it was before, in words; None when it was not asked.
    """

    restored: list[Action] = field(default_factory=list)
    problems: list[dict[str, str]] = field(default_factory=list)
    done_again: list[Action] = field(default_factory=list)
    is_unprotected: bool = False
    not_shown: list[str] | None = None

    def summary(self) -> str:
        """What became of it, in a sentence or two for people."""
        if not self.problems:
            return self._put_back() if self.restored else "Nothing had been changed yet."
        names = ", ".join(f"{one['resource']} {one['name']!r} ({one['problem']})" for one in self.problems)
        again = ", ".join(dict.fromkeys(repr(action.name) for action in self.done_again))
        kept = f" So that the tenant is not left open, these were put into effect: {again}." if again else ""
        open_ = (
            "the protection that was taken away could not be put back, and nothing took its place; "
            if self.is_unprotected
            else ""
        )
        found = f" The service shows: {'; '.join(self.not_shown)}." if self.not_shown else ""
        return f"ATTENTION: {open_}what was there before could not be put back for: {names}.{kept}{found}"

    def _put_back(self) -> str:
        if self.not_shown is None:
            return "What was there before has been put back."
        if not self.not_shown:
            return "What was there before has been put back, and the service shows it."
        return (
            "ATTENTION: what was there before has been put back, but the service does not show it: "
            f"{'; '.join(self.not_shown)}. Look again in some minutes."
        )


def restore(session: Session, plan: Plan, done: t.Sequence[Action], progress: Progress) -> Restoration:
    """Take back *done*, the last phase first.

    When a phase that protects the tenant cannot be taken back, what the phases before it created may stand in the way:
    that is removed and what failed is tried once more. When still nothing of it came back, what was removed is created
    again and all later phases are carried out to their end instead of being left undone, and nothing before is touched.
    """
    result = Restoration()
    remaining = list(done)
    for index in reversed(range(len(plan.phases))):
        phase = plan.phases[index]
        undone, failed = _undo(session, _of(phase.actions, remaining), progress)
        if failed and phase.protects:
            created = [action for action in _of(_before(plan, index), remaining) if action.operation == CREATE]
            removed = _undo(session, created, progress)[0]
            # They are taken back in the order in which that was tried, which is the reverse of their own.
            again, failed = _undo(session, [action for action, _problem in reversed(failed)], progress)
            undone.extend(again)
            if failed and not undone:
                result.problems.extend(_told_problems(failed))
                result.restored.clear()
                _do(session, list(reversed(removed)), progress, result)
                result.done_again = _do(session, _after(plan, index), progress, result)
                result.is_unprotected = not result.done_again
                break
            result.restored.extend(removed)
            remaining = [action for action in remaining if action not in removed]
        result.restored.extend(undone)
        result.problems.extend(_told_problems(failed))
        _forget_what_is_gone(result)
    return result


def _told_problems(failed: t.Iterable[tuple[Action, EntraError]]) -> list[dict[str, str]]:
    return [{**told(action), "problem": str(problem)} for action, problem in failed]


def _forget_what_is_gone(result: Restoration) -> None:
    """A change that could not be taken back does not matter when its object has been removed since."""
    gone = {action.name for action in result.restored if action.operation == CREATE}
    result.problems = [one for one in result.problems if one["operation"] != UPDATE or one["name"] not in gone]


def _before(plan: Plan, index: int) -> list[Action]:
    return [action for phase in plan.phases[:index] for action in phase.actions]


def _after(plan: Plan, index: int) -> list[Action]:
    """What later phases do, but for tidying up, which protects nothing."""
    return [action for phase in plan.phases[index + 1 :] if not phase.takes_nothing_back for action in phase.actions]


def _of(actions: t.Iterable[Action], wanted: t.Container[Action]) -> list[Action]:
    return [action for action in actions if action in wanted]


def _undo(
    session: Session, actions: t.Sequence[Action], progress: Progress
) -> tuple[list[Action], list[tuple[Action, EntraError]]]:
    """Take back *actions*, the last first; what was taken back, and what could not be and why."""
    undone: list[Action] = []
    failed: list[tuple[Action, EntraError]] = []
    for action in reversed(actions):
        if action.undo is None:
            continue
        try:
            carry_out(session, action.undo, progress)
            undone.append(action)
        except EntraError as problem:
            failed.append((action, problem))
    return undone, failed


def _do(session: Session, actions: t.Sequence[Action], progress: Progress, result: Restoration) -> list[Action]:
    """Carry out *actions*; what could be, while what could not joins the problems."""
    done: list[Action] = []
    for action in actions:
        try:
            carry_out(session, action, progress)
            done.append(action)
        except EntraError as problem:
            result.problems.append({**told(action), "problem": str(problem)})
    return done
