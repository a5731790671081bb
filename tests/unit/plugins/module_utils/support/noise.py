# Copyright: (c) 2026, m365.entra contributors
# GNU General Public License v3.0+ (see COPYING or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later
"""Puts into a policy what means nothing: what exports, the service and people write differently for the same thing."""

from __future__ import annotations

import random
import typing as t

from ansible_collections.m365.entra.tests.unit.plugins.module_utils.support.service import Json

_FREE_TEXT = frozenset({"displayName", "description", "rule", "customAuthenticationFactors"})
_CONTEXTS = "includeAuthenticationContextClassReferences"
_FLAGS = frozenset({"guestOrExternalUserTypes", "transferMethods", "insiderRiskLevels"})
_LISTS = frozenset({"includeUsers", "excludeGroups", "includeApplications", "builtInControls", "termsOfUse", "members"})
_PARTS = frozenset(
    {"users", "applications", "platforms", "locations", "devices", "clientApplications", "sessionControls"}
)
_SWITCHED: dict[str, Json] = {
    "applicationEnforcedRestrictions": {},
    "cloudAppSecurity": {"cloudAppSecurityType": "blockDownloads"},
    "persistentBrowser": {"mode": "always"},
    "secureSignInSession": {},
    "signInFrequency": {"type": "hours", "value": 9},
}


def with_noise(policy: Json, dice: random.Random) -> Json:
    """*policy* with random noise that must not make a difference; the argument is left as it is."""
    noisy = _object("policy", policy, dice)
    noisy.update({"id": "x", "createdDateTime": "2026-01-01T00:00:00Z", "modifiedDateTime": None, "templateId": None})
    return noisy


def _object(name: str, value: Json, dice: random.Random) -> Json:
    result: Json = {}
    members = list(value.items())
    dice.shuffle(members)
    for member, content in members:
        if content in (None, [], {}) and dice.random() < 0.3:
            continue
        result[member] = _member(member, content, dice)
        if dice.random() < 0.2:
            result[f"{member}@odata.context"] = "https://graph.microsoft.com/v1.0/$metadata#x"
    result.setdefault("@odata.type", "#microsoft.graph.something")
    _add_to_object(name, result, dice)
    return result


def _add_to_object(name: str, result: Json, dice: random.Random) -> None:
    if name == "policy":
        result["#microsoft.graph.restore"] = {"target": "x"}
        result["partialEnablementStrategy"] = None
    if name == "conditions":
        result["times"] = result["deviceStates"] = None
        if result.get("clientAppTypes") in (["all"], ["ALL"]) and dice.random() < 0.5:
            result["clientAppTypes"] = []
    if name == "sessionControls":
        for control, settings in _SWITCHED.items():
            if not result.get(control) and dice.random() < 0.5:
                result[control] = {"isEnabled": False, **settings}
    if name == "signInFrequency" and str(result.get("frequencyInterval")).lower() == "everytime":
        result.update(dice.choice([{}, {"type": "hours", "value": 1}, {"type": None, "value": None}]))
    if name == "grantControls" and _count(result) == 1:
        result["operator"] = dice.choice(["AND", "OR", "or"])
    if name.endswith("GuestsOrExternalUsers") and not result.get("externalTenants"):
        result["externalTenants"] = dice.choice([None, {"membershipKind": "all"}, {"membershipKind": "All"}])


def _count(grant: Json) -> int:
    lists = ("builtInControls", "customAuthenticationFactors", "termsOfUse")
    return sum(len(grant.get(name) or []) for name in lists) + bool(grant.get("authenticationStrength"))


def _member(name: str, value: t.Any, dice: random.Random) -> t.Any:
    if name == "authenticationStrength" and value:
        return _strength(value["id"], dice)
    if isinstance(value, dict) and value:
        return _object(name, value, dice)
    if value in (None, [], {}) and value is not False:
        return _nothing(name, value, dice)
    if isinstance(value, list):
        values = [_text(name, member, dice) for member in value]
        dice.shuffle(values)
        return values
    if isinstance(value, str):
        return _text(name, value, dice)
    return value


def _nothing(name: str, value: t.Any, dice: random.Random) -> t.Any:
    if name in _FLAGS:
        return dice.choice([None, "", "none"])
    if isinstance(value, list) or name in _LISTS:
        return dice.choice([None, []])
    return dice.choice([None, {}]) if name in _PARTS else value


def _text(name: str, value: str, dice: random.Random) -> str:
    if name in _FREE_TEXT or name == _CONTEXTS:
        return value
    if name in _FLAGS:
        members = value.split(",")
        dice.shuffle(members)
        value = dice.choice([",", ", "]).join(members)
    return dice.choice([value, value.upper(), value.lower()])


def _strength(identifier: str, dice: random.Random) -> Json:
    expanded = {
        "id": identifier.upper(),
        "displayName": "A strength",
        "allowedCombinations": ["fido2"],
        "combinationConfigurations@odata.context": "x",
        "combinationConfigurations": [],
    }
    return dice.choice([{"id": identifier}, expanded])
