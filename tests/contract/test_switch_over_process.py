# Copyright: (c) 2026, m365.entra contributors
# GNU General Public License v3.0+ (see COPYING or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later
"""A switch-over in a process of its own that is really killed, while its request is on the way to the service."""

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


def started(product: WholeProduct, client: GraphClient, options: JsonObject) -> subprocess.Popen[bytes]:
    """Start the module by itself, as Ansible does where it does not run it in its own process."""
    arguments = {
        **{name: client.entry[name] for name in ("tenant_id", "client_id", "client_secret")},
        "auth_method": "client_secret",
        "authority_url": product.simulator.url,
        "graph_url": product.simulator.url,
        "ca_path": str(product.simulator.ca_path),
        **options,
    }
    given = product.folder / "arguments.json"
    given.touch(mode=0o600)
    given.write_text(json.dumps({"ANSIBLE_MODULE_ARGS": arguments}), encoding="utf-8")
    return subprocess.Popen(
        [sys.executable, "-m", PLUGIN, str(given)],
        env=os.environ | {"PYTHONPATH": str(product.folder), "XDG_STATE_HOME": str(product.folder / "state")},
        stdout=subprocess.PIPE,
        stderr=subprocess.STDOUT,
    )


def wait_until(holds: Callable[[], bool], what: str) -> None:
    deadline = time.monotonic() + PATIENCE_SECONDS
    while not holds():
        assert time.monotonic() < deadline, what
        time.sleep(0.01)


def killed_at(product: WholeProduct, client: GraphClient, options: JsonObject, rule: JsonObject) -> None:
    """Run the module and kill it when the request of the rule has arrived; return once that is carried out."""
    simulator = product.simulator
    action = {"kind": "delay", "seconds": DELAY_SECONDS}
    simulator.set_faults({**rule, "tenant": client.tenant_id, "action": action})
    process = started(product, client, options)
    try:
        wait_until(lambda: has_arrived(simulator) or process.poll() is not None, "the request does not arrive")
        assert process.poll() is None, process.stdout and process.stdout.read()
    finally:
        with suppress(ProcessLookupError):
            os.kill(process.pid, signal.SIGKILL)
        process.communicate()
    assert process.returncode == -signal.SIGKILL
    wait_until(lambda: any(entry["fault"] == "delay" for entry in writes(client)), "the request is not carried out")
    simulator.set_faults()


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
    killed_at(product, client, options, rule)
    assert is_protected(client) is protected
    product.run(MODULE, client.entry, options)
    assert held(client) == held(undisturbed)
    assert [name for name, _state in states(client)] == list(NAMES)
    assert product.run(MODULE, client.entry, options)["plan"] == []
