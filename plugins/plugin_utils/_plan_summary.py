# Copyright: (c) 2026, m365.entra contributors
# GNU General Public License v3.0+ (see COPYING or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later
"""What a pipeline wants to know of a task, as JSON values. Private to this collection."""

from __future__ import annotations

import typing as t

Json: t.TypeAlias = t.Mapping[str, t.Any]

NOTHING_TO_DO = "nothing_to_do"
CHANGES_PENDING = "changes_pending"
CHANGED = "changed"
BLOCKED = "blocked"
FAILED = "failed"


def status_of(result: Json) -> str:
    """Return what became of the tenant in a word.

    A task that failed is blocked where a guard has stopped its plan before anything was written; else it has failed,
    whatever it had planned or done.
    """
    status = result.get("plan_status")
    if result.get("failed"):
        return BLOCKED if status == BLOCKED else FAILED
    return str(status or (CHANGES_PENDING if result.get("plan") else NOTHING_TO_DO))


def plan_summary(name: str, result: Json) -> dict[str, t.Any]:
    """Return the plan of one tenant, by *name*, with its status and all that was said about it.

    `sign_in_tests` and `lint_findings` are null where the task did not look at them.
    """
    found: Json = result.get("tenant_configuration") or {}
    return {
        "tenant": name,
        "plan_status": status_of(result),
        "message": str(result.get("msg") or "The task failed.") if result.get("failed") else None,
        "plan": list(result.get("plan") or []),
        "guards": list(result.get("guards") or []),
        "warnings": [str(warning) for warning in result.get("warnings") or []],
        **{part: found.get(part, result.get(part)) for part in ("sign_in_tests", "lint_findings")},
    }
