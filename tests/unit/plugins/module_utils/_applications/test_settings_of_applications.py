# Copyright: (c) 2026, m365.entra contributors
# GNU General Public License v3.0+ (see COPYING or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later
"""What is set is what is read, alone and together, and whatever else a part holds stays."""

from __future__ import annotations

import typing as t

import pytest
from hypothesis import given
from hypothesis import strategies as st

from ansible_collections.m365.entra.plugins.module_utils._applications.setting import SETTINGS

Json = dict[str, t.Any]
uris = st.lists(st.sampled_from([f"https://x{number}.example" for number in range(6)]), max_size=4)
texts = st.none() | st.text("ab ", max_size=3)
VALUES: dict[str, st.SearchStrategy[t.Any]] = {
    "single_sign_on_mode": st.none() | st.sampled_from(["saml", "oidc", "password", "linked", "none"]),
    **dict.fromkeys(
        ("enabled", "visible", "assignment_required", "oidc.id_tokens", "oidc.access_tokens"), st.none() | st.booleans()
    ),
    **dict.fromkeys(
        (name for name in SETTINGS if name.endswith(("_urls", "_uris", "identifiers", "addresses"))), st.none() | uris
    ),
}
HELD: Json = {
    "tags": ["HideApp", "Kept"],
    "web": {
        "homePageUrl": "https://home.example",
        "logoutUrl": "https://bye.example",
        "redirectUris": ["https://b.example", "https://a.example"],
        "redirectUriSettings": [{"uri": "https://a.example", "index": 0}, {"uri": "https://b.example", "index": 1}],
        "implicitGrantSettings": {"enableIdTokenIssuance": True, "enableAccessTokenIssuance": True},
    },
}


@pytest.mark.parametrize("option", SETTINGS)
@given(data=st.data())
def test_what_is_written_is_read(option: str, data: st.DataObject) -> None:
    setting = SETTINGS[option]
    value = setting.canonical(data.draw(VALUES.get(option, texts)))
    assert setting.canonical(value) == value
    assert setting.read({**HELD, **setting.write(value, HELD)}) == value
    assert setting.read({**setting.write(value, {})}) == value


def test_what_a_part_holds_besides_goes_out_as_it_is() -> None:
    body = SETTINGS["saml.logout_url"].write(None, HELD)
    assert body == {"web": {**HELD["web"], "logoutUrl": None}}
    assert SETTINGS["visible"].write(True, HELD) == {"tags": ["Kept"]}
    assert SETTINGS["visible"].write(False, {"tags": []}) == {"tags": ["HideApp"]}


def test_the_default_reply_url_is_the_first() -> None:
    setting = SETTINGS["saml.reply_urls"]
    assert setting.read(HELD) == ["https://a.example", "https://b.example"]
    written = setting.write(["https://b.example", "https://a.example"], HELD)["web"]["redirectUriSettings"]
    assert written == [{"uri": "https://b.example", "index": 0}, {"uri": "https://a.example", "index": 1}]


@pytest.mark.parametrize(
    ("mode", "option"), [(None, "none"), ("", "none"), ("notSupported", "none"), ("SAML", "saml"), ("new", "new")]
)
def test_modes(mode: str | None, option: str) -> None:
    assert SETTINGS["single_sign_on_mode"].read({"preferredSingleSignOnMode": mode}) == option
