# Copyright: (c) 2026, m365.entra contributors
# GNU General Public License v3.0+ (see COPYING or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later
"""All settings of a tenant in one plan: what opens comes before the policies, and every write can be taken back."""

from __future__ import annotations

import copy
import typing as t

import pytest
from hypothesis import given
from hypothesis import strategies as st

from ansible_collections.m365.entra.plugins.module_utils._graph.errors import (
    ConnectionFailed,
    GuardRefused,
    OptionError,
)
from ansible_collections.m365.entra.plugins.module_utils._reconcile.carry_out import Progress, carry_out
from ansible_collections.m365.entra.plugins.module_utils._resources.setting_options import (
    desired_methods,
    desired_setting,
)
from ansible_collections.m365.entra.plugins.module_utils._resources.settings import (
    SETTINGS,
    check_cloud_has,
    needed_tier,
    plan_settings,
    planned_settings,
    read_settings,
    setting_mentions,
    setting_phases,
    write_permissions,
)
from ansible_collections.m365.entra.plugins.module_utils._resources.settings_reader import SettingsReader
from ansible_collections.m365.entra.plugins.module_utils._settings.setting_plan import DesiredSetting, SettingPlan
from ansible_collections.m365.entra.tests.unit.plugins.module_utils.support.fake_session import FakeSession
from ansible_collections.m365.entra.tests.unit.plugins.module_utils.support.fake_settings import (
    METHODS_POLICY,
    FakeSettings,
    external,
    method,
    methods_policy,
)
from ansible_collections.m365.entra.tests.unit.plugins.module_utils.support.ids import PRINTERS, STAFF

Json = dict[str, t.Any]
METHOD, METHODS, AUTHORIZATION = (
    "authentication_method_configuration",
    "authentication_methods_policy",
    "authorization_policy",
)
NAMES = {"Staff": STAFF, "Printers": PRINTERS}


def identify(kind: str, name: str) -> str:
    """The id of a group."""
    assert kind == "group"
    return NAMES.get(name, name.lower())


def wishes(methods: t.Sequence[Json] = (), **single: Json) -> dict[str, tuple[DesiredSetting, ...]]:
    """What is wanted, by noun."""
    found = {noun: (desired_setting(SETTINGS[noun], options, noun, "v1.0"),) for noun, options in single.items()}
    return {METHOD: desired_methods(methods, "methods", "v1.0"), **found}


def tenant() -> FakeSession:
    """A tenant with a method of every interesting kind."""
    stored = methods_policy()
    stored["authenticationMethodConfigurations"].append(external())
    return FakeSession(settings=FakeSettings(stored))


def planned(session: FakeSession, wanted: dict[str, tuple[DesiredSetting, ...]]) -> tuple[SettingPlan, ...]:
    """The plans, from what the session reads."""
    existing = read_settings(SettingsReader(session), wanted)
    return plan_settings(wanted, existing, identify)


EVERYTHING = wishes(
    [
        {"id": "Voice", "method_state": "enabled"},
        {"id": "MicrosoftAuthenticator", "method_state": "disabled"},
        {"id": "Fido2", "method_state": "enabled"},
        {"id": "Adatum", "state": "absent"},
    ],
    authentication_methods_policy={"policy_migration_state": "preMigration"},
    authorization_policy={"allowed_to_use_sspr": False},
)


def test_order() -> None:
    plans = planned(tenant(), EVERYTHING)
    around = setting_phases(plans, "v1.0")
    (before, turned_on), (after, covered) = around.before, around.after
    assert [action.name for action in before.actions] == ["Voice", "Fido2"]
    assert [action.name for action in after.actions] == [
        "MicrosoftAuthenticator",
        "Adatum",
        "authentication methods policy",
        "authorization policy",
    ]
    assert (turned_on.actions, covered.actions) == ((), ())
    assert [phase.takes_nothing_back for phase in (before, after, covered)] == [False, True, True]
    assert [phase.is_tidying for phase in (before, after, covered)] == [False, False, True]
    for phase in (before, after, covered):
        assert [one.key for one in phase.expectations] == [action.key for action in phase.actions]


def test_each_thing_is_read_once() -> None:
    session = tenant()
    planned(session, EVERYTHING)
    assert session.requests == [("GET", METHODS_POLICY), ("GET", "/policies/authorizationPolicy")]


def test_everything_is_done_met_and_taken_back() -> None:
    session = tenant()
    before = copy.deepcopy(session.settings)
    plans = planned(session, EVERYTHING)
    around = setting_phases(plans, "v1.0")
    progress = Progress()
    phases = [*around.before, *around.after]
    for action in (action for phase in phases for action in phase.actions):
        carry_out(session, action, progress)
    for phase in phases:
        for expected in phase.expectations:
            setting = SETTINGS[expected.resource]
            assert setting.unmet([expected], setting.read(SettingsReader(session)), progress.created) == []
    again = planned(session, EVERYTHING)
    assert not any(plan.is_changed for plan in again)
    for action in reversed(progress.done):
        assert action.undo is not None
        carry_out(session, action.undo, progress)
    restored = session.settings.method("Adatum")
    stored = before.methods_policy["authenticationMethodConfigurations"]
    assert {**restored, "id": external()["id"]} == {
        **external(),
        "includeTargets": [{"id": "all_users", "targetType": "group"}],
    }
    assert session.settings.methods_policy["authenticationMethodConfigurations"][:-1] == stored[:-1]
    assert session.settings.authorization_policy == before.authorization_policy


def test_what_is_not_met_is_told() -> None:
    session = tenant()
    plans = planned(session, EVERYTHING)
    for plan in plans:
        setting = SETTINGS[plan.noun]
        found = setting.read(SettingsReader(session))
        words = "is still there" if plan.is_removed else "is not as planned"
        assert setting.unmet([setting.expectation(plan)], found, {}) == [f"{setting.label} {plan.name!r} {words}"]


def test_change_by_somebody_else_is_not_unmet() -> None:
    session = tenant()
    (plan,) = planned(session, wishes(authorization_policy={"allowed_to_use_sspr": False}))
    setting = SETTINGS[AUTHORIZATION]
    session.settings.authorization_policy |= {"allowedToUseSSPR": False, "blockMsolPowerShell": True}
    assert setting.unmet([setting.expectation(plan)], setting.read(SettingsReader(session)), {}) == []


def test_new_method_that_is_not_there() -> None:
    new = {
        "id": "Fabrikam",
        "external": {
            "app_id": "12345678-0000-4000-8000-000000000000",
            "open_id_connect_setting": {"client_id": "abc", "discovery_url": "https://fabrikam.example"},
        },
    }
    session = tenant()
    (plan,) = planned(session, wishes([new]))
    setting = SETTINGS[METHOD]
    expected = [setting.expectation(plan)]
    found = setting.read(SettingsReader(session))
    assert setting.unmet(expected, found, {plan.key: "gone"}) == ["authentication method 'Fabrikam' is not there"]
    progress = Progress()
    carry_out(session, setting.action(setting, plan, "v1.0"), progress)
    assert setting.unmet(expected, setting.read(SettingsReader(session)), progress.created) == []


@pytest.mark.parametrize("names", [("Sms", "sms"), ("Adatum", external()["id"])])
def test_the_same_twice(names: tuple[str, str]) -> None:
    wanted = wishes([{"id": name, "method_state": "enabled"} for name in names])
    with pytest.raises(OptionError, match=r"^methods\[1\]: '\w+' already stands at methods\[0\]\."):
        planned(tenant(), wanted)


def test_last_second_factor() -> None:
    session = tenant()
    wanted = wishes([{"id": "MicrosoftAuthenticator", "method_state": "disabled"}, {"id": "Adatum", "state": "absent"}])
    with pytest.raises(GuardRefused, match=r"^methods\[0\]: .*what changes: MicrosoftAuthenticator, Adatum\."):
        planned(session, wanted)
    assert session.writes == []


def test_mentions_carry_the_place_in_the_list() -> None:
    wanted = wishes([{"id": "Sms"}, {"id": "Voice", "include_targets": ["Staff"]}])
    assert [one.path for one in setting_mentions(wanted)] == ["methods[1].include_targets[0]"]


def test_cloud_without_the_policy() -> None:
    check_cloud_has(EVERYTHING, "us_government_l4")
    with pytest.raises(OptionError, match=r"^methods\[0\]: Microsoft's cloud china does not have"):
        check_cloud_has(EVERYTHING, "china")
    check_cloud_has(wishes(authorization_policy={"allowed_to_use_sspr": False}), "china")


def test_settings_as_they_will_be() -> None:
    session = tenant()
    existing = read_settings(SettingsReader(session), EVERYTHING)
    plans = plan_settings(EVERYTHING, existing, identify)
    after = planned_settings(plans, existing)
    states = {one.name: one.content["state"] for one in after[METHOD]}
    assert states == {"Voice": "enabled", "MicrosoftAuthenticator": "disabled", "Fido2": "enabled", "Sms": "disabled"}
    assert after[METHODS][0].content["policyMigrationState"] == "preMigration"
    assert after[AUTHORIZATION][0].content["allowedToUseSSPR"] is False


def test_permissions_and_licence_are_for_what_changes() -> None:
    plans = planned(tenant(), EVERYTHING)
    assert {one for need in write_permissions(plans) for one in need.any_of} == {
        "Policy.ReadWrite.AuthenticationMethod",
        "Policy.ReadWrite.Authorization",
    }
    assert {needed_tier(plan) for plan in plans} == {"free"}
    quiet = planned(tenant(), wishes([{"id": "Sms", "method_state": "disabled"}]))
    assert write_permissions(quiet) == []


SWITCH = st.sampled_from(["enabled", "disabled"])
EXCLUDED = st.lists(st.sampled_from(["Staff", "Printers"]), unique=True)
FEATURE = st.fixed_dictionaries(
    {},
    optional={
        "state": st.sampled_from(["default", "enabled", "disabled"]),
        "include_target": st.sampled_from(["all_users", "Staff"]),
        "exclude_target": st.sampled_from(["Printers", "00000000-0000-0000-0000-000000000000"]),
    },
)
OF_SMS = st.lists(
    st.fixed_dictionaries(
        {"id": st.sampled_from(["Staff", "all_users"])}, optional={"is_usable_for_sign_in": st.booleans()}
    ),
    min_size=1,
    max_size=2,
    unique_by=lambda target: target["id"],
)
WISH = st.one_of(
    st.fixed_dictionaries({"id": st.just("Sms"), "include_targets": OF_SMS}, optional={"exclude_targets": EXCLUDED}),
    st.fixed_dictionaries(
        {"id": st.just("Voice"), "method_state": SWITCH},
        optional={"voice": st.fixed_dictionaries({"is_office_phone_allowed": st.booleans()})},
    ),
    st.builds(
        lambda features: {"id": "MicrosoftAuthenticator", "microsoft_authenticator": {"feature_settings": features}},
        st.fixed_dictionaries(
            {},
            optional={
                "display_app_information_required_state": FEATURE,
                "display_location_information_required_state": FEATURE,
            },
        ),
    ),
    st.builds(
        lambda enforced, keys: {
            "id": "Fido2",
            "fido2": {"key_restrictions": {"is_enforced": enforced, "enforcement_type": "block", "aa_guids": keys}},
        },
        st.booleans(),
        st.lists(st.uuids().map(str), max_size=2),
    ),
)


@given(WISH, WISH)
def test_undo_gives_back_what_was(first: Json, second: Json) -> None:
    """Whatever a method was brought to before: what the undo sends makes the service show the same again."""
    session = tenant()
    for plan in planned(session, wishes([first])):
        if plan.is_changed:
            carry_out(session, SETTINGS[plan.noun].action(SETTINGS[plan.noun], plan, "v1.0"), Progress())
    (plan,) = planned(session, wishes([second]))
    if not plan.is_changed:
        return
    action = SETTINGS[plan.noun].action(SETTINGS[plan.noun], plan, "v1.0")
    before = plan.before
    carry_out(session, action, Progress())
    assert not planned(session, wishes([second]))[0].is_changed
    assert action.undo is not None
    carry_out(session, action.undo, Progress())
    (again,) = planned(session, wishes([{"id": str(second["id"])}]))
    assert again.before == before


def test_answer_without_methods_is_no_policy() -> None:
    session = tenant()
    session.settings.methods_policy = {"html": "sign in"}
    with pytest.raises(ConnectionFailed, match="does not list the authentication methods"):
        planned(session, wishes([{"id": "Sms"}]))


def test_methods_of_an_unknown_kind_stay_as_they_are() -> None:
    session = tenant()
    session.settings.methods_policy["authenticationMethodConfigurations"].append(method("NewKind", "enabled", own=1))
    (plan,) = planned(session, wishes([{"id": "NewKind", "exclude_targets": ["Staff"]}]))
    carry_out(session, SETTINGS[METHOD].action(SETTINGS[METHOD], plan, "v1.0"), Progress())
    stored = session.settings.method("NewKind")
    assert (stored["own"], stored["state"]) == (1, "enabled")
    assert stored["excludeTargets"] == [{"id": STAFF, "targetType": "group"}]
