# Copyright: (c) 2026, m365.entra contributors
# GNU General Public License v3.0+ (see COPYING or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later
"""The main playbook: what a quiet run costs, and what is left of a run that a verdict has failed."""

from __future__ import annotations

import json
import re
from collections.abc import Iterator
from pathlib import Path

import pytest

from simulator.demo import demo_documents
from simulator.fixture import TestSimulator
from simulator.json_types import JsonObject

from .graph_client import POLICIES
from .playbooks import PlaybookRun, Playbooks

PLAYBOOK = "m365.entra.remote_work_step1"
RESET = "self_service_password_reset"
ENFORCED: JsonObject = {
    "signin_baseline_profile": "modern",
    "signin_baseline_enforce": True,
    "signin_baseline_emergency_access_groups": ["Emergency access accounts"],
}
GRAPH_REQUESTS_AT_MOST = 8
# One asks what the tenant is, the other what holds there.
TASKS_THAT_ASK = 2
PRIVATE = 0o600


@pytest.fixture
def tenant(simulator: TestSimulator) -> Iterator[JsonObject]:
    """A new tenant with Entra ID P2, like the demonstration's."""
    (document,) = [one for one in demo_documents() if one["license"] == "p2"]
    del document["tenant_id"]
    entry = simulator.simulator.create_tenant({**document, "name": "fabrikam-step1"})
    yield entry
    simulator.simulator.delete_tenant(str(entry["tenant_id"]))


@pytest.fixture
def playbooks(simulator: TestSimulator, tmp_path: Path) -> Playbooks:
    return Playbooks(tmp_path, simulator)


def sent(playbooks: Playbooks, tenant: JsonObject, service: str) -> list[str]:
    entries = playbooks.simulator.requests(str(tenant["tenant_id"]), service)
    return [f"{entry['method']} {entry['path']}" for entry in entries]


def counts(run: PlaybookRun) -> dict[str, int]:
    """Return what Ansible's recap counts."""
    return {name: int(number) for name, number in re.findall(r"(\w+)=(\d+)", run.output.split("PLAY RECAP")[1])}


def test_quiet_run_costs_few_requests(playbooks: Playbooks, tenant: JsonObject, runtime_folder: Path) -> None:
    first = playbooks.run(PLAYBOOK, tenant, **ENFORCED)
    assert (first.exit_code, counts(first)["changed"]) == (0, 1), first.output
    tested = json.loads(playbooks.report_path(tenant).read_text(encoding="utf-8"))["sign_in_tests"]
    assert (tested["were_run"], tested["failed_sign_ins"]) == (True, [])
    assert "Emergency access: a member of Emergency access accounts in a browser" in str(tested["sign_ins"])
    second = playbooks.run(PLAYBOOK, tenant, **ENFORCED)
    assert (second.exit_code, counts(second)["changed"]) == (0, 0), second.output
    tested = json.loads(playbooks.report_path(tenant).read_text(encoding="utf-8"))["sign_in_tests"]
    assert tested["were_run"] is False
    requests = sent(playbooks, tenant, "graph")
    assert len(requests) <= GRAPH_REQUESTS_AT_MOST, requests
    assert [one for one in requests if not one.startswith("GET ")] == []
    assert len([one for one in requests if "subscribedSkus" in one]) == 1
    tokens = [one for one in sent(playbooks, tenant, "token") if one.startswith("POST ")]
    assert len(tokens) == 1, tokens
    # And nothing of it is left.
    assert [path for path in runtime_folder.rglob("*") if path.name.startswith("tokens-")] == []


def test_tasks_can_be_told_not_to_share_tokens(playbooks: Playbooks, tenant: JsonObject) -> None:
    run = playbooks.run(PLAYBOOK, tenant, **ENFORCED, entra_share_tokens=False)
    assert run.exit_code == 0, run.output
    tokens = [one for one in sent(playbooks, tenant, "token") if one.startswith("POST ")]
    assert len(tokens) >= TASKS_THAT_ASK, tokens


def test_what_is_not_as_wanted_fails_the_play_and_is_reported(playbooks: Playbooks, tenant: JsonObject) -> None:
    wanted = {"enablement_type": "all", "on_noncompliant": "fail"}
    variables: JsonObject = {
        f"signin_baseline_{RESET}_overrides": wanted,
        "remote_work_step1_plan_directory": "plans",
    }
    run = playbooks.run(PLAYBOOK, tenant, **ENFORCED, **variables)
    assert run.exit_code != 0
    assert counts(run)["failed"] == 1
    assert re.search(rf"FAILED! =>.*{RESET}: not as wanted: enablement_type", run.output), run.output
    # All else was done before, and is told.
    states = [one["state"] for one in playbooks.simulator.state(str(tenant["tenant_id"]))[POLICIES]]
    assert sorted(set(states)) == ["enabled", "enabledForReportingButNotEnforced"]
    path = playbooks.report_path(tenant)
    assert path.stat().st_mode & 0o777 == PRIVATE
    found = json.loads(path.read_text(encoding="utf-8"))
    assert found[RESET]["compliant"] is False
    plan = json.loads((playbooks.folder / "plans" / f"{tenant['name']}.json").read_text(encoding="utf-8"))
    assert (plan["plan_status"], bool(plan["plan"])) == ("failed", True)
    assert f"{RESET}: not as wanted" in plan["message"]
    assert found["changed"] is True
    assert "fabrikam-step1: Entra ID P2, profile modern, enforcing" in run.output
    assert re.search(r"Users are required to use MFA for sign-ins +yes", run.output)
    assert f"Full result: {path}" in run.output


def test_tenant_that_fails_before_it_was_read_has_no_report(playbooks: Playbooks, tenant: JsonObject) -> None:
    """Its own message is what is shown, and not that of a table that cannot be made."""
    nowhere = {**ENFORCED, "signin_baseline_emergency_access_groups": ["Nowhere"]}
    run = playbooks.run(PLAYBOOK, tenant, **nowhere)
    assert (run.exit_code != 0, counts(run)["failed"]) == (True, 1)
    assert re.search(r"FAILED! =>.*Nowhere", run.output), run.output
    assert "Full result" not in run.output
    assert not playbooks.report_path(tenant).exists()
