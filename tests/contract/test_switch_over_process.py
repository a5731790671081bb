# Copyright: (c) 2026, m365.entra contributors
# GNU General Public License v3.0+ (see COPYING or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later
"""A switch-over in a process of its own that is really killed or interrupted, with a request on its way."""

from __future__ import annotations

import json
import os
import signal
import subprocess
import sys
import time
from collections.abc import Callable
from contextlib import suppress
from pathlib import Path

import pytest

from simulator.fixture import TestSimulator
from simulator.json_types import JsonObject

from .conftest import MakeClient
from .graph_client import POLICIES, SECURITY_DEFAULTS, GraphClient
from .switch_overs import (
    MODULE,
    NAMES,
    held,
    is_protected,
    policies,
    state,
    states,
    templates_in_place,
    wanted,
    writes,
)
from .whole_product import WholeProduct

# The request arrives, the process is killed, and only then is it carried out: killed with the answer still to come.
DELAY_SECONDS = 0.8
PATIENCE_SECONDS = 30.0
PLUGIN = "ansible_collections.m365.entra.plugins.modules.tenant_configuration"
STAGED: JsonObject = {"method": "POST", "path": f"{POLICIES}$", "skip": 1}
SWITCHED: JsonObject = {"method": "PATCH", "path": f"{SECURITY_DEFAULTS}$"}
CHANGED: JsonObject = {"method": "PATCH", "path": f"{POLICIES}/"}


@pytest.fixture
def product(simulator: TestSimulator, tmp_path: Path) -> WholeProduct:
    return WholeProduct(tmp_path, simulator)


def options_of(product: WholeProduct, client: GraphClient, options: JsonObject) -> JsonObject:
    """Return the options with those of the connection."""
    return {
        **{name: client.entry[name] for name in ("tenant_id", "client_id", "client_secret")},
        "auth_method": "client_secret",
        "authority_url": product.simulator.url,
        "graph_url": product.simulator.url,
        "ca_path": str(product.simulator.ca_path),
        **options,
    }


def as_module(folder: Path, options: JsonObject) -> list[str]:
    """Return the command that runs the module by itself, as Ansible does where the action cannot be its own."""
    given = folder / "arguments.json"
    given.touch(mode=0o600)
    given.write_text(json.dumps({"ANSIBLE_MODULE_ARGS": options}), encoding="utf-8")
    return [sys.executable, "-m", PLUGIN, str(given)]


def as_play(folder: Path, options: JsonObject) -> list[str]:
    """Return the command that runs the task in a play, in Ansible's own process."""
    given = folder / "play.json"
    given.touch(mode=0o600)
    play = {
        "hosts": "localhost",
        "connection": "local",
        "gather_facts": False,
        "tasks": [{f"m365.entra.{MODULE}": options}],
    }
    given.write_text(json.dumps([play]), encoding="utf-8")
    return [str(Path(sys.executable).parent / "ansible-playbook"), "--inventory", "localhost,", str(given)]


def started(product: WholeProduct, command: list[str]) -> subprocess.Popen[bytes]:
    """Start a command that finds this checkout under the collection's name."""
    product.part("_graph.errors")
    kept = {name: value for name, value in os.environ.items() if not name.startswith(("ANSIBLE_", "AZURE_"))}
    folder, settings = str(product.folder), product.folder / "ansible.cfg"
    settings.write_text("[defaults]\n", encoding="utf-8")
    own = {
        "PYTHONPATH": folder,
        "XDG_STATE_HOME": f"{folder}/state",
        "ANSIBLE_COLLECTIONS_PATH": folder,
        "ANSIBLE_HOME": f"{folder}/home",
        "ANSIBLE_LOCAL_TEMP": f"{folder}/home/tmp",
        "ANSIBLE_CONFIG": str(settings),
    }
    return subprocess.Popen(command, cwd=folder, env=kept | own, stdout=subprocess.PIPE, stderr=subprocess.STDOUT)


def wait_until(holds: Callable[[], bool], what: str) -> None:
    deadline = time.monotonic() + PATIENCE_SECONDS
    while not holds():
        assert time.monotonic() < deadline, what
        time.sleep(0.01)


def ended_by(
    number: signal.Signals, product: WholeProduct, client: GraphClient, command: list[str], rule: JsonObject
) -> int:
    """Run a command and send a signal when the request of the rule has arrived; return how the process ended.

    By then the request has been carried out.
    """
    simulator = product.simulator
    action = {"kind": "delay", "seconds": DELAY_SECONDS}
    simulator.set_faults({**rule, "tenant": client.tenant_id, "action": action})
    process = started(product, command)
    try:
        wait_until(lambda: has_arrived(simulator) or process.poll() is not None, "the request does not arrive")
        assert process.poll() is None, process.stdout and process.stdout.read()
        process.send_signal(number)
        process.communicate(timeout=PATIENCE_SECONDS)
    finally:
        with suppress(ProcessLookupError):
            process.kill()
        process.communicate()
    wait_until(lambda: any(entry["fault"] == "delay" for entry in writes(client)), "the request is not carried out")
    simulator.set_faults()
    return process.returncode


def has_arrived(simulator: TestSimulator) -> bool:
    return any(rule["count"] == 0 for rule in simulator.simulator.faults.as_json()["rules"])


@pytest.mark.parametrize(
    ("is_enabled", "rule", "protected"),
    [
        (False, STAGED, True),
        (False, SWITCHED, False),
        (False, CHANGED, True),
        (True, {**CHANGED, "skip": 2}, False),
        (True, SWITCHED, True),
    ],
    ids=["staging", "defaults off", "enforcing", "out of effect", "defaults on"],
)
def test_killed_with_a_request_on_its_way(
    product: WholeProduct, make_client: MakeClient, is_enabled: bool, rule: JsonObject, protected: bool
) -> None:
    before = templates_in_place(product, make_client, "enabled") if is_enabled else []
    options = wanted(is_enabled, policies("disabled" if is_enabled else "enabled"))
    client, undisturbed = (
        make_client(state=state(not is_enabled, *before)),
        make_client(state=state(not is_enabled, *before)),
    )
    product.run(MODULE, undisturbed.entry, options)
    command = as_module(product.folder, options_of(product, client, options))
    assert ended_by(signal.SIGKILL, product, client, command, rule) == -signal.SIGKILL
    assert is_protected(client) is protected
    product.run(MODULE, client.entry, options)
    assert held(client) == held(undisturbed)
    assert [name for name, _state in states(client)] == list(NAMES)
    assert product.run(MODULE, client.entry, options)["plan"] == []


@pytest.mark.parametrize(
    ("number", "as_command", "rule"),
    [
        (signal.SIGINT, as_play, SWITCHED),
        (signal.SIGTERM, as_play, CHANGED),
        (signal.SIGINT, as_module, CHANGED),
        (signal.SIGTERM, as_module, STAGED),
    ],
    ids=["play interrupted", "play ended", "module interrupted", "module ended"],
)
def test_interrupted_with_a_request_on_its_way(
    product: WholeProduct,
    make_client: MakeClient,
    number: signal.Signals,
    as_command: Callable[[Path, JsonObject], list[str]],
    rule: JsonObject,
) -> None:
    """What the request does is waited for and then taken back, so that nothing that is late comes after it."""
    client = make_client(state=state(True))
    before = held(client)
    command = as_command(product.folder, options_of(product, client, wanted(False, policies("enabled"))))
    assert ended_by(number, product, client, command, rule) != 0
    wait_until(lambda: held(client) == before, f"the tenant is not as it was: {held(client)}")
    assert any(entry["method"] == "DELETE" for entry in writes(client))
