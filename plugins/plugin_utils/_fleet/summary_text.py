# Copyright: (c) 2026, m365.entra contributors
# GNU General Public License v3.0+ (see COPYING or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later

"""A summary of a fleet for people: on a terminal and as Markdown. Private to this collection."""

from __future__ import annotations

import typing as t

from ansible_collections.m365.entra.plugins.plugin_utils._plan_markdown import cell, code, plain

from .summary import NOT_GOOD, STATUSES

Json: t.TypeAlias = t.Mapping[str, t.Any]

TITLES = ("tenant", "status", "tier", "holds", "lacks, or why not")
MOST_LACKING = 2


def summary_table(summary: Json) -> list[str]:
    """The summary as lines with aligned columns, those first that somebody has to look after."""
    rows = [TITLES, *(_cells(one) for one in _by_urgency(summary))]
    widths = [max(len(row[column]) for row in rows) for column in range(len(TITLES) - 1)]
    lines = [
        "  ".join([*(f"{cell:<{width}}" for cell, width in zip(row, widths, strict=False)), row[-1]]) for row in rows
    ]
    return [headline(summary), lines[0], "-" * (sum(widths) + 2 * len(widths) + 6), *lines[1:], *remarks(summary)]


def summary_markdown(summary: Json) -> str:
    """The summary as a document. Names of customers and messages mean nothing to who renders it."""
    rows = [
        f"| {code(name)} | {_emphasised(status)} | {tier} | {holds} | {cell(why) or '-'} |"
        for name, status, tier, holds, why in (_cells(one) for one in _by_urgency(summary))
    ]
    table = "\n".join([f"| {' | '.join(TITLES)} |", "|---|---|---|---|---|", *rows])
    notes = "\n".join(f"- {plain(one)}" for one in remarks(summary))
    parts = [f"## {headline(summary)}", f"{summary['generated_at']}", table, notes]
    return "\n\n".join(part for part in parts if part) + "\n"


def headline(summary: Json) -> str:
    """How many tenants there are of each status, and in how many everything holds."""
    counts = [f"{summary['counts'][status]} {status}" for status in STATUSES if summary["counts"][status]]
    total = len(summary["tenants"])
    return (
        f"{total} tenants: {', '.join(counts) or 'none'}; "
        f"everything that the baseline asks holds in {summary['holding_everything']}"
    )


def remarks(summary: Json) -> list[str]:
    """What a reader must know beside the table."""
    lines = [f"Exception: {one['tenant']}: {text}" for one in summary["tenants"] for text in one["active_exceptions"]]
    lines += [
        f"Exceptions that are over: {one['tenant']}: {one['expired_exceptions']}"
        for one in summary["tenants"]
        if one["expired_exceptions"]
    ]
    lines += [
        f"Run more than once: {', '.join(one['tenants'])} ({one['tenant_id'] or 'id unknown'}), the newest counts"
        for one in summary["duplicates"]
    ]
    lines += [
        f"One name for several tenants: {one['tenant']} ({', '.join(one['tenant_ids'])})"
        for one in summary["name_conflicts"]
    ]
    if summary["unexpected"]:
        lines.append(f"Not in the inventory, and not counted: {', '.join(summary['unexpected'])}")
    if summary["expected"] is None:
        lines.append("Without an inventory nobody can tell which tenants are missing.")
    return lines


def _by_urgency(summary: Json) -> list[Json]:
    return sorted(summary["tenants"], key=lambda one: (one["status"] not in NOT_GOOD, one["tenant"]))


def _cells(tenant: Json) -> tuple[str, str, str, str, str]:
    holds = f"{tenant['holding']} of {tenant['asked']}" if tenant["asked"] else "-"
    why = tenant["message"] or _shortened(tenant["lacking"])
    return (tenant["tenant"], tenant["status"], tenant["license_tier"] or "-", holds, " ".join(why.split()))


def _shortened(lacking: t.Sequence[str]) -> str:
    more = len(lacking) - MOST_LACKING
    return "; ".join(lacking[:MOST_LACKING]) + (f"; and {more} more" if more > 0 else "")


def _emphasised(status: str) -> str:
    return f"**{status}**" if status in NOT_GOOD else status
