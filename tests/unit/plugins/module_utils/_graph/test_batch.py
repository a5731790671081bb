# Copyright: (c) 2026, m365.entra contributors
# GNU General Public License v3.0+ (see COPYING or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later
"""Batches: twenty requests each, in order, sent again where that may help, and told where it does not."""

from __future__ import annotations

import typing as t
from dataclasses import dataclass, field

import pytest
from hypothesis import given
from hypothesis import strategies as st

from ansible_collections.m365.entra.plugins.module_utils._graph.batch import (
    BATCH,
    MOST_REQUESTS,
    BatchAnswer,
    BatchRequest,
    send_in_batches,
)
from ansible_collections.m365.entra.plugins.module_utils._graph.errors import OutcomeUnknown
from ansible_collections.m365.entra.tests.unit.plugins.module_utils.support.fake_session import FakeSession

Json = dict[str, t.Any]
Script = dict[str, list[int]]


@dataclass
class BatchSession(FakeSession):
    """Answers each request of a batch by the next status that *script* has for its path; 204 after the last.

    A status of 0 leaves the request out of the answer. *lost* answers to whole batches get lost.
    """

    script: Script = field(default_factory=dict)
    lost: int = 0
    batches: list[list[Json]] = field(default_factory=list)

    def post(self, path: str, body: Json | None, *, version: str = "v1.0") -> Json:
        """Answer a batch, the last request first."""
        assert (path, version) == (BATCH, "v1.0")
        items = (body or {})["requests"]
        self.batches.append(items)
        if self.lost:
            self.lost -= 1
            raise OutcomeUnknown("nobody knows")
        answers = [(item["id"], self._status(item["url"])) for item in reversed(items)]
        return {"responses": [self._answer(number, status) for number, status in answers if status]}

    def _status(self, url: str) -> int:
        left = self.script.get(url) or [204]
        return left.pop(0)

    @staticmethod
    def _answer(number: str, status: int) -> Json:
        headers = {"Retry-After": "7"} if status == 429 else {}
        body = {"error": {"code": "Request_BadRequest", "message": "Not this one."}} if status >= 400 else None
        return {"id": number, "status": status, "headers": headers, "body": body}


def requests(count: int) -> list[BatchRequest]:
    """Requests by number."""
    return [BatchRequest("POST", f"/users/{number}/revokeSignInSessions") for number in range(count)]


@given(st.integers(min_value=0, max_value=95))
def test_every_request_is_answered_once_and_in_order(count: int) -> None:
    session = BatchSession()
    answered = list(send_in_batches(session, requests(count)))
    assert [request for request, _answer in answered] == requests(count)
    assert all(answer.is_success for _request, answer in answered)
    assert [len(batch) for batch in session.batches] == [
        min(MOST_REQUESTS, count - start) for start in range(0, count, MOST_REQUESTS)
    ]


def test_items_say_what_they_are() -> None:
    session = BatchSession()
    list(send_in_batches(session, [BatchRequest("POST", "/a", {"x": 1}), BatchRequest("DELETE", "/b")]))
    assert session.batches == [
        [
            {
                "id": "0",
                "method": "POST",
                "url": "/a",
                "headers": {"Content-Type": "application/json"},
                "body": {"x": 1},
            },
            {"id": "1", "method": "DELETE", "url": "/b"},
        ]
    ]


@pytest.mark.parametrize("status", [409, 429, 500, 502, 503, 504, 0])
def test_what_may_pass_is_sent_again_alone(status: int) -> None:
    path = "/users/1/revokeSignInSessions"
    session = BatchSession(script={path: [status]})
    assert [answer.status for _request, answer in send_in_batches(session, requests(3))] == [204, 204, 204]
    assert [[item["url"] for item in batch] for batch in session.batches][1:] == [[path]]
    assert session.slept == [7.0 if status == 429 else 1.0]


@pytest.mark.parametrize("status", [400, 403, 404])
def test_what_is_final_is_not(status: int) -> None:
    session = BatchSession(script={"/users/1/revokeSignInSessions": [status]})
    ((_first, good), (request, bad)) = send_in_batches(session, requests(2))
    assert (good.status, bad.status, len(session.batches)) == (204, status, 1)
    assert "Not this one." in str(bad.refusal(request))
    assert bad.refusal(request).status == status


def test_it_ends_when_nothing_helps() -> None:
    session = BatchSession(script={"/users/0/revokeSignInSessions": [429] * 50})
    ((_request, answer),) = send_in_batches(session, requests(1))
    assert (answer.status, len(session.batches)) == (429, 6)


def test_lost_answers_are_asked_for_again_until_nobody_knows() -> None:
    session = BatchSession(lost=2)
    assert [answer.status for _request, answer in send_in_batches(session, requests(2))] == [204, 204]
    assert len(session.batches) == 3
    with pytest.raises(OutcomeUnknown):
        list(send_in_batches(BatchSession(lost=6), requests(2)))


def test_a_later_batch_that_fails_leaves_known_what_was_done() -> None:
    session = BatchSession()
    answers = send_in_batches(session, requests(30))
    done = [next(answers) for _number in range(20)]
    session.lost = 6
    with pytest.raises(OutcomeUnknown):
        next(answers)
    assert len(done) == 20


def test_an_answer_that_does_not_speak_of_a_request_says_so() -> None:
    assert "does not speak of it" in str(BatchAnswer(0).refusal(requests(1)[0]))
