# Copyright: (c) 2026, m365.entra contributors
# GNU General Public License v3.0+ (see COPYING or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later
"""Reads that may fail: what kept the answer from us is told, and only that."""

from __future__ import annotations

import typing as t

import pytest

from ansible_collections.m365.entra.plugins.module_utils._evidence.needs import READ_METHODS_POLICY, READ_REPORT
from ansible_collections.m365.entra.plugins.module_utils._evidence.reading import (
    Read,
    attempt,
    given_or,
    lacking,
    problems,
)
from ansible_collections.m365.entra.plugins.module_utils._graph.errors import (
    AuthenticationFailed,
    ConnectionFailed,
    EntraError,
    ServiceRefused,
)
from ansible_collections.m365.entra.tests.unit.plugins.module_utils._evidence.evidence_session import (
    UNLICENSED,
    EvidenceSession,
)


def failing(error: EntraError) -> t.Callable[[], int]:
    def read() -> int:
        raise error

    return read


def test_what_is_read_counts() -> None:
    assert attempt(EvidenceSession(), READ_REPORT, "the report", lambda: 7) == Read(7)


def test_without_the_permission_nothing_is_asked() -> None:
    session = EvidenceSession(permissions=frozenset())
    found = attempt(session, READ_METHODS_POLICY, "the policy", lambda: pytest.fail("asked"))
    assert found.value is None
    assert found.problem == (
        "the policy was not read: the access token lacks Policy.Read.All or Policy.Read.AuthenticationMethod"
    )
    assert found.lacks is READ_METHODS_POLICY


@pytest.mark.parametrize(
    ("error", "words", "unlicensed", "lacks"),
    [
        (UNLICENSED, "needs Microsoft Entra ID P1", True, False),
        (ServiceRefused("x", status=403, code="AccessDenied"), "(403 AccessDenied)", False, True),
        (ServiceRefused("x", status=404, code="NotFound"), "(404 NotFound)", False, False),
        (ServiceRefused("no words"), "(no words)", False, False),
        (ConnectionFailed("graph_url: no answer."), "no answer", False, False),
    ],
)
def test_what_the_service_refuses_is_told(error: EntraError, words: str, unlicensed: bool, lacks: bool) -> None:
    found = attempt(EvidenceSession(), READ_REPORT, "the report", failing(error))
    assert found.value is None
    assert found.problem.startswith("the report ")
    assert words in found.problem
    assert (found.is_unlicensed, found.lacks is READ_REPORT) == (unlicensed, lacks)


def test_a_refused_credential_is_no_missing_evidence() -> None:
    with pytest.raises(AuthenticationFailed):
        attempt(EvidenceSession(), READ_REPORT, "the report", failing(AuthenticationFailed("no")))


@pytest.mark.parametrize("given", [False, 0, {}, ()])
def test_what_the_caller_has_is_not_read(given: t.Any) -> None:
    assert given_or(given, lambda: pytest.fail("read")).value == given
    assert given_or(None, lambda: Read(8)) == Read(8)


def test_each_lack_and_problem_is_told_once() -> None:
    reads = [Read(problem="a", lacks=READ_REPORT), Read(1), Read(problem="a", lacks=READ_REPORT), Read(problem="b")]
    assert lacking(*reads) == [READ_REPORT.to_result()]
    assert problems(*reads) == ["a", "b"]
