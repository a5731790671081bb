# Copyright: (c) 2026, m365.entra contributors
# GNU General Public License v3.0+ (see COPYING or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later

"""Sends one HTTP request through msgraph-sdk's request adapter and hands back the plain answer.

Bodies and answers are JSON values and never the SDK's typed models: those drop multi-valued flags, turn unknown enum
members into null and cannot send null (facts section 0.5).
"""

from __future__ import annotations

import asyncio
import json
import ssl
import typing as t
from dataclasses import dataclass

from .connection import Connection
from .credentials import RememberingCredential
from .errors import ConnectionFailed, EntraError
from .token_errors import connection_error

if t.TYPE_CHECKING:
    import httpx
    from msgraph_core import BaseGraphRequestAdapter

_CONNECT_SECONDS = 5.0
_READ_SECONDS = 60.0


@dataclass(frozen=True)
class Answer:
    """What came back: *status*, *headers* with lower-case names, and the body as bytes."""

    status: int
    headers: dict[str, str]
    body: bytes

    def json(self) -> t.Any:
        """The body as JSON, or None when it is empty. Raises ConnectionFailed when it is something else."""
        if not self.body:
            return None
        try:
            return json.loads(self.body)
        except ValueError:
            raise ConnectionFailed(
                f"graph_url: the answer with status {self.status} is not JSON.",
                remedy="Something other than Microsoft Graph answered: check graph_url and proxies.",
            ) from None


class NoAnswer(ConnectionFailed):
    """The request was sent, or may have been, and no answer came back."""


class Transport:
    """One tenant's connection to Graph, for use from ordinary (not async) code."""

    def __init__(self, connection: Connection, credential: RememberingCredential) -> None:
        self._connection = connection
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
        url = self._connection.cloud.graph_url
        return connection_error(f"{error} {error.__cause__ or ''}", url, "graph_url") or ConnectionFailed(
            f"graph_url: {url} cannot be reached ({type(error).__name__}).",
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
        from kiota_http.middleware.options import RetryHandlerOption
        from msgraph_core import BaseGraphRequestAdapter, GraphClientFactory

        client = httpx.AsyncClient(
            verify=self._tls(), timeout=httpx.Timeout(_READ_SECONDS, connect=_CONNECT_SECONDS), http2=True
        )
        # Repeating is decided in one place (retry.py): the SDK's own retry would repeat a POST after a 504.
        retry = RetryHandlerOption(should_retry=False)
        self._client = GraphClientFactory.create_with_default_middleware(
            client=client, options={RetryHandlerOption.get_key(): retry}
        )
        provider = AzureIdentityAuthenticationProvider(
            t.cast(t.Any, self._credential),
            scopes=[self._connection.cloud.scope],
            allowed_hosts=[],
        )
        adapter = BaseGraphRequestAdapter(provider, http_client=self._client)
        adapter.base_url = f"{self._connection.cloud.graph_url}/v1.0"
        return adapter

    def _tls(self) -> ssl.SSLContext:
        return ssl.create_default_context(cafile=self._connection.ca_path)
