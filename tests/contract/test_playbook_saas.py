# Copyright: (c) 2026, m365.entra contributors
# GNU General Public License v3.0+ (see COPYING or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later
"""The three applications of the guide, brought up by the main playbook: a section of the seed in ten lines."""

from __future__ import annotations

import re
from collections.abc import Iterator
from pathlib import Path

import pytest
import yaml

from simulator.demo import demo_documents
from simulator.fixture import TestSimulator
from simulator.json_types import JsonObject

from .graph_client import GraphClient
from .playbooks import PlaybookRun, Playbooks
from .product import CHECKOUT

PLAYBOOK = "m365.entra.remote_work_step1"
GUIDE = CHECKOUT / "docs" / "docsite" / "rst" / "guide_saas.rst"
LINES_AT_MOST = 11  # the name of the variable and ten lines
NAMES = {"Customers", "Files", "Meetings"}
ENFORCED: JsonObject = {
    "signin_baseline_enforce": True,
    "signin_baseline_emergency_access_groups": ["Emergency access accounts"],
}


def example() -> str:
    """Return the variables of the guide as they stand there."""
    found = re.search(
        r"code-block:: yaml\n\n(    saas_applications_list:\n(?:    .*\n)+)", GUIDE.read_text(encoding="utf-8")
    )
    assert found is not None
    return re.sub("^    ", "", found.group(1), flags=re.MULTILINE)


@pytest.fixture
def tenant(simulator: TestSimulator) -> Iterator[JsonObject]:
    """A tenant like the demonstration's, with the groups that the guide names."""
    (document,) = [one for one in demo_documents() if one["license"] == "p2"]
    del document["tenant_id"]
    entry = simulator.simulator.create_tenant({**document, "name": "fabrikam-saas"})
    client = GraphClient(simulator, entry)
    for name in ("Sales", "Staff"):
        group = {"displayName": name, "mailNickname": name, "mailEnabled": False, "securityEnabled": True}
        client.created("/groups", group)
    client.http.close()
    yield entry
    simulator.simulator.delete_tenant(str(entry["tenant_id"]))


@pytest.fixture
def playbooks(simulator: TestSimulator, tmp_path: Path) -> Playbooks:
    return Playbooks(tmp_path, simulator)


def changed(run: PlaybookRun) -> int:
    return int(re.findall(r"changed=(\d+)", run.output.split("PLAY RECAP")[1])[0])


def test_three_applications_in_ten_lines(playbooks: Playbooks, tenant: JsonObject) -> None:
    text = example()
    assert len(text.splitlines()) <= LINES_AT_MOST
    variables: JsonObject = yaml.safe_load(text)
    first = playbooks.run(PLAYBOOK, tenant, **ENFORCED, **variables)
    assert first.exit_code == 0, first.output
    state = playbooks.simulator.state(str(tenant["tenant_id"]))
    assert {one["displayName"] for one in state["/servicePrincipals"]} >= NAMES
    assert {one["resourceDisplayName"] for one in state["/servicePrincipals/appRoleAssignedTo"]} == NAMES
    second = playbooks.run(PLAYBOOK, tenant, **ENFORCED, **variables)
    assert (second.exit_code, changed(second)) == (0, 0), second.output
    sent = playbooks.simulator.requests(str(tenant["tenant_id"]), "graph")
    assert [one for one in sent if one["method"] != "GET"] == []
