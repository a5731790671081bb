# Copyright: (c) 2026, m365.entra contributors
# GNU General Public License v3.0+ (see COPYING or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later

"""Reports of many tenants, from one controller or several, as one summary. Private to this collection."""

from __future__ import annotations

import typing as t
from collections import defaultdict
from dataclasses import dataclass, replace
from datetime import datetime, timedelta

from .report import FAILED, FORMAT, UNREADABLE, Digest

STALE, MISSING = "stale", "missing"
# Tenants of which nobody can say that they are as wanted.
NOT_GOOD = (FAILED, MISSING, STALE, UNREADABLE)
STATUSES = ("ok", "changed", "pending", *NOT_GOOD)


@dataclass(frozen=True)
class Expectation:
    """What is expected of reports: of these *tenants*, or of whoever has one, and since which moment."""

    tenants: tuple[str, ...] | None = None
    since: datetime | None = None


@dataclass(frozen=True)
class Merged:
    """One tenant with the newest that is known of it, and all files that speak of it."""

    newest: Digest
    files: tuple[Digest, ...]

    @property
    def is_duplicate(self) -> bool:
        """Whether more than one run was about the tenant; a report and a failure side by side are of one."""
        return len({(one.tenant, one.path.rpartition("/")[0]) for one in self.files}) > 1


def fleet_summary(digests: t.Sequence[Digest], expectation: Expectation, now: datetime) -> dict[str, t.Any]:
    """The summary as JSON values.

    A tenant that two slices have both run counts once, with its newest report, and is named among ``duplicates``; so is
    one that is run as two hosts. Hosts of one name that are different tenants are named among ``name_conflicts``.
    """
    merged = _merged(digests)
    expected = expectation.tenants
    known = [one for one in merged if expected is None or one.newest.tenant in expected]
    rows = [_aged(one.newest, expectation.since) for one in known]
    missing = sorted(set(expected or ()) - {row.tenant for row in rows})
    rows += [Digest(name, "", "", MISSING, "", message="There is no report.") for name in missing]
    rows.sort(key=lambda row: (row.tenant, row.tenant_id))
    return {
        "generated_at": now.strftime(FORMAT),
        "expected": None if expected is None else len(expected),
        "counts": {status: sum(row.status == status for row in rows) for status in STATUSES},
        "holding_everything": sum(bool(row.asked) and row.holding == row.asked for row in rows),
        "tenants": [row.to_result() for row in rows],
        "failed_hosts": sorted({row.tenant for row in rows if row.status in NOT_GOOD}),
        "duplicates": [_duplicate(one) for one in merged if one.is_duplicate],
        "name_conflicts": _conflicts(rows),
        "unexpected": sorted({one.newest.tenant for one in merged} - {row.tenant for row in rows}),
    }


def expectation(tenants: t.Sequence[str] | None, maximum_age_hours: float, now: datetime) -> Expectation:
    """What a playbook expects; an age of 0 hours does not matter."""
    since = now - timedelta(hours=maximum_age_hours) if maximum_age_hours > 0 else None
    return Expectation(None if tenants is None else tuple(sorted(set(tenants))), since)


def _merged(digests: t.Sequence[Digest]) -> list[Merged]:
    """One for each tenant. Who failed before anything was read may not know the tenant's id, but its name."""
    ids = defaultdict(set)
    for digest in digests:
        if digest.tenant_id:
            ids[digest.tenant].add(digest.tenant_id)
    files: dict[str, list[Digest]] = defaultdict(list)
    for digest in digests:
        known = [digest.tenant_id] if digest.tenant_id else list(ids[digest.tenant])
        files[known[0] if len(known) == 1 else f"named {digest.tenant}"].append(digest)
    return [Merged(_newest(group), tuple(group)) for group in files.values()]


def _newest(group: t.Sequence[Digest]) -> Digest:
    newest = max(group, key=lambda one: (one.status == UNREADABLE, one.generated_at, one.status == FAILED))
    reports = [one for one in group if one.asked and one.tenant == newest.tenant]
    if newest.status != FAILED or not reports:
        return newest
    # What the tenant had when it was last read still helps whoever looks into the failure.
    return max(reports, key=lambda one: one.generated_at).failing_as(newest)


def _aged(digest: Digest, since: datetime | None) -> Digest:
    if since is None or digest.status == UNREADABLE or digest.generated_at >= since.strftime(FORMAT):
        return digest
    return replace(digest, status=STALE, message=f"The report is of {digest.generated_at}: {digest.status} then.")


def _duplicate(merged: Merged) -> dict[str, t.Any]:
    return {
        "tenant_id": merged.newest.tenant_id,
        "tenants": sorted({one.tenant for one in merged.files}),
        "paths": sorted(one.path for one in merged.files),
    }


def _conflicts(rows: t.Sequence[Digest]) -> list[dict[str, t.Any]]:
    ids = defaultdict(list)
    for row in rows:
        ids[row.tenant].append(row.tenant_id)
    return [{"tenant": name, "tenant_ids": sorted(found)} for name, found in ids.items() if len(found) > 1]
