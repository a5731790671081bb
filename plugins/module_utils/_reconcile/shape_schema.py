# Copyright: (c) 2026, m365.entra contributors
# GNU General Public License v3.0+ (see COPYING or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later

"""The JSON Schema of an object's content, derived from its shape."""

from __future__ import annotations

import functools
import typing as t

from .canonical import flags, known_spelling
from .list_edit import ADD, REMOVE
from .shape import (
    Choice,
    ChoiceSet,
    CidrRanges,
    Combinations,
    Field,
    Flag,
    FlagSet,
    Json,
    Number,
    Opaque,
    Part,
    PartList,
    Reference,
    References,
    Target,
    Targets,
    TextSet,
)
from .targets import KINDS

_DIALECT = "https://json-schema.org/draft/2020-12/schema"
_TEXT: Json = {"type": "string", "minLength": 1}


def shape_schema(shape: Part) -> Json:
    """The JSON Schema (draft 2020-12) of a content of *shape*, in Graph's names, possibly partial."""
    return {"$schema": _DIALECT, **_schema(shape)}


def list_or_edit(items: Json) -> Json:
    """The schema of a list of *items*, or of an edit that adds and removes some."""
    members = {"type": "array", "items": items}
    return {
        "if": {"type": "object"},
        "then": {
            "type": "object",
            "properties": {ADD: members, REMOVE: members},
            "additionalProperties": False,
            "minProperties": 1,
        },
        "else": {"type": ["array", "null"], "items": items},
    }


@functools.singledispatch
def _schema(field: Field) -> Json:
    return {"type": ["string", "null"]}


@_schema.register
def _opaque(field: Opaque) -> Json:
    return {"type": ["object", "null"]}


@_schema.register
def _flag(field: Flag) -> Json:
    return {"type": ["boolean", "null"]}


@_schema.register
def _number(field: Number) -> Json:
    return {"type": ["integer", "null"]}


@_schema.register
def _choice(field: Choice) -> Json:
    return {"enum": [*field.values, None]}


@_schema.register(ChoiceSet)
@_schema.register(FlagSet)
def _members(field: ChoiceSet | FlagSet) -> Json:
    return list_or_edit({"enum": list(field.values)})


@_schema.register(References)
@_schema.register(TextSet)
@_schema.register(CidrRanges)
@_schema.register(Combinations)
def _texts(field: Field) -> Json:
    return list_or_edit(_TEXT)


@_schema.register
def _reference(field: Reference) -> Json:
    identified = {"type": "object", "anyOf": [{"required": ["id"]}, {"required": ["displayName"]}]}
    return {"anyOf": [{"type": "null"}, _TEXT, identified]}


@_schema.register
def _target(field: Target) -> Json:
    return {"type": ["string", "null"], "minLength": 1}


@_schema.register
def _targets(field: Targets) -> Json:
    members = {member.name: _without_edits(_schema(member)) for member in field.fields}
    return list_or_edit(
        {
            "if": {"type": "object"},
            "then": {
                "type": "object",
                "properties": {"id": _TEXT, "targetType": {"enum": list(KINDS)}, **members},
                "required": ["id"],
                "additionalProperties": False,
            },
            "else": _TEXT,
        }
    )


@_schema.register
def _part(field: Part) -> Json:
    return {
        "type": ["object", "null"],
        "properties": {member.name: _schema(member) for member in field.fields},
        "additionalProperties": False,
    }


@_schema.register
def _part_list(field: PartList) -> Json:
    item = _without_edits({**_schema(field.part), "type": "object", "required": list(field.required)})
    for name in field.required:
        item["properties"][name] = _needed(item["properties"][name])
    return {"type": ["array", "null"], "items": item}


def _needed(schema: Json) -> Json:
    """*schema* of a member that must say something."""
    if "enum" in schema:
        return {"enum": [value for value in schema["enum"] if value is not None]}
    kind = next(one for one in schema["type"] if one != "null")
    at_least = {"array": {"minItems": 1}, "string": {"minLength": 1}}.get(kind, {})
    return {**schema, "type": kind, **at_least}


def _without_edits(schema: t.Any) -> t.Any:
    """*schema* with lists only: members of such a value have no name by which an edit could find them."""
    if not isinstance(schema, dict):
        return schema
    if ADD in schema.get("then", {}).get("properties", {}):
        return _without_edits(schema["else"])
    return {name: _without_edits(member) for name, member in schema.items()}


def spelled(field: Field, value: t.Any) -> t.Any:
    """*value* with enumeration members in the schema's spelling, whatever their case, and flags as lists."""
    if isinstance(field, Part) and isinstance(value, dict):
        return {name: spelled(field.field(name) or Field(name), member) for name, member in value.items()}
    if isinstance(field, Choice) and isinstance(value, str):
        return known_spelling(value, field.values)
    if isinstance(field, ChoiceSet | FlagSet) and isinstance(value, dict):
        return {name: spelled(field, member) for name, member in value.items()}
    if isinstance(field, FlagSet) and isinstance(value, str):
        return flags(value, field.values)
    if isinstance(field, ChoiceSet | FlagSet) and isinstance(value, list):
        return [known_spelling(member, field.values) if isinstance(member, str) else member for member in value]
    return value
