# Copyright: (c) 2026, m365.entra contributors
# GNU General Public License v3.0+ (see COPYING or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later
"""References to objects that are gone stop only what would write them."""

from __future__ import annotations

import typing as t

import pytest

from ansible_collections.m365.entra.plugins.module_utils._directory.directory import UnresolvedReferences
from ansible_collections.m365.entra.plugins.module_utils._module.outcome_warnings import warnings_about
from ansible_collections.m365.entra.tests.unit.plugins.module_utils.support import ids
from ansible_collections.m365.entra.tests.unit.plugins.module_utils.support.fake_session import FakeSession
from ansible_collections.m365.entra.tests.unit.plugins.module_utils.support.policies import ENABLED, policy, stored
from ansible_collections.m365.entra.tests.unit.plugins.module_utils.support.runs import refusal, run, run_twice, wanted

Json = dict[str, t.Any]
GONE = "99999999-0000-4000-8000-000000000009"
USERS = {"includeUsers": ["All"], "excludeUsers": [GONE, ids.ADA]}
PATH = "policies[0].conditions.users.exclude_users[0]"


def tenant() -> FakeSession:
    """A tenant with a policy that excludes a user who is gone, and another."""
    return FakeSession([stored(state=ENABLED, users=USERS), stored("Other", identifier=ids.POLICY_TWO)])


def test_policy_that_stays_as_it_is_stops_nobody() -> None:
    session = tenant()
    outcome = run_twice(
        session, wanted({"definition": policy(users=USERS)}, {"display_name": "Other", "description": "x"})
    )
    assert [path for _method, path in session.writes] == [f"/identity/conditionalAccess/policies/{ids.POLICY_TWO}"]
    (warning,) = [one for one in warnings_about(outcome) if "lead nowhere" in one]
    assert PATH in warning
    assert GONE in warning


def test_policy_can_be_taken_out_of_effect() -> None:
    session = tenant()
    run(session, wanted({"definition": policy(users=USERS), "policy_state": "disabled"}))
    assert session.bodies == [{"state": "disabled"}]


@pytest.mark.parametrize(
    "options",
    [
        {"definition": {**policy(users=USERS), "description": "x"}},
        {"definition": policy("New", users=USERS)},
        {"display_name": "Other", "conditions": {"users": {"exclude_users": {"add": [GONE]}}}},
    ],
)
def test_what_would_write_it_is_refused(options: Json) -> None:
    error = refusal(tenant(), wanted(options), UnresolvedReferences)
    assert error.message.startswith("policies[0].conditions.users.exclude_users")
    assert GONE in error.message
    assert "Nothing was written" in error.remedy


def test_only_the_entry_that_writes_it_is_named() -> None:
    error = refusal(
        tenant(),
        wanted({"definition": policy(users=USERS)}, {"definition": policy("New", users=USERS)}),
        UnresolvedReferences,
    )
    assert "policies[1]." in error.message
    assert "policies[0]." not in error.message


def test_it_can_be_removed_by_its_id() -> None:
    session = tenant()
    run_twice(session, wanted({"display_name": "MFA", "conditions": {"users": {"exclude_users": {"remove": [GONE]}}}}))
    assert session.policy("MFA")["conditions"]["users"]["excludeUsers"] == [ids.ADA]


@pytest.mark.parametrize(
    "others",
    [
        {"emergency_users": (GONE,)},
        {"every_policy": {"conditions": {"users": {"excludeUsers": {"add": [GONE]}}}}},
    ],
)
def test_nobody_who_is_gone_is_put_into_policies(others: t.Any) -> None:
    assert GONE in refusal(tenant(), wanted({"display_name": "Other"}, **others), UnresolvedReferences).message


def test_name_that_is_to_leave_a_list_and_means_nothing_is_in_none() -> None:
    session = FakeSession([stored(users={"includeUsers": ["All"]})])
    edit = {"exclude_users": {"remove": ["gone@x.example"], "add": [ids.ADA]}}
    outcome = run_twice(session, wanted({"display_name": "MFA", "conditions": {"users": edit}}))
    assert session.policy("MFA")["conditions"]["users"]["excludeUsers"] == [ids.ADA]
    (warning,) = [one for one in warnings_about(outcome) if "Nothing is there to be removed" in one]
    assert "exclude_users.remove[0]" in warning
    assert "'gone@x.example'" in warning


def test_name_that_two_have_does_not_leave_a_list() -> None:
    session = FakeSession([stored()])
    session.collections["/groups"].append({"id": ids.OFFICE, "displayName": "staff"})
    edit = {"display_name": "MFA", "conditions": {"users": {"exclude_groups": {"remove": ["Staff"]}}}}
    assert "2 objects" in refusal(session, wanted(edit), UnresolvedReferences).message
