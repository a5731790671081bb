# Copyright: (c) 2026, m365.entra contributors
# GNU General Public License v3.0+ (see COPYING or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later

"""Brings one tenant to what is wanted of it: read once, plan, guard, apply, verify.

This is the one way in which anything of this collection changes a tenant; the modules differ only in how much of a
tenant they speak of.
"""

from __future__ import annotations

import typing as t
from dataclasses import dataclass, replace

from .._directory.directory import Directory
from .._directory.roles import is_built_in
from .._graph.session import Session
from .._guard import permissions
from .._guard.emergency_access import require_usable_accounts
from .._guard.license import needed_tier, require_license
from .._guard.mutual_exclusion import check_mutual_exclusion
from .._guard.policy_limit import check_policy_limit
from .._guard.tenant_identity import require_named_tenant
from .._policy.desired import DesiredPolicy
from .._policy.policy_plan import (
    CurrentPolicy,
    EmergencyAccess,
    PolicyPlan,
    check_plans_differ,
    plan_policy,
    planned_tenant,
)
from .._policy.references import NamedReference
from .._reconcile.action import Expectation, Phase, Plan
from .._reconcile.apply import apply_plan
from .._reconcile.verify import wait_until_met
from . import conditional_access_policy as policies
from . import security_defaults as defaults
from .license import read_license
from .tenant_plan import tenant_plan


@dataclass(frozen=True)
class Wanted:
    """What is wanted of a tenant.

    *policies* are None when policies are not spoken of; *security_defaults* is None to leave them alone.
    *emergency_users* and *emergency_groups* are names or ids, which join the exclusions of every wanted policy.
    *whole_picture*: read also what is not needed for the plan, to be able to say what holds in the tenant.
    """

    policies: tuple[DesiredPolicy, ...] | None = None
    security_defaults: bool | None = None
    emergency_users: tuple[str, ...] = ()
    emergency_groups: tuple[str, ...] = ()
    whole_picture: bool = False

    def with_emergency_access(self, option: t.Mapping[str, t.Any] | None) -> Wanted:
        """The same with the accounts of the option emergency_access (its *users* and *groups*), if it was given."""
        given = option or {}
        users, groups = given.get("users") or (), given.get("groups") or ()
        return replace(self, emergency_users=tuple(users), emergency_groups=tuple(groups))

    def mentions(self) -> list[NamedReference]:
        """Every object of the directory that is named anywhere, with its option path."""
        found = [mention for policy in self.policies or () for mention in policy.mentions() if policy.is_present]
        for kind, option, values in (
            ("user", "emergency_access.users", self.emergency_users),
            ("group", "emergency_access.groups", self.emergency_groups),
        ):
            found.extend(NamedReference(kind, value, f"{option}[{index}]") for index, value in enumerate(values))
        return found


@dataclass(frozen=True)
class Outcome:
    """A tenant before and after: the *plan*, what it did to each wanted policy, and the state it leads to.

    *policies* are all policies of the tenant (as read back, or as planned in check mode), *security_defaults* whether
    they are on; either is None when it was not read. *created* holds the ids of new policies by key.
    """

    plan: Plan
    policy_plans: tuple[PolicyPlan, ...]
    policies: tuple[CurrentPolicy, ...] | None
    security_defaults: bool | None
    created: t.Mapping[str, str]
    directory: Directory
    emergency: EmergencyAccess

    @property
    def is_changed(self) -> bool:
        """Whether anything was, or in check mode would be, written."""
        return not self.plan.is_empty

    def policy_of(self, plan: PolicyPlan) -> CurrentPolicy | None:
        """The policy after the run, or None when it is gone."""
        identifier = plan.current.identifier if plan.current else self.created.get(plan.key, "").lower()
        if not identifier:
            return next((one for one in self.policies or () if not one.identifier and one.name == plan.name), None)
        return next((one for one in self.policies or () if one.identifier == identifier), None)

    @property
    def unmanaged(self) -> list[CurrentPolicy]:
        """The policies that nothing here speaks of."""
        spoken_of = {policy.identifier for plan in self.policy_plans if (policy := self.policy_of(plan))}
        return [policy for policy in self.policies or () if policy.identifier and policy.identifier not in spoken_of]


@dataclass(frozen=True)
class _Now:
    """What the tenant has, as far as it was read."""

    policies: tuple[CurrentPolicy, ...] | None
    security_defaults: bool | None


def reconcile(session: Session, wanted: Wanted, *, check_mode: bool) -> Outcome:
    """Bring the tenant to what is *wanted*; with *check_mode* only say what would be done.

    Raises an EntraError, before any write, when a name does not resolve or a guard refuses; after a write only when
    the service refuses, does not answer, or does not show what was written.
    """
    session.before_first_write(lambda: require_named_tenant(session))
    directory = Directory(session)
    _require_reading(session, wanted)
    directory.resolve(wanted.mentions())
    emergency = EmergencyAccess(
        tuple(sorted(directory.identify("user", user) for user in wanted.emergency_users)),
        tuple(sorted(directory.identify("group", group) for group in wanted.emergency_groups)),
    )
    now = _read(session, wanted)
    policy_plans = tuple(
        plan_policy(_identified(policy, directory), now.policies or (), emergency) for policy in wanted.policies or ()
    )
    check_plans_differ(policy_plans)
    now = _with_defaults(session, wanted, policy_plans, now)
    plan = tenant_plan(policy_plans, now.security_defaults, wanted.security_defaults)
    planned = planned_tenant(policy_plans, now.policies or ())
    if not plan.is_empty:
        _guard(session, directory, wanted, policy_plans, planned, now, emergency)
    outcome = Outcome(
        plan=plan,
        policy_plans=policy_plans,
        policies=tuple(planned) if now.policies is not None else None,
        security_defaults=now.security_defaults if wanted.security_defaults is None else wanted.security_defaults,
        created={},
        directory=directory,
        emergency=emergency,
    )
    if plan.is_empty:
        return outcome
    if check_mode:
        require_named_tenant(session)
        return outcome
    return _carried_out(session, outcome)


def _identified(policy: DesiredPolicy, directory: Directory) -> DesiredPolicy:
    return policy.resolved(directory.identify) if policy.is_present else policy


def _read(session: Session, wanted: Wanted) -> _Now:
    """One list of policies and one read of security defaults, each only if it is needed."""
    existing = tuple(policies.read_policies(session)) if _needs_policies(wanted) else None
    are_on = defaults.read_is_enabled(session) if _needs_security_defaults(wanted) else None
    if existing is None and wanted.security_defaults not in (None, are_on):
        # Turning defaults on or off matters to the policies, and they to it.
        existing = tuple(policies.read_policies(session))
    return _Now(existing, are_on)


def _needs_policies(wanted: Wanted) -> bool:
    return wanted.policies is not None or wanted.whole_picture


def _needs_security_defaults(wanted: Wanted) -> bool:
    return wanted.security_defaults is not None or wanted.whole_picture


def _with_defaults(session: Session, wanted: Wanted, plans: t.Sequence[PolicyPlan], now: _Now) -> _Now:
    """Security defaults also matter to whoever enforces a policy."""
    if now.security_defaults is None and any(plan.begins_to_enforce for plan in plans):
        return replace(now, security_defaults=defaults.read_is_enabled(session))
    return now


def _require_reading(session: Session, wanted: Wanted) -> None:
    kinds = {mention.kind for mention in wanted.mentions() if mention.kind != "role" or not is_built_in(mention.value)}
    needed = [permissions.READ_POLICIES] if _needs_policies(wanted) else []
    needed.extend([permissions.READ_SECURITY_DEFAULTS] if _needs_security_defaults(wanted) else [])
    needed.extend([permissions.READ_USERS] if "user" in kinds else [])
    needed.extend([permissions.READ_GROUPS] if "group" in kinds else [])
    needed.extend([permissions.READ_APPLICATIONS] if kinds & {"application", "service_principal"} else [])
    needed.extend([permissions.READ_ROLES] if "role" in kinds else [])
    needed.extend([permissions.READ_TERMS_OF_USE] if "terms_of_use" in kinds else [])
    permissions.require_permissions(needed, session.claims.permissions)


def _guard(
    session: Session,
    directory: Directory,
    wanted: Wanted,
    plans: t.Sequence[PolicyPlan],
    planned: t.Sequence[CurrentPolicy],
    now: _Now,
    emergency: EmergencyAccess,
) -> None:
    """Everything that must hold before the first write; in check mode too, so that a plan says what blocks it."""
    writes_policies = any(plan.is_changed for plan in plans)
    switches = wanted.security_defaults is not None and wanted.security_defaults != now.security_defaults
    permissions.require_permissions(
        [
            permissions.READ_ORGANIZATION,
            *([permissions.WRITE_POLICIES] if writes_policies else []),
            *([permissions.WRITE_SECURITY_DEFAULTS] if switches else []),
        ],
        session.claims.permissions,
    )
    check_policy_limit(plans, planned)
    check_mutual_exclusion(plans, planned, bool(now.security_defaults), wanted.security_defaults)
    if any(needed_tier(plan) != "free" for plan in plans):
        permissions.require_permissions([permissions.READ_LICENSE], session.claims.permissions)
        require_license(plans, read_license(session))
    if emergency and any(plan.begins_to_enforce for plan in plans):
        require_usable_accounts(session, directory, emergency)


def _carried_out(session: Session, outcome: Outcome) -> Outcome:
    read_back: dict[str, t.Any] = {}

    def unmet(expectations: t.Sequence[Expectation], created: t.Mapping[str, str]) -> list[str]:
        of_policies = [one for one in expectations if one.resource == policies.NOUN]
        of_defaults = [one for one in expectations if one.resource == defaults.NOUN]
        problems: list[str] = []
        if of_policies:
            read_back["policies"] = policies.read_policies(session)
            problems.extend(policies.unmet(of_policies, read_back["policies"], created))
        if of_defaults:
            read_back["defaults"] = defaults.read_is_enabled(session)
            problems.extend(
                f"security defaults are {'on' if read_back['defaults'] else 'off'}"
                for one in of_defaults
                if one.value != read_back["defaults"]
            )
        return problems

    def verify(phase: Phase, created: t.Mapping[str, str]) -> None:
        wait_until_met(session, phase.expectations, lambda expectations: unmet(expectations, created))

    progress = apply_plan(session, outcome.plan, verify)
    return replace(
        outcome,
        policies=tuple(read_back["policies"]) if "policies" in read_back else outcome.policies,
        security_defaults=read_back.get("defaults", outcome.security_defaults),
        created=progress.created,
    )
