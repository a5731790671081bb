# Copyright: (c) 2026, m365.entra contributors
# GNU General Public License v3.0+ (see COPYING or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later

"""What differs between two canonical objects, and the smallest body that mends it."""

from __future__ import annotations

import typing as t
from dataclasses import dataclass

from .canonical import canonical_value, field_of
from .list_edit import edited, is_edit
from .shape import CidrRanges, Flag, FlagSet, Json, Opaque, Part, PartList, Reference, Targets
from .targets import laid_over


@dataclass(frozen=True)
class Change:
    """One property that differs; *path* is its option path, *before* and *after* are canonical values."""

    path: str
    before: t.Any
    after: t.Any


def changes(shape: Part, before: Json | None, after: Json | None, prefix: str = "") -> list[Change]:
    """Every leaf property that differs, by option path."""
    found: list[Change] = []
    for field in shape.fields:
        old = (before or {}).get(field.name)
        new = (after or {}).get(field.name)
        if old == new:
            continue
        path = f"{prefix}{field.option}"
        if isinstance(field, Part) and isinstance(old or new, dict):
            found.extend(_inside(field, old, new, f"{path}."))
        else:
            found.append(Change(path, old, new))
    return found


def _inside(field: Part, old: Json | None, new: Json | None, prefix: str) -> list[Change]:
    return [change for change in changes(field, old, new, prefix) if change.before or change.after]


def _written(shape: Part, name: str, value: t.Any) -> t.Any:
    """A canonical value as a body carries it."""
    field = field_of(shape, name)
    if isinstance(field, FlagSet):
        return ",".join(value) if value else None
    if isinstance(field, Reference):
        return {"id": value} if value else None
    if isinstance(field, CidrRanges):
        return [_range_body(one) for one in value]
    if isinstance(field, Targets):
        return [_target_body(field, one) for one in value or []]
    if isinstance(field, PartList):
        return [full_body(field.part, one) for one in value]
    if isinstance(field, Part):
        return complete_body(field, value) if field.complete and value else full_body(field, value)
    # The service refuses some combinations even with a false beside them (facts section 2.6, rule 18).
    return None if value is False and isinstance(field, Flag) and field.nullable else value


def _target_body(field: Targets, target: Json) -> Json:
    """A target with what its canonical form leaves out: the service's own default may be another one."""
    defaults = {member.name: canonical_value(member, None) for member in field.fields}
    said = {name: value for name, value in defaults.items() if value is not None and value != []}
    return {**said, **target}


def _range_body(range_: str) -> Json:
    kind = "iPv6CidrRange" if ":" in range_ else "iPv4CidrRange"
    return {"@odata.type": f"#microsoft.graph.{kind}", "cidrAddress": range_}


def full_body(shape: Part, value: Json | None) -> Json | None:
    """The body that creates *value*: what is empty is left out."""
    if value is None:
        return None
    body: Json = {}
    if shape.odata_type is not None:
        body["@odata.type"] = shape.odata_type(value)
    for field in shape.fields:
        written = _written(shape, field.name, value.get(field.name))
        if written is not None and written != []:
            body[field.name] = written
    return body


def _whole_body(shape: Part, before: Json | None, after: Json) -> Json:
    """All members together, with an explicit null or empty list for each that goes away."""
    body = full_body(shape, after) or {}
    for field in shape.fields:
        if field.name not in body and (before or {}).get(field.name):
            body[field.name] = _written(shape, field.name, None if isinstance(field, Part) else after.get(field.name))
    return body


def patch_body(shape: Part, before: Json, after: Json) -> Json:
    """The body that turns *before* into *after*: only what differs, explicit nulls to remove (facts section 2.3).

    A type that a body must name is named, also where nothing differs.
    """
    body: Json = {} if shape.odata_type is None else {"@odata.type": shape.odata_type(after)}
    for field in shape.fields:
        old, new = before.get(field.name), after.get(field.name)
        if old == new:
            continue
        if isinstance(field, Part) and new is not None:
            body[field.name] = _part_patch(field, old, new)
        elif isinstance(field, Opaque):
            body[field.name] = _replacing(old, new)
        else:
            body[field.name] = _written(shape, field.name, new)
    return body


def _replacing(old: t.Any, new: t.Any) -> t.Any:
    """*new* with a null for every member that goes away, because the service may merge what it does not replace."""
    if not isinstance(old, dict) or not isinstance(new, dict):
        return new
    return {**dict.fromkeys(old), **{name: _replacing(old.get(name), member) for name, member in new.items()}}


def _part_patch(field: Part, old: Json | None, new: Json) -> Json:
    if old is None and not field.complete:
        return full_body(field, new) or {}
    if field.whole:
        return _whole_body(field, old, new)
    if field.complete:
        return complete_body(field, new, old)
    return patch_body(field, old or {}, new)


def complete_body(shape: Part, value: Json, before: Json | None = None) -> Json:
    """All members together, also empty lists: what is left out would not be taken for empty.

    A member without a value is null only where it had one *before*.
    """
    return {
        field.name: _written(shape, field.name, value.get(field.name))
        for field in shape.fields
        if value.get(field.name) is not None or (before or {}).get(field.name) is not None
    }


def merged(shape: Part, current: Json, given: Json) -> Json:
    """*current* with what is given laid over it, in Graph's names.

    Missing keeps, null clears, a list replaces, and an edit of a list adds and removes.
    """
    result = dict(current)
    for name, value in given.items():
        field = shape.field(name)
        if isinstance(field, Part) and isinstance(value, dict):
            result[name] = merged(field, result.get(name) or {}, value)
        elif field is not None and is_edit(field, value):
            result[name] = edited(field, result.get(name), value)
        elif isinstance(field, Targets) and value:
            result[name] = laid_over(result.get(name) or (), value)
        else:
            result[name] = value
    return result
