# Copyright: (c) 2026, m365.entra contributors
# GNU General Public License v3.0+ (see COPYING or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later
"""When a request is repeated, and after how long (facts section 13.2)."""

from __future__ import annotations

import pytest

from ansible_collections.m365.entra.plugins.module_utils._graph.retry import RetryPolicy, is_unclear

POLICY = RetryPolicy()


@pytest.mark.parametrize(
    ("method", "status", "repeats"),
    [
        ("GET", None, True),
        ("GET", 429, True),
        ("GET", 500, True),
        ("GET", 502, True),
        ("GET", 503, True),
        ("GET", 504, True),
        ("GET", 400, False),
        ("GET", 401, False),
        ("GET", 403, False),
        ("GET", 404, False),
        ("POST", 429, True),
        ("PATCH", 429, True),
        ("DELETE", 429, True),
        ("POST", None, False),
        ("POST", 500, False),
        ("PATCH", 502, False),
        ("PATCH", 503, False),
        ("DELETE", 504, False),
        ("POST", 409, False),
    ],
)
def test_reads_are_repeated_freely_and_writes_only_when_they_were_not_done(
    method: str, status: int | None, repeats: bool
) -> None:
    assert (POLICY.wait_before_retry(method, status, 1, None) is not None) is repeats


@pytest.mark.parametrize(("attempt", "least"), [(1, 1), (2, 2), (3, 4), (4, 8), (5, 16)])
def test_waits_double_with_a_little_jitter(attempt: int, least: float) -> None:
    wait = POLICY.wait_before_retry("GET", 429, attempt, None)
    assert wait is not None
    assert least <= wait <= least + 0.3


@pytest.mark.parametrize("status", [503, None])
def test_gives_up_after_six_attempts(status: int | None) -> None:
    assert POLICY.wait_before_retry("GET", status, 5, None) is not None
    assert POLICY.wait_before_retry("GET", status, 6, None) is None


def test_being_throttled_is_bounded_by_the_deadline_alone() -> None:
    policy = RetryPolicy(deadline=100)
    assert policy.wait_before_retry("POST", 429, 60, None, elapsed=60) is not None
    assert policy.wait_before_retry("POST", 429, 2, None, elapsed=99) is None
    assert policy.wait_before_retry("GET", 429, 1, "120") is None


def test_no_time_means_no_second_attempt() -> None:
    assert RetryPolicy(deadline=0).wait_before_retry("GET", 503, 1, None) is None


def test_what_takes_turns_waits_little_more() -> None:
    wait = POLICY.wait_before_retry("GET", 429, 5, None, takes_turns=True)
    assert wait is not None
    assert 0 <= wait <= 0.3
    assert POLICY.wait_before_retry("GET", 429, 5, "7", takes_turns=True) == 7
    failing = POLICY.wait_before_retry("GET", 503, 3, None, takes_turns=True)
    assert failing is not None
    assert failing >= 4


def test_wait_is_bounded_whatever_the_number_of_attempts() -> None:
    wait = RetryPolicy(attempts=50).wait_before_retry("GET", 429, 40, None)
    assert wait is not None
    assert wait <= 31


@pytest.mark.parametrize(("given", "wait"), [("3", 3.0), (" 7 ", 7.0), ("30", 30.0)])
def test_what_the_service_asks_for_is_waited(given: str, wait: float) -> None:
    assert POLICY.wait_before_retry("GET", 429, 1, given) == wait


@pytest.mark.parametrize("given", ["", "soon", "Mon, 23 Nov 2026 02:00:00 GMT", "-1", "0"])
def test_what_is_no_number_of_seconds_is_not_taken_for_one(given: str) -> None:
    wait = POLICY.wait_before_retry("GET", 429, 1, given)
    assert wait is not None
    assert 1 <= wait <= 1.3


@pytest.mark.parametrize(
    ("status", "unclear"), [(500, True), (502, True), (503, True), (504, True), (429, False), (400, False)]
)
def test_what_may_have_been_carried_out(status: int, unclear: bool) -> None:
    assert is_unclear(status) is unclear
