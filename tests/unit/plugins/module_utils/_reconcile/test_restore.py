# Copyright: (c) 2026, m365.entra contributors
# GNU General Public License v3.0+ (see COPYING or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later
"""Taking back what a failed run did never leaves a tenant weaker than it was."""

from __future__ import annotations

from dataclasses import replace

from ansible_collections.m365.entra.plugins.module_utils._graph.errors import ServiceRefused
from ansible_collections.m365.entra.plugins.module_utils._reconcile.action import Action, Phase, Plan
from ansible_collections.m365.entra.plugins.module_utils._reconcile.carry_out import Progress, carry_out
from ansible_collections.m365.entra.plugins.module_utils._reconcile.restore import Restoration, restore
from ansible_collections.m365.entra.tests.unit.plugins.module_utils.support import ids
from ansible_collections.m365.entra.tests.unit.plugins.module_utils.support.fake_session import (
    BIN,
    POLICIES,
    SECURITY_DEFAULTS,
    FakeSession,
    Fault,
)
from ansible_collections.m365.entra.tests.unit.plugins.module_utils.support.policies import (
    ENABLED,
    REPORT_ONLY,
    policy,
    stored,
)

REFUSED = ServiceRefused("refused")


def _create(name: str) -> Action:
    key = f"new:{name}"
    action = Action("create", "policy", key, name, POLICIES, "stage", {"state": REPORT_ONLY, **policy(name)})
    return replace(action, undo=Action("delete", "policy", key, name, POLICIES, "take back"))


def _enforce(name: str) -> Action:
    action = Action("update", "policy", f"new:{name}", name, POLICIES, "enforce", {"state": ENABLED})
    return replace(action, undo=replace(action, body={"state": REPORT_ONLY}))


SWITCH = Action(
    "update", "defaults", "defaults", "defaults", SECURITY_DEFAULTS, "off", {"isEnabled": False}, is_singleton=True
)
SWITCH = replace(SWITCH, undo=replace(SWITCH, body={"isEnabled": True}))
PLAN = Plan(
    (
        Phase("stage", (_create("One"), _create("Two")), ()),
        Phase("off", (SWITCH,), (), protects=True),
        Phase("enforce", (_enforce("One"), _enforce("Two")), ()),
    ),
    restores=True,
)


def switched() -> tuple[FakeSession, Progress]:
    """A tenant that was switched from security defaults to two policies."""
    session, progress = FakeSession(security_defaults=True), Progress()
    for action in PLAN.actions:
        carry_out(session, action, progress)
    session.requests.clear()
    return session, progress


def undone(session: FakeSession, progress: Progress) -> Restoration:
    """Everything taken back."""
    return restore(session, PLAN, progress.done, progress)


def test_everything_is_taken_back_last_first() -> None:
    session, progress = switched()
    result = undone(session, progress)
    assert session.security_defaults
    assert session.policies == []
    assert [action.name for action in result.restored] == ["Two", "One", "defaults", "Two", "One"]
    assert result.problems == []
    assert result.summary() == "What was there before has been put back."


def test_nothing_done_nothing_taken_back() -> None:
    session = FakeSession()
    result = restore(session, PLAN, [], Progress())
    assert session.requests == []
    assert result.summary() == "Nothing had been changed yet."


def test_defaults_that_staged_policies_stand_in_the_way_of_are_tried_again_without_them() -> None:
    """Some tenants refuse security defaults while any policy exists (facts section 1.3)."""
    session, progress = switched()
    session.faults = [Fault("PATCH", SECURITY_DEFAULTS, REFUSED)]
    result = undone(session, progress)
    assert session.security_defaults
    assert session.policies == []
    assert result.problems == []
    assert len(result.restored) == 5


def test_tenant_is_not_left_open_when_defaults_cannot_be_turned_on_again() -> None:
    session, progress = switched()
    session.faults = [Fault("PATCH", SECURITY_DEFAULTS, REFUSED)] * 2
    result = undone(session, progress)
    assert not session.security_defaults
    assert {one["displayName"]: one["state"] for one in session.policies} == {"One": ENABLED, "Two": ENABLED}
    assert [problem["name"] for problem in result.problems] == ["defaults"]
    assert "ATTENTION" in result.summary()
    assert "put into effect: 'One', 'Two'" in result.summary()
    assert result.restored == []


def test_undo_that_fails_elsewhere_does_not_stop_the_others() -> None:
    session, progress = switched()
    one = session.policy("One")["id"]
    session.faults = [Fault("DELETE", f"{POLICIES}/{one}", REFUSED)]
    result = undone(session, progress)
    assert session.security_defaults
    assert [(problem["name"], problem["problem"]) for problem in result.problems] == [("One", "refused")]
    assert "could not be put back for: policy 'One' (refused)" in result.summary()
    assert session.policy("One")["state"] == REPORT_ONLY


def test_only_what_was_done_is_taken_back() -> None:
    session, progress = FakeSession(security_defaults=True), Progress()
    carry_out(session, PLAN.actions[0], progress)
    restore(session, PLAN, progress.done, progress)
    assert [method for method, _unused in session.writes] == ["POST", "DELETE"]
    assert session.security_defaults


def test_action_that_cannot_be_taken_back_is_passed_over() -> None:
    action = Action("update", "policy", "key", "MFA", POLICIES, "why", {}, ids.POLICY_ONE)
    session = FakeSession()
    restore(session, Plan((Phase("one", (action,), ()),)), [action], Progress(done=[action]))
    assert session.requests == []


def _remove(identifier: str, name: str) -> Action:
    action = Action("delete", "policy", identifier, name, POLICIES, "why", object_id=identifier)
    return replace(action, undo=Action("restore", "policy", identifier, name, BIN, "back", object_id=identifier))


TURN_ON = replace(SWITCH, body={"isEnabled": True}, undo=replace(SWITCH, body={"isEnabled": False}))
BACK = Plan(
    (
        Phase("release", (_remove(ids.POLICY_ONE, "One"), _remove(ids.POLICY_TWO, "Two")), (), protects=True),
        Phase("on", (TURN_ON,), ()),
    ),
    restores=True,
)


def released() -> tuple[FakeSession, Progress]:
    """A tenant whose two policies were removed and whose security defaults could not be turned on."""
    policies = [stored("One", ENABLED), stored("Two", ENABLED, identifier=ids.POLICY_TWO)]
    session, progress = FakeSession(policies), Progress()
    for action in BACK.phases[0].actions:
        carry_out(session, action, progress)
    session.requests.clear()
    return session, progress


def test_what_came_back_is_not_taken_back_a_second_time_when_another_is_tried_again() -> None:
    session, progress = released()
    session.faults = [Fault("POST", f"{BIN}/{ids.POLICY_ONE}", REFUSED)]
    result = restore(session, BACK, progress.done, progress)
    assert sorted(policy["displayName"] for policy in session.policies) == ["One", "Two"]
    assert (result.problems, result.is_unprotected) == ([], False)
    assert [path for _method, path in session.writes].count(f"{BIN}/{ids.POLICY_TWO}/restore") == 1


def test_policies_of_which_some_came_back_are_not_followed_by_defaults() -> None:
    session, progress = released()
    session.faults = [Fault("POST", f"{BIN}/{ids.POLICY_ONE}", REFUSED)] * 2
    result = restore(session, BACK, progress.done, progress)
    assert [policy["displayName"] for policy in session.policies] == ["Two"]
    assert [problem["name"] for problem in result.problems] == ["One"]
    assert not session.security_defaults
    assert (result.done_again, result.is_unprotected) == ([], False)


def test_defaults_are_turned_on_all_the_same_when_no_policy_comes_back() -> None:
    session, progress = released()
    session.faults = [Fault("POST", BIN, REFUSED)] * 4
    result = restore(session, BACK, progress.done, progress)
    assert session.security_defaults
    assert "put into effect: 'defaults'" in result.summary()
    assert not result.is_unprotected


def test_tenant_that_neither_comes_back_to_is_told_to_be_open() -> None:
    session, progress = released()
    session.faults = [*[Fault("POST", BIN, REFUSED)] * 4, Fault("PATCH", SECURITY_DEFAULTS, REFUSED)]
    assert "nothing took its place" in restore(session, BACK, progress.done, progress).summary()
