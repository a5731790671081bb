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
from ansible_collections.m365.entra.plugins.module_utils._evidence.registration_report import DETAILS
from ansible_collections.m365.entra.tests.unit.plugins.module_utils._evidence.evidence_session import (
    PERMISSIONS,
    EvidenceSession,
)
from ansible_collections.m365.entra.tests.unit.plugins.module_utils.support import ids

MEMBERS = f"/groups/{ids.STAFF}/transitiveMembers"
ENABLED = "isSsprEnabled eq true and isAdmin eq false and userType eq 'member'"
USER = "#microsoft.graph.user"
PEOPLE = st.frozensets(st.sampled_from("abcdef"))


@given(PEOPLE, PEOPLE, PEOPLE)
def test_administrators_count_on_neither_side(
    enabled: frozenset[str], members: frozenset[str], administrators: frozenset[str]
) -> None:
    found = compare_group("g", enabled, members, administrators)
    assert found.is_equal == (enabled - administrators == members - administrators)
    assert found.members - found.too_few == found.enabled - found.too_many
    assert compare_group("g", enabled | administrators, members - administrators, administrators) == found


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
                [{"id": "b"}, {"id": "x"}, {"id": "g", "userType": "Guest"}],
            ],
            DETAILS: {ENABLED: [[{"id": "a"}], [{"id": "c"}]], "isAdmin eq true": [[{"id": "X"}]]},
        }
    )
    found = read_comparison(session, ids.STAFF)
    assert found.value == GroupComparison(ids.STAFF, members=2, enabled=2, too_many=1, too_few=1)
    assert found.value.to_result() == {
        "id": ids.STAFF,
        "members": 2,
        "enabled_users": 2,
        "enabled_but_no_members": 1,
        "members_but_not_enabled": 1,
    }


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
