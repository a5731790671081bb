# Copyright: (c) 2026, m365.entra contributors
# GNU General Public License v3.0+ (see COPYING or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later
"""How the generated sign-ins of a tenant are described: how many, over how long, and which share of them is what."""

from __future__ import annotations

from dataclasses import asdict, dataclass, fields
from datetime import UTC, datetime, timedelta

from .json_types import JsonObject, JsonValue

WHOLE_NUMBERS = frozenset({"count", "users"})
DAYS_KEPT = 30


class InvalidSignIns(ValueError):
    """The ``sign_ins`` of a new tenant, or a row of its log, is not understood."""


@dataclass(frozen=True)
class SignInShape:
    """``count`` sign-ins of ``users`` people in the ``days`` before ``until``, evenly spread, and shares of them.

    ``would_fail`` and ``would_be_interrupted`` are what a policy in report-only shows, ``failure`` what an enforced one
    does; ``not_applied`` holds for both. Each policy has these shares by itself.
    """

    count: int
    until: str
    days: float = 7.0
    users: int = 200
    non_interactive: float = 0.0
    legacy_authentication: float = 0.0
    not_applied: float = 0.2
    would_fail: float = 0.02
    would_be_interrupted: float = 0.1
    failure: float = 0.02

    def as_json(self) -> JsonObject:
        return asdict(self)

    def moment_of(self, index: int) -> datetime:
        """Return when the sign-in with that number was, counted from 0 and from the latest one."""
        age = timedelta(days=self.days * (index + 0.5) / self.count)
        return (datetime.fromisoformat(self.until) - age).replace(microsecond=0)


def parse_sign_ins(document: JsonValue) -> SignInShape:
    """Return the shape that a tenant document describes; it ends now unless it says ``until`` when.

    Raises:
        InvalidSignIns: naming the member that is unknown or wrong.
    """
    if not isinstance(document, dict) or "count" not in document:
        raise InvalidSignIns("'sign_ins' must be an object with 'count'")
    known = [item.name for item in fields(SignInShape)]
    for name, value in document.items():
        if name not in known:
            raise InvalidSignIns(f"'sign_ins' has the unknown member '{name}'; known are {', '.join(known)}")
        if name != "until":
            _check_number(name, value)
    shape = SignInShape(**{"until": datetime.now(UTC).isoformat(timespec="seconds"), **document})
    if not _is_moment(shape.until):
        raise InvalidSignIns(f"'sign_ins.until' must be a moment with its zone, not {shape.until!r}")
    if shape.not_applied + max(shape.failure, shape.would_fail + shape.would_be_interrupted) > 1:
        raise InvalidSignIns("the shares of results in 'sign_ins' cannot be more than 1 together")
    return shape


def _check_number(name: str, value: JsonValue) -> None:
    whole = name in WHOLE_NUMBERS
    if isinstance(value, bool) or not isinstance(value, int if whole else int | float) or value < 0:
        raise InvalidSignIns(f"'sign_ins.{name}' cannot be {value!r}")
    if name == "users" and value == 0:
        raise InvalidSignIns("'sign_ins.users' must be 1 or more")
    if name == "days" and not 0 < value <= DAYS_KEPT:
        raise InvalidSignIns(f"'sign_ins.days' must be more than 0 and {DAYS_KEPT} at most")
    if not whole and name != "days" and value > 1:
        raise InvalidSignIns(f"'sign_ins.{name}' is a share and cannot be more than 1")


def _is_moment(text: JsonValue) -> bool:
    try:
        return isinstance(text, str) and datetime.fromisoformat(text).tzinfo is not None
    except ValueError:
        return False
