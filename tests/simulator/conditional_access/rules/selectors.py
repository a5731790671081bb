# Copyright: (c) 2026, m365.entra contributors
# GNU General Public License v3.0+ (see COPYING or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later
"""Whom and what a policy applies to."""

from __future__ import annotations

from ...json_types import JsonObject
from ...profile import Profile
from .workloads import workloads_of

REGISTER_DEVICE = "urn:user:registerdevice"
APPLICATION_SELECTORS = ("includeApplications", "includeUserActions", "includeAuthenticationContextClassReferences")
# Traffic profiles of Global Secure Access; published policies have nothing else beside them.
TRAFFIC_SELECTORS = ("globalSecureAccess", "networkAccess")
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
    """Rule 2; an including filter or a traffic profile of beta can stand alone."""
    applications = policy["conditions"]["applications"] or {}
    by_filter = (applications.get("applicationFilter") or {}).get("mode") == "include"
    if application_selectors(policy) or by_filter or any(applications.get(name) for name in TRAFFIC_SELECTORS):
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
    """Rule 3: policies for workload identities need none."""
    users = policy["conditions"]["users"] or {}
    if workloads_of(policy):
        return None
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


def guests_are_selected_one_way(policy: JsonObject, profile: Profile) -> str | None:
    """Facts section 2.5: the keyword and the detailed guest condition exclude each other in one direction.

    Published policies have both, so a setting decides.
    """
    if profile.guests_selected_twice == "accept":
        return None
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
    factors = (controls.get("termsOfUse"), controls.get("customAuthenticationFactors"))
    if set(controls.get("builtInControls", [])) - {"mfa"} or any(factors):
        return f"The user action '{REGISTER_DEVICE}' supports multifactor authentication only."
    if conditions["devices"] or conditions["clientAppTypes"] != ["all"]:
        return f"The user action '{REGISTER_DEVICE}' supports neither device filters nor client app types."
    return None


def application_selectors(policy: JsonObject) -> list[str]:
    """Return the names of the lists that select what a policy protects, as far as it uses them."""
    applications = policy["conditions"]["applications"] or {}
    return [name for name in APPLICATION_SELECTORS if applications.get(name)]


def user_actions(policy: JsonObject) -> list[str]:
    return list((policy["conditions"]["applications"] or {}).get("includeUserActions", []))
