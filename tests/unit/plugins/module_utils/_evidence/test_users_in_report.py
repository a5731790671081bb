# Copyright: (c) 2026, m365.entra contributors
# GNU General Public License v3.0+ (see COPYING or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later
"""Counts and ids of the registration report, in bounds."""

from __future__ import annotations

import typing as t

import pytest

from ansible_collections.m365.entra.plugins.module_utils._evidence.users_in_report import (
    DETAILS,
    ROWS_ON_A_PAGE,
    Counted,
    FeatureCounts,
    count_users,
    counts_from,
    counts_path,
    read_counts,
    read_ids,
    read_ids_among,
)
from ansible_collections.m365.entra.plugins.module_utils._graph.errors import ConnectionFailed
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


@pytest.mark.parametrize("features", [[], None, "nothing"])
def test_without_users_features_need_not_be_counted(features: object) -> None:
    assert counts_from({"totalUserCount": 0, "userRegistrationFeatureCounts": features}) == FeatureCounts()


@pytest.mark.parametrize("total", [None, "5", "x", True, -1, 5.5, [], {}])
def test_a_total_that_is_no_number_is_no_answer(total: object) -> None:
    with pytest.raises(ConnectionFailed, match="totalUserCount is no number"):
        counts_from({**summary(5), "totalUserCount": total})


@pytest.mark.parametrize("features", [None, "x", {}, [None], ["ssprEnabled"], [[]]])
def test_features_that_are_no_list_of_objects_are_no_answer(features: object) -> None:
    with pytest.raises(ConnectionFailed, match="usersRegisteredByFeature: the answer"):
        counts_from({"totalUserCount": 5, "userRegistrationFeatureCounts": features})


@pytest.mark.parametrize("feature", ["ssprRegistered", "ssprEnabled", "ssprCapable", "mfaCapable"])
@pytest.mark.parametrize("count", [None, "5", True, -1, "missing"])
def test_a_feature_without_a_number_is_no_answer(feature: str, count: object) -> None:
    answer = summary(5)
    others = [one for one in answer["userRegistrationFeatureCounts"] if one["feature"] != feature]
    wrong = [] if count == "missing" else [{"feature": feature, "userCount": count}]
    with pytest.raises(ConnectionFailed, match=feature):
        counts_from({**answer, "userRegistrationFeatureCounts": [*others, *wrong]})


def test_a_feature_that_is_not_needed_may_be_missing() -> None:
    answer = summary(5, mfaCapable=3)
    needed = [one for one in answer["userRegistrationFeatureCounts"] if one["feature"] != "passwordlessCapable"]
    assert counts_from({**answer, "userRegistrationFeatureCounts": needed}) == FeatureCounts(5, 3)


@pytest.mark.parametrize("row", [{}, {"id": None}, {"id": ""}, {"id": 7}, "a", None])
def test_a_row_without_an_id_is_no_answer(row: t.Any) -> None:
    with pytest.raises(ConnectionFailed, match="userRegistrationDetails: the answer"):
        read_ids(EvidenceSession({DETAILS: [[row]]}), "isAdmin eq true")


@pytest.mark.parametrize(
    ("candidates", "expected", "reads"),
    [
        (frozenset(), set(), 0),
        ({"a"}, {"a"}, 1),
        ({"a", "c"}, {"a", "c"}, 2),
        ({"b", "x"}, {"b"}, 3),
    ],
)
def test_ids_are_looked_for_until_all_are_found(candidates: set[str], expected: set[str], reads: int) -> None:
    session = EvidenceSession({DETAILS: [[{"id": "A"}, {"id": "b"}], [{"id": "c"}], [{"id": "d"}]]})
    assert read_ids_among(session, "isAdmin eq true", candidates) == expected
    assert len(session.reads) == reads


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
