# Copyright: (c) 2026, m365.entra contributors
# GNU General Public License v3.0+ (see COPYING or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later

"""What must happen to one Conditional Access policy: a pure function of the wanted and the current policy."""

from __future__ import annotations

import typing as t
from dataclasses import dataclass, replace

from .._graph.errors import EntraError, GuardRefused, OptionError
from .._reconcile.compare import Change, changes, merged
from .._reconcile.shape import Json
from .canonical_policy import canonical_policy
from .desired import DesiredPolicy
from .policy_shape import POLICY
from .rules import check_rules
from .vocabulary import MANAGED_NAME_PREFIX, OPTION_BY_STATE, STATE_BY_OPTION

ENABLED = STATE_BY_OPTION["enabled"]
REPORT_ONLY = STATE_BY_OPTION["report_only"]
DISABLED = STATE_BY_OPTION["disabled"]

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
class EmergencyAccess:
    """The ids of the users and groups that no policy may stop."""

    users: tuple[str, ...] = ()
    groups: tuple[str, ...] = ()

    def __bool__(self) -> bool:
        return bool(self.users or self.groups)


@dataclass(frozen=True)
class PolicyPlan:
    """One policy before and after: *content* and *state* are what is wanted, None for a policy that must be gone.

    *withheld* is what differs and is left alone, because the policy is enforced and may not be changed.
    """

    desired: DesiredPolicy
    current: CurrentPolicy | None
    content: Json | None
    state: str | None
    withheld: tuple[Change, ...] = ()

    @property
    def key(self) -> str:
        """What identifies the policy within a run."""
        return self.current.identifier if self.current else f"new:{self.desired.name}"

    @property
    def name(self) -> str:
        """The policy's name after the run."""
        if self.content is not None:
            return str(self.content["displayName"])
        return self.current.name if self.current else str(self.desired.name)

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
    def is_new(self) -> bool:
        """Whether the policy is to be created."""
        return self.current is None and self.content is not None

    @property
    def is_removed(self) -> bool:
        """Whether the policy is to be deleted."""
        return self.current is not None and self.content is None

    @property
    def is_changed(self) -> bool:
        """Whether anything is to be done."""
        return self.is_new or self.is_removed or (self.content is not None and bool(self.all_changes))

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
        return self.current is not None and self.current.is_enforced and not self.will_be_enforced


def find_current(desired: DesiredPolicy, existing: t.Sequence[CurrentPolicy]) -> CurrentPolicy | None:
    """The existing policy that *desired* means: by id, else by exact name.

    Raises EntraError when a name is not unique (all ids are listed) and when an id to be changed does not exist.
    """
    if desired.identifier:
        by_id = next((policy for policy in existing if policy.identifier == desired.identifier), None)
        if by_id is None and desired.is_present:
            raise EntraError(
                f"{_at(desired, 'id')}: there is no Conditional Access policy with the id {desired.identifier}.",
                remedy="Leave id out to create a policy by name, or correct it.",
            )
        return by_id
    by_name = [policy for policy in existing if policy.name == desired.name]
    if len(by_name) > 1:
        raise EntraError(
            f"{_at(desired, 'display_name')}: {len(by_name)} Conditional Access policies are named {desired.name!r}: "
            f"{', '.join(sorted(policy.identifier for policy in by_name))}.",
            remedy="Give id to say which one is meant, or remove the others.",
            details={"ids": sorted(policy.identifier for policy in by_name)},
        )
    return by_name[0] if by_name else None


def plan_policy(
    desired: DesiredPolicy, existing: t.Sequence[CurrentPolicy], emergency: EmergencyAccess = EmergencyAccess()
) -> PolicyPlan:
    """The plan for one policy whose references are ids already.

    Raises EntraError for an ambiguous name, OptionError when a changed policy would break a rule of the service, and
    GuardRefused when Microsoft manages the policy and more than its state and exclusions would change.
    """
    current = find_current(desired, existing)
    if not desired.is_present:
        _refuse_removal_of_managed(desired, current)
        return PolicyPlan(desired, current, None, None)
    plan = PolicyPlan(desired, current, _wanted_content(desired, current, emergency), _wanted_state(desired, current))
    if current is not None and current.is_enforced and not desired.changes_enforced:
        plan = replace(plan, content=current.content, withheld=tuple(plan.content_changes))
    _refuse_change_of_managed(plan)
    _refuse_taken_name(plan, existing)
    if plan.content is not None and plan.content_changes:
        check_rules(plan.content, desired.option)
    return plan


def check_plans_differ(plans: t.Sequence[PolicyPlan]) -> None:
    """Raise OptionError when two entries, one by id and one by name, mean the same existing policy."""
    seen: dict[str, str] = {}
    for plan in plans:
        if plan.current is None:
            continue
        if plan.current.identifier in seen:
            one = f"{plan.current.name!r} ({plan.current.identifier})"
            raise OptionError(
                f"{plan.desired.option}: the policy {one} already stands at {seen[plan.current.identifier]}.",
                remedy="Remove one of the two.",
            )
        seen[plan.current.identifier] = plan.desired.option


def _at(desired: DesiredPolicy, name: str) -> str:
    return f"{desired.option}.{name}" if desired.option else name


def _wanted_state(desired: DesiredPolicy, current: CurrentPolicy | None) -> str:
    if desired.policy_state:
        return STATE_BY_OPTION[desired.policy_state]
    return current.state if current else STATE_BY_OPTION[desired.initial_state]


def _wanted_content(desired: DesiredPolicy, current: CurrentPolicy | None, emergency: EmergencyAccess) -> Json:
    if desired.is_whole or current is None:
        content = canonical_policy(desired.content)
    else:
        content = canonical_policy(merged(POLICY, current.content, desired.content))
    if content["displayName"] is None and current is not None:
        content["displayName"] = current.name
    return with_exclusions(content, emergency) if desired.excludes_emergency_access else content


def with_exclusions(content: Json, emergency: EmergencyAccess) -> Json:
    """*content* with the emergency access accounts among its exclusions; a policy for workload identities as it is."""
    conditions = content["conditions"]
    if not emergency or not conditions or not conditions["users"] or conditions["clientApplications"]:
        return content
    users = dict(conditions["users"])
    users["excludeUsers"] = sorted({*users["excludeUsers"], *emergency.users})
    users["excludeGroups"] = sorted({*users["excludeGroups"], *emergency.groups})
    return {**content, "conditions": {**conditions, "users": users}}


def _refuse_taken_name(plan: PolicyPlan, existing: t.Sequence[CurrentPolicy]) -> None:
    """Two policies of one name could no longer be told apart by name."""
    if plan.current is None or plan.name == plan.current.name:
        return
    others = sorted(one.identifier for one in existing if one.name == plan.name and one is not plan.current)
    if others:
        raise OptionError(
            f"{_at(plan.desired, 'display_name')}: another Conditional Access policy is named {plan.name!r} already: "
            f"{', '.join(others)}.",
            remedy="Choose another name, or rename or remove the other policy first.",
        )


def _refuse_removal_of_managed(desired: DesiredPolicy, current: CurrentPolicy | None) -> None:
    if current is not None and current.is_managed:
        raise GuardRefused(
            f"{_at(desired, 'state')}: {current.name!r} is managed by Microsoft and cannot be removed.",
            remedy="Set policy_state: disabled instead.",
        )


def _refuse_change_of_managed(plan: PolicyPlan) -> None:
    if plan.current is None or not plan.current.is_managed:
        return
    forbidden = [change.path for change in plan.all_changes if not change.path.startswith(_CHANGEABLE_IF_MANAGED)]
    if forbidden:
        raise GuardRefused(
            f"{_at(plan.desired, 'id')}: {plan.current.name!r} is managed by Microsoft; "
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
