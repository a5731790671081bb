# Copyright: (c) 2026, m365.entra contributors
# GNU General Public License v3.0+ (see COPYING or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later
"""Policies as a resource: actions with the bodies that undo them, and what must be read back."""

from __future__ import annotations

import typing as t

import pytest

from ansible_collections.m365.entra.plugins.module_utils._policy.desired import desired_policy
from ansible_collections.m365.entra.plugins.module_utils._policy.policy_plan import (
    CurrentPolicy,
    PolicyPlan,
    current_policy,
    plan_policy,
)
from ansible_collections.m365.entra.plugins.module_utils._reconcile.compare import Change
from ansible_collections.m365.entra.plugins.module_utils._reconcile.created import key_of_new
from ansible_collections.m365.entra.plugins.module_utils._resources.conditional_access_policy import (
    BIN,
    COLLECTION,
    create_action,
    delete_action,
    enforce_action,
    expectation,
    policy_result,
    read_policies,
    unmet,
    update_action,
    weakens,
)
from ansible_collections.m365.entra.tests.unit.plugins.module_utils.support import ids
from ansible_collections.m365.entra.tests.unit.plugins.module_utils.support.fake_session import FakeSession
from ansible_collections.m365.entra.tests.unit.plugins.module_utils.support.policies import (
    DISABLED,
    ENABLED,
    REPORT_ONLY,
    policy,
    stored,
)
from ansible_collections.m365.entra.tests.unit.plugins.module_utils.support.service import merge_patch, read_back

Json = dict[str, t.Any]
NEW = key_of_new("conditional_access_policy", "MFA")
NARROW = policy(users={"includeUsers": ["All"], "excludeUsers": [ids.ADA]}, locations={"includeLocations": ["All"]})


def current(raw: Json | None = None) -> CurrentPolicy:
    """A policy of the tenant."""
    return current_policy(read_back(raw or stored()))


def plan(options: Json, *existing: CurrentPolicy) -> PolicyPlan:
    """What is planned for one policy."""
    return plan_policy(desired_policy(options), existing)


def test_policies_are_one_read_sorted_by_name() -> None:
    session = FakeSession([stored("B"), stored("A", identifier=ids.POLICY_TWO)])
    assert [found.name for found in read_policies(session)] == ["A", "B"]
    assert session.requests == [("GET", COLLECTION)]


def test_creating_and_taking_back() -> None:
    action = create_action(plan({"definition": policy()}), REPORT_ONLY, "why")
    assert (action.operation, action.collection, action.object_id) == ("create", COLLECTION, None)
    assert action.body is not None
    assert next(iter(action.body)) == "state"
    assert action.body["grantControls"] == {"operator": "OR", "builtInControls": ["mfa"]}
    assert action.changes[0] == Change("policy_state", None, "report_only")
    assert action.undo is not None
    assert (action.undo.operation, action.undo.key) == ("delete", NEW)


def test_updating_and_taking_back() -> None:
    wanted = plan({"definition": NARROW, "policy_state": "enabled"}, current())
    action = update_action(wanted, ENABLED, "why")
    assert action.body == {
        "conditions": {"users": {"excludeUsers": [ids.ADA]}, "locations": {"includeLocations": ["All"]}},
        "state": ENABLED,
    }
    assert action.undo is not None
    assert action.undo.body == {"conditions": {"users": {"excludeUsers": []}, "locations": None}, "state": REPORT_ONLY}
    changed = merge_patch(stored(), action.body)
    assert current(merge_patch(changed, action.undo.body)).content == current().content


def test_updating_the_content_alone_says_nothing_of_the_state() -> None:
    action = update_action(plan({"definition": NARROW}, current()), REPORT_ONLY, "why")
    assert action.body is not None
    assert "state" not in action.body
    assert "policy_state" not in [change.path for change in action.changes]


def test_enforcing_and_taking_back() -> None:
    action = enforce_action(plan({"definition": policy(), "policy_state": "enabled"}), REPORT_ONLY, "why")
    assert action.body == {"state": ENABLED}
    assert action.changes == (Change("policy_state", "report_only", "enabled"),)
    assert action.undo is not None
    assert action.undo.body == {"state": REPORT_ONLY}


def test_removing_and_taking_back() -> None:
    action = delete_action(plan({"display_name": "MFA", "state": "absent"}, current()), "why")
    assert (action.operation, action.object_id) == ("delete", ids.POLICY_ONE)
    assert action.undo is not None
    assert (action.undo.operation, action.undo.collection, action.undo.object_id) == ("restore", BIN, ids.POLICY_ONE)


@pytest.mark.parametrize(
    ("found", "problem"),
    [
        ([], "is not there"),
        ([current(stored(identifier=ids.POLICY_TWO))], "is not there"),
        ([current(stored(state=DISABLED))], "is disabled, not enabledForReportingButNotEnforced"),
        ([current(stored(users={"includeUsers": ["None"]}))], "does not have the planned content"),
        ([current()], ""),
    ],
)
def test_what_must_be_read_back(found: list[CurrentPolicy], problem: str) -> None:
    wanted = expectation(plan({"definition": policy()}, current()), REPORT_ONLY)
    problems = unmet([wanted], found, {})
    assert bool(problems) is bool(problem)
    assert all(problem in one and "'MFA'" in one for one in problems)


def test_new_policy_is_looked_for_by_the_id_it_was_given() -> None:
    wanted = expectation(plan({"definition": policy()}), REPORT_ONLY)
    assert unmet([wanted], [current()], {NEW: ids.POLICY_ONE.upper()}) == []
    assert unmet([wanted], [current()], {NEW: ids.POLICY_TWO}) != []


def test_removed_policy_must_be_gone() -> None:
    wanted = expectation(plan({"display_name": "MFA", "state": "absent"}, current()), None)
    assert unmet([wanted], [], {}) == []
    assert unmet([wanted], [current()], {}) == ["conditional_access_policy 'MFA' is still there"]


def test_policy_as_a_task_returns_it() -> None:
    found = policy_result(current(stored(state=ENABLED)))
    assert found == {
        "id": ids.POLICY_ONE,
        "display_name": "MFA",
        "policy_state": "enabled",
        "microsoft_managed": False,
        "template_id": None,
        "created_date_time": "2026-11-22T08:00:00.1234567Z",
        "modified_date_time": None,
        "deleted_date_time": None,
        "conditions": {
            "users": {"include_users": ["All"]},
            "applications": {"include_applications": ["All"]},
            "client_app_types": ["all"],
        },
        "grant_controls": {"operator": "OR", "built_in_controls": ["mfa"]},
    }


@pytest.mark.parametrize(
    ("before", "options", "weaker"),
    [
        (ENABLED, {"policy_state": "disabled"}, True),
        (ENABLED, {"policy_state": "report_only"}, True),
        (ENABLED, {"state": "absent"}, True),
        (REPORT_ONLY, {"policy_state": "disabled"}, True),
        (REPORT_ONLY, {"policy_state": "enabled"}, False),
        (ENABLED, {"description": "x"}, False),
    ],
)
def test_what_weakens(before: str, options: Json, weaker: bool) -> None:
    assert weakens(plan({"display_name": "MFA", **options}, current(stored(state=before)))) is weaker
