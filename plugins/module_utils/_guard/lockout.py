# Copyright: (c) 2026, m365.entra contributors
# GNU General Public License v3.0+ (see COPYING or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later

"""Nobody is locked out: what must hold in the planned state before anything is enforced.

Every check has a name, is asked on its own, and can be overridden by that name alone.
"""

from __future__ import annotations

import typing as t
from dataclasses import dataclass, field

from .._evaluation.evaluated_policy import EvaluatedPolicy, of_plan
from .._evaluation.matching_places import Locations
from .._evaluation.reading_people import read_workloads
from .._evaluation.sign_in import MEMBER, Identity, UserIdentity, WorkloadIdentity
from .._graph.errors import ServiceRefused
from .._graph.session import Session
from .._policy.policy_plan import PolicyPlan
from .._reconcile.object_plan import at
from .emergency_access import is_for_all_without_exclusion
from .lockout_people import GLOBAL_ADMINISTRATOR, Account, People
from .lockout_reach import Obstacle, could_stop, is_cut_off, obstacles
from .permissions import READ_APPLICATIONS, require_permissions

EMERGENCY_ACCESS = "emergency_access"
EMERGENCY_ACCESS_ROLE = "emergency_access_role"
EMERGENCY_ACCESS_REACH = "emergency_access_reach"
RUNNING_IDENTITY_REACH = "running_identity_reach"
ADMINISTRATOR_REACH = "administrator_reach"
ALL_USERS_WITHOUT_EXCLUSION = "all_users_without_exclusion"
CHECKS = (
    EMERGENCY_ACCESS,
    EMERGENCY_ACCESS_ROLE,
    EMERGENCY_ACCESS_REACH,
    RUNNING_IDENTITY_REACH,
    ADMINISTRATOR_REACH,
    ALL_USERS_WITHOUT_EXCLUSION,
)

# So many administrators are tried before none is taken for able to undo a change.
_MOST_ADMINISTRATORS = 50
_NOT_FOUND = 404
# Where nobody holds such a role all the time, somebody may activate one; nobody knows what groups they are in.
_WHO_ACTIVATES_A_ROLE = UserIdentity("", frozenset(), frozenset({GLOBAL_ADMINISTRATOR}), MEMBER)


@dataclass(frozen=True)
class EmergencyGroup:
    """A group of emergency access accounts."""

    identifier: str
    name: str
    option: str


@dataclass(frozen=True)
class Enforcing:
    """A change that enforces something: *planned* are all policies as they will be, *plans* what happens to some.

    *accounts* and *groups* are those for emergencies, *locations* the named locations as they will be. What is in
    *overridden* is not asked.
    """

    plans: t.Sequence[PolicyPlan]
    planned: t.Sequence[EvaluatedPolicy]
    accounts: t.Sequence[Account]
    groups: t.Sequence[EmergencyGroup]
    overridden: t.Container[str] = ()
    locations: Locations = field(default_factory=Locations)

    @property
    def begun(self) -> list[PolicyPlan]:
        """The plans that enforce, or change what is enforced."""
        return [plan for plan in self.plans if plan.begins_to_enforce]

    def option_of(self, policy: EvaluatedPolicy) -> str:
        """Where the users of a policy are to be changed."""
        plan = next((plan for plan in self.plans if plan.key == policy.key and plan.desired.is_listed), None)
        return at(plan.desired, "conditions.users") if plan else "not listed in this task"


def lockout_problems(session: Session, enforcing: Enforcing) -> dict[str, list[str]]:
    """What each of CHECKS finds wrong, in sentences without a full stop.

    Raises GuardRefused when the token lacks a permission that a check needs.
    """
    people = People(session, [policy for policy in enforcing.planned if could_stop(policy)])
    checked = _Checked(session, enforcing, people)
    return {name: [] if name in enforcing.overridden else checked.problems(name) for name in CHECKS}


class _Checked:
    """The checks of one change. *people* answers what they ask for, each thing once."""

    def __init__(self, session: Session, enforcing: Enforcing, people: People) -> None:
        self._session = session
        self._enforcing = enforcing
        self._people = people

    def problems(self, check: str) -> list[str]:
        """What the check of that name finds wrong."""
        checks: dict[str, t.Callable[[], list[str]]] = {
            EMERGENCY_ACCESS: self._unusable,
            EMERGENCY_ACCESS_ROLE: self._without_role,
            EMERGENCY_ACCESS_REACH: self._out_of_reach,
            RUNNING_IDENTITY_REACH: self._running_identity,
            ADMINISTRATOR_REACH: self._administrators,
            ALL_USERS_WITHOUT_EXCLUSION: self._all_users,
        }
        return checks[check]()

    def _obstacles(self, policies: t.Iterable[EvaluatedPolicy], identity: Identity) -> list[Obstacle]:
        return obstacles(policies, identity, self._enforcing.locations)

    def _is_cut_off(
        self, policies: t.Iterable[EvaluatedPolicy], identity: Identity, *, has_managed_device: bool = True
    ) -> bool:
        return is_cut_off(policies, identity, self._enforcing.locations, has_managed_device=has_managed_device)

    def _enabled_members(self, group: EmergencyGroup) -> list[Account]:
        return [one for one in self._people.members(group.identifier, group.option) if one.is_enabled]

    def _unusable(self) -> list[str]:
        accounts = [
            f"{account} is {'disabled' if account.is_enabled is False else 'not known to be enabled'}"
            for account in self._enforcing.accounts
            if not account.is_enabled
        ]
        groups = [
            f"{group.option}: the group {group.name!r} has no enabled member"
            for group in self._enforcing.groups
            if not self._enabled_members(group)
        ]
        return [*accounts, *groups]

    def _without_role(self) -> list[str]:
        holds = self._people.is_global_administrator
        accounts = [
            f"{account} does not hold Global Administrator"
            for account in self._enforcing.accounts
            if not holds(account)
        ]
        groups = [
            f"{group.option}: no enabled member of the group {group.name!r} holds Global Administrator"
            for group in self._enforcing.groups
            if not any(map(holds, self._enabled_members(group)))
        ]
        return [*accounts, *groups]

    def _emergency_accounts(self) -> list[Account]:
        """The accounts that are named, and the enabled members of the groups."""
        members = [one for group in self._enforcing.groups for one in self._enabled_members(group)]
        return [*self._enforcing.accounts, *members]

    def _out_of_reach(self) -> list[str]:
        if not any(map(could_stop, self._enforcing.planned)):
            return []
        return [
            f"{account} {one.how} the policy {one.policy.name!r} ({self._enforcing.option_of(one.policy)})"
            for account in self._emergency_accounts()
            for one in self._obstacles(self._enforcing.planned, self._people.identity(account))
        ]

    def _running_identity(self) -> list[str]:
        """Only what this run enforces can newly cut off who runs it."""
        begun = [policy for plan in self._enforcing.begun if (policy := of_plan(plan)) and could_stop(policy)]
        is_application = self._session.claims.is_application
        reaching = [policy for policy in begun if any(policy.view.workloads.values()) == is_application]
        if not reaching:
            return []
        if not self._session.claims.object_id:
            return ["the access token does not say who runs this, so nobody knows whether a policy cuts them off"]
        return self._running_application(reaching) if is_application else self._running_person(reaching)

    def _running_person(self, begun: list[EvaluatedPolicy]) -> list[str]:
        claims = self._session.claims
        account = Account(claims.object_id, claims.account or claims.object_id, is_enabled=True)
        identity = self._identity_of_runner(account)
        return [
            f"the account {account} that runs this is blocked by the policy {one.name!r} "
            f"({self._enforcing.option_of(one)}){together}"
            for one, together in self._newly_cutting_off(begun, identity)
        ]

    def _newly_cutting_off(self, begun: list[EvaluatedPolicy], identity: Identity) -> list[tuple[EvaluatedPolicy, str]]:
        """The policies that begin to take effect and cut *identity* off, each alone, or together with others."""
        alone = [one for one in begun if self._is_cut_off([one], identity)]
        if alone:
            return [(one, "") for one in alone]
        keys = {one.key for one in begun}
        before = [one for one in self._enforcing.planned if one.key not in keys]
        if self._is_cut_off(before, identity) or not self._is_cut_off([*before, *begun], identity):
            return []
        return [(one.policy, " together with others") for one in self._obstacles(begun, identity)]

    def _identity_of_runner(self, account: Account) -> UserIdentity:
        """A partner who administers the tenant from outside is none of its users: all that is left open then."""
        try:
            return self._people.identity(account)
        except ServiceRefused as refusal:
            if refusal.status != _NOT_FOUND:
                raise
            return UserIdentity(account.identifier)

    def _running_application(self, begun: list[EvaluatedPolicy]) -> list[str]:
        identifier = self._session.claims.object_id
        require_permissions((READ_APPLICATIONS,), self._session.claims.permissions)
        known = read_workloads(self._session, {identifier})
        identity = known.get(identifier, WorkloadIdentity(identifier))
        return [
            f"the application {self._session.claims.application_id} that runs this {one.how} the policy "
            f"{one.policy.name!r} ({self._enforcing.option_of(one.policy)})"
            for one in self._obstacles(begun, identity)
        ]

    def _administrators(self) -> list[str]:
        enforced = [policy for policy in self._enforcing.planned if could_stop(policy) and not policy.view.workloads]
        if not enforced or self._has_way_back():
            return []
        tried = 0
        for account in self._people.administrators():
            if not self._is_cut_off(enforced, self._people.identity(account), has_managed_device=False):
                return []
            tried += 1
            if tried == _MOST_ADMINISTRATORS:
                break
        if not tried and not self._is_cut_off(enforced, _WHO_ACTIVATES_A_ROLE, has_managed_device=False):
            return []
        names = ", ".join(sorted(repr(policy.name) for policy in enforced))
        return [
            f"none of the {tried} administrators who could undo it would be let in without a managed device; policies "
            f"that block or ask for one: {names}"
        ]

    def _has_way_back(self) -> bool:
        """Whether an emergency access account is one of those who can undo it; the other checks answer that."""
        return any(
            account.is_enabled
            and self._people.is_global_administrator(account)
            and not self._is_cut_off(self._enforcing.planned, self._people.identity(account))
            for account in self._emergency_accounts()
        )

    def _all_users(self) -> list[str]:
        return [
            f"{at(plan.desired, 'conditions.users')}: the policy {plan.name!r} is for all users and leaves nobody out"
            for plan in self._enforcing.begun
            if plan.content is not None and is_for_all_without_exclusion(plan.content)
        ]
