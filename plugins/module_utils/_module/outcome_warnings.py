# Copyright: (c) 2026, m365.entra contributors
# GNU General Public License v3.0+ (see COPYING or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later

"""What a person should know of an outcome besides what was done."""

from __future__ import annotations

import typing as t

from .._evaluation.evaluated_policy import of_current
from .._guard.emergency_access import not_excluded_from, without_exclusions
from .._guard.mutual_exclusion import remaining_policies_warning
from .._guard.switch_over import lost_protection_warning, mfa_strengths
from .._policy.advice import advice_about
from .._policy.policy_plan import PolicyPlan
from .._policy.references import references
from .._policy.requirements import requires_mfa_for_all_users
from .._policy.vocabulary import OPTION_BY_STATE
from .._resources.dead_references import dead_references_warning
from .._resources.outcome import Outcome
from .._resources.preview_policies import preview_policies_warning
from .._rollout.stages import STAGED
from .planned_checks import check_warnings
from .setting_warnings import setting_warnings


def warnings_about(outcome: Outcome) -> list[str]:
    """Everything worth a warning, in one sentence each."""
    return [
        *(_withheld(plan) for plan in outcome.policy_plans if plan.withheld),
        *(_loses_exclusions(plan) for plan in outcome.policy_plans if plan.begins_to_enforce and _lost(plan)),
        *(_loses_conditions(plan) for plan in outcome.policy_plans if plan.begins_to_enforce and _widened(plan)),
        *(
            f"The enforced policy {name!r} reaches every user or administrator and excludes nobody: a mistake in it "
            "locks everybody out."
            for name in without_exclusions(outcome.policy_plans)
        ),
        *(advice for plan in outcome.policy_plans if plan.is_changed for advice in _advice(plan)),
        *_emergency_access(outcome),
        *_unprotected(outcome),
        *_kept_defaults(outcome),
        *_appeared(outcome),
        *_remaining(outcome),
        *_preview(outcome),
        *_dead_references(outcome),
        *_restorable(outcome),
        *_empty_groups(outcome),
        *_changed_trust(outcome),
        *_changed_objects(outcome),
        *setting_warnings(outcome.settings),
        *check_warnings(outcome),
    ]


def _withheld(plan: PolicyPlan) -> str:
    paths = ", ".join(change.path for change in plan.withheld)
    return f"The enforced policy {plan.name!r} differs from what is wanted ({paths}) and was left alone."


def _lost(plan: PolicyPlan) -> list[str]:
    return [
        change.path
        for change in plan.content_changes
        if ".exclude_" in change.path and set(_listed(change.before)) - set(_listed(change.after))
    ]


def _listed(value: t.Any) -> list[str]:
    return [str(member) for member in value] if isinstance(value, list) else []


def _loses_exclusions(plan: PolicyPlan) -> str:
    return f"The enforced policy {plan.name!r} loses exclusions: {', '.join(_lost(plan))}; the plan shows which."


def _advice(plan: PolicyPlan) -> list[str]:
    if plan.content is None:
        return []
    return [f"The policy {plan.name!r}: {fault}" for fault in advice_about(plan.content, plan.state or "")]


def _widened(plan: PolicyPlan) -> list[str]:
    """The conditions, other than exclusions, that an existing policy no longer has."""
    if plan.current is None:
        return []
    return [
        change.path
        for change in plan.content_changes
        if change.path.startswith("conditions.")
        and ".exclude_" not in change.path
        and change.before
        and not change.after
    ]


def _loses_conditions(plan: PolicyPlan) -> str:
    return f"The enforced policy {plan.name!r} loses conditions and reaches further: {', '.join(_widened(plan))}."


def _emergency_access(outcome: Outcome) -> list[str]:
    names = not_excluded_from(outcome.policies or (), outcome.emergency)
    if not names:
        return []
    return [f"These enforced policies do not exclude all emergency access accounts: {', '.join(map(repr, names))}."]


def _turns_security_defaults(outcome: Outcome, *, on: bool) -> bool:
    return any(action.is_singleton and action.body == {"isEnabled": on} for action in outcome.plan.actions)


def _remaining(outcome: Outcome) -> list[str]:
    warning = remaining_policies_warning(outcome.policies or (), _turns_security_defaults(outcome, on=True))
    return [warning] if warning else []


def _unprotected(outcome: Outcome) -> list[str]:
    """What required MFA of all users, and does no more, wants something in its place; so do security defaults."""
    if _turns_security_defaults(outcome, on=False):
        found = outcome.policies or ()
        warning = lost_protection_warning([of_current(policy) for policy in found], mfa_strengths(found))
        return [warning] if warning else []
    if any(one.is_enforced and requires_mfa_for_all_users(one) for one in outcome.policies or ()):
        return []
    lost = [plan.current.name for plan in outcome.policy_plans if plan.current and _required_mfa(plan)]
    if not lost or outcome.security_defaults:
        return []
    return [
        f"No enforced policy requires MFA of all users any more; until this run it was {', '.join(map(repr, lost))}."
    ]


def _appeared(outcome: Outcome) -> list[str]:
    """What Microsoft, or somebody else, has made in the meantime and nobody planned with."""
    if not outcome.appeared:
        return []
    names = ", ".join(f"{one.name!r} ({OPTION_BY_STATE.get(one.state, one.state)})" for one in outcome.appeared)
    return [f"These policies appeared while the run went on, not through it, and were left alone: {names}."]


def _kept_defaults(outcome: Outcome) -> list[str]:
    if not outcome.keeps_defaults:
        return []
    names = ", ".join(repr(one.stage.plan.name) for one in outcome.rollouts if one.stage.name == STAGED)
    return [f"Security defaults stay on until these policies of a rollout can take their place: {names}."]


def _required_mfa(plan: PolicyPlan) -> bool:
    was_enforced = plan.current is not None and plan.current.is_enforced and not plan.is_restored
    return was_enforced and plan.current is not None and requires_mfa_for_all_users(plan.current)


def _preview(outcome: Outcome) -> list[str]:
    """What only the beta endpoint has, and what only it shows."""
    uses = [path for plan in outcome.listed_plans if plan.desired.is_present for path in plan.desired.preview_uses()]
    kept_back = preview_policies_warning(outcome.preview)
    return [
        *([f"Graph's beta endpoint, which may change at any time, is used for: {', '.join(uses)}."] if uses else []),
        *([kept_back] if kept_back else []),
    ]


def _dead_references(outcome: Outcome) -> list[str]:
    warning = dead_references_warning(outcome.dead_references)
    return [warning] if warning else []


def _restorable(outcome: Outcome) -> list[str]:
    offered = (
        f"A policy named {policy.name!r} lies in the bin ({policy.identifier}, {OPTION_BY_STATE.get(policy.state)}, "
        f"deleted {policy.raw.get('deletedDateTime')}); restore: true brings it back instead of making a new one."
        for policy in outcome.restorable
    )
    in_vain = (
        f"There is no deleted policy {plan.name!r} to restore: a new one is made."
        for plan in outcome.listed_plans
        if plan.is_new and plan.desired.restores
    )
    return [*offered, *in_vain]


def _empty_groups(outcome: Outcome) -> list[str]:
    if not outcome.new_groups:
        return []
    names = ", ".join(map(repr, outcome.new_groups))
    return [
        f"These groups are made without members: {names}. Until they have members, policies include or exclude nobody."
    ]


def _changed_trust(outcome: Outcome) -> list[str]:
    """A location that gains or loses trust changes every policy that speaks of all trusted locations."""
    changed = [
        plan.name
        for plan in outcome.object_plans
        if (plan.current.content if plan.current else {}).get("isTrusted", False)
        != (plan.content or {}).get("isTrusted", False)
    ]
    if not changed:
        return []
    names = ", ".join(map(repr, changed))
    return [f"Trust changes for {names}: every policy that refers to AllTrusted reaches other sign-ins than before."]


def _changed_objects(outcome: Outcome) -> list[str]:
    """What enforced policies refer to changes what they do, though they do not change themselves."""
    users: dict[tuple[str, str], list[str]] = {}
    for policy in outcome.policies or ():
        if policy.is_enforced:
            for mention in references(policy.content):
                users.setdefault((mention.kind, mention.value), []).append(policy.name)
    return [
        f"{plan.name!r} changes, and with it what these enforced policies do: "
        f"{', '.join(map(repr, sorted(set(names))))}."
        for plan in outcome.object_plans
        if plan.current and plan.changes and (names := users.get((plan.resource, plan.current.identifier)))
    ]
