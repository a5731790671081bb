# Copyright: (c) 2026, m365.entra contributors
# GNU General Public License v3.0+ (see COPYING or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later

"""What the registration report tells of many users at once, and the ids of some (facts section 9.1)."""

from __future__ import annotations

import typing as t
from dataclasses import dataclass

from .._graph.session import Session
from .._reconcile.shape import Json

DETAILS = "/reports/authenticationMethods/userRegistrationDetails"
NAME = "the registration report"
# As many rows as the service puts on a page (facts section 7.4).
ROWS_ON_A_PAGE = 999
# The report lets itself be read five times in ten seconds, so that counting on would take minutes in a large tenant.


@dataclass(frozen=True)
class FeatureCounts:
    """How many users the report covers, and how many of them have what."""

    total: int = 0
    mfa_capable: int = 0
    password_reset_enabled: int = 0
    password_reset_registered: int = 0
    password_reset_capable: int = 0


@dataclass(frozen=True)
class Counted:
    """A number of users; where it is not *complete* there are at least so many."""

    count: int
    is_complete: bool = True


def counts_path(user_types: str, user_roles: str) -> str:
    """Where the report sums up such users: all, member or guest; all, admin, privilegedAdmin or user."""
    selection = f"(includedUserTypes='{user_types}',includedUserRoles='{user_roles}')"
    return f"/reports/authenticationMethods/usersRegisteredByFeature{selection}"


def read_counts(session: Session, user_types: str = "all", user_roles: str = "all") -> FeatureCounts:
    """The counts for such users, in one read."""
    return counts_from(session.get(counts_path(user_types, user_roles)))


def counts_from(summary: Json) -> FeatureCounts:
    """The counts in an answer of usersRegisteredByFeature."""
    counts = {
        str(one.get("feature")): int(one.get("userCount") or 0)
        for one in summary.get("userRegistrationFeatureCounts") or []
    }
    return FeatureCounts(
        total=int(summary.get("totalUserCount") or 0),
        mfa_capable=counts.get("mfaCapable", 0),
        password_reset_enabled=counts.get("ssprEnabled", 0),
        password_reset_registered=counts.get("ssprRegistered", 0),
        password_reset_capable=counts.get("ssprCapable", 0),
    )


def read_ids(session: Session, condition: str) -> set[str]:
    """The ids of the users that meet *condition*, a filter; nothing else of them is kept."""
    return {str(row["id"]).lower() for page in _pages(session, condition) for row in page}


def count_users(session: Session, condition: str) -> Counted:
    """How many users meet *condition*, a filter; in a large tenant not all of them are counted."""
    count = 0
    for page in _pages(session, condition):
        count += len(page)
        if len(page) >= ROWS_ON_A_PAGE:
            # The service gives few pages in ten seconds, and registration_info counts them all.
            return Counted(count, is_complete=False)
    return Counted(count)


def _pages(session: Session, condition: str) -> t.Iterator[t.Sequence[Json]]:
    return session.pages(DETAILS, filter=condition, select="id", top=str(ROWS_ON_A_PAGE))
