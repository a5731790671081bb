# Copyright: (c) 2026, m365.entra contributors
# GNU General Public License v3.0+ (see COPYING or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later
"""A policy that comes back from the bin comes back as it was (facts section 2.8), and a rename finds its policy."""

from __future__ import annotations

import typing as t

import pytest

from ansible_collections.m365.entra.plugins.module_utils._graph.errors import EntraError, GuardRefused, OptionError
from ansible_collections.m365.entra.plugins.module_utils._policy.desired import desired_policy
from ansible_collections.m365.entra.plugins.module_utils._policy.exclusions import EmergencyAccess
from ansible_collections.m365.entra.plugins.module_utils._policy.policy_plan import (
    CurrentPolicy,
    PolicyPlan,
    current_policy,
    plan_policy,
)
from ansible_collections.m365.entra.tests.unit.plugins.module_utils.support import ids
from ansible_collections.m365.entra.tests.unit.plugins.module_utils.support.policies import (
    DISABLED,
    ENABLED,
    REPORT_ONLY,
    policy,
    stored,
)
from ansible_collections.m365.entra.tests.unit.plugins.module_utils.support.service import read_back

Json = dict[str, t.Any]
EMERGENCY = EmergencyAccess((ids.EMERGENCY,))
SAFE_USERS = {"includeUsers": ["All"], "excludeUsers": [ids.EMERGENCY]}


def raw(*args: t.Any, **parts: t.Any) -> CurrentPolicy:
    """A policy as the service shows it."""
    return current_policy(read_back(stored(*args, **parts)))


def plan(
    options: Json,
    *deleted: CurrentPolicy,
    existing: t.Sequence[CurrentPolicy] = (),
    emergency: EmergencyAccess | None = None,
) -> PolicyPlan:
    """The plan for one policy that may be restored."""
    desired = desired_policy({"restore": True, **options}, "policies[0]")
    return plan_policy(desired, existing, emergency or EmergencyAccess(), deleted=deleted)


BACK: Json = {"display_name": "MFA"}


@pytest.mark.parametrize("state", [REPORT_ONLY, DISABLED])
def test_policy_comes_back_as_it_was(state: str) -> None:
    found = plan(BACK, raw(state=state))
    assert (found.is_restored, found.is_new, found.is_changed) == (True, False, True)
    assert (found.key, found.state, found.all_changes) == (ids.POLICY_ONE, state, [])
    assert not found.stops_to_enforce


def test_policy_comes_back_and_changes() -> None:
    found = plan({**BACK, "description": "x", "policy_state": "disabled"}, raw())
    assert [change.path for change in found.all_changes] == ["policy_state", "description"]


def test_policy_is_found_by_its_id_or_its_previous_name() -> None:
    assert plan({"id": ids.POLICY_ONE}, raw()).is_restored
    renamed = plan({"display_name": "Ours", "previous_name": "MFA"}, raw())
    assert (renamed.is_restored, [change.path for change in renamed.all_changes]) == (True, ["display_name"])


def test_what_is_not_asked_for_stays_in_the_bin() -> None:
    assert plan({"definition": policy(), "restore": False}, raw()).is_new
    assert not plan({**BACK, "state": "absent"}, raw()).is_changed


def test_policy_that_exists_is_not_restored() -> None:
    live = raw(identifier=ids.POLICY_TWO)
    found = plan(BACK, raw(), existing=[live])
    assert (found.is_restored, found.key) == (False, ids.POLICY_TWO)


def test_policy_that_is_in_no_bin_is_made() -> None:
    assert plan({"definition": policy()}, raw("Other")).is_new


def test_name_that_several_deleted_policies_have_is_refused_with_their_ids() -> None:
    with pytest.raises(EntraError) as failure:
        plan(BACK, raw(identifier=ids.POLICY_TWO), raw())
    assert failure.value.message.startswith("policies[0].display_name: 2 objects of the kind deleted")
    assert failure.value.details == {"ids": [ids.POLICY_ONE, ids.POLICY_TWO]}
    assert plan({"id": ids.POLICY_TWO}, raw(identifier=ids.POLICY_TWO), raw()).key == ids.POLICY_TWO


@pytest.mark.parametrize("options", [{}, {"policy_state": "report_only"}, {"policy_state": "disabled"}])
def test_enforced_policy_does_not_come_back_unasked(options: Json) -> None:
    """It would be enforced before anything else could be said of it."""
    with pytest.raises(GuardRefused) as failure:
        plan({**BACK, **options}, raw(state=ENABLED))
    assert failure.value.message.startswith(f"policies[0].restore: 'MFA' ({ids.POLICY_ONE}) was enforced")
    assert "policy_state: enabled" in failure.value.remedy


def test_enforced_policy_comes_back_when_asked_for() -> None:
    found = plan({**BACK, "policy_state": "enabled"}, raw(state=ENABLED))
    assert found.is_restored
    assert found.begins_to_enforce
    assert found.all_changes == []


def test_enforced_policy_does_not_come_back_without_the_emergency_exclusions() -> None:
    with pytest.raises(GuardRefused) as failure:
        plan({**BACK, "policy_state": "enabled"}, raw(state=ENABLED), emergency=EMERGENCY)
    assert failure.value.message.startswith("policies[0].restore: ")
    assert "emergency access" in failure.value.message
    assert "Leave restore out" in failure.value.remedy


@pytest.mark.parametrize(
    ("options", "deleted"),
    [
        ({"policy_state": "enabled"}, raw(state=ENABLED, users=SAFE_USERS)),
        ({"policy_state": "enabled", "exclude_emergency_access": False}, raw(state=ENABLED)),
        ({"policy_state": "enabled"}, raw(state=REPORT_ONLY)),
        ({}, raw(state=DISABLED)),
    ],
)
def test_policy_comes_back_with_emergency_access_excluded(options: Json, deleted: CurrentPolicy) -> None:
    assert plan({**BACK, **options}, deleted, emergency=EMERGENCY).is_restored


def test_name_that_a_live_policy_has_is_not_taken_twice() -> None:
    with pytest.raises(OptionError, match=r"^policies\[0\]\.display_name: .*'MFA' already"):
        plan({"id": ids.POLICY_ONE, "display_name": "MFA"}, raw("Old"), existing=[raw(identifier=ids.POLICY_TWO)])


# Renames


@pytest.mark.parametrize(
    ("options", "key", "paths"),
    [
        ({"display_name": "New", "previous_name": "MFA"}, ids.POLICY_ONE, ["display_name"]),
        ({"display_name": "MFA", "previous_name": "Older"}, ids.POLICY_ONE, []),
        ({"display_name": "MFA", "previous_name": "MFA"}, ids.POLICY_ONE, []),
        (
            {"display_name": "New", "previous_name": "MFA", "description": "x"},
            ids.POLICY_ONE,
            ["display_name", "description"],
        ),
    ],
)
def test_rename_through_the_previous_name(options: Json, key: str, paths: list[str]) -> None:
    found = plan_policy(desired_policy(options), [raw()])
    assert (found.key, [change.path for change in found.all_changes]) == (key, paths)


def test_previous_name_that_nobody_has_makes_a_new_policy() -> None:
    options = {"definition": policy("New"), "previous_name": "Gone"}
    assert plan_policy(desired_policy(options), [raw()]).is_new


def test_previous_name_is_not_taken_from_a_policy_of_the_new_name() -> None:
    with pytest.raises(EntraError) as failure:
        plan_policy(
            desired_policy({"display_name": "New", "previous_name": "MFA"}, "policies[0]"),
            [raw(), raw("New", identifier=ids.POLICY_TWO)],
        )
    assert failure.value.message.startswith("policies[0].previous_name: ")
    assert ids.POLICY_ONE in failure.value.message
    assert ids.POLICY_TWO in failure.value.message


def test_previous_name_that_several_have_is_refused() -> None:
    twins = [raw(), raw(identifier=ids.POLICY_TWO)]
    with pytest.raises(EntraError, match=r"^previous_name: 2 ") as failure:
        plan_policy(desired_policy({"display_name": "New", "previous_name": "MFA"}), twins)
    assert failure.value.details == {"ids": [ids.POLICY_ONE, ids.POLICY_TWO]}


def test_rename_to_a_name_that_is_taken_is_refused() -> None:
    both = [raw(), raw("Other", identifier=ids.POLICY_TWO)]
    with pytest.raises(OptionError, match=rf"^display_name: .*'Other' already.*{ids.POLICY_TWO}") as failure:
        plan_policy(desired_policy({"id": ids.POLICY_ONE, "display_name": "Other"}), both)
    assert "choose another name" in failure.value.remedy


def test_managed_policy_is_not_renamed() -> None:
    managed = raw("Microsoft-managed: MFA")
    with pytest.raises(GuardRefused, match="managed by Microsoft"):
        plan_policy(desired_policy({"display_name": "Ours", "previous_name": managed.name}), [managed])


# The whole policy


@pytest.mark.parametrize(
    ("complete", "paths"),
    [
        (False, []),
        (True, ["conditions.users.exclude_users", "conditions.locations.include_locations"]),
    ],
)
def test_what_is_not_given_counts_as_empty_only_when_said_so(complete: bool, paths: list[str]) -> None:
    existing = raw(users={"includeUsers": ["All"], "excludeUsers": [ids.ADA]}, locations={"includeLocations": ["All"]})
    options = {
        "display_name": "MFA",
        "complete": complete,
        "conditions": {"users": {"include_users": ["All"]}, "applications": {"include_applications": ["All"]}},
        "grant_controls": {"operator": "OR", "built_in_controls": ["mfa"]},
    }
    found = plan_policy(desired_policy(options), [existing])
    assert [change.path for change in found.all_changes] == paths
