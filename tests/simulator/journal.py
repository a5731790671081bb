# Copyright: (c) 2026, m365.entra contributors
# GNU General Public License v3.0+ (see COPYING or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later
"""The journal: which requests arrived and how they were answered, without their secrets."""

from __future__ import annotations

import threading
from collections import deque
from dataclasses import asdict, dataclass
from typing import Literal
from urllib.parse import unquote

from .clock import graph_timestamp
from .json_types import JsonObject, JsonValue
from .messages import MalformedBody, Request

Service = Literal["token", "graph", "portal"]

SECRET_FIELDS = frozenset(
    {
        "access_token",
        "assertion",
        "client_assertion",
        "client_secret",
        "code",
        "device_code",
        "id_token",
        "newpassword",
        "password",
        "refresh_token",
        "secrettext",
        "authorization",
    }
)
CAPACITY = 200_000


@dataclass(frozen=True)
class Entry:
    """One request. ``status`` is None where the connection was dropped; ``fault`` names the fault rule's kind."""

    time: str
    tenant: str | None
    service: Service
    method: str
    path: str
    query: str
    status: int | None
    body: JsonValue
    fault: str | None


class Journal:
    """The requests so far, oldest first; the oldest fall out when there are very many."""

    def __init__(self) -> None:
        self._entries: deque[Entry] = deque(maxlen=CAPACITY)
        self._lock = threading.Lock()

    def record(
        self, request: Request, service: Service, tenant: str | None, status: int | None, fault: str | None
    ) -> None:
        entry = Entry(
            time=graph_timestamp(),
            tenant=tenant,
            service=service,
            method=request.method,
            path="/" + "/".join(request.segments),
            query=unquote(request.query_string),
            status=status,
            body=without_secrets(readable_body(request)),
            fault=fault,
        )
        with self._lock:
            self._entries.append(entry)

    def entries(self, tenant: str | None = None, service: str | None = None) -> list[JsonObject]:
        """Return the entries as JSON objects, of one tenant id or one service only if asked."""
        with self._lock:
            entries = list(self._entries)
        return [
            asdict(entry)
            for entry in entries
            if (tenant is None or entry.tenant == tenant) and (service is None or entry.service == service)
        ]

    def clear(self) -> None:
        with self._lock:
            self._entries.clear()


def readable_body(request: Request) -> JsonValue:
    """Return the body parsed as form or JSON, a note where it is neither, or None where there is none."""
    if not request.body:
        return None
    if request.header("content-type").startswith("application/x-www-form-urlencoded"):
        return request.form
    try:
        return request.json()
    except MalformedBody:
        return f"<{len(request.body)} bytes that are no JSON>"


def without_secrets(value: JsonValue) -> JsonValue:
    """Return a copy of ``value`` without any member that carries a secret."""
    if isinstance(value, dict):
        return {name: without_secrets(member) for name, member in value.items() if name.lower() not in SECRET_FIELDS}
    if isinstance(value, list):
        return [without_secrets(member) for member in value]
    return value
