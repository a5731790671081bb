# Copyright: (c) 2026, m365.entra contributors
# GNU General Public License v3.0+ (see COPYING or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later
"""What the authentication methods policy allows for resetting passwords (facts section 6.1)."""

from __future__ import annotations

import typing as t

import pytest

from ansible_collections.m365.entra.plugins.module_utils._evidence.methods_policy import (
    ALLOWANCES,
    Allowance,
    decides_alone,
    read_methods_policy,
    registration_campaign,
)
from ansible_collections.m365.entra.plugins.module_utils._resources.settings_reader import METHODS_POLICY
from ansible_collections.m365.entra.tests.unit.plugins.module_utils._evidence.evidence_session import (
    EvidenceSession,
    method,
    methods_policy,
)

ALL, SOME, NOBODY = Allowance(True, True), Allowance(True, False), Allowance(False, False)
AUTHENTICATOR = "MicrosoftAuthenticator"


@pytest.mark.parametrize(
    ("option", "methods", "expected"),
    [
        ("email_option_enabled", [method("Email")], ALL),
        ("email_option_enabled", [method("email")], ALL),
        ("email_option_enabled", [method("Email", "disabled")], NOBODY),
        ("email_option_enabled", [method("Email", target="g")], SOME),
        ("email_option_enabled", [method("Email", excludeTargets=[{"id": "g"}])], Allowance(True, True, 1)),
        ("email_option_enabled", [method("Sms")], None),
        ("mobile_phone_option_enabled", [method("Sms"), method("Voice", "disabled")], ALL),
        ("mobile_phone_option_enabled", [method("Sms", "disabled"), method("Voice")], ALL),
        ("mobile_phone_option_enabled", [method("Sms", target="g"), method("Voice")], ALL),
        ("mobile_phone_option_enabled", [method("Sms", "disabled"), method("Voice", "disabled")], NOBODY),
        ("office_phone_option_enabled", [method("Voice", isOfficePhoneAllowed=True)], ALL),
        ("office_phone_option_enabled", [method("Voice", isOfficePhoneAllowed=False)], NOBODY),
        ("office_phone_option_enabled", [method("Voice")], NOBODY),
        ("office_phone_option_enabled", [method("Voice", "disabled", isOfficePhoneAllowed=True)], NOBODY),
        ("mobile_app_notification_enabled", [method(AUTHENTICATOR)], ALL),
        ("mobile_app_code_enabled", [method("SoftwareOath")], ALL),
        ("mobile_app_code_enabled", [method(AUTHENTICATOR, isSoftwareOathEnabled=True)], ALL),
        ("mobile_app_code_enabled", [method(AUTHENTICATOR), method("SoftwareOath", "disabled")], NOBODY),
        ("mobile_app_code_enabled", [], None),
    ],
)
def test_methods_of_each_option(option: str, methods: list[dict[str, t.Any]], expected: Allowance | None) -> None:
    assert ALLOWANCES[option](methods_policy(*methods)) == expected


@pytest.mark.parametrize(
    ("state", "alone"), [("migrationComplete", True), ("migrationInProgress", False), ("preMigration", False)]
)
def test_only_a_complete_migration_ends_the_legacy_settings(state: str, alone: bool) -> None:
    assert decides_alone(methods_policy(state=state)) is alone
    assert decides_alone({}) is False


def test_a_cloud_without_the_policy_is_told() -> None:
    found = read_methods_policy(EvidenceSession())
    assert found.problem == "the authentication methods policy could not be read (404 NotFound)"


@pytest.mark.parametrize(
    ("answer", "words"),
    [
        ({}, "holds no list authenticationMethodConfigurations"),
        ({"authenticationMethodConfigurations": {}}, "holds no list"),
        (methods_policy("Email"), "no object"),
        (methods_policy(method("Email", includeTargets={})), "holds no list includeTargets"),
        (methods_policy(method("Email", excludeTargets=["g"])), "no object"),
        ({**methods_policy(), "registrationEnforcement": []}, "registrationEnforcement is no object"),
        (
            {
                **methods_policy(),
                "registrationEnforcement": {"authenticationMethodsRegistrationCampaign": {"includeTargets": 1}},
            },
            "holds no list includeTargets",
        ),
    ],
)
def test_a_policy_that_looks_otherwise_is_no_answer(answer: dict[str, t.Any], words: str) -> None:
    found = read_methods_policy(EvidenceSession({METHODS_POLICY: answer}))
    assert found.value is None
    assert found.problem.startswith("the authentication methods policy could not be read (")
    assert words in found.problem


def test_the_campaign_in_short() -> None:
    campaign = {
        "state": "enabled",
        "includeTargets": [
            {"id": "all_users", "targetedAuthenticationMethod": "microsoftAuthenticator"},
            {"id": "g", "targetedAuthenticationMethod": "microsoftAuthenticator"},
        ],
    }
    policy = {"registrationEnforcement": {"authenticationMethodsRegistrationCampaign": campaign}}
    assert registration_campaign(policy) == {"state": "enabled", "methods": ["microsoftAuthenticator"]}
    assert registration_campaign({"registrationEnforcement": None}) == {"state": None, "methods": []}
