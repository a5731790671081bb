# Copyright: (c) 2026, m365.entra contributors
# GNU General Public License v3.0+ (see COPYING or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later
"""The playbook that says what the baseline would change: it writes to no tenant, and asks no more than it must."""

from __future__ import annotations

import json
import re
from collections.abc import Iterator
from pathlib import Path

import pytest

from simulator.demo import demo_documents
from simulator.fixture import TestSimulator
from simulator.json_types import JsonObject

from .playbooks import Playbooks
from .test_playbook_step1 import ENFORCED, GRAPH_REQUESTS_AT_MOST, PRIVATE, counts, sent

PLAYBOOK = "m365.entra.audit"
# The variables of one tenant are checked for all, and one task shows the summary.
TASKS_BESIDE = 2
TASKS_A_TENANT = 3
# A request for a token is no write, and the only one that is not a read.
READ = "GET "


@pytest.fixture(params=["free", "p1", "p2"])
def tenant(request: pytest.FixtureRequest, simulator: TestSimulator) -> Iterator[JsonObject]:
    """A new tenant of each tier, like those of the demonstration, where nothing was done yet."""
    (document,) = (one for one in demo_documents() if one["license"] == request.param)
    del document["tenant_id"]
    entry = simulator.simulator.create_tenant({**document, "name": f"audited-{request.param}"})
    yield entry
    simulator.simulator.delete_tenant(str(entry["tenant_id"]))


@pytest.fixture
def playbooks(simulator: TestSimulator, tmp_path: Path) -> Playbooks:
    return Playbooks(tmp_path, simulator)


def report_of(playbooks: Playbooks, tenant: JsonObject) -> JsonObject:
    found: JsonObject = json.loads(playbooks.report_path(tenant).read_text(encoding="utf-8"))
    return found


def test_audit_writes_nothing_and_says_what_the_main_playbook_would_change(
    playbooks: Playbooks, tenant: JsonObject
) -> None:
    before = playbooks.simulator.state(str(tenant["tenant_id"]))
    run = playbooks.run(PLAYBOOK, tenant, **ENFORCED)
    assert run.exit_code == 0, run.output
    assert counts(run)["ok"] == TASKS_A_TENANT + TASKS_BESIDE, run.output
    assert [one for one in sent(playbooks, tenant, "graph") if not one.startswith(READ)] == []
    assert playbooks.simulator.state(str(tenant["tenant_id"])) == before
    audited = report_of(playbooks, tenant)
    assert (audited["check_mode"], audited["changed"], bool(audited["plan"])) == (True, True, True)
    assert playbooks.report_path(tenant).stat().st_mode & 0o777 == PRIVATE
    assert re.search(rf"{tenant['name']} +pending", run.output), run.output
    checked = playbooks.run("m365.entra.remote_work_step1", tenant, arguments=["--check"], **ENFORCED)
    assert checked.exit_code == 0, checked.output
    main = report_of(playbooks, tenant)
    assert {**audited, "generated_at": ""} == {**main, "generated_at": ""}


def test_quiet_audit_costs_few_requests(playbooks: Playbooks, tenant: JsonObject) -> None:
    first = playbooks.run("m365.entra.remote_work_step1", tenant, **ENFORCED)
    assert first.exit_code == 0, first.output
    run = playbooks.run(PLAYBOOK, tenant, **ENFORCED)
    assert (run.exit_code, counts(run)["changed"]) == (0, 0), run.output
    assert len(sent(playbooks, tenant, "graph")) <= GRAPH_REQUESTS_AT_MOST
    assert len([one for one in sent(playbooks, tenant, "token") if one.startswith("POST ")]) == 1
    assert report_of(playbooks, tenant)["plan"] == []


def test_what_cannot_be_fails_the_tenant_and_is_written_down(playbooks: Playbooks, tenant: JsonObject) -> None:
    run = playbooks.run(PLAYBOOK, tenant, **{**ENFORCED, "signin_baseline_emergency_access_groups": []})
    assert (run.exit_code != 0, counts(run)["failed"]) == (True, 1)
    failure = playbooks.report_path(tenant).with_suffix(".failure.json")
    assert "can lock everybody out of the tenant" in json.loads(failure.read_text(encoding="utf-8"))["message"]
    assert not playbooks.report_path(tenant).exists()
