# Copyright: (c) 2026, m365.entra contributors
# GNU General Public License v3.0+ (see COPYING or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later

"""What a run may touch, as it is before the first write."""

from __future__ import annotations

import typing as t

from .._policy.policy_plan import NOUN as POLICY
from .._policy.policy_plan import CurrentPolicy, PolicyPlan
from .._reconcile.action import CREATE, Action, Plan
from .._reconcile.object_plan import ObjectPlan
from .._reconcile.shape import Json
from .._resources import group
from .._resources import security_defaults as defaults
from .._resources.outcome import Outcome
from .._settings.setting_plan import SettingPlan
from .snapshot import Form, PlannedAction, TouchedObject


def touched_objects(outcome: Outcome) -> tuple[TouchedObject, ...]:
    """Every object that the plan of *outcome* writes to, in the order of the plan."""
    known = {
        **{plan.key: _policy(plan) for plan in outcome.policy_plans},
        **{plan.key: _object(plan) for plan in outcome.object_plans},
        **{plan.key: _setting(plan) for plan in outcome.settings.all_plans},
        **{group.key_of(name): _group(name) for name in outcome.new_groups},
    }
    found: dict[str, TouchedObject] = {}
    for action in outcome.plan.actions:
        touched = _of(action, known)
        found.setdefault(touched.key, touched)
    return tuple(found.values())


def planned_actions(plan: Plan, done: t.Container[Action] = ()) -> tuple[PlannedAction, ...]:
    """The actions of *plan*; those in *done* are known to have been carried out."""
    return tuple(
        PlannedAction(phase.name, one.operation, one.resource, one.name, one.reason, one in done)
        for phase in plan.phases
        for one in phase.actions
    )


def _of(action: Action, known: t.Mapping[str, TouchedObject]) -> TouchedObject:
    if action.key in known:
        return known[action.key]
    if action.resource == defaults.NOUN:
        return _security_defaults(action)
    # A part of an object, such as a limit of a strength, has the key of its object in front.
    whole = next((touched for key, touched in known.items() if key and action.key.startswith(f"{key}:")), None)
    return whole or _not_kept(action)


def _not_kept(action: Action) -> TouchedObject:
    """What nobody has said how to keep: an undo names it instead of forgetting it."""
    identifier = "" if action.operation == CREATE else action.object_id or ""
    return TouchedObject(action.resource, action.key, identifier, action.name, None, None, is_kept=False)


def _policy(plan: PolicyPlan) -> TouchedObject:
    return TouchedObject(
        POLICY,
        plan.key,
        plan.current.identifier if plan.current else "",
        plan.name,
        _policy_form(plan.current) if plan.current else None,
        None if plan.content is None else Form(plan.name, plan.content, plan.state or ""),
        was_deleted=plan.is_restored,
    )


def _policy_form(policy: CurrentPolicy) -> Form:
    return Form(policy.name, policy.content, policy.state, policy.raw)


def _object(plan: ObjectPlan) -> TouchedObject:
    current = plan.current
    chosen = plan.desired.identifier or "" if plan.content is not None else ""
    return TouchedObject(
        plan.resource,
        plan.key,
        current.identifier if current else chosen,
        plan.name,
        Form(current.name, current.content, raw=current.raw) if current else None,
        None if plan.content is None else Form(plan.name, plan.content),
        was_deleted=plan.is_restored,
    )


def _setting(plan: SettingPlan) -> TouchedObject:
    current = plan.current
    return TouchedObject(
        plan.noun,
        plan.key,
        current.identifier if current else "",
        plan.name,
        Form(current.name, current.content, raw=_kept_raw(current.raw, current.scope)) if current else None,
        None if plan.content is None else Form(plan.name, plan.content),
    )


def _kept_raw(raw: Json, scope: str) -> Json:
    """Nobody has published all that the portal's objects hold, so that only what is known of them is kept."""
    return {} if scope else raw


def _group(name: str) -> TouchedObject:
    return TouchedObject(group.NOUN, group.key_of(name), "", name, None, Form(name, {"displayName": name}))


def _security_defaults(action: Action) -> TouchedObject:
    wanted = bool((action.body or {})["isEnabled"])
    return TouchedObject(
        defaults.NOUN,
        action.key,
        "",
        action.name,
        Form(action.name, {"isEnabled": not wanted}),
        Form(action.name, {"isEnabled": wanted}),
    )
