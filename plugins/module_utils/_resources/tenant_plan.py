# Copyright: (c) 2026, m365.entra contributors
# GNU General Public License v3.0+ (see COPYING or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later

"""One ordered plan over everything that is wanted of a tenant: a pure function.

Security defaults and enforced Conditional Access policies exclude each other, in both directions (facts sections 1.2
and 1.3). Going from the first to the second: stage everything in report-only while defaults are on, turn defaults off,
enforce at once, what protects most first. Going back: take the policies out of effect, what protects most last, and
turn defaults on at once. A failure on either way puts back what was there.
"""

from __future__ import annotations

import typing as t
from dataclasses import dataclass, replace

from .._evaluation.evaluated_policy import of_current, of_plan
from .._graph.api_versions import V1
from .._guard.switch_over import weight
from .._policy.policy_plan import ENABLED, REPORT_ONLY, PolicyPlan
from .._reconcile.action import Action, Expectation, Phase, Plan
from . import conditional_access_policy as policies
from . import security_defaults as defaults

Plans = t.Sequence[PolicyPlan]


class Step(t.NamedTuple):
    """One action, and what must be read back for it; None where a later action of the same object says it."""

    action: Action
    expectation: Expectation | None


@dataclass(frozen=True)
class Around:
    """The phases for the objects that policies refer to: what comes *before* the policies and what *after*."""

    before: tuple[Phase, ...] = ()
    after: tuple[Phase, ...] = ()


@dataclass(frozen=True)
class Lane:
    """How policies are written: through which version of Graph, and whether the cloud has a bin."""

    api_version: str = V1
    has_bin: bool = True


def tenant_plan(
    plans: Plans,
    defaults_now: bool | None,
    defaults_wanted: bool | None,
    around: Around = Around(),
    lane: Lane = Lane(),
) -> Plan:
    """The ordered plan. *defaults_now* and *defaults_wanted* are None when they were not read or are left alone.

    *around* is what happens to the objects that policies refer to; *lane* is how policies are written.
    """
    twins = [plan for plan in plans if plan.desired.is_twin]
    own = [plan for plan in plans if not plan.desired.is_twin]
    phases, restores = _policy_phases(own, defaults_now, defaults_wanted)
    phases = (*phases, replace(_finish("look after the twins of policies", twins), is_tidying=True))
    of_policies = [
        replace(
            phase,
            actions=tuple(policies.in_lane(one, lane.api_version, has_bin=lane.has_bin) for one in phase.actions),
        )
        for phase in phases
    ]
    return Plan(_only(*around.before, *of_policies, *around.after), restores=restores)


def _policy_phases(
    plans: Plans, defaults_now: bool | None, defaults_wanted: bool | None
) -> tuple[tuple[Phase, ...], bool]:
    """The phases that concern policies and security defaults, and whether a failure takes everything back."""
    if defaults_wanted is None or defaults_wanted == defaults_now:
        return (_finish("apply", plans),), False
    if defaults_wanted:
        return _return_to_defaults(plans), True
    return (_stage(plans), *_replace_defaults(plans)), True


def _only(*phases: Phase) -> tuple[Phase, ...]:
    return tuple(phase for phase in phases if phase.actions)


def _changed(plans: Plans) -> list[PolicyPlan]:
    """What is to be done, in an order that never weakens before it strengthens."""
    return sorted((plan for plan in plans if plan.is_changed), key=_turn)


def _turn(plan: PolicyPlan) -> tuple[int, int]:
    """When it is the turn of a policy: by kind, and within a kind by what it protects.

    A run may end at any request. So a policy that begins to take effect comes first, and of these the one that
    protects most; enforcing one only ever adds to what others ask for. A change of one that is in effect may loosen
    it. What is taken out of effect comes last, and of these the one that protects most.
    """
    if policies.weakens(plan):
        in_effect = of_current(plan.current) if plan.current and plan.stops_to_enforce else None
        return 2, weight(in_effect) if in_effect else -1
    if _is_enforced_already(plan):
        return 1, 0
    begins = of_plan(plan) if plan.will_be_enforced else None
    return 0, -weight(begins) if begins else 1


def _finish(name: str, plans: Plans) -> Phase:
    """Bring every policy to its final state in one phase."""
    return _phase(name, [step for plan in _changed(plans) for step in _final_steps(plan)])


def _switch(is_enabled: bool) -> Phase:
    direction = "on" if is_enabled else "off"
    action = defaults.switch_action(is_enabled, f"security defaults are to be {direction}")
    phase = _phase(f"turn security defaults {direction}", [Step(action, defaults.expectation(is_enabled))])
    return replace(phase, is_turning_point=True)


def _replace_defaults(plans: Plans) -> tuple[Phase, Phase]:
    """Turn security defaults off and enforce at once: what holds is read back after the enforcing, not in between."""
    off, enforce = _switch(False), _enforce(plans)
    if not enforce.actions:
        return off, enforce
    switch = replace(off.actions[0], makes_way_for=f"{policies.COLLECTION}/")
    return _without_pause(replace(off, actions=(switch,), protects=True), enforce)


def _return_to_defaults(plans: Plans) -> tuple[Phase, ...]:
    """Take policies out of effect and turn security defaults on at once; the service's refusal says if it is early.

    Whatever else changes comes before: some tenants refuse security defaults while any policy exists.
    """
    others = _finish("change what is not in effect", [plan for plan in plans if not plan.stops_to_enforce])
    release = _finish("take policies out of effect", [plan for plan in plans if plan.stops_to_enforce])
    turn_on = _switch(True)
    if not release.actions:
        return others, turn_on
    *before, last = release.actions
    last = replace(last, makes_way_for=defaults.PATH)
    return others, *_without_pause(replace(release, actions=(*before, last), protects=True), turn_on)


def _without_pause(first: Phase, second: Phase) -> tuple[Phase, Phase]:
    """Both phases with nothing between them, not even a read: meanwhile nothing may protect the tenant."""
    expectations = (*first.expectations, *second.expectations)
    return replace(first, expectations=()), replace(second, expectations=expectations)


def _stage(plans: Plans) -> Phase:
    """Everything but the enforcing: it cannot happen while security defaults are on."""
    staged: list[Step] = []
    for plan in _changed(plans):
        if plan.will_be_enforced:
            staged.extend(_staged(plan))
        else:
            staged.extend(_final_steps(plan))
    return _phase("stage in report-only", staged)


def _staged(plan: PolicyPlan) -> list[Step]:
    reason = "the policy is staged before security defaults are turned off"
    expected = policies.expectation(plan, REPORT_ONLY)
    if plan.is_new:
        return [Step(policies.create_action(plan, REPORT_ONLY, reason), expected)]
    if plan.is_restored:
        return _restoring_steps(plan, REPORT_ONLY, reason)
    if _is_enforced_already(plan):
        return []  # the service accepts no change of it while security defaults are on
    if plan.content_changes or (plan.current and plan.current.state != REPORT_ONLY):
        return [Step(policies.update_action(plan, REPORT_ONLY, reason), expected)]
    return []


def _is_enforced_already(plan: PolicyPlan) -> bool:
    return plan.current is not None and plan.current.is_enforced


def _enforce(plans: Plans) -> Phase:
    reason = "the policy takes the place of security defaults"
    return _phase(
        "enforce",
        [
            Step(
                policies.update_action(plan, ENABLED, reason, waits=True)
                if _is_enforced_already(plan)
                else policies.enforce_action(plan, REPORT_ONLY, reason),
                policies.expectation(plan, ENABLED),
            )
            for plan in _changed(plans)
            if plan.will_be_enforced
        ],
    )


def _phase(name: str, steps: t.Sequence[Step]) -> Phase:
    expectations = tuple(step.expectation for step in steps if step.expectation)
    return Phase(name, tuple(step.action for step in steps), expectations)


def _final_steps(plan: PolicyPlan) -> list[Step]:
    expected = policies.expectation(plan, plan.state)
    if plan.is_removed:
        return [Step(policies.delete_action(plan, _reason(plan, "the policy is to be absent")), expected)]
    state = t.cast(str, plan.state)
    if plan.is_new:
        return [Step(policies.create_action(plan, state, plan.reason or "there is no policy of this name"), expected)]
    reason = _reason(plan, "the policy differs from what is wanted")
    if plan.is_restored:
        return _restoring_steps(plan, state, reason)
    return [Step(policies.update_action(plan, state, reason), expected)]


def _restoring_steps(plan: PolicyPlan, state: str, reason: str) -> list[Step]:
    """Bring a policy back from the bin, then change what differs."""
    expected = policies.expectation(plan, state)
    before = plan.current.state if plan.current else None
    if not plan.content_changes and before == state:
        return [Step(policies.restore_action(plan), expected)]
    return [Step(policies.restore_action(plan), None), Step(policies.update_action(plan, state, reason), expected)]


def _reason(plan: PolicyPlan, listed: str) -> str:
    if plan.reason:
        return plan.reason
    return listed if plan.desired.is_listed else "what goes for all policies, or for those that are not listed"
