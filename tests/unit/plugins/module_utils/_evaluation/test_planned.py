# Copyright: (c) 2026, m365.entra contributors
# GNU General Public License v3.0+ (see COPYING or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later
"""Tests of sign-ins against what a plan will leave, with objects that are not there yet."""

from __future__ import annotations

import typing as t
from dataclasses import replace

from ansible_collections.m365.entra.plugins.module_utils._directory.directory import Directory
from ansible_collections.m365.entra.plugins.module_utils._evaluation.given_tests import sign_in_tests
from ansible_collections.m365.entra.plugins.module_utils._evaluation.planned import planned_locations, planned_policies
from ansible_collections.m365.entra.plugins.module_utils._evaluation.reading import Known, read_facts
from ansible_collections.m365.entra.plugins.module_utils._evaluation.run_tests import run_tests
from ansible_collections.m365.entra.plugins.module_utils._policy.desired import DesiredPolicy
from ansible_collections.m365.entra.plugins.module_utils._policy.policy_plan import PolicyPlan, current_policy
from ansible_collections.m365.entra.plugins.module_utils._reconcile.created import key_of_new
from ansible_collections.m365.entra.plugins.module_utils._resources.named_location import NAMED_LOCATION
from ansible_collections.m365.entra.tests.unit.plugins.module_utils.support import ids
from ansible_collections.m365.entra.tests.unit.plugins.module_utils.support.evaluating_session import EvaluatingSession
from ansible_collections.m365.entra.tests.unit.plugins.module_utils.support.fake_session import LOCATIONS
from ansible_collections.m365.entra.tests.unit.plugins.module_utils.support.object_plans import object_plan
from ansible_collections.m365.entra.tests.unit.plugins.module_utils.support.policies import (
    BLOCK,
    ENABLED,
    REPORT_ONLY,
    stored,
)

Json = dict[str, t.Any]

BRANCH = key_of_new("named_location", "Branch")
NEW_STRENGTH = key_of_new("authentication_strength_policy", "Keys alone")


def desired(name: str) -> DesiredPolicy:
    """A wish, which an evaluation does not look at."""
    return DesiredPolicy("", None, name, True, {}, False, None, "report_only")


def planned(raw: Json, state: str | None, *, is_new: bool = False) -> PolicyPlan:
    """A plan that leaves *raw* in *state*."""
    current = current_policy(raw)
    return PolicyPlan(desired(current.name), None if is_new else current, current.content, state)


def test_policies_after_the_plan() -> None:
    kept = current_policy(stored("Kept", ENABLED, ids.POLICY_ONE))
    changed = planned(stored("Changed", REPORT_ONLY, ids.POLICY_TWO), ENABLED)
    removed = replace(planned(stored("Removed", ENABLED, ids.OFFICE), None), content=None)
    new = planned(stored("New", ENABLED, ""), ENABLED, is_new=True)
    current = [kept, t.cast(t.Any, changed.current), t.cast(t.Any, removed.current)]
    found = planned_policies(current, [changed, removed, new])
    assert [(policy.name, policy.state) for policy in found] == [
        ("Changed", ENABLED),
        ("Kept", ENABLED),
        ("New", ENABLED),
    ]


def test_locations_after_the_plan() -> None:
    (office,) = EvaluatingSession().collections[LOCATIONS]
    current = NAMED_LOCATION.current(office)
    new = object_plan(NAMED_LOCATION, {"display_name": "Branch", "ip_ranges": ["198.51.100.0/24"]})
    removed = object_plan(NAMED_LOCATION, {"display_name": "Office", "state": "absent"}, office)
    found = planned_locations([current], [new, removed])
    assert list(found) == [BRANCH]
    assert found[BRANCH]["ipRanges"] == ["198.51.100.0/24"]


def test_sign_ins_are_tested_with_what_is_still_to_be_created() -> None:
    session = EvaluatingSession(read_only=True)
    plan = object_plan(
        NAMED_LOCATION, {"display_name": "Branch", "ip_ranges": ["198.51.100.0/24"], "is_trusted": False}
    )
    away = stored("Block away", ENABLED, "", grant=BLOCK, locations={"includeLocations": ["All"]})
    away["conditions"]["locations"]["excludeLocations"] = [BRANCH]
    strong = stored("Keys", ENABLED, "", grant={"operator": "OR", "authenticationStrength": {"id": NEW_STRENGTH}})
    policies = planned_policies([], [planned(one, ENABLED, is_new=True) for one in (away, strong)])
    directory = Directory(session)
    directory.expect("named_location", "Branch", BRANCH)
    ada = {"user": "ada@contoso.example", "application": "Portal"}
    tests = sign_in_tests(
        [
            {**ada, "name": "Here", "locations": ["Branch"], "expect": {"controls": ["Keys alone"]}},
            {**ada, "name": "There", "ip_address": "192.0.2.1", "expect": {"outcome": "blocked"}},
        ],
        "sign_in_tests",
    )
    known = Known(directory=directory, locations=planned_locations([], [plan]))
    results = run_tests(tests, policies, read_facts(session, tests, policies, known))
    assert [one.failures for one in results] == [(), ()]
    assert session.reads(LOCATIONS) <= 1
    shown = results[0].to_result()
    assert [one["id"] for one in shown["policies"]] == [None, None]
    assert shown["controls"] == ["Keys alone"]
