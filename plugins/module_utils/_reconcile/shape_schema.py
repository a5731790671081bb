# Copyright: (c) 2026, m365.entra contributors
# GNU General Public License v3.0+ (see COPYING or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later

"""The JSON Schema of an object's content, derived from its shape, and the faults of a content as option paths."""

from __future__ import annotations

import functools
import typing as t

from .._graph.errors import OptionError
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
    snake_case,
)
from .targets import KINDS

if t.TYPE_CHECKING:
    from jsonschema import Draft202012Validator

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


@functools.cache
def _validator(shape: Part) -> Draft202012Validator:
    """The schema's validator, made once for all objects of a run; imported late, as the package may be missing."""
    from jsonschema import Draft202012Validator

    return Draft202012Validator(shape_schema(shape))


def check_content(shape: Part, content: Json, option: str) -> None:
    """Check a content of *shape* (Graph's names, possibly partial) against its schema.

    Raises one OptionError that names the option path of every fault, and never a value.
    """
    faults = sorted(
        {
            f"{_option_path(option, error.absolute_path)} {_complaint(error)}"
            for error in _validator(shape).iter_errors(spelled(shape, content))
        }
    )
    if faults:
        raise OptionError("; ".join(faults) + ".")


def _option_path(option: str, path: t.Iterable[str | int]) -> str:
    text = option
    for step in path:
        text += f"[{step}]" if isinstance(step, int) else f".{snake_case(step)}"
    return text.lstrip(".")


def _complaint(error: t.Any) -> str:
    """What is wrong, for people; a ValidationError may hold values, which are never told."""
    if error.validator == "enum":
        return "must be one of " + ", ".join(str(value) for value in error.validator_value if value is not None)
    if error.validator == "type":
        return _type_complaint(error.validator_value, is_truth_value=isinstance(error.instance, bool))
    if error.validator == "additionalProperties":
        return _member_complaint(set(error.instance), tuple(error.schema["properties"]))
    if error.validator == "required":
        return "needs " + ", ".join(snake_case(name) for name in error.validator_value if name not in error.instance)
    return _OTHER_COMPLAINTS.get(error.validator, "is not valid")


def _member_complaint(given: set[str], possible: tuple[str, ...]) -> str:
    foreign = ", ".join(sorted(snake_case(str(name)) for name in given - set(possible)))
    words = "add and remove, or set alone" if set(possible) == {ADD, REMOVE} else ", ".join(map(snake_case, possible))
    return f"has members that do not belong there ({foreign}); possible are {words}"


_OTHER_COMPLAINTS = {
    "minItems": "must not be empty",
    "minLength": "must not be empty",
    "minProperties": "names neither add nor remove nor set",
}


def _type_complaint(expected: str | list[str], *, is_truth_value: bool) -> str:
    names = [expected] if isinstance(expected, str) else expected
    # The most likely way to a truth value where a text belongs: the code of Norway.
    hint = (
        "; put it in quotes, YAML takes words like NO for truth values" if is_truth_value and "string" in names else ""
    )
    return "must be of type " + " or ".join(names) + hint
