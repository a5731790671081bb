# Copyright: (c) 2026, m365.entra contributors
# GNU General Public License v3.0+ (see COPYING or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later

"""Puts names beside the ids in the changes of policies and settings."""

from __future__ import annotations

import typing as t

from .._graph.errors import EntraError
from .._reconcile.action import Action
from .._reconcile.canonical import is_guid
from .._reconcile.created import is_key_of_new, name_of_new
from .._reconcile.shape import Field, Part, Reference, References, Target, Targets
from .._reconcile.targets import GROUP, NOBODY
from .directory import Directory
from .kinds import KINDS


def kinds_by_path(shape: Part, prefix: str = "") -> dict[str, str]:
    """For each option path of *shape* that holds ids: the kind of object they are ids of."""
    found: dict[str, str] = {}
    for field in shape.fields:
        path = f"{prefix}{field.option}"
        if isinstance(field, Part):
            found.update(kinds_by_path(field, f"{path}."))
        elif isinstance(field, (Target, Targets)):
            found[path] = GROUP
        elif _has_lookup(field):
            found[path] = field.kind  # type: ignore[attr-defined]
    return found


def _has_lookup(field: Field) -> bool:
    return isinstance(field, (References, Reference)) and field.kind in KINDS


class Namer:
    """Shows ids of the properties of *shapes* with the names that a directory knows for them."""

    def __init__(self, directory: Directory, *shapes: Part) -> None:
        self._directory = directory
        self._kinds = {path: kind for shape in shapes for path, kind in kinds_by_path(shape).items()}
        self._unreadable: set[str] = set()

    def learn(self, actions: t.Iterable[Action]) -> None:
        """Look up the names of all ids that *actions* mention."""
        wanted: dict[str, set[str]] = {}
        for action in actions:
            for change in action.changes:
                kind = self._kinds.get(change.path)
                for value in _members(change.before, change.after) if kind else ():
                    wanted.setdefault(_kind_of(value, kind or ""), set()).update(_ids(value))
        for kind, identifiers in wanted.items():
            self._learn(kind, identifiers)

    def _learn(self, kind: str, identifiers: set[str]) -> None:
        try:
            self._directory.learn(kind, identifiers)
        except EntraError:
            # Names are a courtesy: what was planned or done must be told even when they cannot be read.
            self._unreadable.add(kind)

    @property
    def unreadable(self) -> list[str]:
        """The kinds of objects whose names could not be read."""
        return sorted(self._unreadable)

    def named(self, path: str, value: t.Any) -> t.Any:
        """*value* of the option *path* with ``name (id)`` in place of each id whose name is known."""
        kind = self._kinds.get(path)
        if kind is None:
            return value
        if isinstance(value, list):
            return sorted((self._member(kind, one) for one in value), key=str)
        return self._member(kind, value) if value else value

    def _member(self, kind: str, value: t.Any) -> t.Any:
        if isinstance(value, dict):
            return {**value, "id": self._one(_kind_of(value, kind), str(value.get("id")))}
        return self._one(kind, str(value))

    def _one(self, kind: str, identifier: str) -> str:
        if is_key_of_new(identifier):
            return f"{name_of_new(identifier)} (new)"
        name = self._directory.name_of(kind, identifier)
        return f"{name} ({identifier})" if name else identifier


def _members(*values: t.Any) -> list[t.Any]:
    return [one for value in values for one in (value if isinstance(value, list) else [value]) if one]


def _kind_of(value: t.Any, kind: str) -> str:
    """The kind of one member; a target says it itself."""
    return str(value.get("target_type") or value.get("targetType") or kind) if isinstance(value, dict) else kind


def _ids(value: t.Any) -> set[str]:
    identifier = str(value.get("id") if isinstance(value, dict) else value)
    return {identifier} if _is_id(identifier) and identifier != NOBODY else set()


def _is_id(value: str) -> bool:
    return is_guid(value) or any(kind.literal is not None and kind.literal.fullmatch(value) for kind in KINDS.values())
