# Copyright: (c) 2026, m365.entra contributors
# GNU General Public License v3.0+ (see COPYING or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later
"""One ordered plan: direct, from security defaults to policies, and back."""

from __future__ import annotations

import itertools
import typing as t

import pytest

from ansible_collections.m365.entra.plugins.module_utils._policy.desired import desired_policy
from ansible_collections.m365.entra.plugins.module_utils._policy.policy_plan import (
    PolicyPlan,
    current_policy,
    plan_policy,
)
from ansible_collections.m365.entra.plugins.module_utils._reconcile.action import Plan
from ansible_collections.m365.entra.plugins.module_utils._reconcile.present import dependencies
from ansible_collections.m365.entra.plugins.module_utils._resources import security_defaults as defaults
from ansible_collections.m365.entra.plugins.module_utils._resources.tenant_plan import tenant_plan
from ansible_collections.m365.entra.tests.unit.plugins.module_utils.support.policies import (
    DISABLED,
    ENABLED,
    REPORT_ONLY,
    policy,
    stored,
)
from ansible_collections.m365.entra.tests.unit.plugins.module_utils.support.service import read_back

Json = dict[str, t.Any]
STAGE, OFF, ENFORCE = "stage in report-only", "turn security defaults off", "enforce"
OTHERS = "change what is not in effect"
RELEASE, ON = "take policies out of effect", "turn security defaults on"

NUMBER = {name: f"eeeeeeee-0000-4000-8000-{number:012x}" for number, name in enumerate("ABCDEF")}


def planned(name: str, before: str | None, **options: t.Any) -> PolicyPlan:
    """The plan of one policy: its state before (None for a new one), and the options that are wanted."""
    existing = [current_policy(read_back(stored(name, before, NUMBER[name])))] if before else []
    source: Json = {"display_name": name} if options.get("state") == "absent" else {"definition": policy(name)}
    if options.pop("changed", False):
        source = {"display_name": name, "description": "changed"}
    return plan_policy(desired_policy({**source, **options}), existing)


def steps(plan: Plan) -> list[tuple[str, list[tuple[str, str, t.Any]]]]:
    """The plan in short: phases with operation, name and state (or switch)."""
    return [
        (
            phase.name,
            [
                (action.operation, action.name, (action.body or {}).get("state", (action.body or {}).get("isEnabled")))
                for action in phase.actions
            ],
        )
        for phase in plan.phases
    ]


@pytest.mark.parametrize(("now", "wanted"), [(None, None), (False, None), (False, False), (True, True), (True, None)])
def test_nothing_to_do(now: bool | None, wanted: bool | None) -> None:
    assert tenant_plan([planned("A", REPORT_ONLY)], now, wanted).is_empty
    assert tenant_plan([], now, wanted) == Plan(())


@pytest.mark.parametrize(("now", "wanted"), [(None, None), (False, False), (True, None)])
def test_policies_alone_are_applied_directly(now: bool | None, wanted: bool | None) -> None:
    plan = tenant_plan([planned("A", None, policy_state="enabled")], now, wanted)
    assert steps(plan) == [("apply", [("create", "A", ENABLED)])]
    assert not plan.restores
    (phase,) = plan.phases
    assert [(one.name, one.value[0]) for one in phase.expectations] == [("A", ENABLED)]


def test_order_never_weakens_before_it_strengthens() -> None:
    plans = [
        planned("A", ENABLED, state="absent"),
        planned("B", ENABLED, policy_state="disabled"),
        planned("C", REPORT_ONLY, policy_state="enabled"),
        planned("D", None),
        planned("E", REPORT_ONLY),
        planned("F", REPORT_ONLY, policy_state="disabled"),
    ]
    assert steps(tenant_plan(plans, None, None)) == [
        (
            "apply",
            [
                ("update", "C", ENABLED),
                ("create", "D", REPORT_ONLY),
                ("update", "F", DISABLED),
                ("delete", "A", None),
                ("update", "B", DISABLED),
            ],
        )
    ]


def test_from_security_defaults_to_policies() -> None:
    plans = [
        planned("A", None, policy_state="enabled"),
        planned("B", None),
        planned("C", REPORT_ONLY, policy_state="enabled"),
        planned("D", DISABLED, policy_state="enabled"),
        planned("E", REPORT_ONLY, policy_state="enabled", changed=True),
    ]
    plan = tenant_plan(plans, True, False)
    assert steps(plan) == [
        (
            STAGE,
            [
                ("create", "A", REPORT_ONLY),
                ("update", "D", REPORT_ONLY),
                ("update", "E", None),
                ("create", "B", REPORT_ONLY),
            ],
        ),
        (OFF, [("update", "security defaults", False)]),
        (
            ENFORCE,
            [("update", "A", ENABLED), ("update", "C", ENABLED), ("update", "D", ENABLED), ("update", "E", ENABLED)],
        ),
    ]
    assert plan.restores


def test_plan_says_that_defaults_wait_for_the_staging_and_the_enforcing_for_them() -> None:
    there = tenant_plan([planned("A", None, policy_state="enabled"), planned("B", None)], True, False)
    assert [action.name for action in there.actions] == ["A", "B", "security defaults", "A"]
    assert dependencies(there) == [[], [], [1, 2], [1, 3]]
    back = tenant_plan([planned("A", ENABLED, policy_state="disabled")], False, True)
    assert dependencies(back) == [[], [1]]


def test_on_the_way_to_policies_everything_is_read_back_in_the_end() -> None:
    plan = tenant_plan([planned("A", None, policy_state="enabled")], True, False)
    stage, off, enforce = plan.phases
    assert [(one.name, one.value[0]) for one in stage.expectations] == [("A", REPORT_ONLY)]
    found = [*off.expectations, *enforce.expectations]
    assert [one.name for one in found] == ["security defaults", "A"]
    assert (found[0].value, found[1].value[0]) == (False, ENABLED)
    assert off.protects
    assert not enforce.protects


def test_nothing_between_turning_defaults_off_and_enforcing() -> None:
    """Not even a read: meanwhile the tenant has neither."""
    _unused, off, _unused = tenant_plan([planned("A", None, policy_state="enabled")], True, False).phases
    assert off.expectations == ()


def test_defaults_that_nothing_replaces_are_turned_off_alone() -> None:
    plan = tenant_plan([planned("A", REPORT_ONLY)], True, False)
    assert steps(plan) == [(OFF, [("update", "security defaults", False)])]
    assert [one.value for one in plan.phases[0].expectations] == [False]


def test_policies_of_a_stage_that_are_not_to_be_enforced_stay_in_their_state() -> None:
    plan = tenant_plan(
        [planned("A", None, policy_state="disabled"), planned("B", ENABLED, state="absent")], True, False
    )
    assert steps(plan)[0] == (STAGE, [("create", "A", DISABLED), ("delete", "B", None)])


def test_from_policies_to_security_defaults() -> None:
    plans = [
        planned("A", ENABLED, policy_state="disabled"),
        planned("B", ENABLED, state="absent"),
        planned("C", REPORT_ONLY),
        planned("D", REPORT_ONLY, state="absent"),
    ]
    plan = tenant_plan(plans, False, True)
    assert steps(plan) == [
        (OTHERS, [("delete", "D", None)]),
        (RELEASE, [("update", "A", DISABLED), ("delete", "B", None)]),
        (ON, [("update", "security defaults", True)]),
    ]
    assert plan.restores
    # When nothing of it can be taken back, security defaults are turned on all the same.
    assert [phase.protects for phase in plan.phases] == [False, True, False]


def test_nothing_between_taking_the_last_policy_out_of_effect_and_turning_defaults_on() -> None:
    """Everything is read back in the end, and the token is fresh before the last policy goes."""
    plans = [planned("A", ENABLED, policy_state="disabled"), planned("B", ENABLED, policy_state="report_only")]
    release, turn_on = tenant_plan(plans, False, True).phases
    assert release.expectations == ()
    assert [one.name for one in turn_on.expectations] == ["A", "B", "security defaults"]
    assert [action.makes_way_for for action in release.actions] == ["", defaults.PATH]


def test_defaults_that_follow_nothing_in_effect_are_turned_on_after_a_look() -> None:
    others, turn_on = tenant_plan([planned("A", REPORT_ONLY, policy_state="disabled")], False, True).phases
    assert [one.name for one in others.expectations] == ["A"]
    assert [one.value for one in turn_on.expectations] == [True]


BY_PROTECTION = [
    "require_mfa_for_all_users",
    "require_mfa_for_administrators",
    "block_legacy_authentication",
    "require_mfa_for_azure_management",
    "require_mfa_for_guests",
]


def of_template(template: str, before: str | None, **options: t.Any) -> PolicyPlan:
    """The plan of one policy from a template that exists in the state *before*, or is new."""
    wanted = desired_policy({"template": template, "display_name": template, **options})
    new = plan_policy(wanted, [])
    if before is None:
        return new
    identifier = f"eeeeeeee-0000-4000-8000-{BY_PROTECTION.index(template):012x}"
    raw = {**new.content, "id": identifier, "state": before} if new.content else {}
    return plan_policy(wanted, [current_policy(raw)])


@pytest.mark.parametrize("order", list(itertools.permutations(range(3))))
@pytest.mark.parametrize("before", [None, REPORT_ONLY])
def test_what_protects_most_is_enforced_first(order: tuple[int, ...], before: str | None) -> None:
    names = [*(BY_PROTECTION[index] for index in order), *BY_PROTECTION[3:]]
    plan = tenant_plan([of_template(name, before, policy_state="enabled") for name in reversed(names)], True, False)
    assert [action.name for action in plan.phases[-1].actions] == BY_PROTECTION
    # And so it is when a run that was stopped in between is finished by the next one.
    again = tenant_plan([of_template(name, REPORT_ONLY, policy_state="enabled") for name in names], False, False)
    assert [action.name for action in again.actions] == BY_PROTECTION


@pytest.mark.parametrize("options", [{"policy_state": "disabled"}, {"policy_state": "report_only"}])
def test_what_protects_most_is_taken_out_of_effect_last(options: Json) -> None:
    plans = [of_template(name, ENABLED, **options) for name in BY_PROTECTION]
    release, _unused = tenant_plan(plans, False, True).phases
    assert [action.name for action in release.actions] == BY_PROTECTION[::-1]


@pytest.mark.parametrize(("now", "wanted"), [(True, False), (False, True), (None, None)])
def test_every_action_can_be_taken_back(now: bool | None, wanted: bool | None) -> None:
    state = "disabled" if wanted else "enabled"
    plans = [
        planned("A", None, policy_state=state),
        planned("B", REPORT_ONLY, policy_state=state, changed=True),
        planned("C", ENABLED, state="absent"),
    ]
    actions = tenant_plan(plans, now, wanted).actions
    assert len(actions) >= 3
    for action in actions:
        assert action.undo is not None
        assert action.undo.key == action.key
        assert action.reason
        assert action.undo.reason == f"take back: {action.reason}"
