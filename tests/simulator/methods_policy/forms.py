# Copyright: (c) 2026, m365.entra contributors
# GNU General Public License v3.0+ (see COPYING or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later
"""The form in which the service keeps the methods policy and its method configurations (facts section 4)."""

from __future__ import annotations

import uuid

from ..conditional_access.canonical import canonical_object, canonical_text
from ..json_types import JsonObject, JsonValue
from .kinds import type_of

POLICY_TYPE = "authenticationMethodsPolicy"
CAMPAIGN = "authenticationMethodsRegistrationCampaign"
EVERYONE = "all_users"
DEFAULT_TARGET_MEMBERS: dict[str, JsonObject] = {
    "microsoftAuthenticatorAuthenticationMethodConfiguration": {"authenticationMode": "any"},
    "smsAuthenticationMethodConfiguration": {"isUsableForSignIn": True},
}


def usual_policy() -> JsonObject:
    """Return the policy of a new tenant; its states, its snooze and its campaign's target as they were seen."""
    everyone = {"id": EVERYONE, "targetType": "group"}
    return {
        "id": POLICY_TYPE,
        "displayName": "Authentication Methods Policy",
        "description": (
            "The tenant-wide policy that controls which authentication methods are allowed in the tenant, "
            "authentication method registration requirements, and self-service password reset settings"
        ),
        "lastModifiedDateTime": "2021-03-01T09:00:00Z",
        "policyVersion": "1.5",
        "policyMigrationState": "migrationComplete",
        "registrationEnforcement": {
            CAMPAIGN: {
                "snoozeDurationInDays": 1,
                "enforceRegistrationAfterAllowedSnoozes": True,
                "state": "default",
                "excludeTargets": [],
                "includeTargets": [everyone | {"targetedAuthenticationMethod": "microsoftAuthenticator"}],
            }
        },
        "reportSuspiciousActivitySettings": {"state": "default", "includeTarget": everyone, "voiceReportingCode": 0},
        "systemCredentialPreferences": {"state": "default", "includeTargets": [everyone], "excludeTargets": []},
    }


def complete_policy(policy: JsonObject) -> JsonObject:
    """Return the policy in canonical form; the configurations are kept apart from it."""
    result = canonical_object(policy, POLICY_TYPE)
    result.pop("authenticationMethodConfigurations")
    return result


def complete_configuration(configuration: JsonObject) -> JsonObject:
    """Return a method configuration in canonical form.

    A target carries no annotation, its defaults where it says nothing, and never demands registration.
    """
    type_name = type_of(configuration)
    result = canonical_object(configuration, "authenticationMethodConfiguration")
    defaults = DEFAULT_TARGET_MEMBERS.get(type_name, {})
    result["includeTargets"] = [_complete_target(target, defaults) for target in result["includeTargets"]]
    result["excludeTargets"] = [_complete_reference(target) for target in result["excludeTargets"]]
    if "passkeyProfiles" in result:
        result["passkeyProfiles"] = [_complete_profile(profile) for profile in result["passkeyProfiles"]]
    return result


def _complete_target(target: JsonObject, defaults: JsonObject) -> JsonObject:
    known = {name: value for name, value in target.items() if name != "@odata.type"}
    missing = {name: value for name, value in defaults.items() if known.get(name) is None}
    return _complete_reference(known) | missing | {"isRegistrationRequired": False}


def _complete_reference(target: JsonObject) -> JsonObject:
    return target | {"id": canonical_text(target["id"])}


def _complete_profile(profile: JsonObject) -> JsonObject:
    identifier: JsonValue = profile.get("id")
    return profile | {"id": str(identifier or uuid.uuid4()).lower()}
