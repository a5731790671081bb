# Copyright: (c) 2026, m365.entra contributors
# GNU General Public License v3.0+ (see COPYING or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later

"""What must happen to one Conditional Access policy: a pure function of the wanted and the current policy."""

from __future__ import annotations

import typing as t
from dataclasses import dataclass, replace

from .._graph.errors import EntraError, GuardRefused
from .._reconcile.compare import Change, changes, merged
from .._reconcile.created import key_of_new
from .._reconcile.list_edit import keeping_current
from .._reconcile.object_plan import PlanOfOne, at, find_existing, refuse_taken_name, require_found
from .._reconcile.shape import Json
from .canonical_policy import canonical_policy
from .desired import DesiredPolicy
from .exclusions import NOBODY, EmergencyAccess, excluded_accounts, with_edit, with_exclusions
from .home_tenants import check_home_tenants, without_old_members
from .lost_conditions import check_edits_keep_conditions
from .policy_shape import POLICY
from .rules import check_rules
from .vocabulary import MANAGED_NAME_PREFIX, OPTION_BY_STATE, STATE_BY_OPTION

ENABLED = STATE_BY_OPTION["enabled"]
REPORT_ONLY = STATE_BY_OPTION["report_only"]
DISABLED = STATE_BY_OPTION["disabled"]

NOUN = "conditional_access_policy"
LABEL = "Conditional Access policy"

# All that Microsoft lets customers change of the policies it manages (facts section 1.4).
_CHANGEABLE_IF_MANAGED = ("policy_state", "conditions.users.exclude_")


@dataclass(frozen=True)
class CurrentPolicy:
    """A policy as the tenant has it: *content* is canonical, *raw* is what the service said."""

    identifier: str
    name: str
    state: str
    content: Json
    raw: Json

    @property
    def is_managed(self) -> bool:
        """Whether Microsoft manages it."""
        return self.name.lower().startswith(MANAGED_NAME_PREFIX.lower())

    @property
    def is_enforced(self) -> bool:
        """Whether it takes effect."""
        return self.state == ENABLED


def current_policy(raw: Json) -> CurrentPolicy:
    """A policy from the service's answer."""
    return CurrentPolicy(
        identifier=str(raw.get("id") or "").lower(),
        name=str(raw.get("displayName") or ""),
        state=str(raw.get("state") or ""),
        content=canonical_policy(raw),
        raw=raw,
    )


@dataclass(frozen=True)
class PolicyPlan(PlanOfOne):
    """One policy before and after: *content* and *state* are what is wanted, None for a policy that must be gone.

    *withheld* is what differs and is left alone, because the policy is enforced and may not be changed. With
    *is_restored* the current policy lies in the bin and comes back as it was before anything is changed. *reason* is
    why it is done, where there is more to say than that it differs.
    """

    desired: DesiredPolicy
    current: CurrentPolicy | None
    content: Json | None
    state: str | None
    withheld: tuple[Change, ...] = ()
    is_restored: bool = False
    reason: str = ""

    @property
    def key(self) -> str:
        """What identifies the policy within a run."""
        return self.current.identifier if self.current else key_of_new(NOUN, str(self.desired.name))

    @property
    def content_changes(self) -> list[Change]:
        """What changes but the state, by option path."""
        if self.content is None:
            return []
        return changes(POLICY, self.current.content if self.current else None, self.content)

    @property
    def state_change(self) -> Change | None:
        """The change of the state, in option words, or None."""
        before = self.current.state if self.current else None
        if self.state is None or before == self.state:
            return None
        return Change("policy_state", OPTION_BY_STATE.get(before or "", before), OPTION_BY_STATE[self.state])

    @property
    def all_changes(self) -> list[Change]:
        """Every change, the state's first."""
        state = self.state_change
        return [*([state] if state else []), *self.content_changes]

    @property
    def is_changed(self) -> bool:
        """Whether anything is to be done."""
        if self.is_new or self.is_removed or self.is_restored:
            return True
        return self.content is not None and bool(self.all_changes)

    @property
    def will_be_enforced(self) -> bool:
        """Whether the policy takes effect after the run."""
        return self.state == ENABLED

    @property
    def begins_to_enforce(self) -> bool:
        """Whether the run enforces, or changes what an enforced policy does."""
        return self.will_be_enforced and self.is_changed

    @property
    def stops_to_enforce(self) -> bool:
        """Whether an enforced policy is removed or loosened in its state."""
        was_enforced = self.current is not None and self.current.is_enforced and not self.is_restored
        return was_enforced and not self.will_be_enforced


def find_current(desired: DesiredPolicy, existing: t.Sequence[CurrentPolicy]) -> CurrentPolicy | None:
    """The existing policy that *desired* means: by id, else by exact name, else by its previous name.

    Raises EntraError when a name is not unique (all ids are listed).
    """
    return find_existing(desired, existing, LABEL)


def plan_policy(
    desired: DesiredPolicy,
    existing: t.Sequence[CurrentPolicy],
    emergency: EmergencyAccess = NOBODY,
    *,
    every: Json | None = None,
    deleted: t.Sequence[CurrentPolicy] = (),
    checks_rules: bool = True,
) -> PolicyPlan:
    """The plan for one policy whose references are ids already.

    *every* is an edit that goes for every policy of the tenant; *deleted* are the policies in the bin, as far as they
    were read. Without *checks_rules* the caller does that.

    Raises EntraError for an ambiguous name or an unknown id, OptionError when a changed policy would break a rule of
    the service, and GuardRefused when Microsoft manages the policy and more than its state and exclusions would change,
    when a policy that would be restored takes effect in a way that nobody asked for, or when an enforced policy would
    lose its last exclusion unsaid.
    """
    current = find_current(desired, existing)
    restored = find_deleted(desired, deleted) if current is None else None
    _refuse_forgotten_restoring(desired, current or restored, deleted)
    require_found(desired, current or restored, LABEL)
    if not desired.is_present:
        _refuse_removal_of_managed(desired, current)
        return PolicyPlan(desired, current, None, None)
    before = current or restored
    content = _wanted_content(desired, before, emergency, every or {})
    plan = PolicyPlan(desired, before, content, _wanted_state(desired, before), is_restored=restored is not None)
    if current is not None and current.is_enforced and not desired.changes_enforced:
        plan = replace(plan, content=current.content, withheld=tuple(plan.content_changes))
    _refuse_change_of_managed(plan)
    _refuse_unasked_effect(plan, emergency)
    _refuse_forgotten_exclusions(plan)
    refuse_taken_name(plan.name, desired, current, existing, LABEL)
    if checks_rules:
        check_planned_rules(plan)
    return plan


def check_planned_rules(plan: PolicyPlan) -> None:
    """Raise OptionError when a policy whose content changes would break a rule of the service."""
    if plan.content is not None and plan.content_changes:
        check_rules(plan.content, plan.desired.option)


def _refuse_forgotten_restoring(
    desired: DesiredPolicy, found: CurrentPolicy | None, deleted: t.Sequence[CurrentPolicy]
) -> None:
    """An id that lies in the bin is no id that does not exist."""
    if found is None and desired.is_present and any(one.identifier == desired.identifier for one in deleted):
        raise EntraError(
            f"{at(desired, 'id')}: the {LABEL} {desired.identifier} was deleted and lies in the bin.",
            remedy="Give restore: true to bring it back, or leave id out to create a policy by name.",
        )


def find_deleted(desired: DesiredPolicy, deleted: t.Sequence[CurrentPolicy]) -> CurrentPolicy | None:
    """The policy in the bin that *desired* wants back, or None when it wants none or there is none.

    Raises EntraError when several deleted policies have the name.
    """
    return find_existing(desired, deleted, f"deleted {LABEL}") if desired.restores and desired.is_present else None


def _wanted_state(desired: DesiredPolicy, current: CurrentPolicy | None) -> str:
    if desired.policy_state:
        return STATE_BY_OPTION[desired.policy_state]
    return current.state if current else STATE_BY_OPTION[desired.initial_state]


def _wanted_content(
    desired: DesiredPolicy, current: CurrentPolicy | None, emergency: EmergencyAccess, every: Json
) -> Json:
    before = current.content if current else {}
    whole = merged(POLICY, {} if desired.is_whole else before, desired.content)
    if desired.is_whole:
        whole = keeping_current(POLICY, whole, before, desired.edits)
    whole = without_old_members(whole, desired.content)
    check_home_tenants(whole, desired.option)
    content = canonical_policy(whole)
    check_edits_keep_conditions(desired.edits, before, content, desired.option)
    if content["displayName"] is None and current is not None:
        content["displayName"] = current.name
    content = with_edit(content, every)
    return with_exclusions(content, emergency) if desired.excludes_emergency_access else content


def _refuse_unasked_effect(plan: PolicyPlan, emergency: EmergencyAccess) -> None:
    """A restored policy is at once what it was: if it was enforced, it is enforced before anything can be changed."""
    if not plan.is_restored or plan.current is None or not plan.current.is_enforced:
        return
    where = f"{at(plan.desired, 'restore')}: {plan.current.name!r} ({plan.current.identifier})"
    if plan.desired.policy_state != "enabled":
        raise GuardRefused(
            f"{where} was enforced when it was deleted, and would be enforced again at once.",
            remedy="Say policy_state: enabled if that is wanted, or leave restore out to make a new policy.",
        )
    if (
        plan.desired.excludes_emergency_access
        and with_exclusions(plan.current.content, emergency) != plan.current.content
    ):
        raise GuardRefused(
            f"{where} would be enforced at once, and does not exclude all emergency access accounts.",
            remedy="Leave restore out to make a new policy that excludes them.",
        )


def _refuse_forgotten_exclusions(plan: PolicyPlan) -> None:
    """A template, a definition or complete options that say nothing of exclusions must not take the last ones away."""
    is_enforced = plan.current is not None and plan.current.is_enforced and plan.will_be_enforced
    if not is_enforced or not plan.desired.is_whole or plan.desired.says_exclusions or plan.current is None:
        return
    excluded = excluded_accounts(plan.current.content)
    if excluded and not excluded_accounts(plan.content or {}):
        raise GuardRefused(
            f"{at(plan.desired, 'conditions.users')}: the enforced policy {plan.current.name!r} would no longer leave "
            f"anybody out; users and groups that it leaves out now: {len(excluded)}.",
            remedy="Give emergency_access, or say who is left out: exclude_users or exclude_groups, an empty list if "
            "nobody is. Nothing was written.",
        )


def _refuse_removal_of_managed(desired: DesiredPolicy, current: CurrentPolicy | None) -> None:
    if current is not None and current.is_managed:
        raise GuardRefused(
            f"{at(desired, 'state')}: {current.name!r} is managed by Microsoft and cannot be removed.",
            remedy="Set policy_state: disabled instead.",
        )


def _refuse_change_of_managed(plan: PolicyPlan) -> None:
    if plan.current is None or not plan.current.is_managed:
        return
    forbidden = [change.path for change in plan.all_changes if not change.path.startswith(_CHANGEABLE_IF_MANAGED)]
    if forbidden:
        raise GuardRefused(
            f"{at(plan.desired, 'id')}: {plan.current.name!r} is managed by Microsoft; "
            f"{', '.join(forbidden)} cannot be changed.",
            remedy="Change only policy_state and the exclusions of such a policy.",
        )


def planned_policy(plan: PolicyPlan) -> CurrentPolicy | None:
    """The policy as it will be, or None when it will be gone; a new one has an empty id."""
    if plan.content is None or plan.state is None:
        return None
    if plan.current is None:
        return CurrentPolicy("", plan.name, plan.state, plan.content, {})
    return replace(plan.current, name=plan.name, state=plan.state, content=plan.content)


def planned_tenant(plans: t.Sequence[PolicyPlan], existing: t.Sequence[CurrentPolicy]) -> list[CurrentPolicy]:
    """All policies of the tenant as they will be: the planned ones and those that nobody touches."""
    touched = {plan.current.identifier for plan in plans if plan.current}
    untouched = [policy for policy in existing if policy.identifier not in touched]
    return [*filter(None, map(planned_policy, plans)), *untouched]
