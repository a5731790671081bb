# Copyright: (c) 2026, m365.entra contributors
# GNU General Public License v3.0+ (see COPYING or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later

"""What became of a tenant: before and after, and what a person should know of it."""

from __future__ import annotations

import typing as t
from dataclasses import dataclass, field

from .._directory.directory import Directory, Unresolved
from .._policy.exclusions import EmergencyAccess
from .._policy.policy_plan import CurrentPolicy, PolicyPlan
from .._reconcile.action import Plan
from .._reconcile.object_plan import CurrentObject, ObjectPlan
from .._reconcile.shape import Json
from .._rollout.rollout_result import RolledOut
from .._settings.setting_plan import CurrentSetting, SettingPlan
from .preview_policies import PreviewPolicies
from .tenant_settings import TenantSettings


@dataclass(frozen=True)
class Outcome:
    """A tenant before and after: the *plan*, what it did to each wanted policy, and the state it leads to.

    *policies* are all policies of the tenant (as read back, or as planned in check mode), *security_defaults* whether
    they are on; either is None when it was not read. *created* holds the ids of new objects by key. *object_plans* and
    *objects* (by noun) are the same for what policies refer to. *preview* is what v1.0 keeps back of
    policies, as far as that was looked for; *restorable* are deleted policies that have the name of one that is made
    anew.
    *settings* are the planned settings, and *settings_after* the settings by noun as read back or as planned.
    *guards* are the answers of the guards that were asked, as JSON values.
    *appeared* are policies that came about while the run went on, and not through it.
    *dead_references* are ids of objects that are gone, in policies that do not change.
    *rollouts* are the policies that are enforced in stages; *keeps_defaults*: security defaults, which are to go, stay
    on until these take their place.
    *snapshot* is the file that keeps what was there before, empty where none is kept.
    """

    plan: Plan
    policy_plans: tuple[PolicyPlan, ...]
    policies: tuple[CurrentPolicy, ...] | None
    security_defaults: bool | None
    created: t.Mapping[str, str]
    directory: Directory
    emergency: EmergencyAccess
    object_plans: tuple[ObjectPlan, ...] = ()
    objects: t.Mapping[str, tuple[CurrentObject, ...]] = field(default_factory=dict)
    preview: PreviewPolicies = field(default_factory=PreviewPolicies)
    restorable: tuple[CurrentPolicy, ...] = ()
    new_groups: tuple[str, ...] = ()
    dead_references: tuple[Unresolved, ...] = ()
    appeared: tuple[CurrentPolicy, ...] = ()
    guards: tuple[Json, ...] = ()
    settings: TenantSettings = field(default_factory=TenantSettings)
    settings_after: t.Mapping[str, tuple[CurrentSetting, ...]] = field(default_factory=dict)
    rollouts: tuple[RolledOut, ...] = ()
    keeps_defaults: bool = False
    snapshot: str = ""
    snapshot_problems: tuple[str, ...] = ()

    @property
    def is_changed(self) -> bool:
        """Whether anything was, or in check mode would be, written."""
        return not self.plan.is_empty

    @property
    def listed_plans(self) -> list[PolicyPlan]:
        """The plans of the policies that were spoken of one by one."""
        return [plan for plan in self.policy_plans if plan.desired.is_listed]

    def policy_of(self, plan: PolicyPlan) -> CurrentPolicy | None:
        """The policy after the run, or None when it is gone."""
        identifier = plan.current.identifier if plan.current else self.created.get(plan.key, "").lower()
        if not identifier:
            return next((one for one in self.policies or () if not one.identifier and one.name == plan.name), None)
        return next((one for one in self.policies or () if one.identifier == identifier), None)

    def object_of(self, plan: ObjectPlan) -> CurrentObject | None:
        """The object after the run, or None when it is gone."""
        if plan.content is None:
            return None
        found = self.objects.get(plan.resource, ())
        identifier = plan.current.identifier if plan.current else self.created.get(plan.key, plan.desired.identifier)
        by_id = next((one for one in found if identifier and one.identifier == identifier.lower()), None)
        return by_id or next((one for one in found if not one.identifier and one.name == plan.name), None)

    def setting_of(self, plan: SettingPlan) -> CurrentSetting | None:
        """The setting after the run, or None when it is gone."""
        if plan.content is None:
            return None
        identifier = plan.current.identifier if plan.current else self.created.get(plan.key, "")
        found = self.settings_after.get(plan.noun, ())
        if plan.is_new and not identifier:
            return next((one for one in found if not one.identifier and one.name == plan.name), None)
        return next((one for one in found if one.identifier.lower() == identifier.lower()), None)

    @property
    def unmanaged(self) -> list[CurrentPolicy]:
        """The policies that are not listed."""
        spoken_of = {policy.identifier for plan in self.listed_plans if (policy := self.policy_of(plan))}
        return [policy for policy in self.policies or () if policy.identifier and policy.identifier not in spoken_of]
