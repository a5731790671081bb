# Copyright: (c) 2026, m365.entra contributors
# GNU General Public License v3.0+ (see COPYING or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later

"""Whom to ask for their MFA states: those who were named or everyone, but no more than may be asked."""

from __future__ import annotations

import heapq
import typing as t
from dataclasses import dataclass

from .._graph.session import Session
from .._reconcile.shape import Json
from .people import NamedPeople, enabled_members, users_in_group


@dataclass(frozen=True)
class PeopleToAsk:
    """The users who are asked, by id their user principal names, sorted by these; and how many are not asked."""

    names: dict[str, str]
    not_asked: int


def people_to_ask(session: Session, named: NamedPeople | None, maximum: int) -> PeopleToAsk:
    """The first *maximum* by user principal name of those who are *named*, or of all enabled members for None."""
    found = enabled_members(session) if named is None else _members(session, named)
    return _first_of(found, maximum)


def _members(session: Session, named: NamedPeople) -> t.Iterator[Json]:
    yield from named.users
    for group in named.groups:
        yield from users_in_group(session, group, "userPrincipalName")


def _first_of(users: t.Iterable[Json], maximum: int) -> PeopleToAsk:
    """Only the ids of those who are left out are kept, since a user may be found in more than one group."""
    seen: set[str] = set()

    def each_once() -> t.Iterator[tuple[str, str]]:
        for user in users:
            identifier = str(user["id"]).lower()
            if identifier not in seen:
                seen.add(identifier)
                yield str(user.get("userPrincipalName") or "").lower(), identifier

    first = heapq.nsmallest(maximum, each_once())
    return PeopleToAsk({identifier: name for name, identifier in first}, len(seen) - len(first))
