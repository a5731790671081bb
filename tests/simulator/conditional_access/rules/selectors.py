# Copyright: (c) 2026, m365.entra contributors
# GNU General Public License v3.0+ (see COPYING or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later
"""Whom and what a policy applies to."""

from __future__ import annotations

from ...json_types import JsonObject
from ...profile import Profile

REGISTER_DEVICE = "urn:user:registerdevice"
EXAMPLES_CREATE = (
    "For examples, please see API documentation at "
    "https://docs.microsoft.com/en-us/graph/api/conditionalaccessroot-post-policies?view=graph-rest-beta."
)
EXAMPLES_UPDATE = (
    "For examples, please see API documentation at "
    "https://docs.microsoft.com/en-us/graph/api/conditionalaccesspolicy-update?view=graph-rest-beta."
)


def client_app_types_are_given(policy: JsonObject, _profile: Profile) -> str | None:
    """Recorded as 1064 in the error corpus."""
    if policy["conditions"]["clientAppTypes"]:
        return None
    return (
        "1064: 'clientAppTypes' condition does not support []. If you want to target all client apps, use ['All']. If "
        "you want to target modern authentication clients, use ['browser', 'mobileAppsAndDesktopClients']. "
        + EXAMPLES_CREATE
    )


def applications_are_selected(policy: JsonObject, _profile: Profile) -> str | None:
    """Rule 2."""
    if application_selectors(policy):
        return None
    return (
        "1011: 'applications' condition must specify the applications to include. "
        "Try 'includeApplications' = ['none'] to start with. " + EXAMPLES_UPDATE
    )


def one_application_selector(policy: JsonObject, _profile: Profile) -> str | None:
    """Rule 5."""
    if len(application_selectors(policy)) > 1:
        return "'applications' condition must use only one of " + ", ".join(application_selectors(policy)) + "."
    return None


def users_are_selected(policy: JsonObject, _profile: Profile) -> str | None:
    """Rule 3."""
    users = policy["conditions"]["users"] or {}
    selectors = ("includeUsers", "includeGroups", "includeRoles", "includeGuestsOrExternalUsers")
    if any(users.get(name) for name in selectors):
        return None
    return "'users' condition must specify the users to include. Try 'includeUsers' = ['none'] to start with."


def keywords_stand_alone(policy: JsonObject, _profile: Profile) -> str | None:
    """Rule 6: ``All`` and ``None`` are not mixed with other values of the same list."""
    conditions = policy["conditions"]
    lists = {
        "includeUsers": (conditions["users"] or {}).get("includeUsers", []),
        "includeApplications": (conditions["applications"] or {}).get("includeApplications", []),
        "includeLocations": (conditions["locations"] or {}).get("includeLocations", []),
        "includePlatforms": (conditions["platforms"] or {}).get("includePlatforms", []),
        "clientAppTypes": conditions["clientAppTypes"],
    }
    for name, values in lists.items():
        if len(values) > 1 and {"all", "none"} & {value.lower() for value in values}:
            return f"'{name}' cannot hold other values besides 'All' or 'None'."
    return None


def guests_are_selected_one_way(policy: JsonObject, _profile: Profile) -> str | None:
    """Facts section 2.5: the keyword and the detailed guest condition exclude each other in one direction."""
    users = policy["conditions"]["users"] or {}
    for direction in ("include", "exclude"):
        keyword = "GuestsOrExternalUsers" in users.get(f"{direction}Users", [])
        if keyword and users.get(f"{direction}GuestsOrExternalUsers"):
            return f"'{direction}Users' with 'GuestsOrExternalUsers' cannot go with '{direction}GuestsOrExternalUsers'."
    return None


def risk_types_are_separate(policy: JsonObject, profile: Profile) -> str | None:
    """Rule 24; whether the API enforces it is uncertain, so a setting decides."""
    conditions = policy["conditions"]
    both = conditions["signInRiskLevels"] and conditions["userRiskLevels"]
    if both and not profile.both_risk_types_in_one_policy:
        return "'signInRiskLevels' and 'userRiskLevels' cannot be used in the same policy."
    return None


def user_actions_are_enforced_or_off(policy: JsonObject, profile: Profile) -> str | None:
    """Rule 23; the portal enforces it, the API is uncertain, so a setting decides."""
    report_only = policy["state"] == "enabledForReportingButNotEnforced"
    if user_actions(policy) and report_only and not profile.user_actions_in_report_only:
        return "Policies with user actions cannot be in report-only mode."
    return None


def device_registration_is_simple(policy: JsonObject, _profile: Profile) -> str | None:
    """Rule 22."""
    if REGISTER_DEVICE not in user_actions(policy):
        return None
    conditions, controls = policy["conditions"], policy["grantControls"] or {}
    if set(controls.get("builtInControls", [])) - {"mfa"} or controls.get("termsOfUse"):
        return f"The user action '{REGISTER_DEVICE}' supports multifactor authentication only."
    if conditions["devices"] or conditions["clientAppTypes"] != ["all"]:
        return f"The user action '{REGISTER_DEVICE}' supports neither device filters nor client app types."
    return None


def workload_policies_only_block(policy: JsonObject, _profile: Profile) -> str | None:
    """Rule 26."""
    conditions = policy["conditions"]
    if not conditions["clientApplications"]:
        if conditions["servicePrincipalRiskLevels"]:
            return "'servicePrincipalRiskLevels' needs the 'clientApplications' condition."
        return None
    controls = policy["grantControls"] or {}
    if controls.get("builtInControls") != ["block"] or policy["sessionControls"]:
        return "Policies for workload identities support the grant control 'block' only."
    if (conditions["users"] or {}).get("includeUsers") != ["None"]:
        return "Policies for workload identities need 'includeUsers' = ['None']."
    return None


def application_selectors(policy: JsonObject) -> list[str]:
    """Return the names of the selectors of applications that a policy uses."""
    applications = policy["conditions"]["applications"] or {}
    names = (
        "includeApplications",
        "includeUserActions",
        "includeAuthenticationContextClassReferences",
        "applicationFilter",
    )
    used = [name for name in names if applications.get(name)]
    if "applicationFilter" in used and "includeApplications" in used:
        used.remove("applicationFilter")
    return used


def user_actions(policy: JsonObject) -> list[str]:
    return list((policy["conditions"]["applications"] or {}).get("includeUserActions", []))
