# Copyright: (c) 2026, m365.entra contributors
# GNU General Public License v3.0+ (see COPYING or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later

"""Carries out a plan, phase by phase, and has what was there put back when the plan asks for that."""

from __future__ import annotations

import typing as t

from .._graph.errors import EntraError, OutcomeUnknown
from .._graph.session import Session
from .action import UPDATE, Action, Phase, Plan
from .carry_out import Progress, carry_out, told
from .restore import restore

Verify = t.Callable[[Phase, t.Mapping[str, str]], None]


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
                _put_back(session, plan, progress, error, current)
            raise
    return progress


def _explain(error: EntraError, plan: Plan, progress: Progress, failed: Action | None) -> None:
    error.details["done"] = [told(action) for action in progress.done]
    error.details["not_done"] = [told(action) for action in plan.actions if action not in progress.done]
    if failed is not None:
        error.message = f"{failed.resource} {failed.name!r}: {error.message}"


def _put_back(session: Session, plan: Plan, progress: Progress, error: EntraError, failed: Action | None) -> None:
    """Take back what was done; *error* tells what came of it."""
    done = list(progress.done)
    if failed is not None and failed.operation == UPDATE and isinstance(error, OutcomeUnknown):
        # It may have taken effect; taking back an update that did not does no harm.
        done.append(failed)
    restoration = restore(session, plan, done, progress)
    error.details["restored"] = [told(action) for action in restoration.restored]
    error.details["not_restored"] = restoration.problems
    error.remedy = " ".join(filter(None, (error.remedy, restoration.summary())))
