# Copyright: (c) 2026, m365.entra contributors
# GNU General Public License v3.0+ (see COPYING or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later
"""The steps in the words of the admin center, with links that fit the cloud."""

from __future__ import annotations

import typing as t

import pytest

from ansible_collections.m365.entra.plugins.module_utils._evidence.compliance import Answer
from ansible_collections.m365.entra.plugins.module_utils._evidence.password_reset import SETTINGS
from ansible_collections.m365.entra.plugins.module_utils._evidence.password_reset_steps import steps
from ansible_collections.m365.entra.plugins.module_utils._evidence.portal_links import (
    METHODS_POLICY,
    MFA_REGISTRATION,
    PROPERTIES,
    link,
)
from ansible_collections.m365.entra.plugins.module_utils._graph.clouds import CLOUDS

BLADE = "#view/Microsoft_AAD_IAM/PasswordResetMenuBlade/~"


@pytest.mark.parametrize(
    ("option", "wanted", "words", "page"),
    [
        ("enablement_type", "all", "'Self service password reset enabled' to All.", "Properties"),
        ("enablement_type", "none", "to None.", "Properties"),
        ("password_reset_enabled_group", "Staff", "'Select group' the group 'Staff'", "Properties"),
        ("number_of_authentication_methods_required", 2, "required to reset' to 2.", "AuthenticationMethods"),
        ("number_of_questions_to_register", 5, "required to register' to 5.", "AuthenticationMethods"),
        ("number_of_questions_to_reset", 3, "required to reset' to 3.", "AuthenticationMethods"),
        ("security_questions_option_enabled", True, "select 'Security questions'", "AuthenticationMethods"),
        ("security_questions_option_enabled", False, "clear 'Security questions'", "AuthenticationMethods"),
        ("registration_required_on_sign_in", True, "when signing in?' to Yes.", "Registration"),
        ("registration_reconfirm_interval_in_days", 180, "information' to 180.", "Registration"),
        ("notify_users_on_password_reset", True, "'Notify users on password resets?' to Yes.", "Notifications"),
        ("notify_on_admin_password_reset", False, "reset their password?' to No.", "Notifications"),
        ("customize_helpdesk_link", True, "'Customize helpdesk link?' to Yes.", "Properties"),
        ("custom_helpdesk_email_or_url", "it@contoso.example", "enter 'it@contoso.example'", "Properties"),
    ],
)
def test_steps_name_the_wanted_value(option: str, wanted: t.Any, words: str, page: str) -> None:
    (step,) = steps([Answer(option, wanted)], "global")
    assert step["text"].startswith("Entra ID > Password reset > ")
    assert words in step["text"]
    assert step["link"] == f"https://entra.microsoft.com/{BLADE}/{page}"


@pytest.mark.parametrize(
    ("option", "wanted", "words"),
    [
        ("email_option_enabled", True, "enable Email OTP for all users"),
        ("email_option_enabled", False, "turn off Email OTP"),
        ("mobile_phone_option_enabled", True, "SMS or Voice call"),
        ("mobile_phone_option_enabled", False, "SMS and Voice call"),
        ("office_phone_option_enabled", True, "'Office' under Configure"),
        ("mobile_app_notification_enabled", True, "enable Microsoft Authenticator"),
        ("mobile_app_code_enabled", False, "turn off Third-party software OATH tokens"),
    ],
)
def test_methods_are_changed_in_their_policy(option: str, wanted: bool, words: str) -> None:
    (step,) = steps([Answer(option, wanted)], "global")
    assert words in step["text"]
    assert "authentication_method_configuration" in step["text"]
    assert step["link"].endswith("AuthenticationMethodsMenuBlade/~/AdminAuthMethods")


@pytest.mark.parametrize("option", SETTINGS)
@pytest.mark.parametrize("compliant", [True, False, None])
def test_every_setting_that_is_not_proven_has_a_step(option: str, compliant: bool | None) -> None:
    found = steps([Answer(option, True, compliant=compliant)], "global")
    assert [one["option"] for one in found] == ([] if compliant else [option])


@pytest.mark.parametrize(
    ("cloud", "host"),
    [
        ("global", "https://entra.microsoft.com/#"),
        ("us_government_l4", "https://entra.microsoft.us/#"),
        ("us_government_l5", "https://entra.microsoft.us/#"),
        ("china", "https://entra.microsoftonline.cn/#"),
    ],
)
def test_links_lead_into_the_cloud(cloud: str, host: str) -> None:
    assert cloud in CLOUDS
    found = link(cloud, PROPERTIES)
    assert found is not None
    assert found.startswith(host)


@pytest.mark.parametrize("page", [METHODS_POLICY, MFA_REGISTRATION])
def test_there_is_no_link_where_there_is_no_page(page: str) -> None:
    assert link("china", page) is None
    assert link("elsewhere", PROPERTIES) is None
