# Copyright: (c) 2026, m365.entra contributors
# GNU General Public License v3.0+ (see COPYING or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later
"""Questions are posted in check mode too, but only where they are known to change nothing."""

from __future__ import annotations

import pytest

from ansible_collections.m365.entra.plugins.module_utils._graph.errors import (
    ConnectionFailed,
    GuardRefused,
    OutcomeUnknown,
    ServiceRefused,
)
from ansible_collections.m365.entra.plugins.module_utils._graph.questions import EVALUATE, QUESTIONS
from ansible_collections.m365.entra.plugins.module_utils._graph.transport import NoAnswer
from ansible_collections.m365.entra.tests.unit.plugins.module_utils.support.graph_session import answer, paper_session


@pytest.mark.parametrize("read_only", [True, False])
def test_a_question_passes_in_every_mode(read_only: bool) -> None:
    session, transport = paper_session(answer({"value": [{"id": "1"}]}), read_only=read_only)
    session.before_first_write(lambda: pytest.fail("a question is no write"))
    assert session.ask(EVALUATE, {"a": 1}) == [{"id": "1"}]
    ((method, url),) = transport.sent
    assert (method, url.rpartition("/v1.0")[2]) == ("POST", EVALUATE)
    assert transport.bodies == [{"a": 1}]


@pytest.mark.parametrize(
    "path",
    [
        "/identity/conditionalAccess/policies",
        f"{EVALUATE}/",
        EVALUATE.upper(),
        f"{EVALUATE}?x",
        "/policies/evaluate",
        f"{EVALUATE}/../policies",
    ],
)
@pytest.mark.parametrize("read_only", [True, False])
def test_nothing_else_is_a_question(path: str, read_only: bool) -> None:
    session, transport = paper_session(read_only=read_only)
    with pytest.raises(GuardRefused, match="not known to change nothing"):
        session.ask(path, {})
    assert transport.sent == []


def test_there_are_two_questions() -> None:
    assert {"/identity/conditionalAccess/evaluate", "/directoryObjects/getByIds"} == QUESTIONS


def test_the_same_path_is_a_write_where_it_is_posted() -> None:
    session, transport = paper_session(read_only=True)
    with pytest.raises(GuardRefused, match="check mode"):
        session.post(EVALUATE, {})
    assert transport.sent == []


def test_questions_are_repeated_like_reads() -> None:
    session, transport = paper_session(
        answer(None, 503), NoAnswer("reset"), answer(None, 429), answer({"value": []}), read_only=True
    )
    assert session.ask(EVALUATE, {}) == []
    assert len(transport.sent) == 4


def test_a_question_without_an_answer_leaves_nothing_unknown() -> None:
    session, _transport = paper_session(*[answer({"error": {"code": "x"}}, 503)] * 6)
    with pytest.raises(ServiceRefused) as failure:
        session.ask(EVALUATE, {})
    assert not isinstance(failure.value, OutcomeUnknown)


def test_an_answer_without_a_list_is_refused() -> None:
    session, _transport = paper_session(answer({}))
    with pytest.raises(ConnectionFailed, match="POST /identity/conditionalAccess/evaluate: the answer holds no list"):
        session.ask(EVALUATE, {})
