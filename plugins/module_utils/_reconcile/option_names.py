# Copyright: (c) 2026, m365.entra contributors
# GNU General Public License v3.0+ (see COPYING or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later

"""Turns options (snake_case, as given) into Graph's names and back, by an object's shape."""

from __future__ import annotations

import typing as t

from .canonical import canonical_value
from .list_edit import is_list, plain_list
from .shape import Json, Part, PartList, Target, Targets, Text, snake_case


def content_from_options(shape: Part, options: t.Mapping[str, t.Any]) -> Json:
    """What *options* say of a content of *shape*, in Graph's names.

    Only given options are in the result: what is missing stays as it is, null clears, an empty list empties, and a
    list may be given as what is added and removed.
    """
    return _inward(shape, options)


def _inward(part: Part, options: t.Mapping[str, t.Any]) -> Json:
    result: Json = {}
    for field in part.fields:
        if field.option not in options:
            continue
        value = options[field.option]
        if isinstance(field, Part) and value is not None:
            value = _inward(field, value)
            if field.switched:
                # Naming a session control means wanting it.
                value.setdefault("isEnabled", True)
            if value.get("value") is not None:
                # A value only has a meaning where time is counted.
                value.setdefault("frequencyInterval", "timeBased")
        elif isinstance(field, PartList) and value is not None:
            value = [_inward(field.part, one) for one in value]
        elif isinstance(field, Targets):
            value = _inward_targets(field, plain_list(value))
        elif is_list(field):
            value = plain_list(value)
        result[field.name] = value
    return result


def _target_form(field: Targets) -> Part:
    """The members of one target; its own two come first."""
    return Part(field.name, (Text("id"), Text("targetType"), *field.fields))


def _inward_targets(field: Targets, value: t.Any) -> t.Any:
    """Targets with Graph's names; what is no list of targets is left for the schema to complain of."""
    if isinstance(value, dict):
        return {side: _inward_targets(field, members) for side, members in value.items()}
    if not isinstance(value, list):
        return value
    form = _target_form(field)
    return [_inward_target(form, one) if isinstance(one, dict) else one for one in value]


def _inward_target(form: Part, target: t.Mapping[str, t.Any]) -> Json:
    known = {field.option for field in form.fields}
    foreign = {name: value for name, value in target.items() if name not in known}
    return {**_inward(form, target), **foreign}


def options_from_content(shape: Part, content: Json, *, keeps_empty: bool = False) -> Json:
    """A canonical content of *shape* as options; what is empty is left out unless *keeps_empty*."""
    return _outward(shape, content, keeps_empty=keeps_empty)


def _outward(part: Part, value: Json, *, keeps_empty: bool) -> Json:
    result: Json = {}
    for field in part.fields:
        member = value.get(field.name)
        if isinstance(field, Part) and isinstance(member, dict):
            member = _outward(field, member, keeps_empty=keeps_empty)
        elif isinstance(field, PartList):
            member = [_outward(field.part, one, keeps_empty=keeps_empty) for one in member or []]
        elif isinstance(field, Target) and member:
            member = str(member["id"])
        elif isinstance(field, Targets):
            member = [_outward_target(field, one, keeps_empty=keeps_empty) for one in member or []]
        if member in (None, [], {}, False) and not keeps_empty:
            continue
        result[field.option] = member
    return result


def _outward_target(field: Targets, target: Json, *, keeps_empty: bool) -> Json:
    """A target as an option; a canonical one leaves out what is false or empty, which an option has to say."""
    left_out = {member.name: canonical_value(member, None) for member in field.fields} if keeps_empty else {}
    whole = {**{name: value for name, value in left_out.items() if value is not None}, **target}
    return {snake_case(name): member for name, member in whole.items()}
