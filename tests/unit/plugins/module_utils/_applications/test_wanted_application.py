# Copyright: (c) 2026, m365.entra contributors
# GNU General Public License v3.0+ (see COPYING or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later
"""What options mean: unset leaves alone, null clears, and what cannot be meant is refused."""

from __future__ import annotations

import typing as t

import pytest

from ansible_collections.m365.entra.plugins.module_utils._applications.certificate import CertificateWish
from ansible_collections.m365.entra.plugins.module_utils._applications.wanted_application import wanted_application
from ansible_collections.m365.entra.plugins.module_utils._graph.errors import OptionError

ONE = "66666666-6666-4666-8666-666666666661"


def test_nothing_is_said_of_what_is_not_given() -> None:
    wanted = wanted_application({"display_name": "X"})
    assert (dict(wanted.settings), wanted.certificate, wanted.owners, wanted.speaks_of_claims) == (
        {},
        None,
        None,
        False,
    )


@pytest.mark.parametrize(
    ("given", "settings"),
    [
        ({"saml": {"identifiers": ["b", "a", "a"]}}, {"saml.identifiers": ["a", "b"]}),
        ({"saml": {"identifiers": None}}, {"saml.identifiers": []}),
        ({"notes": None}, {"notes": None}),
        ({"visible": False, "enabled": True}, {"visible": False, "enabled": True}),
        ({"single_sign_on_mode": None}, {"single_sign_on_mode": "none"}),
        ({"id": ONE}, {"display_name": "X"}),
    ],
)
def test_what_is_given(given: dict[str, t.Any], settings: dict[str, t.Any]) -> None:
    assert wanted_application({"display_name": "X"} | given).settings == settings


def test_a_null_part_clears_all_its_members() -> None:
    settings = wanted_application({"display_name": "X", "saml": None}).settings
    assert settings == {
        "saml.identifiers": [],
        "saml.reply_urls": [],
        "saml.logout_url": None,
        "saml.relay_state": None,
        "saml.notification_addresses": [],
    }


@pytest.mark.parametrize(
    ("given", "certificate"),
    [
        ({"single_sign_on_mode": "saml"}, CertificateWish("X")),
        ({"single_sign_on_mode": "saml", "certificate": None}, None),
        ({"single_sign_on_mode": "oidc"}, None),
        ({"certificate": {"rollover_days": 0, "name": "Y"}}, CertificateWish("Y", rollover_days=0)),
    ],
)
def test_when_certificates_are_kept(given: dict[str, t.Any], certificate: CertificateWish | None) -> None:
    assert wanted_application({"display_name": "X"} | given).certificate == certificate


@pytest.mark.parametrize(
    ("given", "message"),
    [
        ({"display_name": " "}, "display_name: it is empty"),
        ({"display_name": "x" * 121}, "display_name: it is longer"),
        ({"id": "files"}, "id: it is no application id"),
        ({"display_name": "X", "saml": {}, "oidc": {}}, "saml, oidc:"),
        ({"display_name": "X", "certificate": {"lifetime_days": 1096}}, "certificate.lifetime_days"),
        ({"display_name": "X", "certificate": {"lifetime_days": 0}}, "certificate.lifetime_days"),
        ({"display_name": "X", "certificate": {"lifetime_days": 30}}, "certificate.rollover_days"),
        ({"display_name": "X", "certificate": {"rollover_days": -1}}, "certificate.rollover_days"),
    ],
)
def test_what_cannot_be_meant(given: dict[str, t.Any], message: str) -> None:
    with pytest.raises(OptionError) as refusal:
        wanted_application(given)
    assert message in refusal.value.message
