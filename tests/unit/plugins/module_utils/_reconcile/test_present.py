# Copyright: (c) 2026, m365.entra contributors
# GNU General Public License v3.0+ (see COPYING or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later
"""A plan as people see it: entries with reasons, and one diff for each object."""

from __future__ import annotations

import typing as t

from ansible_collections.m365.entra.plugins.module_utils._reconcile.action import Action, Phase, Plan
from ansible_collections.m365.entra.plugins.module_utils._reconcile.compare import Change
from ansible_collections.m365.entra.plugins.module_utils._reconcile.created import key_of_new
from ansible_collections.m365.entra.plugins.module_utils._reconcile.present import (
    dependencies,
    plan_diff,
    plan_result,
)


def action(operation: str, *changes: Change, name: str = "MFA") -> Action:
    """An action on one object."""
    return Action(operation, "policy", name, name, "/policies", "because", object_id="1", changes=changes)


def named(path: str, value: t.Any) -> t.Any:
    """Puts a name beside a value of the path `users`."""
    return [f"Name ({one})" for one in value] if path == "users" and value else value


def plan(*actions: Action) -> Plan:
    """A plan of one phase."""
    return Plan((Phase("apply", actions, ()),))


def test_result_has_an_entry_for_each_action_with_names_beside_ids() -> None:
    assert plan_result(plan(action("update", Change("users", [], ["1"]))), named) == [
        {
            "phase": "apply",
            "operation": "update",
            "resource": "policy",
            "name": "MFA",
            "id": "1",
            "reason": "because",
            "depends_on": [],
            "changes": [{"path": "users", "before": [], "after": ["Name (1)"]}],
        }
    ]


def test_diff_shows_what_changes_before_and_after() -> None:
    assert plan_diff(plan(action("update", Change("users", ["1"], []), Change("state", "a", "b"))), named) == {
        "before": {"policy MFA": {"state": "a", "users": ["Name (1)"]}},
        "after": {"policy MFA": {"state": "b"}},
    }


def test_several_actions_on_one_object_are_one_change() -> None:
    steps = (
        action("create", Change("policy_state", None, "report_only")),
        action("update", Change("policy_state", "report_only", "enabled")),
    )
    assert plan_diff(plan(*steps), named) == {
        "before": {"policy MFA": {"state": "absent"}},
        "after": {"policy MFA": {"policy_state": "enabled", "state": "present"}},
    }


def test_removal_is_shown() -> None:
    assert plan_diff(plan(action("delete")), named) == {
        "before": {"policy MFA": {"state": "present"}},
        "after": {"policy MFA": {"state": "absent"}},
    }


def test_nothing_to_do_shows_nothing() -> None:
    assert plan_result(Plan(()), named) == []
    assert plan_diff(Plan(()), named) == {"before": {}, "after": {}}


def test_what_an_action_needs() -> None:
    location = Action("create", "named_location", key_of_new("named_location", "HQ"), "HQ", "/locations", "because")
    mentions = {"conditions": {"locations": {"includeLocations": [location.key]}}}
    policy = Action("create", "policy", "p", "MFA", "/policies", "because", mentions)
    later = Action("update", "policy", "p", "MFA", "/policies", "because", {})
    assert dependencies(plan(location, policy, later)) == [[], [1], [2]]


def test_removal_needs_that_what_refers_to_it_lets_go() -> None:
    location = Action("delete", "named_location", "HQ", "HQ", "/locations", "because", object_id="HQ")
    before = {"conditions": {"locations": {"includeLocations": ["All"], "excludeLocations": ["HQ"]}}}
    undo = Action("update", "policy", "p", "MFA", "/policies", "take back", before, "p")
    policy = Action("update", "policy", "p", "MFA", "/policies", "because", {"conditions": {}}, "p", undo=undo)
    other = Action("update", "policy", "q", "Other", "/policies", "because", {"state": "disabled"}, "q")
    assert dependencies(plan(other, policy, location)) == [[], [], [2]]


def test_nothing_happens_across_a_turning_point() -> None:
    one, other, turn, last = (Action("update", "policy", key, key, "/policies", "because", {}) for key in "abcd")
    phases = (
        Phase("before", (one, other), ()),
        Phase("turn", (turn,), (), is_turning_point=True),
        Phase("after", (one, last), ()),
    )
    assert dependencies(Plan(phases)) == [[], [], [1, 2], [1, 3], [3]]
