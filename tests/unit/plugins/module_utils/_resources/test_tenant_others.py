# Copyright: (c) 2026, m365.entra contributors
# GNU General Public License v3.0+ (see COPYING or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later
"""Runs that speak of policies that nobody listed."""

from __future__ import annotations

import typing as t

import pytest

from ansible_collections.m365.entra.plugins.module_utils._graph.errors import (
    GuardRefused,
)
from ansible_collections.m365.entra.plugins.module_utils._policy.unmanaged import Unmanaged
from ansible_collections.m365.entra.tests.unit.plugins.module_utils.support import ids
from ansible_collections.m365.entra.tests.unit.plugins.module_utils.support.fake_session import (
    FakeSession,
)
from ansible_collections.m365.entra.tests.unit.plugins.module_utils.support.policies import (
    DISABLED,
    ENABLED,
    policy,
    stored,
)
from ansible_collections.m365.entra.tests.unit.plugins.module_utils.support.runs import (
    refusal,
    run_twice,
    wanted,
)

Json = dict[str, t.Any]
EDIT: Json = {"conditions": {"users": {"excludeGroups": {"add": ["Staff"]}}}}
NEW: Json = {"definition": policy("New")}


# What is not listed


def others() -> FakeSession:
    """A tenant with a listed policy, three others and one of Microsoft's."""
    names = (
        ("Listed", ENABLED),
        ("On", ENABLED),
        ("Off", DISABLED),
        ("Vendor 1", ENABLED),
        ("Microsoft-managed: x", ENABLED),
    )
    return FakeSession(
        [stored(name, state, f"eeeeeeee-0000-4000-8000-{one:012x}") for one, (name, state) in enumerate(names)]
    )


def unmanaged(mode: str) -> Unmanaged:
    """What becomes of the others."""
    return Unmanaged(mode, (), ("vendor",))


@pytest.mark.parametrize(
    ("mode", "left"),
    [
        ("ignore", {"Listed": ENABLED, "On": ENABLED, "Off": DISABLED}),
        ("report", {"Listed": ENABLED, "On": ENABLED, "Off": DISABLED}),
        ("disable", {"Listed": ENABLED, "On": DISABLED, "Off": DISABLED}),
        ("remove", {"Listed": ENABLED}),
    ],
)
def test_policies_that_are_not_listed(mode: str, left: Json) -> None:
    session = others()
    outcome = run_twice(session, wanted({"display_name": "Listed"}, unmanaged=unmanaged(mode)))
    untouched = {"Vendor 1": ENABLED, "Microsoft-managed: x": ENABLED}
    assert {one["displayName"]: one["state"] for one in session.policies} == {**left, **untouched}
    assert len(session.bin) == (2 if mode == "remove" else 0)
    assert {one.name for one in outcome.unmanaged} == {*left, *untouched} - {"Listed"}
    assert len(outcome.listed_plans) == 1


def test_new_policy_comes_before_others_go_out_of_effect() -> None:
    session = others()
    what = wanted({"display_name": "Listed"}, {**NEW, "policy_state": "enabled"}, unmanaged=unmanaged("remove"))
    run_twice(session, what)
    assert [method for method, _path in session.writes] == ["POST", "DELETE", "DELETE"]


def test_policy_that_is_being_renamed_is_no_other() -> None:
    session = others()
    run_twice(session, wanted({"display_name": "Listed 2", "previous_name": "Listed"}, unmanaged=unmanaged("remove")))
    assert "Listed 2" in {one["displayName"] for one in session.policies}


def test_one_task_excludes_a_group_from_every_policy() -> None:
    session = others()
    session.policies.append(
        stored(
            "Workloads",
            DISABLED,
            ids.ADA,
            users={"includeUsers": ["None"]},
            clientApplications={"includeServicePrincipals": ["ServicePrincipalsInMyTenant"]},
        )
    )
    run_twice(session, wanted({"display_name": "Listed", "description": "x"}, every_policy=EDIT))
    reached = {
        one["displayName"] for one in session.policies if one["conditions"]["users"].get("excludeGroups") == [ids.STAFF]
    }
    assert reached == {"Listed", "On", "Off", "Vendor 1", "Microsoft-managed: x"}
    assert len(session.writes) == 5


def test_edit_of_every_policy_reaches_new_ones() -> None:
    session = FakeSession()
    run_twice(session, wanted(NEW, every_policy=EDIT))
    assert session.policy("New")["conditions"]["users"]["excludeGroups"] == [ids.STAFF]


def test_edit_of_every_policy_cannot_take_emergency_access_away() -> None:
    edit = {"conditions": {"users": {"excludeGroups": {"remove": ["Staff"]}}}}
    error = refusal(others(), wanted(every_policy=edit, emergency_groups=("staff",)), GuardRefused)
    assert error.message.startswith("every_policy.conditions.users.exclude_groups: ")
