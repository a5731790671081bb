# Copyright: (c) 2026, m365.entra contributors
# GNU General Public License v3.0+ (see COPYING or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later
"""The way back in must work before anything is enforced."""

from __future__ import annotations

import typing as t

import pytest

from ansible_collections.m365.entra.plugins.module_utils._directory.directory import Directory
from ansible_collections.m365.entra.plugins.module_utils._graph.errors import GuardRefused
from ansible_collections.m365.entra.plugins.module_utils._guard.emergency_access import (
    require_usable_accounts,
    without_exclusions,
)
from ansible_collections.m365.entra.plugins.module_utils._policy.desired import desired_policy
from ansible_collections.m365.entra.plugins.module_utils._policy.policy_plan import EmergencyAccess, plan_policy
from ansible_collections.m365.entra.tests.unit.plugins.module_utils.support import ids
from ansible_collections.m365.entra.tests.unit.plugins.module_utils.support.fake_session import FakeSession
from ansible_collections.m365.entra.tests.unit.plugins.module_utils.support.policies import policy

Json = dict[str, t.Any]


def check(session: FakeSession, users: tuple[str, ...] = (), groups: tuple[str, ...] = ()) -> None:
    """Check accounts that were looked up."""
    directory = Directory(session)
    directory.learn("user", users)
    directory.learn("group", groups)
    session.requests.clear()
    require_usable_accounts(session, directory, EmergencyAccess(users, groups))


def test_enabled_account_and_group_with_an_enabled_member() -> None:
    session = FakeSession()
    check(session, (ids.EMERGENCY, ids.ADA), (ids.STAFF,))
    assert session.requests == [("GET", f"/groups/{ids.STAFF}/transitiveMembers")]


def test_accounts_alone_cost_no_request() -> None:
    session = FakeSession()
    check(session, (ids.EMERGENCY,))
    assert session.requests == []


def test_everything_unusable_is_named_at_once() -> None:
    with pytest.raises(GuardRefused) as failure:
        check(FakeSession(), (ids.BOB, ids.EMERGENCY), (ids.PRINTERS, ids.STAFF))
    message = failure.value.message
    assert message.startswith("emergency_access: ")
    assert "the account 'bob@contoso.example' is disabled" in message
    assert "the group 'Printers' has no enabled member" in message
    assert "Staff" not in message
    assert "emergency@" not in message


def test_empty_group_is_of_no_use() -> None:
    session = FakeSession()
    session.collections[f"/groups/{ids.STAFF}/transitiveMembers"] = []
    with pytest.raises(GuardRefused, match="'Staff'"):
        check(session, (), (ids.STAFF,))


@pytest.mark.parametrize("state", [{"accountEnabled": None}, {}])
def test_account_whose_state_is_not_known_is_not_taken_for_usable(state: Json) -> None:
    session = FakeSession()
    session.collections["/users"] = [{"id": ids.ADA, "userPrincipalName": "ada@contoso.example", **state}]
    with pytest.raises(GuardRefused, match=r"ada@contoso\.example"):
        check(session, (ids.ADA,))


@pytest.mark.parametrize(
    ("users", "state", "is_named"),
    [
        ({"includeUsers": ["All"]}, "enabled", True),
        ({"includeUsers": ["All"]}, "report_only", False),
        ({"includeUsers": ["All"], "excludeUsers": [ids.EMERGENCY]}, "enabled", False),
        ({"includeUsers": ["All"], "excludeGroups": [ids.STAFF]}, "enabled", False),
        ({"includeGroups": [ids.STAFF]}, "enabled", False),
        # No person is in the role of synchronization accounts.
        ({"includeUsers": ["All"], "excludeRoles": [ids.SYNCHRONIZATION_ACCOUNTS]}, "enabled", True),
    ],
)
def test_enforced_policies_that_exclude_nobody(users: Json, state: str, is_named: bool) -> None:
    plan = plan_policy(desired_policy({"definition": policy(users=users), "policy_state": state}), [])
    assert without_exclusions([plan]) == (["MFA"] if is_named else [])
