# Copyright: (c) 2026, m365.entra contributors
# GNU General Public License v3.0+ (see COPYING or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later
"""What the service does with a policy's JSON, written from the facts and not from the code under test."""

from __future__ import annotations

import copy
import typing as t

Json = dict[str, t.Any]

_READ_BACK: Json = {
    "description": None,
    "templateId": None,
    "createdDateTime": "2026-11-22T08:00:00.1234567Z",
    "modifiedDateTime": None,
    "deletedDateTime": None,
    "conditions": {
        "clientAppTypes": ["all"],
        "userRiskLevels": [],
        "signInRiskLevels": [],
        "servicePrincipalRiskLevels": [],
        "insiderRiskLevels": None,
        "platforms": None,
        "locations": None,
        "devices": None,
        "clientApplications": None,
        "authenticationFlows": None,
        "applications": {
            "includeApplications": [],
            "excludeApplications": [],
            "includeUserActions": [],
            "includeAuthenticationContextClassReferences": [],
            "applicationFilter": None,
        },
        "users": {
            "includeUsers": [],
            "excludeUsers": [],
            "includeGroups": [],
            "excludeGroups": [],
            "includeRoles": [],
            "excludeRoles": [],
            "includeGuestsOrExternalUsers": None,
            "excludeGuestsOrExternalUsers": None,
        },
    },
    "grantControls": None,
    "sessionControls": None,
}
_GRANT: Json = {
    "operator": "OR",
    "builtInControls": [],
    "customAuthenticationFactors": [],
    "termsOfUse": [],
    "authenticationStrength": None,
}
_SESSION: Json = {
    "applicationEnforcedRestrictions": None,
    "cloudAppSecurity": None,
    "persistentBrowser": None,
    "secureSignInSession": None,
    "signInFrequency": None,
    "disableResilienceDefaults": None,
}
_FREQUENCY: Json = {
    "type": None,
    "value": None,
    "authenticationType": "primaryAndSecondaryAuthentication",
    "frequencyInterval": "timeBased",
    "isEnabled": False,
}


def merge_patch(stored: t.Any, body: t.Any) -> t.Any:
    """PATCH (facts section 2.3): objects merge at every depth, lists are replaced whole, null removes."""
    if not isinstance(body, dict) or not isinstance(stored, dict):
        return copy.deepcopy(body)
    merged = copy.deepcopy(stored)
    for name, value in body.items():
        merged[name] = merge_patch(stored.get(name), value)
    return merged


def _filled(defaults: Json, value: Json) -> Json:
    result = copy.deepcopy(defaults)
    for name, member in value.items():
        known = result.get(name)
        result[name] = _filled(known, member) if isinstance(known, dict) and isinstance(member, dict) else member
    return result


def read_back(stored: Json) -> Json:
    """A stored policy as the service shows it (facts section 2.4)."""
    policy = _filled(_READ_BACK, copy.deepcopy(stored))
    if policy["grantControls"]:
        policy["grantControls"] = _shown_grant(_filled(_GRANT, policy["grantControls"]))
    if policy["sessionControls"]:
        policy["sessionControls"] = _shown_session(_filled(_SESSION, policy["sessionControls"]))
    return policy


def _shown_grant(grant: Json) -> Json:
    strength = grant["authenticationStrength"]
    if strength:
        grant["authenticationStrength"] = {
            "id": strength["id"],
            "displayName": "A strength",
            "policyType": "builtIn",
            "requirementsSatisfied": "mfa",
            "allowedCombinations": ["fido2"],
            "combinationConfigurations@odata.context": "https://graph.microsoft.com/v1.0/$metadata",
            "combinationConfigurations": [],
        }
    grant["authenticationStrength@odata.context"] = "https://graph.microsoft.com/v1.0/$metadata"
    return grant


def _shown_session(session: Json) -> Json | None:
    if session["signInFrequency"]:
        session["signInFrequency"] = _shown_frequency(session["signInFrequency"])
    return session if any(session.values()) else None


def _shown_frequency(frequency: Json) -> Json:
    given = {name: value for name, value in frequency.items() if value is not None}
    shown = {**_FREQUENCY, **given}
    if shown["frequencyInterval"] == "everyTime":
        shown["type"] = shown["value"] = None
    return shown
