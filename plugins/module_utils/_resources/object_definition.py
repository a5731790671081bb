# Copyright: (c) 2026, m365.entra contributors
# GNU General Public License v3.0+ (see COPYING or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later

"""Turns an object as Graph writes it, or as other tools export it, into its content."""

from __future__ import annotations

import typing as t

from .._graph.errors import OptionError
from .._policy.definition_formats import object_of
from .._policy.definition_noise import says_nothing
from .._policy.definition_reader import parse_definition, read_definition_file
from .._reconcile.canonical import range_text
from .._reconcile.shape import CidrRanges, Field, Json, Part, PartList
from .declaration import Resource

_WRITTEN_BY_SERVICE = ("id", "createdDateTime", "modifiedDateTime", "deletedDateTime")


def content_from_object_definition(resource: Resource, options: t.Mapping[str, t.Any], option: str) -> Json | None:
    """The whole content that the option definition or definition_path describes, or None when neither was given.

    *option* is the path that messages begin with. Raises OptionError; what is not understood is never dropped.
    """
    name = next((name for name in ("definition", "definition_path") if options.get(name) is not None), None)
    if name is None:
        return None
    path = f"{option}.{name}" if option else name
    found = object_of(_document(options[name], name, path), resource.options, path)
    ignored = {one.lower() for one in (*_WRITTEN_BY_SERVICE, *resource.details)}
    unknown = [
        one
        for one, value in found.items()
        if resource.options.field(one) is None and one.lower() not in ignored and not says_nothing(value)
    ]
    if unknown:
        raise OptionError(
            f"{path}: {', '.join(unknown)} is not a property of the kind {resource.label}.",
            remedy="Remove it, if the object can do without it.",
        )
    return {
        field.name: _option_form(field, found[field.name], path)
        for field in resource.options.fields
        if found.get(field.name) is not None
    }


def _option_form(field: Field, value: t.Any, path: str) -> t.Any:
    """A member as an option has it: ranges as texts, limits without what the service writes; the schema checks it."""
    if isinstance(field, CidrRanges) and isinstance(value, list):
        return [range_text(member) for member in value]
    if isinstance(field, PartList) and isinstance(value, list):
        return [_limit(field.part, member, path) for member in value]
    return value


def _limit(part: Part, value: t.Any, path: str) -> t.Any:
    if not isinstance(value, dict) or not value:
        return value
    return {name: member for name, member in object_of(value, part, path).items() if name not in _WRITTEN_BY_SERVICE}


def _document(value: t.Any, name: str, path: str) -> t.Any:
    if name == "definition_path":
        return read_definition_file(str(value), path)
    return parse_definition(value, path) if isinstance(value, str) else value
