# Copyright: (c) 2026, m365.entra contributors
# GNU General Public License v3.0+ (see COPYING or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later

"""The setting authentication methods policy: migration, registration campaign (facts section 4.1)."""

from __future__ import annotations

from .._graph.api_versions import BETA
from .._guard.permissions import READ_METHODS_POLICY, WRITE_METHODS_POLICY
from .._reconcile.action import Action
from .._reconcile.canonical import canonical
from .._reconcile.compare import patch_body
from .._reconcile.preview import without_preview
from .._reconcile.shape import Json, Part
from .._settings.authentication_methods_rules import check_given_methods_policy, check_methods_policy
from .._settings.authentication_methods_shape import AUTHENTICATION_METHODS_POLICY
from .._settings.setting_plan import CurrentSetting, SettingPlan
from .setting import Setting, plan_singleton, update_action
from .settings_reader import METHODS_POLICY, SettingsReader

NOUN = "authentication_methods_policy"
_NAME = "authentication methods policy"


def shape_of(api_version: str) -> Part:
    """The form of the policy in a version of Graph."""
    return AUTHENTICATION_METHODS_POLICY if api_version == BETA else without_preview(AUTHENTICATION_METHODS_POLICY)


def current_methods_policy(raw: Json, api_version: str) -> CurrentSetting:
    """The policy from the service's answer."""
    shape = shape_of(api_version)
    return CurrentSetting("", _NAME, canonical(shape, raw), raw, shape)


def _read(reader: SettingsReader) -> tuple[CurrentSetting, ...]:
    return (current_methods_policy(reader.methods_policy(), reader.api_version),)


def _action(setting: Setting, plan: SettingPlan, api_version: str) -> Action:
    after = plan.content or {}
    bodies = patch_body(plan.shape, plan.before, after), patch_body(plan.shape, after, plan.before)
    return update_action(setting, plan, METHODS_POLICY, bodies, api_version)


SETTING = Setting(
    noun=NOUN,
    label=_NAME,
    options=AUTHENTICATION_METHODS_POLICY,
    read=_read,
    plan=plan_singleton,
    action=_action,
    read_permissions=(READ_METHODS_POLICY,),
    write_permissions=(WRITE_METHODS_POLICY,),
    check=check_methods_policy,
    check_given=check_given_methods_policy,
    clouds_without=("china",),
)
