# Copyright: (c) 2026, m365.entra contributors
# GNU General Public License v3.0+ (see COPYING or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later
"""The filter `comparable`: a tenant's state without what a change leaves behind even when it is taken back."""

from __future__ import annotations

import typing as t

TIMESTAMPS = frozenset({"createdDateTime", "modifiedDateTime", "deletedDateTime"})
BIN = "/deletedItems/"


def comparable(state: dict[str, t.Any]) -> dict[str, t.Any]:
    """Return a dumped state without timestamps and without the bin; objects are in the order of their ids."""
    return {path: in_order(without_timestamps(value)) for path, value in state.items() if BIN not in path}


def in_order(value: t.Any) -> t.Any:
    """Return the objects of a collection by id: what was restored from the bin stands at its end."""
    return sorted(value, key=lambda item: str(item["id"])) if isinstance(value, list) else value


def without_timestamps(value: t.Any) -> t.Any:
    """Return a JSON value without members that say when something happened."""
    if isinstance(value, dict):
        return {name: without_timestamps(member) for name, member in value.items() if name not in TIMESTAMPS}
    if isinstance(value, list):
        return [without_timestamps(member) for member in value]
    return value


class FilterModule:
    """Offers the filter."""

    def filters(self) -> dict[str, t.Callable[..., t.Any]]:
        """Return the filter by its name."""
        return {"comparable": comparable}
