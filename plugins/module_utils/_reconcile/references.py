# Copyright: (c) 2026, m365.entra contributors
# GNU General Public License v3.0+ (see COPYING or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later

"""Finds the references to other objects in the content of a shape, and puts ids in their place."""

from __future__ import annotations

import typing as t
from dataclasses import dataclass

from . import targets
from .canonical import is_guid, known_spelling
from .list_edit import ADD, REMOVE
from .shape import Field, Json, Part, PartList, Reference, References, Target, Targets

Identify = t.Callable[[str, str], str]

# Values of these kinds are taken as they are: nothing lists them, or they are no objects of this tenant.
_LITERAL_KINDS = frozenset({"tenant", "custom_authentication_factor", "agent", "agent_context"})


@dataclass(frozen=True)
class NamedReference:
    """One mention of another object: what kind, the id or name as written, and the option path where it stands."""

    kind: str
    value: str
    path: str


def mentions(part: Part, value: Json, prefix: str = "") -> t.Iterator[NamedReference]:
    """Every mention of another object in a content of *part* (Graph's names, possibly partial), keywords left out."""
    for field in part.fields:
        member = value.get(field.name)
        if not member:
            continue
        path = f"{prefix}{field.option}"
        if isinstance(field, Part) and isinstance(member, dict):
            yield from mentions(field, member, f"{path}.")
        elif isinstance(field, PartList):
            for index, one in enumerate(member):
                yield from mentions(field.part, one, f"{path}[{index}].")
        else:
            yield from _member_mentions(field, member, path)


def _member_mentions(field: Field, member: t.Any, path: str) -> t.Iterator[NamedReference]:
    if isinstance(field, References) and field.kind not in _LITERAL_KINDS:
        yield from _list_mentions(field, member, path)
    elif isinstance(field, Reference):
        yield NamedReference(field.kind, _identifier(member), path)
    elif isinstance(field, Targets):
        yield from _target_mentions(member, path)
    elif isinstance(field, Target):
        yield from _target_mentions([member], path, is_single=True)


def _target_mentions(member: t.Any, path: str, *, is_single: bool = False) -> t.Iterator[NamedReference]:
    if isinstance(member, dict):
        yield from _target_mentions(member.get(ADD) or [], f"{path}.{ADD}")
        yield from _target_mentions(_without_ids(member.get(REMOVE) or []), f"{path}.{REMOVE}")
        return
    for index, one in enumerate(member):
        if one is None:
            continue
        target = targets.as_object(one)
        if not targets.is_keyword(str(target["id"])):
            yield NamedReference(target["targetType"], str(target["id"]), path if is_single else f"{path}[{index}]")


def _without_ids(leaving: list[t.Any]) -> list[t.Any]:
    """What leaves a list may be gone from the tenant already, so that an id need not be found; places are kept."""
    return [None if is_guid(str(targets.as_object(one)["id"])) else one for one in leaving]


def _list_mentions(field: References, member: t.Any, path: str) -> t.Iterator[NamedReference]:
    if isinstance(member, dict):
        yield from _list_mentions(field, member.get(ADD), f"{path}.{ADD}")
        # What leaves the list may be gone from the tenant already, so that an id need not be found.
        leaving = [None if is_guid(str(name)) else name for name in member.get(REMOVE) or []]
        yield from _list_mentions(field, leaving, f"{path}.{REMOVE}")
        return
    for index, name in enumerate(member or []):
        if name is not None and not _is_keyword(field, str(name)):
            yield NamedReference(field.kind, str(name), f"{path}[{index}]")


def _is_keyword(field: References, value: str) -> bool:
    return known_spelling(value, field.keywords) in field.keywords


def _identifier(member: t.Any) -> str:
    return str(member.get("id") or member.get("displayName") or "") if isinstance(member, dict) else str(member)


def identified(part: Part, value: Json, identify: Identify) -> Json:
    """A content of *part* with every reference replaced by ``identify(kind, name or id)``."""
    return {name: _replaced_member(part.field(name), member, identify) for name, member in value.items()}


def _replaced_member(field: Field | None, member: t.Any, identify: Identify) -> t.Any:
    if isinstance(field, Part) and isinstance(member, dict):
        return identified(field, member, identify)
    if isinstance(field, PartList) and member:
        return [identified(field.part, one, identify) for one in member]
    if isinstance(field, Targets) and member:
        return _replaced_targets(member, identify)
    if isinstance(field, Target) and member:
        return _replaced_targets([member], identify)[0]
    if isinstance(field, References) and field.kind not in _LITERAL_KINDS:
        return _replaced_list(field, member, identify)
    if isinstance(field, Reference) and member:
        return identify(field.kind, _identifier(member))
    return member


def _exists(field: References, name: str, identify: Identify) -> bool:
    """Whether *name* means anything; what does not exist any more is in no list that it could leave."""
    return _is_keyword(field, name) or _is_known(field.kind, name, identify)


def _is_known(kind: str, name: str, identify: Identify) -> bool:
    try:
        identify(kind, name)
    except LookupError:
        return False
    return True


def _replaced_list(field: References, member: t.Any, identify: Identify) -> t.Any:
    if isinstance(member, dict):
        replaced = {name: _replaced_list(field, names, identify) for name, names in member.items() if name != REMOVE}
        leaving = member.get(REMOVE) or []
        gone = [str(name).lower() for name in leaving if is_guid(str(name))]
        named = [name for name in leaving if not is_guid(str(name)) and _exists(field, str(name), identify)]
        return {**replaced, REMOVE: [*gone, *_replaced_list(field, named, identify)]}
    return [
        known_spelling(str(name), field.keywords) if _is_keyword(field, str(name)) else identify(field.kind, str(name))
        for name in member or []
    ]


def _replaced_targets(member: t.Any, identify: Identify) -> t.Any:
    if isinstance(member, dict):
        leaving = [one for one in member.get(REMOVE) or [] if _is_there(one, identify)]
        kept = {name: _replaced_targets(members, identify) for name, members in member.items() if name != REMOVE}
        return {**kept, REMOVE: _replaced_targets(leaving, identify)}
    return [_replaced_target(targets.as_object(one), identify) for one in member or [] if one is not None]


def _replaced_target(target: Json, identify: Identify) -> Json:
    identifier = str(target["id"])
    if targets.is_keyword(identifier):
        return {**target, "id": identifier.lower()}
    return {**target, "id": identify(target["targetType"], identifier)}


def _is_there(leaving: t.Any, identify: Identify) -> bool:
    target = targets.as_object(leaving)
    identifier = str(target["id"])
    is_literal = targets.is_keyword(identifier) or is_guid(identifier)
    return is_literal or _is_known(target["targetType"], identifier, identify)
