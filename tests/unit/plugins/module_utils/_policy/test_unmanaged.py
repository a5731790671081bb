# Copyright: (c) 2026, m365.entra contributors
# GNU General Public License v3.0+ (see COPYING or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later
"""What becomes of the policies that a list does not name."""

from __future__ import annotations

import typing as t

import pytest

from ansible_collections.m365.entra.plugins.module_utils._graph.errors import OptionError
from ansible_collections.m365.entra.plugins.module_utils._policy.desired import desired_policy
from ansible_collections.m365.entra.plugins.module_utils._policy.policy_plan import (
    CurrentPolicy,
    PolicyPlan,
    check_planned_rules,
    current_policy,
    plan_policy,
)
from ansible_collections.m365.entra.plugins.module_utils._policy.unmanaged import (
    MODES,
    Unmanaged,
    check_list_is_not_empty,
    unmanaged_plans,
)
from ansible_collections.m365.entra.tests.unit.plugins.module_utils.support import ids
from ansible_collections.m365.entra.tests.unit.plugins.module_utils.support.policies import (
    BLOCK,
    DISABLED,
    ENABLED,
    REPORT_ONLY,
    stored,
)

Json = dict[str, t.Any]
MANAGED = "Microsoft-managed: Block legacy authentication"
EDIT: Json = {"conditions": {"users": {"excludeGroups": {"add": [ids.STAFF]}}}}


def policies() -> dict[str, CurrentPolicy]:
    """A tenant with a policy of each sort."""
    rows: list[Json] = [
        stored("Listed", ENABLED),
        stored("Enforced", ENABLED),
        stored("Report-only", REPORT_ONLY),
        stored("Disabled", DISABLED),
        stored("KEEP me", ENABLED),
        stored("vendor-1 policy", ENABLED),
        stored(MANAGED, ENABLED),
        stored("Retired", ENABLED, grant={"operator": "OR", "builtInControls": ["approvedApplication"]}),
    ]
    numbered = ({**row, "id": f"eeeeeeee-0000-4000-8000-{number:012x}"} for number, row in enumerate(rows))
    return {policy.name: policy for policy in map(current_policy, numbered)}


def planned(mode: str, every: Json | None = None, without: tuple[str, ...] = ("Retired",)) -> dict[str, PolicyPlan]:
    """The plans for what is not listed, by name."""
    tenant = policies()
    existing = [policy for name, policy in tenant.items() if name not in without]
    listed = [plan_policy(desired_policy({"display_name": "Listed"}), existing)]
    unmanaged = Unmanaged(mode, ("keep ME",), ("Vendor-",))
    return {plan.name: plan for plan in unmanaged_plans(unmanaged, listed, existing, every)}


def test_ignoring_and_reporting_change_nothing() -> None:
    assert planned("ignore") == {}
    assert planned("report") == {}


def test_disabling_takes_out_of_effect_what_is_neither_protected_nor_managed_nor_disabled() -> None:
    found = planned("disable")
    assert {name: plan.state for name, plan in found.items()} == {"Enforced": DISABLED, "Report-only": DISABLED}
    assert all([change.path for change in plan.all_changes] == ["policy_state"] for plan in found.values())


def test_removing_removes_what_is_neither_protected_nor_managed() -> None:
    found = planned("remove")
    assert set(found) == {"Enforced", "Report-only", "Disabled"}
    assert all(plan.is_removed for plan in found.values())


@pytest.mark.parametrize("mode", ["disable", "remove"])
def test_policy_that_breaks_a_rule_already_goes_all_the_same(mode: str) -> None:
    assert "Retired" in planned(mode, without=())


@pytest.mark.parametrize("mode", ["ignore", "report"])
def test_edit_for_every_policy_reaches_all_but_the_protected(mode: str) -> None:
    found = planned(mode, EDIT)
    assert set(found) == {"Enforced", "Report-only", "Disabled", MANAGED}
    for plan in found.values():
        assert [change.path for change in plan.all_changes] == ["conditions.users.exclude_groups"]
        assert plan.state == plan.current.state if plan.current else False


def test_edit_and_disabling_come_together() -> None:
    found = planned("disable", EDIT)
    assert [change.path for change in found["Enforced"].all_changes] == [
        "policy_state",
        "conditions.users.exclude_groups",
    ]
    assert [change.path for change in found["Disabled"].all_changes] == ["conditions.users.exclude_groups"]


def test_edit_of_what_is_removed_does_not_matter() -> None:
    found = planned("remove", EDIT)
    assert found["Enforced"].is_removed
    assert not found[MANAGED].is_removed


def test_edit_that_is_fulfilled_changes_nothing() -> None:
    assert planned("ignore", {"conditions": {"users": {"excludeGroups": {"remove": [ids.STAFF]}}}}) == {}


def test_edit_leaves_workload_policies_alone() -> None:
    workloads = current_policy(
        stored(
            users={"includeUsers": ["None"]},
            grant=BLOCK,
            clientApplications={"includeServicePrincipals": ["ServicePrincipalsInMyTenant"]},
        )
    )
    assert unmanaged_plans(Unmanaged(), [], [workloads], EDIT) == []


def test_rule_that_an_edited_policy_breaks_names_the_policy() -> None:
    plans = planned("ignore", EDIT, without=())
    with pytest.raises(OptionError, match=r"^every_policy\['Retired'\]\.grant_controls\.built_in_controls: "):
        check_planned_rules(plans["Retired"])


def test_nobody_spoke_of_these_policies() -> None:
    assert not any(plan.desired.is_listed for plan in planned("disable").values())
    assert not any(plan.desired.excludes_emergency_access for plan in planned("disable", EDIT).values())


@pytest.mark.parametrize("mode", MODES)
@pytest.mark.parametrize(
    ("options", "is_empty"),
    [
        ([], True),
        ([{"display_name": "x", "state": "absent"}], True),
        ([{"display_name": "x"}], False),
        ([{"display_name": "x", "state": "absent"}, {"display_name": "y"}], False),
    ],
)
def test_empty_list_is_refused_where_everything_would_go(mode: str, options: list[Json], is_empty: bool) -> None:
    wanted = [desired_policy(one) for one in options]
    if mode not in ("disable", "remove") or not is_empty:
        check_list_is_not_empty(Unmanaged(mode), wanted, "policies")
        return
    with pytest.raises(OptionError) as failure:
        check_list_is_not_empty(Unmanaged(mode), wanted, "policies")
    assert failure.value.message.startswith("policies: no policy is listed")
    assert f"unmanaged: {mode}" in failure.value.message
    assert "List the policies" in failure.value.remedy
