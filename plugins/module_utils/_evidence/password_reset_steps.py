# Copyright: (c) 2026, m365.entra contributors
# GNU General Public License v3.0+ (see COPYING or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later

"""The way through the admin center for every setting of password reset that is not proven."""

from __future__ import annotations

import typing as t

from .._reconcile.shape import Json
from . import portal_links as pages
from .compliance import Answer
from .manual_steps import SAVE, step, yes_or_no
from .methods_policy import ALLOWANCES

Text = t.Callable[[t.Any], str]

_WAY = "Entra ID > Password reset >"
_SCOPE = {"none": "None", "selected": "Selected", "all": "All"}


def _setting(page: str, words: str) -> Text:
    return lambda wanted: f"{_WAY} {page}: set {words!r} to {wanted}. {SAVE}"


def _switch(page: str, words: str) -> Text:
    return lambda wanted: f"{_WAY} {page}: set {words!r} to {yes_or_no(wanted)}. {SAVE}"


def _scope(wanted: t.Any) -> str:
    words = f"{_WAY} Properties: set 'Self service password reset enabled' to {_SCOPE.get(str(wanted), wanted)}."
    return f"{words} {SAVE}"


def _group(wanted: t.Any) -> str:
    return f"{_WAY} Properties: choose Selected, then under 'Select group' the group {wanted!r}. {SAVE}"


def _questions(wanted: t.Any) -> str:
    word = "select" if wanted else "clear"
    return f"{_WAY} Authentication methods: {word} 'Security questions' under 'Methods available to users'. {SAVE}"


def _helpdesk(wanted: t.Any) -> str:
    return f"{_WAY} Customization: enter {str(wanted)!r} as 'Custom helpdesk email or URL'. {SAVE}"


# For each option the text for its wanted value, and the page where it is.
_STEPS: dict[str, tuple[Text, str]] = {
    "enablement_type": (_scope, pages.PROPERTIES),
    "password_reset_enabled_group": (_group, pages.PROPERTIES),
    "number_of_authentication_methods_required": (
        _setting("Authentication methods", "Number of methods required to reset"),
        pages.AUTHENTICATION_METHODS,
    ),
    "security_questions_option_enabled": (_questions, pages.AUTHENTICATION_METHODS),
    "number_of_questions_to_register": (
        _setting("Authentication methods", "Number of questions required to register"),
        pages.AUTHENTICATION_METHODS,
    ),
    "number_of_questions_to_reset": (
        _setting("Authentication methods", "Number of questions required to reset"),
        pages.AUTHENTICATION_METHODS,
    ),
    "registration_required_on_sign_in": (
        _switch("Registration", "Require users to register when signing in?"),
        pages.REGISTRATION,
    ),
    "registration_reconfirm_interval_in_days": (
        _setting(
            "Registration", "Number of days before users are asked to re-confirm their authentication information"
        ),
        pages.REGISTRATION,
    ),
    "notify_users_on_password_reset": (
        _switch("Notifications", "Notify users on password resets?"),
        pages.NOTIFICATIONS,
    ),
    "notify_on_admin_password_reset": (
        _switch("Notifications", "Notify all admins when other admins reset their password?"),
        pages.NOTIFICATIONS,
    ),
    "customize_helpdesk_link": (_switch("Customization", "Customize helpdesk link?"), pages.CUSTOMIZATION),
    "custom_helpdesk_email_or_url": (_helpdesk, pages.CUSTOMIZATION),
}

# The names of methods in the policy, and in the switch that a method needs besides.
_METHODS = {
    "email_option_enabled": "Email OTP",
    "mobile_phone_option_enabled": "SMS or Voice call",
    "office_phone_option_enabled": "Voice call, with 'Office' under Configure",
    "mobile_app_notification_enabled": "Microsoft Authenticator",
    "mobile_app_code_enabled": "Third-party software OATH tokens, or Microsoft Authenticator with 'Allow use of "
    "Microsoft Authenticator OTP' under Configure",
}
_NOT_METHODS = {
    "mobile_phone_option_enabled": "SMS and Voice call",
    "office_phone_option_enabled": "'Office' under Configure of Voice call",
    "mobile_app_code_enabled": "Third-party software OATH tokens, and 'Allow use of Microsoft Authenticator OTP' under "
    "Configure of Microsoft Authenticator",
}


def _method(option: str, wanted: t.Any) -> str:
    name = _METHODS[option] if wanted else _NOT_METHODS.get(option, _METHODS[option])
    todo = f"enable {name} for all users, with nobody excluded" if wanted else f"turn off {name}"
    return (
        "Entra ID > Authentication methods > Policies: set 'Manage migration' to Migration Complete, and "
        f"{todo}. {SAVE} The modules authentication_methods_policy and "
        "authentication_method_configuration do the same."
    )


def steps(answers: t.Iterable[Answer], cloud: str) -> list[Json]:
    """A step for each answer that is not true, in the order of the answers: ``{"option", "text", "link"}``."""
    return [_step(answer, cloud) for answer in answers if answer.compliant is not True]


def _step(answer: Answer, cloud: str) -> Json:
    if answer.option in ALLOWANCES:
        return step(answer.option, _method(answer.option, answer.wanted), cloud, pages.METHODS_POLICY)
    text, page = _STEPS[answer.option]
    return step(answer.option, text(answer.wanted), cloud, page)
