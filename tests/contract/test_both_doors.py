# Copyright: (c) 2026, m365.entra contributors
# GNU General Public License v3.0+ (see COPYING or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later
"""A task comes to the same in the controller as in a process of its own: result, warnings, diff, and what is hidden."""

from __future__ import annotations

import json
import re
import sys
from pathlib import Path
from typing import Any

import pytest

from simulator.demo import demo_documents
from simulator.fixture import TestSimulator
from simulator.json_types import JsonObject

from .door_cases import TASKS, WRITING, task
from .playbooks import PlaybookRun, Playbooks

TENANT = "8b2e0e5d-3c54-4b38-9a5c-0d7f4c7a9f10"
VAULT_PASSWORD = "open sesame"
# What the service or the clock chooses anew each time.
CHOSEN = re.compile(r"[0-9a-f]{8}(?:-[0-9a-f]{4}){3}-[0-9a-f]{12}|\d{4}-\d\d-\d\dT?[\d:.]*Z?|\d{8}T\d{6}[\w.-]*")
IMPORTED_ONCE = frozenset(
    {"anyio", "azure", "httpcore", "httpx", "jsonschema", "kiota_http", "msal", "msgraph_core", "requests"}
)
MODULE_STARTED = re.compile(r"Using module file \S+/plugins/modules/")


@pytest.fixture
def playbooks(simulator: TestSimulator, tmp_path: Path) -> Playbooks:
    return Playbooks(tmp_path, simulator)


def vaulted(text: str) -> str:
    """Return a text as it stands in a file of variables, encrypted."""
    from ansible.parsing.vault import VaultLib, VaultSecret

    secret = VaultSecret(VAULT_PASSWORD.encode())
    return str(VaultLib().encrypt(text, secret).decode())


def play(folder: Path, tasks: list[JsonObject]) -> Path:
    """Write a playbook that runs the tasks and writes what they returned to results.json."""
    results = [f"result_{number}" for number in range(len(tasks))]
    collected = "{{ {" + ", ".join(f"'{name}': {name}" for name in results) + "} }}"
    defaults = {
        name: f"{{{{ entra_{name} }}}}"
        for name in ("tenant_id", "client_id", "client_secret", "authority_url", "graph_url", "ca_path")
    }
    document = [
        {
            "hosts": "all",
            "gather_facts": False,
            "module_defaults": {"group/m365.entra.all": defaults},
            "tasks": [
                *[{**one, "name": name, "register": name} for name, one in zip(results, tasks, strict=True)],
                {"ansible.builtin.copy": {"content": collected, "dest": str(folder / "results.json"), "mode": "0600"}},
            ],
        }
    ]
    path = folder / "both_doors.json"
    path.write_text(json.dumps(document), encoding="utf-8")
    return path


def through(playbooks: Playbooks, tasks: list[JsonObject], *, in_process: bool) -> tuple[list[Any], PlaybookRun]:
    """Run the tasks in a tenant that is the same each time; return the results and how the playbook ended."""
    (document,) = [one for one in demo_documents() if one["license"] == "p2"]
    tenant = playbooks.simulator.simulator.create_tenant({**document, "name": "fabrikam-doors", "tenant_id": TENANT})
    (playbooks.folder / "vault").write_text(VAULT_PASSWORD, encoding="utf-8")
    encrypted = vaulted(str(tenant["client_secret"]))
    try:
        run = playbooks.run(
            str(play(playbooks.folder, tasks)),
            tenant,
            arguments=("-vvv", "--vault-password-file", str(playbooks.folder / "vault")),
            entra_in_process=in_process,
            ansible_connection="local",
            ansible_python_interpreter=sys.executable,
            secret=tenant["client_secret"],
            vaulted_secret={"__ansible_vault": encrypted},
        )
    finally:
        playbooks.simulator.simulator.delete_tenant(TENANT)
    assert run.exit_code == 0, run.output
    # Outside, Ansible itself shows the environment of a task at this verbosity.
    assert not in_process or str(tenant["client_secret"]) not in run.output
    results = json.loads((playbooks.folder / "results.json").read_text(encoding="utf-8"))
    return [results[f"result_{number}"] for number in range(len(tasks))], run


def shown(run: PlaybookRun) -> list[str]:
    """What was displayed of the options that tasks ran with."""
    found = re.findall(r'"invocation": (\{.*?\n    \})', run.output, re.DOTALL)
    return [one for one in found if '"tenant_id"' in one]


def comparable(result: Any) -> Any:
    """A result without what the service or the clock chose."""
    return json.loads(CHOSEN.sub("chosen", json.dumps(result)))


def test_both_doors_return_the_same(playbooks: Playbooks) -> None:
    inside, inside_run = through(playbooks, TASKS, in_process=True)
    outside, outside_run = through(playbooks, TASKS, in_process=False)
    for number, one in enumerate(TASKS):
        assert comparable(inside[number]) == comparable(outside[number]), one
    assert comparable(shown(inside_run)) == comparable(shown(outside_run))
    # Each of them really took its door.
    assert not MODULE_STARTED.findall(inside_run.output)
    assert len(MODULE_STARTED.findall(outside_run.output)) >= len(TASKS)
    # And they show that something was compared: there were changes, failures, warnings and hidden values.
    assert any(one["changed"] for one in inside)
    assert len(shown(inside_run)) >= len(TASKS) / 2
    assert len([one for one in inside if one.get("failed")]) >= 5
    assert any(one.get("warnings") for one in inside)
    assert "VALUE_SPECIFIED_IN_NO_LOG_PARAMETER" in "".join(shown(inside_run))


def watch_imports(folder: Path, environment: pytest.MonkeyPatch) -> Path:
    """Have every process of Python write down what it imports; return the file, lines of process id and name."""
    log = folder / "imports.txt"
    hook = f"""
import os, sys
log = os.open({str(log)!r}, os.O_CREAT | os.O_APPEND | os.O_WRONLY)
def hook(event, arguments):
    if event == "import":
        os.write(log, f"{{os.getpid()}} {{arguments[0]}}\\n".encode())
sys.addaudithook(hook)
"""
    (folder / "sitecustomize.py").write_text(hook, encoding="utf-8")
    environment.setenv("PYTHONPATH", str(folder))
    return log


def test_main_process_imports_for_all_workers(playbooks: Playbooks, monkeypatch: pytest.MonkeyPatch) -> None:
    """Ansible does not promise it; without it every task would spend its time on imports."""
    log = watch_imports(playbooks.folder, monkeypatch)
    through(playbooks, [task("tenant_info"), *WRITING[-1:]], in_process=True)
    imports = [line.split(" ") for line in log.read_text(encoding="utf-8").splitlines()]
    (main_process,) = {process for process, name in imports if name == "azure.identity._constants"}
    elsewhere = {name for process, name in imports if process != main_process}
    assert {name for name in elsewhere if name.split(".")[0] in IMPORTED_ONCE} == set()
