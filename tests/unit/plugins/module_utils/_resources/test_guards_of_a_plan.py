# Copyright: (c) 2026, m365.entra contributors
# GNU General Public License v3.0+ (see COPYING or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later
"""A plan says which guards it passed, and shows itself where one blocks it."""

from __future__ import annotations

import pytest

from ansible_collections.m365.entra.plugins.module_utils._graph.errors import GuardRefused
from ansible_collections.m365.entra.plugins.module_utils._guard.lockout import CHECKS
from ansible_collections.m365.entra.plugins.module_utils._policy.desired import desired_policy
from ansible_collections.m365.entra.plugins.module_utils._resources.tenant import reconcile
from ansible_collections.m365.entra.plugins.module_utils._resources.wanted import Wanted
from ansible_collections.m365.entra.tests.unit.plugins.module_utils.support.fake_session import (
    ALL_PERMISSIONS,
    FakeSession,
)

GUARDS = ["permissions", "policy_limit", "mutual_exclusion", "license", *CHECKS]
WANTED = Wanted(policies=(desired_policy({"template": "block_legacy_authentication"}, "policies[0]"),))


def test_guards_that_allowed() -> None:
    outcome = reconcile(FakeSession(), WANTED, check_mode=True)
    assert [(one["guard"], one["outcome"]) for one in outcome.guards] == [(name, "allowed") for name in GUARDS]


def test_nothing_to_do_asks_no_guard() -> None:
    assert reconcile(FakeSession(), Wanted(policies=()), check_mode=True).guards == ()


def test_the_guard_that_blocks_shows_the_plan() -> None:
    session = FakeSession()
    session.collections["/subscribedSkus"] = []
    with pytest.raises(GuardRefused) as refusal:
        reconcile(session, WANTED, check_mode=True)
    details = refusal.value.details
    assert [(one["guard"], one["outcome"]) for one in details["guards"]] == [
        *((name, "allowed") for name in GUARDS[:3]),
        ("license", "blocked"),
    ]
    assert details["guards"][-1]["reason"] == refusal.value.message
    assert details["plan_status"] == "blocked"
    assert [step["name"] for step in details["plan"]] == ["Block legacy authentication"]
    assert session.writes == []


def test_the_first_guard_that_blocks_is_the_last_that_is_asked() -> None:
    session = FakeSession(permissions=ALL_PERMISSIONS - {"Policy.ReadWrite.ConditionalAccess"})
    with pytest.raises(GuardRefused) as refusal:
        reconcile(session, WANTED, check_mode=True)
    assert [one["guard"] for one in refusal.value.details["guards"]] == ["permissions"]
