# Copyright: (c) 2026, m365.entra contributors
# GNU General Public License v3.0+ (see COPYING or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later
"""What the service does not accept of a method, each fault by its option path."""

from __future__ import annotations

import typing as t

import pytest

from ansible_collections.m365.entra.plugins.module_utils._graph.errors import OptionError
from ansible_collections.m365.entra.plugins.module_utils._reconcile.canonical import canonical
from ansible_collections.m365.entra.plugins.module_utils._settings.authentication_method_kinds import (
    EXTERNAL,
    kind_of,
)
from ansible_collections.m365.entra.plugins.module_utils._settings.authentication_method_rules import (
    check_given_method,
    check_method,
)

Json = dict[str, t.Any]
PROFILE = "88888888-8888-4888-8888-888888888888"
OTHER = "88888888-8888-4888-8888-88888888888f"
KEY = "de1e552d-db1d-4423-a619-566b625cdc84"
EVERYONE = [{"id": "all_users"}]
PROVIDER = {"clientId": "abc", "discoveryUrl": "https://adatum.example/.well-known"}
ADATUM = {"displayName": "Adatum", "appId": KEY, "openIdConnectSetting": PROVIDER}


def told(kind: str, option: str = "methods[2]", **content: t.Any) -> str:
    """What is said of a method, in full; nothing when all is well."""
    form = (kind_of(kind) if kind != "external" else EXTERNAL).shape
    try:
        check_method(canonical(form, content), option)
    except OptionError as error:
        return error.message
    return ""


@pytest.mark.parametrize(
    ("kind", "own"),
    [
        ("TemporaryAccessPass", {}),
        (
            "TemporaryAccessPass",
            {"defaultLength": 8, "minimumLifetimeInMinutes": 10, "defaultLifetimeInMinutes": 10},
        ),
        (
            "TemporaryAccessPass",
            {
                "defaultLength": 48,
                "minimumLifetimeInMinutes": 60,
                "defaultLifetimeInMinutes": 60,
                "maximumLifetimeInMinutes": 60,
            },
        ),
        ("QRCodePin", {"standardQRCodeLifetimeInDays": 1, "pinLength": 8}),
        ("QRCodePin", {"standardQRCodeLifetimeInDays": 395, "pinLength": 20}),
        ("Fido2", {"keyRestrictions": {"isEnforced": True, "enforcementType": "block", "aaGuids": []}}),
        ("Fido2", {"keyRestrictions": {"isEnforced": False, "enforcementType": "allow", "aaGuids": []}}),
        ("Fido2", {"passkeyProfiles": [{"id": PROFILE}, {"id": OTHER}], "defaultPasskeyProfile": PROFILE.upper()}),
        ("X509Certificate", {"certificateUserBindings": [{"priority": 1}, {"priority": 2}]}),
        ("external", ADATUM),
        ("Voice", {}),
    ],
)
def test_sound_methods(kind: str, own: Json) -> None:
    part = "external" if kind == "external" else kind_of(kind).own
    name = part if isinstance(part, str) else part.name if part else ""
    assert told(kind, state="enabled", includeTargets=EVERYONE, **({name: own} if own else {})) == ""


@pytest.mark.parametrize("kind", ["Sms", "Fido2", "MicrosoftAuthenticator", "SoftwareOath"])
def test_enabled_for_nobody(kind: str) -> None:
    words = "methods[2].include_targets must not be empty while the method is enabled; all_users means everybody."
    assert told(kind, state="enabled", includeTargets=[]) == words
    assert told(kind, state="disabled", includeTargets=[]) == ""


RANGES = [
    ("TemporaryAccessPass", "temporaryAccessPass", "defaultLength", "default_length", 8, 48),
    (
        "TemporaryAccessPass",
        "temporaryAccessPass",
        "defaultLifetimeInMinutes",
        "default_lifetime_in_minutes",
        10,
        43200,
    ),
    (
        "TemporaryAccessPass",
        "temporaryAccessPass",
        "minimumLifetimeInMinutes",
        "minimum_lifetime_in_minutes",
        10,
        43200,
    ),
    (
        "TemporaryAccessPass",
        "temporaryAccessPass",
        "maximumLifetimeInMinutes",
        "maximum_lifetime_in_minutes",
        10,
        43200,
    ),
    ("QRCodePin", "qrCodePin", "standardQRCodeLifetimeInDays", "standard_qrcode_lifetime_in_days", 1, 395),
    ("QRCodePin", "qrCodePin", "pinLength", "pin_length", 8, 20),
]


@pytest.mark.parametrize(("kind", "part", "name", "option", "least", "most"), RANGES)
def test_ranges(kind: str, part: str, name: str, option: str, least: int, most: int) -> None:
    for value in (least, most):
        check_given_method({part: {name: value}}, "")
    for value in (least - 1, most + 1, 0, -1):
        found = told(kind, "", **{part: {name: value}})
        assert f".{option} must be between {least} and {most}" in found
        with pytest.raises(OptionError, match=rf"^method\..*\.{option} must be between {least} and {most}\.$"):
            check_given_method({part: {name: value}}, "method")


def test_nothing_given_is_no_fault() -> None:
    for given in ({}, {"temporaryAccessPass": None}, {"temporaryAccessPass": {"defaultLength": None}}, {"fido2": {}}):
        check_given_method(given, "")


@pytest.mark.parametrize("lifetimes", [(60, 30, 480), (60, 481, 480), (500, 500, 480)])
def test_lifetimes_are_in_order(lifetimes: tuple[int, int, int]) -> None:
    names = ("minimumLifetimeInMinutes", "defaultLifetimeInMinutes", "maximumLifetimeInMinutes")
    found = told("TemporaryAccessPass", temporaryAccessPass=dict(zip(names, lifetimes, strict=True)))
    assert found == (
        "methods[2].temporary_access_pass.default_lifetime_in_minutes must lie between minimum_lifetime_in_minutes and "
        "maximum_lifetime_in_minutes."
    )


@pytest.mark.parametrize(
    ("fido2", "targets", "words"),
    [
        (
            {"passkeyProfiles": [{"id": PROFILE}, {"id": PROFILE.upper()}]},
            EVERYONE,
            "fido2.passkey_profiles holds the same id more than once",
        ),
        ({"passkeyProfiles": [{"id": "mine"}]}, EVERYONE, "fido2.passkey_profiles holds 'mine', which is no GUID"),
        (
            {"passkeyProfiles": [{"id": PROFILE}], "defaultPasskeyProfile": OTHER},
            EVERYONE,
            "fido2.default_passkey_profile is none of passkey_profiles",
        ),
        (
            {"passkeyProfiles": [{"id": PROFILE}]},
            [{"id": "all_users", "allowedPasskeyProfiles": [PROFILE, OTHER]}],
            "include_targets allows all_users passkey profiles that are none of fido2.passkey_profiles",
        ),
        (
            {"keyRestrictions": {"aaGuids": ["yubi"]}},
            EVERYONE,
            "fido2.key_restrictions holds 'yubi' in aa_guids, which is no GUID",
        ),
        (
            {"keyRestrictions": {"isEnforced": True, "aaGuids": [KEY]}},
            EVERYONE,
            "fido2.key_restrictions needs enforcement_type (allow or block) while it is enforced",
        ),
        (
            {"keyRestrictions": {"isEnforced": True, "enforcementType": "allow"}},
            EVERYONE,
            "fido2.key_restrictions allows no security key at all: aa_guids is empty",
        ),
        (
            {"passkeyProfiles": [{"id": PROFILE, "keyRestrictions": {"isEnforced": True, "enforcementType": "allow"}}]},
            EVERYONE,
            "fido2.passkey_profiles allows no security key at all: aa_guids is empty",
        ),
    ],
)
def test_passkeys(fido2: Json, targets: list[Json], words: str) -> None:
    assert told("Fido2", "", includeTargets=targets, fido2=fido2) == f"{words}."


def test_bindings_of_certificates_have_an_order() -> None:
    bindings = [{"x509CertificateField": "a", "priority": 1}, {"x509CertificateField": "b", "priority": 1}]
    found = told("X509Certificate", "", x509Certificate={"certificateUserBindings": bindings})
    assert found == "x509_certificate.certificate_user_bindings must have different priorities."


@pytest.mark.parametrize(
    ("changes", "words"),
    [
        ({"displayName": None}, "external.display_name is needed"),
        ({"appId": ""}, "external.app_id is needed"),
        ({"appId": "adatum"}, "external.app_id must be the id of an application (a GUID)"),
        (
            {"openIdConnectSetting": {"clientId": "abc"}},
            "external.open_id_connect_setting.discovery_url is needed",
        ),
        (
            {"openIdConnectSetting": {**PROVIDER, "discoveryUrl": "http://adatum.example"}},
            "external.open_id_connect_setting.discovery_url must be an https address",
        ),
    ],
)
def test_external_methods(changes: Json, words: str) -> None:
    assert told("external", "", external={**ADATUM, **changes}) == f"{words}."


def test_all_faults_at_once() -> None:
    found = told(
        "TemporaryAccessPass",
        "methods[0]",
        state="enabled",
        temporaryAccessPass={"defaultLength": 7, "maximumLifetimeInMinutes": 9},
    )
    assert found == (
        "methods[0].include_targets must not be empty while the method is enabled; all_users means everybody; "
        "methods[0].temporary_access_pass.default_length must be between 8 and 48; "
        "methods[0].temporary_access_pass.maximum_lifetime_in_minutes must be between 10 and 43200."
    )


@pytest.mark.parametrize("everybody", ["all_users", "All_Users", {"id": "all_users", "targetType": "group"}])
@pytest.mark.parametrize("form", ["list", "add"])
def test_method_cannot_exclude_everybody(everybody: t.Any, form: str) -> None:
    excluded = ["Staff", everybody]
    with pytest.raises(OptionError, match=r"^methods\[0\]\.exclude_targets cannot exclude all_users; turn the method"):
        check_given_method({"excludeTargets": excluded if form == "list" else {"add": excluded}}, "methods[0]")


@pytest.mark.parametrize("excluded", [None, [], ["Staff"], {"add": None}, {"remove": ["all_users"]}])
def test_method_may_leave_out_others(excluded: t.Any) -> None:
    check_given_method({"excludeTargets": excluded}, "")
