# Copyright: (c) 2026, m365.entra contributors
# GNU General Public License v3.0+ (see COPYING or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later
"""When evidence allows a policy to be enforced, and every reason why not."""

from __future__ import annotations

import typing as t
from dataclasses import replace
from datetime import UTC, datetime, timedelta

import pytest

from ansible_collections.m365.entra.plugins.module_utils._rollout.policy_impact import RESULTS, PolicyImpact
from ansible_collections.m365.entra.plugins.module_utils._rollout.readiness import Thresholds, ready
from ansible_collections.m365.entra.plugins.module_utils._rollout.watched_policy import WatchedPolicy

NOW = datetime(2026, 11, 23, 9, 0, tzinfo=UTC)
POLICY = WatchedPolicy("dddddddd-0000-4000-8000-000000000001", "MFA", "enabledForReportingButNotEnforced")
ASKED = Thresholds(soak_days=7, maximum_would_fail_users=2, maximum_would_fail_share=0.01, minimum_sign_ins=200)


def impact(policy: WatchedPolicy = POLICY, **changes: t.Any) -> PolicyImpact:
    """A policy that is ready: 2 of 200 sign-ins would fail, those of two users."""
    counts = {**dict.fromkeys(RESULTS, 0), "would_succeed": 148, "would_be_interrupted": 50, "would_fail": 2}
    counts |= {name: changes.pop(name) for name in RESULTS if name in changes}
    return PolicyImpact(policy, counts, **{"would_fail_users": 2, "first_sign_in": "2026-11-16T08:00:00Z", **changes})


def reasons(found: PolicyImpact, thresholds: Thresholds = ASKED, *, days: float = 8) -> tuple[str, ...]:
    """Why a policy that was changed so many days ago is not ready."""
    is_ready, why = ready(found, thresholds, NOW - timedelta(days=days), NOW)
    assert is_ready is (not why)
    return why


def test_ready_at_every_threshold() -> None:
    assert reasons(impact()) == ()
    assert reasons(impact(not_applied=1000, not_enabled=3)) == ()
    assert reasons(impact(first_sign_in="2026-11-16T09:00:00.1234567Z"), days=7) == ()


@pytest.mark.parametrize(
    ("found", "text"),
    [
        (impact(replace(POLICY, state="enabled")), "it is enforced already"),
        (impact(replace(POLICY, state="disabled")), "it is not in report-only"),
        (
            impact(replace(POLICY, not_shown_for="user_actions")),
            "it is for user actions, of which the sign-ins of users show nothing: decide by other means",
        ),
        (
            impact(replace(POLICY, not_shown_for="workload_identities")),
            "it is for workload identities, of which the sign-ins of users show nothing: decide by other means",
        ),
        (impact(unknown=1), "in 1 sign-ins nobody can tell what it would have come to"),
        (impact(is_complete=False), "not all sign-ins of the time that is looked at were seen"),
        (impact(would_succeed=147, would_fail=1), "it would have applied to 198 sign-ins, and 200 are asked for"),
        (impact(would_fail_users=3), "3 users would fail, and 2 may at most"),
        (impact(would_fail=3), "3 of 201 sign-ins would fail, and a share of 0.01 may at most"),
        (
            impact(first_sign_in="2026-11-15T08:59:59Z"),
            "sign-ins from before its last change are counted: look only at those since then",
        ),
    ],
)
def test_each_reason_by_itself(found: PolicyImpact, text: str) -> None:
    assert reasons(found) == (text,)


def test_too_young() -> None:
    assert reasons(impact(first_sign_in="2026-11-17T10:00:00Z"), days=6.5) == (
        "it was changed 6.5 days ago, and 7 days are asked for",
    )


def test_nothing_seen_is_never_enough() -> None:
    nothing = impact(would_succeed=0, would_be_interrupted=0, would_fail=0, would_fail_users=0, first_sign_in="")
    generous = Thresholds(soak_days=0, maximum_would_fail_users=9, maximum_would_fail_share=1, minimum_sign_ins=0)
    assert reasons(nothing, generous) == ("no sign-in names it",)


def test_all_reasons_are_told() -> None:
    bad = impact(replace(POLICY, not_shown_for="user_actions"), unknown=2, would_fail=40, would_fail_users=40)
    assert len(reasons(bad, days=1)) == 6
