# Copyright: (c) 2026, m365.entra contributors
# GNU General Public License v3.0+ (see COPYING or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later
"""The service's rules: for each one a policy that keeps it and policies that break it (facts section 2.6)."""

from __future__ import annotations

import typing as t

import pytest

from ansible_collections.m365.entra.plugins.module_utils._graph.errors import OptionError
from ansible_collections.m365.entra.plugins.module_utils._policy import rules
from ansible_collections.m365.entra.plugins.module_utils._policy.canonical_policy import canonical_policy
from ansible_collections.m365.entra.tests.unit.plugins.module_utils.support import ids
from ansible_collections.m365.entra.tests.unit.plugins.module_utils.support.policies import BLOCK, policy, with_value

Json = dict[str, t.Any]

STRENGTH: Json = {"id": ids.MFA_STRENGTH}
MFA_STRENGTH: Json = {"operator": "OR", "authenticationStrength": STRENGTH}
TERMS: Json = {"operator": "OR", "termsOfUse": [ids.OFFICE]}
EVERY_TIME: Json = {"signInFrequency": {"isEnabled": True, "frequencyInterval": "everyTime"}}
RESTRICTIONS: Json = {"applicationEnforcedRestrictions": {"isEnabled": True}}
WORKLOAD: Json = {
    "users": {"includeUsers": ["None"]},
    "clientApplications": {"includeServicePrincipals": ["ServicePrincipalsInMyTenant"]},
}
PASSWORD: Json = {
    "grant": {"operator": "AND", "builtInControls": ["mfa", "passwordChange"]},
    "userRiskLevels": ["high"],
}
REMEDIATION: Json = {
    "grant": {"operator": "AND", "builtInControls": ["riskRemediation"], "authenticationStrength": STRENGTH},
    "session": EVERY_TIME,
    "userRiskLevels": ["high"],
}
REGISTER: Json = {"includeUserActions": ["urn:user:registerdevice"]}


def controls(*names: str, operator: str = "AND") -> Json:
    """Grant controls."""
    return {"operator": operator, "builtInControls": list(names)}


def frequency(**members: t.Any) -> Json:
    """Session controls with a sign-in frequency."""
    return {"signInFrequency": {"isEnabled": True, **members}}


def clients(name: str) -> Json:
    """A policy that registers devices, from one kind of client."""
    return with_value(policy(applications=REGISTER), "conditions.clientAppTypes", [name])


KEPT: list[tuple[str, Json]] = [
    ("needs_a_name", policy("x" * 256)),
    ("needs_a_target", policy()),
    ("needs_a_target", policy(applications={"includeApplications": ["None"]})),
    ("needs_a_target", policy(applications=REGISTER)),
    ("needs_a_target", policy(applications={"includeAuthenticationContextClassReferences": ["c1"]})),
    ("needs_a_subject", policy(users={"includeRoles": [ids.GLOBAL_ADMINISTRATOR]})),
    ("needs_a_subject", policy(users={"includeGuestsOrExternalUsers": {"guestOrExternalUserTypes": "internalGuest"}})),
    ("needs_a_subject", policy(users={"includeUsers": ["None"]})),
    ("needs_a_subject", policy(**WORKLOAD, grant=BLOCK)),
    ("keywords_stand_alone", policy(users={"includeUsers": ["None"], "includeRoles": [ids.GLOBAL_ADMINISTRATOR]})),
    ("keywords_stand_alone", policy(users={"includeUsers": ["GuestsOrExternalUsers", ids.ADA]})),
    ("keywords_stand_alone", policy(applications={"includeApplications": ["Office365", ids.PORTAL]})),
    ("needs_a_control", policy(grant=None, session=EVERY_TIME)),
    ("needs_a_control", policy(session=None)),
    ("block_stands_alone", policy(grant=BLOCK)),
    ("mfa_or_strength", policy(grant=MFA_STRENGTH)),
    ("mfa_or_strength", policy(grant={**controls("compliantDevice"), "authenticationStrength": STRENGTH})),
    ("retired_controls", policy(grant=controls("compliantApplication"))),
    ("password_change", policy(**PASSWORD)),
    ("password_change", policy(**PASSWORD, session=EVERY_TIME)),
    ("risk_remediation", policy(**REMEDIATION)),
    ("sign_in_frequency", policy(session=EVERY_TIME)),
    *[
        ("sign_in_frequency", policy(session=frequency(type=unit, value=value)))
        for unit, value in (("hours", 1), ("hours", 23), ("days", 1), ("days", 365))
    ],
    ("enforced_restrictions", policy(applications={"includeApplications": ["Office365"]}, session=RESTRICTIONS)),
    (
        "enforced_restrictions",
        policy(applications={"includeApplications": ["00000003-0000-0ff1-ce00-000000000000"]}, session=RESTRICTIONS),
    ),
    ("device_registration", policy(applications=REGISTER)),
    ("device_registration", policy(applications=REGISTER, grant=MFA_STRENGTH)),
    ("filters_have_rules", policy(devices={"deviceFilter": {"mode": "include", "rule": "x"}})),
    ("persistent_browser", policy(session={"persistentBrowser": {"isEnabled": True, "mode": "never"}})),
    ("placeholders_of_templates", policy(users={"includeUsers": ["All"], "excludeUsers": [ids.ADA]})),
]

BROKEN: list[tuple[str, Json, str]] = [
    ("needs_a_name", policy(""), "display_name"),
    ("needs_a_name", policy("x" * 257), "display_name"),
    ("needs_a_target", policy(applications={}), "conditions.applications"),
    ("needs_a_target", policy(applications={"excludeApplications": [ids.PORTAL]}), "conditions.applications"),
    (
        "needs_a_target",
        policy(applications={"includeApplications": ["All"], "includeUserActions": REGISTER["includeUserActions"]}),
        "conditions.applications",
    ),
    ("needs_a_subject", policy(users={}), "conditions.users"),
    ("needs_a_subject", policy(users={"excludeUsers": [ids.ADA]}), "conditions.users"),
    ("needs_a_subject", policy(**WORKLOAD), "grant_controls.built_in_controls"),
    ("needs_a_subject", policy(**WORKLOAD, grant=BLOCK, session=EVERY_TIME), "session_controls"),
    ("keywords_stand_alone", policy(users={"includeUsers": ["All", ids.ADA]}), "conditions.users.include_users"),
    ("keywords_stand_alone", policy(users={"includeUsers": ["None", "All"]}), "conditions.users.include_users"),
    (
        "keywords_stand_alone",
        policy(applications={"includeApplications": ["all", ids.PORTAL]}),
        "conditions.applications.include_applications",
    ),
    ("needs_a_control", policy(grant=None), "grant_controls"),
    ("needs_a_control", policy(grant={"builtInControls": ["mfa", "compliantDevice"]}), "grant_controls.operator"),
    ("block_stands_alone", policy(grant=controls("block", "mfa")), "grant_controls.built_in_controls"),
    ("block_stands_alone", policy(grant={**BLOCK, **TERMS}), "grant_controls.built_in_controls"),
    ("block_stands_alone", policy(grant={**BLOCK, **MFA_STRENGTH}), "grant_controls.built_in_controls"),
    ("mfa_or_strength", policy(grant={**controls("mfa"), "authenticationStrength": STRENGTH}), "grant_controls"),
    ("retired_controls", policy(grant=controls("approvedApplication")), "grant_controls.built_in_controls"),
    (
        "password_change",
        policy(**{**PASSWORD, "grant": controls("passwordChange")}),
        "grant_controls.built_in_controls",
    ),
    (
        "password_change",
        policy(**{**PASSWORD, "grant": controls("mfa", "passwordChange", "compliantDevice")}),
        "grant_controls.built_in_controls",
    ),
    (
        "password_change",
        policy(**{**PASSWORD, "grant": {**controls("passwordChange"), "authenticationStrength": STRENGTH}}),
        "grant_controls.built_in_controls",
    ),
    (
        "password_change",
        policy(**{**PASSWORD, "grant": controls("mfa", "passwordChange", operator="OR")}),
        "grant_controls.operator",
    ),
    ("password_change", policy(**{**PASSWORD, "userRiskLevels": []}), "conditions.user_risk_levels"),
    (
        "password_change",
        policy(**PASSWORD, applications={"includeApplications": ["Office365"]}),
        "conditions.applications",
    ),
    (
        "password_change",
        policy(**PASSWORD, applications={"includeApplications": ["All"], "excludeApplications": [ids.PORTAL]}),
        "conditions.applications",
    ),
    ("password_change", policy(**PASSWORD, locations={"includeLocations": ["All"]}), "conditions"),
    ("password_change", policy(**PASSWORD, signInRiskLevels=["high"]), "conditions"),
    ("password_change", with_value(policy(**PASSWORD), "conditions.clientAppTypes", ["browser"]), "conditions"),
    ("risk_remediation", policy(**{**REMEDIATION, "grant": controls("riskRemediation")}), "grant_controls"),
    (
        "risk_remediation",
        policy(**{**REMEDIATION, "grant": {**REMEDIATION["grant"], "operator": "OR"}}),
        "grant_controls",
    ),
    (
        "risk_remediation",
        policy(
            **{
                **REMEDIATION,
                "grant": {**controls("passwordChange", "riskRemediation"), "authenticationStrength": STRENGTH},
            }
        ),
        "grant_controls",
    ),
    ("risk_remediation", policy(**{**REMEDIATION, "session": None}), "session_controls.sign_in_frequency"),
    (
        "risk_remediation",
        policy(**{**REMEDIATION, "session": frequency(type="hours", value=1)}),
        "session_controls.sign_in_frequency",
    ),
    ("risk_remediation", policy(**{**REMEDIATION, "userRiskLevels": []}), "conditions.user_risk_levels"),
    ("risk_remediation", policy(**REMEDIATION, signInRiskLevels=["high"]), "conditions.user_risk_levels"),
    ("sign_in_frequency", policy(session={**EVERY_TIME, **RESTRICTIONS}), "session_controls.sign_in_frequency"),
    (
        "sign_in_frequency",
        policy(session={**EVERY_TIME, "disableResilienceDefaults": True}),
        "session_controls.sign_in_frequency",
    ),
    ("sign_in_frequency", policy(session=frequency()), "session_controls.sign_in_frequency"),
    ("sign_in_frequency", policy(session=frequency(type="hours")), "session_controls.sign_in_frequency"),
    ("sign_in_frequency", policy(session=frequency(value=4)), "session_controls.sign_in_frequency"),
    *[
        (
            "sign_in_frequency",
            policy(session=frequency(type=unit, value=value)),
            "session_controls.sign_in_frequency.value",
        )
        for unit, value in (("hours", 0), ("hours", 24), ("days", 0), ("days", 366))
    ],
    ("enforced_restrictions", policy(session=RESTRICTIONS), "session_controls.application_enforced_restrictions"),
    (
        "enforced_restrictions",
        policy(applications={"includeApplications": ["Office365", ids.PORTAL]}, session=RESTRICTIONS),
        "session_controls.application_enforced_restrictions",
    ),
    (
        "device_registration",
        policy(applications=REGISTER, grant=controls("mfa", "compliantDevice")),
        "grant_controls.built_in_controls",
    ),
    ("device_registration", policy(applications=REGISTER, grant=BLOCK), "grant_controls.built_in_controls"),
    ("device_registration", policy(applications=REGISTER, grant=TERMS), "grant_controls.built_in_controls"),
    (
        "device_registration",
        policy(applications=REGISTER, grant=None, session=EVERY_TIME),
        "grant_controls.built_in_controls",
    ),
    (
        "device_registration",
        policy(applications=REGISTER, devices={"deviceFilter": {"mode": "include", "rule": "x"}}),
        "conditions.devices",
    ),
    ("device_registration", clients("browser"), "conditions.client_app_types"),
    ("filters_have_rules", policy(devices={"deviceFilter": {"mode": "include"}}), "conditions.devices.device_filter"),
    ("filters_have_rules", policy(devices={"deviceFilter": {"rule": "x"}}), "conditions.devices.device_filter"),
    (
        "filters_have_rules",
        policy(applications={"applicationFilter": {"mode": "include", "rule": ""}}),
        "conditions.applications.application_filter",
    ),
    (
        "filters_have_rules",
        policy(clientApplications={"servicePrincipalFilter": {"rule": "x"}}, grant=BLOCK),
        "conditions.client_applications.service_principal_filter",
    ),
    (
        "persistent_browser",
        policy(session={"persistentBrowser": {"isEnabled": True}}),
        "session_controls.persistent_browser.mode",
    ),
    (
        "placeholders_of_templates",
        policy(users={"includeUsers": ["All"], "excludeUsers": ["Current administrator will be excluded"]}),
        "conditions.users.exclude_users",
    ),
]


def faults(rule: str, raw: Json) -> list[rules.Fault]:
    """What one rule finds in a policy."""
    return list(getattr(rules, rule)(rules.PolicyView(canonical_policy(raw))))


@pytest.mark.parametrize(("rule", "raw"), KEPT)
def test_policy_that_keeps_the_rule(rule: str, raw: Json) -> None:
    assert faults(rule, raw) == []


@pytest.mark.parametrize(("rule", "raw", "path"), BROKEN)
def test_policy_that_breaks_the_rule(rule: str, raw: Json, path: str) -> None:
    found = faults(rule, raw)
    assert path in [fault.path for fault in found]
    assert all(fault.remedy for fault in found)


def test_every_rule_is_tested_both_ways() -> None:
    names = {rule.__name__ for rule in rules.RULES}
    assert {rule for rule, _unused in KEPT} == names
    assert {rule for rule, _unused, _unused in BROKEN} == names


@pytest.mark.parametrize("raw", [raw for _unused, raw, _unused in BROKEN])
def test_no_rule_stumbles_over_a_broken_policy(raw: Json) -> None:
    assert rules.faults_of(canonical_policy(raw)) != []


@pytest.mark.parametrize("raw", [{}, {"displayName": "x"}, {"conditions": {}}, {"grantControls": {}}])
def test_no_rule_stumbles_over_an_empty_policy(raw: Json) -> None:
    assert {"conditions.applications", "conditions.users", "grant_controls"} <= {
        fault.path for fault in rules.faults_of(canonical_policy(raw))
    }


def test_all_faults_are_named_at_once_under_the_option() -> None:
    with pytest.raises(OptionError) as failure:
        rules.check_rules(canonical_policy(policy("", users={}, grant=None)), "policies[3]")
    message = str(failure.value)
    for path in ("policies[3].display_name", "policies[3].conditions.users", "policies[3].grant_controls"):
        assert f"{path}: " in message


def test_policy_without_faults_passes() -> None:
    rules.check_rules(canonical_policy(policy()), "")
