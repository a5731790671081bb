# Copyright: (c) 2026, m365.entra contributors
# GNU General Public License v3.0+ (see COPYING or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later
"""Policies that follow the rules for their content and policies that break one, rule by rule (facts section 2.6)."""

from __future__ import annotations

from simulator.json_types import JsonObject

from .sample_policies import (
    BLOCK_WORKLOADS,
    CHANGE_PASSWORD,
    EVERY_TIME,
    EXCHANGE,
    GLOBAL_ADMINISTRATOR,
    REMEDIATE,
    REQUIRE_MFA,
    STRENGTH_MULTIFACTOR,
    varied,
)

STRENGTH = {"id": STRENGTH_MULTIFACTOR}
REGISTER_DEVICE = varied(REQUIRE_MFA, conditions__applications={"includeUserActions": ["urn:user:registerdevice"]})
INVALID_CONTROLS = "1032: ConditionalActionPolicy validation failed due to InvalidControls."
INVALID_PASSWORD_RESET = "1032: ConditionalActionPolicy validation failed due to InvalidPasswordResetControl."
PLATFORM = {"includePlatforms": ["android"]}


def frequency(**values: object) -> JsonObject:
    return {"signInFrequency": {"isEnabled": True} | values}


# Each with how the text of its refusal begins.
REFUSED: dict[str, tuple[JsonObject, str]] = {
    "client app types": (varied(REQUIRE_MFA, conditions__clientAppTypes=[]), "1064: 'clientAppTypes' condition"),
    "2 applications": (varied(REQUIRE_MFA, conditions__applications={}), "1011: 'applications' condition must specify"),
    "2 applications null": (varied(REQUIRE_MFA, conditions__applications=None), "1011: "),
    "2 an excluding filter": (
        varied(
            REQUIRE_MFA,
            conditions__applications={"applicationFilter": {"mode": "exclude", "rule": "CustomSecurityAttribute.A"}},
        ),
        "1011: ",
    ),
    "3 users": (varied(REQUIRE_MFA, conditions__users={}), "'users' condition"),
    "3 users null": (varied(REQUIRE_MFA, conditions__users=None), "'users' condition"),
    "3 only exclusions": (
        varied(REQUIRE_MFA, conditions__users={"excludeRoles": [GLOBAL_ADMINISTRATOR]}),
        "'users' condition",
    ),
    "4 controls": (varied(REQUIRE_MFA, grantControls=None), "At least one grant control"),
    "4 empty controls": (varied(REQUIRE_MFA, grantControls={"operator": "OR"}), "At least one grant control"),
    "operator": (varied(REQUIRE_MFA, grantControls__operator="XOR"), "'operator'"),
    "operator null": (varied(REQUIRE_MFA, grantControls__operator=None), "'operator'"),
    "5 two selectors": (
        varied(REQUIRE_MFA, conditions__applications__includeUserActions=["urn:user:registersecurityinfo"]),
        "'applications' condition must use only one",
    ),
    "6 all and others": (
        varied(REQUIRE_MFA, conditions__applications__includeApplications=["All", EXCHANGE]),
        "'includeApplications' cannot hold other",
    ),
    "6 none and others": (
        varied(REQUIRE_MFA, conditions__users__includeUsers=["None", "GuestsOrExternalUsers"]),
        "'includeUsers' cannot hold other",
    ),
    "6 platforms": (
        varied(REQUIRE_MFA, conditions__platforms={"includePlatforms": ["all", "iOS"]}),
        "'includePlatforms' cannot hold other",
    ),
    "12 operator": (varied(CHANGE_PASSWORD, grantControls__operator="OR"), INVALID_PASSWORD_RESET),
    "12 without mfa": (
        varied(CHANGE_PASSWORD, grantControls__builtInControls=["passwordChange"]),
        INVALID_PASSWORD_RESET,
    ),
    "12 with a strength and mfa": (varied(CHANGE_PASSWORD, grantControls__authenticationStrength=STRENGTH), "1108: "),
    "12 another control": (
        varied(CHANGE_PASSWORD, grantControls__builtInControls=["mfa", "passwordChange", "compliantDevice"]),
        INVALID_PASSWORD_RESET,
    ),
    "12 without user risk": (varied(CHANGE_PASSWORD, conditions__userRiskLevels=[]), INVALID_PASSWORD_RESET),
    "12 some applications": (
        varied(CHANGE_PASSWORD, conditions__applications__includeApplications=[EXCHANGE]),
        INVALID_PASSWORD_RESET,
    ),
    "12 excluded applications": (
        varied(CHANGE_PASSWORD, conditions__applications__excludeApplications=[EXCHANGE]),
        INVALID_PASSWORD_RESET,
    ),
    "12 another condition": (varied(CHANGE_PASSWORD, conditions__platforms=PLATFORM), INVALID_PASSWORD_RESET),
    "12 client app types": (varied(CHANGE_PASSWORD, conditions__clientAppTypes=["browser"]), INVALID_PASSWORD_RESET),
    "13 with password change": (
        varied(REMEDIATE, grantControls__builtInControls=["riskRemediation", "passwordChange"]),
        "1032: ",
    ),
    "13 without strength": (varied(REMEDIATE, grantControls__authenticationStrength=None), "The control 'riskRemed"),
    "13 operator": (varied(REMEDIATE, grantControls__operator="OR"), "The control 'riskRemediation' needs"),
    "13 without every time": (varied(REMEDIATE, sessionControls=None), "The control 'riskRemediation' needs a sign-in"),
    "13 sign-in risk": (
        varied(REMEDIATE, conditions__signInRiskLevels=["high"]),
        "The control 'riskRemediation' needs user risk",
    ),
    "14 mfa and strength": (
        varied(REQUIRE_MFA, grantControls__authenticationStrength=STRENGTH),
        "1108: Authentication strengths cannot be used alongside the MFA built-in control.",
    ),
    "13 guests": (
        varied(REMEDIATE, conditions__users={"includeUsers": ["GuestsOrExternalUsers"]}),
        "The control 'riskRemediation' is not supported for guests",
    ),
    "15 block and mfa": (varied(REQUIRE_MFA, grantControls__builtInControls=["block", "mfa"]), INVALID_CONTROLS),
    "15 block and strength": (
        varied(
            REQUIRE_MFA,
            grantControls={"operator": "OR", "builtInControls": ["block"], "authenticationStrength": STRENGTH},
        ),
        INVALID_CONTROLS,
    ),
    "16 approved application": (
        varied(REQUIRE_MFA, grantControls__builtInControls=["approvedApplication", "compliantApplication"]),
        "The control 'approvedApplication' is retired",
    ),
    "17 enforced restrictions": (
        varied(
            REQUIRE_MFA,
            conditions__applications__includeApplications=["MicrosoftAdminPortals"],
            sessionControls={"applicationEnforcedRestrictions": {"isEnabled": True}},
        ),
        INVALID_CONTROLS,
    ),
    "18 every time with a value": (
        varied(REQUIRE_MFA, sessionControls=frequency(frequencyInterval="everyTime", type="hours", value=1)),
        "'signInFrequency' with 'frequencyInterval' everyTime takes neither",
    ),
    "18 every time with resilience": (
        varied(REQUIRE_MFA, sessionControls={"signInFrequency": EVERY_TIME, "disableResilienceDefaults": False}),
        "'signInFrequency' with 'frequencyInterval' everyTime cannot go",
    ),
    "19 hours": (varied(REQUIRE_MFA, sessionControls=frequency(type="hours", value=24)), "'signInFrequency' needs"),
    "19 days": (varied(REQUIRE_MFA, sessionControls=frequency(type="days", value=366)), "'signInFrequency' needs"),
    "20 zero": (varied(REQUIRE_MFA, sessionControls=frequency(type="days", value=0)), "'signInFrequency' needs"),
    "20 no period": (varied(REQUIRE_MFA, sessionControls=frequency()), "'signInFrequency' needs"),
    "browser mode": (
        varied(REQUIRE_MFA, sessionControls={"persistentBrowser": {"isEnabled": True}}),
        "'persistentBrowser' needs",
    ),
    "cloud app type": (
        varied(REQUIRE_MFA, sessionControls={"cloudAppSecurity": {"isEnabled": True}}),
        "'cloudAppSecurity' needs",
    ),
    "22 other controls": (
        varied(REGISTER_DEVICE, grantControls__builtInControls=["compliantDevice"]),
        "The user action",
    ),
    "22 custom controls": (
        varied(REGISTER_DEVICE, grantControls__customAuthenticationFactors=["RequireDuoMfa"]),
        "The user action",
    ),
    "22 client app types": (varied(REGISTER_DEVICE, conditions__clientAppTypes=["browser"]), "The user action"),
    "22 device filter": (
        varied(REGISTER_DEVICE, conditions__devices={"deviceFilter": {"mode": "include", "rule": "device.x -eq 1"}}),
        "The user action",
    ),
    "26 other controls": (
        varied(BLOCK_WORKLOADS, grantControls__builtInControls=["mfa"]),
        "Policies for workload identities support",
    ),
    "26 session controls": (
        varied(BLOCK_WORKLOADS, sessionControls={"persistentBrowser": {"isEnabled": True, "mode": "never"}}),
        "Policies for workload identities support",
    ),
    "26 users": (
        varied(BLOCK_WORKLOADS, conditions__users__includeUsers=["All"]),
        "Policies for workload identities need",
    ),
    "26 roles": (
        varied(BLOCK_WORKLOADS, conditions__users__includeRoles=[GLOBAL_ADMINISTRATOR]),
        "Policies for workload identities need",
    ),
    "26 risk of users": (
        varied(BLOCK_WORKLOADS, conditions__userRiskLevels=["high"]),
        "Policies for workload identities have no conditions for users",
    ),
    "26 risk without workloads": (
        varied(REQUIRE_MFA, conditions__servicePrincipalRiskLevels=["high"]),
        "'servicePrincipalRiskLevels' needs",
    ),
    "29 empty filter": (
        varied(REQUIRE_MFA, conditions__devices={"deviceFilter": {"mode": "include", "rule": ""}}),
        "'deviceFilter' needs",
    ),
    "empty name": (varied(REQUIRE_MFA, displayName=" "), "'displayName' cannot be empty."),
    "long name": (varied(REQUIRE_MFA, displayName="x" * 257), "'displayName' cannot have more"),
}

ACCEPTED: dict[str, JsonObject] = {
    "none as a user": varied(REQUIRE_MFA, conditions__users={"includeUsers": ["None"]}),
    "none as an application": varied(REQUIRE_MFA, conditions__applications__includeApplications=["None"]),
    "none and roles": varied(
        REQUIRE_MFA, conditions__users={"includeUsers": ["None"], "includeRoles": [GLOBAL_ADMINISTRATOR]}
    ),
    "guests": varied(
        REQUIRE_MFA,
        conditions__users={"includeGuestsOrExternalUsers": {"guestOrExternalUserTypes": "internalGuest"}},
    ),
    "user action": varied(
        REQUIRE_MFA, conditions__applications={"includeUserActions": ["urn:user:registersecurityinfo"]}
    ),
    "authentication context": varied(
        REQUIRE_MFA, conditions__applications={"includeAuthenticationContextClassReferences": ["c1"]}
    ),
    "application filter": varied(
        REQUIRE_MFA,
        conditions__applications={"applicationFilter": {"mode": "include", "rule": "CustomSecurityAttribute.A -eq 1"}},
    ),
    "session control alone": varied(REQUIRE_MFA, grantControls=None, sessionControls=frequency(type="days", value=365)),
    "hours": varied(REQUIRE_MFA, sessionControls=frequency(type="hours", value=23)),
    "password change": CHANGE_PASSWORD,
    "password change every time": varied(CHANGE_PASSWORD, sessionControls={"signInFrequency": EVERY_TIME}),
    "risk remediation": REMEDIATE,
    "enforced restrictions": varied(
        REQUIRE_MFA,
        conditions__applications__includeApplications=["Office365"],
        grantControls=None,
        sessionControls={"applicationEnforcedRestrictions": {"isEnabled": True}},
    ),
    "register device": REGISTER_DEVICE,
    "register device with a strength": varied(
        REGISTER_DEVICE,
        grantControls={"operator": "OR", "builtInControls": [], "authenticationStrength": STRENGTH},
    ),
    "resilience off": varied(REQUIRE_MFA, grantControls=None, sessionControls={"disableResilienceDefaults": True}),
    "token protection": varied(
        REQUIRE_MFA, grantControls=None, sessionControls={"secureSignInSession": {"isEnabled": True}}
    ),
    "device filter": varied(
        REQUIRE_MFA,
        conditions__devices={"deviceFilter": {"mode": "exclude", "rule": 'device.trustType -eq "ServerAD"'}},
    ),
    "longest name": varied(REQUIRE_MFA, displayName="x" * 256),
}
