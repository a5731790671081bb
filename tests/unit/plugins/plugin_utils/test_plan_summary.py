# Copyright: (c) 2026, m365.entra contributors
# GNU General Public License v3.0+ (see COPYING or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later
"""What a pipeline is told of a task."""

from __future__ import annotations

import typing as t

import pytest
from ansible.errors import AnsibleFilterError

from ansible_collections.m365.entra.plugins.filter.plan_summary import plan_summary

Json = dict[str, t.Any]
STEP: Json = {"name": "MFA", "operation": "create"}


@pytest.mark.parametrize(
    ("result", "status", "message"),
    [
        ({}, "nothing_to_do", None),
        ({"plan": [], "plan_status": "nothing_to_do"}, "nothing_to_do", None),
        ({"plan": [STEP]}, "changes_pending", None),
        ({"plan": [STEP], "plan_status": "changes_pending"}, "changes_pending", None),
        ({"plan": [STEP], "plan_status": "changed"}, "changed", None),
        ({"failed": True, "msg": "No.", "plan": [STEP], "plan_status": "blocked"}, "blocked", "No."),
        ({"failed": True, "msg": "No.", "plan": [STEP], "plan_status": "changed"}, "failed", "No."),
        ({"failed": True, "msg": "No."}, "failed", "No."),
        ({"failed": True}, "failed", "The task failed."),
    ],
)
def test_status(result: Json, status: str, message: str | None) -> None:
    found = plan_summary(result, tenant="acme")
    assert (found["tenant"], found["plan_status"], found["message"]) == ("acme", status, message)
    assert found["plan"] == result.get("plan", [])


def test_what_was_found_is_there_whether_the_task_failed_or_not() -> None:
    found: Json = {"sign_in_tests": {"passed": True}, "lint_findings": []}
    done = plan_summary({"tenant_configuration": {**found, "other": 1}, "warnings": ["Mind."]}, tenant="acme")
    failed = plan_summary({**found, "failed": True, "guards": [{"guard": "lint"}]}, tenant="acme")
    for summary in (done, failed):
        assert {name: summary[name] for name in found} == found
    assert (done["warnings"], failed["guards"]) == (["Mind."], [{"guard": "lint"}])
    assert "other" not in done
    assert plan_summary({}, tenant="acme")["sign_in_tests"] is None


def test_what_is_no_result_is_refused() -> None:
    with pytest.raises(AnsibleFilterError, match="a dictionary"):
        plan_summary(t.cast("t.Any", ["no result"]), tenant="acme")
