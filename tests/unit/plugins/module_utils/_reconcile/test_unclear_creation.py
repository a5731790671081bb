# Copyright: (c) 2026, m365.entra contributors
# GNU General Public License v3.0+ (see COPYING or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later
"""A creation without a clear answer: what it made is taken on, and nothing is sent twice."""

from __future__ import annotations

import typing as t

import pytest

from ansible_collections.m365.entra.plugins.module_utils._graph.errors import ConnectionFailed, OutcomeUnknown
from ansible_collections.m365.entra.plugins.module_utils._reconcile.unclear_creation import create_once
from ansible_collections.m365.entra.tests.unit.plugins.module_utils.support import ids
from ansible_collections.m365.entra.tests.unit.plugins.module_utils.support.fake_session import (
    GROUPS,
    POLICIES,
    FakeSession,
    Fault,
)
from ansible_collections.m365.entra.tests.unit.plugins.module_utils.support.policies import (
    DISABLED,
    REPORT_ONLY,
    policy,
    stored,
)

BODY = {"state": REPORT_ONLY, **policy("New")}
GROUP = {"displayName": "Ada's", "mailNickname": "adas", "mailEnabled": False, "securityEnabled": True}


def losing(path: str = POLICIES, *, commits: bool = True, **more: t.Any) -> FakeSession:
    """A tenant whose next creation gets no clear answer."""
    session = FakeSession([stored("Old")], **more)
    session.faults = [Fault("POST", path, OutcomeUnknown("no answer", remedy="Run again."), commits=commits)]
    return session


def sent(session: FakeSession) -> int:
    """How often something was created."""
    return len([method for method, _path in session.writes if method == "POST"])


def unclear(session: FakeSession, **more: t.Any) -> OutcomeUnknown:
    """The failure, after which nothing was sent again."""
    with pytest.raises(OutcomeUnknown, match="no answer") as failure:
        create_once(session, POLICIES, BODY, **more)
    assert sent(session) == 1
    return failure.value


def test_clear_answer_is_taken_at_its_word() -> None:
    session = FakeSession()
    assert create_once(session, POLICIES, BODY) == session.policy("New")["id"]
    assert (session.reads(POLICIES), session.slept) == (0, [])


@pytest.mark.parametrize("late", [0, 1, 10])
def test_what_was_made_is_found_however_late_it_is_shown(late: int) -> None:
    session = losing(stale_reads=late)
    assert create_once(session, POLICIES, BODY) == session.policy("New")["id"]
    assert (sent(session), len(session.slept)) == (1, late)


@pytest.mark.parametrize("late", [0, 100])
def test_what_is_not_seen_is_not_sent_again(late: int) -> None:
    session = losing(commits=late > 0, stale_reads=late)
    assert "Nothing of that name was seen for a minute" in unclear(session).remedy
    assert 50 <= sum(session.slept) <= 70


def test_object_that_only_has_the_name_is_another() -> None:
    session = losing(commits=False)
    session.policies.append({**stored("New", identifier=ids.POLICY_TWO), "state": DISABLED})
    unclear(session)


def test_object_that_is_gone_is_not_taken_for_the_new_one() -> None:
    session = losing(commits=False)
    session.policies.append({**stored("New", identifier=ids.POLICY_TWO), "state": REPORT_ONLY})
    unclear(session, not_id=ids.POLICY_TWO.upper())


def test_one_of_several_is_not_chosen() -> None:
    session = losing()
    session.policies.append({**stored("New", identifier=ids.POLICY_TWO), "state": REPORT_ONLY})
    assert ids.POLICY_TWO in unclear(session).remedy
    assert session.slept == []


def test_search_that_fails_is_told_beside_what_led_to_it() -> None:
    session = losing()
    session.faults.append(Fault("GET", POLICIES, ConnectionFailed("nobody answers")))
    error = unclear(session)
    assert "nobody answers" in error.message
    assert error.remedy == "Run again."


def test_groups_are_searched_by_name(monkeypatch: pytest.MonkeyPatch) -> None:
    session, asked = losing(GROUPS), list[str]()

    def searched(path: str, *, version: str, **query: str) -> list[dict[str, t.Any]]:
        asked.append(query["filter"])
        return [{"id": ids.STAFF.upper(), **GROUP}]

    monkeypatch.setattr(session, "list", searched)
    assert create_once(session, GROUPS, GROUP) == ids.STAFF
    assert asked == ["displayName eq 'Ada''s'"]


def test_answer_without_an_id_is_looked_for_too(monkeypatch: pytest.MonkeyPatch) -> None:
    session = FakeSession()
    post = session.post
    monkeypatch.setattr(session, "post", lambda *given, **more: post(*given, **more) and {})
    assert create_once(session, POLICIES, BODY) == session.policy("New")["id"]
