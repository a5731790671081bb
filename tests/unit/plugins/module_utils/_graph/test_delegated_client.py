# Copyright: (c) 2026, m365.entra contributors
# GNU General Public License v3.0+ (see COPYING or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later
"""A person signs in through Microsoft's library: what is sent, what comes back, and what never shows."""

from __future__ import annotations

import time

import httpx
import pytest

from ansible_collections.m365.entra.plugins.module_utils._graph.delegated_client import DelegatedClient, SignInPlace
from ansible_collections.m365.entra.plugins.module_utils._graph.delegated_errors import SignInNeeded
from ansible_collections.m365.entra.plugins.module_utils._graph.errors import AuthenticationFailed, ConnectionFailed
from ansible_collections.m365.entra.tests.unit.plugins.module_utils.support.ids import TENANT
from ansible_collections.m365.entra.tests.unit.plugins.module_utils.support.token_service import (
    AUTHORITY,
    DEVICE_CODE,
    STARTED,
    Reply,
    put_in_place,
    refused,
)

SCOPE = "74658136-14ec-4630-ad9b-26e160ff0fc6/.default"
CLIENT = DelegatedClient(SignInPlace(TENANT, AUTHORITY, None, "public-client"), "portal.refresh_token")
TOKENS = {"access_token": "very-secret-access", "refresh_token": "very-secret-new", "expires_in": 3600}


def test_refresh_token_is_redeemed_in_the_tenant(monkeypatch: pytest.MonkeyPatch) -> None:
    service = put_in_place(monkeypatch, TOKENS)
    tokens = CLIENT.redeem("very-secret-old", SCOPE)
    assert (tokens.access_token, tokens.refresh_token) == ("very-secret-access", "very-secret-new")
    assert tokens.expires_in == 3600
    assert "very-secret" not in repr(tokens)
    (form,) = service.forms
    assert (form["grant_type"], form["refresh_token"]) == ("refresh_token", "very-secret-old")
    assert form["client_id"] == "public-client"
    assert set(form["scope"].split()) == {SCOPE, "offline_access", "openid", "profile"}
    assert all(url.startswith(f"{AUTHORITY}/{TENANT}/") for url in service.urls)


def test_service_that_sends_no_new_refresh_token(monkeypatch: pytest.MonkeyPatch) -> None:
    put_in_place(monkeypatch, {"access_token": "a", "expires_in": 3600})
    assert CLIENT.redeem("old", SCOPE).refresh_token == ""


@pytest.mark.parametrize(
    ("reply", "kind", "words"),
    [
        (refused("invalid_grant", "AADSTS700082: expired"), SignInNeeded, "has expired.*AADSTS700082"),
        (refused("invalid_grant", "AADSTS70008: expired"), SignInNeeded, "has expired.*AADSTS70008"),
        (refused("invalid_grant", "AADSTS50076: MFA"), SignInNeeded, "multifactor.*AADSTS50076"),
        (refused("interaction_required", "AADSTS50079: MFA"), SignInNeeded, "register for MFA.*AADSTS50079"),
        (refused("invalid_grant", "AADSTS53003: CA"), SignInNeeded, "Conditional Access policy blocked"),
        (refused("invalid_grant", "AADSTS65001: consent"), SignInNeeded, "consented"),
        (refused("unauthorized_client", "AADSTS700016: app"), AuthenticationFailed, "does not know the public client"),
        (refused("invalid_client", "AADSTS7000218: secret"), AuthenticationFailed, "it wants a secret"),
        (refused("server_error", ""), AuthenticationFailed, "the token service refused it"),
    ],
)
def test_refusals_are_told_with_their_remedy(
    monkeypatch: pytest.MonkeyPatch, reply: Reply, kind: type[Exception], words: str
) -> None:
    put_in_place(monkeypatch, reply)
    with pytest.raises(AuthenticationFailed, match=words) as failure:
        CLIENT.redeem("very-secret-old", SCOPE)
    assert failure.type is kind
    assert failure.value.message.startswith(f"Signing a person in to tenant {TENANT} (portal.refresh_token) failed")
    assert failure.value.remedy
    assert "very-secret" not in f"{failure.value}{failure.value.to_result()}"


def test_text_of_the_service_is_not_quoted(monkeypatch: pytest.MonkeyPatch) -> None:
    put_in_place(monkeypatch, refused("invalid_grant", "AADSTS70000: 'very-secret-old' is malformed"))
    with pytest.raises(SignInNeeded) as failure:
        CLIENT.redeem("very-secret-old", SCOPE)
    assert "very-secret" not in str(failure.value)


@pytest.mark.parametrize(
    ("reply", "words"),
    [
        (httpx.ConnectError("[Errno 111] Connection refused"), "authority_url: .* cannot be reached"),
        (httpx.ConnectError("certificate verify failed"), "authority_url: .*not trusted"),
        (httpx.ReadTimeout("timed out"), "cannot be reached"),
    ],
)
def test_network(monkeypatch: pytest.MonkeyPatch, reply: Reply, words: str) -> None:
    put_in_place(monkeypatch, reply)
    with pytest.raises(ConnectionFailed, match=words):
        CLIENT.redeem("old", SCOPE)


@pytest.mark.parametrize("reply", [httpx.Response(200, text="<html>very-secret</html>"), httpx.Response(200, json=[])])
def test_something_else_answers(monkeypatch: pytest.MonkeyPatch, reply: Reply) -> None:
    put_in_place(monkeypatch, reply)
    with pytest.raises(AuthenticationFailed, match="no answer that can be read") as failure:
        CLIENT.redeem("old", SCOPE)
    assert "very-secret" not in str(failure.value)


def test_redirect_does_not_carry_the_refresh_token_elsewhere(monkeypatch: pytest.MonkeyPatch) -> None:
    elsewhere = httpx.Response(307, headers={"Location": "https://evil.example/steal"})
    service = put_in_place(monkeypatch, elsewhere, TOKENS)
    with pytest.raises(AuthenticationFailed):
        CLIENT.redeem("very-secret-old", SCOPE)
    assert len(service.forms) == 1
    assert not [url for url in service.urls if "evil" in url]


def test_unknown_tenant(monkeypatch: pytest.MonkeyPatch) -> None:
    service = put_in_place(monkeypatch)
    service.discovery = refused("invalid_tenant", "AADSTS90002: Tenant not found.")
    with pytest.raises(AuthenticationFailed, match=r"no such tenant.*AADSTS90002"):
        CLIENT.redeem("old", SCOPE)


# Nobody really sleeps here, which the library notices.
@pytest.mark.filterwarnings("ignore:Attempted too soon")
def test_sign_in_on_another_device(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(time, "sleep", lambda seconds: None)
    service = put_in_place(monkeypatch, STARTED, refused("authorization_pending"), refused("slow_down"), TOKENS)
    flow = CLIENT.start(SCOPE)
    assert flow["user_code"] == STARTED["user_code"]
    assert CLIENT.wait_for(flow).refresh_token == "very-secret-new"
    assert [form.get("device_code") for form in service.forms] == [None, DEVICE_CODE, DEVICE_CODE, DEVICE_CODE]


@pytest.mark.parametrize(
    ("error", "words"),
    [
        ("authorization_pending", "nobody signed in before the code expired"),
        ("expired_token", "nobody signed in before the code expired"),
        ("access_denied", "declined"),
        ("authorization_declined", "declined"),
        ("bad_verification_code", "not known"),
    ],
)
def test_sign_in_that_comes_to_nothing(monkeypatch: pytest.MonkeyPatch, error: str, words: str) -> None:
    put_in_place(monkeypatch, refused(error))
    with pytest.raises(SignInNeeded, match=words) as failure:
        CLIENT.wait_for({**STARTED, "expires_at": 0})
    assert "without wait" in failure.value.remedy
    assert DEVICE_CODE not in str(failure.value)


def test_sign_in_that_is_not_begun(monkeypatch: pytest.MonkeyPatch) -> None:
    put_in_place(monkeypatch, refused("unauthorized_client", "AADSTS700016: unknown"))
    with pytest.raises(AuthenticationFailed, match="does not know the public client"):
        CLIENT.start(SCOPE)
