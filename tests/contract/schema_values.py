# Copyright: (c) 2026, m365.entra contributors
# GNU General Public License v3.0+ (see COPYING or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later
"""Holds JSON values against the types of the published schema."""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from typing import Any

from .schema_document import PublishedProperty, PublishedSchema

SENTINEL = "unknownFutureValue"
DATE = r"\d{4}-\d\d-\d\d"
TIME = r"\d\d:\d\d(:\d\d(\.\d+)?)?"
TEXTS = {
    "String": re.compile(r".*", re.DOTALL),
    "Guid": re.compile(r"[0-9a-fA-F]{8}(-[0-9a-fA-F]{4}){3}-[0-9a-fA-F]{12}"),
    "DateTimeOffset": re.compile(rf"{DATE}T{TIME}(Z|[+-]\d\d:\d\d)"),
    "Date": re.compile(DATE),
    "TimeOfDay": re.compile(TIME),
    "Duration": re.compile(r"-?P(?=.)(\d+D)?(T(?=\d)(\d+H)?(\d+M)?(\d+(\.\d+)?S)?)?"),
    "Binary": re.compile(r"[A-Za-z0-9+/_-]*={0,2}"),
}
INTEGERS = {
    "Byte": range(2**8),
    "Int16": range(-(2**15), 2**15),
    "Int32": range(-(2**31), 2**31),
    "Int64": range(-(2**63), 2**63),
}
NUMBERS = frozenset({"Single", "Double", "Decimal"})


@dataclass(frozen=True)
class ValueFault:
    """A value that does not parse: where it is in the body, and why."""

    where: str
    problem: str

    def __str__(self) -> str:
        return f"{self.where or 'body'}: {self.problem}"


@dataclass(frozen=True)
class ValueCheck:
    """Checks values against a schema. What Graph answers (``reading``) may carry more than what it is sent.

    Some types are open in the schema, for extension properties; here nothing is unknown and yet right.
    """

    schema: PublishedSchema
    reading: bool = False

    def object_faults(self, value: Any, type_name: str, where: str = "") -> Iterator[ValueFault]:
        """Yield what is wrong with an object of a structured type."""
        if not isinstance(value, dict):
            yield ValueFault(where, f"an object of {type_name} was expected")
            return
        actual = self._actual_type(value, type_name)
        if actual is None:
            given = value.get("@odata.type")
            yield ValueFault(_below(where, "@odata.type"), f"{given!r} is no concrete type of {type_name}")
            return
        yield from self.member_faults(value, self.schema.all_properties(actual), where)

    def member_faults(
        self, value: dict[str, Any], known: Mapping[str, PublishedProperty], where: str = ""
    ) -> Iterator[ValueFault]:
        """Yield what is wrong with the members of an object with these properties."""
        for name, member in value.items():
            if "@" in name or name.startswith("#"):
                yield from self._annotation_faults(name, member, known, where)
            elif name in known:
                yield from self._property_faults(member, known[name], _below(where, name))
            else:
                yield ValueFault(_below(where, name), "no such property")

    def _actual_type(self, value: dict[str, Any], type_name: str) -> str | None:
        name = str(value.get("@odata.type", type_name)).removeprefix("#").removeprefix("microsoft.graph.")
        if name not in self.schema.types or not self.schema.is_a(name, type_name):
            return None
        return None if self.schema.types[name].abstract and not self.reading else name

    def _annotation_faults(
        self, name: str, value: Any, known: Mapping[str, PublishedProperty], where: str
    ) -> Iterator[ValueFault]:
        if self.reading or name == "@odata.type":
            return
        target, _at, annotation = name.partition("@")
        if target in known and annotation == "odata.type":
            return
        if target not in known or annotation != "odata.bind" or not known[target].navigation:
            yield ValueFault(_below(where, name), "no annotation of a write")
        elif not _all_texts(value if known[target].collection else [value]):
            yield ValueFault(_below(where, name), "the address of an object was expected")

    def _property_faults(self, value: Any, declared: PublishedProperty, where: str) -> Iterator[ValueFault]:
        if value is None:
            if not declared.nullable:
                yield ValueFault(where, "must not be null")
        elif not declared.collection:
            yield from self._value_faults(value, declared.type_name, where)
        elif not isinstance(value, list):
            yield ValueFault(where, "a collection was expected")
        else:
            for position, element in enumerate(value):
                yield from self._value_faults(element, declared.type_name, f"{where}[{position}]")

    def _value_faults(self, value: Any, type_name: str, where: str) -> Iterator[ValueFault]:
        if type_name in self.schema.types:
            yield from self.object_faults(value, type_name, where)
        elif type_name in self.schema.enumerations:
            yield from self._enumeration_faults(value, type_name, where)
        elif not _is_primitive(value, type_name):
            yield ValueFault(where, f"a {type_name} was expected")

    def _enumeration_faults(self, value: Any, type_name: str, where: str) -> Iterator[ValueFault]:
        enumeration = self.schema.enumerations[type_name]
        if not isinstance(value, str):
            yield ValueFault(where, f"a member of {type_name} was expected")
            return
        for member in value.split(",") if enumeration.flags else [value]:
            if member.strip() not in enumeration.members:
                yield ValueFault(where, f"{member.strip()!r} is no member of {type_name}")
            elif member.strip() == SENTINEL and not self.reading:
                yield ValueFault(where, f"{SENTINEL!r} stands for what a reader does not know and is never written")


def _is_primitive(value: Any, type_name: str) -> bool:
    """Say whether a value is of a primitive type; one of a type that no body holds, such as a stream, never is."""
    if type_name in TEXTS:
        return isinstance(value, str) and TEXTS[type_name].fullmatch(value) is not None
    if type_name == "Boolean":
        return isinstance(value, bool)
    if isinstance(value, bool):
        return False
    if type_name in NUMBERS:
        return isinstance(value, int | float)
    return isinstance(value, int) and value in INTEGERS.get(type_name, ())


def _all_texts(values: Any) -> bool:
    return isinstance(values, list) and all(isinstance(value, str) for value in values)


def _below(where: str, name: str) -> str:
    return f"{where}.{name}" if where else name
