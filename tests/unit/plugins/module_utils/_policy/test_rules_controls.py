# Copyright: (c) 2026, m365.entra contributors
# GNU General Public License v3.0+ (see COPYING or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later
"""Rules for grant controls: policies that keep them and policies that break them."""

from __future__ import annotations

import typing as t

import pytest

from ansible_collections.m365.entra.plugins.module_utils._policy import rules_controls
from ansible_collections.m365.entra.plugins.module_utils._policy.canonical_policy import canonical_policy
from ansible_collections.m365.entra.plugins.module_utils._policy.rules import faults_of
from ansible_collections.m365.entra.tests.unit.plugins.module_utils.support import ids
from ansible_collections.m365.entra.tests.unit.plugins.module_utils.support.policies import BLOCK, policy, with_value
from ansible_collections.m365.entra.tests.unit.plugins.module_utils.support.rule_checks import faults, rule_names

Json = dict[str, t.Any]

STRENGTH: Json = {"id": ids.MFA_STRENGTH}
MFA_STRENGTH: Json = {"operator": "OR", "authenticationStrength": STRENGTH}
TERMS: Json = {"operator": "OR", "termsOfUse": [ids.OFFICE]}
EVERY_TIME: Json = {"signInFrequency": {"isEnabled": True, "frequencyInterval": "everyTime"}}
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
    ("needs_a_control", policy(grant=None, session=EVERY_TIME)),
    ("needs_a_control", policy(session=None)),
    ("block_stands_alone", policy(grant=BLOCK)),
    ("mfa_or_strength", policy(grant=MFA_STRENGTH)),
    ("mfa_or_strength", policy(grant={**controls("compliantDevice"), "authenticationStrength": STRENGTH})),
    ("retired_controls", policy(grant=controls("compliantApplication"))),
    ("password_change", policy(**PASSWORD)),
    ("password_change", policy(**PASSWORD, session=EVERY_TIME)),
    ("risk_remediation", policy(**REMEDIATION)),
    ("device_registration", policy(applications=REGISTER)),
    ("device_registration", policy(applications=REGISTER, grant=MFA_STRENGTH)),
    (
        "password_change",
        policy(**{**PASSWORD, "grant": {**controls("passwordChange"), "authenticationStrength": STRENGTH}}),
    ),
    (
        "risk_remediation",
        policy(
            **{
                **REMEDIATION,
                "grant": {**controls("compliantDevice", "riskRemediation"), "authenticationStrength": STRENGTH},
            }
        ),
    ),
]

BROKEN: list[tuple[str, Json, str]] = [
    ("needs_a_control", policy(grant=None), "grant_controls"),
    ("needs_a_control", policy(grant=None, session={"secureSignInSession": {"isEnabled": False}}), "grant_controls"),
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
    (
        "password_change",
        policy(
            **{**PASSWORD, "grant": {**controls("passwordChange", operator="OR"), "authenticationStrength": STRENGTH}}
        ),
        "grant_controls.operator",
    ),
    *[
        ("risk_remediation", policy(**REMEDIATION, users=users), "conditions.users")
        for users in (
            {"includeUsers": ["GuestsOrExternalUsers"]},
            {"includeGuestsOrExternalUsers": {"guestOrExternalUserTypes": "internalGuest"}},
        )
    ],
]


@pytest.mark.parametrize(("rule", "raw"), KEPT)
def test_policy_that_keeps_the_rule(rule: str, raw: Json) -> None:
    assert faults(rules_controls, rule, raw) == []


@pytest.mark.parametrize(("rule", "raw", "path"), BROKEN)
def test_policy_that_breaks_the_rule(rule: str, raw: Json, path: str) -> None:
    found = faults(rules_controls, rule, raw)
    assert path in [fault.path for fault in found]
    assert all(fault.remedy for fault in found)


def test_every_rule_is_tested_both_ways() -> None:
    assert {rule for rule, _unused in KEPT} == rule_names(rules_controls)
    assert {rule for rule, _unused, _unused in BROKEN} == rule_names(rules_controls)


@pytest.mark.parametrize("raw", [raw for _unused, raw, _unused in BROKEN])
def test_no_rule_stumbles_over_a_broken_policy(raw: Json) -> None:
    assert faults_of(canonical_policy(raw)) != []
