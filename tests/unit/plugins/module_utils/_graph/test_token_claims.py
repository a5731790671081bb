# Copyright: (c) 2026, m365.entra contributors
# GNU General Public License v3.0+ (see COPYING or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later
"""What a token says of itself."""

from __future__ import annotations

import base64

import pytest

from ansible_collections.m365.entra.plugins.module_utils._graph.errors import AuthenticationFailed
from ansible_collections.m365.entra.plugins.module_utils._graph.token_claims import TokenClaims, read_claims
from ansible_collections.m365.entra.tests.unit.plugins.module_utils.support.ids import ADA, TENANT
from ansible_collections.m365.entra.tests.unit.plugins.module_utils.support.tokens import token


def test_application_token() -> None:
    found = read_claims(token(tid=TENANT.upper(), appid=ADA.upper(), roles=["Policy.Read.All", "User.Read.All"]))
    assert found == TokenClaims(TENANT, ADA, frozenset({"Policy.Read.All", "User.Read.All"}), True)


def test_delegated_token() -> None:
    found = read_claims(token(azp=ADA, scp="Policy.Read.All openid"))
    assert found == TokenClaims(TENANT, ADA, frozenset({"Policy.Read.All", "openid"}), False)


def test_person_may_have_roles_of_an_application_too() -> None:
    found = read_claims(token(scp="user_impersonation", roles=["Approver"], upn="ada@contoso.example"))
    assert not found.is_application
    assert found.account == "ada@contoso.example"


def test_token_without_permissions() -> None:
    found = read_claims(token())
    assert found.permissions == frozenset()
    assert found.application_id == ""


@pytest.mark.parametrize("length", range(4))
def test_padding(length: int) -> None:
    assert read_claims(token(filler="x" * length)).tenant_id == TENANT


def _with_payload(payload: bytes) -> str:
    return f"header.{base64.urlsafe_b64encode(payload).decode()}.secret-signature"


@pytest.mark.parametrize(
    "text",
    [
        "",
        "opaque-secret",
        "secret.two",
        "secret.!!!.x",
        "a.secret.b.c",
        _with_payload(b"secret"),
        _with_payload(b"[1]"),
        _with_payload(b"\xff\xfe"),
    ],
)
def test_what_is_no_token_is_refused_without_showing_it(text: str) -> None:
    with pytest.raises(AuthenticationFailed, match="not a JWT") as failure:
        read_claims(text)
    assert "secret" not in str(failure.value)
    assert failure.value.__cause__ is None
