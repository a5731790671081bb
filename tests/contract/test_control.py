# Copyright: (c) 2026, m365.entra contributors
# GNU General Public License v3.0+ (see COPYING or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later
"""The control endpoints: tenants made, dumped and deleted, and the profile."""

from __future__ import annotations

import json

import pytest

from simulator.control import control_answer
from simulator.fixture import TestSimulator, running_simulator
from simulator.json_types import JsonObject
from simulator.messages import Request
from simulator.profile import SETTING_NAMES
from simulator.tenant import STATE_PATHS

from .conftest import MakeClient
from .graph_client import NAMED_LOCATIONS, POLICIES, STRENGTHS, GraphClient, http_client
from .sample_policies import BLOCK_WORKLOADS, FIDO2_CONFIGURATION, KEYS, REQUIRE_MFA, STRENGTH_MULTIFACTOR, varied


def test_a_tenant_over_the_wire(simulator: TestSimulator) -> None:
    with http_client(simulator) as http:
        created = http.post("/_simulator/tenants", json={"name": "wired", "license": "p1"})
        assert created.status_code == 201
        entry = created.json()
        assert set(entry) == {"name", "tenant_id", "client_id", "client_secret", "license"}
        assert json.loads(simulator.connection_path.read_text())["tenants"][-1] == entry
        listed = http.get("/_simulator/tenants").json()["tenants"]
        assert {key: value for key, value in entry.items() if key != "client_secret"} in listed
        assert entry["client_secret"] not in json.dumps(listed)
        assert GraphClient(simulator, entry).get("/organization").status_code == 200
        assert http.post("/_simulator/tenants", json={"name": "wired", "license": "p1"}).status_code == 409
        assert http.delete(f"/_simulator/tenants/{entry['tenant_id']}").status_code == 204
        assert http.delete(f"/_simulator/tenants/{entry['tenant_id']}").status_code == 404
        assert http.get(f"/_simulator/tenants/{entry['tenant_id']}").status_code == 404
        assert entry not in json.loads(simulator.connection_path.read_text())["tenants"]


def test_what_a_tenant_may_say_of_itself(make_client: MakeClient) -> None:
    client = make_client(
        tenant_id="ABCDEF00-0000-0000-0000-000000000000",
        permissions=["User.Read.All"],
        application={"client_id": "12345678-0000-0000-0000-000000000000", "client_secret": "chosen"},
    )
    assert client.tenant_id == "abcdef00-0000-0000-0000-000000000000"
    assert client.entry["client_secret"] == "chosen"
    assert client.get("/users").status_code == 200
    assert client.get("/groups").status_code == 403


def test_a_seed_keeps_ids_and_fills_the_rest(make_client: MakeClient, simulator: TestSimulator) -> None:
    policy = REQUIRE_MFA | {"id": "99999999-9999-9999-9999-999999999999", "createdDateTime": "2024-05-01T00:00:00Z"}
    people = [{"id": "11111111-1111-1111-1111-111111111111", "userPrincipalName": "a@x.example", "displayName": "A"}]
    client = make_client(state={POLICIES: [policy], "/users": people})
    state = simulator.state(client.tenant_id)
    assert set(state) == set(STATE_PATHS)
    assert state[POLICIES][0]["id"] == policy["id"]
    assert state[POLICIES][0]["createdDateTime"] == policy["createdDateTime"]
    assert state[POLICIES][0]["conditions"]["platforms"] is None
    assert state["/users"][0]["accountEnabled"] is True
    assert (state["/groups"], state["/roleManagement/directory/roleAssignments"]) == ([], [])
    assert len(state["/roleManagement/directory/roleDefinitions"]) == 143
    assert len(state["/policies/authenticationStrengthPolicies"]) == 3


@pytest.mark.parametrize(
    ("document", "text"),
    [
        ([], "object"),
        ({"license": "p1"}, "'name' is missing"),
        ({"name": "x"}, "'license' is missing"),
        ({"name": "x", "license": "p3"}, "'license' must be one of"),
        ({"name": "x", "license": "p1", "colour": "red"}, "colour"),
        ({"name": "x", "license": "p1", "state": {"/teams": []}}, "/teams"),
        ({"name": "x", "license": "p1", "state": {"/users": {}}}, "'/users' must be a list"),
        ({"name": "x", "license": "p1", "state": {"/organization": []}}, "'/organization' must hold one"),
        ({"name": "x", "license": "p1", "state": {POLICIES: [{"colour": "red"}]}}, f"{POLICIES}[0].colour"),
        ({"name": "x", "license": "p1", "state": {NAMED_LOCATIONS: [{"isTrusted": "no"}]}}, f"{NAMED_LOCATIONS}[0]"),
        ({"name": "x", "license": "p1", "application": {"password": "x"}}, "password"),
        ({"name": "x", "license": "p1", "application": {"federated_credentials": [{"issuer": "x"}]}}, "application"),
        ({"name": "x", "license": "p1", "permissions": "all"}, "'permissions' must be a list"),
    ],
)
def test_documents_that_are_not_understood(simulator: TestSimulator, document: JsonObject, text: str) -> None:
    with http_client(simulator) as http:
        answer = http.post("/_simulator/tenants", json=document)
    assert answer.status_code == 400
    assert text in answer.json()["error"]["message"]


def test_a_dump_is_a_seed(client: GraphClient, simulator: TestSimulator) -> None:
    """Fill a tenant through Graph, dump it, make it anew in another simulator, and compare the dumps."""
    simulator.set_profile(workload_identity_licence_enforced=False)
    strength = {"operator": "OR", "authenticationStrength": {"id": STRENGTH_MULTIFACTOR}}
    client.created_policy(varied(REQUIRE_MFA, grantControls=strength))
    client.created_policy(BLOCK_WORKLOADS)
    deleted = client.created_policy(REQUIRE_MFA)
    client.delete(f"{POLICIES}/{deleted['id']}")
    client.post(
        NAMED_LOCATIONS,
        {"@odata.type": "#microsoft.graph.countryNamedLocation", "displayName": "C", "countriesAndRegions": ["CH"]},
    )
    client.post("/identity/conditionalAccess/authenticationContextClassReferences", {"id": "c1", "displayName": "One"})
    client.post("/identityGovernance/termsOfUse/agreements", {"displayName": "Terms"})
    client.post("/groups", {"displayName": "G", "mailNickname": "g", "mailEnabled": False, "securityEnabled": True})
    client.created(STRENGTHS, KEYS | {"combinationConfigurations": [FIDO2_CONFIGURATION]})
    evaluation = {"mode": "disabled"}
    preview = varied(REQUIRE_MFA, state="disabled", sessionControls__continuousAccessEvaluation=evaluation)
    assert client.post(POLICIES, preview, version="beta").status_code == 201
    dumped = simulator.dump(client.tenant_id)
    assert dumped == client.http.get(f"/_simulator/tenants/{client.tenant_id}").json()
    assert client.entry["client_secret"] not in json.dumps(dumped)
    with running_simulator(demo_tenants=False) as other:
        other.simulator.create_tenant(json.loads(json.dumps(dumped)))
        assert other.dump(client.tenant_id) == dumped


def test_the_demo_tenants_survive_a_dump(simulator: TestSimulator) -> None:
    with running_simulator(demo_tenants=False) as other:
        for name in ("contoso-free", "contoso-p1", "contoso-p2"):
            dumped = simulator.dump(simulator.tenant(name)["tenant_id"])
            other.simulator.create_tenant(dumped)
            assert other.dump(dumped["tenant_id"]) == dumped


@pytest.mark.parametrize(("name", "is_enabled"), [("contoso-free", False), ("contoso-p1", True), ("contoso-p2", True)])
def test_the_demo_tenants(simulator: TestSimulator, name: str, is_enabled: bool) -> None:
    entry = simulator.tenant(name)
    assert entry["license"] == name.removeprefix("contoso-")
    state = simulator.state(entry["tenant_id"])
    assert state["/policies/identitySecurityDefaultsEnforcementPolicy"]["isEnabled"] is is_enabled
    names = {user["userPrincipalName"] for user in state["/users"]}
    assert {f"emergency-access-{number}@{name}.onmicrosoft.com" for number in (1, 2)} <= names
    assert state[POLICIES] == []


def test_the_profile_over_the_wire(client: GraphClient) -> None:
    profile = client.http.get("/_simulator/profile").json()
    assert set(profile) == set(SETTING_NAMES)
    changed = client.http.put("/_simulator/profile", json={"error_shape": "inner_error", "page_size": 3}).json()
    assert changed == profile | {"error_shape": "inner_error", "page_size": 3}
    assert client.http.get("/_simulator/profile").json() == changed


@pytest.mark.parametrize(
    "change",
    [
        {"colour": "red"},
        {"cloud": "mars"},
        {"strict_security_defaults": "yes"},
        {"page_size": -1},
        {"page_size": 1.5},
        {"consistency_delay_seconds": True},
        [],
    ],
)
def test_settings_that_are_refused(client: GraphClient, change: JsonObject) -> None:
    before = client.http.get("/_simulator/profile").json()
    assert client.http.put("/_simulator/profile", json=change).status_code == 400
    assert client.http.get("/_simulator/profile").json() == before


def test_control_is_for_loopback_only(simulator: TestSimulator) -> None:
    def status(address: str) -> int:
        request = Request("GET", "/_simulator/profile", client_address=address)
        return control_answer(request, simulator.simulator).status

    assert [status(address) for address in ("127.0.0.1", "::1", "192.0.2.1")] == [200, 200, 403]


@pytest.mark.parametrize("path", ["/_simulator", "/_simulator/nothing", "/_simulator/tenants/a/b"])
def test_unknown_control_paths(client: GraphClient, path: str) -> None:
    assert client.http.get(path).status_code == 404


def test_control_requests_are_not_in_the_journal(client: GraphClient, simulator: TestSimulator) -> None:
    client.http.get("/_simulator/profile")
    assert simulator.requests() == []
