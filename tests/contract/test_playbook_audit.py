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

from .playbooks import PlaybookRun, Playbooks
from .test_playbook_step1 import ENFORCED, GRAPH_REQUESTS_AT_MOST, PRIVATE, counts, sent

PLAYBOOK = "m365.entra.audit"
# The variables of one tenant are checked for all, one task looks at all tenants, and one shows the summary.
TASKS = 3
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
    assert counts(run)["ok"] == TASKS, run.output
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
    assert failure.stat().st_mode & 0o777 == PRIVATE
    assert not playbooks.report_path(tenant).exists()
    assert re.search(rf"failed: \[{tenant['name']}\] => .*can lock everybody out", run.output), run.output


def test_diff_says_what_would_change_in_which_tenant(playbooks: Playbooks, tenant: JsonObject) -> None:
    run = playbooks.run(PLAYBOOK, tenant, arguments=["--diff"], **ENFORCED)
    assert run.exit_code == 0, run.output
    assert f"--- before: {tenant['name']} now" in run.output
    assert f"+++ after: {tenant['name']} with the baseline" in run.output


class Fleet:
    """Several tenants in one inventory, each with variables of its own."""

    def __init__(self, playbooks: Playbooks, tenants: list[JsonObject]) -> None:
        self.playbooks = playbooks
        self.tenants = tenants

    def audit(
        self, own: dict[str, JsonObject], *arguments: str, playbook: str = PLAYBOOK, **environment: str
    ) -> PlaybookRun:
        documents = [self.playbooks.inventory(one, ENFORCED) for one in self.tenants]
        hosts = {name: {**host, **own.get(name, {})} for one in documents for name, host in one["all"]["hosts"].items()}
        path = self.playbooks.folder / "fleet.json"
        path.write_text(json.dumps({"all": {"hosts": hosts, "vars": documents[0]["all"]["vars"]}}), encoding="utf-8")
        self.playbooks.simulator.clear_requests()
        return self.playbooks.command("ansible-playbook", "--inventory", str(path), *arguments, playbook, **environment)

    def failure_of(self, tenant: JsonObject) -> str:
        path = self.playbooks.report_path(tenant).with_suffix(".failure.json")
        return str(json.loads(path.read_text(encoding="utf-8"))["message"])


@pytest.fixture
def fleet(playbooks: Playbooks, simulator: TestSimulator) -> Iterator[Fleet]:
    (document,) = (one for one in demo_documents() if one["license"] == "p2")
    del document["tenant_id"]
    tenants = [simulator.simulator.create_tenant({**document, "name": f"fleet-{number}"}) for number in range(5)]
    yield Fleet(playbooks, tenants)
    for tenant in tenants:
        simulator.simulator.delete_tenant(str(tenant["tenant_id"]))


def test_tenants_that_fail_stop_no_other(fleet: Fleet) -> None:
    own: dict[str, JsonObject] = {
        "fleet-0": {"entra_client_secret": "not-the-secret-4711"},
        "fleet-1": {"signin_baseline_profile": "{{ nobody_knows }}"},
        "fleet-2": {"signin_baseline_policy_overrides": {"block_legacy_authentication": "off"}},
    }
    run = fleet.audit(own)
    assert run.exit_code != 0
    for host in own:
        assert re.search(rf"failed: \[{host}\] => ", run.output), run.output
        assert re.search(rf"^{host} .*failed=1", run.output, re.MULTILINE), run.output
    for host in ("fleet-3", "fleet-4"):
        assert re.search(rf"pending: \[{host}\]", run.output), run.output
    assert "client_secret" in fleet.failure_of(fleet.tenants[0])
    assert "block_legacy_authentication: a dictionary" in fleet.failure_of(fleet.tenants[2])
    assert "nobody_knows" in fleet.failure_of(fleet.tenants[1])
    secrets = ["not-the-secret-4711", *(str(one["client_secret"]) for one in fleet.tenants)]
    assert [secret for secret in secrets if secret in run.output] == []
    assert report_of(fleet.playbooks, fleet.tenants[3])["tenant"] == "fleet-3"
    assert "5 tenants: 2 pending, 3 failed" in run.output


def test_verdict_that_does_not_hold_fails_the_tenant_and_what_holds_is_reported(fleet: Fleet) -> None:
    wanted = {"enabled": True, "enablement_type": "all", "on_noncompliant": "fail"}
    run = fleet.audit({"fleet-0": {"signin_baseline_self_service_password_reset_overrides": wanted}})
    assert run.exit_code != 0
    assert "not as wanted: enablement_type" in fleet.failure_of(fleet.tenants[0])
    found = report_of(fleet.playbooks, fleet.tenants[0])["self_service_password_reset"]
    assert found["compliant"] is False


def test_own_variables_are_templates_of_their_own(fleet: Fleet) -> None:
    own: dict[str, JsonObject] = {
        "fleet-1": {
            "signin_baseline_display_name_prefix": "{{ inventory_hostname }}: ",
            "baseline_p2_policies": {"block_device_code_flow": {}},
        }
    }
    run = fleet.audit(own, "--limit", "fleet-0,fleet-1")
    assert run.exit_code == 0, run.output
    plan = report_of(fleet.playbooks, fleet.tenants[1])["plan"]
    names = [one["name"] for one in plan if one["resource"] == "conditional_access_policy"]
    assert set(names) == {"fleet-1: Block device code flow"}
    assert len(report_of(fleet.playbooks, fleet.tenants[0])["plan"]) > len(names)
    assert not fleet.playbooks.report_path(fleet.tenants[2]).exists()


def test_variables_of_a_playbook_that_imports_it_hold(fleet: Fleet) -> None:
    play = fleet.playbooks.folder / "night.json"
    variables = {"signin_baseline_display_name_prefix": "Night: "}
    play.write_text(json.dumps([{"ansible.builtin.import_playbook": PLAYBOOK, "vars": variables}]), encoding="utf-8")
    run = fleet.audit({}, "--limit", "fleet-0", playbook=str(play))
    assert run.exit_code == 0, run.output
    assert "Night: " in json.dumps(report_of(fleet.playbooks, fleet.tenants[0])["plan"])


def test_what_would_change_fails_where_that_is_asked_for(fleet: Fleet) -> None:
    first = fleet.audit({}, "--limit", "fleet-0", playbook="m365.entra.remote_work_step1")
    assert first.exit_code == 0, first.output
    run = fleet.audit({}, "--limit", "fleet-0,fleet-1", "--extra-vars", "audit_fail_on_changes=true")
    assert run.exit_code != 0
    assert re.search(r"^fleet-0 .*failed=0", run.output, re.MULTILINE), run.output
    assert re.search(r"^fleet-1 .*failed=1", run.output, re.MULTILINE), run.output
    assert "audit_fail_on_changes asks for this failure" in run.output
    run = fleet.audit({}, "--limit", "fleet-0", "--extra-vars", "audit_fail_on_changes=true")
    assert run.exit_code == 0, run.output


def test_one_at_once_looks_at_all(fleet: Fleet) -> None:
    run = fleet.audit({}, "--extra-vars", "audit_at_once=1")
    assert run.exit_code == 0, run.output
    assert all(fleet.playbooks.report_path(tenant).exists() for tenant in fleet.tenants)


def test_strategy_of_the_user_does_not_look_at_tenants_more_than_once(fleet: Fleet) -> None:
    tenant = fleet.tenants[0]
    fleet.playbooks.run(PLAYBOOK, tenant, **ENFORCED)
    alone = len(sent(fleet.playbooks, tenant, "graph"))
    run = fleet.audit({}, "--limit", "fleet-0,fleet-1", ANSIBLE_STRATEGY="free")
    assert run.exit_code == 0, run.output
    assert len(sent(fleet.playbooks, tenant, "graph")) == alone


def test_what_says_omit_is_left_out(fleet: Fleet) -> None:
    own: dict[str, JsonObject] = {"fleet-0": {"entra_certificate_path": "{{ nobody_knows | default(omit) }}"}}
    run = fleet.audit(own, "--limit", "fleet-0")
    assert run.exit_code == 0, run.output


def test_none_at_once_is_refused(fleet: Fleet) -> None:
    run = fleet.audit({}, "--extra-vars", "audit_at_once=0")
    assert run.exit_code != 0
    assert "at_once: 0 is no number of tenants" in run.output
