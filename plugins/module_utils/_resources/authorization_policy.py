# Copyright: (c) 2026, m365.entra contributors
# GNU General Public License v3.0+ (see COPYING or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later

"""The setting authorization policy: password reset of administrators, guests, what users may do (facts section 7.1)."""

from __future__ import annotations

from .._guard.permissions import READ_AUTHORIZATION_POLICY, WRITE_AUTHORIZATION_POLICY
from .._reconcile.action import Action
from .._reconcile.canonical import canonical
from .._reconcile.compare import patch_body
from .._reconcile.shape import Json
from .._settings.authorization_policy_shape import AUTHORIZATION_POLICY, GUEST_ROLES
from .._settings.setting_plan import CurrentSetting, SettingPlan
from .setting import Setting, plan_singleton, update_action
from .settings_reader import SettingsReader

NOUN = "authorization_policy"
PATH = "/policies/authorizationPolicy"
_NAME = "authorization policy"
_GUEST_ROLE = "guestUserRoleId"


def current_authorization_policy(raw: Json) -> CurrentSetting:
    """The policy from the service's answer, with the guests' role by name."""
    names = {identifier: name for name, identifier in GUEST_ROLES.items()}
    role = str(raw.get(_GUEST_ROLE) or "").lower()
    content = canonical(AUTHORIZATION_POLICY, {**raw, _GUEST_ROLE: names.get(role, role)})
    return CurrentSetting("", _NAME, content, raw, AUTHORIZATION_POLICY)


def _read(reader: SettingsReader) -> tuple[CurrentSetting, ...]:
    # In v1.0 there is one; beta makes a collection of it.
    return (current_authorization_policy(reader.session.get(PATH)),)


def _body(before: Json, after: Json) -> Json:
    body = patch_body(AUTHORIZATION_POLICY, before, after)
    if _GUEST_ROLE in body:
        body[_GUEST_ROLE] = GUEST_ROLES.get(body[_GUEST_ROLE], body[_GUEST_ROLE])
    return body


def _action(setting: Setting, plan: SettingPlan, _api_version: str) -> Action:
    after = plan.content or {}
    return update_action(setting, plan, PATH, (_body(plan.before, after), _body(after, plan.before)))


SETTING = Setting(
    noun=NOUN,
    label=_NAME,
    options=AUTHORIZATION_POLICY,
    read=_read,
    plan=plan_singleton,
    action=_action,
    read_permissions=(READ_AUTHORIZATION_POLICY,),
    write_permissions=(WRITE_AUTHORIZATION_POLICY,),
)
