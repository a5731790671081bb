# Copyright: (c) 2026, m365.entra contributors
# GNU General Public License v3.0+ (see COPYING or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later
"""How many people of the registration report have what, in all or of one kind (facts section 9.1)."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable
from dataclasses import dataclass

from .json_types import JsonObject

FLAG_OF_FEATURE = {
    "ssprRegistered": "isSsprRegistered",
    "ssprEnabled": "isSsprEnabled",
    "ssprCapable": "isSsprCapable",
    "passwordlessCapable": "isPasswordlessCapable",
    "mfaCapable": "isMfaCapable",
}
USER_TYPES = frozenset({"all", "member", "guest"})
USER_ROLES = frozenset({"all", "privilegedAdmin", "admin", "user"})


@dataclass(frozen=True)
class People:
    """Which rows count: those of a user type and of a role. Privileged administrators are not told from others."""

    user_type: str
    role: str

    def include(self, row: JsonObject) -> bool:
        """Say whether a row counts."""
        if self.user_type not in ("all", row["userType"] or "member"):
            return False
        return self.role == "all" or bool(row["isAdmin"]) == (self.role != "user")


@dataclass(frozen=True)
class RegistrationCounts:
    """How many people there are, and how many of them have each feature and each method."""

    total: int
    features: Counter[str]
    methods: Counter[str]

    def __add__(self, other: RegistrationCounts) -> RegistrationCounts:
        return RegistrationCounts(
            self.total + other.total, self.features + other.features, self.methods + other.methods
        )


def counted(rows: Iterable[JsonObject], people: People) -> RegistrationCounts:
    """Return the counts of those rows that ``people`` includes; the rows are read once."""
    total, features, methods = 0, Counter[str](), Counter[str]()
    for row in rows:
        if people.include(row):
            total += 1
            features.update(feature for feature, flag in FLAG_OF_FEATURE.items() if row[flag])
            methods.update(row["methodsRegistered"] or ())
    return RegistrationCounts(total, features, methods)
