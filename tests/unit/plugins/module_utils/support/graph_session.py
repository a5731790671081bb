# Copyright: (c) 2026, m365.entra contributors
# GNU General Public License v3.0+ (see COPYING or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later
"""A GraphSession whose credential and transport are made of paper."""

from __future__ import annotations

import json
import types
import typing as t
from dataclasses import dataclass, field

from ansible_collections.m365.entra.plugins.module_utils._graph.session import GraphSession
from ansible_collections.m365.entra.plugins.module_utils._graph.transport import Answer
from ansible_collections.m365.entra.tests.unit.plugins.module_utils.support.connections import connection
from ansible_collections.m365.entra.tests.unit.plugins.module_utils.support.tokens import token

Reply: t.TypeAlias = "Answer | Exception"


def answer(body: t.Any = None, status: int = 200, **headers: str) -> Answer:
    """One answer of the service."""
    return Answer(status, headers, b"" if body is None else json.dumps(body).encode())


@dataclass
class PaperTransport:
    """Gives the prepared replies one after the other; keeps what was sent and how long was waited."""

    replies: list[Reply]
    sent: list[tuple[str, str]] = field(default_factory=list)
    headers: list[dict[str, str]] = field(default_factory=list)
    bodies: list[t.Any] = field(default_factory=list)
    slept: list[float] = field(default_factory=list)
    is_closed: bool = False

    def send(self, method: str, url: str, headers: t.Mapping[str, str], body: t.Any) -> Answer:
        """The next reply."""
        self.sent.append((method, url))
        self.headers.append(dict(headers))
        self.bodies.append(body)
        reply = self.replies.pop(0)
        if isinstance(reply, Exception):
            raise reply
        return reply

    def sleep(self, seconds: float) -> None:
        """Only note it."""
        self.slept.append(seconds)

    def close(self) -> None:
        """Note that."""
        self.is_closed = True


@dataclass
class PaperCredential:
    """Hands out one token and counts how often."""

    token: str = field(default_factory=lambda: token(roles=["Policy.Read.All"]))
    error: Exception | None = None
    asked: list[tuple[str, ...]] = field(default_factory=list)
    held: list[tuple[str, ...]] = field(default_factory=list)

    def hold(self, *scopes: str, **options: t.Any) -> None:
        """Only note it."""
        self.held.append(scopes)

    def get_token(self, *scopes: str, **options: t.Any) -> t.Any:
        """The token, or the error."""
        self.asked.append(scopes)
        if self.error:
            raise self.error
        return types.SimpleNamespace(token=self.token)


def paper_session(
    *replies: Reply, read_only: bool = False, credential: PaperCredential | None = None, **options: t.Any
) -> tuple[GraphSession, PaperTransport]:
    """A session and the transport it sends through."""
    session = GraphSession(connection(**options), read_only=read_only)
    transport = PaperTransport(list(replies))
    session._transport = t.cast(t.Any, transport)
    session._credential = t.cast(t.Any, credential or PaperCredential())
    return session, transport
