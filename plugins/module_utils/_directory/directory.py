# Copyright: (c) 2026, m365.entra contributors
# GNU General Public License v3.0+ (see COPYING or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later

"""Names to ids and ids to names, for one tenant and one run: each thing is asked for once."""

from __future__ import annotations

import typing as t
from dataclasses import dataclass

from .._graph.errors import EntraError
from .._graph.filter_text import quoted
from .._graph.session import Session
from .._reconcile.canonical import is_guid
from .._reconcile.created import is_key_of_new
from .._reconcile.shape import Json
from .kinds import KINDS, Kind
from .roles import built_in_role_id, built_in_role_name

# The service refuses more values in one `in` filter (facts section 7.4).
_VALUES_IN_A_FILTER = 15


class Mention(t.Protocol):
    """Something that was named somewhere: its kind, the id or name as written, and the option path."""

    @property
    def kind(self) -> str:
        """A key of KINDS."""

    @property
    def value(self) -> str:
        """An id or a name."""

    @property
    def path(self) -> str:
        """The option path where it stands."""


@dataclass(frozen=True)
class Unresolved:
    """One mention that does not name exactly one object, and why."""

    path: str
    value: str
    problem: str
    kind: str = ""
    is_ambiguous: bool = False

    def __str__(self) -> str:
        return f"{self.path}: {self.problem}"


class UnresolvedReferences(EntraError):
    """At least one mention names no object, or more than one; nothing was written."""

    def __init__(self, unresolved: t.Sequence[Unresolved]) -> None:
        super().__init__(
            "; ".join(str(one) for one in unresolved) + ".",
            remedy="Create what is missing, correct the name, or give the id where a name is not unique. "
            "Nothing was written.",
            details={
                "unresolved": [{"path": one.path, "value": one.value, "problem": one.problem} for one in unresolved]
            },
        )


class Directory:
    """The names and ids of one tenant's objects, as far as this run needed them."""

    def __init__(self, session: Session) -> None:
        self._session = session
        self._objects: dict[str, dict[str, Json]] = {kind: {} for kind in KINDS}
        self._by_name: dict[str, dict[str, list[str]]] = {kind: {} for kind in KINDS}
        self._asked: dict[str, set[str]] = {kind: set() for kind in KINDS}
        self._complete: set[str] = set()
        self._leaving: dict[str, dict[str, str]] = {kind: {} for kind in KINDS}

    def provide(self, kind: str, found: t.Iterable[Json]) -> None:
        """Take over all objects of a *kind*, which somebody else has read already."""
        self._keep(kind, KINDS[kind], found)
        self._complete.add(kind)

    def expect(self, kind: str, name: str, identifier: str, previous_name: str | None = None) -> None:
        """From now on *name* means the object *identifier*, which this run creates or renames."""
        declared = KINDS[kind]
        if previous_name is not None:
            self._forget(kind, previous_name, identifier)
        self._objects[kind][identifier] = {declared.identifier: identifier, declared.name: name}
        self._by_name[kind].setdefault(name.lower(), []).append(identifier)

    def expect_removal(self, kind: str, name: str, identifier: str) -> None:
        """From now on neither *name* nor *identifier* means the object, because this run removes it."""
        self._forget(kind, name, identifier)
        self._objects[kind].pop(identifier, None)
        self._leaving[kind].update({name.lower(): identifier, identifier: identifier})

    def _forget(self, kind: str, name: str, identifier: str) -> None:
        named = self._by_name[kind].get(name.lower(), [])
        self._by_name[kind][name.lower()] = [one for one in named if one != identifier]

    def is_leaving(self, kind: str, value: str) -> bool:
        """Whether *value* means an object that this run removes."""
        return value.lower() in self._leaving[kind]

    def missing(self, kind: str, mentions: t.Iterable[Mention]) -> list[str]:
        """The names among *mentions* of a *kind* that no object has, each once; ids are no names."""
        named = {one.value: None for one in mentions if one.kind == kind and not is_guid(one.value)}
        self._look_up(kind, set(named))
        return [name for name in named if not self._candidates(kind, name)]

    def resolve(self, mentions: t.Iterable[Mention]) -> None:
        """Look up every mention. Raises UnresolvedReferences that names all that fail, with their option paths."""
        unresolved = self.unresolved(mentions)
        if unresolved:
            raise UnresolvedReferences(unresolved)

    def unresolved(self, mentions: t.Iterable[Mention]) -> list[Unresolved]:
        """Look up every mention, and return those that do not name exactly one object."""
        wanted = list(mentions)
        for kind in KINDS:
            self._look_up(kind, {one.value for one in wanted if one.kind == kind})
        return [
            Unresolved(one.path, one.value, problem, one.kind, len(self._candidates(one.kind, one.value)) > 1)
            for one in wanted
            if (problem := self._problem(one.kind, one.value))
        ]

    def learn(self, kind: str, identifiers: t.Iterable[str]) -> None:
        """Look up the names of *identifiers* for display; those that no longer exist are left without a name."""
        self._look_up(kind, set(identifiers), takes_literal=False)

    def identify(self, kind: str, value: str) -> str:
        """The id that *value* (id or name) stands for.

        The id of an object that is gone stands for itself, and so does the name of one that this run removes. Raises
        LookupError for any other value that was not resolved.
        """
        candidates = self._candidates(kind, value)
        if candidates:
            return candidates[0]
        return value.lower() if is_guid(value) else self._leaving[kind][value.lower()]

    def name_of(self, kind: str, identifier: str) -> str | None:
        """The name of an object that was looked up, or None."""
        if kind == "role" and (name := built_in_role_name(identifier)):
            return name
        declared = KINDS[kind]
        known = next((name for name, known_id in declared.known.items() if known_id == identifier), None)
        found = self._objects[kind].get(identifier)
        return str(found[declared.name]) if found and found.get(declared.name) else known

    def all_named(self, kind: str, name: str) -> list[str]:
        """The ids of all objects of that name that were looked up."""
        return sorted(self._candidates(kind, name))

    def object_of(self, kind: str, identifier: str) -> Json:
        """What the service said of an object that was looked up; empty when it was not."""
        return self._objects[kind].get(identifier, {})

    def _candidates(self, kind: str, value: str) -> list[str]:
        declared = KINDS[kind]
        if kind == "role":
            role = built_in_role_id(value) or (value.lower() if built_in_role_name(value.lower()) else None)
            if role:
                return [role]
        if declared.literal is not None and declared.literal.fullmatch(value):
            others = self._by_name[kind].get(value.lower(), [])
            return [value.lower(), *(one for one in others if one != value.lower())]
        named = [] if is_guid(value) else self._by_name[kind].get(value.lower(), [])
        identifier = self._known_id(declared, value) or (value.lower() if is_guid(value) else None)
        if value.lower() in self._objects[kind]:
            return [value.lower()]
        is_there = identifier in self._objects[kind] or (
            declared.known_is_enough and identifier in declared.known.values()
        )
        # An object of the tenant may have the name of one that every tenant knows: then the name means neither.
        return [*([identifier] if identifier and is_there else []), *(one for one in named if one != identifier)]

    @staticmethod
    def _known_id(declared: Kind, value: str) -> str | None:
        return next((known for name, known in declared.known.items() if name.lower() == value.lower()), None)

    def _problem(self, kind: str, value: str) -> str:
        candidates = self._candidates(kind, value)
        label = KINDS[kind].label
        if not candidates and value.lower() in self._leaving[kind]:
            return f"the {label} {value!r} is to be removed in the same run"
        if not candidates:
            called = "with the id" if is_guid(value) else "named"
            return f"there is no {label} {called} {value!r} in this tenant"
        if len(candidates) > 1:
            return f"{len(candidates)} objects of kind {label} are named {value!r} ({', '.join(sorted(candidates))})"
        return ""

    def _look_up(self, kind: str, values: set[str], *, takes_literal: bool = True) -> None:
        """Ask for those of *values* that are not known and were not asked for before."""
        literal = KINDS[kind].literal if takes_literal else None
        missing = {
            value
            for value in values - self._asked[kind]
            if self._needs_asking(kind, value) and not (literal and literal.fullmatch(value))
        }
        if not missing or kind in self._complete:
            return
        declared = KINDS[kind]
        if declared.searchable:
            self._search(kind, declared, missing)
        elif not self._asked[kind]:
            self._keep(kind, declared, self._session.list(declared.path))
        self._asked[kind] |= missing

    def _needs_asking(self, kind: str, value: str) -> bool:
        """A name must be asked for even when an object of that name is known: there may be a second one."""
        declared = KINDS[kind]
        if is_key_of_new(value):
            return False
        if self._known_id(declared, value) and declared.known_is_enough:
            return True  # an object of the tenant may have the same name
        if is_guid(value) or self._known_id(declared, value) or (kind == "role" and built_in_role_id(value)):
            return not self._candidates(kind, value)
        return True

    def _search(self, kind: str, declared: Kind, values: set[str]) -> None:
        identifiers = {self._known_id(declared, value) or value for value in values}
        by_id = sorted(value.lower() for value in identifiers if is_guid(value))
        by_name = sorted(value for value in identifiers if not is_guid(value))
        for prop, wanted in ((declared.identifier, by_id), (declared.name, by_name)):
            for start in range(0, len(wanted), _VALUES_IN_A_FILTER):
                self._ask(kind, declared, prop, wanted[start : start + _VALUES_IN_A_FILTER])

    def _ask(self, kind: str, declared: Kind, prop: str, values: list[str]) -> None:
        listed = ",".join(quoted(value) for value in values)
        found = self._session.list(declared.path, filter=f"{prop} in ({listed})", select=",".join(declared.select))
        self._keep(kind, declared, found)

    def _keep(self, kind: str, declared: Kind, found: t.Iterable[Json]) -> None:
        for one in found:
            identifier = str(one.get(declared.identifier) or one.get("id") or "").lower()
            if identifier in self._objects[kind]:
                continue
            self._objects[kind][identifier] = one
            names = self._by_name[kind].setdefault(str(one.get(declared.name) or "").lower(), [])
            names.append(identifier)
