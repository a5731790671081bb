# Copyright: (c) 2026, m365.entra contributors
# GNU General Public License v3.0+ (see COPYING or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later
"""A template, a definition or complete options do not take exclusions away that nobody spoke of."""

from __future__ import annotations

import typing as t

import pytest

from ansible_collections.m365.entra.plugins.module_utils._graph.errors import GuardRefused
from ansible_collections.m365.entra.plugins.module_utils._policy.desired import desired_policy
from ansible_collections.m365.entra.plugins.module_utils._policy.exclusions import EmergencyAccess
from ansible_collections.m365.entra.plugins.module_utils._policy.policy_plan import (
    CurrentPolicy,
    current_policy,
    plan_policy,
)
from ansible_collections.m365.entra.plugins.module_utils._policy.template_catalogue import TEMPLATES

Json = dict[str, t.Any]

PILOT = "11111111-1111-1111-1111-111111111111"
STAFF = "22222222-2222-2222-2222-222222222222"
NAME = "Block"
TEMPLATE = "block_legacy_authentication"


def existing(state: str, excluded: list[str]) -> CurrentPolicy:
    """The template's policy with groups left out."""
    content = TEMPLATES[TEMPLATE].content_for("modern")
    users = {**content["conditions"]["users"], "excludeGroups": excluded}
    return current_policy(
        {
            **content,
            "id": "33333333-3333-3333-3333-333333333333",
            "displayName": NAME,
            "state": state,
            "conditions": {**content["conditions"], "users": users},
        }
    )


def excluded_groups(options: Json, state: str, excluded: list[str], emergency: tuple[str, ...] = ()) -> list[str]:
    """Who is left out after the plan for a template with *options*."""
    desired = desired_policy({"template": TEMPLATE, "display_name": NAME, **options})
    plan = plan_policy(desired, [existing(state, excluded)], EmergencyAccess(groups=emergency))
    assert plan.content is not None
    return list(plan.content["conditions"]["users"]["excludeGroups"])


def groups(value: t.Any) -> Json:
    return {"conditions": {"users": {"exclude_groups": value}}}


@pytest.mark.parametrize(
    ("edit", "after"),
    [
        ({"add": [PILOT]}, [PILOT, STAFF]),
        ({"remove": [PILOT]}, [STAFF]),
        ({"add": [PILOT], "remove": [STAFF]}, [PILOT]),
    ],
)
@pytest.mark.parametrize("state", ["enabled", "enabledForReportingButNotEnforced"])
def test_edit_beside_a_template_changes_what_the_policy_has(edit: Json, after: list[str], state: str) -> None:
    assert excluded_groups(groups(edit), state, [STAFF]) == after


def test_edit_beside_a_template_makes_the_list_of_a_new_policy() -> None:
    desired = desired_policy({"template": TEMPLATE, **groups({"add": [PILOT]})})
    content = plan_policy(desired, []).content
    assert content is not None
    assert content["conditions"]["users"]["excludeGroups"] == [PILOT]


def test_template_takes_the_last_exclusion_of_an_enforced_policy_only_when_that_is_said() -> None:
    with pytest.raises(GuardRefused) as failure:
        excluded_groups({"policy_state": "enabled"}, "enabled", [STAFF])
    assert "conditions.users" in failure.value.message
    assert "emergency_access" in failure.value.remedy
    assert excluded_groups(groups([]), "enabled", [STAFF]) == []
    assert excluded_groups({}, "enabled", [STAFF], emergency=(PILOT,)) == [PILOT]
    assert excluded_groups({"policy_state": "report_only"}, "enabled", [STAFF]) == []
    assert excluded_groups({}, "enabledForReportingButNotEnforced", [STAFF]) == []
