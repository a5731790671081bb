# Copyright: (c) 2026, m365.entra contributors
# GNU General Public License v3.0+ (see COPYING or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later

"""The body of conditional_access_policies: a list of policies, read once and written in order."""

from __future__ import annotations

import typing as t

from .._policy.desired import DesiredPolicy, check_names_differ, desired_policy
from .._policy.policy_plan import CurrentPolicy
from .._resources.conditional_access_policy import policy_result
from .._resources.tenant import Outcome, Wanted, reconcile
from .._spec.argument_spec import ArgumentSpec
from .._spec.policy_options import EMERGENCY_ACCESS, POLICIES, UNMANAGED
from .._spec.protocol import MakeSession, ModuleProtocol
from .outcome_result import outcome_result

SPEC = ArgumentSpec({"policies": {**POLICIES, "required": True}, "unmanaged": UNMANAGED}).merged(EMERGENCY_ACCESS)


def run(module: ModuleProtocol, make_session: MakeSession) -> dict[str, t.Any]:
    """Bring all listed policies to what is wanted."""
    policies = desired_policies(module.given["policies"] or (), "policies")
    wanted = Wanted(policies=policies).with_emergency_access(module.given.get("emergency_access"))
    outcome = reconcile(make_session(), wanted, check_mode=module.check_mode)
    result = {**outcome_result(module, outcome), "conditional_access_policies": managed_results(outcome)}
    if module.params["unmanaged"] == "report":
        result["unmanaged_policies"] = [unmanaged_result(policy) for policy in outcome.unmanaged]
    return result


def desired_policies(items: t.Sequence[t.Mapping[str, t.Any]], option: str) -> tuple[DesiredPolicy, ...]:
    """The wanted policies of a list option; *option* is its path. Raises OptionError."""
    policies = tuple(desired_policy(item, f"{option}[{index}]") for index, item in enumerate(items))
    check_names_differ(policies)
    return policies


def managed_results(outcome: Outcome) -> list[dict[str, t.Any]]:
    """The listed policies that are present, in the order they were listed."""
    found = [(plan, outcome.policy_of(plan)) for plan in outcome.policy_plans]
    return [{**policy_result(policy), "template": plan.desired.template} for plan, policy in found if policy]


def unmanaged_result(policy: CurrentPolicy) -> dict[str, t.Any]:
    """A policy that nothing speaks of, in short."""
    full = policy_result(policy)
    return {name: full[name] for name in ("id", "display_name", "policy_state", "microsoft_managed")}
