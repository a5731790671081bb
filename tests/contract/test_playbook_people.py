# Copyright: (c) 2026, m365.entra contributors
# GNU General Public License v3.0+ (see COPYING or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later
"""The main playbook with a group of administrators that it keeps, and with sessions that it ends after the switch."""

from __future__ import annotations

import json
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest

from simulator.demo import demo_documents
from simulator.fixture import TestSimulator
from simulator.json_types import JsonObject

from .graph_client import POLICIES
from .playbooks import PlaybookRun, Playbooks

PLAYBOOK = "m365.entra.remote_work_step1"
GROUP = "Administrators by role"
WANTED: JsonObject = {
    "signin_baseline_enforce": True,
    "signin_baseline_emergency_access_groups": ["Emergency access accounts"],
    "signin_baseline_administrators_group": GROUP,
    "signin_baseline_administrators_group_managed": True,
    "signin_baseline_revoke_sign_in_sessions": True,
}
FOR_ADMINISTRATORS = "Require multifactor authentication for administrators"
VALID_FROM = "signInSessionsValidFromDateTime"


@pytest.fixture
def playbooks(simulator: TestSimulator, tmp_path: Path) -> Playbooks:
    return Playbooks(tmp_path, simulator)


@pytest.fixture
def tenant(simulator: TestSimulator) -> Iterator[JsonObject]:
    """A new tenant with Entra ID P1, like the demonstration's."""
    yield from _tenant_of(simulator, "p1")


@pytest.fixture
def free_tenant(simulator: TestSimulator) -> Iterator[JsonObject]:
    """A new tenant without a premium licence, like the demonstration's."""
    yield from _tenant_of(simulator, "free")


def _tenant_of(simulator: TestSimulator, license_: str) -> Iterator[JsonObject]:
    (document,) = [one for one in demo_documents() if one["license"] == license_]
    del document["tenant_id"]
    entry = simulator.simulator.create_tenant({**document, "name": f"fabrikam-people-{license_}"})
    yield entry
    simulator.simulator.delete_tenant(str(entry["tenant_id"]))


def succeeded(run: PlaybookRun) -> None:
    assert run.exit_code == 0, run.output


def state(playbooks: Playbooks, tenant: JsonObject) -> JsonObject:
    return playbooks.simulator.state(str(tenant["tenant_id"]))


def report(playbooks: Playbooks, tenant: JsonObject) -> Any:
    return json.loads(playbooks.report_path(tenant).read_text(encoding="utf-8"))


def writes(playbooks: Playbooks, tenant: JsonObject) -> list[str]:
    entries = playbooks.simulator.requests(str(tenant["tenant_id"]), "graph")
    reads = ("getByIds", "evaluate")
    return [one["path"] for one in entries if one["method"] != "GET" and not one["path"].endswith(reads)]


def revoked(playbooks: Playbooks, tenant: JsonObject) -> dict[str, str]:
    users = state(playbooks, tenant)["/users"]
    return {user["userPrincipalName"].partition("@")[0]: user[VALID_FROM] for user in users if user.get(VALID_FROM)}


def test_one_run_makes_the_group_and_ends_sessions(playbooks: Playbooks, tenant: JsonObject) -> None:
    succeeded(playbooks.run(PLAYBOOK, tenant, **WANTED))
    found = state(playbooks, tenant)
    (group,) = [one for one in found["/groups"] if one["displayName"] == GROUP]
    (policy,) = [one for one in found[POLICIES] if one["displayName"] == FOR_ADMINISTRATORS]
    assert policy["conditions"]["users"]["includeGroups"] == [group["id"]]
    assert policy["conditions"]["users"]["includeRoles"] == []
    holders = {one["principalId"] for one in found["/roleManagement/directory/roleAssignments"]}
    assert set(group["members"]) == holders
    written = report(playbooks, tenant)
    assert written["administrators_group"]["is_new"] is True
    without = {
        row["userPrincipalName"].partition("@")[0]
        for row in found["/reports/authenticationMethods/userRegistrationDetails"]
        if not row["isMfaRegistered"]
    }
    ended = revoked(playbooks, tenant)
    assert ended
    assert set(ended) <= without
    assert not {name for name in ended if name.startswith("emergency")}
    assert written["revoke_sign_in_sessions"]["revoked_total"] == len(ended)

    succeeded(playbooks.run(PLAYBOOK, tenant, **WANTED))
    assert writes(playbooks, tenant) == []
    assert revoked(playbooks, tenant) == ended
    assert "revoke_sign_in_sessions" not in report(playbooks, tenant)


def test_check_mode_shows_what_the_first_run_would_do(playbooks: Playbooks, tenant: JsonObject) -> None:
    succeeded(playbooks.run(PLAYBOOK, tenant, arguments=["--check"], **WANTED))
    assert writes(playbooks, tenant) == []
    written = report(playbooks, tenant)
    assert (written["administrators_group"]["is_new"], written["administrators_group"]["id"]) == (True, None)
    assert written["revoke_sign_in_sessions"]["revoked_total"] > 0


def test_security_defaults_end_the_sessions_of_all(playbooks: Playbooks, free_tenant: JsonObject) -> None:
    """Without a premium licence nobody can say who has registered, and there is no policy for a group."""
    succeeded(playbooks.run(PLAYBOOK, free_tenant, **WANTED))
    users = state(playbooks, free_tenant)["/users"]
    expected = {
        user["userPrincipalName"].partition("@")[0]
        for user in users
        if user["accountEnabled"] and user["userType"] == "Member"
    }
    assert set(revoked(playbooks, free_tenant)) == {one for one in expected if not one.startswith("emergency")}
    assert [one for one in state(playbooks, free_tenant)["/groups"] if one["displayName"] == GROUP] == []


def test_a_managed_group_needs_a_name(playbooks: Playbooks, tenant: JsonObject) -> None:
    run = playbooks.run(PLAYBOOK, tenant, **{**WANTED, "signin_baseline_administrators_group": ""})
    assert run.exit_code != 0
    assert "signin_baseline_administrators_group names no group" in run.output
    assert writes(playbooks, tenant) == []
