# Copyright: (c) 2026, m365.entra contributors
# GNU General Public License v3.0+ (see COPYING or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later
"""The action `simulator`: starts, asks and stops the tenant simulator, without a process for each question.

Operations: start (directory, python, tests), stop, create_tenant (tenant), dump_tenant (tenant_id),
take_journal, set_faults (rules), change_profile (settings). All but start use the variable `simulator`, which is the
connection that start answers with.
"""

from __future__ import annotations

import json
import os
import signal
import ssl
import subprocess
import time
import typing as t
import urllib.error
import urllib.request
from pathlib import Path

from ansible.errors import AnsibleActionFail
from ansible.plugins.action import ActionBase

Json = dict[str, t.Any]

START_SECONDS = 30.0
IDLE_SECONDS = 120
ANSWER_SECONDS = 30.0


class ActionModule(ActionBase):
    """Carries out one operation; the result has what it answers with."""

    _requires_connection = False

    def run(self, tmp: str | None = None, task_vars: Json | None = None) -> Json:
        """Return the result of the operation that the task names."""
        super().run(tmp, task_vars)
        arguments = dict(self._task.args)
        name = arguments.pop("operation", None)
        operations: dict[str, t.Callable[..., Json]] = {
            "start": start,
            "stop": stop,
            "create_tenant": create_tenant,
            "dump_tenant": dump_tenant,
            "take_journal": take_journal,
            "set_faults": set_faults,
            "change_profile": change_profile,
        }
        if name not in operations:
            raise AnsibleActionFail(f"operation must be one of {', '.join(operations)}")
        if name == "start":
            return start(**arguments)
        return operations[name]((task_vars or {})["simulator"], **arguments)


def start(directory: str, python: str, tests: str) -> Json:
    """Start a simulator with its files in *directory* and return its connection as soon as it answers."""
    folder = Path(directory)
    folder.mkdir(mode=0o700, parents=True)
    with (folder / "log").open("wb") as log:
        process = subprocess.Popen(
            [python, "-m", "simulator", "--port=0", f"--directory={folder}", f"--idle-timeout={IDLE_SECONDS}"],
            env={**os.environ, "PYTHONPATH": tests},
            stdin=subprocess.DEVNULL,
            stdout=log,
            stderr=subprocess.STDOUT,
            start_new_session=True,
        )
    connection = wait_for_connection(process, folder)
    journal = folder / "journal"
    journal.touch(mode=0o600)
    return {"changed": True, "connection": {**connection, "process": process.pid, "journal": str(journal)}}


def wait_for_connection(process: subprocess.Popen[bytes], folder: Path) -> Json:
    """Return what connection.json says as soon as it is there."""
    path = folder / "connection.json"
    give_up = time.monotonic() + START_SECONDS
    while not path.exists():
        if process.poll() is not None or time.monotonic() > give_up:
            said = (folder / "log").read_text(encoding="utf-8", errors="replace")
            raise AnsibleActionFail(f"the simulator did not start; it said: {said}")
        time.sleep(0.05)
    return t.cast(Json, json.loads(path.read_text(encoding="utf-8")))


def stop(simulator: Json) -> Json:
    """End the simulator's process; it may have ended by itself, having been idle."""
    try:
        os.kill(int(simulator["process"]), signal.SIGTERM)
    except ProcessLookupError:
        return {"changed": False}
    return {"changed": True}


def create_tenant(simulator: Json, tenant: Json) -> Json:
    """Make a tenant from its document; the result has its id and credentials."""
    return {"changed": True, **ask(simulator, "POST", "tenants", tenant)}


def dump_tenant(simulator: Json, tenant_id: str) -> Json:
    """Return the state of a tenant by Graph path."""
    return {"changed": False, "state": ask(simulator, "GET", f"tenants/{tenant_id}")["state"]}


def take_journal(simulator: Json) -> Json:
    """Return the requests since the journal was last taken; from then on only the target's own journal has them.

    `requests` has them whole; `graph`, `writes` and `tokens` are lines such as `GET /v1.0/organization`; `bodies` are
    what was written, in order.
    """
    requests = ask(simulator, "GET", "requests")["requests"]
    ask(simulator, "DELETE", "requests")
    keep(simulator, requests)
    graph = [entry for entry in requests if entry["service"] == "graph"]
    return {
        "changed": False,
        "requests": requests,
        "graph": [line_of(entry) for entry in graph],
        "writes": [line_of(entry) for entry in graph if entry["method"] != "GET"],
        "bodies": [entry["body"] for entry in graph if entry["method"] != "GET"],
        "tokens": [line_of(entry) for entry in requests if is_token_request(entry)],
    }


def keep(simulator: Json, requests: list[Json]) -> None:
    """Add requests to the journal of the whole target, one a line."""
    with Path(simulator["journal"]).open("a", encoding="utf-8") as journal:
        journal.writelines(f"{json.dumps(entry)}\n" for entry in requests)


def line_of(entry: Json) -> str:
    """Return a request in one line."""
    return f"{entry['method']} {entry['path']}"


def is_token_request(entry: Json) -> bool:
    """Return whether the request asked for a token and not for metadata."""
    return entry["service"] == "token" and str(entry["path"]).endswith("/token")


def set_faults(simulator: Json, rules: list[Json]) -> Json:
    """Put these fault rules in force in place of the old ones."""
    return {"changed": True, **ask(simulator, "PUT", "faults", {"rules": rules})}


def change_profile(simulator: Json, settings: Json) -> Json:
    """Change some settings of the service."""
    return {"changed": True, "profile": ask(simulator, "PUT", "profile", settings)}


def ask(simulator: Json, method: str, path: str, body: Json | None = None) -> Json:
    """Send a request to the control endpoints and return the JSON answer, empty where there is none."""
    request = urllib.request.Request(
        f"{simulator['url']}/_simulator/{path}",
        method=method,
        data=None if body is None else json.dumps(body).encode(),
        headers={"Content-Type": "application/json"},
    )
    trust = ssl.create_default_context(cafile=simulator["ca_path"])
    try:
        with urllib.request.urlopen(request, timeout=ANSWER_SECONDS, context=trust) as answer:
            content = answer.read()
    except urllib.error.HTTPError as error:
        raise AnsibleActionFail(f"{method} {path}: {error.code} {error.read().decode()}") from error
    return t.cast(Json, json.loads(content)) if content else {}
