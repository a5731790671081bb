# Copyright: (c) 2026, m365.entra contributors
# GNU General Public License v3.0+ (see COPYING or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later

"""The people who hold roles: directly, or through groups, however deep these are nested (facts section 7.3)."""

from __future__ import annotations

import typing as t
from dataclasses import dataclass

from .._directory.principals import GROUP, UNKNOWN, USER, Principal, principal_of, read_principals
from .._directory.role_assignments import read_role_assignments
from .._directory.role_eligibilities import read_role_eligibilities
from .._graph.session import Session

_LARGEST_PAGE = "999"


@dataclass(frozen=True)
class RoleHolders:
    """The *users* who hold one of some roles, the *groups* through which some do, and who else holds them.

    *left_out* are no users: service principals, and ids that nobody can tell a name of. *nested* are the ids of all
    groups within the groups.
    """

    users: tuple[Principal, ...]
    groups: tuple[Principal, ...] = ()
    left_out: tuple[Principal, ...] = ()
    nested: frozenset[str] = frozenset()

    def users_with(self, members: t.Iterable[Principal]) -> tuple[Principal, ...]:
        """The users, and those of *members* whom only the group itself can tell: they hold a role, and stay."""
        untold = {one.identifier for one in self.left_out if one.kind == UNKNOWN}
        told = {one for one in members if one.kind == USER and one.identifier in untold}
        return tuple(sorted({*self.users, *told}))

    def come_through(self, group_id: str) -> bool:
        """Whether being a member of that group is a way to hold one of the roles."""
        return group_id in self.nested or any(group.identifier == group_id for group in self.groups)


def read_role_holders(session: Session, roles: t.Container[str], *, include_eligible: bool) -> RoleHolders:
    """Who holds one of *roles* (ids) for the whole tenant or, with *include_eligible*, may activate one.

    One read of the assignments, one of the eligible ones, one question for who they are, and for each group that holds
    a role one read a thousand members.
    """
    identifiers = set(read_role_assignments(session).holders_of(roles))
    if include_eligible:
        identifiers |= read_role_eligibilities(session).holders_of(roles)
    holders = read_principals(session, identifiers)
    groups = tuple(one for one in holders if one.kind == GROUP)
    members = {member for group in groups for member in read_transitive_members(session, group.identifier)}
    return role_holders(holders, members)


def role_holders(holders: t.Iterable[Principal], members: t.Iterable[Principal]) -> RoleHolders:
    """Sort who holds roles directly (*holders*) and as a member of a group that does (*members*), each once."""
    direct, inner = set(holders), set(members)
    told = {one.identifier for one in inner}
    # Of whom the application may not read by itself, a group may tell more.
    everyone = inner | {one for one in direct if one.kind != UNKNOWN or one.identifier not in told}
    return RoleHolders(
        users=tuple(sorted(one for one in everyone if one.kind == USER)),
        groups=tuple(sorted(one for one in direct if one.kind == GROUP)),
        left_out=tuple(sorted(one for one in everyone if one.kind not in (USER, GROUP))),
        nested=frozenset(one.identifier for one in inner if one.kind == GROUP),
    )


def read_transitive_members(session: Session, group_id: str) -> t.Iterator[Principal]:
    """Everybody and everything in a group and in the groups within it, a page at a time."""
    path = f"/groups/{group_id}/transitiveMembers"
    for page in session.pages(path, select="id,displayName,userPrincipalName", top=_LARGEST_PAGE):
        yield from (principal_of(member) for member in page)
