# Copyright: (c) 2026, m365.entra contributors
# GNU General Public License v3.0+ (see COPYING or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later

"""One ordered plan over everything that is wanted of a tenant: a pure function.

Security defaults and enforced Conditional Access policies exclude each other, in both directions (facts sections 1.2
and 1.3). Going from the first to the second: stage everything in report-only while defaults are on, turn defaults off,
enforce at once. Going back: take the policies out of effect, turn defaults on. A failure on either way puts back what
was there.
"""

from __future__ import annotations

import typing as t
from dataclasses import replace

from .._policy.policy_plan import ENABLED, REPORT_ONLY, PolicyPlan
from .._reconcile.action import Action, Expectation, Phase, Plan
from . import conditional_access_policy as policies
from . import security_defaults as defaults

Plans = t.Sequence[PolicyPlan]


def tenant_plan(plans: Plans, defaults_now: bool | None, defaults_wanted: bool | None) -> Plan:
    """The ordered plan. *defaults_now* and *defaults_wanted* are None when they were not read or are left alone."""
    if defaults_wanted is None or defaults_wanted == defaults_now:
        return Plan(_only(_finish("apply", plans)))
    if defaults_wanted:
        return Plan(_only(_finish("take policies out of effect", plans), _switch(True)), restores=True)
    return Plan(_only(_stage(plans), *_replace_defaults(plans)), restores=True)


def _only(*phases: Phase) -> tuple[Phase, ...]:
    return tuple(phase for phase in phases if phase.actions)


def _changed(plans: Plans) -> list[PolicyPlan]:
    """What is to be done, in an order that never weakens before it strengthens."""
    return sorted(
        (plan for plan in plans if plan.is_changed), key=lambda plan: (policies.weakens(plan), not plan.is_new)
    )


def _finish(name: str, plans: Plans) -> Phase:
    """Bring every policy to its final state in one phase."""
    return _phase(name, [(_final_action(plan), _final_expectation(plan)) for plan in _changed(plans)])


def _switch(is_enabled: bool) -> Phase:
    direction = "on" if is_enabled else "off"
    action = defaults.switch_action(is_enabled, f"security defaults are to be {direction}")
    return _phase(f"turn security defaults {direction}", [(action, defaults.expectation(is_enabled))])


def _replace_defaults(plans: Plans) -> tuple[Phase, Phase]:
    """Turn security defaults off and enforce at once: what holds is read back after the enforcing, not in between."""
    off, enforce = _switch(False), _enforce(plans)
    if not enforce.actions:
        return off, enforce
    switch = replace(off.actions[0], makes_way_for=f"{policies.COLLECTION}/")
    return (
        replace(off, actions=(switch,), expectations=(), protects=True),
        replace(enforce, expectations=(*off.expectations, *enforce.expectations)),
    )


def _stage(plans: Plans) -> Phase:
    """Everything but the enforcing: it cannot happen while security defaults are on."""
    staged: list[tuple[Action, Expectation]] = []
    for plan in _changed(plans):
        if plan.will_be_enforced:
            staged.extend(_staged(plan))
        else:
            staged.append((_final_action(plan), _final_expectation(plan)))
    return _phase("stage in report-only", staged)


def _staged(plan: PolicyPlan) -> list[tuple[Action, Expectation]]:
    reason = "the policy is staged before security defaults are turned off"
    expected = policies.expectation(plan, REPORT_ONLY)
    if plan.is_new:
        return [(policies.create_action(plan, REPORT_ONLY, reason), expected)]
    if _is_enforced_already(plan):
        return []  # the service accepts no change of it while security defaults are on
    if plan.content_changes or (plan.current and plan.current.state != REPORT_ONLY):
        return [(policies.update_action(plan, REPORT_ONLY, reason), expected)]
    return []


def _is_enforced_already(plan: PolicyPlan) -> bool:
    return plan.current is not None and plan.current.is_enforced


def _enforce(plans: Plans) -> Phase:
    reason = "the policy takes the place of security defaults"
    return _phase(
        "enforce",
        [
            (
                policies.update_action(plan, ENABLED, reason, waits=True)
                if _is_enforced_already(plan)
                else policies.enforce_action(plan, REPORT_ONLY, reason),
                policies.expectation(plan, ENABLED),
            )
            for plan in _changed(plans)
            if plan.will_be_enforced
        ],
    )


def _phase(name: str, steps: t.Sequence[tuple[Action, Expectation]]) -> Phase:
    actions, expectations = zip(*steps, strict=True) if steps else ((), ())
    return Phase(name, tuple(actions), tuple(expectations))


def _final_action(plan: PolicyPlan) -> Action:
    if plan.is_removed:
        return policies.delete_action(plan, "the policy is to be absent")
    if plan.is_new:
        return policies.create_action(plan, t.cast(str, plan.state), "there is no policy of this name")
    return policies.update_action(plan, t.cast(str, plan.state), "the policy differs from what is wanted")


def _final_expectation(plan: PolicyPlan) -> Expectation:
    return policies.expectation(plan, plan.state)
