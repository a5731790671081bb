# Copyright: (c) 2026, m365.entra contributors
# GNU General Public License v3.0+ (see COPYING or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later

"""Whether policies force a user to MFA everywhere, so that MFA switched on for that user alone is not needed.

Whatever is not known counts against it: a user who is taken for covered may be left without MFA.
"""

from __future__ import annotations

import typing as t
from dataclasses import dataclass, replace

from .._graph.errors import ServiceRefused
from .._graph.session import Session
from .._policy.policy_plan import CurrentPolicy
from .._policy.policy_view import PolicyView
from .._policy.requirements import requires_mfa_for_all_users
from .._reconcile.canonical import is_guid
from .._reconcile.shape import Json

_ROLE_ASSIGNMENTS = "/roleManagement/directory/roleAssignments"
_EVERYBODY = {"includeUsers": ["All"]}
_GUESTS = "GuestsOrExternalUsers"
_MARK_OF_EXTERNAL_USERS = "#ext#"


@dataclass(frozen=True)
class Person:
    """A user as policies see one: *groups* and *roles* are ids, held directly or through a group.

    *is_internal_member*: known to be a member who signs in with an account of this tenant.
    """

    identifier: str
    groups: frozenset[str] = frozenset()
    roles: frozenset[str] = frozenset()
    is_internal_member: bool = False


def requires_mfa_everywhere(policy: CurrentPolicy) -> bool:
    """Whether an enforced policy lets nobody whom it reaches in anywhere without MFA."""
    conditions = {**PolicyView(policy.content).conditions, "users": _EVERYBODY}
    for_everybody = replace(policy, content={**policy.content, "conditions": conditions})
    return policy.is_enforced and requires_mfa_for_all_users(for_everybody)


def exclusion(users: Json, person: Person) -> str:
    """What of conditions.users leaves the person out, in words; empty when nothing does."""
    excluded_users = users.get("excludeUsers") or []
    other_keywords = {one for one in excluded_users if not is_guid(one)} - {_GUESTS}
    reasons = {
        "the user": person.identifier in excluded_users or bool(other_keywords),
        "a group of the user": not person.groups.isdisjoint(users.get("excludeGroups") or []),
        "a role of the user": not person.roles.isdisjoint(users.get("excludeRoles") or []),
        "guests, and the user is not known to be none": _leaves_out_guests(users) and not person.is_internal_member,
    }
    return next((reason for reason, holds in reasons.items() if holds), "")


def _leaves_out_guests(users: Json) -> bool:
    return _GUESTS in (users.get("excludeUsers") or []) or bool(users.get("excludeGuestsOrExternalUsers"))


def is_included(users: Json, person: Person) -> bool:
    """Whether conditions.users reaches the person: as one of all, by name or by a group.

    Roles do not count: who holds one for an hour would have no MFA after it.
    """
    included_users = users.get("includeUsers") or []
    in_a_group = not person.groups.isdisjoint(users.get("includeGroups") or [])
    return "All" in included_users or person.identifier in included_users or in_a_group


class Coverage:
    """Which users the enforced policies among *policies* force to MFA everywhere.

    *security_defaults* do not: what they ask of ordinary users is less than what per-user MFA asks.

    What users have in common is read once. Roles that a user may activate but has not are not seen, nor are groups
    whose membership is hidden from the application.
    """

    def __init__(
        self, session: Session, policies: t.Iterable[CurrentPolicy], *, security_defaults: bool = False
    ) -> None:
        self._session = session
        self._security_defaults = security_defaults
        self._policies = [policy for policy in policies if requires_mfa_everywhere(policy)]
        self._roles_by_holder: dict[str, set[str]] | None = None

    def of(self, user_id: str) -> tuple[bool, str]:
        """Whether the user is covered, and by what or why not."""
        if self._security_defaults:
            return False, "security defaults require MFA of ordinary users only where Microsoft finds it necessary"
        if not self._policies:
            return False, "no enforced policy requires MFA for all applications under all conditions"
        try:
            person = self._person(user_id.lower())
        except ServiceRefused as error:
            return False, f"what policies reach the user could not be read: {error.message}"
        problems = {policy.name: self._problem(policy, person) for policy in self._policies}
        by = next((name for name, problem in problems.items() if not problem), None)
        if by is not None:
            return True, f"the policy {by!r} requires MFA"
        return False, "; ".join(f"the policy {name!r} {problem}" for name, problem in problems.items())

    @staticmethod
    def _problem(policy: CurrentPolicy, person: Person) -> str:
        users = PolicyView(policy.content).users
        if not is_included(users, person):
            return "does not include the user"
        excluded = exclusion(users, person)
        return f"excludes {excluded}" if excluded else ""

    def _person(self, user_id: str) -> Person:
        found = self._session.list(f"/users/{user_id}/transitiveMemberOf", select="id", top="999")
        groups = frozenset(str(one.get("id") or "").lower() for one in found)
        return Person(
            identifier=user_id,
            groups=groups,
            roles=self._roles_of(user_id, groups),
            is_internal_member=self._is_internal_member(user_id),
        )

    def _roles_of(self, user_id: str, groups: t.AbstractSet[str]) -> frozenset[str]:
        """The roles that the user holds, directly or through a group, wherever they hold; read only when it matters."""
        if not any(PolicyView(policy.content).users.get("excludeRoles") for policy in self._policies):
            return frozenset()
        if self._roles_by_holder is None:
            self._roles_by_holder = _by_holder(self._session.list(_ROLE_ASSIGNMENTS))
        held = self._roles_by_holder
        return frozenset(role for holder in (user_id, *groups) for role in held.get(holder, ()))

    def _is_internal_member(self, user_id: str) -> bool:
        """Read only when it matters; members whose account is elsewhere have a mark in their names."""
        if not any(_leaves_out_guests(PolicyView(policy.content).users) for policy in self._policies):
            return False
        user = self._session.get(f"/users/{user_id}", select="id,userType,userPrincipalName")
        is_member = str(user.get("userType") or "").lower() == "member"
        name = str(user.get("userPrincipalName") or "").lower()
        return is_member and bool(name) and _MARK_OF_EXTERNAL_USERS not in name


def _by_holder(assignments: t.Iterable[Json]) -> dict[str, set[str]]:
    held: dict[str, set[str]] = {}
    for one in assignments:
        roles = held.setdefault(str(one.get("principalId") or "").lower(), set())
        roles.add(str(one.get("roleDefinitionId") or "").lower())
    return held


def covered(
    session: Session, user_id: str, policies: t.Iterable[CurrentPolicy], *, security_defaults: bool = False
) -> tuple[bool, str]:
    """Whether one user is covered, and by what or why not; for many users keep one Coverage."""
    return Coverage(session, policies, security_defaults=security_defaults).of(user_id)
