# Copyright: (c) 2026, m365.entra contributors
# GNU General Public License v3.0+ (see COPYING or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later

"""Twins: a policy in report-only beside an enforced one, which shows what its next content would come to."""

from __future__ import annotations

import typing as t
from dataclasses import replace

from .._policy.desired import DesiredPolicy
from .._policy.policy_plan import LABEL, REPORT_ONLY, CurrentPolicy, PolicyPlan
from .._reconcile.object_plan import find_existing, refuse_taken_name
from .._reconcile.shape import Json

SUFFIX = " (shadow)"
# How long a name may be (facts section 2.5).
_LONGEST_NAME = 256

BEGINS = "what the enforced policy is to become is shown in report-only first"
FOLLOWS = "the twin shows what the enforced policy is to become next"
ENDS = "the twin is no longer needed"


def twin_name(name: str) -> str:
    """The name of the twin of a policy."""
    return f"{name[: _LONGEST_NAME - len(SUFFIX)]}{SUFFIX}"


def twin_of(plan: PolicyPlan, existing: t.Sequence[CurrentPolicy]) -> CurrentPolicy | None:
    """The twin that the policy of *plan* has, also under the name that the policy had before.

    Raises EntraError when more than one policy has its name.
    """
    return find_existing(_desired_twin(plan), existing, LABEL)


def planned_twin(plan: PolicyPlan, content: Json, existing: t.Sequence[CurrentPolicy]) -> PolicyPlan:
    """The plan for a twin in report-only with that content. Raises OptionError when its name is nearly taken."""
    desired, current = _desired_twin(plan), twin_of(plan, existing)
    named = {**content, "displayName": desired.name}
    refuse_taken_name(str(desired.name), desired, current, existing, LABEL)
    return PolicyPlan(desired, current, named, REPORT_ONLY, reason=FOLLOWS if current else BEGINS)


def removed_twin(plan: PolicyPlan, existing: t.Sequence[CurrentPolicy]) -> PolicyPlan | None:
    """The plan that removes the twin, if there is one; one that somebody enforced is left as it is."""
    current = twin_of(plan, existing)
    if current is None:
        return None
    if current.is_enforced:
        return kept_twin(plan, current)
    return PolicyPlan(replace(_desired_twin(plan), is_present=False), current, None, None, reason=ENDS)


def kept_twin(plan: PolicyPlan, current: CurrentPolicy) -> PolicyPlan:
    """The plan that leaves a twin as it is."""
    return PolicyPlan(_desired_twin(plan), current, current.content, current.state)


def _desired_twin(plan: PolicyPlan) -> DesiredPolicy:
    names = [name for name in (plan.current.name if plan.current else None, plan.desired.previous_name) if name]
    previous = next((twin_name(name) for name in names if twin_name(name) != twin_name(plan.name)), None)
    return DesiredPolicy(
        option=plan.desired.option,
        identifier=None,
        name=twin_name(plan.name),
        is_present=True,
        content={},
        is_whole=True,
        policy_state="report_only",
        initial_state="report_only",
        previous_name=previous,
        is_twin=True,
    )
