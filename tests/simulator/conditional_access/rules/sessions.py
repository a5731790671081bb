# Copyright: (c) 2026, m365.entra contributors
# GNU General Public License v3.0+ (see COPYING or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later
"""What a policy does to the session of someone it lets in."""

from __future__ import annotations

from ...json_types import JsonObject
from ...profile import Profile
from .grants import INVALID_CONTROLS

ENFORCEABLE_APPLICATIONS = frozenset(
    {"Office365", "00000002-0000-0ff1-ce00-000000000000", "00000003-0000-0ff1-ce00-000000000000"}
)
FILTERING_PROFILE = "globalSecureAccessFilteringProfile"
LONGEST = {"hours": 23, "days": 365}


def enforced_restrictions_fit(policy: JsonObject, profile: Profile) -> str | None:
    """Rule 17; published policies have them on all applications, so a setting decides about these."""
    restrictions = (policy["sessionControls"] or {}).get("applicationEnforcedRestrictions")
    if not restrictions:
        return None
    included = set((policy["conditions"]["applications"] or {}).get("includeApplications", []))
    if included == {"All"} and profile.enforced_restrictions_on_all_applications == "accept":
        return None
    return None if included and included <= ENFORCEABLE_APPLICATIONS else INVALID_CONTROLS


def every_time_is_alone(policy: JsonObject, _profile: Profile) -> str | None:
    """Rule 18: no period with ``everyTime``, and none of two other session members beside it."""
    controls = policy["sessionControls"] or {}
    frequency = controls.get("signInFrequency")
    if not frequency or frequency["frequencyInterval"] != "everyTime":
        return None
    if frequency["type"] is not None or frequency["value"] is not None:
        return "'signInFrequency' with 'frequencyInterval' everyTime takes neither 'type' nor 'value'."
    if controls["applicationEnforcedRestrictions"] is not None or controls["disableResilienceDefaults"] is not None:
        return (
            "'signInFrequency' with 'frequencyInterval' everyTime cannot go with 'applicationEnforcedRestrictions' or "
            "'disableResilienceDefaults'."
        )
    return None


def period_is_possible(policy: JsonObject, _profile: Profile) -> str | None:
    """Rules 19 and 20."""
    frequency = (policy["sessionControls"] or {}).get("signInFrequency")
    if not frequency or frequency["frequencyInterval"] == "everyTime":
        return None
    kind, value = frequency["type"], frequency["value"]
    if kind is None or value is None or not 1 <= value <= LONGEST[kind]:
        return "'signInFrequency' needs 'type' hours with a 'value' of 1 to 23, or days with 1 to 365."
    return None


def settings_are_given(policy: JsonObject, _profile: Profile) -> str | None:
    """A control that is switched on says what it does."""
    controls = policy["sessionControls"] or {}
    browser, cloud_apps = controls.get("persistentBrowser"), controls.get("cloudAppSecurity")
    evaluation, filtering = controls.get("continuousAccessEvaluation"), controls.get(FILTERING_PROFILE)
    if browser and browser["mode"] is None:
        return "'persistentBrowser' needs 'mode' always or never."
    if cloud_apps and cloud_apps["cloudAppSecurityType"] is None:
        return "'cloudAppSecurity' needs 'cloudAppSecurityType'."
    if evaluation and evaluation["mode"] is None:
        return "'continuousAccessEvaluation' needs 'mode'."
    if filtering and not filtering["profileId"]:
        return f"'{FILTERING_PROFILE}' needs 'profileId'."
    return None


def continuous_evaluation_is_enforced_or_off(policy: JsonObject, profile: Profile) -> str | None:
    """Rule 28; a published policy contradicts it, so a setting decides."""
    if profile.continuous_evaluation_in_report_only == "accept":
        return None
    evaluation = (policy["sessionControls"] or {}).get("continuousAccessEvaluation")
    if evaluation and policy["state"] == "enabledForReportingButNotEnforced":
        return "Policies with 'continuousAccessEvaluation' cannot be in report-only mode."
    return None
