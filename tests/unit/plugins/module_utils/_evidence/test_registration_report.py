# Copyright: (c) 2026, m365.entra contributors
# GNU General Public License v3.0+ (see COPYING or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later
"""Counts and ids of the registration report, in bounds."""

from __future__ import annotations

import pytest

from ansible_collections.m365.entra.plugins.module_utils._evidence.registration_report import (
    DETAILS,
    ROWS_ON_A_PAGE,
    Counted,
    FeatureCounts,
    count_users,
    counts_from,
    counts_path,
    read_counts,
    read_ids,
)
from ansible_collections.m365.entra.tests.unit.plugins.module_utils._evidence.evidence_session import (
    EvidenceSession,
    summary,
)


def test_counts_of_some_users_are_one_read() -> None:
    answer = summary(10, ssprEnabled=4, ssprRegistered=3, ssprCapable=2, mfaCapable=7, passwordlessCapable=1)
    session = EvidenceSession({counts_path("member", "user"): answer})
    assert read_counts(session, "member", "user") == FeatureCounts(10, 7, 4, 3, 2)
    assert session.reads == [
        "/reports/authenticationMethods/usersRegisteredByFeature(includedUserTypes='member',includedUserRoles='user')"
    ]


@pytest.mark.parametrize("empty", [{}, {"totalUserCount": None, "userRegistrationFeatureCounts": None}])
def test_an_empty_summary(empty: dict[str, object]) -> None:
    assert counts_from(empty) == FeatureCounts()


def test_ids_of_all_pages() -> None:
    session = EvidenceSession({DETAILS: [[{"id": "A"}, {"id": "b"}], [], [{"id": "c"}]]})
    assert read_ids(session, "isAdmin eq true") == {"a", "b", "c"}
    assert session.queries == [{"filter": "isAdmin eq true", "select": "id", "top": "999"}]


@pytest.mark.parametrize(
    ("pages", "expected", "reads"),
    [
        ([0], Counted(0), 1),
        ([2, 3], Counted(5), 2),
        ([ROWS_ON_A_PAGE, 1], Counted(ROWS_ON_A_PAGE, is_complete=False), 1),
    ],
)
def test_counting_ends_after_a_full_page(pages: list[int], expected: Counted, reads: int) -> None:
    session = EvidenceSession({DETAILS: [[{"id": str(one)} for one in range(size)] for size in pages]})
    assert count_users(session, "isMfaRegistered eq false") == expected
    assert len(session.reads) == reads
