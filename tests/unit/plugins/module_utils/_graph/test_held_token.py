# Copyright: (c) 2026, m365.entra contributors
# GNU General Public License v3.0+ (see COPYING or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later
"""A token is held for a minute, so that none is asked for between requests that belong together."""

from __future__ import annotations

import time
import typing as t

import pytest
from azure.core.credentials import AccessToken

from ansible_collections.m365.entra.plugins.module_utils._graph.credentials import RememberingCredential
from ansible_collections.m365.entra.plugins.module_utils._graph.held_token import HeldToken
from ansible_collections.m365.entra.tests.unit.plugins.module_utils.support.connections import connection

SCOPE = "https://graph.microsoft.com/.default"


class Clock:
    """A clock that is set by hand."""

    now = 1000.0

    def __call__(self) -> float:
        return self.now


@pytest.mark.parametrize(
    ("lifetime", "passed", "expected"),
    [(3600, 0, True), (3600, 59, True), (3600, 60, False), (40, 34, True), (40, 35, False), (5, 0, False)],
)
def test_it_serves_for_a_minute_or_until_it_is_about_to_expire(lifetime: int, passed: int, expected: bool) -> None:
    clock = Clock()
    held = HeldToken([SCOPE], AccessToken("t", 1000 + lifetime), clock)
    clock.now += passed
    assert held.serves((SCOPE,)) is expected


def test_it_serves_only_its_scope_and_tells_nobody_its_text() -> None:
    held = HeldToken([SCOPE], AccessToken("secret-text", 9999))
    assert not held.serves(["https://portal.example/.default"])
    assert "secret-text" not in repr(held)


class Tokens:
    """A credential that hands out another token each time."""

    def __init__(self) -> None:
        self.asked: list[dict[str, t.Any]] = []

    def get_token(self, *scopes: str, **options: t.Any) -> AccessToken:
        self.asked.append(options)
        return AccessToken(f"token {len(self.asked)}", int(time.time()) + 3600)


def test_held_token_is_handed_out_without_asking() -> None:
    tokens = Tokens()
    credential = RememberingCredential(t.cast(t.Any, tokens), connection())
    assert credential.get_token(SCOPE).token == "token 1"
    credential.hold(SCOPE, enable_cae=True)
    assert [credential.get_token(SCOPE, claims=None).token for _unused in range(3)] == ["token 2"] * 3
    assert tokens.asked == [{}, {"enable_cae": True}]


def test_challenge_of_the_service_and_other_scopes_ask_again() -> None:
    tokens = Tokens()
    credential = RememberingCredential(t.cast(t.Any, tokens), connection())
    credential.hold(SCOPE)
    assert credential.get_token(SCOPE, claims="{}").token == "token 2"
    assert credential.get_token("other").token == "token 3"


def test_holding_again_asks_again() -> None:
    tokens = Tokens()
    credential = RememberingCredential(t.cast(t.Any, tokens), connection())
    credential.hold(SCOPE)
    credential.hold(SCOPE)
    assert credential.get_token(SCOPE).token == "token 2"
