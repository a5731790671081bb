# Copyright: (c) 2026, m365.entra contributors
# GNU General Public License v3.0+ (see COPYING or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later

"""Finds the references to other objects in a policy's content, and puts ids in their place."""

from __future__ import annotations

import typing as t
from dataclasses import dataclass

from .._reconcile.canonical import is_guid, known_spelling
from .._reconcile.list_edit import ADD, REMOVE
from .._reconcile.shape import Field, Json, Part, Reference, References, snake_case
from .policy_shape import POLICY

# Values of these kinds are taken as they are: nothing lists them, or they are no objects of this tenant.
_LITERAL_KINDS = frozenset({"tenant", "custom_authentication_factor", "agent", "agent_context"})


@dataclass(frozen=True)
class NamedReference:
    """One mention of another object: what kind, the id or name as written, and the option path where it stands."""

    kind: str
    value: str
    path: str


def references(content: Json, prefix: str = "") -> list[NamedReference]:
    """Every mention of another object in *content* (Graph's names, possibly partial), keywords left out."""
    return list(_mentions(POLICY, content, prefix))


def _mentions(part: Part, value: Json, prefix: str) -> t.Iterator[NamedReference]:
    for field in part.fields:
        member = value.get(field.name)
        path = f"{prefix}{snake_case(field.name)}"
        if isinstance(field, Part) and isinstance(member, dict):
            yield from _mentions(field, member, f"{path}.")
        elif isinstance(field, References) and field.kind not in _LITERAL_KINDS:
            yield from _list_mentions(field, member, path)
        elif isinstance(field, Reference) and member:
            yield NamedReference(field.kind, _identifier(member), path)


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


def with_ids(content: Json, identify: t.Callable[[str, str], str]) -> Json:
    """*content* with every reference replaced by ``identify(kind, name or id)``."""
    return _replaced(POLICY, content, identify)


def _replaced(part: Part, value: Json, identify: t.Callable[[str, str], str]) -> Json:
    return {name: _replaced_member(part.field(name), member, identify) for name, member in value.items()}


def _replaced_member(field: Field | None, member: t.Any, identify: t.Callable[[str, str], str]) -> t.Any:
    if isinstance(field, Part) and isinstance(member, dict):
        return _replaced(field, member, identify)
    if isinstance(field, References) and field.kind not in _LITERAL_KINDS:
        return _replaced_list(field, member, identify)
    if isinstance(field, Reference) and member:
        return identify(field.kind, _identifier(member))
    return member


def _exists(field: References, name: str, identify: t.Callable[[str, str], str]) -> bool:
    """Whether *name* means anything; what does not exist any more is in no list that it could leave."""
    if _is_keyword(field, name):
        return True
    try:
        identify(field.kind, name)
    except LookupError:
        return False
    return True


def _replaced_list(field: References, member: t.Any, identify: t.Callable[[str, str], str]) -> t.Any:
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
