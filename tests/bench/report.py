# Copyright: (c) 2026, m365.entra contributors
# GNU General Public License v3.0+ (see COPYING or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later
"""The figures as Markdown, with what they were measured on."""

from __future__ import annotations

import os
import platform
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from importlib.metadata import version
from pathlib import Path

from bench.measuring import Cost

AUDITED = "m365.entra"
FIRST_APPLY = "first apply"
COMPARED = ("empty task for each", "by hand")
DISTRIBUTIONS = ("ansible-core", "azure-identity", "msgraph-sdk", "httpx")
HEAD = "| What | Tenants | Delay ms | By | Wall s | CPU s | CPU ms a tenant | Memory MB | Requests a tenant | Runs |"


@dataclass(frozen=True)
class Row:
    """One measurement; *requests* are those that a tenant got, those for tokens included; it is a median of *runs*."""

    what: str
    tenants: int
    delay: int
    by: str
    cost: Cost
    requests: float
    runs: int


def table(rows: Sequence[Row]) -> str:
    """Return the rows as a table."""
    lines = [HEAD, "|---|--:|--:|---|--:|--:|--:|--:|--:|--:|"]
    for row in rows:
        cost = row.cost
        each = 1000 * cost.cpu_seconds / row.tenants
        lines.append(
            f"| {row.what} | {row.tenants} | {row.delay} | {row.by} | {cost.wall_seconds:.1f} | {cost.cpu_seconds:.1f} "
            f"| {each:.0f} | {cost.megabytes:.0f} | {row.requests:.1f} | {row.runs} |"
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


def aims(rows: Sequence[Row]) -> str:
    """Return what the rows say of the aims, for each number of tenants of which there is an audit without delay."""
    audits = {(row.tenants, row.by): row.cost for row in rows if row.what == "audit" and row.delay == 0}
    lines = [
        f"- {tenants} tenant{'' if tenants == 1 else 's'}: {cost.wall_seconds:.0f} seconds, {cost.megabytes:.0f} MB"
        f"{_beside(cost, _others(audits, tenants))}."
        for (tenants, by), cost in audits.items()
        if by == AUDITED
    ]
    lines += [
        f"- first apply: {row.cost.wall_seconds:.0f} seconds for {row.requests:.0f} requests at one a second, "
        f"{row.cost.wall_seconds / row.requests:.2f} times what they take."
        for row in rows
        if row.what == FIRST_APPLY
    ]
    return "\n".join(lines) or "- nothing."


def _others(audits: Mapping[tuple[int, str], Cost], tenants: int) -> dict[str, Cost]:
    return {by: cost for (count, by), cost in audits.items() if count == tenants and by.endswith(COMPARED)}


def _beside(cost: Cost, others: Mapping[str, Cost]) -> str:
    parts = [f"{cost.cpu_seconds / other.cpu_seconds:.2f} times the CPU time of {by}" for by, other in others.items()]
    return "".join(f", {part}" for part in parts)


def document(rows: Sequence[Row], forks: int) -> str:
    """Return the whole page."""
    return f"""# Benchmarks

Written by `make bench`; each figure is the median of as many runs as its row says, with {forks} forks on
{machine()}.

The simulator ran on the same machine: it is in the wall time, and neither in the CPU time nor in the memory. CPU time
is that of all processes of a run. Memory is what they have together at its peak, with what they share counted once; it
is looked at twice a second, and 0 for a run that was over before.

- *audit*: the playbook `m365.entra.audit` for tenants that are at the baseline of Entra ID P2. Beside it stand a task
  for each tenant that does nothing, which is the least that a task for each tenant costs; one process that sends those
  requests and compares nothing; tasks of `ansible.builtin.uri` that fetch a token, read the same objects and compare
  the policies' states, as people write them by hand; and the playbook `m365.entra.remote_work_step1` in check mode,
  with tasks in Ansible's own processes and with modules in processes of their own.
- *first apply*: the playbook `m365.entra.remote_work_step1` for a new tenant, at the service's rate of one request a
  second. The column of requests counts those that this rate limits. Audits are measured without the service's rates,
  because here one tenant is audited many times in a minute.

The Graph modules of azure.azcollection are left out: they accept no other address than Microsoft's own, so that they
cannot be measured against the simulator without redirecting host names, and the collection needs an older msgraph-sdk
than this one.

The aims are 1,000 tenants in two minutes on two cores, at most three times the CPU time of a task for each tenant that
does nothing, a tenth of the CPU time of tasks written by hand, less than 2 GB of memory, and a first apply within 1.1
times the service's rate. What is measured of them:

{aims(rows)}

Wall times are those of a machine that may have had other work to do. What takes a process a task is measured for few
tenants, because more takes hours.

{table(rows)}
"""
