# Copyright: (c) 2026, m365.entra contributors
# GNU General Public License v3.0+ (see COPYING or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later

"""The portal lane of self-service password reset: read, change, hand back whole (facts section 6.2)."""

from __future__ import annotations

from .._reconcile.action import Action
from .._settings.password_reset_shape import (
    RECORDED,
    SELF_SERVICE_PASSWORD_RESET,
    check_given_password_reset,
    check_password_reset,
    from_the_wire,
    to_the_wire,
)
from .._settings.recorded_object import require_recorded_form
from .._settings.setting_plan import CurrentSetting, SettingPlan
from .portal_action import portal_action
from .setting import Setting, plan_singleton
from .settings_reader import SettingsReader

NOUN = "self_service_password_reset"
_NAME = "self-service password reset"


def _read(reader: SettingsReader) -> tuple[CurrentSetting, ...]:
    addresses = reader.portal_addresses
    raw = reader.session.portal.get(addresses.password_reset, addresses.password_reset_scope)
    require_recorded_form(raw, RECORDED, _NAME)
    url, scope = addresses.password_reset, addresses.password_reset_scope
    return (CurrentSetting(url, _NAME, from_the_wire(raw), raw, SELF_SERVICE_PASSWORD_RESET, scope),)


def _action(setting: Setting, plan: SettingPlan, _api_version: str) -> Action:
    return portal_action(setting, plan, "PUT", to_the_wire)


SETTING = Setting(
    noun=NOUN,
    label=_NAME,
    options=SELF_SERVICE_PASSWORD_RESET,
    read=_read,
    plan=plan_singleton,
    action=_action,
    read_permissions=(),
    write_permissions=(),
    check=check_password_reset,
    check_given=check_given_password_reset,
)
