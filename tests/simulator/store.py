# Copyright: (c) 2026, m365.entra contributors
# GNU General Public License v3.0+ (see COPYING or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later
"""Objects of one tenant, with the delay until readers see what was written."""

from __future__ import annotations

import time
from collections.abc import Iterable
from dataclasses import dataclass

from .json_types import JsonObject


@dataclass(frozen=True, slots=True)
class Record:
    """An object as last written, and what readers see of it until ``visible_from``; None means absent."""

    current: JsonObject | None
    visible_from: float = 0.0
    stale: JsonObject | None = None

    def read(self, moment: float) -> JsonObject | None:
        return self.current if moment >= self.visible_from else self.stale


class Collection:
    """Objects by id, in the order they were created.

    Stored objects are values: they are replaced, never changed in place, so that readers need no copies
    and tenants may share them.
    """

    def __init__(self, objects: Iterable[JsonObject] = (), key: str = "id") -> None:
        self._key = key
        self._records: dict[str, Record] = {_folded(item[key]): Record(item) for item in objects}

    def visible(self) -> list[JsonObject]:
        """Return what a reader sees now (facts section 0.4)."""
        moment = time.monotonic()
        seen = (record.read(moment) for record in self._records.values())
        return [item for item in seen if item is not None]

    def find_visible(self, identifier: str) -> JsonObject | None:
        record = self._records.get(_folded(identifier))
        return record.read(time.monotonic()) if record else None

    def latest(self) -> list[JsonObject]:
        """Return what has been written, whether readers see it yet or not."""
        return [record.current for record in self._records.values() if record.current is not None]

    def find_latest(self, identifier: str) -> JsonObject | None:
        record = self._records.get(_folded(identifier))
        return record.current if record else None

    def find_writable(self, identifier: str) -> JsonObject | None:
        """Return the latest state of an object that a write may change: one that readers see and that still exists."""
        return None if self.find_visible(identifier) is None else self.find_latest(identifier)

    def either(self) -> list[JsonObject]:
        """Return every object in each state that some reader may hold for true: the visible and the latest."""
        visible = self.visible()
        seen = {id(item) for item in visible}
        return visible + [item for item in self.latest() if id(item) not in seen]

    def put(self, item: JsonObject, delay: float) -> None:
        """Create or replace an object; readers see it after ``delay`` seconds."""
        self._write(item[self._key], item, delay)

    def remove(self, identifier: str, delay: float) -> None:
        """Delete an object; readers see it gone after ``delay`` seconds."""
        self._write(identifier, None, delay)

    def _write(self, identifier: str, item: JsonObject | None, delay: float) -> None:
        moment = time.monotonic()
        before = self._records.get(_folded(identifier))
        stale = before.read(moment) if before else None
        if item is None and (delay == 0 or stale is None):
            self._records.pop(_folded(identifier), None)
            return
        self._records[_folded(identifier)] = Record(item, moment + delay, stale)


def _folded(identifier: str) -> str:
    return identifier.lower()
