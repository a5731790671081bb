# Copyright: (c) 2026, m365.entra contributors
# GNU General Public License v3.0+ (see COPYING or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later
"""Rules about one policy by itself: what fires, how grave it is, where it is, and what does not fire."""

from __future__ import annotations

import typing as t

import pytest

from ansible_collections.m365.entra.tests.unit.plugins.module_utils.support import ids
from ansible_collections.m365.entra.tests.unit.plugins.module_utils.support.linted import enforced, found, in_state
from ansible_collections.m365.entra.tests.unit.plugins.module_utils.support.policies import (
    BLOCK,
    DISABLED,
    REPORT_ONLY,
)

Json = dict[str, t.Any]

EVERY_TIME = {"signInFrequency": {"isEnabled": True, "frequencyInterval": "everyTime"}}
ACTION = {"includeUserActions": ["urn:user:registerdevice"]}
CONTROLS = "grant_controls.built_in_controls"

FIRES: list[tuple[str, str, str, Json]] = [
    (
        "retired_control",
        "error",
        CONTROLS,
        {"grant": {"operator": "OR", "builtInControls": ["approvedApplication", "compliantApplication"]}},
    ),
    (
        "sign_in_and_user_risk_together",
        "warning",
        "conditions",
        {"signInRiskLevels": ["high"], "userRiskLevels": ["high"]},
    ),
    (
        "persistent_browser_for_some_applications",
        "warning",
        "session_controls.persistent_browser",
        {
            "applications": {"includeApplications": ["Office365"]},
            "session": {"persistentBrowser": {"isEnabled": True, "mode": "never"}},
        },
    ),
    (
        "application_protection_on_desktops",
        "warning",
        CONTROLS,
        {"grant": {"operator": "OR", "builtInControls": ["compliantApplication"]}},
    ),
    ("policy_reaches_nobody", "warning", "conditions.users.include_users", {"users": {"includeUsers": ["None"]}}),
    (
        "policy_reaches_nobody",
        "warning",
        "conditions.users.exclude_users",
        {"users": {"includeUsers": ["All"], "excludeUsers": ["All"]}},
    ),
    (
        "restrictions_for_other_applications",
        "information",
        "session_controls.application_enforced_restrictions",
        {"session": {"applicationEnforcedRestrictions": {"isEnabled": True}}},
    ),
    (
        "guests_said_twice",
        "information",
        "conditions.users.include_guests_or_external_users",
        {
            "users": {
                "includeUsers": ["GuestsOrExternalUsers"],
                "includeGuestsOrExternalUsers": {"guestOrExternalUserTypes": "internalGuest"},
            }
        },
    ),
    (
        "deprecated_client_app_type",
        "warning",
        "conditions.client_app_types",
        {"clientAppTypes": ["easSupported", "exchangeActiveSync"]},
    ),
    (
        "deprecated_custom_control",
        "warning",
        "grant_controls.custom_authentication_factors",
        {"grant": {"operator": "OR", "builtInControls": [], "customAuthenticationFactors": ["custom"]}},
    ),
    (
        "flows_in_one_policy",
        "information",
        "conditions.authentication_flows.transfer_methods",
        {"authenticationFlows": {"transferMethods": "deviceCodeFlow,authenticationTransfer"}},
    ),
    (
        "risk_without_every_time",
        "information",
        "session_controls.sign_in_frequency",
        {"signInRiskLevels": ["high", "medium"]},
    ),
    ("risk_without_every_time", "information", "session_controls.sign_in_frequency", {"userRiskLevels": ["high"]}),
    (
        "all_resources_but_some",
        "information",
        "conditions.applications.exclude_applications",
        {"applications": {"includeApplications": ["All"], "excludeApplications": [ids.PORTAL]}},
    ),
]


@pytest.mark.parametrize(("rule", "severity", "path", "parts"), FIRES)
def test_fires_in_live_policies_alone(rule: str, severity: str, path: str, parts: Json) -> None:
    for policy in (enforced("Mine", **parts), in_state(REPORT_ONLY, "Mine", **parts)):
        (finding,) = found(rule, policy)
        assert (finding.seen.severity, finding.seen.path, finding.names) == (severity, path, ("Mine",))
        assert finding.seen.text
        assert finding.seen.remedy
    assert found(rule, in_state(DISABLED, **parts)) == []


SILENT: list[tuple[str, Json]] = [
    ("retired_control", {"grant": {"operator": "OR", "builtInControls": ["compliantApplication"]}}),
    ("sign_in_and_user_risk_together", {"signInRiskLevels": ["high"]}),
    (
        "persistent_browser_for_some_applications",
        {"session": {"persistentBrowser": {"isEnabled": True, "mode": "never"}}},
    ),
    (
        "application_protection_on_desktops",
        {
            "grant": {"operator": "OR", "builtInControls": ["compliantApplication"]},
            "platforms": {"includePlatforms": ["android", "iOS"]},
        },
    ),
    ("policy_reaches_nobody", {"users": {"includeUsers": ["None"], "includeRoles": [ids.GLOBAL_ADMINISTRATOR]}}),
    (
        "restrictions_for_other_applications",
        {
            "applications": {"includeApplications": ["Office365"]},
            "session": {"applicationEnforcedRestrictions": {"isEnabled": True}},
        },
    ),
    ("deprecated_client_app_type", {"clientAppTypes": ["exchangeActiveSync", "other"]}),
    ("deprecated_custom_control", {}),
    ("flows_in_one_policy", {"authenticationFlows": {"transferMethods": "deviceCodeFlow"}}),
    ("risk_without_every_time", {"signInRiskLevels": ["high"], "session": EVERY_TIME}),
    ("risk_without_every_time", {"signInRiskLevels": ["high"], "grant": BLOCK}),
    ("risk_without_every_time", {}),
    ("all_resources_but_some", {}),
    (
        "all_resources_but_some",
        {"applications": {"includeApplications": ["Office365"], "excludeApplications": [ids.PORTAL]}},
    ),
]


@pytest.mark.parametrize(("rule", "parts"), SILENT)
def test_stays_silent(rule: str, parts: Json) -> None:
    assert found(rule, enforced(**parts)) == []


@pytest.mark.parametrize(
    ("rule", "severity", "parts"),
    [
        ("user_action_in_report_only", "information", {"applications": ACTION}),
        (
            "continuous_access_evaluation_in_report_only",
            "warning",
            {"session": {"continuousAccessEvaluation": {"mode": "strictLocation"}}},
        ),
    ],
)
def test_what_report_only_does_not_show(rule: str, severity: str, parts: Json) -> None:
    (finding,) = found(rule, in_state(REPORT_ONLY, **parts))
    assert (finding.seen.severity, finding.seen.path) == (severity, "policy_state")
    assert found(rule, enforced(**parts)) == []
