# Copyright: (c) 2026, m365.entra contributors
# GNU General Public License v3.0+ (see COPYING or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later
"""A run that goes from security defaults to policies and changes settings, failing at each of its writes in turn."""

from __future__ import annotations

import re
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import pytest

from simulator.fixture import TestSimulator
from simulator.json_types import JsonObject

from .conftest import MakeClient
from .graph_client import AUTHORIZATION_POLICY, METHOD_CONFIGURATIONS, METHODS_POLICY, POLICIES, SECURITY_DEFAULTS
from .graph_client import GraphClient as Client
from .whole_product import WholeProduct

ADMINISTRATOR = "99999999-9999-4999-8999-999999999999"
STAFF = "bbbbbbbb-0000-4000-8000-000000000001"
STATE: JsonObject = {
    SECURITY_DEFAULTS: {"isEnabled": True},
    "/users": [
        {"id": ADMINISTRATOR, "userPrincipalName": "glass@fabrikam.example", "displayName": "Break glass"},
    ],
    "/roleManagement/directory/roleAssignments": [
        {
            "id": "one",
            "principalId": ADMINISTRATOR,
            "roleDefinitionId": "62e90394-69f5-4237-9190-012177145e10",
            "directoryScopeId": "/",
        }
    ],
    "/groups": [{"id": STAFF, "displayName": "Staff"}],
    METHOD_CONFIGURATIONS: [{"id": "Sms", "state": "enabled", "includeTargets": [{"id": "all_users"}]}],
}
ADATUM = {
    "app_id": "12345678-0000-4000-8000-000000000000",
    "open_id_connect_setting": {"client_id": "abc", "discovery_url": "https://adatum.example/.well-known"},
}
WANTED: JsonObject = {
    "security_defaults": {"is_enabled": False},
    "conditional_access_policies": {
        "policies": [
            {"template": "require_mfa_for_all_users", "policy_state": "enabled"},
            {"template": "block_legacy_authentication", "policy_state": "enabled"},
        ]
    },
    "emergency_access": {"users": ["glass@fabrikam.example"]},
    # The first two let people do more, and come before the policies; all else comes after them.
    "authentication_method_configurations": [
        {"id": "Fido2", "method_state": "enabled"},
        {"id": "Adatum", "method_state": "enabled", "include_targets": ["all_users"], "external": ADATUM},
        {"id": "Sms", "method_state": "disabled"},
    ],
    "authentication_methods_policy": {"policy_migration_state": "migrationInProgress"},
    "authorization_policy": {"allowed_to_use_sspr": False},
}
OF_METHODS = "authentication_method_configuration"
NOUNS = {
    SECURITY_DEFAULTS: "security_defaults",
    POLICIES: "conditional_access_policy",
    METHOD_CONFIGURATIONS: OF_METHODS,
    METHODS_POLICY: "authentication_methods_policy",
    AUTHORIZATION_POLICY: "authorization_policy",
}
# What takes something away, after the policies: a method is turned off, and two policies are changed.
LATE = (OF_METHODS, "authentication_methods_policy", "authorization_policy")
ACTIONS: dict[str, JsonObject] = {
    "refused": {"kind": "status", "status": 400},
    "forbidden": {"kind": "status", "status": 403},
    "lost": {"kind": "reset"},
    "done_and_lost": {"kind": "commit_then_fail", "status": 504},
}


@dataclass(frozen=True)
class Write:
    """One write of the undisturbed run: ``number`` counts those of its method, ``is_late`` is after the policies."""

    method: str
    number: int
    is_late: bool


@pytest.fixture
def product(simulator: TestSimulator, tmp_path: Path) -> WholeProduct:
    return WholeProduct(tmp_path, simulator)


def held(client: Client) -> JsonObject:
    """Return the tenant's protection and settings, without times, and without ids that are made anew."""
    state = client.simulator.state(client.tenant_id)
    return {path: sorted(map(told, items_of(state[path])), key=repr) for path in NOUNS}


def items_of(value: Any) -> list[JsonObject]:
    return value if isinstance(value, list) else [value]


def told(item: JsonObject) -> JsonObject:
    passing = {"lastModifiedDateTime", "modifiedDateTime", "createdDateTime"}
    passing |= {"id"} if "isEnabled" in item or "external" in str(item.get("@odata.type")) else set()
    return {name: value for name, value in item.items() if name not in passing}


def writes(client: Client) -> list[JsonObject]:
    entries = client.simulator.requests(client.tenant_id, "graph")
    return [entry for entry in entries if entry["method"] != "GET"]


def undisturbed(product: WholeProduct, make_client: MakeClient) -> list[Write]:
    """Return the writes of a run that nothing disturbs."""
    client = make_client(state=STATE)
    result = product.run("tenant_configuration", client.entry, WANTED)
    assert result["changed"]
    sent = [str(entry["method"]) for entry in writes(client)]
    assert tuple(one["resource"] for one in result["plan"])[-len(LATE) :] == LATE
    return [
        Write(method, sent[:number].count(method), number >= len(sent) - len(LATE))
        for number, method in enumerate(sent)
    ]


def disturbed(product: WholeProduct, client: Client) -> Any:
    """Return the result of a run whose waiting takes no time."""

    def prepare(session: Any) -> None:
        session._transporter().sleep = lambda seconds: None

    return product.task("tenant_configuration", client.entry, WANTED, prepare=prepare)[0]


def failure(product: WholeProduct, client: Client) -> Any:
    error = product.part("_graph.errors").EntraError
    with pytest.raises(error) as caught:
        disturbed(product, client)
    return caught.value


def is_taken_on(write: Write, action: str) -> bool:
    """Say whether what is written is found by its name in spite of the answer, so that the run goes on."""
    return write.method == "POST" and action == "done_and_lost"


def fail_at(write: Write, client: Client, action: str, count: int = 1) -> None:
    """Let a write fail, and with a ``count`` above one those of its method that follow, too: what takes things back."""
    rule = {"method": write.method, "path": "/(v1.0|beta)/", "skip": write.number, "count": count}
    client.simulator.set_faults({**rule, "tenant": client.tenant_id, "action": ACTIONS[action]})


@pytest.mark.parametrize("count", [1, 99])
@pytest.mark.parametrize("action", ACTIONS)
def test_every_write_may_fail(product: WholeProduct, make_client: MakeClient, action: str, count: int) -> None:
    plan = undisturbed(product, make_client)
    assert len(plan) >= 9
    for write in plan:
        client = make_client(state=STATE)
        before = held(client)
        fail_at(write, client, action, count)
        if is_taken_on(write, action):
            assert len(disturbed(product, client)["plan"]) == len(plan)
            continue
        error = failure(product, client)
        product.simulator.set_faults()
        changed = [path for path in NOUNS if held(client)[path] != before[path]]
        if write.is_late:
            check_what_stays(client, error, changed)
        else:
            unnamed = [path for path in changed if not is_named(error, path)]
            assert unnamed == [], (write, str(error), error.details)
            assert re.search("put back|Nothing had been changed", str(error)), (write, str(error))
        check_protection(client, error)


def is_named(error: Any, path: str) -> bool:
    """Say whether the object at a path is told as what could not be put back.

    Where protection did not come back, the policies are put into effect and what they rest on stays: as what was done.
    """
    resources = {problem["resource"] for problem in error.details["not_restored"]}
    if resources & {"security_defaults"}:
        resources |= {one["resource"] for one in error.details["done"]}
    return NOUNS[path] in resources and "ATTENTION" in str(error)


def check_what_stays(client: Client, error: Any, changed: list[str]) -> None:
    """After the policies nothing is taken back; what was done and what was not is told."""
    details = error.details
    assert "not_restored" not in details
    assert {SECURITY_DEFAULTS, POLICIES} <= set(changed)
    missing = {one["resource"] for one in details["not_done"]}
    assert missing
    assert missing <= set(LATE)
    assert any(str(error).startswith(resource) for resource in missing), str(error)
    done = {one["resource"] for one in details["done"]}
    assert {"conditional_access_policy", "security_defaults"} <= done
    again = [policy["state"] for policy in client.get(POLICIES).json()["value"]]
    assert again == ["enabled", "enabled"]


def check_protection(client: Client, error: Any) -> None:
    """Either security defaults or the policies are in force, or the message says that nothing is."""
    is_on = client.get(SECURITY_DEFAULTS).json()["isEnabled"]
    states = [policy["state"] for policy in client.get(POLICIES).json()["value"]]
    is_told = "nothing took its place" in str(error)
    assert is_on or states == ["enabled", "enabled"] or is_told, (is_on, states, str(error))


@pytest.mark.parametrize("action", ["refused", "done_and_lost"])
def test_a_second_run_ends_what_a_failure_has_left(product: WholeProduct, make_client: MakeClient, action: str) -> None:
    expected = make_client(state=STATE)
    product.run("tenant_configuration", expected.entry, WANTED)
    for write in undisturbed(product, make_client):
        client = make_client(state=STATE)
        fail_at(write, client, action)
        if is_taken_on(write, action):
            continue
        failure(product, client)
        product.simulator.set_faults()
        product.run("tenant_configuration", client.entry, WANTED)
        assert product.run("tenant_configuration", client.entry, WANTED)["plan"] == []
        for path in (METHOD_CONFIGURATIONS, METHODS_POLICY, AUTHORIZATION_POLICY, SECURITY_DEFAULTS):
            assert held(client)[path] == held(expected)[path], (write, path)
