# Copyright: (c) 2026, m365.entra contributors
# GNU General Public License v3.0+ (see COPYING or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later
"""The figures as Markdown, with what they were measured on."""

from __future__ import annotations

import os
import platform
from collections.abc import Sequence
from dataclasses import dataclass
from importlib.metadata import version
from pathlib import Path

from bench.measuring import Cost

DISTRIBUTIONS = ("ansible-core", "azure-identity", "msgraph-sdk", "httpx")
HEAD = "| What | Tenants | Delay ms | By | Wall s | CPU s | CPU ms a tenant | Memory MB | Requests a tenant |"


@dataclass(frozen=True)
class Row:
    """One measurement; *requests* are those that a tenant got, those for tokens included."""

    what: str
    tenants: int
    delay: int
    by: str
    cost: Cost
    requests: float


def table(rows: Sequence[Row]) -> str:
    """Return the rows as a table."""
    lines = [HEAD, "|---|--:|--:|---|--:|--:|--:|--:|--:|"]
    for row in rows:
        cost = row.cost
        each = 1000 * cost.cpu_seconds / row.tenants
        lines.append(
            f"| {row.what} | {row.tenants} | {row.delay} | {row.by} | {cost.wall_seconds:.1f} | {cost.cpu_seconds:.1f} "
            f"| {each:.0f} | {cost.megabytes:.0f} | {row.requests:.1f} |"
        )
    return "\n".join(lines)


def machine() -> str:
    """Return what the figures depend on, without the name of the machine."""
    gigabytes = os.sysconf("SC_PAGE_SIZE") * os.sysconf("SC_PHYS_PAGES") / 2**30
    versions = ", ".join(f"{name} {version(name)}" for name in DISTRIBUTIONS)
    return (
        f"{os.cpu_count()} cores ({processor()}), {gigabytes:.0f} GB of memory, {platform.system()}, "
        f"Python {platform.python_version()}, {versions}"
    )


def processor() -> str:
    """Return the processor's name."""
    lines = Path("/proc/cpuinfo").read_text(encoding="utf-8").splitlines()
    return next((line.partition(":")[2].strip() for line in lines if line.startswith("model name")), "unknown")


def document(rows: Sequence[Row], repetitions: int, forks: int) -> str:
    """Return the whole page."""
    return f"""# Benchmarks

Written by `make bench`; each figure is the median of {repetitions} run(s) with {forks} forks on {machine()}.

The simulator ran on the same machine: it is in the wall time, and neither in the CPU time nor in the memory. CPU time
is that of all processes of a run. Memory is what they have together at its peak, with what they share counted once.

- *audit*: the playbook `m365.entra.remote_work_step1` in check mode, for tenants that are at the baseline of Entra ID
  P2. Beside it stand as many tasks that do nothing; tasks of `ansible.builtin.uri` that fetch a token, read the same
  objects and compare the policies' states, as people write them by hand; and one process that sends those requests and
  compares nothing.
- *first apply*: the same playbook for a new tenant, at the service's rate of one request a second. The last column
  counts the requests that this rate limits.

The Graph modules of azure.azcollection are left out: they accept no other address than Microsoft's own, so that they
cannot be measured against the simulator without redirecting host names, and the collection needs an older msgraph-sdk
than this one.

The aims - 1,000 tenants in two minutes on two cores, at most three times the CPU time of empty tasks - are measured by
the row of 1,000 tenants of a whole run. A page with fewer rows was made with TENANTS, DELAYS or REPETITIONS, and says
nothing about that. Wall times are those of a machine that may have had other work to do.

{table(rows)}
"""
