# Copyright: (c) 2026, m365.entra contributors
# GNU General Public License v3.0+ (see COPYING or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later
"""Forgotten, disabled and indistinguishable policies."""

from __future__ import annotations

from datetime import datetime, timedelta

import pytest

from ansible_collections.m365.entra.tests.unit.plugins.module_utils.support.linted import (
    NOW,
    enforced,
    found,
    in_state,
)
from ansible_collections.m365.entra.tests.unit.plugins.module_utils.support.policies import (
    DISABLED,
    ENABLED,
    REPORT_ONLY,
)


@pytest.mark.parametrize(
    ("state", "age", "days", "fires"),
    [
        (REPORT_ONLY, timedelta(days=30), 30, True),
        (REPORT_ONLY, timedelta(days=30, seconds=-1), 30, False),
        (REPORT_ONLY, timedelta(days=8), 7, True),
        (ENABLED, timedelta(days=300), 30, False),
        (DISABLED, timedelta(days=300), 30, False),
    ],
)
def test_forgotten_in_report_only(state: str, age: timedelta, days: int, fires: bool) -> None:
    policy = in_state(state)
    changed: dict[str, datetime] = {policy["id"]: NOW - age}
    findings = found("report_only_too_long", policy, last_changed=changed, report_only_days=days)
    assert [(one.seen.severity, one.seen.path) for one in findings] == [("warning", "policy_state")] * fires
    assert all(f"{age.days} days" in one.seen.text for one in findings)


def test_when_a_policy_was_changed_may_not_be_known() -> None:
    assert found("report_only_too_long", in_state(REPORT_ONLY)) == []


def test_disabled() -> None:
    (finding,) = found("disabled_policy", in_state(DISABLED, "Mine"), in_state(REPORT_ONLY), enforced())
    assert (finding.seen.severity, finding.names) == ("information", ("Mine",))


def test_the_same_name() -> None:
    (finding,) = found("name_used_twice", enforced("A"), in_state(DISABLED, "A"), enforced("B"))
    assert (finding.seen.severity, finding.names) == ("warning", ("A", "A"))
