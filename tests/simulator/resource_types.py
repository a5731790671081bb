# Copyright: (c) 2026, m365.entra contributors
# GNU General Public License v3.0+ (see COPYING or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later
"""What each directory type shows, and what a query may select and filter by."""

from __future__ import annotations

from dataclasses import dataclass
from functools import cache

from .data_files import load_data
from .json_types import JsonObject


@dataclass(frozen=True)
class ResourceType:
    """A directory type: properties returned by default, those returned on ``$select``, and the filterable ones."""

    name: str
    default: tuple[str, ...]
    selectable: frozenset[str]
    collections: frozenset[str]
    filterable: frozenset[str]

    def complete(self, item: JsonObject) -> JsonObject:
        """Return ``item`` with every default property: null, or [] for collections, where it says nothing."""
        unset: JsonObject = {name: [] if name in self.collections else None for name in self.default}
        return unset | item

    def shown(self, item: JsonObject, select: tuple[str, ...] | None) -> JsonObject:
        """Return the selected properties of ``item``, or the default ones."""
        names = self.default if select is None else tuple(dict.fromkeys((*select, "id")))
        return {name: item.get(name, [] if name in self.collections else None) for name in names}


@cache
def resource_type(name: str) -> ResourceType:
    """Return the directory type of that name."""
    described = load_data("directory_types")[name]
    return ResourceType(
        name=name,
        default=tuple(described["default"]),
        selectable=frozenset(described["default"]) | frozenset(described["selectable"]),
        collections=frozenset(described["collections"]),
        filterable=frozenset(described["filterable"]),
    )
