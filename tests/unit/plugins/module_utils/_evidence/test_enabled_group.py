# Copyright: (c) 2026, m365.entra contributors
# GNU General Public License v3.0+ (see COPYING or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later
"""The users who may reset their passwords, beside those of a group."""

from __future__ import annotations

import typing as t

import pytest
from hypothesis import given
from hypothesis import strategies as st

from ansible_collections.m365.entra.plugins.module_utils._evidence.enabled_group import (
    GroupComparison,
    compare_group,
    is_own_user,
    read_comparison,
)
from ansible_collections.m365.entra.plugins.module_utils._evidence.users_in_report import DETAILS
from ansible_collections.m365.entra.tests.unit.plugins.module_utils._evidence.evidence_session import (
    PERMISSIONS,
    EvidenceSession,
)
from ansible_collections.m365.entra.tests.unit.plugins.module_utils.support import ids

MEMBERS = f"/groups/{ids.STAFF}/transitiveMembers"
NOT_ENABLED = "isSsprEnabled eq false and isAdmin eq false and userType eq 'member'"
ENABLED = "isSsprEnabled eq true and isAdmin eq false and userType eq 'member'"
USER = "#microsoft.graph.user"
PEOPLE = st.frozensets(st.sampled_from("abcdef"))


@given(PEOPLE, PEOPLE, PEOPLE, PEOPLE)
def test_administrators_count_on_neither_side(
    members: frozenset[str], enabled: frozenset[str], others: frozenset[str], administrators: frozenset[str]
) -> None:
    not_enabled = others - enabled
    found = compare_group("g", members, enabled, not_enabled, administrators)
    same = enabled - administrators == members - administrators
    assert (not found.differs and found.without_row == 0) == same
    assert found.members - found.too_few - found.without_row == found.enabled - found.too_many
    swapped = compare_group("g", members - administrators, enabled | administrators, not_enabled, administrators)
    assert swapped == found


def test_members_without_a_row_are_no_difference() -> None:
    found = compare_group("g", {"a", "new"}, {"a"}, set(), set())
    assert (found.differs, found.without_row, found.too_few) == (False, 1, 0)
    found = compare_group("g", {"a", "b", "new"}, {"a"}, {"b"}, set())
    assert (found.differs, found.without_row, found.too_few) == (True, 1, 1)


@pytest.mark.parametrize("member", [{}, {"id": None}, "a", None])
def test_a_member_without_an_id_is_no_answer(member: t.Any) -> None:
    found = read_comparison(EvidenceSession({MEMBERS: [[member]]}), ids.STAFF)
    assert found.value is None
    assert "could not be read (GET /groups/" in found.problem


@pytest.mark.parametrize(
    ("member", "expected"),
    [
        ({"@odata.type": USER, "userType": "Member"}, True),
        ({"@odata.type": USER, "userType": None}, True),
        ({"userType": "Member"}, True),
        ({"@odata.type": USER, "userType": "Guest"}, False),
        ({"@odata.type": "#microsoft.graph.group"}, False),
        ({"@odata.type": "#microsoft.graph.servicePrincipal"}, False),
    ],
)
def test_who_counts_as_a_user(member: dict[str, t.Any], expected: bool) -> None:
    assert is_own_user(member) is expected


def test_report_and_members_are_paged_through() -> None:
    session = EvidenceSession(
        {
            MEMBERS: [
                [{"id": "A", "userType": "Member"}],
                [{"id": "b"}, {"id": "new"}, {"id": "x"}, {"id": "g", "userType": "Guest"}],
            ],
            DETAILS: {
                ENABLED: [[{"id": "a"}], [{"id": "c"}]],
                NOT_ENABLED: [[{"id": "d"}], [{"id": "B"}]],
                "isAdmin eq true": [[{"id": "X"}]],
            },
        }
    )
    found = read_comparison(session, ids.STAFF)
    assert found.value == GroupComparison(ids.STAFF, members=3, enabled=2, too_many=1, too_few=1, without_row=1)
    assert found.value.to_result() == {
        "id": ids.STAFF,
        "members": 3,
        "enabled_users": 2,
        "enabled_but_no_members": 1,
        "members_but_not_enabled": 1,
        "members_without_row": 1,
    }


def test_who_is_not_enabled_is_read_only_for_members_in_question() -> None:
    rows = {ENABLED: [[{"id": "a"}]], NOT_ENABLED: [[{"id": "b"}]], "isAdmin eq true": [[{"id": "x"}]]}
    session = EvidenceSession({MEMBERS: [[{"id": "a"}, {"id": "x"}]], DETAILS: rows})
    found = read_comparison(session, ids.STAFF)
    assert found.value == GroupComparison(ids.STAFF, members=1, enabled=1, too_many=0, too_few=0)
    assert session.reads == [MEMBERS, DETAILS, DETAILS]


def test_a_group_that_is_gone_is_told() -> None:
    session = EvidenceSession()
    found = read_comparison(session, ids.STAFF)
    assert found.value is None
    assert found.problem == f"the group {ids.STAFF} could not be read (404 NotFound)"
    assert session.reads == [MEMBERS]


@pytest.mark.parametrize("lost", ["Group.Read.All", "AuditLog.Read.All"])
def test_both_permissions_are_needed(lost: str) -> None:
    session = EvidenceSession({MEMBERS: [[]]}, PERMISSIONS - {lost})
    found = read_comparison(session, ids.STAFF)
    assert found.lacks is not None
    assert lost in found.lacks.any_of
