# Copyright: (c) 2026, m365.entra contributors
# GNU General Public License v3.0+ (see COPYING or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later
"""Staged policies as a table for people."""

from __future__ import annotations

import re
import typing as t

import pytest
from ansible.errors import AnsibleFilterError

from ansible_collections.m365.entra.plugins.filter.rollout_table import FilterModule

rollout_table = FilterModule().filters()["rollout_table"]


def policy(name: str = "MFA", **changes: t.Any) -> dict[str, t.Any]:
    """A policy in report-only that is not ready."""
    return {
        "display_name": name,
        "stage": "report_only",
        "promoted": False,
        "ring": None,
        "enforced_rings": [],
        "since": "2026-11-02T08:10:31Z",
        "missing": ["no sign-in names it"],
        **changes,
    }


def test_a_table() -> None:
    found = rollout_table(
        [
            policy(),
            policy("Done", stage="enforced", since=None, missing=[]),
            policy("Promoted", stage="enforced", promoted=True, missing=[]),
            policy("Ring", stage="shadow", promoted=True, ring="staff", enforced_rings=["pilot"], missing=[]),
            policy("Last", stage="shadow", promoted=True, enforced_rings=["pilot", "staff"], missing=[]),
            policy("Change", stage="shadow"),
            policy("Ready", missing=[]),
        ]
    )
    assert found[0].index("next") == found[2].index("no sign-in")
    assert set(found[1]) == {"-"}
    since = "2026-11-02T08:10:31Z"
    assert [re.split(r" {2,}", line) for line in (found[0], *found[2:])] == [
        ["policy", "stage", "since", "next"],
        ["MFA", "report-only", since, "no sign-in names it"],
        ["Done", "enforced", "-", "-"],
        ["Promoted", "enforced, promoted by this run", since, "-"],
        ["Ring", "enforced for pilot, promoted by this run", since, "shown next: the ring staff"],
        ["Last", "enforced for pilot, staff, promoted by this run", since, "shown next: all of its users"],
        ["Change", "enforced, change in report-only", since, "no sign-in names it"],
        ["Ready", "report-only", since, "promote"],
    ]


def test_nothing_and_nonsense() -> None:
    assert rollout_table([]) == []
    with pytest.raises(AnsibleFilterError, match="no list of staged policies: 'display_name' is missing"):
        rollout_table([{}])
