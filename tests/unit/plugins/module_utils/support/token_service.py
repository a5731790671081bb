# Copyright: (c) 2026, m365.entra contributors
# GNU General Public License v3.0+ (see COPYING or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later
"""A token service made of paper, below Microsoft's sign-in library."""

from __future__ import annotations

import ssl
import typing as t
from dataclasses import dataclass, field
from urllib.parse import parse_qsl

import httpx
import pytest

Json = dict[str, t.Any]
Reply: t.TypeAlias = "Json | httpx.Response | Exception"

AUTHORITY = "https://login.contoso.example"
DEVICE_CODE = "very-secret-device-code"
STARTED = {
    "user_code": "ABCDEFGHJ",
    "device_code": DEVICE_CODE,
    "verification_uri": "https://login.contoso.example/device",
    "message": "Enter ABCDEFGHJ at https://login.contoso.example/device.",
    "expires_in": 900,
    "interval": 1,
}


def refused(error: str, description: str = "") -> Json:
    """An answer without a token."""
    return {"error": error, "error_description": description}


@dataclass
class PaperTokenService:
    """Gives the prepared replies to POST requests one after the other; keeps the forms that were sent.

    *discovery* is what it says of its addresses, or the answer that comes instead.
    """

    replies: list[Reply] = field(default_factory=list)
    forms: list[dict[str, str]] = field(default_factory=list)
    urls: list[str] = field(default_factory=list)
    discovery: Reply | None = None

    def answer(self, request: httpx.Request) -> httpx.Response:
        """The next reply, or the addresses."""
        self.urls.append(str(request.url))
        if request.method == "GET":
            return _response(self.discovery or _addresses(request))
        self.forms.append(dict(parse_qsl(request.content.decode())))
        return _response(self.replies.pop(0))


def _addresses(request: httpx.Request) -> Json:
    base = str(request.url).partition("/v2.0/")[0]
    endpoints = {"token": "token", "authorization": "authorize", "device_authorization": "devicecode"}
    return {f"{name}_endpoint": f"{base}/oauth2/v2.0/{path}" for name, path in endpoints.items()}


def _response(reply: Reply) -> httpx.Response:
    if isinstance(reply, Exception):
        raise reply
    if isinstance(reply, httpx.Response):
        return reply
    return httpx.Response(400 if "error" in reply else 200, json=reply)


def put_in_place(monkeypatch: pytest.MonkeyPatch, *replies: Reply) -> PaperTokenService:
    """A token service that every client of the network reaches from now on."""
    service = PaperTokenService(list(replies))
    real_client = httpx.Client

    def client(**options: t.Any) -> httpx.Client:
        assert isinstance(options.pop("verify"), ssl.SSLContext)
        return real_client(transport=httpx.MockTransport(service.answer), **options)

    monkeypatch.setattr(httpx, "Client", client)
    return service
