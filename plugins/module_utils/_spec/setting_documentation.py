# Copyright: (c) 2026, m365.entra contributors
# GNU General Public License v3.0+ (see COPYING or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later

"""The documentation of the options that describe settings, alone and as parts of tenant_configuration."""

from __future__ import annotations

import typing as t
from dataclasses import dataclass

from .._reconcile.shape import Part
from .._resources import authentication_method_configuration
from .._settings.authentication_methods_shape import AUTHENTICATION_METHODS_POLICY
from .._settings.authorization_policy_shape import AUTHORIZATION_POLICY
from .._settings.mfa_registration_shape import MFA_REGISTRATION_POLICY
from .._settings.password_reset_shape import SELF_SERVICE_PASSWORD_RESET
from . import setting_descriptions as texts
from . import setting_options
from .argument_spec import Options
from .documentation import Descriptions, documented, fields_by_path, fragment
from .method_descriptions import METHOD


@dataclass(frozen=True)
class DocumentedSetting:
    """The *options* of one setting and what they mean; *in_tenant* says it of all of them in tenant_configuration."""

    options: Options
    descriptions: Descriptions
    in_tenant: str


def _setting(
    options: Options, by_path: t.Mapping[str, str], in_tenant: str, form: Part | None = None
) -> DocumentedSetting:
    fields = fields_by_path(form) if form else {}
    return DocumentedSetting(options, Descriptions(by_path, fields=fields), in_tenant)


METHODS_POLICY: t.Final = "authentication_methods_policy"
METHODS: t.Final = "authentication_method_configurations"
AUTHORIZATION: t.Final = "authorization_policy"
MFA_REGISTRATION: t.Final = "mfa_registration_policy"
PASSWORD_RESET: t.Final = "self_service_password_reset"
PER_USER_MFA: t.Final = "per_user_mfa"

#: By the option of tenant_configuration.
DOCUMENTED: dict[str, DocumentedSetting] = {
    METHODS_POLICY: _setting(
        setting_options.METHODS_POLICY,
        texts.METHODS_POLICY,
        "The authentication methods policy, as in M(m365.entra.authentication_methods_policy). What is not given stays "
        "as it is.",
        AUTHENTICATION_METHODS_POLICY,
    ),
    METHODS: _setting(
        setting_options.METHOD,
        METHOD,
        "Authentication methods, as in M(m365.entra.authentication_method_configuration). One that is not listed is "
        "not touched. Those that open a method are written before the policies that ask for it, all others after them.",
        authentication_method_configuration.OPTIONS,
    ),
    AUTHORIZATION: _setting(
        setting_options.AUTHORIZATION,
        texts.AUTHORIZATION,
        "The authorization policy, as in M(m365.entra.authorization_policy). What is not given stays as it is.",
        AUTHORIZATION_POLICY,
    ),
    MFA_REGISTRATION: _setting(
        setting_options.MFA_REGISTRATION,
        texts.MFA_REGISTRATION,
        "The registration policy of Identity Protection, as in M(m365.entra.mfa_registration_policy), judged by the "
        "policies as they will be.",
        MFA_REGISTRATION_POLICY,
    ),
    PASSWORD_RESET: _setting(
        setting_options.PASSWORD_RESET,
        texts.PASSWORD_RESET,
        "Self-service password reset of users, as in M(m365.entra.self_service_password_reset), judged by the methods "
        "as they will be.",
        SELF_SERVICE_PASSWORD_RESET,
    ),
    PER_USER_MFA: _setting(
        setting_options.PER_USER_MFA,
        texts.PER_USER_MFA,
        "Turns off MFA that was switched on for single users, as in M(m365.entra.per_user_mfa), where the policies as "
        "they will be require MFA of them. An empty dictionary means all members.",
    ),
}
_API_VERSION = Descriptions(
    {
        "api_version": "The version of Microsoft Graph through which it is read and written. What exists only in beta "
        "needs V(beta), which Microsoft may change at any time; a warning names it.",
    }
)


def setting_fragment(name: str) -> str:
    """The options of the setting that tenant_configuration calls *name*."""
    setting = DOCUMENTED[name]
    return fragment(documented(setting.options, setting.descriptions))


def api_version_fragment() -> str:
    """The version of Graph through which a setting is read and written."""
    return fragment(documented(setting_options.API_VERSION.options, _API_VERSION))


def tenant_settings_fragment() -> str:
    """The options of tenant_configuration that take settings."""
    options = setting_options.TENANT_SETTINGS.options
    return fragment({name: _in_tenant(name, option) for name, option in options.items()})


def _in_tenant(name: str, option: Options) -> dict[str, t.Any]:
    setting = DOCUMENTED[name]
    is_list = option["type"] == "list"
    mentions = f"{name}[]." if is_list else f"{name}."
    return {
        "description": [setting.in_tenant],
        "type": option["type"],
        **({"elements": option["elements"]} if is_list else {}),
        "suboptions": documented(option["options"], setting.descriptions, mentions=mentions),
    }
