# Copyright: (c) 2026, m365.entra contributors
# GNU General Public License v3.0+ (see COPYING or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later
"""What is read for password reset, and that no more is read than can be had."""

from __future__ import annotations

import typing as t

import pytest

from ansible_collections.m365.entra.plugins.module_utils._evidence import reset_activity
from ansible_collections.m365.entra.plugins.module_utils._evidence.password_reset_evidence import (
    read_password_reset_evidence,
)
from ansible_collections.m365.entra.plugins.module_utils._evidence.users_in_report import DETAILS, counts_path
from ansible_collections.m365.entra.plugins.module_utils._resources.settings_reader import METHODS_POLICY
from ansible_collections.m365.entra.tests.unit.plugins.module_utils._evidence.evidence_session import (
    UNLICENSED,
    EvidenceSession,
    summary,
)
from ansible_collections.m365.entra.tests.unit.plugins.module_utils.support import ids

COUNTS = counts_path("member", "user")
ANSWERS: dict[str, t.Any] = {
    COUNTS: summary(2, ssprEnabled=1),
    METHODS_POLICY: {"policyMigrationState": "migrationComplete", "authenticationMethodConfigurations": []},
    reset_activity.PATH: {"value": []},
    f"/groups/{ids.STAFF}/transitiveMembers": [[]],
    DETAILS: [[]],
}


def test_three_reads_without_a_group() -> None:
    session = EvidenceSession(ANSWERS)
    evidence = read_password_reset_evidence(session)
    assert sorted(session.reads) == sorted([COUNTS, METHODS_POLICY, reset_activity.PATH])
    assert evidence.group is None
    assert evidence.to_result()["problems"] == []


def test_a_policy_that_was_read_is_not_read_again() -> None:
    session = EvidenceSession(ANSWERS)
    evidence = read_password_reset_evidence(session, methods_policy={"policyMigrationState": "preMigration"})
    assert METHODS_POLICY not in session.reads
    assert evidence.to_result()["policy_migration_state"] == "preMigration"


def test_a_group_is_compared() -> None:
    evidence = read_password_reset_evidence(EvidenceSession(ANSWERS), group=ids.STAFF.upper())
    assert evidence.group is not None
    assert evidence.group.value is not None
    assert evidence.group.value.group == ids.STAFF


@pytest.mark.parametrize("permissions", [frozenset(), frozenset({"Group.Read.All"})])
def test_nothing_is_asked_without_permissions(permissions: frozenset[str]) -> None:
    session = EvidenceSession(ANSWERS, permissions)
    result = read_password_reset_evidence(session, group=ids.STAFF).to_result()
    assert session.reads == []
    assert len(result["problems"]) == 3
    needs = {need["needed_for"] for need in result["permissions"]}
    assert len(needs) == len(result["permissions"]) == 3


def test_without_licence_the_group_is_not_paged_through() -> None:
    session = EvidenceSession({**ANSWERS, COUNTS: UNLICENSED})
    evidence = read_password_reset_evidence(session, group=ids.STAFF)
    assert DETAILS not in session.reads
    assert evidence.group is not None
    assert evidence.group.is_unlicensed
