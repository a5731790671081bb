# Copyright: (c) 2026, m365.entra contributors
# GNU General Public License v3.0+ (see COPYING or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later
"""One request a second for Conditional Access, once the service has asked for it."""

from __future__ import annotations

import pytest

from ansible_collections.m365.entra.plugins.module_utils._graph.limiter import Limiter, is_limited

POLICIES = "/v1.0/identity/conditionalAccess/policies"
USERS = "/v1.0/users"


class Clock:
    """A clock that is set by hand."""

    now = 100.0

    def __call__(self) -> float:
        return self.now


@pytest.mark.parametrize(
    ("path", "limited"),
    [
        (POLICIES, True),
        (f"{POLICIES}/1", True),
        (POLICIES.lower(), True),
        ("/v1.0/identity/conditionalAccess", True),
        ("/v1.0/identityProtection/riskyUsers", True),
        (USERS, False),
        ("/v1.0/policies/identitySecurityDefaultsEnforcementPolicy", False),
    ],
)
def test_limited_paths(path: str, limited: bool) -> None:
    assert is_limited(path) is limited


def test_nothing_is_paced_before_the_service_throttles() -> None:
    limiter = Limiter(Clock())
    limiter.sent(POLICIES)
    assert limiter.seconds_to_wait(POLICIES) == 0


def test_after_a_throttled_answer_requests_are_a_second_apart() -> None:
    clock = Clock()
    limiter = Limiter(clock)
    limiter.sent(POLICIES)
    limiter.throttled(POLICIES)
    assert 1.0 <= limiter.seconds_to_wait(POLICIES) <= 1.1
    clock.now += 0.5
    assert 0.5 <= limiter.seconds_to_wait(POLICIES) <= 0.6
    clock.now += 1
    assert limiter.seconds_to_wait(POLICIES) == 0
    limiter.sent(POLICIES)
    assert limiter.seconds_to_wait(POLICIES) >= 1.0


def test_other_paths_are_never_paced() -> None:
    limiter = Limiter(Clock())
    limiter.sent(POLICIES)
    limiter.throttled(POLICIES)
    assert limiter.seconds_to_wait(USERS) == 0
    limiter.sent(USERS)
    assert limiter.seconds_to_wait(POLICIES) > 0


def test_throttled_directory_does_not_slow_conditional_access() -> None:
    limiter = Limiter(Clock())
    limiter.sent(POLICIES)
    limiter.throttled(USERS)
    assert limiter.seconds_to_wait(POLICIES) == 0
