# Copyright: (c) 2026, m365.entra contributors
# GNU General Public License v3.0+ (see COPYING or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later

"""Stand-ins for the ids of objects that a run is still to create.

A plan is made before anything is written, so that what it creates has no id yet. Where another object of the same plan
refers to it, a key stands in the id's place until the service has given the id.
"""

from __future__ import annotations

import typing as t

# No name and no text holds a null character.
_MARK = "\0new:"


def key_of_new(resource: str, name: str) -> str:
    """The stand-in for the id of the new object *name* of the kind *resource*."""
    return f"{_MARK}{resource}:{name}"


def is_key_of_new(value: t.Any) -> bool:
    """Whether *value* stands in for an id that is still to come."""
    return isinstance(value, str) and value.startswith(_MARK)


def name_of_new(key: str) -> str:
    """The name of the object that *key* stands for."""
    return key.split(":", 2)[2]


def with_created(value: t.Any, created: t.Mapping[str, str]) -> t.Any:
    """*value* with the ids of *created* objects in place of their keys, at every depth."""
    if isinstance(value, dict):
        return {name: with_created(member, created) for name, member in value.items()}
    if isinstance(value, list):
        return [with_created(member, created) for member in value]
    return created.get(value, value) if isinstance(value, str) else value


def keys_in(value: t.Any) -> set[str]:
    """Every stand-in in *value*."""
    if isinstance(value, dict):
        return {key for member in value.values() for key in keys_in(member)}
    if isinstance(value, list):
        return {key for member in value for key in keys_in(member)}
    return {value} if is_key_of_new(value) else set()


def readable_keys(value: t.Any) -> t.Any:
    """*value* with names in place of stand-ins, for people."""
    if isinstance(value, dict):
        return {name: readable_keys(member) for name, member in value.items()}
    if isinstance(value, list):
        return [readable_keys(member) for member in value]
    return name_of_new(value) if is_key_of_new(value) else value
