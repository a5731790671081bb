# Copyright: (c) 2026, m365.entra contributors
# GNU General Public License v3.0+ (see COPYING or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later

"""What the registration report tells of many users at once, and the ids of some (facts section 9.1)."""

from __future__ import annotations

import typing as t
from dataclasses import dataclass

from .._graph.errors import ConnectionFailed
from .._graph.session import Session
from .._reconcile.shape import Json
from .answers import count_in, ids_in, objects_in

NAME = "the registration report"
_SUMMARY = "usersRegisteredByFeature"
_ROWS = "userRegistrationDetails"
DETAILS = f"/reports/authenticationMethods/{_ROWS}"
# As many rows as the service puts on a page (facts section 7.4).
ROWS_ON_A_PAGE = 999


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
    return f"/reports/authenticationMethods/{_SUMMARY}{selection}"


def read_counts(session: Session, user_types: str = "all", user_roles: str = "all") -> FeatureCounts:
    """The counts for such users, in one read."""
    return counts_from(session.get(counts_path(user_types, user_roles)))


def counts_from(summary: Json) -> FeatureCounts:
    """The counts in an answer of usersRegisteredByFeature.

    Where there are no users the service need not list their features. Raises ConnectionFailed for an answer that lacks
    a feature, or has something else than a number: nothing said is not nobody.
    """
    total = count_in(summary, "totalUserCount", _SUMMARY)
    if total == 0:
        return FeatureCounts()
    features = {str(one.get("feature")): one for one in objects_in(summary, "userRegistrationFeatureCounts", _SUMMARY)}
    return FeatureCounts(
        total=total,
        mfa_capable=_count(features, "mfaCapable"),
        password_reset_enabled=_count(features, "ssprEnabled"),
        password_reset_registered=_count(features, "ssprRegistered"),
        password_reset_capable=_count(features, "ssprCapable"),
    )


def _count(features: t.Mapping[str, Json], name: str) -> int:
    if name not in features:
        raise ConnectionFailed(f"{_SUMMARY}: the answer does not count {name}.")
    return count_in(features[name], "userCount", f"{_SUMMARY}, {name}")


def read_ids(session: Session, condition: str) -> set[str]:
    """The ids of the users that meet *condition*, a filter; nothing else of them is kept."""
    return {one for page in _pages(session, condition) for one in ids_in(page, _ROWS)}


def read_ids_among(session: Session, condition: str, candidates: t.AbstractSet[str]) -> set[str]:
    """Those of the *candidates*, ids, that meet *condition*; once all are found, no more pages are read."""
    found: set[str] = set()
    pages = _pages(session, condition) if candidates else iter(())
    for page in pages:
        found |= candidates & ids_in(page, _ROWS)
        if len(found) == len(candidates):
            break
    return found


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
