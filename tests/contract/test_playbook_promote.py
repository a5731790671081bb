# Copyright: (c) 2026, m365.entra contributors
# GNU General Public License v3.0+ (see COPYING or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later
"""Stages by playbooks: apply shows policies in report-only, promote enforces what is ready; the baseline, too."""

from __future__ import annotations

import json
from pathlib import Path

import yaml

from simulator.fixture import TestSimulator
from simulator.json_types import JsonObject

from .conftest import MakeClient
from .playbooks import Playbooks
from .rollouts import ADA, EMERGENCY, ENABLED, NAME, REPORT_ONLY, SWIFT, Staged, people, wanted
from .whole_product import WholeProduct

VARIABLES: JsonObject = {"apply_emergency_access": {"users": [EMERGENCY]}, "apply_rollout": SWIFT}


def write_policy(folder: Path, tenant: JsonObject, policy: JsonObject) -> None:
    """Write a policy into the folder of a tenant."""
    path = folder / "tenants" / str(tenant["name"]) / "conditional_access_policies" / f"{policy['display_name']}.yml"
    path.parent.mkdir(parents=True, exist_ok=True)
    path.write_text(yaml.safe_dump(policy), encoding="utf-8")


def test_files_are_applied_and_promoted(simulator: TestSimulator, tmp_path: Path, make_client: MakeClient) -> None:
    client = make_client("p2", state=people())
    staged = Staged(client, WholeProduct(tmp_path / "product", simulator))
    playbooks = Playbooks(tmp_path / "ansible", simulator)
    playbooks.folder.mkdir()
    for policy in (wanted(), wanted("Devices", "compliantDevice")):
        write_policy(playbooks.folder, client.entry, {name: one for name, one in policy.items() if name != "rollout"})
    applied = playbooks.run("m365.entra.apply", client.entry, **VARIABLES)
    assert applied.exit_code == 0, applied.output
    assert staged.states() == {NAME: REPORT_ONLY, "Devices": REPORT_ONLY}
    staged.sign_in(ADA)
    few = playbooks.run("m365.entra.promote", client.entry, **VARIABLES, apply_promotion={"maximum_sign_ins": 1})
    assert few.exit_code == 0, few.output
    assert "there are more than 1 sign-ins" in few.output
    assert staged.states() == {NAME: REPORT_ONLY, "Devices": REPORT_ONLY}
    promoted = playbooks.run("m365.entra.promote", client.entry, **VARIABLES)
    assert promoted.exit_code == 0, promoted.output
    assert staged.states() == {NAME: ENABLED, "Devices": REPORT_ONLY}
    assert "enforced, promoted by this run" in promoted.output
    assert "1 users would fail, and 0 may at most" in promoted.output
    again = playbooks.run("m365.entra.promote", client.entry, **VARIABLES)
    assert again.exit_code == 0, again.output
    assert "changed=0" in again.output
    without = playbooks.run("m365.entra.promote", client.entry, **{**VARIABLES, "apply_rollout": {"is_enabled": False}})
    assert "No policy of this tenant has a rollout." in without.output, without.output


def test_the_baseline_in_stages(simulator: TestSimulator, tmp_path: Path, make_client: MakeClient) -> None:
    client = make_client("p1", state=people())
    staged = Staged(client, WholeProduct(tmp_path / "product", simulator))
    playbooks = Playbooks(tmp_path / "ansible", simulator)
    playbooks.folder.mkdir()
    variables = {
        "signin_baseline_enforce": True,
        "signin_baseline_emergency_access_users": [EMERGENCY],
        "signin_baseline_rollout": SWIFT,
        "signin_baseline_mfa_registration_overrides": {"enabled": False},
        "signin_baseline_self_service_password_reset_overrides": {"enabled": False},
    }
    first = playbooks.run("m365.entra.remote_work_step1", client.entry, **variables)
    assert first.exit_code == 0, first.output
    assert set(staged.states().values()) == {REPORT_ONLY}
    staged.sign_in(ADA)
    staged.sign_in(ADA, client="other")
    reading: JsonObject = {"signin_baseline_promote": True, "signin_baseline_promotion": {"maximum_users": 0}}
    promoted = playbooks.run("m365.entra.remote_work_step1", client.entry, **reading, **variables)
    assert promoted.exit_code == 0, promoted.output
    report = json.loads(playbooks.report_path(client.entry).read_text(encoding="utf-8"))
    enforced = {name for name, state in staged.states().items() if state == ENABLED}
    assert {one["display_name"] for one in report["rollout"] if one["promoted"]} == enforced
    assert enforced
    judged = [one["impact"] for one in report["rollout"] if one["impact"]]
    assert {len(one["users"]) for one in judged} == {0}
    assert any(one["would_fail_users"] for one in judged)
    assert REPORT_ONLY in staged.states().values()
    assert "enforced, promoted by this run" in promoted.output
