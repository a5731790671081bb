# Copyright: (c) 2026, m365.entra contributors
# GNU General Public License v3.0+ (see COPYING or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later

"""Whom a policy includes, and whether others are all among them, as far as that shows without reading groups."""

from __future__ import annotations

from dataclasses import dataclass

from .._policy.canonical_policy import canonical_policy
from .._policy.policy_view import PolicyView
from .._reconcile.shape import Json

_EVERYBODY = "All"
_NOBODY = "None"
_NAMES = ("includeUsers", "includeGroups", "includeRoles", "includeGuestsOrExternalUsers")


@dataclass(frozen=True)
class Includes:
    """Ids and keywords of those who are included; *guests* are kinds of guests in their canonical form."""

    users: frozenset[str] = frozenset()
    groups: frozenset[str] = frozenset()
    roles: frozenset[str] = frozenset()
    guests: Json | None = None

    @property
    def is_everybody(self) -> bool:
        """Whether all users are included; guests are users, too (facts section 2.7)."""
        return _EVERYBODY in self.users

    @property
    def is_nobody(self) -> bool:
        """Whether nobody is."""
        return not (self.users or self.groups or self.roles or self.guests)

    def covers(self, others: Includes) -> bool:
        """Whether everybody in *others* is included for certain."""
        if self.is_everybody:
            return True
        return (
            others.users <= self.users
            and others.groups <= self.groups
            and others.roles <= self.roles
            and others.guests in (None, self.guests)
        )

    def joined(self, others: Includes) -> Includes:
        """Everybody in either. Kinds of guests are kept, and are in no ring."""
        if self.is_everybody or others.is_everybody:
            # The service takes All for itself alone (facts section 2.6, rule 6).
            return Includes(frozenset({_EVERYBODY}))
        return Includes(self.users | others.users, self.groups | others.groups, self.roles | others.roles, self.guests)

    def without(self, others: Includes) -> Includes:
        """Those that *others* do not name."""
        return Includes(self.users - others.users, self.groups - others.groups, self.roles - others.roles, self.guests)


def includes_of(content: Json) -> Includes:
    """Whom a canonical policy includes."""
    users = PolicyView(content).users
    return Includes(
        frozenset(users.get("includeUsers") or ()) - {_NOBODY},
        frozenset(users.get("includeGroups") or ()),
        frozenset(users.get("includeRoles") or ()),
        users.get("includeGuestsOrExternalUsers"),
    )


def with_includes(content: Json, includes: Includes) -> Json:
    """A canonical policy for *includes* in place of whom it included; exclusions and everything else stay."""
    if includes_of(content) == includes:
        return content
    return _with_users(
        content,
        {
            "includeUsers": sorted(includes.users),
            "includeGroups": sorted(includes.groups),
            "includeRoles": sorted(includes.roles),
            "includeGuestsOrExternalUsers": includes.guests,
        },
    )


def with_joining(content: Json, joining: Includes, present: Includes) -> Json:
    """A canonical policy for those who are *joining* a policy that includes those who are *present* already."""
    users = PolicyView(content).users
    excluded = {
        "excludeUsers": sorted({*users["excludeUsers"], *present.users}),
        "excludeGroups": sorted({*users["excludeGroups"], *present.groups}),
        "excludeRoles": sorted({*users["excludeRoles"], *present.roles}),
    }
    return _with_users(with_includes(content, joining.without(present)), excluded)


def with_includes_of(content: Json, other: Json) -> Json:
    """A canonical policy for those whom the canonical policy *other* includes."""
    users = PolicyView(other).users
    return _with_users(content, {name: users.get(name) for name in _NAMES})


def _with_users(content: Json, changed: Json) -> Json:
    conditions = content["conditions"] or {}
    users = {**(conditions.get("users") or {}), **changed}
    return canonical_policy({**content, "conditions": {**conditions, "users": users}})
