# Copyright: (c) 2026, m365.entra contributors
# GNU General Public License v3.0+ (see COPYING or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later
"""Conditional Access and reports each have a rate, kept once the service has asked for it."""

from __future__ import annotations

import pytest

from ansible_collections.m365.entra.plugins.module_utils._graph.limiter import (
    CONDITIONAL_ACCESS,
    REPORTS,
    Limiter,
    Rate,
    rate_of,
)

POLICIES = "/v1.0/identity/conditionalAccess/policies"
USERS = "/v1.0/users"
DETAILS = "/v1.0/reports/authenticationMethods/userRegistrationDetails"


class Clock:
    """A clock that is set by hand."""

    now = 100.0

    def __call__(self) -> float:
        return self.now


@pytest.mark.parametrize(
    ("path", "rate"),
    [
        (POLICIES, CONDITIONAL_ACCESS),
        (f"{POLICIES}/1", CONDITIONAL_ACCESS),
        (POLICIES.lower(), CONDITIONAL_ACCESS),
        ("/v1.0/identity/conditionalAccess", CONDITIONAL_ACCESS),
        ("/v1.0/identityProtection/riskyUsers", CONDITIONAL_ACCESS),
        (DETAILS, REPORTS),
        ("/beta/auditLogs/directoryAudits", REPORTS),
        (USERS, None),
        ("/v1.0/users/1/directReports", None),
        ("/v1.0/policies/identitySecurityDefaultsEnforcementPolicy", None),
    ],
)
def test_rates_of_paths(path: str, rate: Rate | None) -> None:
    assert rate_of(path) is rate


def test_nothing_is_paced_before_the_service_throttles() -> None:
    limiter = Limiter(clock=Clock())
    assert [limiter.seconds_to_wait(POLICIES) for _unused in range(3)] == [0, 0, 0]


def test_after_a_throttled_answer_each_turn_is_a_second_after_the_one_before() -> None:
    clock = Clock()
    limiter = Limiter(clock=clock)
    limiter.throttled(POLICIES, clock.now)
    assert limiter.seconds_to_wait(POLICIES) == pytest.approx(1.05)
    assert limiter.seconds_to_wait(POLICIES) == pytest.approx(2.1)
    clock.now += 2.6
    assert limiter.seconds_to_wait(POLICIES) == pytest.approx(0.55)
    clock.now += 10
    assert limiter.seconds_to_wait(POLICIES) == 0


def test_other_paths_are_never_paced() -> None:
    clock = Clock()
    limiter = Limiter(clock=clock)
    limiter.throttled(POLICIES, clock.now)
    limiter.throttled(USERS, clock.now)
    assert limiter.seconds_to_wait(USERS) == 0
    assert limiter.seconds_to_wait(POLICIES) > 0


def test_throttled_directory_does_not_slow_conditional_access() -> None:
    clock = Clock()
    limiter = Limiter(clock=clock)
    limiter.throttled(USERS, clock.now)
    assert limiter.seconds_to_wait(POLICIES) == 0


def test_reports_are_paced_to_five_in_ten_seconds() -> None:
    clock = Clock()
    limiter = Limiter(clock=clock)
    limiter.throttled(DETAILS, clock.now)
    sent = []
    for _unused in range(6):
        clock.now += limiter.seconds_to_wait(DETAILS)
        sent.append(clock.now)
    assert 10 <= sent[5] - sent[0] <= 10.5


def test_throttled_reports_and_conditional_access_do_not_slow_each_other() -> None:
    clock = Clock()
    limiter = Limiter(clock=clock)
    limiter.throttled(DETAILS, clock.now)
    assert limiter.seconds_to_wait(POLICIES) == 0
    assert limiter.seconds_to_wait("/v1.0/auditLogs/signIns") >= 2


def test_turn_that_is_held_is_for_the_next_request() -> None:
    clock = Clock()
    limiter = Limiter(clock=clock)
    limiter.throttled(POLICIES, clock.now)
    clock.now += limiter.hold(POLICIES)
    assert limiter.seconds_to_wait(POLICIES) == 0
    assert limiter.seconds_to_wait(POLICIES) == pytest.approx(1.05)


def test_success_brings_a_longer_distance_back() -> None:
    clock = Clock()
    limiter = Limiter(clock=clock)
    limiter.throttled(POLICIES, clock.now)
    clock.now += 2
    limiter.throttled(POLICIES, clock.now)
    first, second = limiter.seconds_to_wait(POLICIES), limiter.seconds_to_wait(POLICIES)
    assert second - first == pytest.approx(1.05 * 1.5)
    for _unused in range(10):
        limiter.succeeded(POLICIES)
    third = limiter.seconds_to_wait(POLICIES)
    assert third - second == pytest.approx(1.05)
