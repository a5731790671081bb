# Copyright: (c) 2026, m365.entra contributors
# GNU General Public License v3.0+ (see COPYING or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later
"""The table that the playbook shows for each tenant."""

from __future__ import annotations

import typing as t

import pytest
from ansible.errors import AnsibleFilterError

from ansible_collections.m365.entra.plugins.filter.signin_baseline_table import signin_baseline_table

REPORT: dict[str, t.Any] = {
    "tenant": "contoso",
    "display_name": "Contoso",
    "license_tier": "p1",
    "profile": "modern",
    "enforce": False,
    "check_mode": False,
    "results": [
        {"statement": "Users use MFA", "holds": "report_only", "by": ["One", "Two"], "note": "excluded: 1 role"},
        {"statement": "Users can reset passwords", "holds": "unknown", "by": [], "note": "not read"},
    ],
    "requirements": [
        {"statement": "Legacy is blocked", "tiers": ["free", "p1", "p2"], "holds": "no", "by": [], "note": ""},
        {"statement": "Risk is met", "tiers": ["p2"], "holds": "no", "by": [], "note": ""},
    ],
    "unmanaged_policies": [],
}


def test_table_aligns_statement_answer_and_reason() -> None:
    assert signin_baseline_table(REPORT) == [
        "contoso (Contoso): Entra ID P1, profile modern, staging only",
        "Step 1 asks                holds now    by",
        "-" * 42,
        "Users use MFA              report-only  One, Two (1)",
        "Users can reset passwords  unknown      (2)",
        "Legacy is blocked          no           -",
        "(1) excluded: 1 role",
        "(2) not read",
    ]


def test_check_mode_says_what_would_hold() -> None:
    lines = signin_baseline_table({**REPORT, "check_mode": True})
    assert lines[0].endswith("planned, nothing was written")
    assert "would hold" in lines[1]


def test_free_tier_that_is_not_enforced_says_why_nothing_happens() -> None:
    lines = signin_baseline_table({**REPORT, "license_tier": "free"})
    assert "signin_baseline_enforce" in lines[-1]


def test_unmanaged_policies_are_named() -> None:
    lines = signin_baseline_table({**REPORT, "unmanaged_policies": [{"display_name": "Legacy VPN"}]})
    assert lines[-1] == "Policies that the baseline does not manage: Legacy VPN"


def test_staged_policies_are_shown() -> None:
    staged = {
        "display_name": "MFA",
        "stage": "report_only",
        "promoted": False,
        "ring": None,
        "enforced_rings": [],
        "since": None,
        "missing": ["no sign-in names it"],
    }
    lines = signin_baseline_table({**REPORT, "rollout": [staged]})
    assert lines[-3].split() == ["policy", "stage", "since", "next"]
    assert lines[-1].endswith("no sign-in names it")


def result(**known: t.Any) -> dict[str, t.Any]:
    """Return a result of Step 1 as the assessment gives it."""
    return {"statement": "It holds", "holds": "no", "by": ["registration report"], "note": "", **known}


@pytest.mark.parametrize(
    ("known", "by"),
    [
        ({"registered": 999, "total": 1000}, "999 of 1000 registered (99 %)"),
        ({"registered": 3, "total": 3}, "3 of 3 registered (100 %)"),
        ({"registered": 0, "total": 0}, "0 of 0 registered"),
        ({"registered": None, "total": None}, "registration report"),
        (
            {"enabled_for": "all", "lane": "portal", "registered": 1, "total": 2},
            "for all users (portal); 1 of 2 registered (50 %)",
        ),
        (
            {"enabled_for": "selected", "lane": "evidence", "registered": None, "total": None},
            "for a selected group (evidence)",
        ),
        ({"enabled_for": "none", "lane": "evidence", "registered": None, "total": None}, "for nobody (evidence)"),
        ({"enabled_for": "unknown", "lane": "", "registered": 1, "total": 4}, "1 of 4 registered (25 %)"),
    ],
)
def test_shares_and_password_reset_are_shown(known: dict[str, t.Any], by: str) -> None:
    line = signin_baseline_table({**REPORT, "results": [result(**known)], "requirements": []})[3]
    assert line == f"It holds     no         {by}"


def test_manual_steps_are_listed_with_their_links() -> None:
    steps = [{"option": str(number), "text": f"Do {number}.", "link": "https://there"} for number in range(5)]
    report = {
        **REPORT,
        "mfa_registration_policy": {"manual_steps": [{"option": "is_enabled", "text": "Ask.", "link": None}]},
        "self_service_password_reset": {"manual_steps": steps},
    }
    assert signin_baseline_table(report)[-5:] == [
        "MFA registration, by hand: Ask.",
        "Password reset, by hand: Do 0. https://there",
        "Password reset, by hand: Do 1. https://there",
        "Password reset, by hand: Do 2. https://there",
        "Password reset, by hand: and 2 more in the report",
    ]


def test_notes_say_what_is_left_alone() -> None:
    assert signin_baseline_table({**REPORT, "notes": ["Left alone."]})[-1] == "Left alone."


def test_something_else_is_refused_by_name() -> None:
    with pytest.raises(AnsibleFilterError, match="no report of the role signin_baseline: 'requirements' is missing"):
        signin_baseline_table({"tenant": "contoso"})
