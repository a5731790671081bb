# Copyright: (c) 2026, m365.entra contributors
# GNU General Public License v3.0+ (see COPYING or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later

"""Carries out a plan, phase by phase, and has what was there put back when the plan asks for that."""

from __future__ import annotations

import typing as t
from dataclasses import replace

from .._graph.errors import EntraError, OutcomeUnknown, ServiceRefused
from .._graph.session import Session
from .action import CREATE, Action, Phase, Plan
from .carry_out import Progress, carry_out, told
from .interruption import Interruption, kept_back, let_through
from .restore import restore

# Refusals that say nothing of other objects; all others concern the whole run.
_CONCERNS_ONE_OBJECT = (400, 404, 409)
_BAD_REQUEST = 400

Verify = t.Callable[[Phase, t.Mapping[str, str]], None]
LookBack = t.Callable[[t.Sequence[Action], "Action | None", t.Mapping[str, str]], list[str]]


def apply_plan(
    session: Session,
    plan: Plan,
    verify: Verify,
    progress: Progress | None = None,
    look_back: LookBack | None = None,
) -> Progress:
    """Carry out *plan*; ``verify(phase, created)`` is called after each phase and raises when it does not hold.

    What is done is noted in *progress*, for who wants to know of it also after a failure.
    ``look_back(taken_back, unclear, created)`` reads the tenant after something was put back, and says in words what
    is not as it was before those actions; *unclear* is a creation of which nobody knows whether it happened.

    A failure is raised as the error that caused it, with what was done, what was not and what was put back in its
    details. An interruption, too, has put back what was there: it is kept back until a request is answered.
    """
    progress = Progress() if progress is None else progress
    with kept_back() if plan.restores else let_through() as interruption:
        for phase in plan.phases:
            if phase.is_tidying and progress.refused:
                # What could not be written may still need what would go.
                continue
            try:
                _carry_out_phase(session, phase, progress, verify, interruption)
            except EntraError as error:
                _explain(error, plan, progress)
                if plan.restores and not phase.takes_nothing_back:
                    _put_back(session, plan, progress, error, look_back)
                raise
            except (KeyboardInterrupt, Exception):
                # A defect of ours, too, must not leave a tenant between what was and what is to be.
                if plan.restores and not phase.takes_nothing_back:
                    restore(session, plan, _possibly_done(progress), progress)
                raise
    _raise_refusals(plan, progress)
    return progress


def _carry_out_phase(
    session: Session, phase: Phase, progress: Progress, verify: Verify, interruption: Interruption
) -> None:
    for action in phase.actions:
        interruption.stop_here()
        progress.current = action
        _attempt(session, action, progress)
    progress.current = None
    interruption.stop_here()
    verify(_without_refused(phase, progress), progress.created)


def _attempt(session: Session, action: Action, progress: Progress) -> None:
    try:
        carry_out(session, action, progress)
    except ServiceRefused as refusal:
        if not action.is_independent or refusal.status not in _CONCERNS_ONE_OBJECT:
            raise
        progress.refused.append((action, refusal))


def _without_refused(phase: Phase, progress: Progress) -> Phase:
    """*phase* without the expectations that refused actions cannot meet."""
    refused = {action.key for action, _refusal in progress.refused}
    return replace(phase, expectations=tuple(one for one in phase.expectations if one.key not in refused))


def _told_refusals(progress: Progress) -> str:
    return "; ".join(f"{action.resource} {action.name!r}: {refusal}" for action, refusal in progress.refused)


def _told_left_out(plan: Plan, progress: Progress) -> str:
    """What was left undone because what could not be written may still need it."""
    refused = [action for action, _refusal in progress.refused]
    left_out = [one for one in plan.actions if one not in progress.done and one not in refused]
    names = ", ".join(f"{action.operation} {action.resource} {action.name!r}" for action in left_out)
    if not names:
        return "Everything else was done."
    return f"Left undone, because what was refused may still need it: {names}. Everything else was done."


def _raise_refusals(plan: Plan, progress: Progress) -> None:
    """Raise one ServiceRefused for all independent actions that were refused; everything else has been done."""
    if not progress.refused:
        return
    _action, first = progress.refused[0]
    error = ServiceRefused(
        f"{_told_left_out(plan, progress)} The service refused: {_told_refusals(progress)}",
        remedy="Mend what is named, or leave it out of the run, and run again.",
        request_id=first.request_id,
        code=first.code,
        status=first.status,
    )
    _explain(error, plan, progress)
    raise error


def _explain(error: EntraError, plan: Plan, progress: Progress) -> None:
    """Say in *error* what was done and what not, and what was refused before without ending the run."""
    error.details["done"] = [told(action) for action in progress.done]
    error.details["not_done"] = [told(action) for action in plan.actions if action not in progress.done]
    if progress.current is not None:
        error.message = f"{progress.current.resource} {progress.current.name!r}: {error.message}"
        if isinstance(error, ServiceRefused) and error.status == _BAD_REQUEST:
            error.remedy = " ".join(filter(None, (error.remedy, progress.current.if_refused)))
        if progress.refused:
            error.message += f" Refused before: {_told_refusals(progress)}"


def _put_back(session: Session, plan: Plan, progress: Progress, error: EntraError, look_back: LookBack | None) -> None:
    """Take back what was done, and see whether it is; *error* tells what came of it."""
    is_unclear = isinstance(error, OutcomeUnknown)
    restoration = restore(session, plan, _possibly_done(progress) if is_unclear else progress.done, progress)
    unclear = _unclear_creation(progress) if is_unclear else None
    if unclear is not None:
        restoration.problems.append({**told(unclear), "problem": "it may have been created all the same"})
    if look_back is not None and (restoration.restored or unclear is not None):
        restoration.not_shown = look_back(restoration.restored, unclear, progress.created)
    error.details["restored"] = [told(action) for action in restoration.restored]
    error.details["not_restored"] = restoration.problems
    error.details["not_shown"] = restoration.not_shown or []
    error.remedy = " ".join(filter(None, (error.remedy, restoration.summary())))


def _unclear_creation(progress: Progress) -> Action | None:
    """The creation under way whose object nobody can name, so that it cannot be taken back."""
    current = progress.current
    return current if current is not None and current.operation == CREATE and not current.object_id else None


def _possibly_done(progress: Progress) -> list[Action]:
    """What was done, and the action under way if it may have been: taking back what did not happen does no harm."""
    current = progress.current
    if current is None or current in progress.done:
        return list(progress.done)
    has_a_known_id = current.operation != CREATE or current.object_id is not None
    return [*progress.done, current] if has_a_known_id else list(progress.done)
