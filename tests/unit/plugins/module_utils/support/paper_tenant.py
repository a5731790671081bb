# Copyright: (c) 2026, m365.entra contributors
# GNU General Public License v3.0+ (see COPYING or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later
"""A tenant on paper whose policies are enforced in stages: runs change it, and sign-ins are told."""

from __future__ import annotations

import typing as t
from dataclasses import dataclass, field, replace
from datetime import UTC, datetime, timedelta

from ansible_collections.m365.entra.plugins.module_utils._policy.desired import DesiredPolicy, desired_policy
from ansible_collections.m365.entra.plugins.module_utils._policy.policy_plan import (
    CurrentPolicy,
    PolicyPlan,
    plan_policy,
    planned_tenant,
)
from ansible_collections.m365.entra.plugins.module_utils._rollout.evidence import Evidence
from ansible_collections.m365.entra.plugins.module_utils._rollout.given_rollout import with_rollout
from ansible_collections.m365.entra.plugins.module_utils._rollout.policy_impact import RESULTS, PolicyImpact
from ansible_collections.m365.entra.plugins.module_utils._rollout.rolling_out import (
    Circumstances,
    Rollouts,
    rolled_out,
)
from ansible_collections.m365.entra.plugins.module_utils._rollout.stages import Stage, stage_of
from ansible_collections.m365.entra.plugins.module_utils._rollout.watched_policy import watched_policy
from ansible_collections.m365.entra.tests.unit.plugins.module_utils.support.policies import policy

Json = dict[str, t.Any]

SWIFT: Json = {"soak_days": 0, "minimum_sign_ins": 1}
BEGINNING = datetime(2026, 11, 1, 8, 0, tzinfo=UTC)


def wanted(rollout: Json | None = None, *, name: str = "MFA", **parts: t.Any) -> DesiredPolicy:
    """A whole policy that is to be enforced, with a rollout."""
    options = {"definition": policy(name, **parts), "policy_state": "enabled", "rollout": rollout or SWIFT}
    return with_rollout(desired_policy(options), options)


def impact(of: CurrentPolicy, **counts: int) -> PolicyImpact:
    """Sign-ins in which a policy came to that."""
    return PolicyImpact(watched_policy(of), {**dict.fromkeys(RESULTS, 0), **counts})


def as_it_is(_plan: PolicyPlan, content: Json) -> Json:
    """Nothing goes for all policies at once."""
    return content


@dataclass
class PaperTenant:
    """Policies of a tenant, to which runs do what they plan; each run is an hour after the one before."""

    policies: list[CurrentPolicy] = field(default_factory=list)
    now: datetime = BEGINNING
    created: int = 0

    def stage(self, desired: DesiredPolicy) -> Stage:
        """The stage of a policy before anybody looks at sign-ins."""
        return stage_of(plan_policy(desired, self.policies), self.policies, as_it_is)

    def planned(self, *desired: DesiredPolicy, evidence: Evidence | None = None, on: bool = False) -> Rollouts:
        """What a run would do; *on*: security defaults are on and are to make way."""
        targets = [plan_policy(one, self.policies) for one in desired]
        stages = [stage_of(one, self.policies, as_it_is) for one in targets if one.desired.rollout]
        return rolled_out(targets, stages, evidence, Circumstances(self.policies, as_it_is, on, self.now))

    def good_evidence(self) -> Evidence:
        """Sign-ins that allow everything."""
        return Evidence({one.identifier: impact(one, would_succeed=100) for one in self.policies})

    def run(self, *desired: DesiredPolicy, promote: bool = False, writes: int | None = None) -> Rollouts:
        """Carry a run out, or only its first *writes*, and say what it planned."""
        found = self.planned(*desired, evidence=self.good_evidence() if promote else None)
        changed = [plan for plan in found.plans if plan.is_changed]
        for plan in changed[: len(changed) if writes is None else writes]:
            self._carry_out(plan)
        self.now += timedelta(hours=1)
        return found

    def named(self, name: str) -> CurrentPolicy:
        """The one policy of that name."""
        (found,) = (one for one in self.policies if one.name == name)
        return found

    def _carry_out(self, plan: PolicyPlan) -> None:
        raw = {"modifiedDateTime": f"{self.now:%Y-%m-%dT%H:%M:%SZ}"}
        identifiers = {one.identifier for one in self.policies}
        after = planned_tenant([plan], self.policies)
        touched = plan.current.identifier if plan.current else ""
        self.policies = [replace(one, raw=raw) if one.identifier == touched else one for one in after]
        if plan.is_new:
            self.created += 1
            identifier = f"eeeeeeee-0000-4000-9000-{self.created:012d}"
            self.policies = [
                one if one.identifier in identifiers else replace(one, identifier=identifier) for one in self.policies
            ]
