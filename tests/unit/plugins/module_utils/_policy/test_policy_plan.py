# Copyright: (c) 2026, m365.entra contributors
# GNU General Public License v3.0+ (see COPYING or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later
"""One policy, wanted and current: what is to be done."""

from __future__ import annotations

import typing as t

import pytest

from ansible_collections.m365.entra.plugins.module_utils._graph.errors import EntraError, GuardRefused, OptionError
from ansible_collections.m365.entra.plugins.module_utils._policy.desired import desired_policy
from ansible_collections.m365.entra.plugins.module_utils._policy.policy_plan import (
    CurrentPolicy,
    EmergencyAccess,
    PolicyPlan,
    current_policy,
    plan_policy,
    planned_policy,
    planned_tenant,
)
from ansible_collections.m365.entra.plugins.module_utils._reconcile.compare import Change
from ansible_collections.m365.entra.plugins.module_utils._reconcile.created import key_of_new
from ansible_collections.m365.entra.tests.unit.plugins.module_utils.support import ids
from ansible_collections.m365.entra.tests.unit.plugins.module_utils.support.policies import (
    BLOCK,
    DISABLED,
    ENABLED,
    REPORT_ONLY,
    policy,
    stored,
)
from ansible_collections.m365.entra.tests.unit.plugins.module_utils.support.service import read_back

Json = dict[str, t.Any]
MANAGED = "Microsoft-managed: Multifactor authentication"


def current(*args: t.Any, **parts: t.Any) -> CurrentPolicy:
    """A policy as the service shows it."""
    return current_policy(read_back(stored(*args, **parts)))


def plan(
    options: Json, *existing: CurrentPolicy, emergency: EmergencyAccess | None = None, option: str = ""
) -> PolicyPlan:
    """The plan for one policy's options."""
    return plan_policy(desired_policy(options, option), existing, emergency or EmergencyAccess())


FULL: Json = {"definition": policy()}


def test_current_policy_is_read_with_its_id_in_lower_case() -> None:
    found = current("MFA", ENABLED, ids.POLICY_ONE.upper())
    assert (found.identifier, found.name, found.state) == (ids.POLICY_ONE, "MFA", ENABLED)
    assert found.is_enforced
    assert not found.is_managed
    assert current(MANAGED.upper()).is_managed


def test_new_policy() -> None:
    found = plan(FULL)
    assert found.is_new
    assert found.is_changed
    assert not found.is_removed
    assert (found.key, found.name, found.state) == (key_of_new("conditional_access_policy", "MFA"), "MFA", REPORT_ONLY)
    assert found.state_change == Change("policy_state", None, "report_only")
    assert found.all_changes[0] == found.state_change
    assert not found.begins_to_enforce


def test_unchanged_policy() -> None:
    found = plan(FULL, current(state=ENABLED))
    assert not found.is_changed
    assert found.all_changes == []
    assert found.will_be_enforced
    assert not found.begins_to_enforce
    assert found.key == ids.POLICY_ONE


@pytest.mark.parametrize(
    ("options", "paths"),
    [
        ({"display_name": "MFA"}, []),
        ({"display_name": "MFA", "description": "x"}, ["description"]),
        ({"display_name": "MFA", "conditions": {"users": {"include_users": ["ALL"]}}}, []),
        ({"display_name": "MFA", "conditions": {"users": {"exclude_users": []}}}, ["conditions.users.exclude_users"]),
        ({"display_name": "MFA", "conditions": {"users": {"exclude_users": None}}}, ["conditions.users.exclude_users"]),
        ({"display_name": "MFA", "conditions": {"users": {}}}, []),
        ({"definition": policy()}, ["conditions.users.exclude_users"]),
        ({"display_name": "MFA", "policy_state": "enabled"}, ["policy_state"]),
        ({"display_name": "MFA", "policy_state": "report_only"}, []),
    ],
)
def test_changed_policy(options: Json, paths: list[str]) -> None:
    existing = current(users={"includeUsers": ["All"], "excludeUsers": [ids.ADA]})
    found = plan(options, existing)
    assert [change.path for change in found.all_changes] == paths
    assert found.is_changed is bool(paths)


def test_second_plan_is_empty() -> None:
    first = plan({"definition": policy(users={"includeUsers": ["All"], "excludeUsers": [ids.ADA]})}, current())
    again = current_policy({"id": ids.POLICY_ONE, "state": first.state, **(first.content or {})})
    assert not plan_policy(first.desired, [again]).is_changed


def test_state_is_left_alone_unless_given() -> None:
    assert plan(FULL, current(state=ENABLED)).state == ENABLED
    assert plan({**FULL, "policy_state": "disabled"}, current(state=ENABLED)).state == DISABLED


@pytest.mark.parametrize(
    ("before", "after", "begins", "stops"),
    [
        (REPORT_ONLY, "enabled", True, False),
        (ENABLED, "enabled", False, False),
        (ENABLED, "report_only", False, True),
        (ENABLED, "disabled", False, True),
        (DISABLED, "report_only", False, False),
    ],
)
def test_beginning_and_stopping_to_enforce(before: str, after: str, begins: bool, stops: bool) -> None:
    found = plan({**FULL, "policy_state": after}, current(state=before))
    assert found.begins_to_enforce is begins
    assert found.stops_to_enforce is stops


def test_changing_what_an_enforced_policy_does_is_beginning_to_enforce() -> None:
    assert plan({"display_name": "MFA", "description": "x"}, current(state=ENABLED)).begins_to_enforce


def test_absent_policy_that_exists_is_removed() -> None:
    found = plan({"display_name": "MFA", "state": "absent"}, current(state=ENABLED))
    assert found.is_removed
    assert found.stops_to_enforce
    assert found.name == "MFA"
    assert planned_policy(found) is None


@pytest.mark.parametrize("options", [{"display_name": "Other"}, {"id": ids.POLICY_TWO}])
def test_absent_policy_that_does_not_exist_is_nothing_to_do(options: Json) -> None:
    found = plan({**options, "state": "absent"}, current())
    assert not found.is_changed
    assert not found.is_removed


def test_id_that_does_not_exist_is_refused_and_not_created() -> None:
    with pytest.raises(EntraError, match=rf"^policies\[0\]\.id: .*{ids.POLICY_TWO}"):
        plan({**FULL, "id": ids.POLICY_TWO}, current(), option="policies[0]")


@pytest.mark.parametrize("state", ["present", "absent"])
def test_name_that_is_not_unique_is_refused_with_all_ids(state: str) -> None:
    twins = [current(identifier=identifier) for identifier in (ids.POLICY_TWO, ids.POLICY_ONE)]
    with pytest.raises(EntraError) as failure:
        plan({"display_name": "MFA", "state": state}, *twins, option="policies[0]")
    assert failure.value.message.startswith("policies[0].display_name: 2 ")
    assert failure.value.details == {"ids": [ids.POLICY_ONE, ids.POLICY_TWO]}
    assert "id" in failure.value.remedy


def test_id_says_which_of_two_is_meant() -> None:
    twins = [current(identifier=identifier) for identifier in (ids.POLICY_ONE, ids.POLICY_TWO)]
    assert plan({**FULL, "id": ids.POLICY_TWO}, *twins).key == ids.POLICY_TWO


def test_names_are_compared_exactly() -> None:
    assert plan(FULL, current("mfa"), current(identifier=ids.POLICY_TWO)).key == ids.POLICY_TWO
    assert not plan({"display_name": "MFA", "state": "absent"}, current("mfa")).is_changed


@pytest.mark.parametrize("almost", ["mfa", "MFA ", "\uff2d\uff26\uff21"])
def test_policy_is_not_made_beside_one_that_people_would_take_for_it(almost: str) -> None:
    with pytest.raises(OptionError, match=r"^display_name: .*almost") as failure:
        plan(FULL, current(almost))
    assert repr(almost) in failure.value.message
    assert "exactly" in failure.value.remedy


def test_rename_through_the_id() -> None:
    found = plan({"id": ids.POLICY_ONE, "display_name": "Renamed"}, current())
    assert [(change.path, change.before, change.after) for change in found.all_changes] == [
        ("display_name", "MFA", "Renamed")
    ]
    assert found.name == "Renamed"


def test_policy_by_id_keeps_its_name() -> None:
    found = plan({"id": ids.POLICY_ONE, "description": "x"}, current())
    assert found.name == "MFA"
    assert [change.path for change in found.all_changes] == ["description"]


def test_resulting_policy_is_checked_against_the_rules() -> None:
    with pytest.raises(OptionError, match=r"^policies\[0\]\.grant_controls: mfa and an authentication strength"):
        plan(
            {"display_name": "MFA", "grant_controls": {"authentication_strength": ids.MFA_STRENGTH}},
            current(),
            option="policies[0]",
        )


def test_policy_that_breaks_a_rule_already_is_let_alone() -> None:
    retired = current(grant={"operator": "OR", "builtInControls": ["approvedApplication"]})
    assert not plan({"display_name": "MFA"}, retired).is_changed


def test_policy_that_breaks_a_rule_already_can_still_be_taken_out_of_effect() -> None:
    """It may be the one that locks people out; the request would carry nothing but the state."""
    retired = current(state=ENABLED, grant={"operator": "OR", "builtInControls": ["approvedApplication"]})
    assert plan({"display_name": "MFA", "policy_state": "disabled"}, retired).stops_to_enforce


def test_value_for_a_frequency_that_asks_every_time_is_not_ignored() -> None:
    existing = current(session={"signInFrequency": {"isEnabled": True, "frequencyInterval": "everyTime"}})
    options = {"display_name": "MFA", "session_controls": {"sign_in_frequency": {"type": "hours", "value": 4}}}
    changed = {change.path.rsplit(".", 1)[-1]: change.after for change in plan(options, existing).all_changes}
    assert changed == {"frequency_interval": "timeBased", "type": "hours", "value": 4}


EMERGENCY = EmergencyAccess((ids.EMERGENCY,), (ids.STAFF,))


def test_emergency_access_joins_the_exclusions() -> None:
    found = plan(
        {"definition": policy(users={"includeUsers": ["All"], "excludeUsers": [ids.ADA]})}, emergency=EMERGENCY
    )
    users = (found.content or {})["conditions"]["users"]
    assert users["excludeUsers"] == sorted([ids.ADA, ids.EMERGENCY])
    assert users["excludeGroups"] == [ids.STAFF]


def test_emergency_access_joins_an_existing_policy_once() -> None:
    assert [change.path for change in plan(FULL, current(), emergency=EMERGENCY).all_changes] == [
        "conditions.users.exclude_users",
        "conditions.users.exclude_groups",
    ]
    excluded = {"includeUsers": ["All"], "excludeUsers": [ids.EMERGENCY], "excludeGroups": [ids.STAFF]}
    assert not plan(FULL, current(users=excluded), emergency=EMERGENCY).is_changed


def test_emergency_access_cannot_be_emptied_away() -> None:
    options = {"display_name": "MFA", "conditions": {"users": {"exclude_users": [], "exclude_groups": None}}}
    users = (plan(options, current(), emergency=EMERGENCY).content or {})["conditions"]["users"]
    assert (users["excludeUsers"], users["excludeGroups"]) == ([ids.EMERGENCY], [ids.STAFF])


def test_emergency_access_stays_away_when_told_so() -> None:
    found = plan({**FULL, "exclude_emergency_access": False}, emergency=EMERGENCY)
    assert (found.content or {})["conditions"]["users"]["excludeUsers"] == []


def test_workload_policy_has_no_users_to_exclude() -> None:
    workload = policy(
        users={"includeUsers": ["None"]},
        grant=BLOCK,
        clientApplications={"includeServicePrincipals": ["ServicePrincipalsInMyTenant"]},
    )
    found = plan({"definition": workload}, emergency=EMERGENCY)
    assert (found.content or {})["conditions"]["users"]["excludeUsers"] == []


def test_emergency_access_of_nobody_is_false() -> None:
    assert not EmergencyAccess()
    assert EMERGENCY


@pytest.mark.parametrize(
    "options",
    [
        {"policy_state": "disabled"},
        {"conditions": {"users": {"exclude_users": [ids.ADA], "exclude_groups": [ids.STAFF]}}},
        {"conditions": {"users": {"exclude_roles": [ids.GLOBAL_ADMINISTRATOR]}}},
    ],
)
def test_managed_policy_may_change_in_state_and_exclusions(options: Json) -> None:
    assert plan({"id": ids.POLICY_ONE, **options}, current(MANAGED, ENABLED)).is_changed


@pytest.mark.parametrize(
    "options",
    [
        {"display_name": "Ours"},
        {"conditions": {"users": {"include_users": ["None"]}}},
        {"grant_controls": {"built_in_controls": ["block"]}},
        {"description": "x"},
    ],
)
def test_managed_policy_may_not_change_otherwise(options: Json) -> None:
    with pytest.raises(GuardRefused, match="managed by Microsoft"):
        plan({"id": ids.POLICY_ONE, **options}, current(MANAGED, ENABLED))


def test_managed_policy_is_not_removed() -> None:
    with pytest.raises(GuardRefused, match=r"^state: .*cannot be removed"):
        plan({"id": ids.POLICY_ONE, "state": "absent"}, current(MANAGED))


def test_planned_tenant_is_what_is_wanted_and_what_nobody_touches() -> None:
    existing = [current("One"), current("Two", identifier=ids.POLICY_TWO)]
    plans = [
        plan({"display_name": "One", "policy_state": "enabled"}, *existing),
        plan({"definition": policy("New")}, *existing),
    ]
    assert [(one.name, one.state, one.identifier) for one in planned_tenant(plans, existing)] == [
        ("One", ENABLED, ids.POLICY_ONE),
        ("New", REPORT_ONLY, ""),
        ("Two", REPORT_ONLY, ids.POLICY_TWO),
    ]


def test_removed_policy_is_not_in_the_planned_tenant() -> None:
    existing = [current("One")]
    plans = [plan({"display_name": "One", "state": "absent"}, *existing)]
    assert planned_tenant(plans, existing) == []
