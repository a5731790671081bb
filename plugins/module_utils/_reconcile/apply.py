# Copyright: (c) 2026, m365.entra contributors
# GNU General Public License v3.0+ (see COPYING or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later

"""Carries out a plan, phase by phase, and has what was there put back when the plan asks for that."""

from __future__ import annotations

import typing as t

from .._graph.errors import EntraError, OutcomeUnknown
from .._graph.session import Session
from .action import CREATE, Action, Phase, Plan
from .carry_out import Progress, carry_out, told
from .restore import restore

Verify = t.Callable[[Phase, t.Mapping[str, str]], None]


def apply_plan(session: Session, plan: Plan, verify: Verify) -> Progress:
    """Carry out *plan*; ``verify(phase, created)`` is called after each phase and raises when it does not hold.

    A failure is raised as the error that caused it, with what was done, what was not and what was put back in its
    details. An interruption, too, has put back what was there.
    """
    progress = Progress()
    for phase in plan.phases:
        try:
            for action in phase.actions:
                progress.current = action
                carry_out(session, action, progress)
            progress.current = None
            verify(phase, progress.created)
        except EntraError as error:
            _explain(error, plan, progress)
            if plan.restores and not phase.is_tidying:
                _put_back(session, plan, progress, error)
            raise
        except KeyboardInterrupt:
            if plan.restores and not phase.is_tidying:
                restore(session, plan, _possibly_done(progress), progress)
            raise
    return progress


def _explain(error: EntraError, plan: Plan, progress: Progress) -> None:
    error.details["done"] = [told(action) for action in progress.done]
    error.details["not_done"] = [told(action) for action in plan.actions if action not in progress.done]
    if progress.current is not None:
        error.message = f"{progress.current.resource} {progress.current.name!r}: {error.message}"


def _put_back(session: Session, plan: Plan, progress: Progress, error: EntraError) -> None:
    """Take back what was done; *error* tells what came of it."""
    is_unclear = isinstance(error, OutcomeUnknown)
    restoration = restore(session, plan, _possibly_done(progress) if is_unclear else progress.done, progress)
    if (
        is_unclear
        and progress.current is not None
        and progress.current.operation == CREATE
        and not progress.current.object_id
    ):
        restoration.problems.append({**told(progress.current), "problem": "it may have been created all the same"})
    error.details["restored"] = [told(action) for action in restoration.restored]
    error.details["not_restored"] = restoration.problems
    error.remedy = " ".join(filter(None, (error.remedy, restoration.summary())))


def _possibly_done(progress: Progress) -> list[Action]:
    """What was done, and the action under way if it may have been: taking back what did not happen does no harm."""
    current = progress.current
    if current is None or current in progress.done:
        return list(progress.done)
    has_a_known_id = current.operation != CREATE or current.object_id is not None
    return [*progress.done, current] if has_a_known_id else list(progress.done)
