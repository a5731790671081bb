# Copyright: (c) 2026, m365.entra contributors
# GNU General Public License v3.0+ (see COPYING or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later
"""One authentication method: how it is found, what is planned, what is sent, and whether that opens or takes away."""

from __future__ import annotations

import typing as t

import pytest

from ansible_collections.m365.entra.plugins.module_utils._graph.errors import EntraError, OptionError
from ansible_collections.m365.entra.plugins.module_utils._resources.authentication_method_configuration import (
    PATH,
    SETTING,
    as_graph_shows,
    current_methods,
    opens,
)
from ansible_collections.m365.entra.plugins.module_utils._resources.setting_options import desired_method
from ansible_collections.m365.entra.plugins.module_utils._settings.setting_plan import SettingPlan
from ansible_collections.m365.entra.tests.unit.plugins.module_utils.support.fake_settings import (
    EVERYONE,
    external,
    feature,
    method,
    methods_policy,
)
from ansible_collections.m365.entra.tests.unit.plugins.module_utils.support.ids import ADA, PRINTERS, STAFF

Json = dict[str, t.Any]
OF_STAFF: Json = {"id": STAFF, "targetType": "group"}
PASS = {"defaultLength": 8, "defaultLifetimeInMinutes": 60, "isUsableOnce": False}


def planned(options: Json, *methods: Json, version: str = "v1.0") -> SettingPlan:
    """The plan for one method in a tenant that has *methods*; names are ids already."""
    existing = current_methods(methods_policy(*methods), version)
    desired = desired_method(options, "", version)
    content = {
        name: [{"targetType": "group", **(one if isinstance(one, dict) else {"id": one})} for one in value]
        if name.endswith("Targets") and isinstance(value, list)
        else value
        for name, value in desired.content.items()
    }
    return SETTING.plan(SETTING, type(desired)("", content, desired.identifier, desired.is_present), existing)


def sent(plan: SettingPlan, version: str = "v1.0") -> tuple[Json | None, Json | None]:
    """The body of a plan's action, and that of its undo."""
    action = SETTING.action(SETTING, plan, version)
    assert action.undo is not None
    return action.body, action.undo.body


def test_only_what_differs_is_sent_beside_the_type() -> None:
    stored = method("TemporaryAccessPass", "enabled", **PASS)
    plan = planned({"id": "temporaryaccesspass", "temporary_access_pass": {"default_length": 12}}, stored)
    kind = "#microsoft.graph.temporaryAccessPassAuthenticationMethodConfiguration"
    assert sent(plan) == ({"@odata.type": kind, "defaultLength": 12}, {"@odata.type": kind, "defaultLength": 8})
    action = SETTING.action(SETTING, plan, "v1.0")
    assert (action.collection, action.is_singleton) == (f"{PATH}/TemporaryAccessPass", True)
    assert [one.path for one in action.changes] == ["temporary_access_pass.default_length"]


def test_feature_is_sent_whole_and_the_others_not_at_all() -> None:
    names = ("displayAppInformationRequiredState", "displayLocationInformationRequiredState")
    stored = method("MicrosoftAuthenticator", "enabled", featureSettings={name: feature() for name in names})
    wanted = {"feature_settings": {"display_app_information_required_state": {"state": "enabled"}}}
    body, back = sent(planned({"id": "MicrosoftAuthenticator", "microsoft_authenticator": wanted}, stored))
    assert body is not None
    assert back is not None
    assert body["featureSettings"] == {names[0]: feature("enabled")}
    assert back["featureSettings"] == {names[0]: feature()}


def test_feature_for_a_role_stays_for_it() -> None:
    """The schema also has roles and units there, for which there is no option."""
    role = {"id": STAFF, "targetType": "role"}
    name = "displayAppInformationRequiredState"
    stored = method("MicrosoftAuthenticator", featureSettings={name: feature(includeTarget=role)})
    wanted = {"feature_settings": {"display_app_information_required_state": {"state": "enabled"}}}
    body, _back = sent(planned({"id": "MicrosoftAuthenticator", "microsoft_authenticator": wanted}, stored))
    assert body is not None
    assert body["featureSettings"][name] == feature("enabled", includeTarget=role)


def test_nothing_wanted_and_the_same_wanted() -> None:
    stored = method("Sms", "enabled", includeTargets=[{**OF_STAFF, "isUsableForSignIn": False}])
    for options in ({}, {"method_state": "enabled"}, {"include_targets": [STAFF.upper()]}, {"method_state": None}):
        assert not planned({"id": "sms", **options}, stored).is_changed


def test_unknown_kind_has_the_common_part_and_its_own_type() -> None:
    stored = method("FederatedIdentityCredential", profiles=["x"])
    plan = planned({"id": "FederatedIdentityCredential", "method_state": "enabled"}, stored, version="beta")
    kind = "#microsoft.graph.federatedIdentityCredentialAuthenticationMethodConfiguration"
    assert sent(plan, "beta")[0] == {"@odata.type": kind, "state": "enabled"}


NEW = {
    "id": "Adatum",
    "method_state": "enabled",
    "include_targets": ["all_users"],
    "external": {
        "app_id": "12345678-0000-4000-8000-000000000000",
        "open_id_connect_setting": {"client_id": "abc", "discovery_url": "https://adatum.example"},
    },
}


def test_new_external_method_has_the_name_it_is_called_by() -> None:
    plan = planned(NEW, method("Sms", "enabled"))
    assert (plan.is_new, plan.name) == (True, "Adatum")
    action = SETTING.action(SETTING, plan, "v1.0")
    assert action.body == {
        "@odata.type": "#microsoft.graph.externalAuthenticationMethodConfiguration",
        "state": "enabled",
        "includeTargets": [EVERYONE],
        "excludeTargets": [],
        "displayName": "Adatum",
        "appId": "12345678-0000-4000-8000-000000000000",
        "openIdConnectSetting": {"clientId": "abc", "discoveryUrl": "https://adatum.example"},
    }
    assert action.undo is not None
    assert (action.operation, action.undo.operation, action.undo.key) == ("create", "delete", action.key)


@pytest.mark.parametrize("identifier", ["dddddddd-0000-4000-8000-0000000000AD", "ADATUM", "Adatum"])
def test_external_method_keeps_its_name(identifier: str) -> None:
    """It is named anew only when that is said, whatever it is called by."""
    plan = planned({**NEW, "id": identifier}, method("Sms", "enabled"), external())
    assert plan.current is not None
    assert plan.content is not None
    assert plan.content["external"]["displayName"] == "Adatum"
    named = {**NEW["external"], "display_name": "Adatum MFA"}  # type: ignore[dict-item]
    renamed = planned({**NEW, "id": identifier, "external": named}, external())
    assert [one.path for one in renamed.changes if "name" in one.path] == ["external.display_name"]


def test_id_that_nobody_has_is_no_name() -> None:
    with pytest.raises(EntraError, match=f"^id: the tenant has no authentication method '{STAFF}'"):
        planned({**NEW, "id": STAFF}, method("Sms", "enabled"))


def test_removal_and_its_undo() -> None:
    plan = planned({"id": "adatum", "state": "absent"}, method("Sms", "enabled"), external())
    action = SETTING.action(SETTING, plan, "v1.0")
    assert action.undo is not None
    assert (action.operation, action.object_id, action.body) == ("delete", external()["id"], None)
    assert action.undo.operation == "create"
    assert action.undo.body is not None
    assert {name: value for name, value in action.undo.body.items() if name != "excludeTargets"} == {
        name: [EVERYONE] if name == "includeTargets" else value
        for name, value in external().items()
        if name not in ("id", "excludeTargets")
    }
    assert not planned({"id": "adatum", "state": "absent"}, method("Sms")).is_changed


@pytest.mark.parametrize(
    ("options", "methods", "kind", "words"),
    [
        ({"id": "Sms", "state": "absent"}, [method("Sms")], OptionError, "^state: Sms is built in"),
        ({"id": "Adatum"}, [method("Sms")], EntraError, "^id: the tenant has no authentication method 'Adatum'"),
        ({"id": "Fido2"}, [method("Sms")], EntraError, "^id: the tenant has no authentication method 'Fido2'"),
        ({"id": "Sms", "fido2": {"is_attestation_enforced": True}}, [method("Sms")], OptionError, "^fido2: the method"),
        ({"id": "Adatum", "voice": {}}, [external()], OptionError, "^voice: the method Adatum does not have it"),
        (
            {"id": "Adatum"},
            [external(), external(identifier=ADA)],
            EntraError,
            f"^id: 2 external methods are named 'Adatum': {ADA}, {external()['id']}",
        ),
        (
            {"id": "HardwareOath", "method_state": "enabled"},
            [],
            OptionError,
            "^id HardwareOath: only Graph's beta endpoint has this",
        ),
        ({"id": " "}, [], OptionError, "^id: the method's id is needed"),
    ],
)
def test_what_cannot_be_meant(options: Json, methods: list[Json], kind: type[EntraError], words: str) -> None:
    with pytest.raises(kind, match=words):
        planned(options, *methods)


def test_one_of_two_namesakes_by_its_id() -> None:
    plan = planned({"id": ADA, "method_state": "disabled"}, external(), external(identifier=ADA))
    assert plan.current is not None
    assert plan.current.identifier == ADA


WITH = {"includeTargets": [OF_STAFF], "excludeTargets": [{"id": PRINTERS, "targetType": "group"}]}


@pytest.mark.parametrize(
    ("before", "options", "expected"),
    [
        ("disabled", {"method_state": "enabled"}, True),
        ("disabled", {"method_state": "enabled", "exclude_targets": {"add": [ADA]}}, True),
        ("enabled", {"method_state": "disabled"}, False),
        ("enabled", {"include_targets": {"add": [PRINTERS]}}, True),
        ("enabled", {"exclude_targets": []}, True),
        ("enabled", {"include_targets": [PRINTERS]}, False),
        ("enabled", {"exclude_targets": [PRINTERS, ADA]}, False),
        ("disabled", {"include_targets": {"add": [PRINTERS]}}, True),
        ("enabled", {"include_targets": {"add": [PRINTERS]}, "exclude_targets": {"add": [ADA]}}, False),
        ("enabled", {}, False),
    ],
)
def test_what_opens(before: str, options: Json, expected: bool) -> None:
    plan = planned({"id": "Sms", **options}, method("Sms", before, **WITH))
    assert opens(plan) is expected


KEYS = {"isEnforced": False, "enforcementType": "block", "aaGuids": []}
PASSKEYS = method("Fido2", "enabled", keyRestrictions=KEYS, isSelfServiceRegistrationAllowed=True, **WITH)
CERTIFICATES = method(
    "X509Certificate",
    "enabled",
    authenticationModeConfiguration={"x509CertificateAuthenticationDefaultMode": "x509CertificateMultiFactor"},
    **WITH,
)
VOICE = method("Voice", "enabled", isOfficePhoneAllowed=True, **WITH)
RESTRICTED = {"is_enforced": True, "enforcement_type": "allow", "aa_guids": [ADA]}
SINGLE = {"x509_certificate_authentication_default_mode": "x509CertificateSingleFactor"}


@pytest.mark.parametrize("more", [{}, {"include_targets": {"add": [PRINTERS]}}, {"exclude_targets": []}])
@pytest.mark.parametrize(
    ("stored", "own"),
    [
        (PASSKEYS, {"fido2": {"key_restrictions": RESTRICTED}}),
        (PASSKEYS, {"fido2": {"is_self_service_registration_allowed": False}}),
        (VOICE, {"voice": {"is_office_phone_allowed": False}}),
        (CERTIFICATES, {"x509_certificate": {"authentication_mode_configuration": SINGLE}}),
    ],
)
def test_tightening_does_not_open_even_for_more_people(stored: Json, own: Json, more: Json) -> None:
    plan = planned({"id": stored["id"], **own, **more}, stored)
    assert plan.is_changed
    assert not opens(plan)
    turned_on = planned({"id": stored["id"], "method_state": "enabled", **own}, {**stored, "state": "disabled"})
    assert opens(turned_on)


@pytest.mark.parametrize("stored", [PASSKEYS, VOICE, CERTIFICATES])
def test_more_people_with_all_else_as_it_is(stored: Json) -> None:
    for more in ({"include_targets": {"add": [PRINTERS]}}, {"exclude_targets": []}):
        assert opens(planned({"id": stored["id"], **more}, stored))


def test_what_one_target_may_do_is_no_gain_of_people() -> None:
    stored = method("Sms", "enabled", includeTargets=[{**OF_STAFF, "isUsableForSignIn": True}])
    tightened = {"id": STAFF, "is_usable_for_sign_in": False}
    for targets in ([tightened], [tightened, PRINTERS]):
        assert not opens(planned({"id": "Sms", "include_targets": targets}, stored))
    assert opens(planned({"id": "Sms", "include_targets": {"add": [PRINTERS]}}, stored))


def test_what_is_created_opens_and_what_is_removed_does_not() -> None:
    assert opens(planned(NEW, method("Sms", "enabled")))
    assert not opens(planned({**NEW, "method_state": "disabled"}, method("Sms", "enabled")))
    assert not opens(planned({"id": "Adatum", "state": "absent"}, external()))


def test_planned_method_as_graph_would_show_it() -> None:
    stored = method("TemporaryAccessPass", "enabled", **PASS)
    (current,) = current_methods(methods_policy(stored), "v1.0")
    shown = as_graph_shows(current)
    assert {name: shown[name] for name in PASS} == PASS
    assert (shown["id"], shown["@odata.type"], "temporaryAccessPass" in shown) == (
        "TemporaryAccessPass",
        stored["@odata.type"],
        False,
    )
