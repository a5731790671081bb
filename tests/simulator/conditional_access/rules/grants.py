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


def password_change_is_complete(policy: JsonObject, profile: Profile) -> str | None:
    """Rule 12; published policies have a strength in place of mfa, so a setting decides about it."""
    controls = policy["grantControls"]
    if controls is None or "passwordChange" not in controls["builtInControls"]:
        return None
    fits = (
        controls["operator"] == "AND"
        and _password_change_is_proven(controls, profile)
        and not controls["termsOfUse"]
        and not controls["customAuthenticationFactors"]
        and _is_for_user_risk_on_all_applications(policy)
    )
    return None if fits else INVALID_PASSWORD_RESET


def risk_remediation_has_its_controls(policy: JsonObject, profile: Profile) -> str | None:
    """Rule 13; published policies have mfa in place of the strength, so a setting decides about it."""
    if not _remedies_risk(policy):
        return None
    controls = policy["grantControls"]
    others = set(controls["builtInControls"]) - {"riskRemediation"}
    if "passwordChange" in others:
        return "The control 'riskRemediation' cannot be combined with 'passwordChange'."
    by_mfa = "mfa" in others and profile.risk_remediation_with_mfa == "accept"
    if controls["operator"] != "AND" or not (controls["authenticationStrength"] or by_mfa):
        return "The control 'riskRemediation' needs an authentication strength and the operator AND."
    further = others - {"mfa"} or controls["termsOfUse"] or controls["customAuthenticationFactors"]
    if further and profile.risk_remediation_with_other_controls == "refuse":
        return "The control 'riskRemediation' cannot be combined with further controls."
    return None


def risk_remediation_fits_the_policy(policy: JsonObject, _profile: Profile) -> str | None:
    """Rule 13: whom and when."""
    if not _remedies_risk(policy):
        return None
    if not policy["conditions"]["userRiskLevels"] or policy["conditions"]["signInRiskLevels"]:
        return "The control 'riskRemediation' needs user risk levels and no other risk."
    frequency = (policy["sessionControls"] or {}).get("signInFrequency") or {}
    if frequency.get("frequencyInterval") != "everyTime":
        return "The control 'riskRemediation' needs a sign-in frequency of every time."
    users = policy["conditions"]["users"] or {}
    if users.get("includeGuestsOrExternalUsers") or "GuestsOrExternalUsers" in users.get("includeUsers", ()):
        return "The control 'riskRemediation' is not supported for guests."
    return None


def approved_application_is_retired(policy: JsonObject, profile: Profile) -> str | None:
    """Rule 16; in force since 2026-06-30."""
    controls = policy["grantControls"]
    used = controls is not None and "approvedApplication" in controls["builtInControls"]
    if used and profile.approved_application_retired:
        return "The control 'approvedApplication' is retired and cannot be used in new or edited policies."
    return None


def _remedies_risk(policy: JsonObject) -> bool:
    return "riskRemediation" in (policy["grantControls"] or {}).get("builtInControls", ())


def _password_change_is_proven(controls: JsonObject, profile: Profile) -> bool:
    """Whether the change goes with mfa or, if the setting says so, with a strength, and with nothing else."""
    others = set(controls["builtInControls"]) - {"passwordChange"}
    if controls["authenticationStrength"] is None:
        return others == {"mfa"}
    return not others and profile.password_change_with_strength == "accept"


def _has_grant(controls: JsonObject) -> bool:
    names = ("builtInControls", "authenticationStrength", "termsOfUse", "customAuthenticationFactors")
    return any(controls[name] for name in names)


def _is_for_user_risk_on_all_applications(policy: JsonObject) -> bool:
    conditions = policy["conditions"]
    applications = conditions["applications"] or {}
    allowed = {"users", "applications", "userRiskLevels", "clientAppTypes"}
    return (
        bool(conditions["userRiskLevels"])
        and applications.get("includeApplications") == ["All"]
        and not applications.get("excludeApplications")
        and conditions["clientAppTypes"] == ["all"]
        and not any(value for name, value in conditions.items() if name not in allowed)
    )
