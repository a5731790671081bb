# Copyright: (c) 2026, m365.entra contributors
# GNU General Public License v3.0+ (see COPYING or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later

"""Who has which role in an application, and what it takes to make that what is wanted: pure functions."""

from __future__ import annotations

import typing as t
from dataclasses import dataclass

from .._directory.principals import GROUP, USER, Principal
from .._reconcile.action import CREATE, DELETE, Action, Phase, Plan
from .._reconcile.compare import Change
from .._reconcile.shape import Json
from .app_role import AppRole

NOUN = "application_assignment"
KINDS = {"User": USER, "Group": GROUP}


@dataclass(frozen=True, order=True)
class Assignment:
    """*principal*, a user or a group, has *role*; *identifier* is the assignment's, empty where it is only wanted."""

    principal: Principal
    role_id: str
    role: str
    identifier: str = ""

    @property
    def key(self) -> tuple[str, str]:
        """What makes two assignments the same."""
        return self.principal.identifier, self.role_id

    def to_result(self) -> Json:
        """The assignment as JSON values."""
        return {
            "principal_id": self.principal.identifier,
            "principal_type": self.principal.kind,
            "name": self.principal.name,
            "role": self.role,
            "role_id": self.role_id,
            "id": self.identifier or None,
        }


@dataclass(frozen=True)
class AssignmentEdit:
    """What joins, what goes, or (*whole*) what there is to be; to go, a role of None means every role."""

    added: tuple[Assignment, ...] = ()
    removed: tuple[tuple[Principal, str | None], ...] = ()
    whole: tuple[Assignment, ...] | None = None


def assignments_from(raw: t.Iterable[Json], roles: t.Sequence[AppRole]) -> list[Assignment]:
    """The assignments of users and groups in the service's answer; what applications may do is not ours."""
    names = {one.identifier: one.name for one in roles}
    return sorted(_assignment(one, names) for one in raw if one.get("principalType") in KINDS)


def _assignment(raw: Json, names: t.Mapping[str, str]) -> Assignment:
    identifier, role = str(raw.get("principalId") or "").lower(), str(raw.get("appRoleId") or "").lower()
    principal = Principal(
        str(raw.get("principalDisplayName") or identifier), identifier, KINDS[str(raw["principalType"])]
    )
    return Assignment(principal, role, names.get(role, role), str(raw.get("id") or ""))


def planned(current: t.Sequence[Assignment], edit: AssignmentEdit) -> tuple[list[Assignment], list[Assignment]]:
    """Who joins and who leaves; what is both added and removed is removed."""
    if edit.whole is not None:
        wanted = {one.key: one for one in edit.whole}
        leaving = [one for one in current if one.key not in wanted]
    else:
        wanted = {one.key: one for one in edit.added if not _goes(one, edit)}
        leaving = [one for one in current if _goes(one, edit)]
    present = {one.key for one in current}
    return sorted(one for key, one in wanted.items() if key not in present), leaving


def _goes(one: Assignment, edit: AssignmentEdit) -> bool:
    return any(who.identifier == one.principal.identifier and role in (None, one.role_id) for who, role in edit.removed)


def assignment_plan(
    application: str, principal_id: str, joining: t.Sequence[Assignment], leaving: t.Sequence[Assignment]
) -> Plan:
    """The plan, one action an assignment: whoever leaves goes last, so that nobody is left out in between."""
    path = f"/servicePrincipals/{principal_id}/appRoleAssignedTo"
    added = (
        Action(
            CREATE,
            NOUN,
            "/".join(one.key),
            f"{application}: {one.principal.shown}",
            path,
            f"the {one.principal.kind} is to have the role {one.role}",
            {"principalId": one.principal.identifier, "resourceId": principal_id, "appRoleId": one.role_id},
            changes=(Change("role", None, one.role),),
        )
        for one in joining
    )
    removed = (
        Action(
            DELETE,
            NOUN,
            "/".join(one.key),
            f"{application}: {one.principal.shown}",
            path,
            f"the {one.principal.kind} is not to have the role {one.role}",
            object_id=one.identifier,
            changes=(Change("role", one.role, None),),
        )
        for one in leaving
    )
    actions = (*added, *removed)
    return Plan((Phase("assignments", actions, ()),) if actions else ())
