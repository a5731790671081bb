# Copyright: (c) 2026, m365.entra contributors
# GNU General Public License v3.0+ (see COPYING or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later
"""What a policy asks for before it lets someone in."""

from __future__ import annotations

from ...json_types import JsonObject
from ...profile import Profile

INVALID_CONTROLS = "1032: ConditionalActionPolicy validation failed due to InvalidControls."
INVALID_PASSWORD_RESET = "1032: ConditionalActionPolicy validation failed due to InvalidPasswordResetControl."
STRENGTH_WITH_MFA = "1108: Authentication strengths cannot be used alongside the MFA built-in control."


def some_control_is_given(policy: JsonObject, _profile: Profile) -> str | None:
    """Rule 4."""
    controls = policy["grantControls"]
    if controls is not None and _has_grant(controls):
        return None
    if policy["sessionControls"] is not None:
        return None
    return "At least one grant control or session control must be specified."


def operator_is_known(policy: JsonObject, _profile: Profile) -> str | None:
    controls = policy["grantControls"]
    if controls is not None and controls["operator"] not in ("AND", "OR"):
        return "'operator' of 'grantControls' must be AND or OR."
    return None


def block_stands_alone(policy: JsonObject, _profile: Profile) -> str | None:
    """Rule 15."""
    controls = policy["grantControls"]
    if controls is None or "block" not in controls["builtInControls"]:
        return None
    if len(controls["builtInControls"]) > 1 or controls["authenticationStrength"] or controls["termsOfUse"]:
        return INVALID_CONTROLS
    return None


def strength_replaces_mfa(policy: JsonObject, _profile: Profile) -> str | None:
    """Rule 14; recorded as 1108 in the error corpus."""
    controls = policy["grantControls"]
    if controls is not None and controls["authenticationStrength"] and "mfa" in controls["builtInControls"]:
        return STRENGTH_WITH_MFA
    return None


def password_change_is_complete(policy: JsonObject, _profile: Profile) -> str | None:
    """Rule 12."""
    controls = policy["grantControls"]
    if controls is None or "passwordChange" not in controls["builtInControls"]:
        return None
    fits = (
        controls["operator"] == "AND"
        and set(controls["builtInControls"]) == {"mfa", "passwordChange"}
        and controls["authenticationStrength"] is None
        and not controls["termsOfUse"]
        and not controls["customAuthenticationFactors"]
        and _is_for_user_risk_on_all_applications(policy)
    )
    return None if fits else INVALID_PASSWORD_RESET


def risk_remediation_is_complete(policy: JsonObject, _profile: Profile) -> str | None:
    """Rule 13."""
    controls = policy["grantControls"]
    if controls is None or "riskRemediation" not in controls["builtInControls"]:
        return None
    if "passwordChange" in controls["builtInControls"]:
        return "The control 'riskRemediation' cannot be combined with 'passwordChange'."
    if controls["operator"] != "AND" or controls["authenticationStrength"] is None:
        return "The control 'riskRemediation' needs an authentication strength and the operator AND."
    if not policy["conditions"]["userRiskLevels"] or policy["conditions"]["signInRiskLevels"]:
        return "The control 'riskRemediation' needs user risk levels and no other risk."
    frequency = (policy["sessionControls"] or {}).get("signInFrequency") or {}
    if frequency.get("frequencyInterval") != "everyTime":
        return "The control 'riskRemediation' needs a sign-in frequency of every time."
    if (policy["conditions"]["users"] or {}).get("includeGuestsOrExternalUsers"):
        return "The control 'riskRemediation' is not supported for guests."
    return None


def approved_application_is_retired(policy: JsonObject, profile: Profile) -> str | None:
    """Rule 16; in force since 2026-06-30."""
    controls = policy["grantControls"]
    used = controls is not None and "approvedApplication" in controls["builtInControls"]
    if used and profile.approved_application_retired:
        return "The control 'approvedApplication' is retired and cannot be used in new or edited policies."
    return None


def _has_grant(controls: JsonObject) -> bool:
    names = ("builtInControls", "authenticationStrength", "termsOfUse", "customAuthenticationFactors")
    return any(controls[name] for name in names)


def _is_for_user_risk_on_all_applications(policy: JsonObject) -> bool:
    conditions = policy["conditions"]
    applications = conditions["applications"] or {}
    others = (
        "signInRiskLevels",
        "platforms",
        "locations",
        "devices",
        "clientApplications",
        "authenticationFlows",
        "insiderRiskLevels",
        "servicePrincipalRiskLevels",
    )
    return (
        bool(conditions["userRiskLevels"])
        and applications.get("includeApplications") == ["All"]
        and not applications.get("excludeApplications")
        and conditions["clientAppTypes"] == ["all"]
        and not any(conditions[name] for name in others)
    )
