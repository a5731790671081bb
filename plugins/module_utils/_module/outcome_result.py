# Copyright: (c) 2026, m365.entra contributors
# GNU General Public License v3.0+ (see COPYING or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later

"""What every changing module returns of an outcome: changed, plan, diff."""

from __future__ import annotations

import typing as t

from .._reconcile.present import plan_diff, plan_result, plan_status
from .._resources.found_by_guards import answers_alone
from .._resources.outcome import Outcome
from .._resources.shown_plan import namer_of
from .._spec.protocol import ModuleProtocol
from .outcome_warnings import warnings_about


def outcome_result(module: ModuleProtocol, outcome: Outcome) -> dict[str, t.Any]:
    """``changed``, ``plan``, ``plan_status``, ``guards``; perhaps ``snapshot``, ``diff``; names for what is shown."""
    for warning in (*warnings_about(outcome), *outcome.snapshot_problems):
        module.warn(warning)
    namer = namer_of(outcome)
    if namer.unreadable:
        module.warn(f"Some ids are shown without names; these could not be read: {', '.join(namer.unreadable)}.")
    result: dict[str, t.Any] = {
        "changed": outcome.is_changed,
        "plan": plan_result(outcome.plan, namer.named),
        "plan_status": plan_status(is_changed=outcome.is_changed, check_mode=module.check_mode),
        "guards": answers_alone(outcome.guards),
    }
    if outcome.snapshot:
        result["snapshot"] = outcome.snapshot
    if outcome.rollouts:
        result["rollout"] = [one.to_result() for one in outcome.rollouts]
    if module.diff:
        result["diff"] = plan_diff(outcome.plan, namer.named)
    return result
