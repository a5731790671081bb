# Copyright: (c) 2026, m365.entra contributors
# GNU General Public License v3.0+ (see COPYING or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later

"""Sends one HTTP request through msgraph-sdk's request adapter and hands back the plain answer.

Bodies and answers are JSON values and never the SDK's typed models: those drop multi-valued flags, turn unknown enum
members into null and cannot send null (facts section 0.5).
"""

from __future__ import annotations

import asyncio
import functools
import json
import ssl
import typing as t
from dataclasses import dataclass

from .endpoint import Endpoint
from .errors import ConnectionFailed, EntraError
from .token_errors import connection_error

if t.TYPE_CHECKING:
    import httpx
    from azure.core.credentials import AccessToken
    from msgraph_core import BaseGraphRequestAdapter

_CONNECT_SECONDS = 5.0
_READ_SECONDS = 60.0


class Credential(t.Protocol):
    """What hands out access tokens."""

    def get_token(self, *scopes: str, **options: t.Any) -> AccessToken:
        """A token for *scopes*."""


@dataclass(frozen=True)
class Answer:
    """What came back: *status*, *headers* with lower-case names, and the body as bytes."""

    status: int
    headers: dict[str, str]
    body: bytes

    @property
    def is_success(self) -> bool:
        """Whether what was asked was done. An answer that only leads elsewhere has done nothing."""
        return 200 <= self.status < 300

    @property
    def request_id(self) -> str:
        """What the service calls the request, empty where it does not say."""
        return self.headers.get("request-id", "")

    def json(self, option: str = "graph_url", service: str = "Microsoft Graph") -> t.Any:
        """The body as JSON, or None when it is empty. Raises ConnectionFailed when it is something else.

        *service* is who should have answered, *option* the one that its address comes from.
        """
        if not self.body:
            return None
        try:
            return json.loads(self.body)
        except ValueError:
            raise ConnectionFailed(
                f"{option}: the answer with status {self.status} is not JSON.",
                remedy=f"Something other than {service} answered: check {option} and proxies.",
                request_id=self.request_id,
            ) from None


class NoAnswer(ConnectionFailed):
    """The request was sent, or may have been, and no answer came back."""


class Transport:
    """One tenant's connection to one service, for use from ordinary (not async) code."""

    def __init__(self, endpoint: Endpoint, credential: Credential) -> None:
        self._endpoint = endpoint
        self._credential = credential
        self._loop = asyncio.new_event_loop()
        self._client: httpx.AsyncClient | None = None
        self._adapter: BaseGraphRequestAdapter | None = None

    def send(self, method: str, url: str, headers: t.Mapping[str, str], body: t.Any) -> Answer:
        """Send *body* (JSON value or None) to the absolute *url*.

        Raises ConnectionFailed when nothing was sent and NoAnswer when it is not known whether it was.
        """
        return self._loop.run_until_complete(self._send(method, url, headers, body))

    def sleep(self, seconds: float) -> None:
        """Wait without losing the connection."""
        self._loop.run_until_complete(asyncio.sleep(seconds))

    def close(self) -> None:
        """Close connections and the event loop."""
        if self._client is not None:
            self._loop.run_until_complete(self._client.aclose())
        self._loop.close()

    async def _send(self, method: str, url: str, headers: t.Mapping[str, str], body: t.Any) -> Answer:
        import httpx
        from kiota_abstractions.method import Method
        from kiota_abstractions.native_response_handler import NativeResponseHandler
        from kiota_abstractions.request_information import RequestInformation
        from kiota_http.middleware.options import ResponseHandlerOption

        request = RequestInformation()
        request.http_method = Method(method)
        request.url = url
        for name, value in headers.items():
            request.headers.try_add(name, value)
        if body is not None:
            request.set_stream_content(json.dumps(body).encode("utf-8"), "application/json")
        request.add_request_options([ResponseHandlerOption(NativeResponseHandler())])
        try:
            response = await self._open().send_no_response_content_async(request, {})
        # Older versions of the HTTP library below let the error of the TLS handshake through as it is.
        except (httpx.ConnectError, httpx.ConnectTimeout, ssl.SSLError) as error:
            raise self._not_connected(error) from None
        except httpx.HTTPError as error:
            raise NoAnswer(
                f"{method} {url.split('?')[0]} got no answer ({type(error).__name__}).",
                remedy="Run again: what holds now is read first.",
            ) from None
        answer = t.cast("httpx.Response", response)
        return Answer(
            answer.status_code, {name.lower(): value for name, value in answer.headers.items()}, answer.content
        )

    def _not_connected(self, error: Exception) -> EntraError:
        url, option = self._endpoint.url, self._endpoint.option
        return connection_error(f"{error} {error.__cause__ or ''}", url, option) or ConnectionFailed(
            f"{option}: {url} cannot be reached ({type(error).__name__}).",
            remedy="Check the URL, name resolution, proxy and firewall.",
        )

    def _open(self) -> BaseGraphRequestAdapter:
        """The adapter, opened on first use: options that are wrong never open a connection."""
        if self._adapter is None:
            self._adapter = self._new_adapter()
        return self._adapter

    def _new_adapter(self) -> BaseGraphRequestAdapter:
        import httpx
        from kiota_authentication_azure.azure_identity_authentication_provider import (
            AzureIdentityAuthenticationProvider,
        )
        from kiota_http.middleware.options import RedirectHandlerOption, RetryHandlerOption
        from msgraph_core import BaseGraphRequestAdapter, GraphClientFactory

        client = httpx.AsyncClient(
            verify=self._tls(), timeout=httpx.Timeout(_READ_SECONDS, connect=_CONNECT_SECONDS), http2=True
        )
        # Repeating is decided in one place (retry.py): the SDK's own retry would repeat a POST after a 504.
        options = {
            RetryHandlerOption.get_key(): RetryHandlerOption(should_retry=False),
            RedirectHandlerOption.get_key(): RedirectHandlerOption(should_redirect=self._endpoint.follows_redirects),
        }
        self._client = GraphClientFactory.create_with_default_middleware(client=client, options=options)
        provider = AzureIdentityAuthenticationProvider(
            t.cast(t.Any, self._credential),
            scopes=[self._endpoint.scope],
            allowed_hosts=[],
        )
        adapter = BaseGraphRequestAdapter(provider, http_client=self._client)
        adapter.base_url = self._endpoint.url
        return adapter

    def _tls(self) -> ssl.SSLContext:
        return _trusting(self._endpoint.ca_path)


@functools.lru_cache(maxsize=8)
def _trusting(ca_path: str | None) -> ssl.SSLContext:
    """The context that trusts what a file holds, or else the machine's authorities: reading those takes a while."""
    return ssl.create_default_context(cafile=ca_path)
