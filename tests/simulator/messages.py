# Copyright: (c) 2026, m365.entra contributors
# GNU General Public License v3.0+ (see COPYING or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later
"""What goes in and out of the simulator: one HTTP request and its answer."""

from __future__ import annotations

import ipaddress
import json
from collections.abc import Mapping
from dataclasses import dataclass, field
from functools import cached_property
from typing import Any
from urllib.parse import parse_qsl, unquote

from .json_types import JsonValue


class MalformedBody(ValueError):
    """The body of a request is not the JSON text it should be."""


@dataclass(frozen=True)
class Request:
    """An HTTP request. ``path`` is still percent-encoded and has no query; header names are lower case."""

    method: str
    path: str
    query_string: str = ""
    headers: Mapping[str, str] = field(default_factory=dict)
    body: bytes = b""
    base_url: str = "https://localhost"
    client_address: str = "127.0.0.1"

    @cached_property
    def segments(self) -> tuple[str, ...]:
        """The decoded path segments, so that an encoded slash stays inside its segment."""
        return tuple(unquote(segment) for segment in self.path.split("/") if segment)

    @cached_property
    def query(self) -> dict[str, str]:
        """The decoded query parameters; the last of several equal names counts."""
        return dict(parse_qsl(self.query_string, keep_blank_values=True))

    @cached_property
    def form(self) -> dict[str, str]:
        """The fields of a form-encoded body."""
        return dict(parse_qsl(self.body.decode("utf-8", "replace"), keep_blank_values=True))

    @property
    def target(self) -> str:
        """The decoded path with its query, as a person would write it."""
        path = "/" + "/".join(self.segments)
        return f"{path}?{unquote(self.query_string)}" if self.query_string else path

    @property
    def comes_from_loopback(self) -> bool:
        return ipaddress.ip_address(self.client_address).is_loopback

    def header(self, name: str, default: str = "") -> str:
        return self.headers.get(name.lower(), default)

    def json(self) -> JsonValue:
        """Return the parsed JSON body.

        Raises:
            MalformedBody: the body is empty or not JSON.
        """
        try:
            return json.loads(self.body)
        except (UnicodeDecodeError, json.JSONDecodeError) as error:
            raise MalformedBody(str(error)) from error


@dataclass(frozen=True)
class Response:
    """An HTTP answer. A body of None means that none is sent."""

    status: int
    body: Any = None
    headers: Mapping[str, str] = field(default_factory=dict)

    def encoded_body(self) -> bytes:
        return b"" if self.body is None else json.dumps(self.body, ensure_ascii=False).encode()


class ConnectionDropped(Exception):
    """The connection is to be reset without an answer (a fault rule asked for it)."""
