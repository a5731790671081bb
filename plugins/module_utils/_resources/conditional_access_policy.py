# Copyright: (c) 2026, m365.entra contributors
# GNU General Public License v3.0+ (see COPYING or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later

"""The resource Conditional Access policy: where it is, how it is written, and how one is shown (facts section 2)."""

from __future__ import annotations

import typing as t
from dataclasses import replace

from .._graph.api_versions import V1
from .._graph.session import Session
from .._policy.canonical_policy import canonical_policy
from .._policy.options import options_from_content
from .._policy.policy_plan import DISABLED, ENABLED, NOUN, REPORT_ONLY, CurrentPolicy, PolicyPlan, current_policy
from .._policy.policy_shape import POLICY
from .._policy.vocabulary import OPTION_BY_STATE
from .._reconcile.action import CREATE, DELETE, RESTORE, UPDATE, Action, Expectation
from .._reconcile.compare import Change, full_body, patch_body
from .._reconcile.created import keys_in, readable_keys, with_created
from .._reconcile.shape import Json

COLLECTION = "/identity/conditionalAccess/policies"
# The service's refusal while it has not noticed yet that security defaults were turned off (facts section 1.2).
_DEFAULTS_STILL_ON = ("security defaults is enabled",)
# Its refusals while it does not show yet what an earlier action created (facts section 0.4).
_NOT_VISIBLE_YET = ("does not exist", "not found")
BIN = "/identity/conditionalAccess/deletedItems/policies"


def read_policies(session: Session, api_version: str = V1) -> list[CurrentPolicy]:
    """All policies of the tenant that *api_version* shows, in one read, sorted by name."""
    return _sorted(session.list(COLLECTION, version=api_version))


def read_deleted_policies(session: Session, api_version: str = V1) -> list[CurrentPolicy]:
    """The policies in the bin, in one read, sorted by name. National clouds have no bin (facts appendix E)."""
    return _sorted(session.list(BIN, version=api_version))


def _sorted(found: t.Iterable[Json]) -> list[CurrentPolicy]:
    policies = [current_policy(raw) for raw in found]
    return sorted(policies, key=lambda policy: (policy.name, policy.identifier))


def policy_result(policy: CurrentPolicy) -> Json:
    """A policy as tasks return it: options, with ids, and what the service says of it."""
    raw = policy.raw
    return {
        "id": policy.identifier or None,
        "display_name": policy.name,
        "policy_state": OPTION_BY_STATE.get(policy.state, policy.state),
        "microsoft_managed": policy.is_managed,
        "template_id": raw.get("templateId"),
        "deleted_date_time": raw.get("deletedDateTime"),
        "created_date_time": raw.get("createdDateTime"),
        "modified_date_time": raw.get("modifiedDateTime"),
        **{
            name: readable_keys(value)
            for name, value in options_from_content(policy.content).items()
            if name != "display_name"
        },
    }


def create_action(plan: PolicyPlan, state: str, reason: str) -> Action:
    """The action that creates the planned policy in *state*."""
    body = {"state": state, **(full_body(POLICY, plan.content) or {})}
    action = _action(plan, CREATE, reason, body=body, changes=_with_state(plan, state))
    return replace(action, undo=_action(plan, DELETE, f"take back: {reason}"))


def update_action(plan: PolicyPlan, state: str, reason: str, *, waits: bool = False) -> Action:
    """The action that brings an existing policy to *state* and to its planned content.

    *waits*: security defaults may still be seen as on, which is worth waiting for. So is a restored policy that the
    service does not show yet.
    """
    current = plan.current
    before = current.content if current else {}
    body = patch_body(POLICY, before, plan.content or {}) if current else {}
    undo_body = patch_body(POLICY, plan.content or {}, before) if current else {}
    state_before = current.state if current else REPORT_ONLY
    if state != state_before:
        body["state"] = state
        undo_body["state"] = state_before
    action = _action(plan, UPDATE, reason, body=body, changes=_with_state(plan, state))
    return replace(
        action,
        waits_for=(
            *action.waits_for,
            *(_DEFAULTS_STILL_ON if waits else ()),
            *(_NOT_VISIBLE_YET if plan.is_restored else ()),
        ),
        undo=_action(plan, UPDATE, f"take back: {reason}", body=undo_body),
    )


def enforce_action(plan: PolicyPlan, staged_state: str, reason: str) -> Action:
    """The action that enforces a policy that an earlier phase has put into *staged_state*."""
    action = _action(plan, UPDATE, reason, body={"state": ENABLED}, changes=(_state_change(staged_state, ENABLED),))
    undo = _action(plan, UPDATE, f"take back: {reason}", body={"state": staged_state})
    return replace(action, undo=undo, waits_for=_DEFAULTS_STILL_ON)


def delete_action(plan: PolicyPlan, reason: str) -> Action:
    """The action that moves a policy to the bin, from which it can be restored for 30 days (facts section 2.8)."""
    current = plan.current
    # The body is for clouds without a bin, where a policy is made anew.
    body = {"state": current.state, **(full_body(POLICY, current.content) or {})} if current else None
    undo = Action(
        RESTORE,
        NOUN,
        plan.key,
        plan.name,
        BIN,
        f"take back: {reason}",
        body,
        object_id=current.identifier if current else None,
    )
    return replace(_action(plan, DELETE, reason), undo=undo)


def restore_action(plan: PolicyPlan) -> Action:
    """The action that brings a policy back from the bin, as it was."""
    reason = "the policy lies in the bin and is to be restored"
    state = plan.current.state if plan.current else ""
    action = Action(
        RESTORE, NOUN, plan.key, plan.name, BIN, reason, None, plan.key, changes=(_state_change(None, state),)
    )
    return replace(action, undo=_action(plan, DELETE, f"take back: {reason}"))


def in_lane(action: Action, api_version: str, *, has_bin: bool) -> Action:
    """*action*, and what takes it back, through *api_version* and, where there is no bin, without it."""
    if action.resource != NOUN:
        return action
    undo = in_lane(action.undo, api_version, has_bin=has_bin) if action.undo else None
    if action.operation == RESTORE and not has_bin:
        action = replace(action, operation=CREATE, collection=COLLECTION, object_id=None)
    return replace(action, api_version=api_version, undo=undo)


def expectation(plan: PolicyPlan, state: str | None) -> Expectation:
    """What must be read back for a planned policy; None as *state* when it must be gone."""
    value = None if state is None else (state, plan.content)
    return Expectation(NOUN, plan.key, plan.name, plan.current.identifier if plan.current else None, value)


def unmet(
    expectations: t.Sequence[Expectation], found: t.Sequence[CurrentPolicy], created: t.Mapping[str, str]
) -> list[str]:
    """Which of *expectations* the policies *found* do not meet, in words."""
    by_id = {policy.identifier: policy for policy in found}
    return [
        problem
        for one in expectations
        if (problem := _unmet(one, by_id.get((one.object_id or created.get(one.key, "")).lower()), created))
    ]


def _unmet(expected: Expectation, found: CurrentPolicy | None, created: t.Mapping[str, str]) -> str:
    if expected.value is None:
        return f"{NOUN} {expected.name!r} is still there" if found else ""
    if found is None:
        return f"{NOUN} {expected.name!r} is not there"
    state, content = expected.value
    content = canonical_policy(with_created(content, created))
    if found.state != state:
        return f"{NOUN} {expected.name!r} is {found.state}, not {state}"
    if found.content != content:
        return f"{NOUN} {expected.name!r} does not have the planned content"
    return ""


def _action(
    plan: PolicyPlan, operation: str, reason: str, *, body: Json | None = None, changes: tuple[Change, ...] = ()
) -> Action:
    identifier = plan.current.identifier if plan.current else None
    action = Action(
        operation,
        NOUN,
        plan.key,
        plan.name,
        COLLECTION,
        reason,
        body,
        identifier,
        changes=changes,
        # Policies that nobody listed have nothing to do with one another.
        is_independent=not plan.desired.is_listed,
    )
    return replace(action, waits_for=_NOT_VISIBLE_YET) if keys_in(body) else action


def _state_change(before: str | None, after: str) -> Change:
    return Change("policy_state", OPTION_BY_STATE.get(before or "", before), OPTION_BY_STATE.get(after, after))


def _with_state(plan: PolicyPlan, state: str) -> tuple[Change, ...]:
    before = plan.current.state if plan.current else None
    state_change = () if before == state else (_state_change(before, state),)
    return (*state_change, *plan.content_changes)


def weakens(plan: PolicyPlan) -> bool:
    """Whether carrying out the plan takes an enforced policy out of effect."""
    return plan.stops_to_enforce or (plan.state == DISABLED and plan.is_changed)
