# Copyright: (c) 2026, m365.entra contributors
# GNU General Public License v3.0+ (see COPYING or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later
"""Three simulated tenants brought to Step 1 by the main playbook, twice: the second run has nothing left to do."""

from __future__ import annotations

import json
import os
import re
import subprocess
import sys
import tempfile
import time
from collections.abc import Mapping
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import yaml

from tools.ansible_home import prepare_home
from tools.child_process import child_process, interrupt_on_termination
from tools.environment import variables
from tools.layout import BUILD, CHECKOUT
from tools.mirror import synchronise

PLAYBOOK = "m365.entra.remote_work_step1"
RESULTS = CHECKOUT / "results" / "demo"
START_SECONDS = 30.0
RECAP_LINE = re.compile(r"^(?P<tenant>\S+)\s+: (?P<counts>(?:\w+=\d+\s*)+)$")
INTERRUPTED = 130


class DemonstrationError(Exception):
    """The demonstration did not show what it promises; the text says what happened instead."""


@dataclass(frozen=True)
class Run:
    """One run of the playbook: Ansible's recap lines, and what they count by tenant."""

    recap: list[str]
    counts: dict[str, dict[str, int]]

    def changed_tenants(self) -> list[str]:
        """Return the tenants in which something was changed."""
        return [tenant for tenant, counts in self.counts.items() if counts["changed"]]

    def failed_tenants(self) -> list[str]:
        """Return the tenants that the playbook did not get through."""
        return [tenant for tenant, counts in self.counts.items() if counts["failed"] or counts["unreachable"]]


def demonstrate() -> int:
    """Run the demonstration, stop whatever was started, and return the exit code."""
    interrupt_on_termination()
    try:
        show()
    except DemonstrationError as error:
        print(f"\nThe demonstration failed: {error}", file=sys.stderr)
        return 1
    except KeyboardInterrupt:
        print("\nInterrupted; everything that was started has been stopped.", file=sys.stderr)
        return INTERRUPTED
    return 0


def show() -> None:
    """Start the simulator, run the playbook twice against its tenants, and print what holds; raise when it does not."""
    synchronise()
    RESULTS.mkdir(parents=True, exist_ok=True)
    with tempfile.TemporaryDirectory(prefix="demo-", dir=BUILD) as name:
        directory = Path(name)
        with child_process(
            simulator_command(directory), CHECKOUT, simulator_environment(), directory / "log"
        ) as simulator:
            connection = wait_for_connection(simulator, directory)
            print(f"Tenant simulator: {connection['url']}, {len(connection['tenants'])} tenants")
            write_private(directory / "inventory.yml", yaml.safe_dump(inventory(connection)))
            environment = ansible_environment(directory)
            tenants = [tenant["name"] for tenant in connection["tenants"]]
            first = run_playbook(directory, environment, "First run: brings the tenants to the baseline", tenants)
            if set(first.changed_tenants()) != set(tenants):
                raise DemonstrationError("the first run should have changed every tenant.")
            second = run_playbook(directory, environment, "Second run: has nothing left to do", tenants)
            if second.changed_tenants():
                raise DemonstrationError(f"the second run changed {', '.join(second.changed_tenants())} again.")
    print_results(tenants)


def ansible_environment(directory: Path) -> dict[str, str]:
    """Return the environment in which Ansible finds the collection and none of the user's own settings."""
    settings = directory / "ansible.cfg"
    settings.write_text("[defaults]\n", encoding="utf-8")
    # What tasks are given goes away with the demonstration's own folder, however it ends.
    own = str(settings.parent / "ansible")
    return {
        **variables(prepare_home(), Path(sys.executable).parent),
        "ANSIBLE_CONFIG": str(settings),
        "ANSIBLE_REMOTE_TEMP": own,
        "ANSIBLE_LOCAL_TEMP": own,
        "ENTRA_SNAPSHOT_DIRECTORY": str(directory / "snapshots"),
    }


def simulator_command(directory: Path) -> list[str]:
    """Return the command line that serves the simulator on a free port, with its files in `directory`."""
    return [sys.executable, "-m", "simulator", "--port", "0", "--directory", str(directory / "simulator")]


def simulator_environment() -> dict[str, str]:
    """Return the environment in which Python finds the simulator."""
    return {**os.environ, "PYTHONPATH": str(CHECKOUT / "tests")}


def wait_for_connection(simulator: subprocess.Popen[bytes], directory: Path) -> dict[str, Any]:
    """Return what connection.json says, as soon as the simulator accepts connections."""
    path = directory / "simulator" / "connection.json"
    give_up = time.monotonic() + START_SECONDS
    while not path.exists():
        if simulator.poll() is not None or time.monotonic() > give_up:
            said = (directory / "log").read_text(encoding="utf-8", errors="replace")
            raise DemonstrationError(f"the simulator did not start. It said:\n{said}")
        time.sleep(0.05)
    connection: dict[str, Any] = json.loads(path.read_text(encoding="utf-8"))
    return connection


def inventory(connection: Mapping[str, Any]) -> dict[str, Any]:
    """Return an inventory with a host for each tenant, as a user would write it."""
    hosts = {
        tenant["name"]: {
            "entra_tenant_id": tenant["tenant_id"],
            "entra_client_id": tenant["client_id"],
            "entra_client_secret": tenant["client_secret"],
        }
        for tenant in connection["tenants"]
    }
    shared = {
        "entra_authority_url": connection["url"],
        "entra_graph_url": connection["url"],
        "entra_ca_path": connection["ca_path"],
        "signin_baseline_enforce": True,
        "signin_baseline_emergency_access_groups": ["Emergency access accounts"],
        "signin_baseline_report_directory": str(RESULTS),
    }
    return {"all": {"hosts": hosts, "vars": shared}}


def write_private(path: Path, text: str) -> None:
    """Write a file that holds secrets, readable by its owner only from its first byte on."""
    with os.fdopen(os.open(path, os.O_WRONLY | os.O_CREAT | os.O_TRUNC, 0o600), "w", encoding="utf-8") as handle:
        handle.write(text)


def run_playbook(directory: Path, environment: Mapping[str, str], title: str, tenants: list[str]) -> Run:
    """Run the playbook, print Ansible's recap under the title, and return it; raise when a tenant failed."""
    print(f"\n{title} ...", flush=True)
    log = directory / "ansible.log"
    command = ["ansible-playbook", "--inventory", str(directory / "inventory.yml"), PLAYBOOK]
    begin = time.monotonic()
    with child_process(command, directory, environment, log) as process:
        exit_code = process.wait()
    output = log.read_text(encoding="utf-8", errors="replace")
    run = read_recap(output)
    print("\n".join(run.recap))
    print(f"({time.monotonic() - begin:.1f} s)", flush=True)
    if exit_code or run.failed_tenants() or set(run.counts) != set(tenants):
        raise DemonstrationError(f"the playbook ended with {exit_code}. It said:\n{output}")
    return run


def read_recap(output: str) -> Run:
    """Return the recap at the end of what ansible-playbook said."""
    matches = [match for line in output.splitlines() if (match := RECAP_LINE.match(line.strip()))]
    counts = {
        match["tenant"]: {name: int(number) for name, number in (pair.split("=") for pair in match["counts"].split())}
        for match in matches
    }
    return Run([match.group(0).rstrip() for match in matches], counts)


def print_results(tenants: list[str]) -> None:
    """Print the table of each tenant and where its full result lies."""
    sys.path.append(str(BUILD))
    from ansible_collections.m365.entra.plugins.filter.signin_baseline_table import table_lines

    for tenant in tenants:
        path = RESULTS / f"{tenant}.json"
        print()
        print("\n".join(table_lines(json.loads(path.read_text(encoding="utf-8")))))
        print(f"Full result: {path}")
