# Copyright: (c) 2026, m365.entra contributors
# GNU General Public License v3.0+ (see COPYING or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later

"""The body of conditional_access_policy: one policy."""

from __future__ import annotations

import typing as t
from dataclasses import replace

from .._policy.desired import desired_policy
from .._resources.conditional_access_policy import policy_result
from .._resources.tenant import reconcile
from .._rollout.given_rollout import with_rollout
from .._rollout.promoting import promotion_of
from .._spec.argument_spec import ArgumentSpec
from .._spec.policy_options import EMERGENCY_ACCESS, LANE, POLICY
from .._spec.protocol import MakeSession, ModuleProtocol
from .._spec.rollout_options import PROMOTE
from .._spec.snapshot_options import SNAPSHOT
from .conditional_access_policies import lane
from .keeping import keeping_of
from .outcome_result import outcome_result

SPEC = POLICY.merged(ArgumentSpec(PROMOTE)).merged(LANE).merged(EMERGENCY_ACCESS).merged(SNAPSHOT)


def run(module: ModuleProtocol, make_session: MakeSession) -> dict[str, t.Any]:
    """Bring one policy to what is wanted."""
    wanted = lane(module.params)
    desired = with_rollout(desired_policy(module.given, api_version=wanted.api_version), module.given)
    wanted = replace(wanted, policies=(desired,), promotion=promotion_of(module.given, ""))
    wanted = wanted.with_emergency_access(module.given)
    outcome = reconcile(
        make_session(), wanted, check_mode=module.check_mode, keeping=keeping_of(module, "conditional_access_policy")
    )
    policy = outcome.policy_of(outcome.policy_plans[0])
    return {
        **outcome_result(module, outcome),
        "conditional_access_policy": policy_result(policy) if policy else {},
    }
