# Copyright: (c) 2026, m365.entra contributors
# GNU General Public License v3.0+ (see COPYING or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later
"""The sign-ins of a tenant's people: device codes that wait for somebody, and refresh tokens that were handed out."""

from __future__ import annotations

import secrets
import threading
import time
from collections.abc import Callable
from dataclasses import dataclass, field
from typing import Literal

from ..application import RefreshToken

# Without characters that are taken for others, as the codes on Microsoft's sign-in page are.
USER_CODE_CHARACTERS = "ABCDEFGHJKLMNPQRSTUVWXYZ23456789"
USER_CODE_LENGTH = 9
POLLING_JITTER = 0.1

Outcome = Literal["pending", "too_fast", "expired", "denied", "approved"]


class DecisionError(ValueError):
    """A sign-in cannot be approved or denied."""


@dataclass
class DeviceCode:
    """A sign-in that a client began and a person is to finish. ``user_id`` is who approved it."""

    client_id: str
    scope: str
    expires_at: float
    interval: float
    device_code: str = field(default_factory=lambda: secrets.token_urlsafe(48))
    user_code: str = field(
        default_factory=lambda: "".join(secrets.choice(USER_CODE_CHARACTERS) for _place in range(USER_CODE_LENGTH))
    )
    user_id: str | None = None
    denied: bool = False
    last_poll: float | None = None


class SignIns:
    """All of them. A device code is good for one answer, and a withdrawn refresh token for none."""

    def __init__(self, clock: Callable[[], float] = time.monotonic) -> None:
        self._clock = clock
        self._codes: dict[str, DeviceCode] = {}
        self._issued: dict[str, RefreshToken] = {}
        self._withdrawn: set[str] = set()
        self._lock = threading.Lock()

    def start(self, client_id: str, scope: str, lifetime: float, interval: float) -> DeviceCode:
        """Begin a sign-in."""
        code = DeviceCode(client_id, scope, self._clock() + lifetime, interval)
        with self._lock:
            self._codes[code.device_code] = code
        return code

    def decide(self, user_code: str, user_id: str | None) -> bool:
        """Approve a sign-in as a person, or deny it (None), and say whether it is one of this tenant.

        Raises:
            DecisionError: it is over.
        """
        with self._lock:
            code = next((code for code in self._codes.values() if code.user_code == user_code.upper()), None)
            if code is None:
                return False
            if code.denied or code.user_id is not None:
                raise DecisionError(f"the code {user_code} was entered before")
            if code.expires_at <= self._clock():
                raise DecisionError(f"the code {user_code} has expired")
            code.user_id, code.denied = user_id, user_id is None
            return True

    def poll(self, device_code: str, client_id: str) -> tuple[Outcome, DeviceCode] | None:
        """Return how a sign-in stands, or None where the client has none of that code; an approved one is over."""
        with self._lock:
            code = self._codes.get(device_code)
            if code is None or code.client_id != client_id:
                return None
            outcome = self._outcome(code)
            code.last_poll = self._clock()
            if outcome == "approved":
                del self._codes[device_code]
            return outcome, code

    def issue(self, user_id: str, scopes: tuple[str, ...], client_id: str) -> RefreshToken:
        """Return a new refresh token of a person."""
        token = RefreshToken(secrets.token_urlsafe(64), user_id, scopes, client_id=client_id)
        with self._lock:
            self._issued[token.token] = token
        return token

    def issued(self, token: str) -> RefreshToken | None:
        with self._lock:
            return self._issued.get(token)

    def withdraw(self, token: str) -> None:
        """Let nobody redeem a refresh token any more."""
        with self._lock:
            self._withdrawn.add(token)

    def is_withdrawn(self, token: str) -> bool:
        with self._lock:
            return token in self._withdrawn

    def _outcome(self, code: DeviceCode) -> Outcome:
        now = self._clock()
        if code.denied:
            return "denied"
        if code.expires_at <= now:
            return "expired"
        if code.user_id is not None:
            return "approved"
        too_fast = code.last_poll is not None and now - code.last_poll < code.interval * (1 - POLLING_JITTER)
        return "too_fast" if too_fast else "pending"
