# Copyright: (c) 2026, m365.entra contributors
# GNU General Public License v3.0+ (see COPYING or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later
"""The schema table as objects: structured types with inherited properties, and enumerations."""

from __future__ import annotations

from dataclasses import dataclass
from functools import cache

from ..data.beta_types import (
    BETA_ENUMERATIONS,
    BETA_FLAGS_ENUMERATIONS,
    BETA_MEMBERS,
    BETA_PROPERTIES,
    BETA_STRUCTURED_TYPES,
)
from ..data.evaluation_types import (
    EVALUATION_ENUMERATIONS,
    EVALUATION_FLAGS_ENUMERATIONS,
    EVALUATION_STRUCTURED_TYPES,
)
from ..data.method_types import METHOD_ENUMERATIONS, METHOD_FLAGS_ENUMERATIONS, METHOD_STRUCTURED_TYPES
from ..data.policy_types import ENUMERATIONS, FLAGS_ENUMERATIONS, STRUCTURED_TYPES

SENTINEL = "unknownFutureValue"


@dataclass(frozen=True)
class Property:
    """A property of a structured type."""

    name: str
    type_name: str
    nullable: bool
    collection: bool
    navigation: bool


@dataclass(frozen=True)
class StructuredType:
    """An entity or complex type with all its properties, the inherited ones included.

    ``beta`` holds those that exist in beta only.
    """

    name: str
    base: str | None
    abstract: bool
    own: tuple[str, ...]
    properties: dict[str, Property]
    beta: dict[str, Property]

    def known(self, name: str) -> Property | None:
        """Return the property of that name in either version, or None."""
        return self.properties.get(name) or self.beta.get(name)


@dataclass(frozen=True)
class Enumeration:
    """An enumeration; of a flags enumeration several members may be joined by commas.

    ``beta_members`` exist in beta only.
    """

    name: str
    members: dict[str, int]
    beta_members: dict[str, int]
    flags: bool

    def canonical(self, text: str) -> str | None:
        """Return the member of either version that equals ``text`` apart from case, or None."""
        both = (*self.members, *self.beta_members)
        return next((member for member in both if member.lower() == text.strip().lower()), None)

    def split(self, text: str) -> list[str | None]:
        """Return the canonical members of a value; one for a plain enumeration."""
        parts = text.split(",") if self.flags else [text]
        return [self.canonical(part) for part in parts]

    def join(self, text: str) -> str:
        """Return a known value as Graph writes it: members in the order of their bits (facts section 2.4)."""
        known = {member for member in self.split(text) if member is not None}
        return ",".join(sorted(known, key=(self.members | self.beta_members).__getitem__))

    def needs_prefer(self, member: str) -> bool:
        """Say whether a member comes after the sentinel, so that it is masked without a Prefer header."""
        return SENTINEL in self.members and self.members.get(member, 0) > self.members[SENTINEL]


@cache
def enumerations() -> dict[str, Enumeration]:
    """Return every enumeration of the table by name."""
    plain = ENUMERATIONS | METHOD_ENUMERATIONS | EVALUATION_ENUMERATIONS | BETA_ENUMERATIONS
    flags = FLAGS_ENUMERATIONS | METHOD_FLAGS_ENUMERATIONS | EVALUATION_FLAGS_ENUMERATIONS | BETA_FLAGS_ENUMERATIONS
    return {
        name: Enumeration(name, _members(text), _members(BETA_MEMBERS.get(name, "")), flags=name in flags)
        for name, text in (plain | flags).items()
    }


@cache
def structured_types() -> dict[str, StructuredType]:
    """Return every structured type of the table by name."""
    written = STRUCTURED_TYPES | METHOD_STRUCTURED_TYPES | EVALUATION_STRUCTURED_TYPES | BETA_STRUCTURED_TYPES
    declared = {_declaration(text)[0]: (*_declaration(text)[1:], body) for text, body in written.items()}

    def properties(name: str | None) -> dict[str, Property]:
        if name is None:
            return {}
        base, _abstract, body = declared[name]
        own = {item.name: item for item in map(_property, body.split())}
        inherited = properties(base)
        # Graph shows the id first and the other inherited properties last.
        return {name: item for name, item in inherited.items() if name == "id"} | own | inherited

    return {
        name: StructuredType(
            name=name,
            base=base,
            abstract=abstract,
            own=tuple(_property(item).name for item in body.split()),
            properties=properties(name),
            beta={item.name: item for item in map(_property, BETA_PROPERTIES.get(name, "").split())},
        )
        for name, (base, abstract, body) in declared.items()
    }


def derived_type(declared: StructuredType, annotation: object) -> StructuredType | None:
    """Return the type an ``@odata.type`` annotation names, if it is ``declared`` or derives from it."""
    name = str(annotation).removeprefix("#").removeprefix("microsoft.graph.")
    found = structured_types().get(name)
    ancestor = found
    while ancestor is not None and ancestor.name != declared.name:
        ancestor = structured_types()[ancestor.base] if ancestor.base else None
    return found if ancestor is not None else None


def has_derived_types(declared: StructuredType) -> bool:
    return any(other.base == declared.name for other in structured_types().values())


def _declaration(text: str) -> tuple[str, str | None, bool]:
    words = text.split()
    base = words[words.index("<") + 1] if "<" in words else None
    return words[0], base, "abstract" in words


def _property(text: str) -> Property:
    name, type_text = text.split(":")
    nullable = type_text.endswith("?")
    type_name = type_text.removesuffix("?")
    return Property(
        name=name.removeprefix("&"),
        type_name=type_name.strip("[]"),
        nullable=nullable,
        collection=type_name.startswith("["),
        navigation=name.startswith("&"),
    )


def _members(text: str) -> dict[str, int]:
    return {name: int(number) for name, number in (item.split("=") for item in text.split())}
