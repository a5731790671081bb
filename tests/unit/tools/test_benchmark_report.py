# Copyright: (c) 2026, m365.entra contributors
# GNU General Public License v3.0+ (see COPYING or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later
"""What the page of benchmarks says of the aims, which nobody types by hand."""

from __future__ import annotations

from bench.measuring import Cost
from bench.report import Row, aims


def row(by: str, wall: float, cpu: float, tenants: int = 1000, delay: int = 0) -> Row:
    return Row("audit", tenants, delay, by, Cost(wall, cpu, 100), 8, 1)


def test_aims_are_told_as_measured() -> None:
    rows = [
        Row("first apply", 1, 0, "m365.entra", Cost(30, 4, 100), 25, 1),
        row("m365.entra", 150, 240),
        row("m365.entra", 300, 240, delay=100),
        row("an empty task for each", 30, 60),
        row("floor: one process", 20, 40),
        row("m365.entra", 2, 3, tenants=1),
        row("uri tasks by hand", 4, 4, tenants=1),
    ]
    assert aims(rows).splitlines() == [
        "- 1000 tenants: 150 seconds, 100 MB, 4.00 times the CPU time of an empty task for each.",
        "- 1 tenant: 2 seconds, 100 MB, 0.75 times the CPU time of uri tasks by hand.",
        "- first apply: 30 seconds for 25 requests at one a second, 1.20 times what they take.",
    ]


def test_nothing_measured_says_nothing() -> None:
    assert aims([]) == "- nothing."
