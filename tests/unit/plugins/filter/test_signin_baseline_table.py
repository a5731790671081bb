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


def test_something_else_is_refused_by_name() -> None:
    with pytest.raises(AnsibleFilterError, match="no report of the role signin_baseline: 'requirements' is missing"):
        signin_baseline_table({"tenant": "contoso"})
