# Copyright: (c) 2026, m365.entra contributors
# GNU General Public License v3.0+ (see COPYING or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later

"""The canonical form of a Graph object: two objects that mean the same have the same canonical form.

Missing, null, ``[]`` and ``{}`` are one thing; lists of ids and enumeration members are sets (kept sorted); flags are
sets; keywords, enumeration members and GUIDs compare without case; annotations and unknown properties are left out
(facts section 2.4).
"""

from __future__ import annotations

import functools
import ipaddress
import json
import re
import typing as t

from .shape import (
    Choice,
    ChoiceSet,
    CidrRanges,
    Combinations,
    Field,
    Flag,
    FlagSet,
    Identifier,
    Json,
    Number,
    Opaque,
    Part,
    PartList,
    Reference,
    References,
    Target,
    Targets,
    Text,
    TextSet,
)
from .targets import NOBODY, as_object, by_id, is_keyword

_GUID = re.compile(r"[0-9a-fA-F]{8}(-[0-9a-fA-F]{4}){3}-[0-9a-fA-F]{12}")
_NO_FLAG = "none"


def is_guid(value: str) -> bool:
    """Whether *value* has the form of an object id."""
    return bool(_GUID.fullmatch(value))


def known_spelling(value: str, values: t.Iterable[str]) -> str:
    """*value* in the spelling of the known member it equals without case, else as it is."""
    lowered = value.lower()
    return next((known for known in values if known.lower() == lowered), value)


def _spelled(values: t.Iterable[t.Any], known: tuple[str, ...]) -> list[str]:
    return sorted({known_spelling(str(value), known) for value in values if value is not None})


def _reference(value: str, keywords: tuple[str, ...]) -> str:
    return value.lower() if is_guid(value) else known_spelling(value, keywords)


def flags(value: t.Any, known: tuple[str, ...]) -> list[str]:
    """The members of a flags value, given as one joined string or as a list, in the schema's order."""
    members = value.split(",") if isinstance(value, str) else list(value or [])
    named = [str(member).strip() for member in members if member is not None]
    spelled = {known_spelling(member, known) for member in named if member and member.lower() != _NO_FLAG}
    return sorted(spelled, key=lambda member: (known.index(member) if member in known else len(known), member))


def _members(value: t.Any) -> t.Any:
    """The members of a list, of which null has none. Raises TypeError for an edit, which is no list yet."""
    if isinstance(value, dict) and value:
        raise TypeError("an edit of a list has no canonical form")
    return value or []


@functools.singledispatch
def canonical_value(field: Field, value: t.Any) -> t.Any:
    """The canonical form of one property's value."""
    raise TypeError(f"no canonical form for {type(field).__name__}")


@canonical_value.register
def _text(field: Text, value: t.Any) -> t.Any:
    return value or None


@canonical_value.register
def _identifier(field: Identifier, value: t.Any) -> t.Any:
    return _reference(str(value), ()) if value else None


@canonical_value.register
def _opaque(field: Opaque, value: t.Any) -> t.Any:
    return _without_empty(value)


def _without_empty(value: t.Any) -> t.Any:
    """*value* without annotations and without what says nothing, at every depth; None when nothing is left."""
    if isinstance(value, dict):
        members = {
            name: kept
            for name, member in sorted(value.items())
            if "@odata." not in name and (kept := _without_empty(member)) is not None
        }
        return members or None
    if isinstance(value, list):
        return [kept for member in value if (kept := _without_empty(member)) is not None] or None
    return None if value in ("", None) or value is False else value


@canonical_value.register
def _flag(field: Flag, value: t.Any) -> bool | None:
    return None if value is None and field.undecided else bool(value)


@canonical_value.register
def _number(field: Number, value: t.Any) -> t.Any:
    return value


@canonical_value.register
def _choice(field: Choice, value: t.Any) -> t.Any:
    return known_spelling(str(value), field.values) if value else field.default


@canonical_value.register
def _choice_set(field: ChoiceSet, value: t.Any) -> list[str]:
    return _spelled(_members(value), field.values) or sorted(field.default)


@canonical_value.register
def _flag_set(field: FlagSet, value: t.Any) -> list[str]:
    return flags(value if isinstance(value, str) else _members(value), field.values)


@canonical_value.register
def _references(field: References, value: t.Any) -> list[str]:
    return sorted({_reference(str(member), field.keywords) for member in _members(value) if member is not None})


@canonical_value.register
def _text_set(field: TextSet, value: t.Any) -> list[str]:
    texts = {str(member).strip() for member in _members(value) if member is not None}
    return sorted({text.upper() if field.upper else text.lower() for text in texts})


@canonical_value.register
def _cidr_ranges(field: CidrRanges, value: t.Any) -> list[str]:
    return sorted({cidr(range_text(member)) for member in _members(value) if member}, key=_network_order)


def range_text(member: t.Any) -> str:
    """A range as text: Graph's object or what an option holds."""
    if not isinstance(member, dict):
        return str(member)
    return str(member.get("cidrAddress") or f"{member.get('lowerAddress')}-{member.get('upperAddress')}")


def cidr(text: str) -> str:
    """*text* as a network address without host bits; a single address is a range of one, other texts stay."""
    try:
        return str(ipaddress.ip_network(text.strip(), strict=False))
    except ValueError:
        return text


def _network_order(text: str) -> tuple[int, bytes, str]:
    try:
        network = ipaddress.ip_network(text)
    except ValueError:
        return 0, b"", text
    return network.version, network.network_address.packed, text


@canonical_value.register
def _combinations(field: Combinations, value: t.Any) -> list[str]:
    return sorted({",".join(flags(member, field.values)) for member in _members(value) if member})


@canonical_value.register
def _reference_value(field: Reference, value: t.Any) -> str | None:
    identifier = value.get("id") if isinstance(value, dict) else value
    return _reference(str(identifier), ()) if identifier else None


@canonical_value.register
def _target(field: Target, value: t.Any) -> Json:
    target = as_object(value or (field.everyone or NOBODY))
    return {"id": _target_id(target["id"]), "targetType": target["targetType"]}


def _target_id(identifier: t.Any) -> str:
    text = str(identifier)
    return text.lower() if is_guid(text) or is_keyword(text) else text


@canonical_value.register
def _targets(field: Targets, value: t.Any) -> list[Json]:
    """Sorted by id; members that are not spoken of are kept as they are, unless they say nothing."""
    known = {member.name: member for member in field.fields}
    found: list[Json] = []
    for target in by_id(_members(value)).values():
        named = {"id": _target_id(target["id"]), "targetType": target["targetType"]}
        others = _without_empty({name: one for name, one in target.items() if name not in {*known, *named}}) or {}
        spoken_of = {name: canonical_value(member, target.get(name)) for name, member in known.items()}
        said = {name: one for name, one in spoken_of.items() if not is_empty(known[name], one)}
        found.append({**named, **others, **said})
    return sorted(found, key=lambda target: str(target["id"]))


@canonical_value.register
def _part(field: Part, value: t.Any) -> Json | None:
    if not value and not field.is_lasting:
        return None
    members = {member.name: canonical_value(member, (value or {}).get(member.name)) for member in field.fields}
    if field.switched and not members.get("isEnabled"):
        return None
    if field.is_lasting:
        return members
    return members if any(not is_empty(field_of(field, name), member) for name, member in members.items()) else None


@canonical_value.register
def _part_list(field: PartList, value: t.Any) -> list[Json]:
    parts = [canonical_value(field.part, member) for member in value or []]
    return sorted((part for part in parts if part is not None), key=json.dumps)


def field_of(part: Part, name: str) -> Field:
    """The member *name* of *part*. Raises KeyError when there is none."""
    field = part.field(name)
    if field is None:
        raise KeyError(name)
    return field


def is_empty(field: Field, value: t.Any) -> bool:
    """Whether a canonical value says nothing: null, an empty list, false, or only the service's own default."""
    if isinstance(field, Choice) and value == field.default:
        return True
    if isinstance(field, Target):
        return bool(value == canonical_value(field, None))
    if isinstance(field, ChoiceSet) and value == sorted(field.default):
        return True
    return value is None or value == [] or value is False


def canonical(shape: Part, value: t.Any) -> Json:
    """The canonical form of a whole object: every property of the shape is present."""
    source = value or {}
    return {field.name: canonical_value(field, source.get(field.name)) for field in shape.fields}
