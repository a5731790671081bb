# Copyright: (c) 2026, m365.entra contributors
# GNU General Public License v3.0+ (see COPYING or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later

"""What a tenant had before a run, held against what it shows afterwards: pure."""

from __future__ import annotations

import typing as t

from .._policy.policy_plan import NOUN as POLICY
from .._policy.policy_plan import CurrentPolicy, PolicyPlan
from .._reconcile.action import CREATE, Action, Expectation
from . import security_defaults as defaults
from .outcome import Outcome


def expectations_before(taken_back: t.Iterable[Action], plans: t.Iterable[PolicyPlan]) -> list[Expectation]:
    """What must be read back for the actions *taken_back*: one expectation an object, as it was before the run."""
    by_key = {plan.key: plan for plan in plans}
    found: dict[str, Expectation] = {}
    for action in taken_back:
        if action.resource == POLICY and action.key in by_key:
            found[action.key] = _of_policy(action, by_key[action.key])
        elif action.resource == defaults.NOUN and action.body is not None:
            found[action.key] = defaults.expectation(not action.body["isEnabled"])
    return list(found.values())


def _of_policy(action: Action, plan: PolicyPlan) -> Expectation:
    # One that was removed where there is no bin has been made anew, with another id.
    is_made_anew = action.undo is not None and action.undo.operation == CREATE
    identifier = None if is_made_anew or plan.current is None else plan.current.identifier
    value = None if plan.current is None or plan.is_restored else (plan.current.state, plan.current.content)
    return Expectation(POLICY, plan.key, plan.name, identifier, value)


def created_all_the_same(action: Action, shown: t.Iterable[CurrentPolicy], known: t.Container[str]) -> list[str]:
    """In words, that the policy of a creation without a clear answer is there: *shown* now and not *known* before."""
    found = [policy.identifier for policy in shown if policy.name == action.name and policy.identifier not in known]
    return [f"{POLICY} {action.name!r} was created all the same ({', '.join(found)})"] if found else []


def known_before(outcome: Outcome) -> frozenset[str]:
    """The ids of all policies that the plan of *outcome* was made with."""
    spoken_of = (plan.current for plan in outcome.policy_plans if plan.current)
    return frozenset(policy.identifier for policy in (*(outcome.policies or ()), *spoken_of) if policy.identifier)


def appeared(
    outcome: Outcome, shown: t.Iterable[CurrentPolicy], created: t.Mapping[str, str]
) -> tuple[CurrentPolicy, ...]:
    """The policies *shown* after a run that neither were there before it nor are among what it *created*.

    Microsoft makes some when security defaults go off (facts section 1.4).
    """
    if outcome.policies is None:
        return ()
    known = known_before(outcome) | {identifier.lower() for identifier in created.values()}
    return tuple(policy for policy in shown if policy.identifier not in known)
