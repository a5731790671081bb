# Copyright: (c) 2026, m365.entra contributors
# GNU General Public License v3.0+ (see COPYING or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later

"""What must happen to one named object: a pure function of the wanted and the current object."""

from __future__ import annotations

import typing as t
from dataclasses import dataclass

from .._graph.errors import EntraError, OptionError
from .canonical import canonical
from .compare import Change, changes, merged
from .created import key_of_new
from .option_path import path_of
from .same_name import folded
from .shape import Json, Part


class Existing(t.Protocol):
    """An object that the tenant has."""

    @property
    def identifier(self) -> str:
        """Its id."""

    @property
    def name(self) -> str:
        """Its display name."""


class Sought(t.Protocol):
    """What was said to identify an object; *option* is the option path that messages begin with."""

    @property
    def option(self) -> str:
        """The option path."""

    @property
    def identifier(self) -> str | None:
        """The id, where it was given."""

    @property
    def name(self) -> str | None:
        """The display name, where it was given."""

    @property
    def previous_name(self) -> str | None:
        """The display name that an existing object is to lose, where it was given."""

    @property
    def is_present(self) -> bool:
        """Whether the object is to exist."""


@dataclass(frozen=True)
class CurrentObject:
    """An object as the tenant has it: *content* is canonical in the form of *shape*, *raw* is what the service said."""

    identifier: str
    name: str
    content: Json
    raw: Json
    shape: Part


@dataclass(frozen=True)
class DesiredObject:
    """One wanted object; *content* is in Graph's names, all of it with *is_whole*, otherwise only what was given.

    *restores* has a deleted object of that id brought back from the bin.
    """

    option: str
    identifier: str | None
    name: str | None
    previous_name: str | None
    is_present: bool
    content: Json
    is_whole: bool = False
    restores: bool = False


class BeforeAndAfter:
    """Whether something comes or goes: *current* is how it is, *content* how it is wanted; None where it is not."""

    current: t.Any
    content: Json | None

    @property
    def is_new(self) -> bool:
        """Whether it is to be created."""
        return self.current is None and self.content is not None

    @property
    def is_removed(self) -> bool:
        """Whether it is to be deleted."""
        return self.current is not None and self.content is None


class PlanOfOne(BeforeAndAfter):
    """What follows from an object as it is and as it is wanted, for any kind of object.

    *desired* is what was said of it, *current* the object as it is, *content* the whole canonical content that is
    wanted, None for an object that must be gone.
    """

    desired: Sought
    current: Existing | None
    content: Json | None

    @property
    def name(self) -> str:
        """The object's name after the run."""
        if self.content is not None:
            return str(self.content["displayName"])
        return self.current.name if self.current else str(self.desired.name or self.desired.identifier)


@dataclass(frozen=True)
class ObjectPlan(PlanOfOne):
    """One object before and after; *content* is what is wanted, None for an object that must be gone.

    With *is_restored* the current object lies in the bin; it is then as it will be when it comes back.
    """

    resource: str
    shape: Part
    desired: DesiredObject
    current: CurrentObject | None
    content: Json | None
    is_restored: bool = False

    @property
    def key(self) -> str:
        """What identifies the object within a run; for a new one it stands in for the id."""
        if self.current:
            return self.current.identifier
        return self.desired.identifier or key_of_new(self.resource, str(self.desired.name))

    @property
    def changes(self) -> list[Change]:
        """What changes, by option path."""
        if self.content is None:
            return []
        return changes(self.shape, self.current.content if self.current else None, self.content)

    @property
    def is_changed(self) -> bool:
        """Whether anything is to be done."""
        return self.is_new or self.is_removed or self.is_restored or bool(self.changes)


def at(sought: Sought, name: str) -> str:
    """The path of the option *name* of what was sought."""
    return path_of(sought.option, name)


T = t.TypeVar("T", bound=Existing)


def find_existing(sought: Sought, existing: t.Sequence[T], label: str) -> T | None:
    """The existing object that *sought* means: by id, else by exact name, else by its previous name.

    *label* names the kind of object in messages. Raises EntraError when a name is not unique (all ids are listed), when
    an id to be changed does not exist, and when both the name and the previous name are taken.
    """
    if sought.identifier:
        return next((one for one in existing if one.identifier == sought.identifier), None)
    by_name = _named(sought, sought.name, "display_name", existing, label)
    # Who wants an object gone names it; a name that it no longer has might be another's by now.
    previous_name = sought.previous_name if sought.is_present else None
    by_previous_name = _named(sought, previous_name, "previous_name", existing, label)
    if by_name and by_previous_name and by_name is not by_previous_name:
        raise EntraError(
            f"{at(sought, 'previous_name')}: {label} {sought.previous_name!r} ({by_previous_name.identifier}) cannot "
            f"be renamed: {sought.name!r} ({by_name.identifier}) exists too.",
            remedy="Remove one of the two, or leave previous_name out.",
        )
    return by_name or by_previous_name


def require_found(sought: Sought, found: Existing | None, label: str) -> None:
    """Raise EntraError when an object that was named by id and is to be changed does not exist."""
    if sought.identifier and found is None and sought.is_present:
        raise EntraError(
            f"{at(sought, 'id')}: there is no {label} with the id {sought.identifier}.",
            remedy="Leave id out to create one by name, or correct it.",
        )


def _named(sought: Sought, name: str | None, option: str, existing: t.Sequence[T], label: str) -> T | None:
    found = [one for one in existing if name and one.name == name]
    if len(found) > 1:
        identifiers = sorted(one.identifier for one in found)
        raise EntraError(
            f"{at(sought, option)}: {len(found)} objects of the kind {label} are named {name!r}: "
            f"{', '.join(identifiers)}.",
            remedy="Give id to say which one is meant, or remove the others.",
            details={"ids": identifiers},
        )
    return found[0] if found else None


def refuse_taken_name(plan_name: str, sought: Sought, current: T | None, existing: t.Sequence[T], label: str) -> None:
    """Raise OptionError when a new name, or one that differs only in case or blanks, is another object's already."""
    if not sought.is_present or (current is not None and plan_name == current.name):
        return
    twins = [one for one in existing if folded(one.name) == folded(plan_name) and one is not current]
    if twins:
        names = ", ".join(f"{one.name!r} ({one.identifier})" for one in sorted(twins, key=lambda one: one.identifier))
        raise OptionError(
            f"{at(sought, 'display_name')}: another {label} is named {plan_name!r} already, or almost: {names}.",
            remedy="Write its name exactly, give its id or previous_name, or choose another name.",
        )


class Planned(t.Protocol):
    """One object of a plan."""

    @property
    def key(self) -> str:
        """What identifies the object within the run."""

    @property
    def name(self) -> str:
        """The object's name after the run."""

    @property
    def content(self) -> Json | None:
        """What is wanted; None for an object that must be gone."""

    @property
    def desired(self) -> Sought:
        """What was said of it."""

    @property
    def current(self) -> Existing | None:
        """The object as it is."""


def check_plans_differ(plans: t.Sequence[Planned]) -> None:
    """Raise OptionError when two entries of one list mean the same object, or one takes the name of another."""
    by_key: dict[str, Planned] = {}
    by_name: dict[str, Planned] = {}
    for plan in plans:
        if plan.key in by_key:
            _refuse_twice(plan, by_key[plan.key])
        by_key[plan.key] = plan
        if plan.content is None:
            continue
        twin = by_name.setdefault(folded(plan.name), plan)
        if twin is not plan and (_is_named_anew(plan) or _is_named_anew(twin)):
            _refuse_twice(plan, twin)


def _is_named_anew(plan: Planned) -> bool:
    return plan.current is None or plan.current.name != plan.name


def _refuse_twice(plan: Planned, other: Planned) -> t.NoReturn:
    called = "" if other.name == plan.name else f", where it is called {other.name!r}"
    raise OptionError(
        f"{plan.desired.option}: {plan.name!r} already stands at {other.desired.option}{called}.",
        remedy="Remove one of the two, or give them different names.",
    )


def wanted_content(shape: Part, desired: DesiredObject, current: CurrentObject | None) -> Json:
    """The whole canonical content that *desired* leads to."""
    base = current.content if current and not desired.is_whole else {}
    content = canonical(shape, merged(shape, base, desired.content))
    if content["displayName"] is None and current is not None:
        content["displayName"] = current.name
    return content
