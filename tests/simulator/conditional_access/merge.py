# Copyright: (c) 2026, m365.entra contributors
# GNU General Public License v3.0+ (see COPYING or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later
"""What a PATCH does to a stored object (facts section 2.3)."""

from __future__ import annotations

from ..json_types import JsonObject, JsonValue
from .schema import Property, structured_types


def merged(stored: JsonObject, change: JsonObject, type_name: str) -> JsonObject:
    """Return ``stored`` with ``change`` applied.

    What is left out is kept, at every depth; a collection is replaced whole; null removes; a related object and
    a value of another ``@odata.type`` are replaced whole, and so is an object of unknown structure.
    """
    declared = structured_types()[type_name]
    changed = {name: _merged_member(stored.get(name), value, declared.known(name)) for name, value in change.items()}
    return stored | changed


def _merged_member(before: JsonValue, after: JsonValue, declared: Property | None) -> JsonValue:
    if declared is None or declared.collection or declared.navigation:
        return after
    if declared.type_name not in structured_types():
        return after
    if not isinstance(before, dict) or not isinstance(after, dict):
        return after
    if "@odata.type" in after and after["@odata.type"] != before.get("@odata.type"):
        return after
    return merged(before, after, declared.type_name)
