# Copyright: (c) 2026, m365.entra contributors
# GNU General Public License v3.0+ (see COPYING or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later
"""Carrying out a plan: in order, verified phase by phase, and put back when the plan asks for it."""

from __future__ import annotations

import typing as t
from dataclasses import replace

import pytest

from ansible_collections.m365.entra.plugins.module_utils._graph.errors import (
    OutcomeUnknown,
    ServiceRefused,
    VerificationFailed,
)
from ansible_collections.m365.entra.plugins.module_utils._reconcile.action import Action, Expectation, Phase, Plan
from ansible_collections.m365.entra.plugins.module_utils._reconcile.apply import LookBack, apply_plan
from ansible_collections.m365.entra.tests.unit.plugins.module_utils.support import ids
from ansible_collections.m365.entra.tests.unit.plugins.module_utils.support.fake_session import (
    BIN,
    POLICIES,
    SECURITY_DEFAULTS,
    FakeSession,
    Fault,
)
from ansible_collections.m365.entra.tests.unit.plugins.module_utils.support.policies import (
    DISABLED,
    REPORT_ONLY,
    policy,
    stored,
)

ONE = f"{POLICIES}/{ids.POLICY_ONE}"
TWO = f"{POLICIES}/{ids.POLICY_TWO}"


def update(identifier: str, state: str = DISABLED) -> Action:
    """Changes the state of a policy, and back."""
    action = Action("update", "policy", identifier, identifier[-1], POLICIES, "why", {"state": state}, identifier)
    return replace(action, undo=replace(action, body={"state": REPORT_ONLY}, reason="take back"))


def create(name: str = "New") -> Action:
    """Creates a policy, and removes it."""
    body = {"state": REPORT_ONLY, **policy(name)}
    action = Action("create", "policy", f"new:{name}", name, POLICIES, "why", body)
    return replace(action, undo=Action("delete", "policy", f"new:{name}", name, POLICIES, "take back"))


def delete(identifier: str) -> Action:
    """Removes a policy, and restores it."""
    action = Action("delete", "policy", identifier, identifier[-1], POLICIES, "why", object_id=identifier)
    return replace(action, undo=Action("restore", "policy", identifier, "1", BIN, "take back", object_id=identifier))


def switch(is_enabled: bool) -> Action:
    """Turns security defaults on or off, and back."""
    body = {"isEnabled": is_enabled}
    action = Action("update", "defaults", "defaults", "defaults", SECURITY_DEFAULTS, "why", body, is_singleton=True)
    return replace(action, undo=replace(action, body={"isEnabled": not is_enabled}))


def plan(*phases: tuple[Action, ...], restores: bool = True) -> Plan:
    """A plan that puts back what it did."""
    return Plan(tuple(Phase(f"phase {number}", actions, ()) for number, actions in enumerate(phases)), restores)


def two_policies() -> FakeSession:
    """A tenant with two policies in report-only."""
    return FakeSession([stored("One"), stored("Two", identifier=ids.POLICY_TWO)])


def ignore(phase: Phase, created: t.Mapping[str, str]) -> None:
    """Verifies nothing."""


def refuse(phase: Phase, created: t.Mapping[str, str]) -> None:
    """Never finds what was written."""
    raise VerificationFailed("not shown", remedy="Look.")


def test_actions_are_carried_out_in_order_and_verified_after_each_phase() -> None:
    session, verified = two_policies(), []
    apply_plan(
        session,
        plan((update(ids.POLICY_ONE), switch(True)), (delete(ids.POLICY_TWO),)),
        lambda phase, created: verified.append((phase.name, len(session.writes))),
    )
    assert session.writes == [("PATCH", ONE), ("PATCH", SECURITY_DEFAULTS), ("DELETE", TWO)]
    assert verified == [("phase 0", 2), ("phase 1", 3)]


def test_what_was_created_is_found_by_its_key() -> None:
    session = FakeSession()
    enforce = Action("update", "policy", "new:New", "New", POLICIES, "why", {"state": DISABLED})
    progress = apply_plan(session, plan((create(),), (enforce,)), ignore)
    assert session.policy("New")["state"] == DISABLED
    assert progress.created == {"new:New": session.policy("New")["id"]}
    assert [action.operation for action in progress.done] == ["create", "update"]


def test_failure_says_what_was_done_and_what_was_not() -> None:
    session = two_policies()
    session.faults = [Fault("PATCH", TWO, ServiceRefused("refused", remedy="Do this.", status=400))]
    failing = plan((update(ids.POLICY_ONE),), (update(ids.POLICY_TWO), switch(True)), restores=False)
    with pytest.raises(ServiceRefused, match=r"policy '2': refused") as failure:
        apply_plan(session, failing, ignore)
    details = failure.value.details
    assert [one["name"] for one in details["done"]] == ["1"]
    assert [one["name"] for one in details["not_done"]] == ["2", "defaults"]
    assert set(details["done"][0]) == {"operation", "resource", "name", "reason"}
    assert "restored" not in details
    assert session.policy("One")["state"] == DISABLED
    assert failure.value.remedy == "Do this."


def test_failure_is_undone_last_first() -> None:
    session = two_policies()
    session.faults = [Fault("PATCH", SECURITY_DEFAULTS, ServiceRefused("refused"))]
    failing = plan((create(), update(ids.POLICY_ONE), delete(ids.POLICY_TWO)), (switch(True),))
    with pytest.raises(ServiceRefused) as failure:
        apply_plan(session, failing, ignore)
    assert session.writes[-3:] == [
        ("POST", f"{BIN}/{ids.POLICY_TWO}/restore"),
        ("PATCH", ONE),
        ("DELETE", f"{POLICIES}/{session.bin[0]['id']}"),
    ]
    assert [one["name"] for one in failure.value.details["restored"]] == ["2", "1", "New"]
    assert failure.value.details["not_restored"] == []
    assert {policy["displayName"]: policy["state"] for policy in session.policies} == {
        "One": REPORT_ONLY,
        "Two": REPORT_ONLY,
    }
    assert "has been put back" in failure.value.remedy


def test_failed_verification_is_undone_too() -> None:
    session = two_policies()
    with pytest.raises(VerificationFailed, match="not shown") as failure:
        apply_plan(session, plan((update(ids.POLICY_ONE),)), refuse)
    assert session.policy("One")["state"] == REPORT_ONLY
    assert failure.value.details["not_done"] == []


def test_nothing_to_put_back_is_said() -> None:
    session = two_policies()
    session.faults = [Fault("PATCH", ONE, ServiceRefused("refused"))]
    with pytest.raises(ServiceRefused) as failure:
        apply_plan(session, plan((update(ids.POLICY_ONE),)), ignore)
    assert len(session.writes) == 1
    assert "Nothing had been changed yet." in failure.value.remedy


@pytest.mark.parametrize("commits", [True, False])
def test_update_with_unknown_outcome_is_undone(commits: bool) -> None:
    session = two_policies()
    session.faults = [Fault("PATCH", ONE, OutcomeUnknown("unknown"), commits=commits)]
    with pytest.raises(OutcomeUnknown):
        apply_plan(session, plan((update(ids.POLICY_ONE),)), ignore)
    assert session.policy("One")["state"] == REPORT_ONLY


@pytest.mark.parametrize("action", [create(), delete(ids.POLICY_ONE)])
def test_unknown_outcome_is_never_called_unchanged(action: Action) -> None:
    session = two_policies()
    session.stale_reads = 100
    session.faults = [Fault("POST", POLICIES, OutcomeUnknown("unknown"), commits=True)]
    session.faults.append(Fault("DELETE", POLICIES, OutcomeUnknown("unknown"), commits=True))
    with pytest.raises(OutcomeUnknown) as failure:
        apply_plan(session, plan((action,)), ignore)
    assert "Nothing had been changed" not in failure.value.remedy


def test_removal_with_unknown_outcome_is_restored_or_told() -> None:
    session = two_policies()
    session.faults = [Fault("DELETE", ONE, OutcomeUnknown("unknown"), commits=True)]
    with pytest.raises(OutcomeUnknown) as failure:
        apply_plan(session, plan((delete(ids.POLICY_ONE),)), ignore)
    is_back = any(policy["displayName"] == "One" for policy in session.policies)
    assert is_back or [one["name"] for one in failure.value.details["not_restored"]] == ["1"]


def test_restoring_with_unknown_outcome_is_taken_back() -> None:
    session = FakeSession(bin=[stored("One")])
    back = Action("restore", "policy", ids.POLICY_ONE, "One", BIN, "why", object_id=ids.POLICY_ONE)
    undo = Action("delete", "policy", ids.POLICY_ONE, "One", POLICIES, "take back", object_id=ids.POLICY_ONE)
    session.faults = [Fault("POST", BIN, OutcomeUnknown("unknown"), commits=True)]
    with pytest.raises(OutcomeUnknown) as failure:
        apply_plan(session, plan((replace(back, undo=undo),)), ignore)
    assert session.policies == []
    assert failure.value.details["not_restored"] == []


@pytest.mark.parametrize("kind", ["is_tidying", "stands_alone"])
def test_failure_of_what_comes_last_takes_nothing_back(kind: str) -> None:
    session = two_policies()
    session.faults = [Fault("DELETE", TWO, ServiceRefused("refused"))]
    last = Phase("last", (delete(ids.POLICY_TWO),), (), **{kind: True})
    phases = (Phase("do", (update(ids.POLICY_ONE),), ()), last)
    with pytest.raises(ServiceRefused) as failure:
        apply_plan(session, Plan(phases, restores=True), ignore)
    assert session.policy("One")["state"] == DISABLED
    assert "restored" not in failure.value.details
    assert [one["name"] for one in failure.value.details["not_done"]] == ["2"]


Seen = list[tuple[list[str], str, list[str]]]


def looking_back(seen: Seen, *answer: str) -> LookBack:
    """A look at the tenant that notes what it is asked about."""

    def look(taken_back: t.Sequence[Action], unclear: Action | None, created: t.Mapping[str, str]) -> list[str]:
        seen.append(([action.name for action in taken_back], unclear.name if unclear else "", sorted(created)))
        return list(answer)

    return look


def test_what_was_put_back_is_looked_at() -> None:
    session, seen = two_policies(), Seen()
    session.faults = [Fault("PATCH", SECURITY_DEFAULTS, ServiceRefused("refused"))]
    failing = plan((create(), update(ids.POLICY_ONE)), (switch(True),))
    with pytest.raises(ServiceRefused, match="and the service shows it") as failure:
        apply_plan(session, failing, ignore, look_back=looking_back(seen))
    assert seen == [(["1", "New"], "", ["new:New"])]
    assert failure.value.details["not_shown"] == []


def test_what_is_not_as_before_is_told() -> None:
    session = two_policies()
    session.faults = [Fault("PATCH", SECURITY_DEFAULTS, ServiceRefused("refused"))]
    with pytest.raises(ServiceRefused, match="does not show it: One is disabled") as failure:
        apply_plan(
            session,
            plan((update(ids.POLICY_ONE),), (switch(True),)),
            ignore,
            look_back=looking_back([], "One is disabled"),
        )
    assert failure.value.details["not_shown"] == ["One is disabled"]


def test_creation_that_nobody_knows_of_is_looked_for() -> None:
    session, seen = two_policies(), Seen()
    session.stale_reads = 100
    session.faults = [Fault("POST", POLICIES, OutcomeUnknown("unknown"), commits=True)]
    with pytest.raises(OutcomeUnknown, match="it may have been created all the same") as failure:
        apply_plan(session, plan((create(),)), ignore, look_back=looking_back(seen, "New was created all the same"))
    assert seen == [([], "New", [])]
    assert "The service shows: New was created all the same." in str(failure.value)


def test_nothing_is_looked_at_where_nothing_was_put_back() -> None:
    session, seen = two_policies(), Seen()
    session.faults = [Fault("PATCH", ONE, ServiceRefused("refused"))]
    with pytest.raises(ServiceRefused, match="Nothing had been changed yet"):
        apply_plan(session, plan((update(ids.POLICY_ONE),)), ignore, look_back=looking_back(seen))
    assert seen == []


def test_defect_of_ours_puts_back_what_was_there_too() -> None:
    session = FakeSession([stored("One")], security_defaults=True)
    session.faults = [Fault("PATCH", ONE, KeyError("a defect"))]
    with pytest.raises(KeyError, match="a defect"):
        apply_plan(session, plan((switch(False),), (update(ids.POLICY_ONE),)), ignore)
    assert session.security_defaults is True


@pytest.mark.parametrize(("status", "is_told"), [(400, True), (403, False)])
def test_what_to_do_about_a_refusal_is_told(status: int, is_told: bool) -> None:
    session = two_policies()
    session.faults = [Fault("PATCH", SECURITY_DEFAULTS, ServiceRefused("refused", remedy="Look.", status=status))]
    action = replace(switch(True), if_refused="Remove them.")
    with pytest.raises(ServiceRefused) as failure:
        apply_plan(session, plan((action,), restores=False), ignore)
    assert failure.value.remedy == ("Look. Remove them." if is_told else "Look.")


def test_undo_that_fails_is_told_and_does_not_stop_the_others() -> None:
    session = two_policies()
    failing = plan((update(ids.POLICY_ONE), update(ids.POLICY_TWO)), (switch(True),))

    def refuse_later(phase: Phase, created: t.Mapping[str, str]) -> None:
        session.faults = [
            Fault("PATCH", SECURITY_DEFAULTS, ServiceRefused("refused")),
            Fault("PATCH", TWO, ServiceRefused("gone", remedy="Look.")),
        ]

    with pytest.raises(ServiceRefused) as failure:
        apply_plan(session, failing, refuse_later)
    assert session.policy("One")["state"] == REPORT_ONLY
    assert [one["name"] for one in failure.value.details["restored"]] == ["1"]
    (lost,) = failure.value.details["not_restored"]
    assert lost["name"] == "2"
    assert lost["problem"] == "gone Look."
    assert "ATTENTION" in failure.value.remedy
    assert "policy '2' (gone Look.)" in failure.value.remedy


def test_interruption_puts_back_what_was_there() -> None:
    """Stopped between turning security defaults off and enforcing, a tenant would have neither."""
    session = FakeSession([stored("One")], security_defaults=True)
    session.faults = [Fault("PATCH", ONE, KeyboardInterrupt())]
    with pytest.raises(KeyboardInterrupt):
        apply_plan(session, plan((switch(False),), (update(ids.POLICY_ONE),)), ignore)
    assert session.security_defaults is True


def test_created_object_without_an_id_stops_the_run(monkeypatch: pytest.MonkeyPatch) -> None:
    """Its path would be that of the whole collection."""
    session = FakeSession()
    monkeypatch.setattr(FakeSession, "post", lambda self, path, body, *, version: {})
    with pytest.raises(OutcomeUnknown):
        apply_plan(session, plan((create(),)), ignore)


REFUSED = ServiceRefused("400 BadRequest: 1040", request_id="r-1", code="1040", status=400)


def independent(identifier: str) -> Action:
    """A change of a policy that has nothing to do with the others."""
    return replace(update(identifier), is_independent=True)


def refusing_one(error: ServiceRefused = REFUSED) -> FakeSession:
    """A tenant that refuses every change of its first policy."""
    session = two_policies()
    session.faults = [Fault("PATCH", ONE, error)]
    return session


def test_refused_independent_action_does_not_keep_others_from_being_done_and_is_told_at_the_end() -> None:
    session, seen = refusing_one(), []
    expectations = (
        Expectation("policy", ids.POLICY_ONE, "One", ids.POLICY_ONE, None),
        Expectation("policy", ids.POLICY_TWO, "Two", ids.POLICY_TWO, None),
    )
    phase = Phase("all", (independent(ids.POLICY_ONE), independent(ids.POLICY_TWO)), expectations)
    with pytest.raises(ServiceRefused) as failure:
        apply_plan(session, Plan((phase,)), lambda phase, created: seen.extend(phase.expectations))
    assert session.writes == [("PATCH", ONE), ("PATCH", TWO)]
    assert [one.key for one in seen] == [ids.POLICY_TWO]
    error = failure.value
    assert "1040" in error.message
    assert (error.request_id, error.status) == ("r-1", 400)
    assert [one["name"] for one in error.details["not_done"]] == [ids.POLICY_ONE[-1]]


def test_nothing_is_tidied_up_after_a_refusal_but_what_stands_alone_is_done() -> None:
    session = refusing_one()
    phases = (
        Phase("all", (independent(ids.POLICY_ONE),), ()),
        Phase("settings", (update(ids.POLICY_TWO),), (), stands_alone=True),
        Phase("tidy", (delete(ids.POLICY_TWO),), (), is_tidying=True),
    )
    with pytest.raises(ServiceRefused, match=r"^Left undone, .*: delete policy '2'\. Everything else was done\."):
        apply_plan(session, Plan(phases), ignore)
    assert session.writes == [("PATCH", ONE), ("PATCH", TWO)]


@pytest.mark.parametrize("status", [401, 403, 429])
def test_refusal_that_concerns_the_whole_run_ends_it(status: int) -> None:
    session = refusing_one(ServiceRefused("no", status=status))
    with pytest.raises(ServiceRefused):
        apply_plan(session, plan((independent(ids.POLICY_ONE), independent(ids.POLICY_TWO)), restores=False), ignore)
    assert session.writes == [("PATCH", ONE)]


def test_failure_after_a_refusal_tells_both() -> None:
    session = refusing_one()
    session.faults.append(Fault("DELETE", TWO, ServiceRefused("403 Forbidden", status=403)))
    with pytest.raises(ServiceRefused) as failure:
        apply_plan(session, plan((independent(ids.POLICY_ONE), delete(ids.POLICY_TWO)), restores=False), ignore)
    assert "403 Forbidden" in failure.value.message
    assert "Refused before: policy" in failure.value.message
