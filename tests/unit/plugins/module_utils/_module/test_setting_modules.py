# Copyright: (c) 2026, m365.entra contributors
# GNU General Public License v3.0+ (see COPYING or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later
"""The bodies of the modules for settings: check, do, repeat, and what they return."""

from __future__ import annotations

import copy
import typing as t

import pytest

from ansible_collections.m365.entra.plugins.module_utils._graph.errors import (
    EntraError,
    GuardRefused,
    OptionError,
    ServiceRefused,
)
from ansible_collections.m365.entra.plugins.module_utils._module import (
    authentication_method_configuration,
    tenant_configuration,
    tenant_setting,
)
from ansible_collections.m365.entra.plugins.module_utils._resources import (
    authentication_methods_policy,
    authorization_policy,
)
from ansible_collections.m365.entra.plugins.module_utils._resources.setting import Setting
from ansible_collections.m365.entra.plugins.module_utils._spec.argument_spec import ArgumentSpec
from ansible_collections.m365.entra.plugins.module_utils._spec.protocol import Body
from ansible_collections.m365.entra.plugins.module_utils._spec.setting_options import (
    API_VERSION,
    AUTHORIZATION,
    METHODS_POLICY,
)
from ansible_collections.m365.entra.tests.unit.plugins.module_utils.support.fake_module import FakeModule, fake_module
from ansible_collections.m365.entra.tests.unit.plugins.module_utils.support.fake_session import FakeSession, Fault
from ansible_collections.m365.entra.tests.unit.plugins.module_utils.support.fake_settings import (
    METHODS,
    FakeSettings,
    external,
    method,
    methods_policy,
)
from ansible_collections.m365.entra.tests.unit.plugins.module_utils.support.fake_settings import (
    METHODS_POLICY as METHODS_POLICY_PATH,
)
from ansible_collections.m365.entra.tests.unit.plugins.module_utils.support.ids import PRINTERS, STAFF

Json = dict[str, t.Any]


class Module(t.NamedTuple):
    """A module: its specification and its bodies."""

    spec: ArgumentSpec
    body: Body
    info: Body


def of_setting(setting: Setting, spec: ArgumentSpec) -> Module:
    """The module for a setting of which there is one."""
    return Module(spec, tenant_setting.body_of(setting), tenant_setting.info_body_of(setting))


POLICY = of_setting(authentication_methods_policy.SETTING, ArgumentSpec(METHODS_POLICY).merged(API_VERSION))
PERMISSIONS = of_setting(authorization_policy.SETTING, ArgumentSpec(AUTHORIZATION))
METHOD = Module(
    authentication_method_configuration.SPEC,
    authentication_method_configuration.run,
    authentication_method_configuration.run_info,
)
TENANT = Module(tenant_configuration.SPEC, tenant_configuration.run, tenant_configuration.run)
CAMPAIGN = "authentication_methods_registration_campaign"


def task(session: FakeSession, module: Module, options: Json, **modes: bool) -> tuple[Json, FakeModule]:
    """One task with an empty journal."""
    session.requests.clear()
    session.bodies.clear()
    session.versions.clear()
    task_ = fake_module(module.spec, options, **modes)
    session.read_only = task_.check_mode
    return module.body(task_, lambda: session), task_


def check_do_repeat(session: FakeSession, module: Module, options: Json) -> tuple[Json, FakeModule]:
    """A task that check mode announces, and that finds nothing to do the second time."""
    stored = copy.deepcopy(session.settings)
    announced, _unused = task(session, module, options, check_mode=True, diff=True)
    assert session.writes == []
    assert session.settings == stored
    done, told = task(session, module, options, diff=True)
    assert (announced["plan"], announced["diff"]) == (done["plan"], done["diff"])
    writes, bodies = list(session.writes), list(session.bodies)
    again, _unused = task(session, module, options)
    assert (again["changed"], session.writes) == (False, [])
    session.requests[:], session.bodies[:] = writes, bodies
    return done, told


def test_methods_policy() -> None:
    session = FakeSession()
    campaign = {"state": "enabled", "exclude_targets": ["Staff"]}
    done, _told = check_do_repeat(session, POLICY, {"registration_enforcement": {CAMPAIGN: campaign}})
    assert session.writes == [("PATCH", METHODS_POLICY_PATH)]
    (body,) = session.bodies
    sent = body["registrationEnforcement"]["authenticationMethodsRegistrationCampaign"]
    everyone = {"id": "all_users", "targetType": "group", "targetedAuthenticationMethod": "microsoftAuthenticator"}
    assert (list(body), sent) == (
        ["registrationEnforcement"],
        {
            "state": "enabled",
            "snoozeDurationInDays": 1,
            "includeTargets": [everyone],
            "excludeTargets": [{"id": STAFF, "targetType": "group"}],
        },
    )
    found = done["authentication_methods_policy"]["registration_enforcement"][CAMPAIGN]
    assert found["exclude_targets"] == [{"id": STAFF, "target_type": "group"}]
    assert f"Staff ({STAFF})" in str(done["diff"])


def test_methods_policy_in_beta() -> None:
    session = FakeSession(settings=FakeSettings(methods_policy(systemCredentialPreferences=None)))
    options = {"system_credential_preferences": {"state": "enabled"}, "api_version": "beta"}
    _done, told = check_do_repeat(session, POLICY, options)
    assert session.bodies == [
        {"systemCredentialPreferences": {"state": "enabled", "includeTargets": [], "excludeTargets": []}}
    ]
    (warning,) = told.warnings
    assert warning == (
        "Graph's beta endpoint, which may change at any time, is used for: system_credential_preferences."
    )
    task(session, POLICY, options)
    assert set(session.versions) == {"beta"}


def test_authorization_policy() -> None:
    session = FakeSession()
    options = {
        "allowed_to_use_sspr": False,
        "guest_user_role_id": "restricted_guest_user",
        "default_user_role_permissions": {"allowed_to_create_apps": False},
    }
    done, _told = check_do_repeat(session, PERMISSIONS, options)
    assert session.bodies == [
        {
            "allowedToUseSSPR": False,
            "guestUserRoleId": "2af84b1e-32c8-42b7-82bc-daa82404023b",
            "defaultUserRolePermissions": {"allowedToCreateApps": False},
        }
    ]
    assert [action["resource"] for action in done["plan"]] == ["authorization_policy"]
    stored = session.settings.authorization_policy["defaultUserRolePermissions"]
    assert stored["permissionGrantPoliciesAssigned"] == ["microsoft-user-default-legacy"]
    assert done["authorization_policy"]["guest_user_role_id"] == "restricted_guest_user"


def test_method_by_group_name() -> None:
    session = FakeSession()
    done, told = check_do_repeat(
        session, METHOD, {"id": "sms", "method_state": "enabled", "include_targets": ["staff"]}
    )
    assert session.bodies == [
        {
            "@odata.type": "#microsoft.graph.smsAuthenticationMethodConfiguration",
            "state": "enabled",
            "includeTargets": [{"isUsableForSignIn": False, "id": STAFF, "targetType": "group"}],
        }
    ]
    found = done["authentication_method_configuration"]
    assert (found["id"], found["method_state"]) == ("Sms", "enabled")
    assert told.warnings == []


def test_external_method_from_nothing_to_nothing() -> None:
    session = FakeSession()
    options = {
        "id": "Adatum",
        "method_state": "enabled",
        "include_targets": ["all_users"],
        "external": {
            "app_id": "12345678-0000-4000-8000-000000000000",
            "open_id_connect_setting": {"client_id": "abc", "discovery_url": "https://adatum.example"},
        },
    }
    announced, _told = task(session, METHOD, options, check_mode=True)
    assert announced["authentication_method_configuration"]["id"] is None
    done, _told = check_do_repeat(session, METHOD, options)
    assert done["authentication_method_configuration"]["id"] == session.settings.method("Adatum")["id"]
    gone, _told = check_do_repeat(session, METHOD, {"id": "Adatum", "state": "absent"})
    assert gone["authentication_method_configuration"] == {}
    assert session.writes[0][0] == "DELETE"


def test_two_new_methods_in_check_mode_are_told_apart() -> None:
    new = [
        {
            "id": name,
            "external": {
                "app_id": "12345678-0000-4000-8000-000000000000",
                "open_id_connect_setting": {"client_id": name, "discovery_url": "https://x.example"},
            },
        }
        for name in ("Adatum", "Fabrikam")
    ]
    result, _told = task(FakeSession(), TENANT, {"authentication_method_configurations": new}, check_mode=True)
    found = result["tenant_configuration"]["authentication_method_configurations"]
    assert [one["display_name"] for one in found] == ["Adatum", "Fabrikam"]


def test_names_that_do_not_exist_are_all_named_before_any_write() -> None:
    session = FakeSession()
    options = {"id": "Sms", "include_targets": ["Nowhere", "Staff"], "exclude_targets": {"add": ["Never"]}}
    for check_mode in (True, False):
        with pytest.raises(EntraError, match=r"include_targets\[0\].*Nowhere") as failure:
            task(session, METHOD, options, check_mode=check_mode)
        assert "exclude_targets.add[0]" in str(failure.value)
        assert session.writes == []


@pytest.mark.parametrize(
    ("module", "options"),
    [
        (METHOD, {"id": "Sms", "method_state": "enabled"}),
        (POLICY, {"policy_migration_state": "preMigration"}),
        (PERMISSIONS, {"allowed_to_use_sspr": False}),
    ],
)
def test_missing_permissions_are_named(module: Module, options: Json) -> None:
    session = FakeSession(permissions=frozenset({"Policy.Read.All", "Organization.Read.All"}))
    with pytest.raises(GuardRefused, match=r"Policy\.ReadWrite\.Auth"):
        task(session, module, options)
    assert session.writes == []
    with pytest.raises(GuardRefused, match=r"Policy\."):
        task(FakeSession(permissions=frozenset()), module, options)


def test_refusal_of_the_service_names_the_setting() -> None:
    error = ServiceRefused("400 BadRequest: no.", status=400)
    session = FakeSession(faults=[Fault("PATCH", METHODS, error)])
    with pytest.raises(ServiceRefused, match=r"^authentication_method_configuration 'Sms': 400 BadRequest"):
        task(session, METHOD, {"id": "Sms", "method_state": "enabled"})


@pytest.mark.parametrize(
    ("stored", "options", "words"),
    [
        (
            method("Sms", "enabled"),
            {"id": "Sms", "method_state": "disabled"},
            "The authentication method 'Sms' is turned",
        ),
        (
            method("Sms", "enabled"),
            {"id": "Sms", "exclude_targets": ["Printers"]},
            "The authentication method 'Sms' is taken from some",
        ),
        (
            method("Sms", "enabled"),
            {"id": "Sms", "include_targets": ["Staff"]},
            "The authentication method 'Sms' is taken from some",
        ),
        (external(), {"id": "Adatum", "state": "absent"}, "The authentication method 'Adatum' is turned off"),
        (method("Sms"), {"id": "Sms", "include_targets": ["Staff"]}, ""),
        (method("Sms", "enabled"), {"id": "Sms", "include_targets": {"add": ["Staff"]}}, ""),
    ],
)
def test_warnings_for_people_who_may_lose_a_method(stored: Json, options: Json, words: str) -> None:
    session = FakeSession(settings=FakeSettings(methods_policy(method("Fido2", "enabled"), stored)))
    _result, told = task(session, METHOD, options, check_mode=True)
    assert len(told.warnings) == bool(words)
    assert "".join(told.warnings).startswith(words)


def test_reading() -> None:
    session = FakeSession(read_only=True)
    for module, noun in ((POLICY, "authentication_methods_policy"), (PERMISSIONS, "authorization_policy")):
        session.requests.clear()
        result = module.info(fake_module(module.spec, {}), lambda: session)
        assert result["changed"] is False
        assert set(result) == {"changed", noun}
        assert len(session.requests) == 1


@pytest.mark.parametrize(("sought", "expected"), [(None, 4), ("sms", 1), ("nothing", 0)])
def test_reading_methods(sought: str | None, expected: int) -> None:
    session = FakeSession(read_only=True)
    options = {"id": sought} if sought else {}
    module = fake_module(authentication_method_configuration.INFO_SPEC, options)
    result = METHOD.info(module, lambda: session)
    assert len(result["authentication_method_configurations"]) == expected
    assert session.requests == [("GET", METHODS_POLICY_PATH)]


def test_options_are_checked_before_the_tenant_is_reached() -> None:
    def unreachable() -> t.NoReturn:
        raise AssertionError("nobody may sign in")

    module = fake_module(METHOD.spec, {"id": "Sms", "fido2": {"is_attestation_enforced": True}})
    with pytest.raises(OptionError, match=r"^fido2: the method Sms does not have it"):
        METHOD.body(module, unreachable)


def test_everything_of_a_tenant_in_one_plan() -> None:
    session = FakeSession()
    options = {
        "authentication_methods_policy": {"policy_migration_state": "preMigration"},
        "authentication_method_configurations": [
            {"id": "Voice", "method_state": "enabled", "exclude_targets": ["Printers"]},
            {"id": "Sms", "include_targets": {"add": ["Staff"]}},
        ],
        "authorization_policy": {"block_msol_power_shell": True},
    }
    done, _told = check_do_repeat(session, TENANT, options)
    assert [(one["resource"], one["name"]) for one in done["plan"]] == [
        ("authentication_method_configuration", "Voice"),
        ("authentication_method_configuration", "Sms"),
        ("authentication_methods_policy", "authentication methods policy"),
        ("authorization_policy", "authorization policy"),
    ]
    state = done["tenant_configuration"]
    assert state["authentication_methods_policy"]["policy_migration_state"] == "preMigration"
    assert state["authorization_policy"]["block_msol_power_shell"] is True
    voice, sms = state["authentication_method_configurations"]
    assert voice["exclude_targets"] == [{"id": PRINTERS, "target_type": "group"}]
    assert {one["id"] for one in sms["include_targets"]} == {"all_users", STAFF}
