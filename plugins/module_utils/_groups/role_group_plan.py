# Copyright: (c) 2026, m365.entra contributors
# GNU General Public License v3.0+ (see COPYING or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later

"""What it takes to make a group equal to the holders of roles: a pure function of both."""

from __future__ import annotations

from dataclasses import dataclass

from .._directory.principals import Principal
from .._reconcile.action import CREATE, UPDATE, Action, Phase, Plan
from .._reconcile.compare import Change
from .kept_group import COLLECTION, KeptGroup

NOUN = "group"
_PHASE = "groups"


@dataclass(frozen=True)
class WantedGroup:
    """The group as it is wanted: its *name* (an id, where it was given so) and, unless None, its description."""

    name: str
    description: str | None = None


@dataclass(frozen=True)
class RoleGroupPlan:
    """Who joins and who leaves a *group*, which is None where it has to be created; *members* are those of before."""

    wanted: WantedGroup
    group: KeptGroup | None
    members: tuple[Principal, ...]
    joining: tuple[Principal, ...]
    leaving: tuple[Principal, ...]

    @property
    def name(self) -> str:
        """What the group is called."""
        return self.group.name if self.group else self.wanted.name

    @property
    def is_new(self) -> bool:
        """Whether the group has to be created."""
        return self.group is None

    @property
    def changes_description(self) -> bool:
        """Whether an existing group has another description than the one that was given."""
        return (
            self.group is not None
            and self.wanted.description is not None
            and self.wanted.description != self.group.description
        )

    @property
    def is_empty(self) -> bool:
        """Whether there is nothing to do."""
        return not (self.is_new or self.joining or self.leaving or self.changes_description)

    @property
    def empties(self) -> bool:
        """Whether a group that has members is left without any."""
        return bool(self.members) and len(self.leaving) == len(self.members) and not self.joining

    @property
    def members_after(self) -> tuple[Principal, ...]:
        """Who the members are to be."""
        return tuple(sorted({*self.members, *self.joining} - set(self.leaving)))

    def to_plan(self) -> Plan:
        """The plan as every module shows one: a single action on the group, with names beside ids."""
        if self.is_empty:
            return Plan(())
        identifier = self.group.identifier if self.group else None
        action = Action(
            CREATE if self.is_new else UPDATE,
            NOUN,
            identifier or self.name,
            self.name,
            COLLECTION,
            self._reason(),
            object_id=identifier,
            changes=tuple(self._changes()),
        )
        return Plan((Phase(_PHASE, (action,), ()),))

    def _reason(self) -> str:
        if self.is_new:
            return "the tenant has no group of that name"
        if self.joining or self.leaving:
            return "its members are not those who hold the roles"
        return "its description differs"

    def _changes(self) -> list[Change]:
        found = []
        if self.is_new:
            found.append(Change("display_name", None, self.name))
        if self.is_new or self.changes_description:
            before = self.group.description or None if self.group else None
            found.append(Change("description", before, self.wanted.description))
        if self.joining or self.leaving:
            found.append(Change("members", _shown(self.members), _shown(self.members_after)))
        return found


def _shown(members: tuple[Principal, ...]) -> list[str]:
    return [one.shown for one in members]


def plan_role_group(
    wanted: WantedGroup, group: KeptGroup | None, members: tuple[Principal, ...], holders: tuple[Principal, ...]
) -> RoleGroupPlan:
    """Plan that *members*, the direct members of now, become *holders*: whoever is neither stays away."""
    held = {one.identifier for one in holders}
    there = {one.identifier for one in members}
    return RoleGroupPlan(
        wanted,
        group,
        members,
        joining=tuple(one for one in holders if one.identifier not in there),
        leaving=tuple(one for one in members if one.identifier not in held),
    )
