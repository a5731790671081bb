# Copyright: (c) 2026, m365.entra contributors
# GNU General Public License v3.0+ (see COPYING or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later
"""One request through msgraph-sdk's adapter, with a paper network below it."""

from __future__ import annotations

import base64
import dataclasses
import json
import ssl
import time
import typing as t
from pathlib import Path

import httpx
import pytest
from azure.core.credentials import AccessToken

from ansible_collections.m365.entra.plugins.module_utils._graph.credentials import GivenToken, RememberingCredential
from ansible_collections.m365.entra.plugins.module_utils._graph.endpoint import graph_endpoint
from ansible_collections.m365.entra.plugins.module_utils._graph.errors import ConnectionFailed
from ansible_collections.m365.entra.plugins.module_utils._graph.run_tokens import RunTokens
from ansible_collections.m365.entra.plugins.module_utils._graph.sharing_credential import SharingCredential
from ansible_collections.m365.entra.plugins.module_utils._graph.transport import Answer, NoAnswer, Transport
from ansible_collections.m365.entra.tests.unit.plugins.module_utils.support.connections import SECRET, connection

Handler = t.Callable[[httpx.Request], httpx.Response]
URL = "https://graph.microsoft.com/v1.0/identity/conditionalAccess/policies"
OpenTransport = t.Callable[[Handler], Transport]


@pytest.fixture
def open_transport(monkeypatch: pytest.MonkeyPatch) -> t.Iterator[OpenTransport]:
    """Makes transports whose network is a function."""
    opened: list[Transport] = []
    real_client = httpx.AsyncClient

    def make(handler: Handler) -> Transport:
        def client(**options: t.Any) -> httpx.AsyncClient:
            assert isinstance(options.pop("verify"), ssl.SSLContext)
            return real_client(transport=httpx.MockTransport(handler), **options)

        monkeypatch.setattr(httpx, "AsyncClient", client)
        found = connection("access_token", access_token=SECRET)
        opened.append(Transport(graph_endpoint(found), RememberingCredential(GivenToken(SECRET), found)))
        return opened[-1]

    yield make
    for transport in opened:
        transport.close()


def test_request_carries_token_headers_and_body_and_the_answer_is_plain(open_transport: OpenTransport) -> None:
    seen: list[httpx.Request] = []

    def handler(request: httpx.Request) -> httpx.Response:
        seen.append(request)
        return httpx.Response(201, headers={"Request-Id": "1"}, json={"flags": "a,b", "new": None})

    transport = open_transport(handler)
    body = {"insiderRiskLevels": "moderate,elevated", "locations": None, "list": []}
    found = transport.send("POST", URL, {"client-request-id": "2"}, body)
    assert (found.status, found.headers["request-id"], found.json()) == (201, "1", {"flags": "a,b", "new": None})
    (request,) = seen
    assert (request.method, str(request.url)) == ("POST", URL)
    assert request.headers["Authorization"] == f"Bearer {SECRET}"
    assert request.headers["client-request-id"] == "2"
    assert request.headers["Content-Type"] == "application/json"
    assert json.loads(request.content) == body


def test_query_arrives_as_it_was_given(open_transport: OpenTransport) -> None:
    seen: list[str] = []

    def handler(request: httpx.Request) -> httpx.Response:
        seen.append(str(request.url))
        return httpx.Response(200, json={})

    url = f"{URL}?$filter=displayName%20in%20('O''Neil')&$select=id,displayName"
    open_transport(handler).send("GET", url, {}, None)
    assert httpx.URL(seen[0]).params == httpx.URL(url).params


@pytest.mark.parametrize("status", [400, 401, 403, 404, 429, 500, 503, 504])
@pytest.mark.parametrize("method", ["GET", "POST", "PATCH", "DELETE"])
def test_every_status_is_an_answer_and_nothing_is_repeated(
    open_transport: OpenTransport, status: int, method: str
) -> None:
    count = 0

    def handler(request: httpx.Request) -> httpx.Response:
        nonlocal count
        count += 1
        return httpx.Response(status, json={"error": {"code": "x"}})

    found = open_transport(handler).send(method, URL, {}, None)
    assert (found.status, count) == (status, 1)


@pytest.mark.parametrize("error", [httpx.ReadTimeout("x"), httpx.RemoteProtocolError("x"), httpx.WriteError("x")])
def test_lost_answer(open_transport: OpenTransport, error: httpx.HTTPError) -> None:
    def handler(request: httpx.Request) -> httpx.Response:
        raise error

    with pytest.raises(NoAnswer, match=type(error).__name__) as failure:
        open_transport(handler).send("PATCH", f"{URL}?$x=secret", {}, {})
    assert "secret" not in str(failure.value)


@pytest.mark.parametrize(
    ("error", "words"),
    [
        (httpx.ConnectError("[Errno 111] Connection refused"), "cannot be reached"),
        (httpx.ConnectTimeout(""), "cannot be reached"),
        (httpx.ConnectError("[SSL: CERTIFICATE_VERIFY_FAILED] certificate verify failed"), "not trusted"),
    ],
)
def test_connection_that_was_never_made(open_transport: OpenTransport, error: httpx.HTTPError, words: str) -> None:
    def handler(request: httpx.Request) -> httpx.Response:
        raise error

    with pytest.raises(ConnectionFailed, match=f"^graph_url: .*{words}") as failure:
        open_transport(handler).send("POST", URL, {}, {})
    assert not isinstance(failure.value, NoAnswer)


def test_redirect_does_not_carry_the_token_to_another_host(open_transport: OpenTransport) -> None:
    seen: list[httpx.Request] = []

    def handler(request: httpx.Request) -> httpx.Response:
        seen.append(request)
        if len(seen) == 1:
            return httpx.Response(302, headers={"Location": "https://evil.example/steal"})
        return httpx.Response(200, json={})

    open_transport(handler).send("GET", URL, {}, None)
    strangers = [request for request in seen if request.url.host != "graph.microsoft.com"]
    assert [request for request in strangers if "Authorization" in request.headers] == []


@pytest.mark.parametrize("status", [301, 302, 303, 307, 308])
def test_redirect_may_not_be_followed_at_all(open_transport: OpenTransport, status: int) -> None:
    seen: list[httpx.Request] = []

    def handler(request: httpx.Request) -> httpx.Response:
        seen.append(request)
        return httpx.Response(status, headers={"Location": f"{URL}/elsewhere"})

    transport = open_transport(handler)
    transport._endpoint = dataclasses.replace(transport._endpoint, follows_redirects=False)
    found = transport.send("PUT", URL, {}, {})
    assert (found.status, found.is_success) == (status, False)
    assert len(seen) == 1


def test_closing_without_opening() -> None:
    found = connection("access_token", access_token=SECRET)
    Transport(graph_endpoint(found), RememberingCredential(GivenToken(SECRET), found)).close()


def test_empty_body_is_none() -> None:
    assert Answer(204, {}, b"").json() is None


@pytest.mark.parametrize("body", [b"<html>", b"\xff"])
def test_body_that_is_not_json(body: bytes) -> None:
    with pytest.raises(ConnectionFailed, match="status 200 is not JSON"):
        Answer(200, {}, body).json()


CHALLENGE = base64.b64encode(b'{"access_token":{"nbf":{"essential":true,"value":"1"}}}').decode()


@pytest.mark.parametrize("method", ["GET", "POST"])
def test_challenge_of_the_service_gets_a_new_token_which_other_tasks_find(
    open_transport: OpenTransport, tmp_path: Path, monkeypatch: pytest.MonkeyPatch, method: str
) -> None:
    monkeypatch.setenv("XDG_RUNTIME_DIR", str(tmp_path))
    claims: list[t.Any] = []
    tokens, found = RunTokens(), connection()

    class Service:
        def get_token(self, *scopes: str, **options: t.Any) -> AccessToken:
            claims.append(options.get("claims"))
            return AccessToken(f"token-{len(claims)}", int(time.time()) + 3600)

    def handler(request: httpx.Request) -> httpx.Response:
        if request.headers["Authorization"] == "Bearer token-1":
            told = f'Bearer realm="", error="insufficient_claims", claims="{CHALLENGE}"'
            return httpx.Response(401, headers={"WWW-Authenticate": told})
        return httpx.Response(200, content=request.content or b"{}")

    for _task in range(2):
        transport = open_transport(handler)
        transport._credential = RememberingCredential(SharingCredential(Service(), found, tokens), found)
        answer = transport.send(method, URL, {}, {"x": 1} if method == "POST" else None)
        assert (answer.status, answer.body) == (200, b'{"x": 1}' if method == "POST" else b"{}")
    assert claims == [None, base64.b64decode(CHALLENGE).decode()]
