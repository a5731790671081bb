# Copyright: (c) 2026, m365.entra contributors
# GNU General Public License v3.0+ (see COPYING or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later

"""The JSON Schema of a policy's content, derived from its shape, and its faults as option paths."""

from __future__ import annotations

import functools
import typing as t

from .._graph.errors import OptionError
from .._reconcile.canonical import flags, known_spelling
from .._reconcile.shape import (
    Choice,
    ChoiceSet,
    Field,
    Flag,
    FlagSet,
    Json,
    Number,
    Part,
    Reference,
    References,
    snake_case,
)
from .policy_shape import POLICY

if t.TYPE_CHECKING:
    from jsonschema import Draft202012Validator

_DIALECT = "https://json-schema.org/draft/2020-12/schema"


def policy_schema() -> Json:
    """The JSON Schema (draft 2020-12) of a policy's content in Graph's names."""
    return {"$schema": _DIALECT, **_schema(POLICY)}


@functools.singledispatch
def _schema(field: Field) -> Json:
    return {"type": ["string", "null"]}


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
    return {"type": ["array", "null"], "items": {"enum": list(field.values)}}


@_schema.register
def _references(field: References) -> Json:
    return {"type": ["array", "null"], "items": {"type": "string", "minLength": 1}}


@_schema.register
def _reference(field: Reference) -> Json:
    identified = {"type": "object", "anyOf": [{"required": ["id"]}, {"required": ["displayName"]}]}
    return {"anyOf": [{"type": "null"}, {"type": "string", "minLength": 1}, identified]}


@_schema.register
def _part(field: Part) -> Json:
    return {
        "type": ["object", "null"],
        "properties": {member.name: _schema(member) for member in field.fields},
        "additionalProperties": False,
    }


def spelled(field: Field, value: t.Any) -> t.Any:
    """*value* with enumeration members in the schema's spelling, whatever their case, and flags as lists."""
    if isinstance(field, Part) and isinstance(value, dict):
        return {name: spelled(field.field(name) or Field(name), member) for name, member in value.items()}
    if isinstance(field, Choice) and isinstance(value, str):
        return known_spelling(value, field.values)
    if isinstance(field, FlagSet) and isinstance(value, str):
        return flags(value, field.values)
    if isinstance(field, ChoiceSet | FlagSet) and isinstance(value, list):
        return [known_spelling(member, field.values) if isinstance(member, str) else member for member in value]
    return value


@functools.cache
def _validator() -> Draft202012Validator:
    """The schema's validator, made once for all policies of a run; imported late, as the package may be missing."""
    from jsonschema import Draft202012Validator

    return Draft202012Validator(policy_schema())


def check_content(content: Json, option: str) -> None:
    """Check a policy's content (Graph's names, possibly partial) against the schema.

    Raises one OptionError that names the option path of every fault, and never a value.
    """
    faults = sorted(
        {
            f"{_option_path(option, error.absolute_path)} {_complaint(error.validator, error.validator_value)}"
            for error in _validator().iter_errors(spelled(POLICY, content))
        }
    )
    if faults:
        raise OptionError("; ".join(faults) + ".")


def _option_path(option: str, path: t.Iterable[str | int]) -> str:
    text = option
    for step in path:
        text += f"[{step}]" if isinstance(step, int) else f".{snake_case(step)}"
    return text.lstrip(".")


def _complaint(validator: t.Any, expected: t.Any) -> str:
    if validator == "enum":
        return "must be one of " + ", ".join(str(value) for value in expected if value is not None)
    if validator == "type":
        names = [expected] if isinstance(expected, str) else expected
        return "must be of type " + " or ".join(names)
    if validator == "additionalProperties":
        return "has a member that policies do not have"
    return "is not valid"
