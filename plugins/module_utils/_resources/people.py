# Copyright: (c) 2026, m365.entra contributors
# GNU General Public License v3.0+ (see COPYING or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later

"""The users that a task names, by themselves or through groups."""

from __future__ import annotations

import typing as t
from dataclasses import dataclass

from .._directory.directory import Directory
from .._graph.session import Session
from .._reconcile.shape import Json

_USER_TYPE = "#microsoft.graph.user"
_LARGEST_PAGE = "999"


@dataclass(frozen=True)
class NamedPeople:
    """The users that were named, as the directory shows them, and the ids of the groups."""

    users: tuple[Json, ...] = ()
    groups: tuple[str, ...] = ()


@dataclass(frozen=True)
class _Mention:
    kind: str
    value: str
    path: str


def named_people(session: Session, *, users: t.Sequence[str] = (), groups: t.Sequence[str] = ()) -> NamedPeople:
    """Whom names or ids in the options *users* and *groups* mean, each once, in the order of the options.

    Raises UnresolvedReferences that names all that do not mean exactly one object.
    """
    named = {"user": users, "group": groups}
    mentions = [
        _Mention(kind, value, f"{kind}s[{index}]")
        for kind, values in named.items()
        for index, value in enumerate(values)
    ]
    directory = Directory(session)
    directory.resolve(mentions)
    found = {kind: dict.fromkeys(directory.identify(kind, value) for value in named[kind]) for kind in named}
    return NamedPeople(tuple(directory.object_of("user", user) for user in found["user"]), tuple(found["group"]))


def enabled_members(session: Session) -> t.Iterator[Json]:
    """All users who can sign in and are no guests, a page at a time; who has no type is a member."""
    select = "id,userPrincipalName,userType"
    for page in session.pages("/users", filter="accountEnabled eq true", select=select, top=_LARGEST_PAGE):
        yield from (user for user in page if str(user.get("userType")).lower() != "guest")


def users_in_group(session: Session, group_id: str, *properties: str) -> t.Iterator[Json]:
    """The users who belong to a group, directly or through other groups, a page at a time, with their *properties*."""
    path, select = f"/groups/{group_id}/transitiveMembers", ",".join(("id", *properties))
    for page in session.pages(path, select=select, top=_LARGEST_PAGE):
        yield from (member for member in page if member.get("@odata.type") == _USER_TYPE)
