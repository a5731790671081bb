# Copyright: (c) 2026, m365.entra contributors
# GNU General Public License v3.0+ (see COPYING or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later

"""What a plan will leave in a tenant, in the form that tests of sign-ins are run against."""

from __future__ import annotations

import typing as t

from .._policy.policy_plan import CurrentPolicy, PolicyPlan
from .._reconcile.object_plan import CurrentObject, ObjectPlan
from .._reconcile.shape import Json
from .evaluated_policy import EvaluatedPolicy, of_current, of_plan


def planned_policies(current: t.Iterable[CurrentPolicy], plans: t.Iterable[PolicyPlan]) -> list[EvaluatedPolicy]:
    """All policies once *plans* are carried out: those they leave, and the *current* ones that no plan speaks of."""
    spoken_of = list(plans)
    replaced = {plan.current.identifier for plan in spoken_of if plan.current}
    kept = [of_current(policy) for policy in current if policy.identifier not in replaced]
    left = [policy for plan in spoken_of if (policy := of_plan(plan)) is not None]
    return sorted([*kept, *left], key=lambda policy: (policy.name, policy.key))


def planned_locations(current: t.Iterable[CurrentObject], plans: t.Iterable[ObjectPlan]) -> dict[str, Json]:
    """All named locations once *plans*, which speak of no other objects, are carried out: canonical, by id or key."""
    found = {location.identifier: location.content for location in current}
    for plan in plans:
        if plan.content is None:
            found.pop(plan.key, None)
        else:
            found[plan.key] = plan.content
    return found
