# Copyright: (c) 2026, m365.entra contributors
# GNU General Public License v3.0+ (see COPYING or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later
"""The collection's playbooks, run by Ansible against tenants of the simulator."""

from __future__ import annotations

import json
import os
import subprocess
import sys
from collections.abc import Sequence
from dataclasses import dataclass
from pathlib import Path

from simulator.fixture import TestSimulator
from simulator.json_types import JsonObject, JsonValue

from .product import CHECKOUT

REPORTS = "reports"
# Only what hangs takes so long, also on a machine with other work to do.
HANGS_AFTER_SECONDS = 600


@dataclass(frozen=True)
class PlaybookRun:
    """How a playbook ended, and what it said."""

    exit_code: int
    output: str


@dataclass(frozen=True)
class Playbooks:
    """Ansible in a folder of its own, where it finds this checkout under the collection's name."""

    folder: Path
    simulator: TestSimulator

    def run(
        self, playbook: str, tenant: JsonObject, *, arguments: Sequence[str] = (), **variables: JsonValue
    ) -> PlaybookRun:
        """Run a playbook for one tenant, with an empty journal and further arguments of ansible-playbook."""
        self.simulator.clear_requests()
        inventory = self.folder / "inventory.json"
        inventory.write_text(json.dumps(self.inventory(tenant, variables)), encoding="utf-8")
        inventory.chmod(0o600)
        return self.command("ansible-playbook", "--inventory", str(inventory), *arguments, playbook)

    def command(self, program: str, *arguments: str, **environment: str) -> PlaybookRun:
        """Run one of Ansible's programs in the folder."""
        process = subprocess.run(
            [str(Path(sys.executable).parent / program), *arguments],
            cwd=self.folder,
            env={**self.environment(), **environment},
            stdout=subprocess.PIPE,
            stderr=subprocess.STDOUT,
            text=True,
            timeout=HANGS_AFTER_SECONDS,
            check=False,
        )
        return PlaybookRun(process.returncode, process.stdout)

    def report_path(self, tenant: JsonObject) -> Path:
        """Return where the roles write the report of a tenant."""
        return self.folder / REPORTS / f"{tenant['name']}.json"

    def inventory(self, tenant: JsonObject, variables: JsonObject) -> JsonObject:
        """Return an inventory of one tenant with variables of all hosts."""
        credentials: JsonObject = {
            f"entra_{name}": tenant[name] for name in ("tenant_id", "client_id", "client_secret")
        }
        addresses: JsonObject = {
            "entra_authority_url": self.simulator.url,
            "entra_graph_url": self.simulator.url,
            "entra_ca_path": str(self.simulator.ca_path),
            "signin_baseline_report_directory": str(self.folder / REPORTS),
        }
        return {"all": {"hosts": {str(tenant["name"]): credentials}, "vars": {**addresses, **variables}}}

    def environment(self) -> dict[str, str]:
        """None of the user's own settings, and all of Ansible's files in the folder."""
        link = self.folder / "ansible_collections" / "m365" / "entra"
        if not link.exists():
            link.parent.mkdir(parents=True)
            link.symlink_to(CHECKOUT)
        settings = self.folder / "ansible.cfg"
        settings.write_text("[defaults]\n", encoding="utf-8")
        kept = {name: value for name, value in os.environ.items() if not name.startswith(("ANSIBLE_", "AZURE_"))}
        return {
            **kept,
            "ANSIBLE_CONFIG": str(settings),
            "ANSIBLE_COLLECTIONS_PATH": str(self.folder),
            "ANSIBLE_HOME": str(self.folder / "home"),
            "ANSIBLE_LOCAL_TEMP": str(self.folder / "home" / "tmp"),
            "ANSIBLE_REMOTE_TEMP": str(self.folder / "home" / "tmp"),
            "ANSIBLE_NOCOLOR": "1",
        }
