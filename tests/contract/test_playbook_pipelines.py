# Copyright: (c) 2026, m365.entra contributors
# GNU General Public License v3.0+ (see COPYING or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later
"""What a pipeline is told: nothing to do, changes pending, blocked or failed, by exit code and by files."""

from __future__ import annotations

import json
from collections.abc import Iterator
from pathlib import Path

import pytest
import yaml

from simulator.demo import demo_documents
from simulator.fixture import TestSimulator
from simulator.json_types import JsonObject, JsonValue

from .playbooks import PlaybookRun, Playbooks

APPLY = "m365.entra.apply"
STEP1 = "m365.entra.remote_work_step1"
CHECK = ("--check", "--diff")
PRIVATE = 0o600
NAME = "contoso-pipeline"
FAILED = 2
GROUP = "Emergency access accounts"
WANTED = {"apply_emergency_access": {"groups": [GROUP]}, "apply_plan_directory": "plans"}
LEGACY_IS_BLOCKED: JsonObject = {
    "name": "An old mail client",
    "described_user": {},
    "application": "Office365",
    "client_app_type": "other",
    "expect": {"outcome": "blocked"},
}


@pytest.fixture
def tenant(simulator: TestSimulator) -> Iterator[JsonObject]:
    """A new tenant with Entra ID P1 and without security defaults, like the demonstration's."""
    (document,) = [one for one in demo_documents() if one["license"] == "p1"]
    del document["tenant_id"]
    entry = simulator.simulator.create_tenant({**document, "name": NAME})
    yield entry
    simulator.simulator.delete_tenant(str(entry["tenant_id"]))


@pytest.fixture
def playbooks(simulator: TestSimulator, tmp_path: Path) -> Playbooks:
    policies = tmp_path / "tenants" / NAME / "conditional_access_policies"
    policies.mkdir(parents=True)
    wanted = {"template": "block_legacy_authentication", "policy_state": "report_only"}
    (policies / "legacy.yml").write_text(yaml.safe_dump(wanted), encoding="utf-8")
    return Playbooks(tmp_path, simulator)


def plan_of(playbooks: Playbooks) -> tuple[JsonObject, str]:
    """Return what a pipeline finds, and remove it."""
    data, text = (playbooks.folder / "plans" / f"{NAME}.{form}" for form in ("json", "md"))
    assert [path.stat().st_mode & 0o777 for path in (data, text)] == [PRIVATE] * 2
    assert data.parent.stat().st_mode & 0o777 == 0o700
    found: JsonObject = json.loads(data.read_text(encoding="utf-8"))
    shown = text.read_text(encoding="utf-8")
    data.unlink()
    text.unlink()
    assert found["tenant"] == NAME
    return found, shown


def applied(playbooks: Playbooks, tenant: JsonObject, *arguments: str, **variables: JsonValue) -> PlaybookRun:
    return playbooks.run(APPLY, tenant, arguments=arguments, **{**WANTED, **variables})


def writes(playbooks: Playbooks, tenant: JsonObject) -> list[str]:
    sent = playbooks.simulator.requests(str(tenant["tenant_id"]), "graph")
    return [str(one["path"]) for one in sent if one["method"] != "GET"]


def test_pending_then_made_then_nothing_to_do(playbooks: Playbooks, tenant: JsonObject) -> None:
    pending = applied(playbooks, tenant, *CHECK, apply_fail_on_changes=True)
    assert (pending.exit_code, writes(playbooks, tenant)) == (FAILED, []), pending.output
    assert "Changes are pending: 1. Nothing stands in the way, and nothing was written." in pending.output
    found, shown = plan_of(playbooks)
    assert (found["plan_status"], found["message"]) == ("changes_pending", None)
    assert [step["name"] for step in found["plan"]] == ["Block legacy authentication"]
    assert shown.startswith(f"### `{NAME}`: 1 change pending")
    only_looked = applied(playbooks, tenant, *CHECK)
    assert only_looked.exit_code == 0, only_looked.output
    plan_of(playbooks)
    made = applied(playbooks, tenant, apply_fail_on_changes=True)
    assert (made.exit_code, plan_of(playbooks)[0]["plan_status"]) == (0, "changed"), made.output
    quiet = applied(playbooks, tenant, *CHECK, apply_fail_on_changes=True)
    assert (quiet.exit_code, plan_of(playbooks)[0]["plan_status"]) == (0, "nothing_to_do"), quiet.output


def test_blocked_and_failed_are_told_apart(playbooks: Playbooks, tenant: JsonObject) -> None:
    tests: JsonObject = {"sign_ins": [LEGACY_IS_BLOCKED]}
    blocked = applied(playbooks, tenant, *CHECK, apply_fail_on_changes=True, apply_sign_in_tests=tests)
    assert blocked.exit_code == FAILED, blocked.output
    assert "Changes are pending" not in blocked.output
    found, shown = plan_of(playbooks)
    assert found["plan_status"] == "blocked"
    assert "'An old mail client', sign_in_tests.sign_ins[0].expect.outcome: blocked was expected" in str(
        found["message"]
    )
    assert [step["name"] for step in found["plan"]] == ["Block legacy authentication"]
    assert found["guards"][-1]["guard"] == "sign_in_tests"
    assert found["sign_in_tests"]["failed_sign_ins"] == ["An old mail client"]
    assert shown.startswith(f"### `{NAME}`: **blocked**")
    staged = applied(playbooks, tenant, *CHECK, apply_sign_in_tests={**tests, "include_report_only": True})
    assert (staged.exit_code, plan_of(playbooks)[0]["plan_status"]) == (0, "changes_pending"), staged.output
    nowhere = applied(playbooks, tenant, *CHECK, apply_emergency_access={"groups": ["Nowhere"]})
    assert (nowhere.exit_code, writes(playbooks, tenant)) == (FAILED, []), nowhere.output
    found, _shown = plan_of(playbooks)
    assert (found["plan_status"], found["plan"]) == ("failed", [])
    assert "Nowhere" in str(found["message"])
    (playbooks.folder / "tenants" / NAME / "conditional_access_policies" / "legacy.yml").write_text(
        "{", encoding="utf-8"
    )
    unreadable = applied(playbooks, tenant, *CHECK)
    assert (unreadable.exit_code, plan_of(playbooks)[0]["plan_status"]) == (FAILED, "failed"), unreadable.output


def test_the_baseline_tells_a_pipeline_too(playbooks: Playbooks, tenant: JsonObject) -> None:
    wanted: JsonObject = {
        "signin_baseline_emergency_access_groups": [GROUP],
        "remote_work_step1_plan_directory": "plans",
        "remote_work_step1_fail_on_changes": True,
    }
    pending = playbooks.run(STEP1, tenant, arguments=CHECK, **wanted)
    assert (pending.exit_code, writes(playbooks, tenant)) == (FAILED, []), pending.output
    assert "Changes are pending: " in pending.output
    assert "Entra ID P1, profile modern" in pending.output
    found, _shown = plan_of(playbooks)
    assert found["plan_status"] == "changes_pending"
    assert found["sign_in_tests"]["passed"] is True
    secret = {**tenant, "client_secret": "wrong"}
    failed = playbooks.run(STEP1, secret, arguments=CHECK, **wanted)
    assert failed.exit_code == FAILED, failed.output
    found, shown = plan_of(playbooks)
    assert (found["plan_status"], found["plan"]) == ("failed", [])
    assert shown.startswith(f"### `{NAME}`: **failed**")


def test_what_stands_beside_the_baseline_is_told_too(playbooks: Playbooks, tenant: JsonObject) -> None:
    """Applications and the group of administrators are changes as well; a failure among many says what it was."""
    wanted: JsonObject = {
        "signin_baseline_emergency_access_groups": [GROUP],
        "remote_work_step1_plan_directory": "plans",
        "remote_work_step1_fail_on_changes": True,
        "saas_applications_list": [],
    }
    made = playbooks.run(STEP1, tenant, **wanted)
    assert (made.exit_code, plan_of(playbooks)[0]["plan_status"]) == (0, "changed"), made.output
    quiet = playbooks.run(STEP1, tenant, arguments=CHECK, **wanted)
    assert (quiet.exit_code, plan_of(playbooks)[0]["plan_status"]) == (0, "nothing_to_do"), quiet.output
    wanted["saas_applications_list"] = [{"display_name": "Files", "template": "Fabrikam Files"}]
    pending = playbooks.run(STEP1, tenant, arguments=CHECK, **wanted)
    assert (pending.exit_code, writes(playbooks, tenant)) == (FAILED, []), pending.output
    assert "Changes are pending: 1." in pending.output
    found, _shown = plan_of(playbooks)
    assert (found["plan_status"], [step["name"] for step in found["plan"]]) == ("changes_pending", ["Files"])
    wanted["saas_applications_list"][0]["template"] = "Nowhere"
    failed = playbooks.run(STEP1, tenant, arguments=CHECK, **wanted)
    assert failed.exit_code == FAILED, failed.output
    found, _shown = plan_of(playbooks)
    assert found["plan_status"] == "failed"
    assert "no application named 'Nowhere'" in str(found["message"])
