# Copyright: (c) 2026, m365.entra contributors
# GNU General Public License v3.0+ (see COPYING or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later
"""The configuration of every kind of authentication method (facts section 4.2)."""

from __future__ import annotations

from pathlib import Path
from typing import Any

import pytest
from msgraph.generated.models.authentication_method_configuration import AuthenticationMethodConfiguration

from simulator.fixture import TestSimulator
from simulator.json_types import JsonObject

from .conftest import MakeClient
from .graph_client import METHOD_CONFIGURATIONS, METHODS_POLICY, GraphClient, error_of
from .schema_document import published_schema
from .schema_values import ValueCheck
from .typed_models import misunderstandings, parsed

TYPES = {
    "MicrosoftAuthenticator": "microsoftAuthenticator",
    "Fido2": "fido2",
    "TemporaryAccessPass": "temporaryAccessPass",
    "Sms": "sms",
    "Voice": "voice",
    "SoftwareOath": "softwareOath",
    "Email": "email",
    "X509Certificate": "x509Certificate",
    "QRCodePin": "qrCodePin",
    "VerifiableCredentials": "verifiableCredentials",
}
BETA_TYPES = {"HardwareOath": "hardwareOath", "FederatedIdentityCredential": "federatedIdentityCredential"}
EVERYONE: JsonObject = {"id": "all_users", "targetType": "group"}
STRANGER: JsonObject = {"id": "77777777-7777-7777-7777-777777777777", "targetType": "group"}
PROFILE = "88888888-8888-8888-8888-888888888888"
AAGUID = "de1e552d-db1d-4423-a619-566b625cdc84"
EXTERNAL: JsonObject = {
    "@odata.type": "#microsoft.graph.externalAuthenticationMethodConfiguration",
    "displayName": "Adatum",
    "appId": "12345678-0000-0000-0000-000000000000",
    "openIdConnectSetting": {"clientId": "abc", "discoveryUrl": "https://adatum.example/.well-known"},
}


def body(identifier: str, **members: Any) -> JsonObject:
    """Return a change to a built-in method, with the type it needs."""
    kind = (TYPES | BETA_TYPES)[identifier]
    return {"@odata.type": f"#microsoft.graph.{kind}AuthenticationMethodConfiguration"} | members


def at(identifier: str) -> str:
    return f"{METHOD_CONFIGURATIONS}/{identifier}"


def test_every_method_is_there(client: GraphClient, shared: Path) -> None:
    check = ValueCheck(published_schema(shared / "graph" / "v1.0-Prod.csdl"), reading=True)
    listed = client.get(METHOD_CONFIGURATIONS).json()["value"]
    assert {item["id"] for item in listed} == set(TYPES)
    assert client.get(METHODS_POLICY).json()["authenticationMethodConfigurations"] == listed
    for item in listed:
        assert item["@odata.type"] == body(item["id"])["@odata.type"]
        assert list(check.object_faults(item, "authenticationMethodConfiguration")) == []
        assert list(misunderstandings(item, parsed(item, AuthenticationMethodConfiguration))) == []
        one = client.get(at(item["id"])).json()
        assert {name: value for name, value in one.items() if name != "@odata.context"} == item


def test_beta_has_more_of_them(client: GraphClient) -> None:
    listed = client.get(METHOD_CONFIGURATIONS, version="beta").json()["value"]
    assert {item["id"] for item in listed} == set(TYPES) | set(BETA_TYPES)
    assert client.get(at("HardwareOath")).status_code == 404
    assert client.patch(at("HardwareOath"), body("HardwareOath", state="enabled")).status_code == 404
    answer = client.patch(at("HardwareOath"), body("HardwareOath", state="enabled"), version="beta")
    assert answer.status_code == 204
    assert client.get(at("HardwareOath"), version="beta").json()["state"] == "enabled"


@pytest.mark.parametrize("identifier", TYPES)
def test_every_method_is_switched_and_targeted(client: GraphClient, identifier: str) -> None:
    groups = [group["id"] for group in client.get("/groups").json()["value"]]
    change = body(
        identifier,
        state="enabled",
        includeTargets=[{"id": groups[0].upper(), "targetType": "group", "isRegistrationRequired": True}],
        excludeTargets=[{"id": groups[1], "targetType": "group"}],
    )
    assert client.patch(at(identifier), change).status_code == 204
    stored = client.get(at(identifier)).json()
    assert stored["state"] == "enabled"
    (target,) = stored["includeTargets"]
    assert (target["id"], target["isRegistrationRequired"]) == (groups[0], False)
    assert "@odata.type" not in target
    assert stored["excludeTargets"] == [{"id": groups[1], "targetType": "group"}]


OWN_PROPERTIES: list[tuple[str, JsonObject]] = [
    ("TemporaryAccessPass", {"defaultLength": 12, "defaultLifetimeInMinutes": 120, "isUsableOnce": True}),
    ("TemporaryAccessPass", {"minimumLifetimeInMinutes": 10, "maximumLifetimeInMinutes": 43200}),
    ("Voice", {"isOfficePhoneAllowed": True}),
    ("Email", {"allowExternalIdToUseEmailOtp": "disabled"}),
    ("MicrosoftAuthenticator", {"isSoftwareOathEnabled": True}),
    ("QRCodePin", {"standardQRCodeLifetimeInDays": 30, "pinLength": 10}),
    ("Fido2", {"isAttestationEnforced": False, "isSelfServiceRegistrationAllowed": False}),
    ("Fido2", {"keyRestrictions": {"isEnforced": True, "enforcementType": "allow", "aaGuids": [AAGUID]}}),
    ("X509Certificate", {"issuerHintsConfiguration": {"state": "enabled"}}),
    (
        "X509Certificate",
        {
            "crlValidationConfiguration": {
                "state": "enabled",
                "exemptedCertificateAuthoritiesSubjectKeyIdentifiers": ["aa"],
            }
        },
    ),
]


@pytest.mark.parametrize(("identifier", "change"), OWN_PROPERTIES)
def test_own_properties(client: GraphClient, identifier: str, change: JsonObject) -> None:
    before = client.get(at(identifier)).json()
    assert client.patch(at(identifier), body(identifier, **change)).status_code == 204
    assert client.get(at(identifier)).json() == before | change


def test_complex_settings_are_merged(client: GraphClient) -> None:
    before = client.get(at("MicrosoftAuthenticator"), version="beta").json()["featureSettings"]
    settings = {"displayAppInformationRequiredState": {"state": "enabled"}}
    change = body("MicrosoftAuthenticator", featureSettings=settings)
    assert client.patch(at("MicrosoftAuthenticator"), change).status_code == 204
    after = client.get(at("MicrosoftAuthenticator"), version="beta").json()["featureSettings"]
    name = "displayAppInformationRequiredState"
    assert after == before | {name: before[name] | {"state": "enabled"}}
    shown = client.get(at("MicrosoftAuthenticator")).json()["featureSettings"]
    assert set(shown) == {name, "displayLocationInformationRequiredState"}


def test_defaults_of_targets(client: GraphClient) -> None:
    for identifier, expected in (
        ("Sms", {"isUsableForSignIn": True}),
        ("MicrosoftAuthenticator", {"authenticationMode": "any"}),
        ("Fido2", {"allowedPasskeyProfiles": []}),
        ("VerifiableCredentials", {"verifiedIdProfiles": []}),
    ):
        client.patch(at(identifier), body(identifier, includeTargets=[EVERYONE]))
        (target,) = client.get(at(identifier)).json()["includeTargets"]
        assert target == EVERYONE | {"isRegistrationRequired": False} | expected


def test_passkey_profiles(client: GraphClient) -> None:
    profile = {
        "id": PROFILE.upper(),
        "name": "Keys",
        "passkeyTypes": "synced,deviceBound",
        "attestationEnforcement": "disabled",
    }
    target = EVERYONE | {"allowedPasskeyProfiles": [PROFILE]}
    change = body("Fido2", passkeyProfiles=[profile], defaultPasskeyProfile=PROFILE, includeTargets=[target])
    assert client.patch(at("Fido2"), change).status_code == 204
    stored = client.get(at("Fido2")).json()
    assert stored["passkeyProfiles"][0] == profile | {
        "id": PROFILE,
        "passkeyTypes": "deviceBound,synced",
        "keyRestrictions": None,
    }
    without = body("Fido2", passkeyProfiles=[])
    assert "defaultPasskeyProfile" in error_of(client.patch(at("Fido2"), without))[2]


REFUSED: list[tuple[str, JsonObject]] = [
    ("TemporaryAccessPass", {"defaultLength": 7}),
    ("TemporaryAccessPass", {"defaultLength": 49}),
    ("TemporaryAccessPass", {"maximumLifetimeInMinutes": 43201}),
    ("TemporaryAccessPass", {"minimumLifetimeInMinutes": 90}),
    ("QRCodePin", {"pinLength": 7}),
    ("QRCodePin", {"standardQRCodeLifetimeInDays": 396}),
    ("Sms", {"state": "enabled", "includeTargets": []}),
    ("Sms", {"includeTargets": [STRANGER]}),
    ("Sms", {"excludeTargets": [STRANGER]}),
    ("Sms", {"excludeTargets": [EVERYONE]}),
    ("Sms", {"state": "default"}),
    ("Sms", {"id": "Voice"}),
    ("Sms", {"isOfficePhoneAllowed": True}),
    ("Voice", {"callerIdNumber": "+41"}),
    ("Fido2", {"keyRestrictions": {"aaGuids": ["YubiKey"]}}),
    ("Fido2", {"defaultPasskeyProfile": PROFILE}),
    ("Fido2", {"includeTargets": [EVERYONE | {"allowedPasskeyProfiles": [PROFILE]}]}),
    ("Fido2", {"includeTargets": [EVERYONE | {"authenticationMode": "any"}]}),
    (
        "MicrosoftAuthenticator",
        {"featureSettings": {"displayAppInformationRequiredState": {"includeTarget": STRANGER}}},
    ),
    ("MicrosoftAuthenticator", {"featureSettings": {"numberMatchingRequiredState": {"state": "enabled"}}}),
    ("X509Certificate", {"crlValidationConfiguration": None}),
    (
        "X509Certificate",
        {"certificateUserBindings": [{"x509CertificateField": "RFC822Name", "priority": 1}] * 2},
    ),
]


@pytest.mark.parametrize(("identifier", "change"), REFUSED)
def test_changes_that_are_refused(client: GraphClient, identifier: str, change: JsonObject) -> None:
    before = client.get(at(identifier)).json()
    assert client.patch(at(identifier), body(identifier, **change)).status_code == 400
    assert client.get(at(identifier)).json() == before


@pytest.mark.parametrize(
    ("setting", "value", "identifier", "change"),
    [
        ("unknown_method_targets", "accept", "Sms", body("Sms", includeTargets=[STRANGER])),
        ("enabled_method_without_targets", "accept", "Sms", body("Sms", state="enabled", includeTargets=[])),
        ("method_type_required", False, "Sms", {"state": "enabled"}),
    ],
)
def test_what_is_uncertain_is_a_setting(
    client: GraphClient, simulator: TestSimulator, setting: str, value: object, identifier: str, change: JsonObject
) -> None:
    assert client.patch(at(identifier), change).status_code == 400
    simulator.set_profile(**{setting: value})
    assert client.patch(at(identifier), change).status_code == 204


def test_a_type_of_another_method_is_refused(client: GraphClient) -> None:
    assert client.patch(at("Sms"), body("Voice", state="enabled")).status_code == 400


def test_external_methods_come_and_go(client: GraphClient) -> None:
    created = client.created(METHOD_CONFIGURATIONS, EXTERNAL)
    one = at(created["id"])
    assert created["state"] == "disabled"
    change = {"@odata.type": EXTERNAL["@odata.type"], "state": "enabled", "includeTargets": [EVERYONE]}
    assert client.patch(one, change).status_code == 204
    assert client.get(one).json()["openIdConnectSetting"] == EXTERNAL["openIdConnectSetting"]
    assert client.delete(one).status_code == 204
    assert error_of(client.get(one))[0] == 404


@pytest.mark.parametrize(
    "wrong",
    [
        body("Sms"),
        {name: value for name, value in EXTERNAL.items() if name != "appId"},
        EXTERNAL | {"appId": "adatum"},
        EXTERNAL | {"openIdConnectSetting": {"clientId": "abc", "discoveryUrl": "http://adatum.example"}},
        {"displayName": "Adatum"},
    ],
)
def test_methods_that_cannot_be_created(client: GraphClient, wrong: JsonObject) -> None:
    assert client.post(METHOD_CONFIGURATIONS, wrong).status_code == 400


@pytest.mark.parametrize(("choice", "status", "state"), [("reset", 204, "disabled"), ("refuse", 400, "enabled")])
def test_deleting_a_built_in_method(
    client: GraphClient, simulator: TestSimulator, choice: str, status: int, state: str
) -> None:
    simulator.set_profile(built_in_method_delete=choice)
    client.patch(at("Sms"), body("Sms", state="enabled"))
    assert client.delete(at("Sms")).status_code == status
    assert client.get(at("Sms")).json()["state"] == state


def test_a_seed_says_what_is_different(make_client: MakeClient, simulator: TestSimulator) -> None:
    seeded = [{"id": "Sms", "state": "enabled"}, EXTERNAL | {"id": PROFILE}]
    client = make_client(state={METHOD_CONFIGURATIONS: seeded})
    assert client.get(at("Sms")).json()["includeTargets"][0]["id"] == "all_users"
    assert client.get(at(PROFILE)).json()["displayName"] == "Adatum"
    assert len(client.get(METHOD_CONFIGURATIONS).json()["value"]) == len(TYPES) + 1
