# Copyright: (c) 2026, m365.entra contributors
# GNU General Public License v3.0+ (see COPYING or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later
"""Several tenants of the simulator as an inventory, run at once or slice by slice."""

from __future__ import annotations

import json
import os
import subprocess
import sys
from collections.abc import Sequence
from dataclasses import dataclass, field
from pathlib import Path

from simulator.json_types import JsonObject

from .playbooks import PlaybookRun, Playbooks
from .product import CHECKOUT

PLAYBOOK = "m365.entra.remote_work_step1"
SUMMARY = "m365.entra.fleet_summary"
# What automation controller runs, as a project of its own.
PATTERN = CHECKOUT / "extensions" / "patterns" / "apply_signin_baseline" / "playbooks"


@dataclass
class Fleet:
    """Tenants by name, with the variables of each and of all; what is changed here counts from the next run on."""

    ansible: Playbooks
    hosts: dict[str, JsonObject]
    variables: JsonObject = field(default_factory=dict)

    def run(self, playbook: str, *arguments: str, extra: JsonObject | None = None) -> PlaybookRun:
        """Run a playbook for all tenants that the arguments do not leave out."""
        inventory = self.inventory("inventory.json", list(self.hosts))
        return self.ansible.command(
            "ansible-playbook",
            "--inventory",
            str(inventory),
            "--extra-vars",
            json.dumps(extra or {}),
            playbook,
            *arguments,
        )

    def inventory(self, name: str, hosts: Sequence[str]) -> Path:
        """Write an inventory of some of the tenants."""
        simulator = self.ansible.simulator
        addresses: JsonObject = {
            "entra_authority_url": simulator.url,
            "entra_graph_url": simulator.url,
            "entra_ca_path": str(simulator.ca_path),
            "signin_baseline_emergency_access_groups": ["Emergency access accounts"],
        }
        path = self.ansible.folder / name
        path.parent.mkdir(parents=True, exist_ok=True)
        members = {host: self.hosts[host] for host in hosts}
        path.write_text(json.dumps({"all": {"hosts": members, "vars": addresses | self.variables}}), encoding="utf-8")
        path.chmod(0o600)
        return path

    def start_slice(self, number: int, count: int) -> subprocess.Popen[str]:
        """Start ansible-runner for one slice, as automation controller cuts it: every *count*th host."""
        folder = self.ansible.folder / f"slice-{number}"
        names = sorted(self.hosts)[number - 1 :: count]
        self.inventory(f"slice-{number}/inventory/hosts.json", names)
        (folder / "project").symlink_to(PATTERN)
        (folder / "env").mkdir()
        (folder / "env" / "extravars").write_text(
            json.dumps({"signin_baseline_report_directory": str(folder / "reports")}), encoding="utf-8"
        )
        environment = self.ansible.environment()
        return subprocess.Popen(
            [
                sys.executable,
                "-m",
                "ansible_runner",
                "run",
                str(folder),
                "--playbook",
                "apply_signin_baseline.yml",
                "--ident",
                "run",
            ],
            cwd=folder,
            env={**environment, "PATH": f"{Path(sys.executable).parent}{os.pathsep}{environment['PATH']}"},
            stdout=subprocess.PIPE,
            stderr=subprocess.STDOUT,
            text=True,
        )


def credentials(tenant: JsonObject) -> JsonObject:
    """Return the variables of a tenant's host."""
    return {f"entra_{name}": tenant[name] for name in ("tenant_id", "client_id", "client_secret")}
