# Copyright: (c) 2026, m365.entra contributors
# GNU General Public License v3.0+ (see COPYING or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later
"""Rows become counts of each policy, of legacy authentication, and of nothing else."""

from __future__ import annotations

import typing as t

import pytest

from ansible_collections.m365.entra.plugins.module_utils._rollout.legacy_authentication import is_legacy_client
from ansible_collections.m365.entra.plugins.module_utils._rollout.policy_impact import RESULTS, PolicyImpact
from ansible_collections.m365.entra.plugins.module_utils._rollout.sign_in_impact import SignInImpact, impact_on
from ansible_collections.m365.entra.plugins.module_utils._rollout.watched_policy import WatchedPolicy
from ansible_collections.m365.entra.tests.unit.plugins.module_utils.support.sign_in_rows import (
    applied,
    person,
    sign_in,
)

WATCHED = "dddddddd-0000-4000-8000-000000000001"
LISTED = "dddddddd-0000-4000-8000-000000000002"
GONE = "eeeeeeee-0000-4000-8000-000000000003"


def impact_of(*rows: dict[str, t.Any], interactive: bool = True) -> SignInImpact:
    """What rows come to for one policy of two."""
    impact = impact_on([WatchedPolicy(WATCHED, "MFA", "enabledForReportingButNotEnforced")], [WATCHED, LISTED])
    for row in rows:
        impact.add(row, interactive=interactive)
    return impact


def policy_of(*rows: dict[str, t.Any], maximum: int = 20) -> PolicyImpact:
    """What rows come to for the watched policy."""
    (found,) = impact_of(*rows).policies(maximum)
    return found


@pytest.mark.parametrize(
    ("result", "name"),
    [
        ("reportOnlySuccess", "would_succeed"),
        ("reportOnlyInterrupted", "would_be_interrupted"),
        ("reportOnlyFailure", "would_fail"),
        ("reportOnlyNotApplied", "not_applied"),
        ("notApplied", "not_applied"),
        ("success", "success"),
        ("failure", "failure"),
        ("notEnabled", "not_enabled"),
        ("unknown", "unknown"),
        ("unknownFutureValue", "unknown"),
        ("somethingNew", "unknown"),
        (None, "unknown"),
    ],
)
def test_every_result_has_its_count(result: str, name: str) -> None:
    found = policy_of(sign_in(1, applied(WATCHED.upper(), result)))
    assert found.counts == {**dict.fromkeys(RESULTS, 0), name: 1}
    assert found.sign_ins == 1
    assert found.reported == (name in ("would_succeed", "would_be_interrupted", "would_fail"))


def test_who_and_what_is_behind_failures() -> None:
    failure = applied(WATCHED, "reportOnlyFailure")
    rows = [
        sign_in(1, failure),
        sign_in(2, failure, createdDateTime="2026-11-20T08:00:00.5Z"),
        sign_in(2, failure, userId=person(2).upper(), appId="other", appDisplayName="Other"),
        sign_in(3, applied(WATCHED, "reportOnlyInterrupted"), createdDateTime="2026-11-19T00:00:00Z"),
    ]
    found = policy_of(*rows)
    assert (found.would_fail_users, found.would_be_interrupted_users, found.would_fail_applications) == (2, 1, 2)
    assert [(one.name, one.count) for one in found.users] == [
        ("user2@contoso.example", 2),
        ("user1@contoso.example", 1),
    ]
    assert [(one.name, one.count) for one in found.applications] == [("Exchange", 2), ("Other", 1)]
    assert (found.first_sign_in, found.last_sign_in) == ("2026-11-19T00:00:00Z", "2026-11-20T08:00:00.5Z")
    assert found.to_result()["truncated"] is False
    assert found.to_result()["policy_state"] == "report_only"
    shorter = policy_of(*rows, maximum=1)
    assert (len(shorter.users), len(shorter.applications), shorter.to_result()["truncated"]) == (1, 1, True)


def test_other_policies() -> None:
    found = impact_of(sign_in(1, applied(LISTED, "success"), applied(GONE, "success")))
    assert found.unlisted == {"Policy eeee"}
    assert found.policies(20)[0].sign_ins == 0


def test_kinds_of_sign_ins() -> None:
    assert (impact_of(sign_in(1)).interactive, impact_of(sign_in(1), interactive=False).non_interactive) == (1, 1)


def test_a_row_that_says_little() -> None:
    found = impact_of({"appliedConditionalAccessPolicies": None, "status": None}, {})
    assert (found.sign_ins, found.naming_policies, found.moments.first) == (2, 0, "")


@pytest.mark.parametrize(
    ("client", "is_legacy"),
    [
        ("Browser", False),
        ("Mobile Apps and Desktop clients", False),
        ("mobile apps and desktop CLIENTS", False),
        ("", False),
        ("IMAP4", True),
        ("Other clients", True),
        ("Something of 1999", True),
    ],
)
def test_legacy_clients(client: str, is_legacy: bool) -> None:
    assert is_legacy_client(client) is is_legacy


def test_legacy_authentication_and_who_succeeds() -> None:
    failed = {"status": {"errorCode": 50126}}
    found = impact_of(
        sign_in(1, clientAppUsed="POP3", **failed),
        sign_in(1, clientAppUsed="POP3", **failed),
        sign_in(2, clientAppUsed="IMAP4"),
        sign_in(3, clientAppUsed="IMAP4", status=None),
        sign_in(4),
    )
    assert found.legacy.to_result(found.users, 20) == {
        "sign_ins": 4,
        "successes": 1,
        "clients": [
            {"client": "IMAP4", "sign_ins": 2, "successes": 1},
            {"client": "POP3", "sign_ins": 2, "successes": 0},
        ],
        "users_total": 1,
        "users": [{"id": person(2), "user_principal_name": "user2@contoso.example", "count": 1}],
        "truncated": False,
    }
    assert found.legacy.to_result(found.users, 0)["truncated"] is True
