# Copyright: (c) 2026, m365.entra contributors
# GNU General Public License v3.0+ (see COPYING or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later

"""Brings one tenant to what is wanted of it: read once, plan, guard, apply, verify.

This is the one way in which anything of this collection changes a tenant; the modules differ only in how much of a
tenant they speak of.
"""

from __future__ import annotations

from dataclasses import replace
from datetime import UTC, datetime

from .._directory.directory import Directory
from .._graph.errors import GuardRefused
from .._graph.session import Session
from .._guard.cloud_capabilities import check_cloud, has_bin
from .._guard.custom_roles import require_built_in_roles
from .._guard.tenant_identity import require_named_tenant
from .._policy.desired import DesiredPolicy
from .._policy.exclusions import (
    EmergencyAccess,
    refuse_removal_of_emergency_access,
    with_edit,
    with_exclusions,
)
from .._policy.policy_plan import (
    CurrentPolicy,
    PolicyPlan,
    check_planned_rules,
    plan_policy,
    planned_tenant,
)
from .._policy.references import NamedReference, with_ids
from .._policy.unmanaged import unmanaged_plans
from .._reconcile.list_edit import REMOVE
from .._reconcile.object_plan import ObjectPlan, check_plans_differ
from .._reconcile.shape import Json
from .._rollout.rolling_out import Circumstances, Rollouts, roll_out
from .._rollout.stages import AtOnce
from .._snapshot.record import Keeping
from . import group
from .dead_references import dead_references_of_restored, find_dead_references, refuse_writing_dead_references
from .named_location import changes_a_place
from .objects import (
    Objects,
    phases_around,
    plan_objects,
    planned_objects,
    read_deleted_objects,
    read_objects,
    refuse_removal_of_used,
    tell_directory,
)
from .outcome import Outcome
from .prerequisites import Step, require_prerequisites, require_reading
from .preview_policies import PreviewPolicies, refuse_change_of_masked, refuse_hidden
from .reading import Now, look_behind, read_now, with_defaults, with_preview
from .settings import setting_mentions
from .shown_plan import blocked_plan
from .tenant_plan import Lane, tenant_plan
from .tenant_settings import plan_tenant_settings, with_per_user_mfa
from .verification import carried_out
from .wanted import Wanted


def reconcile(session: Session, wanted: Wanted, *, check_mode: bool, keeping: Keeping | None = None) -> Outcome:
    """Bring the tenant to what is *wanted*; with *check_mode* only say what would be done.

    With *keeping* a snapshot of what may be touched is kept before the first write.

    Raises an EntraError, before any write, when a name does not resolve or a guard refuses; after a write only when
    the service refuses, does not answer, or does not show what was written.
    """
    session.before_first_write(lambda: require_named_tenant(session))
    require_reading(session, wanted)
    directory = Directory(session)
    objects = read_objects(session, wanted.objects)
    deleted = read_deleted_objects(session, wanted.objects)
    object_plans = plan_objects(wanted.objects, objects, session.cloud, deleted)
    tell_directory(directory, object_plans, objects)
    new_groups = _missing_groups(directory, wanted)
    dead = find_dead_references(directory, wanted)
    require_built_in_roles(wanted.mentions(), directory)
    emergency = _emergency_access(directory, wanted)
    settings = plan_tenant_settings(session, wanted, directory)
    desired = tuple(_identified(policy, directory) for policy in wanted.policies or ())
    now = look_behind(session, wanted, desired, read_now(session, wanted, object_plans))
    policy_plans, rollouts = _policy_plans(session, wanted, desired, now, emergency, directory)
    if rollouts.keeps_defaults:
        wanted = replace(wanted, security_defaults=None)
    refuse_writing_dead_references(policy_plans, dead)
    now = with_preview(session, wanted, [*policy_plans, *_seen_by_policies(object_plans)], now)
    refuse_change_of_masked(policy_plans, now.preview.masked if now.preview else ())
    for policy_plan in policy_plans:
        # After the look behind v1.0: what it hides may be the part that a rule misses.
        check_planned_rules(policy_plan)
    now = with_defaults(session, policy_plans, now)
    planned = planned_tenant(policy_plans, now.policies or ())
    refuse_removal_of_used(object_plans, [*planned, *(now.preview.hidden if now.preview else ())])
    defaults_after = now.security_defaults if wanted.security_defaults is None else wanted.security_defaults
    settings = with_per_user_mfa(settings, session, wanted, directory, (planned, bool(defaults_after)))
    plan = tenant_plan(
        policy_plans,
        now.security_defaults,
        wanted.security_defaults,
        settings.around(phases_around(object_plans, new_groups), wanted.api_version),
        Lane(wanted.api_version, has_bin(session.cloud)),
    )
    outcome = Outcome(
        plan=plan,
        policy_plans=policy_plans,
        policies=tuple(planned) if now.policies is not None else None,
        security_defaults=defaults_after,
        created={},
        directory=directory,
        emergency=emergency,
        object_plans=object_plans,
        objects=_planned_objects(object_plans, objects),
        preview=now.preview or PreviewPolicies(),
        restorable=_restorable(policy_plans, now.deleted),
        new_groups=new_groups,
        dead_references=(*dead, *dead_references_of_restored(directory, policy_plans)),
        settings=settings,
        settings_after=settings.planned,
        rollouts=rollouts.rollouts,
        keeps_defaults=rollouts.keeps_defaults,
    )
    if plan.is_empty:
        return outcome
    try:
        guards = require_prerequisites(session, Step(wanted, outcome, now.security_defaults, now.policies or ()))
    except GuardRefused as refusal:
        refusal.details.update(blocked_plan(outcome))
        raise
    outcome = replace(outcome, guards=guards)
    if check_mode:
        require_named_tenant(session)
        return outcome
    return carried_out(session, outcome, wanted, keeping)


def _seen_by_policies(plans: tuple[ObjectPlan, ...]) -> list[ObjectPlan]:
    """The plans of what goes, and of places that change."""
    return [plan for plan in plans if plan.is_removed or changes_a_place([plan])]


def _missing_groups(directory: Directory, wanted: Wanted) -> tuple[str, ...]:
    """The groups that policies name, that do not exist, and that are to be made; the directory learns of them."""
    if not wanted.creates_groups:
        return ()
    emergency = {mention.value.lower() for mention in wanted.emergency_mentions()}
    # A group that is to leave a list need not be made for that.
    needed = [mention for mention in _of_groups_to_be(wanted) if f".{REMOVE}[" not in mention.path]
    missing = [name for name in directory.missing("group", needed) if name.lower() not in emergency]
    by_name = {name.lower(): name for name in reversed(missing)}
    for name in by_name.values():
        directory.expect("group", name, group.key_of(name))
    return tuple(sorted(by_name.values()))


def _of_groups_to_be(wanted: Wanted) -> list[NamedReference]:
    """What names groups that may be made: policies and settings, but not whose per-user MFA is turned off."""
    return [*wanted.policy_mentions(), *setting_mentions(wanted.settings)]


def _emergency_access(directory: Directory, wanted: Wanted) -> EmergencyAccess:
    return EmergencyAccess(
        tuple(sorted(directory.identify("user", user) for user in wanted.emergency_users)),
        tuple(sorted(directory.identify("group", one) for one in wanted.emergency_groups)),
    )


def _identified(policy: DesiredPolicy, directory: Directory) -> DesiredPolicy:
    return policy.resolved(directory.identify) if policy.is_present else policy


def _policy_plans(
    session: Session,
    wanted: Wanted,
    desired: tuple[DesiredPolicy, ...],
    now: Now,
    emergency: EmergencyAccess,
    directory: Directory,
) -> tuple[tuple[PolicyPlan, ...], Rollouts]:
    existing = now.policies or ()
    every = with_ids(wanted.every_policy, directory.identify) if wanted.every_policy else None
    refuse_removal_of_emergency_access(every or {}, emergency)
    refuse_hidden(desired, existing, now.preview.hidden if now.preview else ())
    plans = [
        plan_policy(one, existing, emergency, every=every, deleted=now.deleted, checks_rules=False) for one in desired
    ]
    check_plans_differ(plans)
    rollouts = _rollouts(session, wanted, plans, now, lambda plan, content: _at_once(plan, content, emergency, every))
    plans = list(rollouts.plans)
    check_plans_differ(plans)
    if every or wanted.unmanaged.acts:
        plans.extend(unmanaged_plans(wanted.unmanaged, plans, existing, every))
    for plan in plans:
        if plan.content is not None and plan.is_changed:
            check_cloud(session.cloud, plan.content, plan.desired.option)
    return tuple(plans), rollouts


def _rollouts(session: Session, wanted: Wanted, plans: list[PolicyPlan], now: Now, at_once: AtOnce) -> Rollouts:
    circumstances = Circumstances(
        existing=now.policies or (),
        at_once=at_once,
        replaces_defaults=now.security_defaults is True and wanted.security_defaults is False,
        now=datetime.now(UTC),
    )
    return roll_out(session, plans, circumstances, wanted.promotion)


def _at_once(plan: PolicyPlan, content: Json, emergency: EmergencyAccess, every: Json | None) -> Json:
    """What goes for every policy, or keeps emergency access from being locked out, waits for no promotion."""
    edited = with_edit(content, every or {})
    return with_exclusions(edited, emergency) if plan.desired.excludes_emergency_access else edited


def _planned_objects(plans: tuple[ObjectPlan, ...], objects: Objects) -> Objects:
    return {
        noun: tuple(planned_objects([plan for plan in plans if plan.resource == noun], existing))
        for noun, existing in objects.items()
    }


def _restorable(plans: tuple[PolicyPlan, ...], deleted: tuple[CurrentPolicy, ...]) -> tuple[CurrentPolicy, ...]:
    new = {plan.name for plan in plans if plan.is_new}
    return tuple(policy for policy in deleted if policy.name in new)
