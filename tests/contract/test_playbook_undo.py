# Copyright: (c) 2026, m365.entra contributors
# GNU General Public License v3.0+ (see COPYING or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later
"""What the playbook undo tells a pipeline, and that no tenant is taken for another."""

from __future__ import annotations

import json
from pathlib import Path

import pytest

from simulator.fixture import TestSimulator
from simulator.json_types import JsonObject, JsonValue

from .conftest import MakeClient
from .graph_client import POLICIES, GraphClient
from .playbooks import PlaybookRun, Playbooks
from .rollouts import EMERGENCY, NAME, people, wanted
from .test_playbook_promote import write_policy

APPLY, UNDO = "m365.entra.apply", "m365.entra.undo"
APPLIED: JsonObject = {"apply_emergency_access": {"users": [EMERGENCY]}, "apply_missing_groups": "create"}
PUT_BACK: JsonObject = {"undo_snapshot": "latest", "undo_emergency_access": {"users": [EMERGENCY]}}


@pytest.fixture
def client(make_client: MakeClient) -> GraphClient:
    return make_client("p2", state=people())


@pytest.fixture
def playbooks(simulator: TestSimulator, tmp_path: Path) -> Playbooks:
    return Playbooks(tmp_path, simulator)


def applied(playbooks: Playbooks, client: GraphClient, policy: JsonObject) -> None:
    """Apply a policy, with whatever it names, to a tenant."""
    write_policy(playbooks.folder, client.entry, {name: one for name, one in policy.items() if name != "rollout"})
    run = playbooks.run(APPLY, client.entry, **APPLIED, entra_snapshot_directory=str(playbooks.folder / "snapshots"))
    assert run.exit_code == 0, run.output


def undone(playbooks: Playbooks, client: GraphClient, *arguments: str, **variables: JsonValue) -> PlaybookRun:
    """Put the tenant back to the snapshot of the last run."""
    kept = {"entra_snapshot_directory": str(playbooks.folder / "snapshots")}
    return playbooks.run(UNDO, client.entry, arguments=arguments, **PUT_BACK, **kept, **variables)


def names(playbooks: Playbooks, client: GraphClient) -> list[str]:
    found = playbooks.simulator.state(client.tenant_id)[POLICIES]
    return [str(one["displayName"]) for one in found]


def test_everything_put_back_is_success(playbooks: Playbooks, client: GraphClient) -> None:
    applied(playbooks, client, wanted())
    run = undone(playbooks, client, undo_fail_on_not_undone=True)
    assert (run.exit_code, names(playbooks, client)) == (0, []), run.output


def test_what_was_not_put_back_fails_where_that_is_asked_for(playbooks: Playbooks, client: GraphClient) -> None:
    """A group that a run has made is left: it may have members by now."""
    policy = wanted()
    users = {**policy["conditions"]["users"], "exclude_groups": ["Exempt for a while"]}
    applied(playbooks, client, {**policy, "conditions": {**policy["conditions"], "users": users}})
    run = undone(playbooks, client, "--check", undo_fail_on_not_undone=True)
    assert run.exit_code != 0
    assert names(playbooks, client) == [NAME]
    run = undone(playbooks, client, undo_fail_on_not_undone=True)
    assert run.exit_code != 0
    assert "Not put back: Exempt for a while." in run.output
    assert names(playbooks, client) == []


def test_what_was_not_put_back_is_told_and_no_failure_otherwise(playbooks: Playbooks, client: GraphClient) -> None:
    policy = wanted()
    users = {**policy["conditions"]["users"], "exclude_groups": ["Exempt for a while"]}
    applied(playbooks, client, {**policy, "conditions": {**policy["conditions"], "users": users}})
    run = undone(playbooks, client)
    assert run.exit_code == 0, run.output
    assert "Exempt for a while" in run.output


def test_what_somebody_has_changed_since_fails(playbooks: Playbooks, client: GraphClient) -> None:
    applied(playbooks, client, wanted())
    (policy,) = playbooks.simulator.state(client.tenant_id)[POLICIES]
    assert client.call("PATCH", f"{POLICIES}/{policy['id']}", json={"state": "disabled"}).status_code == 204
    run = undone(playbooks, client)
    assert run.exit_code != 0
    assert "overwrite_changes: true" in run.output
    assert names(playbooks, client) == [NAME]


@pytest.mark.parametrize("playbook", [APPLY, UNDO])
def test_tenant_that_is_made_of_something_undefined_is_not_that_of_the_environment(
    playbooks: Playbooks, client: GraphClient, playbook: str
) -> None:
    write_policy(playbooks.folder, client.entry, {name: one for name, one in wanted().items() if name != "rollout"})
    entry: JsonObject = {**client.entry, "tenant_id": "{{ nobody_knows }}"}
    inventory = playbooks.folder / "inventory.json"
    inventory.write_text(json.dumps(playbooks.inventory(entry, {**APPLIED, **PUT_BACK})), encoding="utf-8")
    playbooks.simulator.clear_requests()
    run = playbooks.command(
        "ansible-playbook", "--inventory", str(inventory), playbook, AZURE_TENANT_ID=client.tenant_id
    )
    assert run.exit_code != 0
    assert "entra_tenant_id" in run.output
    assert playbooks.simulator.requests(client.tenant_id, "graph") == []
