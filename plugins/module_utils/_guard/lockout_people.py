# Copyright: (c) 2026, m365.entra contributors
# GNU General Public License v3.0+ (see COPYING or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later

"""Who must not be locked out: reads of people only what the policies that could stop them ask for, each thing once."""

from __future__ import annotations

import typing as t
from dataclasses import dataclass

from .._directory.built_in_roles import BUILT_IN_ROLES
from .._directory.groups_of_user import read_groups_of
from .._directory.role_assignments import RoleAssignments, read_role_assignments
from .._evaluation.evaluated_policy import EvaluatedPolicy
from .._evaluation.reading_people import kind_of, read_objects
from .._evaluation.sign_in import UserIdentity
from .._graph.session import Session
from .._reconcile.shape import Json
from .permissions import READ_GROUPS, READ_ROLE_ASSIGNMENTS, READ_USERS, Requirement, require_permissions

GLOBAL_ADMINISTRATOR = BUILT_IN_ROLES["Global Administrator"]
# Those who can take a policy out of effect (facts section 2.2).
_ROLES_THAT_UNDO = frozenset(
    {GLOBAL_ADMINISTRATOR, *(BUILT_IN_ROLES[f"{name} Administrator"] for name in ("Conditional Access", "Security"))}
)
_PROPERTIES = ("id", "userPrincipalName", "userType", "accountEnabled")


@dataclass(frozen=True)
class Account:
    """A person: *option* is the path that named the account or its group, empty for who was found by a role.

    *is_enabled* is None where nobody knows; *kind* is that of a UserIdentity.
    """

    identifier: str
    name: str
    is_enabled: bool | None
    kind: str | None = None
    option: str = ""

    def __str__(self) -> str:
        return f"{self.option}: {self.name!r}" if self.option else repr(self.name)


def account_of(user: Json, option: str = "") -> Account:
    """The account of a user as the service shows it."""
    return Account(
        str(user.get("id") or "").lower(),
        str(user.get("userPrincipalName") or user.get("id")),
        user.get("accountEnabled"),
        kind_of(user) if user.get("userPrincipalName") and user.get("userType") else None,
        option,
    )


class People:
    """What a tenant says of people, as far as *policies* make it worth reading."""

    def __init__(self, session: Session, policies: t.Iterable[EvaluatedPolicy]) -> None:
        users = [policy.view.users for policy in policies]
        self._session = session
        self._asks_for_roles = any(_names(one, "Roles") for one in users)
        self._asks_for_groups = self._asks_for_roles or any(_names(one, "Groups") for one in users)
        self._assignments: RoleAssignments | None = None
        self._groups: dict[str, frozenset[str]] = {}
        self._members: dict[str, list[Account]] = {}

    def is_global_administrator(self, account: Account) -> bool:
        """Whether the account holds the role now, directly or through a group."""
        holders = self._roles().holders_of((GLOBAL_ADMINISTRATOR,))
        return account.identifier in holders or not holders.isdisjoint(self._groups_of(account.identifier))

    def identity(self, account: Account) -> UserIdentity:
        """The account as policies see it. What no policy asks for is left open."""
        identifier = account.identifier
        groups = self._groups_of(identifier) if self._asks_for_groups else None
        roles = self._roles().roles_of({identifier, *(groups or ())}) if self._asks_for_roles else None
        return UserIdentity(identifier, groups, roles, account.kind)

    def members(self, group: str, option: str) -> list[Account]:
        """The users in a group, also through other groups, by name."""
        if group not in self._members:
            found = self._session.list(f"/groups/{group}/transitiveMembers", select=",".join(_PROPERTIES))
            users = [account_of(one, option) for one in found if one.get("userPrincipalName")]
            self._members[group] = sorted(users, key=lambda one: one.name)
        return self._members[group]

    def administrators(self) -> t.Iterator[Account]:
        """The enabled users who hold a role that can take a policy out of effect, each once; read bit by bit."""
        holders = set(self._roles().holders_of(_ROLES_THAT_UNDO))
        self._require(READ_USERS)
        users = read_objects(self._session, "/users", holders, _PROPERTIES)
        yield from (account for one in users.values() if (account := account_of(one)).is_enabled)
        seen = set(users)
        self._require(READ_GROUPS)
        for group in read_objects(self._session, "/groups", holders - seen, ("id",)):
            for account in self.members(group, ""):
                if account.is_enabled and account.identifier not in seen:
                    seen.add(account.identifier)
                    yield account

    def _roles(self) -> RoleAssignments:
        if self._assignments is None:
            self._require(READ_ROLE_ASSIGNMENTS)
            self._assignments = read_role_assignments(self._session)
        return self._assignments

    def _groups_of(self, user: str) -> frozenset[str]:
        if user not in self._groups:
            self._require(READ_GROUPS)
            self._groups[user] = read_groups_of(self._session, user)
        return self._groups[user]

    def _require(self, requirement: Requirement) -> None:
        require_permissions((requirement,), self._session.claims.permissions)


def _names(users: Json, kind: str) -> bool:
    return bool(users.get(f"include{kind}") or users.get(f"exclude{kind}"))
