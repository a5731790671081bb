# Copyright: (c) 2026, m365.entra contributors
# GNU General Public License v3.0+ (see COPYING or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later

"""Whom a policy names, one selector each, and what they surely have in common.

Two selectors that differ may still mean the same people: that takes memberships, which are not read.
"""

from __future__ import annotations

import typing as t
from dataclasses import dataclass

from .._policy.vocabulary import GUEST_OR_EXTERNAL_USER_TYPES
from .._reconcile.canonical import is_guid
from .._reconcile.shape import Json

USER = "user"
GROUP = "group"
ROLE = "role"
GUEST = "guest"
EVERYONE = "All"
GUESTS = "GuestsOrExternalUsers"
INCLUDE = "include"
EXCLUDE = "exclude"


@dataclass(frozen=True)
class Selector:
    """A user, group or role by id, or a type of guest; *tenants* are the home tenants of guests, None means all."""

    kind: str
    value: str
    tenants: frozenset[str] | None = None


def selectors(users: Json, direction: str) -> frozenset[Selector]:
    """Whom the canonical conditions.users of a policy include or exclude; the keyword All is none of them."""
    listed = users.get(f"{direction}Users") or []
    return frozenset(
        (
            *(Selector(USER, one) for one in listed if is_guid(one)),
            *(Selector(GROUP, one) for one in users.get(f"{direction}Groups") or []),
            *(Selector(ROLE, one) for one in users.get(f"{direction}Roles") or []),
            *guests(users, direction),
        )
    )


def guests(users: Json, direction: str) -> frozenset[Selector]:
    """The types of guests among them; the keyword for guests means all types."""
    condition = users.get(f"{direction}GuestsOrExternalUsers") or {}
    members = (condition.get("externalTenants") or {}).get("members")
    tenants = frozenset(members) if members else None
    by_keyword = GUEST_OR_EXTERNAL_USER_TYPES if GUESTS in (users.get(f"{direction}Users") or []) else ()
    return frozenset(
        (
            *(Selector(GUEST, one) for one in by_keyword),
            *(Selector(GUEST, one, tenants) for one in condition.get("guestOrExternalUserTypes") or []),
        )
    )


def is_within(one: Selector, others: t.Iterable[Selector]) -> bool:
    """Whether everybody whom *one* means is surely meant by one of *others*."""
    return any(_contains(other, one) for other in others)


def _contains(wider: Selector, narrower: Selector) -> bool:
    if (wider.kind, wider.value) != (narrower.kind, narrower.value):
        return False
    return wider.tenants is None or (narrower.tenants is not None and narrower.tenants <= wider.tenants)


def includes_everyone(users: Json) -> bool:
    """Whether all users are included, and not all excluded."""
    return EVERYONE in (users.get("includeUsers") or []) and EVERYONE not in (users.get("excludeUsers") or [])


def keywords_of(listed: t.Iterable[str] | None) -> list[str]:
    """The members of a list of users that are no ids."""
    return [one for one in listed or [] if not is_guid(one)]
