# Copyright: (c) 2026, m365.entra contributors
# GNU General Public License v3.0+ (see COPYING or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later

"""The kinds of properties that Microsoft Graph objects are made of.

A resource declares its shape once as a tree of these; options, canonical form, comparison, bodies, references and
JSON Schema are all derived from that one tree by small functions. Names are Graph's; options use their snake_case.
"""

from __future__ import annotations

import dataclasses
import functools
import re
import typing as t
from dataclasses import dataclass

Json = dict[str, t.Any]

_HUMP = re.compile(r"(?<=[a-z0-9])(?=[A-Z])")


@functools.cache
def snake_case(name: str) -> str:
    """The option name of a Graph property: ``includeUserActions`` is ``include_user_actions``."""
    return _HUMP.sub("_", name).lower()


@dataclass(frozen=True)
class Field:
    """One property, named as Graph names it.

    *preview*: only Graph's beta endpoint has it; *preview_values*: members or keywords that only beta has. *called* is
    its name as an option where that of Graph would mean something else there.
    """

    name: str
    preview: bool = dataclasses.field(default=False, kw_only=True)
    preview_values: tuple[str, ...] = dataclasses.field(default=(), kw_only=True)
    called: str = dataclasses.field(default="", kw_only=True)

    @property
    def option(self) -> str:
        """The property's name as an option."""
        return self.called or snake_case(self.name)


@dataclass(frozen=True)
class Text(Field):
    """A string."""


@dataclass(frozen=True)
class Identifier(Field):
    """The id of an object that nobody looks up, as a text without case."""


@dataclass(frozen=True)
class Opaque(Field):
    """A value whose inner form nobody has published; it is compared without its empty members and written as given."""


@dataclass(frozen=True)
class Flag(Field):
    """A boolean; null counts as false. Where it is not *nullable*, false is written as false and not as null.

    *undecided*: null is a value of its own, because the service's default may be true.
    """

    nullable: bool = True
    undecided: bool = False


@dataclass(frozen=True)
class Number(Field):
    """A whole number."""


@dataclass(frozen=True)
class Choice(Field):
    """One member of an enumeration; *default* is what the service puts in for null."""

    values: tuple[str, ...] = ()
    default: str | None = None


@dataclass(frozen=True)
class ChoiceSet(Field):
    """A list of enumeration members whose order means nothing; *default* is what an empty list means."""

    values: tuple[str, ...] = ()
    default: tuple[str, ...] = ()


@dataclass(frozen=True)
class FlagSet(Field):
    """Enumeration members that Graph joins into one string, in the order of *values*; an option takes a list."""

    values: tuple[str, ...] = ()


@dataclass(frozen=True)
class References(Field):
    """A list of ids of directory objects of one *kind*, besides keywords such as ``All``."""

    kind: str = ""
    keywords: tuple[str, ...] = ()


@dataclass(frozen=True)
class TextSet(Field):
    """A list of texts whose order means nothing, compared without case; *upper*: the service keeps them in capitals."""

    upper: bool = False


@dataclass(frozen=True)
class CidrRanges(Field):
    """IP ranges: an option takes CIDR texts, a body objects with ``cidrAddress``; host bits mean nothing."""


@dataclass(frozen=True)
class Combinations(Field):
    """A list of combinations, each a joined flags value; *values* are the flags in the schema's order."""

    values: tuple[str, ...] = ()


@dataclass(frozen=True)
class Reference(Field):
    """One referenced object, written as ``{"id": ...}`` and read back expanded; its canonical form is the id."""

    kind: str = ""


@dataclass(frozen=True)
class Target(Field):
    """One group to which something applies, as ``{"id": ..., "targetType": ...}``; *everyone* is what null means."""

    everyone: str = ""


@dataclass(frozen=True)
class Targets(Field):
    """The groups or users to which something applies, each as ``{"id": ..., "targetType": ...}``.

    They are told apart by id. *fields* are further members that are spoken of; others stay as they are.
    """

    fields: tuple[Field, ...] = ()


@dataclass(frozen=True)
class Part(Field):
    """A complex property.

    *whole*: its members are always written together, because they only make sense together.
    *lasting*: the service always has it; null means nothing else than its members' own defaults.
    *complete*: it is lasting, and its members are written together, those that are empty as well.
    *switched*: it has a member ``isEnabled``, without which it has no effect and equals null.
    *odata_type*: gives the ``@odata.type`` that a body needs, from the canonical value.
    """

    fields: tuple[Field, ...] = ()
    whole: bool = False
    lasting: bool = False
    complete: bool = False
    switched: bool = False
    odata_type: t.Callable[[Json], str] | None = None

    def __hash__(self) -> int:
        """By its name alone: what is made of a shape is kept by it, and a whole tree takes long to hash."""
        return hash(self.name)

    @property
    def is_lasting(self) -> bool:
        """Whether the service always has it."""
        return self.lasting or self.complete

    def field(self, name: str) -> Field | None:
        """The member of that Graph name, or None."""
        return next((field for field in self.fields if field.name == name), None)


@dataclass(frozen=True)
class PartList(Field):
    """A list of complex values, each of the form *part*, whose order means nothing; *required* members tell them "
    "apart."""

    part: Part = dataclasses.field(default_factory=lambda: Part(""))
    required: tuple[str, ...] = ()
