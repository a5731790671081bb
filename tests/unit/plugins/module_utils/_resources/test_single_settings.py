# Copyright: (c) 2026, m365.entra contributors
# GNU General Public License v3.0+ (see COPYING or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later
"""The settings of which a tenant has one, and per-user MFA: what is sent, and what takes it back."""

from __future__ import annotations

import typing as t

import pytest

from ansible_collections.m365.entra.plugins.module_utils._graph.errors import EntraError, OptionError
from ansible_collections.m365.entra.plugins.module_utils._reconcile.action import Action
from ansible_collections.m365.entra.plugins.module_utils._resources import (
    authentication_methods_policy,
    authorization_policy,
    per_user_mfa_setting,
)
from ansible_collections.m365.entra.plugins.module_utils._resources.setting import Setting
from ansible_collections.m365.entra.plugins.module_utils._resources.setting_options import setting_result
from ansible_collections.m365.entra.plugins.module_utils._resources.settings import setting_phases
from ansible_collections.m365.entra.plugins.module_utils._settings.setting_plan import (
    CurrentSetting,
    DesiredSetting,
    SettingPlan,
)
from ansible_collections.m365.entra.tests.unit.plugins.module_utils.support.fake_settings import (
    authorization_policy as stored_authorization_policy,
)
from ansible_collections.m365.entra.tests.unit.plugins.module_utils.support.fake_settings import (
    campaign,
    methods_policy,
)
from ansible_collections.m365.entra.tests.unit.plugins.module_utils.support.ids import ADA, STAFF

Json = dict[str, t.Any]
CAMPAIGN = "authenticationMethodsRegistrationCampaign"
UNKNOWN_ROLE = "33333333-0000-4000-8000-000000000003"


def with_campaign(**members: t.Any) -> Json:
    """The methods policy with a campaign."""
    return methods_policy(registrationEnforcement={CAMPAIGN: campaign(**members)})


def planned(setting: Setting, current: CurrentSetting, content: Json) -> SettingPlan:
    """The plan for what is wanted of the one setting."""
    return setting.plan(setting, DesiredSetting("policy", content), [current])


def methods(raw: Json, content: Json, version: str = "v1.0") -> SettingPlan:
    """The plan for the methods policy."""
    current = authentication_methods_policy.current_methods_policy(raw, version)
    return planned(authentication_methods_policy.SETTING, current, content)


def authorization(raw: Json, content: Json) -> SettingPlan:
    """The plan for the authorization policy."""
    current = authorization_policy.current_authorization_policy(raw)
    return planned(authorization_policy.SETTING, current, content)


def bodies(action: Action) -> tuple[Json | None, Json | None]:
    """What an action sends, and what its undo sends."""
    assert action.undo is not None
    assert action.undo.undo is None
    assert (action.undo.collection, action.undo.api_version) == (action.collection, action.api_version)
    return action.body, action.undo.body


def test_campaign_is_sent_whole_both_ways() -> None:
    plan = methods(with_campaign(), {"registrationEnforcement": {CAMPAIGN: {"snoozeDurationInDays": 0}}})
    action = authentication_methods_policy.SETTING.action(authentication_methods_policy.SETTING, plan, "v1.0")
    there, back = bodies(action)
    assert there == {"registrationEnforcement": {CAMPAIGN: campaign(snoozeDurationInDays=0)}}
    assert back == {"registrationEnforcement": {CAMPAIGN: campaign()}}


def test_campaign_in_beta_has_one_more() -> None:
    raw = with_campaign(enforceRegistrationAfterAllowedSnoozes=True)
    plan = methods(raw, {"registrationEnforcement": {CAMPAIGN: {"state": "disabled"}}}, "beta")
    action = authentication_methods_policy.SETTING.action(authentication_methods_policy.SETTING, plan, "beta")
    there, _back = bodies(action)
    assert there is not None
    assert there["registrationEnforcement"][CAMPAIGN]["enforceRegistrationAfterAllowedSnoozes"] is True
    assert action.api_version == "beta"


@pytest.mark.parametrize("content", [{}, {"policyMigrationState": "MIGRATIONCOMPLETE"}])
def test_rules_are_for_what_changes(content: Json) -> None:
    """What a tenant has already is none of our business while it stays."""
    raw = with_campaign(state="enabled", snoozeDurationInDays=99, includeTargets=[])
    assert not methods(raw, content).is_changed
    with pytest.raises(OptionError, match=r"^policy\.registration_enforcement\..*include_targets must not be empty"):
        methods(raw, {"policyMigrationState": "preMigration"})


def test_missing_campaign_is_one_with_defaults() -> None:
    current = authentication_methods_policy.current_methods_policy(methods_policy(registrationEnforcement=None), "v1.0")
    found = setting_result(current)["registration_enforcement"]["authentication_methods_registration_campaign"]
    assert (found["state"], found["include_targets"]) == ("default", [])


def test_guest_role_by_name_there_and_back() -> None:
    plan = authorization(stored_authorization_policy(), {"guestUserRoleId": "user", "blockMsolPowerShell": True})
    there, back = bodies(authorization_policy.SETTING.action(authorization_policy.SETTING, plan, "beta"))
    assert there == {"guestUserRoleId": "a0b1b346-4d3e-4e8b-98f8-753987be4970", "blockMsolPowerShell": True}
    assert back == {"guestUserRoleId": "10dae51f-b6af-4016-8d66-8c2a99b929b3", "blockMsolPowerShell": False}


def test_guest_role_that_is_not_known_is_kept_by_its_id() -> None:
    raw = stored_authorization_policy(guestUserRoleId=UNKNOWN_ROLE.upper())
    plan = authorization(raw, {"guestUserRoleId": "user"})
    _there, back = bodies(authorization_policy.SETTING.action(authorization_policy.SETTING, plan, "v1.0"))
    assert back == {"guestUserRoleId": UNKNOWN_ROLE}
    assert not authorization(raw, {"allowedToUseSSPR": True}).is_changed


def test_null_is_false() -> None:
    raw = stored_authorization_policy()
    assert not authorization(raw, {"allowUserConsentForRiskyApps": False}).is_changed
    plan = authorization(raw, {"defaultUserRolePermissions": {"allowedToCreateTenants": True}})
    there, back = bodies(authorization_policy.SETTING.action(authorization_policy.SETTING, plan, "v1.0"))
    assert there == {"defaultUserRolePermissions": {"allowedToCreateTenants": True}}
    assert back == {"defaultUserRolePermissions": {"allowedToCreateTenants": False}}


def test_authorization_policy_is_written_through_v1() -> None:
    plan = authorization(stored_authorization_policy(), {"allowInvitesFrom": "none"})
    action = authorization_policy.SETTING.action(authorization_policy.SETTING, plan, "beta")
    assert (action.collection, action.api_version) == ("/policies/authorizationPolicy", "v1.0")


@pytest.mark.parametrize("state", ["enabled", "enforced"])
def test_per_user_mfa_there_and_back(state: str) -> None:
    setting = per_user_mfa_setting.SETTING
    current = CurrentSetting(ADA, "ada", {"perUserMfaState": state}, {}, setting.options)
    desired = DesiredSetting("", {"perUserMfaState": "disabled"}, ADA)
    plan = SettingPlan(setting.noun, "ada", desired, setting.options, current, {"perUserMfaState": "disabled"})
    action = setting.action(setting, plan, "v1.0")
    assert bodies(action) == ({"perUserMfaState": "disabled"}, {"perUserMfaState": state})
    assert (action.collection, action.api_version) == (f"/users/{ADA}/authentication/requirements", "beta")


@pytest.mark.parametrize("state", ["enabled", "enforced"])
def test_per_user_mfa_is_turned_on_again_before_anything_is_taken_away(state: str) -> None:
    part, desired = per_user_mfa_setting.PER_USER_MFA, DesiredSetting("users[0]", {"perUserMfaState": state}, STAFF)
    current = CurrentSetting(STAFF, "staff", {"perUserMfaState": "disabled"}, {}, part)
    setting = per_user_mfa_setting.SETTING
    plan = setting.plan(setting, desired, [current])
    assert [(change.before, change.after) for change in plan.changes] == [("disabled", state)]
    around = setting_phases([plan], "v1.0")
    (opened, turned_on), (_others, turned_off) = around.before, around.after
    assert [action.body for action in turned_on.actions] == [{"perUserMfaState": state}]
    assert (opened.actions, turned_off.actions) == ((), ())


def test_per_user_mfa_of_who_is_gone() -> None:
    setting, desired = per_user_mfa_setting.SETTING, DesiredSetting("users[0]", {"perUserMfaState": "enabled"}, STAFF)
    with pytest.raises(EntraError, match=r"^users\[0\]: there is no user"):
        setting.plan(setting, desired, [])
