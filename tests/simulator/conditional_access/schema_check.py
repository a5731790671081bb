# Copyright: (c) 2026, m365.entra contributors
# GNU General Public License v3.0+ (see COPYING or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later
"""Checks a written object against the schema table: the first thing the service does with a body."""

from __future__ import annotations

import re
from dataclasses import dataclass

from ..data.clouds import ABSENT_MEMBERS, ABSENT_PROPERTIES
from ..json_types import JsonObject, JsonValue
from .schema import SENTINEL, Property, StructuredType, derived_type, enumerations, structured_types

GUID = re.compile(r"[0-9a-fA-F]{8}(-[0-9a-fA-F]{4}){3}-[0-9a-fA-F]{12}")
TIMESTAMP = re.compile(r"\d{4}-\d\d-\d\dT\d\d:\d\d:\d\d(\.\d+)?(Z|[+-]\d\d:\d\d)")
INT32 = range(-(2**31), 2**31)


class SchemaMismatch(ValueError):
    """A value does not match its type; ``path`` names it."""

    def __init__(self, path: str, reason: str) -> None:
        super().__init__(f"{path}: {reason}")


class PreviewProperty(SchemaMismatch):
    """A property or value exists in beta only and the object was written through v1.0 (facts section 2.6, rule 11)."""


@dataclass(frozen=True)
class Expectations:
    """What depends on the request: beta properties and the cloud's schema.

    ``strict`` refuses what comes from a read and does not belong in a write: ``read_only`` properties,
    annotations, and more than the id of a related object (facts section 2.3).
    """

    beta: bool = False
    cloud: str = "global"
    strict: bool = False
    read_only: frozenset[str] = frozenset()


def check_object(value: JsonValue, type_name: str, expectations: Expectations, path: str = "") -> None:
    """Check an object and all it contains.

    Raises:
        SchemaMismatch: at the first value that is unknown, of a wrong type, or null where it must not be.
    """
    if not isinstance(value, dict):
        raise SchemaMismatch(path or "body", "an object was expected")
    actual = actual_type(value, structured_types()[type_name], path)
    for name, member in value.items():
        where = f"{path}.{name}" if path else name
        if is_annotation(name):
            _check_annotation(name, where, expectations)
        else:
            _check_property(member, _declared(name, actual, expectations, where), expectations, where)


def actual_type(value: JsonObject, declared: StructuredType, path: str) -> StructuredType:
    """Return the type an object says it has by ``@odata.type``, or the declared one."""
    if "@odata.type" not in value:
        return declared
    found = derived_type(declared, value["@odata.type"])
    if found is None or (found.abstract and found.name != declared.name):
        raise SchemaMismatch(f"{path}.@odata.type".lstrip("."), f"{value['@odata.type']!r} is no {declared.name}")
    return found


def is_annotation(name: str) -> bool:
    return "@" in name or name.startswith("#")


def _check_annotation(name: str, where: str, expectations: Expectations) -> None:
    if expectations.strict and name != "@odata.type":
        raise SchemaMismatch(where, "annotations of a read are not accepted in a write")


def _absent_in_cloud(name: str, actual: StructuredType, expectations: Expectations) -> bool:
    return name in ABSENT_PROPERTIES[expectations.cloud].get(actual.name, frozenset())


def _declared(name: str, actual: StructuredType, expectations: Expectations, where: str) -> Property:
    """Return the property of that name, if the request's version and cloud have it."""
    declared = actual.known(name)
    if declared is None or _absent_in_cloud(name, actual, expectations):
        raise SchemaMismatch(where, f"{actual.name} has no such property")
    if name in actual.beta and not expectations.beta:
        raise PreviewProperty(where, "exists in beta only")
    return declared


def _check_property(value: JsonValue, declared: Property, expectations: Expectations, where: str) -> None:
    if expectations.strict and where in expectations.read_only:
        raise SchemaMismatch(where, "is read-only")
    if declared.navigation and not declared.collection:
        _check_reference(value, expectations, where)
    elif declared.collection:
        if not isinstance(value, list):
            raise SchemaMismatch(where, "a collection was expected")
        for position, element in enumerate(value):
            _check_value(element, declared, expectations, f"{where}[{position}]")
    elif value is None:
        if not declared.nullable:
            raise SchemaMismatch(where, "must not be null")
    else:
        _check_value(value, declared, expectations, where)


def _check_reference(value: JsonValue, expectations: Expectations, where: str) -> None:
    """A related object is given by its id; null takes it away."""
    if value is None:
        return
    if not isinstance(value, dict) or not isinstance(value.get("id"), str):
        raise SchemaMismatch(where, 'only {"id": ...} or null is accepted')
    if expectations.strict and set(value) - {"id", "@odata.type"}:
        raise SchemaMismatch(where, 'only {"id": ...} is accepted, without the other properties of a read')


def _check_value(value: JsonValue, declared: Property, expectations: Expectations, where: str) -> None:
    if declared.type_name in structured_types():
        check_object(value, declared.type_name, expectations, where)
    elif declared.type_name in enumerations():
        _check_enumeration(value, declared.type_name, expectations, where)
    elif not _is_primitive(value, declared.type_name):
        raise SchemaMismatch(where, f"a {declared.type_name} was expected")


def _check_enumeration(value: JsonValue, type_name: str, expectations: Expectations, where: str) -> None:
    if not isinstance(value, str):
        raise SchemaMismatch(where, f"a member of {type_name} was expected")
    absent = ABSENT_MEMBERS[expectations.cloud].get(type_name, frozenset())
    enumeration = enumerations()[type_name]
    for member in enumeration.split(value):
        if member is None or member == SENTINEL or member in absent:
            raise SchemaMismatch(where, f"{value!r} is no member of {type_name}")
        if member in enumeration.beta_members and not expectations.beta:
            raise PreviewProperty(where, f"{member!r} exists in beta only")


def _is_primitive(value: JsonValue, type_name: str) -> bool:
    match type_name:
        case "String":
            return isinstance(value, str)
        case "Boolean":
            return isinstance(value, bool)
        case "Int32":
            return isinstance(value, int) and not isinstance(value, bool) and value in INT32
        case "Open":
            return isinstance(value, dict)
        case "Any":
            return True
        case "DateTimeOffset":
            return isinstance(value, str) and TIMESTAMP.fullmatch(value) is not None
        case "Guid":
            return isinstance(value, str) and GUID.fullmatch(value) is not None
    raise AssertionError(f"the schema table has an unknown primitive type {type_name}")
