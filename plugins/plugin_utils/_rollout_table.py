# Copyright: (c) 2026, m365.entra contributors
# GNU General Public License v3.0+ (see COPYING or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later

"""Staged policies as a short table: what each has come to, and what is missing for the rest."""

from __future__ import annotations

import typing as t

Policy: t.TypeAlias = t.Mapping[str, t.Any]

_TITLES = ("policy", "stage", "since", "next")
_STAGES = {"report_only": "report-only", "shadow": "enforced, change in report-only", "enforced": "enforced"}


def rollout_lines(policies: t.Sequence[Policy]) -> list[str]:
    """Return the titles and one aligned line a policy; nothing without policies.

    Raises KeyError for what is no result of a rollout.
    """
    if not policies:
        return []
    rows = [_TITLES, *((one["display_name"], _stage(one), one["since"] or "-", _next(one)) for one in policies)]
    widths = [max(len(row[column]) for row in rows) for column in range(3)]
    lines = ["  ".join((*(f"{row[column]:<{widths[column]}}" for column in range(3)), row[3])) for row in rows]
    return [lines[0], "-" * (sum(widths) + 10), *lines[1:]]


def _stage(policy: Policy) -> str:
    """Return where a policy is, and for which rings it is enforced while it is not for all."""
    rings = policy["enforced_rings"] if policy["stage"] == "shadow" else []
    stage = f"enforced for {', '.join(rings)}" if rings else _STAGES.get(policy["stage"], policy["stage"])
    return f"{stage}{', promoted by this run' if policy['promoted'] else ''}"


def _next(policy: Policy) -> str:
    """Return what is missing, or that nothing is."""
    if policy["promoted"]:
        return "-" if policy["stage"] == "enforced" else f"shown next: {_shown(policy)}"
    missing = "; ".join(policy["missing"])
    return missing or ("-" if policy["stage"] in ("enforced", "absent") else "promote")


def _shown(policy: Policy) -> str:
    return f"the ring {policy['ring']}" if policy["ring"] else "all of its users"
