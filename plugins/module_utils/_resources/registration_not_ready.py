# Copyright: (c) 2026, m365.entra contributors
# GNU General Public License v3.0+ (see COPYING or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later

"""The users who are not ready: how many there are, and the first of them by name, so that memory stays bounded."""

from __future__ import annotations

import heapq
import typing as t
from dataclasses import dataclass, field

from .._reconcile.shape import Json, snake_case

_FLAGS_BY_AIM = {
    "mfa": ("isMfaCapable",),
    "password_reset": ("isSsprCapable",),
    "either": ("isMfaCapable", "isSsprCapable"),
}
AIMS = tuple(_FLAGS_BY_AIM)
_SHOWN = (
    "id",
    "userPrincipalName",
    "userDisplayName",
    "userType",
    "isAdmin",
    "isMfaRegistered",
    "isMfaCapable",
    "isSsprRegistered",
    "isSsprEnabled",
    "isSsprCapable",
    "methodsRegistered",
)


@dataclass
class NotReady:
    """Of the users who are not ready for *aim*, a key of AIMS, the *total* and the first *maximum* by name."""

    aim: str
    maximum: int
    total: int = 0
    _first: list[Json] = field(default_factory=list)

    def add(self, rows: t.Iterable[Json]) -> None:
        """Take over those of *rows* who are not ready."""
        missing = [row for row in rows if not all(row.get(flag) is True for flag in _FLAGS_BY_AIM[self.aim])]
        self.total += len(missing)
        self._first = heapq.nsmallest(self.maximum, [*self._first, *missing], key=_order)

    def to_result(self) -> dict[str, t.Any]:
        """The list as a task returns it, with the total and whether the list is shorter."""
        return {
            "not_ready": [{snake_case(name): row.get(name) for name in _SHOWN} for row in self._first],
            "not_ready_total": self.total,
            "truncated": self.total > len(self._first),
        }


def _order(row: Json) -> tuple[str, str]:
    return str(row.get("userPrincipalName") or "").lower(), str(row.get("id") or "")
