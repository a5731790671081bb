# Copyright: (c) 2026, m365.entra contributors
# GNU General Public License v3.0+ (see COPYING or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later
"""Bodies that settings are refused by: before a request is sent, or with the warning that the portal's lane needs."""

from __future__ import annotations

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
    mfa_registration_policy,
    self_service_password_reset,
    tenant_configuration,
    tenant_setting,
)
from ansible_collections.m365.entra.plugins.module_utils._resources import authentication_methods_policy
from ansible_collections.m365.entra.plugins.module_utils._spec.argument_spec import ArgumentSpec
from ansible_collections.m365.entra.plugins.module_utils._spec.protocol import Body
from ansible_collections.m365.entra.plugins.module_utils._spec.setting_options import API_VERSION, METHODS_POLICY
from ansible_collections.m365.entra.tests.unit.plugins.module_utils.support.fake_module import FakeModule, fake_module
from ansible_collections.m365.entra.tests.unit.plugins.module_utils.support.fake_session import FakeSession, Fault
from ansible_collections.m365.entra.tests.unit.plugins.module_utils.support.fake_settings import (
    PASSWORD_RESET,
    PORTAL,
    FakeSettings,
    method,
    methods_policy,
    password_reset,
    registration_policy,
)
from ansible_collections.m365.entra.tests.unit.plugins.module_utils.support.ids import STAFF

Json = dict[str, t.Any]
RESET, REGISTRATION = "self_service_password_reset", "mfa_registration_policy"
POLICY_URL = "https://graph.example/one"
PORTAL_OPTIONS = {"url": PORTAL, "mfa_registration_policy_url": POLICY_URL, "refresh_token": "x"}
BODIES: dict[str, tuple[ArgumentSpec, Body]] = {
    "method": (authentication_method_configuration.SPEC, authentication_method_configuration.run),
    "methods_policy": (
        ArgumentSpec(METHODS_POLICY).merged(API_VERSION),
        tenant_setting.body_of(authentication_methods_policy.SETTING),
    ),
    RESET: (self_service_password_reset.SPEC, self_service_password_reset.run),
    REGISTRATION: (mfa_registration_policy.SPEC, mfa_registration_policy.run),
    "tenant": (tenant_configuration.SPEC, tenant_configuration.run),
}
CAMPAIGN = "registration_enforcement.authentication_methods_registration_campaign"


def failing(session: FakeSession, body: str, options: Json, kind: type[EntraError]) -> tuple[EntraError, FakeModule]:
    """The error of a task, and the task."""
    spec, run = BODIES[body]
    module = fake_module(spec, options)
    with pytest.raises(kind) as failure:
        run(module, lambda: session)
    return failure.value, module


def of_campaign(**campaign: t.Any) -> Json:
    """Options of the methods policy that speak of the campaign."""
    return {"registration_enforcement": {"authentication_methods_registration_campaign": campaign}}


OF_METHODS: list[tuple[Json, str]] = [
    ({"id": "Sms", "exclude_targets": ["all_users"]}, "exclude_targets cannot exclude all_users"),
    ({"id": "Sms", "exclude_targets": {"add": ["Staff", "all_users"]}}, "exclude_targets cannot exclude all_users"),
    ({"id": "Adatum", "exclude_targets": ["ALL_USERS"]}, "exclude_targets cannot exclude all_users"),
    (
        {"id": "Fido2", "include_targets": [{"id": "Staff", "is_usable_for_sign_in": True}]},
        "include_targets.is_usable_for_sign_in: the method Fido2 does not have it",
    ),
    (
        {"id": "Sms", "include_targets": {"add": [{"id": "Staff", "authentication_mode": "push"}]}},
        "include_targets.authentication_mode: the method Sms does not have it",
    ),
    (
        {"id": "Voice", "include_targets": {"remove": [{"id": "Staff", "allowed_passkey_profiles": []}]}},
        "include_targets.allowed_passkey_profiles: the method Voice does not have it",
    ),
]


@pytest.mark.parametrize(("options", "words"), OF_METHODS)
def test_method_is_refused_without_a_request(options: Json, words: str) -> None:
    session = FakeSession()
    error, _task = failing(session, "method", options, OptionError)
    assert error.message.startswith(words)
    whole = {"authentication_method_configurations": [{"id": "Voice"}, options]}
    error, _task = failing(session, "tenant", whole, OptionError)
    assert error.message.startswith(f"authentication_method_configurations[1].{words}")
    assert session.requests == []


@pytest.mark.parametrize("excluded", [["all_users"], {"add": ["all_users"]}, {"add": [{"id": "All_Users"}]}])
def test_campaign_for_nobody_is_refused_without_a_request(excluded: t.Any) -> None:
    session = FakeSession()
    options = of_campaign(exclude_targets=excluded)
    words = f"{CAMPAIGN}.exclude_targets cannot exclude all_users"
    error, _task = failing(session, "methods_policy", options, OptionError)
    assert error.message.startswith(words)
    error, _task = failing(session, "tenant", {"authentication_methods_policy": options}, OptionError)
    assert error.message.startswith(f"authentication_methods_policy.{words}")
    assert session.requests == []


def unmigrated(sms: str) -> FakeSession:
    """A tenant that has not completed the migration, with Sms in this state and else nothing but e-mail."""
    methods = (method("Sms", sms), method("Email", "enabled"))
    return FakeSession(settings=FakeSettings(methods_policy(*methods, policyMigrationState="migrationInProgress")))


COMPLETE = {"policy_migration_state": "migrationComplete"}


@pytest.mark.parametrize("body", ["methods_policy", "tenant"])
def test_migration_is_not_completed_without_a_second_factor(body: str) -> None:
    session = unmigrated("disabled")
    options = COMPLETE if body == "methods_policy" else {"authentication_methods_policy": COMPLETE}
    error, _task = failing(session, body, options, GuardRefused)
    assert "no method would be left" in error.message
    assert session.writes == []


@pytest.mark.parametrize(
    ("sms", "options"),
    [
        ("enabled", {}),
        ("disabled", {"authentication_method_configurations": [{"id": "Sms", "method_state": "enabled"}]}),
    ],
)
def test_migration_is_completed_with_one(sms: str, options: Json) -> None:
    session = unmigrated(sms)
    module = fake_module(tenant_configuration.SPEC, {"authentication_methods_policy": COMPLETE, **options})
    assert tenant_configuration.run(module, lambda: session)["changed"] is True
    assert session.settings.methods_policy["policyMigrationState"] == "migrationComplete"
    alone = unmigrated("enabled")
    spec, run = BODIES["methods_policy"]
    assert run(fake_module(spec, COMPLETE), lambda: alone)["changed"] is True


WISHES: dict[str, Json] = {RESET: {"enablement_type": "all"}, REGISTRATION: {"is_enabled": True}}
LABELS = {RESET: "self-service password reset", REGISTRATION: "MFA registration policy"}


def portal_tenant() -> FakeSession:
    """A tenant with both objects of the portal."""
    session = FakeSession()
    session.settings.portal = {PASSWORD_RESET: password_reset(), POLICY_URL: registration_policy()}
    return session


def by_portal(noun: str, body: str, **wish: t.Any) -> Json:
    """Options that go through the portal."""
    wanted = {**WISHES[noun], **wish, "lane": "portal"}
    return {**({noun: wanted} if body == "tenant" else wanted), "portal": PORTAL_OPTIONS}


@pytest.mark.parametrize("body", ["single", "tenant"])
@pytest.mark.parametrize("noun", [RESET, REGISTRATION])
@pytest.mark.parametrize("verbs", [("GET",), ("PUT", "PATCH")], ids=["read", "write"])
def test_portal_is_warned_of_when_the_run_fails(noun: str, body: str, verbs: tuple[str, ...]) -> None:
    session = portal_tenant()
    refusal = ServiceRefused("403: forbidden", status=403)
    session.faults = [Fault(verb, url, refusal) for verb in verbs for url in (PASSWORD_RESET, POLICY_URL)]
    _error, module = failing(session, noun if body == "single" else body, by_portal(noun, body), ServiceRefused)
    warnings = [one for one in module.warnings if one.startswith("ATTENTION: lane: portal")]
    (warning,) = warnings
    assert LABELS[noun] in warning


@pytest.mark.parametrize(
    ("noun", "member", "strange"),
    [
        (RESET, "passwordResetEnabledGroupIds", {"id": STAFF}),
        (RESET, "passwordResetEnabledGroupIds", 5),
        (RESET, "passwordResetEnabledGroupIds", "Staff"),
        (REGISTRATION, "IncludeGroups", {"id": STAFF}),
        (REGISTRATION, "ExcludeGroups", "Staff"),
    ],
)
def test_object_with_strange_groups_is_not_written(noun: str, member: str, strange: t.Any) -> None:
    session = portal_tenant()
    url = {RESET: PASSWORD_RESET, REGISTRATION: POLICY_URL}[noun]
    session.settings.portal[url][member] = [STAFF, strange]
    error, module = failing(session, noun, by_portal(noun, "single"), GuardRefused)
    assert "holds other things than ids" in error.message
    assert (len(module.warnings), session.writes) == (1, [])


def test_evidence_is_not_warned_of() -> None:
    session = portal_tenant()
    for noun in (RESET, REGISTRATION):
        spec, run = BODIES[noun]
        module = fake_module(spec, WISHES[noun])
        run(module, lambda: session)
        assert module.warnings == []
