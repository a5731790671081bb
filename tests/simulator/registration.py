# Copyright: (c) 2026, m365.entra contributors
# GNU General Public License v3.0+ (see COPYING or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later
"""People of the registration report who are described by shares and made when they are asked for."""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import asdict, dataclass, fields

from .json_types import JsonObject, JsonValue
from .registration_counts import People, RegistrationCounts, counted
from .spreading import coprime

NUMBER = re.compile(r"[0-9a-f]{8}")
REPORTED = "2021-03-02T03:00:00Z"
# Parts of the whole by which one row is away from the next in the order of a share: irrational numbers that have
# nothing to do with each other (fractions of square roots), so that the shares do not fall on the same people.
STRIDES = {
    "administrators": 0.41421356,
    "guests": 0.73205081,
    "mfa": 0.23606798,
    "sspr_registered": 0.64575131,
    "sspr_enabled": 0.31662479,
    "passwordless_capable": 0.60555128,
}
METHODS = (
    (("microsoftAuthenticatorPush",), "push"),
    (("microsoftAuthenticatorPush", "mobilePhone"), "push"),
    (("mobilePhone",), "sms"),
    (("softwareOneTimePasscode",), "oath"),
)


class InvalidRegistration(ValueError):
    """The ``registration`` of a new tenant is not understood."""


@dataclass(frozen=True)
class RegistrationShape:
    """How many rows the report has in all, and which share of those that are made has what."""

    users: int
    administrators: float = 0.01
    guests: float = 0.05
    mfa_registered: float = 0.8
    mfa_capable: float = 0.75
    sspr_registered: float = 0.7
    sspr_enabled: float = 0.9
    passwordless_capable: float = 0.1

    def as_json(self) -> JsonObject:
        return asdict(self)


def parse_registration(document: JsonValue) -> RegistrationShape:
    """Return the shape that a tenant document describes.

    Raises:
        InvalidRegistration: naming the member that is unknown or wrong.
    """
    if not isinstance(document, dict) or "users" not in document:
        raise InvalidRegistration("'registration' must be an object with 'users'")
    known = [item.name for item in fields(RegistrationShape)]
    for name, value in document.items():
        if name not in known:
            raise InvalidRegistration(f"'registration' has the unknown member '{name}'; known are {', '.join(known)}")
        if isinstance(value, bool) or not isinstance(value, int if name == "users" else int | float) or value < 0:
            raise InvalidRegistration(f"'registration.{name}' cannot be {value!r}")
        if name != "users" and value > 1:
            raise InvalidRegistration(f"'registration.{name}' is a share and cannot be more than 1")
    shape = RegistrationShape(**document)
    if shape.mfa_capable > shape.mfa_registered:
        raise InvalidRegistration("'registration.mfa_capable' cannot be more than 'mfa_registered'")
    return shape


class GeneratedRegistrations:
    """The rows that a shape describes; the same ones whenever they are asked for, and none of them kept."""

    def __init__(self, shape: RegistrationShape, count: int, report_id: str, domain: str) -> None:
        """Take ids that end like ``report_id``, a GUID."""
        self._shape = shape
        self._count = count
        self._domain = domain
        self._counts: dict[People, RegistrationCounts] = {}
        self._tail = report_id[8:]
        self._steps = {name: coprime(round(stride * count), count) for name, stride in STRIDES.items()}

    def __len__(self) -> int:
        return self._count

    def __iter__(self) -> Iterator[JsonObject]:
        return (self.row(index) for index in range(self._count))

    def row(self, index: int) -> JsonObject:
        """Return the row with that number, counted from 0."""
        shape = self._shape
        mfa_registered = self._has("mfa", shape.mfa_registered, index)
        sspr_registered = self._has("sspr_registered", shape.sspr_registered, index)
        sspr_enabled = self._has("sspr_enabled", shape.sspr_enabled, index)
        methods, preferred = METHODS[index % len(METHODS)] if mfa_registered else ((), "none")
        return {
            "id": f"{index:08x}{self._tail}",
            "userPrincipalName": f"user{index:06d}@{self._domain}",
            "userDisplayName": f"User {index:06d}",
            "userType": "guest" if self._has("guests", shape.guests, index) else "member",
            "isAdmin": self._has("administrators", shape.administrators, index),
            "isSsprRegistered": sspr_registered,
            "isSsprEnabled": sspr_enabled,
            "isSsprCapable": sspr_registered and sspr_enabled,
            "isMfaRegistered": mfa_registered,
            "isMfaCapable": self._has("mfa", shape.mfa_capable, index),
            "isPasswordlessCapable": mfa_registered
            and self._has("passwordless_capable", shape.passwordless_capable, index),
            "isSystemPreferredAuthenticationMethodEnabled": True,
            "systemPreferredAuthenticationMethods": [preferred] if mfa_registered else [],
            "methodsRegistered": [*methods, *(("email",) if sspr_registered else ())],
            "userPreferredMethodForSecondaryAuthentication": preferred,
            "lastUpdatedDateTime": REPORTED,
        }

    def find(self, identifier: str) -> JsonObject | None:
        """Return the row of the user with that id, or None."""
        number, tail = identifier[:8], identifier[8:]
        if tail != self._tail or NUMBER.fullmatch(number) is None or int(number, 16) >= self._count:
            return None
        return self.row(int(number, 16))

    def counts(self, people: People) -> RegistrationCounts:
        """Return how many of these people have what; counted once, since they never change."""
        if people not in self._counts:
            self._counts[people] = counted(self, people)
        return self._counts[people]

    def _has(self, name: str, share: float, index: int) -> bool:
        """Say whether a row belongs to a share: exactly that part of all rows does, spread over them."""
        return index * self._steps[name] % self._count < round(self._count * share)
