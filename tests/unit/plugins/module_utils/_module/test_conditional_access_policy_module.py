# Copyright: (c) 2026, m365.entra contributors
# GNU General Public License v3.0+ (see COPYING or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later
"""The body of conditional_access_policy: create, change, remove; check, repeat."""

from __future__ import annotations

import typing as t

import pytest

from ansible_collections.m365.entra.plugins.module_utils._graph.errors import (
    GuardRefused,
    OptionError,
    ServiceRefused,
)
from ansible_collections.m365.entra.plugins.module_utils._module.conditional_access_policy import SPEC, run
from ansible_collections.m365.entra.tests.unit.plugins.module_utils.support import ids
from ansible_collections.m365.entra.tests.unit.plugins.module_utils.support.fake_module import FakeModule, fake_module
from ansible_collections.m365.entra.tests.unit.plugins.module_utils.support.fake_session import (
    POLICIES,
    FakeSession,
    Fault,
)
from ansible_collections.m365.entra.tests.unit.plugins.module_utils.support.policies import ENABLED, policy, stored

Json = dict[str, t.Any]

NEW: Json = {
    "display_name": "MFA",
    "conditions": {
        "users": {"include_users": ["All"], "exclude_groups": ["Staff"]},
        "applications": {"include_applications": ["All"]},
    },
    "grant_controls": {"built_in_controls": ["mfa"]},
}
CASES: list[t.Any] = [
    pytest.param([], NEW, {"POST"}, id="create"),
    pytest.param([stored()], NEW, {"PATCH"}, id="change"),
    pytest.param([stored()], {"display_name": "MFA", "state": "absent"}, {"DELETE"}, id="remove"),
    pytest.param([stored()], {"display_name": "MFA", "policy_state": "disabled"}, {"PATCH"}, id="state"),
    pytest.param([stored()], {"id": ids.POLICY_ONE, "display_name": "Renamed"}, {"PATCH"}, id="rename"),
    pytest.param([], {"template": "block_legacy_authentication"}, {"POST"}, id="template"),
    pytest.param([stored("Other")], {"definition": policy()}, {"POST"}, id="definition"),
]


def task(session: FakeSession, options: Json, **modes: bool) -> tuple[Json, FakeModule]:
    """One task."""
    session.requests.clear()
    module = fake_module(SPEC, options, **modes)
    session.read_only = module.check_mode
    return run(module, lambda: session), module


@pytest.mark.parametrize(("policies", "options", "methods"), CASES)
def test_check_then_do_then_repeat(policies: list[Json], options: Json, methods: set[str]) -> None:
    session = FakeSession([dict(one) for one in policies])
    checked, _unused = task(session, options, check_mode=True, diff=True)
    assert session.writes == []
    done, module = task(session, options, diff=True)
    assert {method for method, _unused in session.writes} == methods
    assert checked["changed"] is done["changed"] is True
    assert (checked["plan"], checked["diff"]) == (done["plan"], done["diff"])
    assert module.warnings == []
    again, _unused = task(session, options, diff=True)
    assert again["changed"] is False
    assert (again["plan"], again["diff"]) == ([], {"before": {}, "after": {}})
    assert session.writes == []


def test_result_is_the_policy_with_its_id() -> None:
    session = FakeSession()
    result, _unused = task(session, NEW)
    found = result["conditional_access_policy"]
    assert found["id"] == session.policies[0]["id"]
    assert (found["display_name"], found["policy_state"]) == ("MFA", "report_only")
    assert found["conditions"]["users"] == {"include_users": ["All"], "exclude_groups": [ids.STAFF]}


def test_policy_that_is_gone_is_empty() -> None:
    result, _unused = task(FakeSession([stored()]), {"display_name": "MFA", "state": "absent"})
    assert result["conditional_access_policy"] == {}


def test_plan_and_diff_show_names_beside_ids() -> None:
    session = FakeSession([stored()])
    result, _unused = task(session, NEW, diff=True)
    shown = [f"Staff ({ids.STAFF})"]
    (action,) = result["plan"]
    assert action["changes"] == [{"path": "conditions.users.exclude_groups", "before": [], "after": shown}]
    title = "conditional_access_policy MFA"
    assert result["diff"] == {"before": {title: {}}, "after": {title: {"conditions.users.exclude_groups": shown}}}


def test_no_diff_unless_asked_for() -> None:
    assert "diff" not in task(FakeSession(), NEW)[0]


@pytest.mark.parametrize(
    ("users", "excluded"),
    [
        ({}, [ids.ADA]),
        ({"exclude_users": None}, []),
        ({"exclude_users": []}, []),
        ({"exclude_users": [ids.BOB]}, [ids.BOB]),
    ],
)
def test_unset_keeps_null_clears_and_empty_empties(users: Json, excluded: list[str]) -> None:
    session = FakeSession([stored(users={"includeUsers": ["All"], "excludeUsers": [ids.ADA]})])
    task(session, {"display_name": "MFA", "conditions": {"users": users}})
    assert session.policy("MFA")["conditions"]["users"]["excludeUsers"] == excluded


def test_emergency_access_is_excluded() -> None:
    session = FakeSession()
    task(session, {**NEW, "emergency_access": {"users": ["emergency@contoso.example"], "groups": ["Printers"]}})
    users = session.policy("MFA")["conditions"]["users"]
    assert users["excludeUsers"] == [ids.EMERGENCY]
    assert set(users["excludeGroups"]) == {ids.STAFF, ids.PRINTERS}


def test_enforced_policy_for_everybody_without_exclusions_is_refused_or_warned_about() -> None:
    options = {"definition": policy(), "policy_state": "enabled"}
    with pytest.raises(GuardRefused, match="'MFA' is for all users and leaves nobody out"):
        task(FakeSession(), options)
    overridden = {**options, "override_guards": ["all_users_without_exclusion"]}
    _unused, module = task(FakeSession(), overridden)
    assert any("'MFA'" in warning and "excludes nobody" in warning for warning in module.warnings)


def test_wrong_options_open_no_session() -> None:
    with pytest.raises(OptionError):
        run(fake_module(SPEC, {"id": "MFA"}), lambda: pytest.fail("opened a session"))


def test_names_that_cannot_be_read_for_the_diff_do_not_fail_what_was_written() -> None:
    """Here nothing that was given needs groups to be read; only the diff would name one."""
    session = FakeSession([stored(users={"includeUsers": ["All"], "excludeGroups": [ids.STAFF]})])
    session.faults = [Fault("GET", "/groups", ServiceRefused("no permission", status=403))]
    result, _unused = task(session, {"definition": policy()}, diff=True)
    assert result["changed"] is True
    assert session.policy("MFA")["conditions"]["users"]["excludeGroups"] == []


def test_run_without_changes_asks_for_nothing_but_policies() -> None:
    session = FakeSession([stored(state=ENABLED)])
    task(session, {"definition": policy()}, diff=True)
    assert session.requests == [("GET", POLICIES)]
