# Copyright: (c) 2026, m365.entra contributors
# GNU General Public License v3.0+ (see COPYING or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later
"""`make bench`: measures, and writes docs/benchmarks.md. With QUICK=1 it measures less and only prints."""

from __future__ import annotations

import os
import sys
import tempfile
from collections.abc import Sequence
from dataclasses import dataclass
from pathlib import Path

from bench.measuring import Command, Cost, measure, median
from bench.plays import APPLY, AUDIT, an_empty_task, by_hand, write
from bench.report import FIRST_APPLY, Row, document, table
from bench.tenants import JsonObject, Service, inventory
from tools.child_process import child_process
from tools.demonstration import simulator_command, simulator_environment, wait_for_connection
from tools.layout import BUILD, CHECKOUT

TARGET = CHECKOUT / "docs" / "benchmarks.md"
FORKS = 5


@dataclass(frozen=True)
class Plan:
    """How much is measured: numbers of tenants, delays of answers in milliseconds, and how often."""

    tenants: Sequence[int]
    delays: Sequence[int]
    repetitions: int
    # What takes a process a task is measured up to so many tenants: more would take hours and say the same.
    slow_tenants: int


QUICK = Plan(tenants=(1, 10), delays=(0,), repetitions=1, slow_tenants=10)
WHOLE = Plan(tenants=(1, 10, 100, 1000), delays=(0, 100), repetitions=5, slow_tenants=10)


class Bench:
    """The playbooks and the simulator that are measured, in a folder of their own."""

    def __init__(self, folder: Path, service: Service, plan: Plan) -> None:
        self.folder = folder
        self.service = service
        self.plan = plan
        self.rows: list[Row] = []
        link = folder / "ansible_collections" / "m365" / "entra"
        link.parent.mkdir(parents=True)
        link.symlink_to(CHECKOUT)
        (folder / "ansible.cfg").write_text(f"[defaults]\nforks = {FORKS}\n", encoding="utf-8")
        self.environment = {
            **{name: value for name, value in os.environ.items() if not name.startswith(("ANSIBLE_", "AZURE_"))},
            "ANSIBLE_CONFIG": str(folder / "ansible.cfg"),
            "ANSIBLE_COLLECTIONS_PATH": str(folder),
            "ANSIBLE_HOME": str(folder / "home"),
            "ANSIBLE_REMOTE_TEMP": str(folder / "home" / "tmp"),
            "ANSIBLE_LOCAL_TEMP": str(folder / "home" / "tmp"),
            "ANSIBLE_NOCOLOR": "1",
            "ENTRA_SNAPSHOT_DIRECTORY": str(folder / "snapshots"),
            "PYTHONPATH": str(CHECKOUT / "tests"),
        }

    def playbook(self, playbook: str, hosts: Path, *arguments: str) -> Command:
        """Return the command that runs a playbook for an inventory."""
        program = str(Path(sys.executable).parent / "ansible-playbook")
        return Command([program, "--inventory", str(hosts), *arguments, playbook], self.folder, self.environment)

    def run(self) -> None:
        """Measure the first apply, then audits of tenants that are in order."""
        first = self.first_apply()
        state = self.service.state(first)
        # One tenant is audited many times in a minute here, and never out there.
        self.service.set_profile(conditional_access_requests_per_second=0, reports_requests_per_window=0)
        policies = len(state["/identity/conditionalAccess/policies"])
        tenants = [self.service.new_tenant(f"bench-{number}", state) for number in range(max(self.plan.tenants))]
        for count in self.plan.tenants:
            for delay in self.plan.delays:
                self.service.slow_down(delay)
                self.audits(tenants[:count], delay, policies)

    def first_apply(self) -> JsonObject:
        """Measure how long it takes to bring a new tenant to the baseline at the service's own rate; return it."""
        self.service.set_profile(consistency_delay_seconds=0, conditional_access_requests_per_second=1)
        costs, limited, tenant = [], 0, {}
        for number in range(self.plan.repetitions):
            tenant = self.service.new_tenant(f"bench-first-{number}")
            self.service.requests()
            hosts = inventory([tenant], self.service, self.folder, {})
            costs.append(measure(self.playbook(APPLY, hosts)))
            journal = [one for one in self.service.requests() if one["status"] != 429]
            limited = sum("/identity/conditionalAccess/" in one["path"] for one in journal)
        by = f"m365.entra, {limited} limited requests"
        self.rows.append(Row(FIRST_APPLY, 1, 0, by, median(costs), limited, len(costs)))
        return tenant

    def audits(self, tenants: list[JsonObject], delay: int, policies: int) -> None:
        """Measure an audit of tenants by each way."""
        hosts = inventory(tenants, self.service, self.folder, {})
        empty = write(self.folder, "empty", an_empty_task())
        ways = {
            "m365.entra": self.playbook(AUDIT, hosts),
            "an empty task for each": self.playbook(str(empty), hosts),
            "floor: one process": Command(
                [sys.executable, "-m", "bench.floor", str(hosts)], self.folder, self.environment
            ),
        }
        if len(tenants) <= self.plan.slow_tenants:
            hand = write(self.folder, "by_hand", by_hand(policies))
            main = self.playbook(APPLY, hosts, "--check")
            modules = self.playbook(APPLY, hosts, "--check", "-e", "entra_in_process=false")
            ways["uri tasks by hand"] = self.playbook(str(hand), hosts)
            ways["m365.entra, main playbook with --check"] = main
            ways["m365.entra, main playbook with --check, module door"] = modules
        self.compare(ways, tenants, delay)

    def compare(self, ways: dict[str, Command], tenants: list[JsonObject], delay: int) -> None:
        """Measure each way as often as planned."""
        for name, command in ways.items():
            self.service.requests()
            runs = self.plan.repetitions
            costs: list[Cost] = [measure(command) for _unused in range(runs)]
            sent = len(self.service.requests()) / runs / len(tenants)
            self.rows.append(Row("audit", len(tenants), delay, name, median(costs), sent, runs))
            print(table(self.rows[-1:]).splitlines()[-1], flush=True)


def numbers(name: str, default: Sequence[int]) -> tuple[int, ...]:
    """Return the numbers in a variable of the environment."""
    return tuple(int(number) for number in os.environ.get(name, "").split()) or tuple(default)


def plan_of(base: Plan) -> Plan:
    """Return a plan with what TENANTS, DELAYS and REPETITIONS say instead."""
    (repetitions,) = numbers("REPETITIONS", [base.repetitions])
    return Plan(numbers("TENANTS", base.tenants), numbers("DELAYS", base.delays), repetitions, base.slow_tenants)


def main() -> int:
    """Measure and report."""
    is_quick = os.environ.get("QUICK", "") not in ("", "0")
    plan = plan_of(QUICK if is_quick else WHOLE)
    BUILD.mkdir(exist_ok=True)
    with tempfile.TemporaryDirectory(prefix="bench-", dir=BUILD) as name:
        folder = Path(name)
        command, log = simulator_command(folder), folder / "log"
        with child_process(command, CHECKOUT, simulator_environment(), log) as simulator:
            connection = wait_for_connection(simulator, folder)
            bench = Bench(folder, Service(connection["url"], connection["ca_path"]), plan)
            bench.run()
    print(f"\n{table(bench.rows)}")
    if not is_quick:
        TARGET.write_text(document(bench.rows, FORKS), encoding="utf-8")
        print(f"Wrote {TARGET.relative_to(CHECKOUT)}")
    return 0


if __name__ == "__main__":
    sys.exit(main())
