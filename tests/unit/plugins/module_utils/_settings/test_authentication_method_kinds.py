# Copyright: (c) 2026, m365.entra contributors
# GNU General Public License v3.0+ (see COPYING or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later
"""Every kind of method by its id and its type, and what only one kind has."""

from __future__ import annotations

import pytest

from ansible_collections.m365.entra.plugins.module_utils._reconcile.canonical import canonical
from ansible_collections.m365.entra.plugins.module_utils._settings.authentication_method_kinds import (
    EXTERNAL,
    KINDS,
    kind_of,
    kind_of_type,
)


@pytest.mark.parametrize("kind", [kind for kind in KINDS if kind is not EXTERNAL], ids=lambda kind: kind.identifier)
def test_kinds_are_found_without_case(kind: object) -> None:
    identifier = kind.identifier  # type: ignore[attr-defined]
    assert kind_of(identifier) is kind_of(identifier.upper()) is kind_of(identifier.lower()) is kind


def test_any_other_id_is_an_external_method() -> None:
    assert kind_of("Adatum") is kind_of("") is kind_of("dddddddd-0000-4000-8000-0000000000ad") is EXTERNAL


def test_types() -> None:
    for kind in KINDS:
        assert kind_of_type(kind.odata_type) is kind
    assert kind_of_type("#microsoft.graph.federatedIdentityCredentialAuthenticationMethodConfiguration") is None
    assert kind_of_type("") is None


def test_which_methods_are_a_second_factor() -> None:
    """By facts section 4.2 and what the kinds are: a pass, a mailed code and a code that is read are none."""
    assert {kind.identifier for kind in KINDS if not kind.is_second_factor} == {
        "TemporaryAccessPass",
        "Email",
        "QRCodePin",
        "VerifiableCredentials",
    }
    assert {kind.identifier for kind in KINDS if kind.preview} == {"HardwareOath"}


def test_own_parts_have_names_of_their_own() -> None:
    names = [kind.own.name for kind in KINDS if kind.own]
    assert len(set(names)) == len(names)
    for kind in KINDS:
        common = {field.name for field in kind.shape.fields} - {kind.own.name if kind.own else ""}
        assert common == {"state", "includeTargets", "excludeTargets"}


def test_what_a_missing_target_of_a_feature_means() -> None:
    """Everybody is included and nobody excluded: with that said or not, it is the same."""
    nobody = {"id": "00000000-0000-0000-0000-000000000000", "targetType": "group"}
    everyone = {"id": "all_users", "targetType": "group"}
    name = "displayAppInformationRequiredState"
    shape = kind_of("MicrosoftAuthenticator").shape
    said = {"featureSettings": {name: {"state": "default", "includeTarget": everyone, "excludeTarget": nobody}}}
    found = canonical(shape, {"microsoftAuthenticator": said})
    for nothing in ({}, {"featureSettings": None}, {"featureSettings": {name: None}}):
        assert canonical(shape, {"microsoftAuthenticator": nothing}) == found
    feature = found["microsoftAuthenticator"]["featureSettings"][name]
    assert (feature["includeTarget"], feature["excludeTarget"]) == (everyone, nobody)


def test_keys_of_authorities_are_capitals() -> None:
    shape = kind_of("X509Certificate").shape
    settings = {"exemptedCertificateAuthoritiesSubjectKeyIdentifiers": ["ab12", "AB12"]}
    found = canonical(shape, {"x509Certificate": {"crlValidationConfiguration": settings}})
    kept = found["x509Certificate"]["crlValidationConfiguration"]
    assert kept["exemptedCertificateAuthoritiesSubjectKeyIdentifiers"] == ["AB12"]
