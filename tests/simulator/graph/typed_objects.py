# Copyright: (c) 2026, m365.entra contributors
# GNU General Public License v3.0+ (see COPYING or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later
"""Directory objects where several types stand in one list: each says what it is."""

from __future__ import annotations

from ..json_types import JsonObject
from ..resource_types import resource_type


def shown_typed(type_name: str, item: JsonObject, select: tuple[str, ...] | None = None) -> JsonObject:
    """Return the default (or selected) properties of an object with its ``@odata.type``."""
    shown = resource_type(type_name)
    names = None if select is None else tuple(name for name in select if name in shown.selectable)
    return {"@odata.type": f"#microsoft.graph.{type_name}"} | shown.shown(item, names)
