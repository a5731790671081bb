# Copyright: (c) 2026, m365.entra contributors
# GNU General Public License v3.0+ (see COPYING or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later

"""Holds the content of a shape against the shape's schema, and tells what is wrong by the paths of options."""

from __future__ import annotations

import functools
import json
import typing as t
from dataclasses import dataclass

from .._graph.errors import OptionError
from .list_edit import ADD, REMOVE
from .shape import Json, Part, snake_case
from .shape_schema import shape_schema, spelled

if t.TYPE_CHECKING:
    from jsonschema import Draft202012Validator


@functools.cache
def _validator(shape: Part) -> Draft202012Validator:
    """The schema's validator, made once for all objects of a run; imported late, as the package may be missing."""
    from jsonschema import Draft202012Validator

    return Draft202012Validator(shape_schema(shape))


def check_content(shape: Part, content: Json, option: str) -> None:
    """Check a content of *shape* (Graph's names, possibly partial) against its schema.

    Raises one OptionError that names the option path of every fault, and never a value.
    """
    faults = sorted({f"{_option_path(option, fault.path)} {fault.complaint}" for fault in _faults_in(shape, content)})
    if faults:
        raise OptionError("; ".join(faults) + ".")


@dataclass(frozen=True)
class _Fault:
    """What is wrong, and where in a content."""

    path: tuple[str | int, ...]
    complaint: str


def _faults_in(shape: Part, content: Json) -> tuple[_Fault, ...]:
    try:
        text = json.dumps(content)
    except TypeError:
        return _faults(shape, content)  # YAML knows more kinds of values than JSON
    return _remembered_faults(shape, text)


# The policies of many tenants are alike, and to look at one takes longer than all else that is done with it.
@functools.lru_cache(maxsize=256)
def _remembered_faults(shape: Part, text: str) -> tuple[_Fault, ...]:
    return _faults(shape, json.loads(text))


def _faults(shape: Part, content: Json) -> tuple[_Fault, ...]:
    errors = _validator(shape).iter_errors(spelled(shape, content))
    return tuple(_Fault(tuple(error.absolute_path), _complaint(error)) for error in errors)


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
