# Copyright: (c) 2026, m365.entra contributors
# GNU General Public License v3.0+ (see COPYING or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later

"""How many of some people are ready for what, counted row by row (facts section 9.1)."""

from __future__ import annotations

import typing as t
from collections import Counter
from dataclasses import dataclass, field

from .._reconcile.shape import Json

# What the result calls a property of a row; registered is who has a strong method, capable whom policy lets use it.
FLAG_BY_FEATURE = {
    "mfa_registered": "isMfaRegistered",
    "mfa_capable": "isMfaCapable",
    "password_reset_registered": "isSsprRegistered",
    "password_reset_enabled": "isSsprEnabled",
    "password_reset_capable": "isSsprCapable",
    "passwordless_capable": "isPasswordlessCapable",
}
_DIGITS = 4
_SMALLEST_SHARE = 0.0001


def share(count: int, total: int) -> float | None:
    """Which part of *total* the *count* is; None of nobody.

    Rounded, but never to 0 or 1: one user in a hundred thousand who is not ready must not look like none.
    """
    if not total:
        return None
    if count in (0, total):
        return float(count == total)
    return min(max(round(count / total, _DIGITS), _SMALLEST_SHARE), 1 - _SMALLEST_SHARE)


@dataclass
class RegistrationCounts:
    """How many people there are, and how many of them have each feature."""

    total: int = 0
    features: Counter[str] = field(default_factory=Counter)

    def add(self, row: Json) -> None:
        """Count the person whom a row of the report describes."""
        self.total += 1
        self.features.update(feature for feature, flag in FLAG_BY_FEATURE.items() if row.get(flag) is True)

    def to_result(self) -> dict[str, t.Any]:
        """The counts as a task returns them, with the share of each."""
        features = {
            feature: {"count": self.features[feature], "share": share(self.features[feature], self.total)}
            for feature in FLAG_BY_FEATURE
        }
        return {"total": self.total, **features}
