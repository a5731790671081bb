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
    POLICIES,
    SECURITY_DEFAULTS,
    FakeSession,
    Fault,
)
from ansible_collections.m365.entra.tests.unit.plugins.module_utils.support.policies import (
    ENABLED,
    REPORT_ONLY,
    policy,
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
