# Copyright: (c) 2026, m365.entra contributors
# GNU General Public License v3.0+ (see COPYING or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later
"""A write to the portal's services: the whole object, and what takes it back."""

from __future__ import annotations

import typing as t

import pytest

from ansible_collections.m365.entra.plugins.module_utils._graph.errors import ConnectionFailed, OptionError
from ansible_collections.m365.entra.plugins.module_utils._reconcile.action import Action
from ansible_collections.m365.entra.plugins.module_utils._reconcile.carry_out import Progress, carry_out
from ansible_collections.m365.entra.plugins.module_utils._resources import (
    mfa_registration_policy,
    self_service_password_reset,
)
from ansible_collections.m365.entra.plugins.module_utils._resources.portal_action import portal_action
from ansible_collections.m365.entra.plugins.module_utils._resources.setting import Setting
from ansible_collections.m365.entra.plugins.module_utils._resources.settings_reader import SettingsReader
from ansible_collections.m365.entra.plugins.module_utils._settings.portal_addresses import PortalAddresses
from ansible_collections.m365.entra.plugins.module_utils._settings.setting_plan import DesiredSetting, SettingPlan
from ansible_collections.m365.entra.tests.unit.plugins.module_utils.support.fake_session import FakeSession
from ansible_collections.m365.entra.tests.unit.plugins.module_utils.support.fake_settings import (
    PASSWORD_RESET,
    PORTAL,
    password_reset,
    registration_policy,
)
from ansible_collections.m365.entra.tests.unit.plugins.module_utils.support.ids import PRINTERS, STAFF

Json = dict[str, t.Any]
REGISTRATION = "https://graph.example/one"
RESET, POLICY = self_service_password_reset.SETTING, mfa_registration_policy.SETTING
ADDRESSES = PortalAddresses(PORTAL, REGISTRATION, "scope-of-graph")


def tenant(**of_reset: t.Any) -> FakeSession:
    """A tenant with both objects."""
    session = FakeSession()
    session.settings.portal = {PASSWORD_RESET: password_reset(**of_reset), REGISTRATION: registration_policy()}
    return session


def action_for(session: FakeSession, setting: Setting, content: Json) -> Action:
    """What brings the object to the wanted content."""
    existing = setting.read(SettingsReader(session, portal_addresses=ADDRESSES))
    return setting.action(setting, setting.plan(setting, DesiredSetting("", content), existing), "v1.0")


@pytest.mark.parametrize(
    ("setting", "url", "content", "method", "written"),
    [
        (RESET, PASSWORD_RESET, {"enablementType": "all"}, "PUT", {"enablementType": 2}),
        (POLICY, REGISTRATION, {"isEnabled": True}, "PATCH", {"IsEnabled": True}),
        (POLICY, REGISTRATION, {"includeGroups": {"add": [STAFF]}}, "PATCH", {"IncludeGroups": [STAFF]}),
    ],
)
def test_whole_object_there_and_back(setting: Setting, url: str, content: Json, method: str, written: Json) -> None:
    session = tenant()
    before = dict(session.settings.portal[url])
    action = action_for(session, setting, content)
    assert (action.collection, action.portal_method, action.is_singleton) == (url, method, True)
    carry_out(session, action, Progress())
    assert session.settings.portal[url] == before | written
    assert session.writes == [(method, url)]
    assert action.undo is not None
    carry_out(session, action.undo, Progress())
    assert session.settings.portal[url] == before


def test_group_is_taken_back_though_the_portal_named_the_new_one() -> None:
    session = tenant(
        enablementType=1, passwordResetEnabledGroupIds=[PRINTERS], passwordResetEnabledGroupName="Printers"
    )
    action = action_for(session, RESET, {"passwordResetEnabledGroup": STAFF})
    carry_out(session, action, Progress())
    session.settings.portal[PASSWORD_RESET]["passwordResetEnabledGroupName"] = "Staff"
    assert action.undo is not None
    carry_out(session, action.undo, Progress())
    assert session.settings.portal[PASSWORD_RESET]["passwordResetEnabledGroupIds"] == [PRINTERS]


def test_undo_leaves_what_others_have_done_meanwhile() -> None:
    session = tenant()
    action = action_for(session, RESET, {"notifyOnAdminPasswordReset": True})
    carry_out(session, action, Progress())
    session.settings.portal[PASSWORD_RESET]["ring"] = {"name": "2026-12"}
    assert action.undo is not None
    carry_out(session, action.undo, Progress())
    assert session.settings.portal[PASSWORD_RESET] == password_reset(ring={"name": "2026-12"})


def test_plan_of_what_was_not_read() -> None:
    plan = SettingPlan("x", "x", DesiredSetting("", {}), RESET.options, None, {})
    with pytest.raises(ValueError, match="there and stay there"):
        portal_action(RESET, plan, "PUT", lambda raw, before, after: raw)


def test_tokens_are_asked_for_the_right_service() -> None:
    session = tenant()
    for setting in (RESET, POLICY):
        setting.read(SettingsReader(session, portal_addresses=ADDRESSES))
    scopes = [query["scope"] for query in session.queries]
    assert scopes == ["74658136-14ec-4630-ad9b-26e160ff0fc6/.default", "scope-of-graph"]


@pytest.mark.parametrize(
    ("listed", "words"),
    [
        ([], "0 of the listed policies"),
        (["Multifactor registration", "Registration of devices"], "2 of the listed policies.*: one, two"),
    ],
)
def test_id_of_the_policy_is_not_guessed(listed: list[str], words: str) -> None:
    session = tenant()
    session.settings.portal = {
        f"https://graph.example/{session.tenant_id}/policies/{number}": registration_policy(
            objectId=number, displayName=name
        )
        for number, name in zip(["one", "two"], [*listed, "", ""], strict=False)
    }
    addresses = PortalAddresses(PORTAL, "https://graph.example/{tenant_id}/policies/{policy_id}", "scope")
    reader = SettingsReader(session, portal_addresses=addresses)
    with pytest.raises(ConnectionFailed, match=f"mfa_registration_policy_url: {words}"):
        POLICY.read(reader)


def test_id_of_the_policy_is_found() -> None:
    session = tenant()
    url = f"https://graph.example/{session.tenant_id}/policies/one"
    session.settings.portal = {
        url: registration_policy(),
        f"{url}-other": registration_policy(objectId="other", displayName="User risk"),
    }
    addresses = PortalAddresses(PORTAL, "https://graph.example/{tenant_id}/policies/{policy_id}", "scope")
    (found,) = POLICY.read(SettingsReader(session, portal_addresses=addresses))
    assert (found.identifier, found.scope) == (url, "scope")


def test_lane_without_the_option_portal() -> None:
    with pytest.raises(OptionError, match=r"^portal: it is needed for lane: portal"):
        RESET.read(SettingsReader(tenant()))


@pytest.mark.parametrize(("content", "tier"), [({"isEnabled": True}, "p2"), ({"registrationWindowInDays": 7}, "free")])
def test_licence_of_the_registration_policy(content: Json, tier: str) -> None:
    existing = POLICY.read(SettingsReader(tenant(), portal_addresses=ADDRESSES))
    assert POLICY.tier(POLICY.plan(POLICY, DesiredSetting("", content), existing)) == tier
