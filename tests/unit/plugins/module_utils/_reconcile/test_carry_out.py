# Copyright: (c) 2026, m365.entra contributors
# GNU General Public License v3.0+ (see COPYING or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later
"""One action, one request - and patience where the service has not noticed an earlier action yet."""

from __future__ import annotations

from dataclasses import replace

import pytest

from ansible_collections.m365.entra.plugins.module_utils._graph.errors import EntraError, OutcomeUnknown, ServiceRefused
from ansible_collections.m365.entra.plugins.module_utils._reconcile.action import Action
from ansible_collections.m365.entra.plugins.module_utils._reconcile.carry_out import Progress, carry_out, told
from ansible_collections.m365.entra.tests.unit.plugins.module_utils.support import ids
from ansible_collections.m365.entra.tests.unit.plugins.module_utils.support.fake_objects import strength
from ansible_collections.m365.entra.tests.unit.plugins.module_utils.support.fake_session import (
    BIN,
    CONTEXTS,
    POLICIES,
    SECURITY_DEFAULTS,
    STRENGTHS,
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
UPDATE = Action("update", "policy", "key", "MFA", POLICIES, "why", {"state": DISABLED}, ids.POLICY_ONE)
WAITING = replace(UPDATE, waits_for=("defaults is enabled",))


def tenant() -> FakeSession:
    """A tenant with one policy, and another in the bin."""
    session = FakeSession([stored()], bin=[stored("Old", identifier=ids.POLICY_TWO)])
    session.collections[STRENGTHS] = [strength()]
    return session


@pytest.mark.parametrize(
    ("action", "request_sent"),
    [
        (UPDATE, ("PATCH", ONE)),
        (replace(UPDATE, operation="delete"), ("DELETE", ONE)),
        (
            replace(UPDATE, operation="restore", collection=BIN, object_id=ids.POLICY_TWO, body=None),
            ("POST", f"{BIN}/{ids.POLICY_TWO}/restore"),
        ),
        (
            replace(UPDATE, operation="create", object_id=None, body={"state": REPORT_ONLY, **policy("New")}),
            ("POST", POLICIES),
        ),
        (
            replace(UPDATE, collection=SECURITY_DEFAULTS, is_singleton=True, body={"isEnabled": True}),
            ("PATCH", SECURITY_DEFAULTS),
        ),
        (
            replace(UPDATE, operation="create", collection=CONTEXTS, object_id="c5", body={"displayName": "x"}),
            ("PATCH", f"{CONTEXTS}/c5"),
        ),
        (
            replace(
                UPDATE,
                collection=STRENGTHS,
                object_id=ids.PRINTERS,
                calls="updateAllowedCombinations",
                body={"allowedCombinations": ["sms"]},
            ),
            ("POST", f"{STRENGTHS}/{ids.PRINTERS}/updateAllowedCombinations"),
        ),
    ],
    ids=["update", "delete", "restore", "create", "singleton", "upsert", "call"],
)
def test_operation_is_one_request(action: Action, request_sent: tuple[str, str]) -> None:
    session, progress = tenant(), Progress()
    carry_out(session, action, progress)
    assert session.requests == [request_sent]
    assert progress.done == [action]


@pytest.mark.parametrize("version", ["v1.0", "beta"])
@pytest.mark.parametrize("operation", ["update", "delete", "create", "restore"])
def test_request_goes_through_the_version_of_its_action(version: str, operation: str) -> None:
    session = tenant()
    changes = {"object_id": None, "body": {"state": REPORT_ONLY, **policy("New")}} if operation == "create" else {}
    changes |= {"object_id": ids.POLICY_TWO, "collection": BIN, "body": None} if operation == "restore" else {}
    carry_out(session, replace(UPDATE, operation=operation, api_version=version, **changes), Progress())
    assert session.versions == [version]


def test_ids_of_what_was_created_stand_in_bodies() -> None:
    session = tenant()
    progress = Progress(created={"new:group:Staff": ids.STAFF})
    body = {"conditions": {"users": {"excludeGroups": ["new:group:Staff", ids.PRINTERS]}}}
    carry_out(session, replace(UPDATE, body=body), progress)
    assert session.bodies == [{"conditions": {"users": {"excludeGroups": [ids.STAFF, ids.PRINTERS]}}}]


def test_what_must_be_done_right_before_is_done_first() -> None:
    session, progress = tenant(), Progress()
    before = replace(UPDATE, body={"state": REPORT_ONLY})
    carry_out(session, replace(UPDATE, operation="delete", preceded_by=before), progress)
    assert session.requests == [("PATCH", ONE), ("DELETE", ONE)]


def test_any_of_several_refusals_is_waited_for() -> None:
    session = tenant()
    session.faults = [
        Fault("PATCH", ONE, ServiceRefused(text, status=400)) for text in ("X does not exist.", "Not Found")
    ]
    carry_out(session, replace(UPDATE, waits_for=("does not exist", "not found")), Progress())
    assert len(session.slept) == 2


def test_unknown_operation_sends_nothing() -> None:
    session = tenant()
    with pytest.raises(EntraError, match="'paint'"):
        carry_out(session, replace(UPDATE, operation="paint"), Progress())
    assert session.requests == []


def test_created_object_is_addressed_by_the_id_it_was_given() -> None:
    session, progress = tenant(), Progress(created={"new:New": ids.POLICY_ONE})
    carry_out(session, replace(UPDATE, key="new:New", object_id=None), progress)
    assert session.policy("MFA")["state"] == DISABLED


def test_answer_without_an_id_is_an_unknown_outcome(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(FakeSession, "post", lambda self, path, body, *, version: {})
    progress = Progress()
    with pytest.raises(OutcomeUnknown):
        carry_out(tenant(), replace(UPDATE, operation="create", object_id=None), progress)
    assert progress.done == []


def test_refusal_that_passes_is_waited_for() -> None:
    session = tenant()
    session.faults = [Fault("PATCH", ONE, ServiceRefused("Security Defaults is enabled in the tenant."))] * 3
    carry_out(session, WAITING, Progress())
    assert session.policy("MFA")["state"] == DISABLED
    assert len(session.slept) == 3


def test_waiting_is_bounded() -> None:
    session = tenant()
    session.faults = [Fault("PATCH", ONE, ServiceRefused("Security defaults is enabled"))] * 20
    with pytest.raises(ServiceRefused):
        carry_out(session, WAITING, Progress())
    assert 5 <= sum(session.slept) <= 60


@pytest.mark.parametrize("action", [UPDATE, WAITING])
def test_other_refusals_are_final(action: Action) -> None:
    session = tenant()
    session.faults = [Fault("PATCH", ONE, ServiceRefused("1039: no licence"))]
    with pytest.raises(ServiceRefused, match="1039"):
        carry_out(session, action, Progress())
    assert session.slept == []
    assert len(session.requests) == 1


def test_unknown_outcome_is_never_tried_again() -> None:
    session = tenant()
    session.faults = [Fault("PATCH", ONE, OutcomeUnknown("security defaults is enabled, perhaps"))]
    with pytest.raises(OutcomeUnknown):
        carry_out(session, WAITING, Progress())
    assert len(session.requests) == 1


def test_told_in_short() -> None:
    assert told(UPDATE) == {"operation": "update", "resource": "policy", "name": "MFA", "reason": "why"}


def test_what_is_gone_already_is_removed() -> None:
    session, progress = FakeSession(), Progress()
    carry_out(session, replace(UPDATE, operation="delete"), progress)
    assert len(progress.done) == 1
    assert session.slept == []


def test_a_new_object_is_waited_for() -> None:
    session, progress = tenant(), Progress(created={"key": ids.POLICY_ONE})
    session.faults = [Fault("PATCH", ONE, ServiceRefused("not visible yet", status=404))]
    carry_out(session, replace(UPDATE, object_id=None), progress)
    assert session.policy("MFA")["state"] == DISABLED
    assert len(session.slept) == 1


def test_what_must_follow_at_once_is_not_kept_waiting_afterwards() -> None:
    session = tenant()
    carry_out(session, replace(UPDATE, makes_way_for=POLICIES), Progress())
    assert session.turns == [POLICIES]
    carry_out(session, UPDATE, Progress())
    assert session.turns == [POLICIES]
