# Copyright: (c) 2026, m365.entra contributors
# GNU General Public License v3.0+ (see COPYING or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later
"""Whether a policy holds anything that beta knows and v1.0 does not (facts section 2.6, rule 11)."""

from __future__ import annotations

from ..data.beta_types import BETA_KEYWORDS
from ..json_types import JsonObject, JsonValue
from .schema import Property, derived_type, enumerations, structured_types


def uses_preview(policy: JsonObject) -> bool:
    """Say whether a stored policy uses a property, a member or a keyword of beta."""
    return _object_uses_preview(policy, "conditionalAccessPolicy")


def _object_uses_preview(value: JsonObject, type_name: str) -> bool:
    declared = structured_types()[type_name]
    actual = (derived_type(declared, value["@odata.type"]) if "@odata.type" in value else None) or declared
    if not actual.beta.keys().isdisjoint(value):
        return True
    return any(
        _value_uses_preview(element, item)
        for name, item in actual.properties.items()
        for element in (value[name] if item.collection else [value[name]])
        if not item.navigation
    )


def _value_uses_preview(value: JsonValue, declared: Property) -> bool:
    if isinstance(value, dict):
        return _object_uses_preview(value, declared.type_name)
    if declared.type_name in enumerations() and value is not None:
        return not set(enumerations()[declared.type_name].beta_members).isdisjoint(value.split(","))
    return value in BETA_KEYWORDS
