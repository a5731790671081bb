# Copyright: (c) 2026, m365.entra contributors
# GNU General Public License v3.0+ (see COPYING or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later

"""Brings one tenant to what is wanted of it: read once, plan, guard, apply, verify.

This is the one way in which anything of this collection changes a tenant; the modules differ only in how much of a
tenant they speak of.
"""

from __future__ import annotations

from dataclasses import dataclass, replace

from .._directory.directory import Directory
from .._graph.api_versions import V1
from .._graph.errors import ServiceRefused
from .._graph.session import Session
from .._guard.cloud_capabilities import check_bin_in_cloud, check_cloud, has_bin
from .._guard.custom_roles import require_built_in_roles
from .._guard.tenant_identity import require_named_tenant
from .._policy.desired import DesiredPolicy
from .._policy.exclusions import EmergencyAccess, refuse_removal_of_emergency_access
from .._policy.policy_plan import (
    CurrentPolicy,
    PolicyPlan,
    check_plans_differ,
    find_current,
    plan_policy,
    planned_tenant,
)
from .._policy.references import with_ids
from .._policy.unmanaged import unmanaged_plans
from .._reconcile.list_edit import REMOVE
from .._reconcile.object_plan import ObjectPlan, at
from . import conditional_access_policy as policies
from . import group
from . import security_defaults as defaults
from .dead_references import find_dead_references, refuse_writing_dead_references
from .objects import (
    Objects,
    phases_around,
    plan_objects,
    planned_objects,
    read_objects,
    refuse_removal_of_used,
    tell_directory,
)
from .outcome import Outcome
from .prerequisites import Step, require_prerequisites, require_reading
from .preview_policies import HiddenPolicy, hidden_policies, refuse_hidden
from .tenant_plan import Lane, tenant_plan
from .verification import carried_out
from .wanted import Wanted

_NO_BIN = (400, 404)


@dataclass(frozen=True)
class _Now:
    """What the tenant has, as far as it was read.

    *deleted* are the policies in its bin, *hidden* those that v1.0 does not show; both are looked for only when a
    policy seems to be missing.
    """

    policies: tuple[CurrentPolicy, ...] | None
    security_defaults: bool | None
    deleted: tuple[CurrentPolicy, ...] = ()
    hidden: tuple[HiddenPolicy, ...] = ()


def reconcile(session: Session, wanted: Wanted, *, check_mode: bool) -> Outcome:
    """Bring the tenant to what is *wanted*; with *check_mode* only say what would be done.

    Raises an EntraError, before any write, when a name does not resolve or a guard refuses; after a write only when
    the service refuses, does not answer, or does not show what was written.
    """
    session.before_first_write(lambda: require_named_tenant(session))
    require_reading(session, wanted)
    directory = Directory(session)
    objects = read_objects(session, wanted.objects)
    object_plans = plan_objects(wanted.objects, objects, session.cloud)
    tell_directory(directory, object_plans, objects)
    new_groups = _missing_groups(directory, wanted)
    dead = find_dead_references(directory, wanted)
    require_built_in_roles(wanted.mentions(), directory)
    emergency = _emergency_access(directory, wanted)
    desired = tuple(_identified(policy, directory) for policy in wanted.policies or ())
    now = _looked_for(session, wanted, desired, _read(session, wanted, object_plans))
    policy_plans = _policy_plans(session, wanted, desired, now, emergency, directory)
    refuse_writing_dead_references(policy_plans, dead)
    now = _with_defaults(session, policy_plans, now)
    planned = planned_tenant(policy_plans, now.policies or ())
    refuse_removal_of_used(object_plans, planned)
    plan = tenant_plan(
        policy_plans,
        now.security_defaults,
        wanted.security_defaults,
        phases_around(object_plans, new_groups),
        Lane(wanted.api_version, has_bin(session.cloud)),
    )
    outcome = Outcome(
        plan=plan,
        policy_plans=policy_plans,
        policies=tuple(planned) if now.policies is not None else None,
        security_defaults=now.security_defaults if wanted.security_defaults is None else wanted.security_defaults,
        created={},
        directory=directory,
        emergency=emergency,
        object_plans=object_plans,
        objects=_planned_objects(object_plans, objects),
        hidden=now.hidden,
        restorable=_restorable(policy_plans, now.deleted),
        new_groups=new_groups,
        dead_references=dead,
    )
    if plan.is_empty:
        return outcome
    require_prerequisites(session, Step(wanted, outcome, now.security_defaults))
    if check_mode:
        require_named_tenant(session)
        return outcome
    return carried_out(session, outcome, wanted.api_version)


def _missing_groups(directory: Directory, wanted: Wanted) -> tuple[str, ...]:
    """The groups that policies name, that do not exist, and that are to be made; the directory learns of them."""
    if not wanted.creates_groups:
        return ()
    emergency = {mention.value.lower() for mention in wanted.emergency_mentions()}
    # A group that is to leave a list need not be made for that.
    needed = [mention for mention in wanted.policy_mentions() if f".{REMOVE}[" not in mention.path]
    missing = [name for name in directory.missing("group", needed) if name.lower() not in emergency]
    by_name = {name.lower(): name for name in reversed(missing)}
    for name in by_name.values():
        directory.expect("group", name, group.key_of(name))
    return tuple(sorted(by_name.values()))


def _emergency_access(directory: Directory, wanted: Wanted) -> EmergencyAccess:
    return EmergencyAccess(
        tuple(sorted(directory.identify("user", user) for user in wanted.emergency_users)),
        tuple(sorted(directory.identify("group", one) for one in wanted.emergency_groups)),
    )


def _identified(policy: DesiredPolicy, directory: Directory) -> DesiredPolicy:
    return policy.resolved(directory.identify) if policy.is_present else policy


def _read(session: Session, wanted: Wanted, object_plans: tuple[ObjectPlan, ...]) -> _Now:
    """One list of policies and one read of security defaults, each only if it is needed."""
    needs_policies = wanted.speaks_of_policies or any(plan.is_removed for plan in object_plans)
    existing = tuple(policies.read_policies(session, wanted.api_version)) if needs_policies else None
    are_on = defaults.read_is_enabled(session) if wanted.speaks_of_security_defaults else None
    if existing is None and wanted.security_defaults not in (None, are_on):
        # Turning defaults on or off matters to the policies, and they to it.
        existing = tuple(policies.read_policies(session, wanted.api_version))
    return _Now(existing, are_on)


def _looked_for(session: Session, wanted: Wanted, desired: tuple[DesiredPolicy, ...], now: _Now) -> _Now:
    """Before a policy is taken for missing, it is looked for in the bin and among those that v1.0 does not show."""
    existing = now.policies or ()
    found = [(one, find_current(one, existing)) for one in desired]
    missing = [one for one, current in found if current is None]
    wanted_back = [one for one in missing if one.is_present]
    renames = any(current and one.is_present and one.name not in (None, current.name) for one, current in found)
    speaks_of_all = wanted.unmanaged.acts or wanted.every_policy
    looks_behind = wanted.api_version == V1 and (missing or renames or speaks_of_all)
    return replace(
        now,
        deleted=_deleted(session, wanted.api_version, wanted_back) if wanted_back else (),
        hidden=hidden_policies(session, existing) if looks_behind else (),
    )


def _deleted(session: Session, api_version: str, missing: list[DesiredPolicy]) -> tuple[CurrentPolicy, ...]:
    for policy in missing:
        if policy.restores:
            check_bin_in_cloud(session.cloud, at(policy, "restore"))
    if not has_bin(session.cloud):
        return ()
    try:
        return tuple(policies.read_deleted_policies(session, api_version))
    except ServiceRefused as error:
        if error.status in _NO_BIN and not any(one.restores for one in missing):
            return ()
        raise


def _policy_plans(
    session: Session,
    wanted: Wanted,
    desired: tuple[DesiredPolicy, ...],
    now: _Now,
    emergency: EmergencyAccess,
    directory: Directory,
) -> tuple[PolicyPlan, ...]:
    existing = now.policies or ()
    every = with_ids(wanted.every_policy, directory.identify) if wanted.every_policy else None
    refuse_removal_of_emergency_access(every or {}, emergency)
    refuse_hidden(desired, existing, now.hidden)
    plans = [plan_policy(one, existing, emergency, every=every, deleted=now.deleted) for one in desired]
    check_plans_differ(plans)
    if every or wanted.unmanaged.acts:
        plans.extend(unmanaged_plans(wanted.unmanaged, plans, existing, every))
    for plan in plans:
        if plan.content is not None and plan.is_changed:
            check_cloud(session.cloud, plan.content, plan.desired.option)
    return tuple(plans)


def _with_defaults(session: Session, plans: tuple[PolicyPlan, ...], now: _Now) -> _Now:
    """Security defaults also matter to whoever enforces a policy."""
    if now.security_defaults is None and any(plan.begins_to_enforce for plan in plans):
        return replace(now, security_defaults=defaults.read_is_enabled(session))
    return now


def _planned_objects(plans: tuple[ObjectPlan, ...], objects: Objects) -> Objects:
    return {
        noun: tuple(planned_objects([plan for plan in plans if plan.resource == noun], existing))
        for noun, existing in objects.items()
    }


def _restorable(plans: tuple[PolicyPlan, ...], deleted: tuple[CurrentPolicy, ...]) -> tuple[CurrentPolicy, ...]:
    new = {plan.name for plan in plans if plan.is_new}
    return tuple(policy for policy in deleted if policy.name in new)
