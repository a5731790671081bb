# Copyright: (c) 2026, m365.entra contributors
# GNU General Public License v3.0+ (see COPYING or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later
"""What of a tenant's state can be compared with what was wanted, or with what it was before.

`comparable` leaves out of a state what a change leaves behind even when it is taken back; `contents` leaves out of
objects what the service alone decides.
"""

from __future__ import annotations

import typing as t

TIMESTAMPS = frozenset({"createdDateTime", "modifiedDateTime", "deletedDateTime"})
# What a tenant remembers of changes, also of those that were taken back.
MEMORY = ("/deletedItems/", "/auditLogs/")


def comparable(state: dict[str, t.Any]) -> dict[str, t.Any]:
    """Return a dumped state without timestamps, the bin and the audit log; objects are in the order of their ids."""
    remembered = {path for path in state if any(part in path for part in MEMORY)}
    return {path: in_order(without(value, TIMESTAMPS)) for path, value in state.items() if path not in remembered}


def contents(objects: list[dict[str, t.Any]]) -> list[dict[str, t.Any]]:
    """Return objects by name, without ids and timestamps at any depth."""
    return sorted(without(objects, TIMESTAMPS | {"id"}), key=lambda item: str(item["displayName"]))


def in_order(value: t.Any) -> t.Any:
    """Return the objects of a collection by id: what was restored from the bin stands at its end."""
    return sorted(value, key=lambda item: str(item["id"])) if isinstance(value, list) else value


def without(value: t.Any, names: frozenset[str]) -> t.Any:
    """Return a JSON value without members of these names, at every depth."""
    if isinstance(value, dict):
        return {name: without(member, names) for name, member in value.items() if name not in names}
    if isinstance(value, list):
        return [without(member, names) for member in value]
    return value


class FilterModule:
    """Offers the filters."""

    def filters(self) -> dict[str, t.Callable[..., t.Any]]:
        """Return the filters by their names."""
        return {"comparable": comparable, "contents": contents}
