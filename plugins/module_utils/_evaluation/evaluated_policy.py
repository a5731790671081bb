# Copyright: (c) 2026, m365.entra contributors
# GNU General Public License v3.0+ (see COPYING or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later

"""A policy as the evaluator needs it: one that a tenant has, or one that a plan will leave there."""

from __future__ import annotations

from dataclasses import dataclass, replace

from .._policy.policy_plan import ENABLED, REPORT_ONLY, CurrentPolicy, PolicyPlan
from .._policy.policy_view import PolicyView
from .._reconcile.shape import Json


@dataclass(frozen=True)
class EvaluatedPolicy:
    """A canonical policy with its state in Graph's words; *key* is its id, or the key of one that is not there yet."""

    key: str
    name: str
    state: str
    content: Json

    @property
    def view(self) -> PolicyView:
        """The policy with its often used corners at hand."""
        return PolicyView(self.content)

    @property
    def is_enforced(self) -> bool:
        """Whether it takes effect."""
        return self.state == ENABLED

    @property
    def is_report_only(self) -> bool:
        """Whether it is only reported on."""
        return self.state == REPORT_ONLY

    def enforced(self) -> EvaluatedPolicy:
        """The same policy as if it were enforced."""
        return replace(self, state=ENABLED)


def of_current(policy: CurrentPolicy) -> EvaluatedPolicy:
    """A policy as the tenant has it."""
    return EvaluatedPolicy(policy.identifier, policy.name, policy.state, policy.content)


def of_plan(plan: PolicyPlan) -> EvaluatedPolicy | None:
    """A policy as the plan leaves it; None for one that will be gone."""
    if plan.content is None:
        return None
    state = plan.state or (plan.current.state if plan.current else REPORT_ONLY)
    return EvaluatedPolicy(plan.key, str(plan.content.get("displayName") or plan.name), state, plan.content)
