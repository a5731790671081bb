# Copyright: (c) 2026, m365.entra contributors
# GNU General Public License v3.0+ (see COPYING or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later
"""The form in which the service keeps and returns an object (facts section 2.4)."""

from __future__ import annotations

import re

from ..json_types import JsonObject, JsonValue
from .schema import (
    Property,
    StructuredType,
    derived_type,
    enumerations,
    has_derived_types,
    structured_types,
)

GUID = re.compile(r"[0-9a-fA-F]{8}(-[0-9a-fA-F]{4}){3}-[0-9a-fA-F]{12}")

KEYWORDS = {
    keyword.lower(): keyword
    for keyword in (
        "All",
        "None",
        "AllTrusted",
        "GuestsOrExternalUsers",
        "MicrosoftAdminPortals",
        "Office365",
        "ServicePrincipalsInMyTenant",
        "AllAgentIdResources",
        "AllAgentIdUsers",
    )
}


def canonical_policy(policy: JsonObject) -> JsonObject:
    """Return a Conditional Access policy in canonical form; the authentication strength stays a bare id."""
    result = canonical_object(policy, "conditionalAccessPolicy")
    result["sessionControls"] = _canonical_session_controls(result["sessionControls"])
    return result


def canonical_object(value: JsonObject, type_name: str) -> JsonObject:
    """Return an object with every property of its type.

    What is unset becomes null, or [] for a collection; annotations go, except the ``@odata.type`` that tells
    derived types apart; beta's properties stay where they carry something.
    """
    declared = structured_types()[type_name]
    actual = derived_type(declared, value["@odata.type"]) if "@odata.type" in value else None
    result: JsonObject = {}
    if has_derived_types(declared) and actual is not None:
        result["@odata.type"] = f"#microsoft.graph.{actual.name}"
    known = (actual or declared).properties
    result |= {name: _canonical_member(value.get(name), item) for name, item in known.items()}
    return result | _beta_members(value, actual or declared)


def canonical_text(text: str) -> str:
    """Return a GUID in lower case and a keyword in its own spelling; any other text as it is."""
    if GUID.fullmatch(text):
        return text.lower()
    return KEYWORDS.get(text.lower(), text)


def _beta_members(value: JsonObject, actual: StructuredType) -> JsonObject:
    return {
        name: _canonical_member(value[name], item)
        for name, item in actual.beta.items()
        if value.get(name) not in (None, [], {})
    }


def _canonical_member(value: JsonValue, declared: Property) -> JsonValue:
    if declared.navigation and not declared.collection:
        return {"id": str(value["id"]).lower()} if isinstance(value, dict) else None
    if declared.collection:
        return [_canonical_value(element, declared) for element in value or ()]
    return None if value is None else _canonical_value(value, declared)


def _canonical_value(value: JsonValue, declared: Property) -> JsonValue:
    if declared.type_name in structured_types():
        return canonical_object(value, declared.type_name)
    if declared.type_name in enumerations():
        return enumerations()[declared.type_name].join(value)
    if isinstance(value, str) and (declared.collection or declared.name.lower().endswith("id")):
        return canonical_text(value)
    return value


def _canonical_session_controls(controls: JsonObject | None) -> JsonObject | None:
    if controls is None:
        return None
    result = {name: _canonical_session_control(control) for name, control in controls.items()}
    frequency = result["signInFrequency"]
    if frequency is not None:
        result["signInFrequency"] = _canonical_frequency(frequency)
    return result if any(control is not None for control in result.values()) else None


def _canonical_session_control(control: JsonValue) -> JsonValue:
    """A control that is switched off reads as if it were not there (facts section 2.3)."""
    return None if isinstance(control, dict) and control.get("isEnabled") is False else control


def _canonical_frequency(frequency: JsonObject) -> JsonObject:
    defaults = {
        "authenticationType": "primaryAndSecondaryAuthentication",
        "frequencyInterval": "timeBased",
    }
    return frequency | {name: frequency[name] or default for name, default in defaults.items()}
