# Copyright: (c) 2026, m365.entra contributors
# GNU General Public License v3.0+ (see COPYING or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later

"""The roles that people can have in an application (facts section 12)."""

from __future__ import annotations

import typing as t
from dataclasses import dataclass

from .._reconcile.shape import Json

# Having this role means having access, in an application that defines none.
NO_ROLE = "00000000-0000-0000-0000-000000000000"
DEFAULT_ACCESS = "default access"
_USUAL = "user"
_PEOPLE = "User"


@dataclass(frozen=True)
class AppRole:
    """One role: its id, the name that people see, and the value that the application is told."""

    identifier: str
    name: str
    value: str = ""

    def is_called(self, wanted: str) -> bool:
        """Whether *wanted* is its id, its name or its value; case does not matter."""
        return wanted.lower() in {self.identifier, self.name.lower(), self.value.lower()} - {""}


DEFAULT_ROLE = AppRole(NO_ROLE, DEFAULT_ACCESS)


def roles_of(principal: Json) -> tuple[AppRole, ...]:
    """The roles that users and groups can have; that of no name where the application defines none at all."""
    declared: t.Sequence[Json] = principal.get("appRoles") or ()
    if not declared:
        return (DEFAULT_ROLE,)
    open_to_people = (one for one in declared if one.get("isEnabled") and _PEOPLE in one.get("allowedMemberTypes", ()))
    return tuple(
        AppRole(str(one["id"]).lower(), str(one.get("displayName") or ""), str(one.get("value") or ""))
        for one in open_to_people
    )


def find_role(roles: t.Sequence[AppRole], wanted: str | None) -> AppRole | str:
    """The role that is meant, or in words why it cannot be told. Without a word it is the only one, or User."""
    if wanted:
        found = [one for one in roles if one.is_called(wanted)]
    else:
        usual = [one for one in roles if one.name.lower() == _USUAL]
        found = list(roles) if len(roles) == 1 else usual
    if len(found) == 1:
        return found[0]
    known = ", ".join(sorted(one.name for one in roles)) or "none"
    if not wanted:
        return f"no role is given, and the application has several for people: {known}"
    return f"{len(found)} roles are called {wanted!r}" if found else f"no role is called {wanted!r}; known: {known}"
