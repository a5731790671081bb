# Copyright: (c) 2026, m365.entra contributors
# GNU General Public License v3.0+ (see COPYING or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later
"""What one object may not keep from being done: a policy that is refused, and a user who is gone."""

from __future__ import annotations

from pathlib import Path
from typing import Any

import pytest

from simulator.fixture import TestSimulator
from simulator.json_types import JsonObject

from .conftest import MakeClient
from .graph_client import METHOD_CONFIGURATIONS, METHODS_POLICY, POLICIES, SECURITY_DEFAULTS, GraphClient
from .sample_policies import REQUIRE_MFA
from .whole_product import Task, WholeProduct

MFA, PROTECTED, OTHER, OFFICE = (f"eeeeeeee-0000-4000-8000-{number:012d}" for number in range(1, 5))
ADA, BOB = (f"aaaaaaaa-0000-4000-8000-{number:012d}" for number in (1, 2))
REQUIREMENTS = "/users/authentication/requirements"
LOCATIONS = "/identity/conditionalAccess/namedLocations"


def user(identifier: str, name: str) -> JsonObject:
    return {"id": identifier, "userPrincipalName": f"{name}@fabrikam.example", "displayName": name}


STATE: JsonObject = {
    SECURITY_DEFAULTS: {"isEnabled": False},
    "/users": [user(ADA, "ada"), user(BOB, "bob")],
    POLICIES: [
        {**REQUIRE_MFA, "id": MFA, "displayName": "MFA", "state": "enabled"},
        {**REQUIRE_MFA, "id": PROTECTED, "displayName": "Protected", "state": "enabled"},
        {**REQUIRE_MFA, "id": OTHER, "displayName": "Other", "state": "enabled"},
    ],
    LOCATIONS: [
        {
            "@odata.type": "#microsoft.graph.ipNamedLocation",
            "id": OFFICE,
            "displayName": "Office",
            "ipRanges": [{"@odata.type": "#microsoft.graph.iPv4CidrRange", "cidrAddress": "192.0.2.0/24"}],
        }
    ],
    REQUIREMENTS: [{"id": ADA, "perUserMfaState": "enforced"}, {"id": BOB, "perUserMfaState": "enabled"}],
}
WANTED: JsonObject = {
    "conditional_access_policies": {"policies": [{"display_name": "MFA"}], "unmanaged": "disable"},
    "authentication_method_configurations": [{"id": "Fido2", "method_state": "enabled"}],
    "authorization_policy": {"allowed_to_use_sspr": False},
    "named_locations": [{"display_name": "Office", "state": "absent"}],
    "per_user_mfa": {"users": ["ada@fabrikam.example"]},
}


@pytest.fixture
def product(simulator: TestSimulator, tmp_path: Path) -> WholeProduct:
    return WholeProduct(tmp_path, simulator)


def refusal(product: WholeProduct, module: str, client: GraphClient, options: JsonObject, **how: Any) -> Any:
    """Return the error of a run with an empty journal."""
    product.simulator.clear_requests()
    with pytest.raises(product.part("_graph.errors").EntraError) as failure:
        product.task(module, client.entry, options, **how)
    return failure.value


def writes(client: GraphClient) -> list[str]:
    entries = client.simulator.requests(client.tenant_id, "graph")
    return [f"{entry['method']} {entry['path']}" for entry in entries if entry["method"] != "GET"]


def mfa_states(client: GraphClient) -> dict[str, str]:
    users = (one["id"] for one in client.get("/users").json()["value"])
    paths = {one: f"/users/{one}/authentication/requirements" for one in users}
    return {one: client.get(path, version="beta").json()["perUserMfaState"] for one, path in paths.items()}


def test_settings_are_written_though_a_policy_is_refused(product: WholeProduct, make_client: MakeClient) -> None:
    client = make_client(state=STATE)
    action = {"kind": "status", "status": 400}
    product.simulator.set_faults({"method": "PATCH", "path": f"policies/{PROTECTED}", "count": 9, "action": action})
    error = refusal(product, "tenant_configuration", client, WANTED)
    states = {one["displayName"]: one["state"] for one in client.get(POLICIES).json()["value"]}
    assert states == {"MFA": "enabled", "Protected": "enabled", "Other": "disabled"}
    assert client.get("/policies/authorizationPolicy").json()["allowedToUseSSPR"] is False
    assert client.get(f"{METHOD_CONFIGURATIONS}/Fido2").json()["state"] == "enabled"
    # Both rest on the policies.
    assert mfa_states(client)[ADA] == "enforced"
    assert len(client.get(LOCATIONS).json()["value"]) == 1
    left_out, refused = error.message.split("The service refused: ")
    assert left_out.startswith("Left undone, ")
    assert "named_location 'Office'" in left_out
    assert "per_user_mfa 'ada@fabrikam.example'" in left_out
    assert "'Protected'" in refused
    product.simulator.set_faults()
    assert product.run("tenant_configuration", client.entry, WANTED)["changed"] is True
    assert product.run("tenant_configuration", client.entry, WANTED)["changed"] is False


def test_user_who_vanishes_before_the_write(product: WholeProduct, make_client: MakeClient) -> None:
    """Only the last read shows both; then one is gone, and the other's MFA is turned off all the same."""
    client = make_client(state=STATE)
    tenant = product.simulator.simulator.tenants.find(client.tenant_id)
    assert tenant is not None
    users = tenant["/users"]

    def prepare(session: Any) -> None:
        write, gone = session.patch, list[str]()

        def patching(path: str, *arguments: Any, **more: Any) -> Any:
            if not gone:
                gone.append(ADA)
                users.remove(ADA, 0)
            return write(path, *arguments, **more)

        session.patch = patching

    error = refusal(product, "per_user_mfa", client, {}, prepare=prepare)
    assert mfa_states(client) == {BOB: "disabled"}
    assert "ada@fabrikam.example" in error.message
    assert "bob@fabrikam.example" not in error.message
    assert product.run("per_user_mfa", client.entry, {})["changed"] is False


def test_security_defaults_are_no_reason_to_turn_it_off(product: WholeProduct, make_client: MakeClient) -> None:
    client = make_client(state={**STATE, SECURITY_DEFAULTS: {"isEnabled": True}, POLICIES: []})
    product.simulator.clear_requests()
    result, task = product.task("per_user_mfa", client.entry, {})
    assert (result["changed"], writes(client)) == (False, [])
    assert mfa_states(client) == {ADA: "enforced", BOB: "enabled"}
    assert {"security defaults" in one["reason"] for one in result["per_user_mfa"]["left_alone"]} == {True}
    assert is_warned_of(task, "ada@fabrikam.example")


def is_warned_of(task: Task, name: str) -> bool:
    return any(name in warning for warning in task.warnings)


def unmigrated(sms: str) -> JsonObject:
    """A tenant in which nobody can meet a requirement of MFA but perhaps by SMS."""
    kinds = ("MicrosoftAuthenticator", "Fido2", "SoftwareOath", "Voice", "HardwareOath", "X509Certificate")
    methods = [{"id": kind, "state": "disabled"} for kind in kinds]
    return {
        METHODS_POLICY: {"policyMigrationState": "migrationInProgress"},
        METHOD_CONFIGURATIONS: [*methods, {"id": "Sms", "state": sms, "includeTargets": [{"id": "all_users"}]}],
    }


COMPLETE = {"policy_migration_state": "migrationComplete"}


def test_migration_is_not_completed_where_nobody_has_a_second_factor(
    product: WholeProduct, make_client: MakeClient
) -> None:
    client = make_client(state=unmigrated("disabled"))
    error = refusal(product, "tenant_configuration", client, {"authentication_methods_policy": COMPLETE})
    assert "no method would be left" in error.message
    assert writes(client) == []
    both = {
        "authentication_methods_policy": COMPLETE,
        "authentication_method_configurations": [{"id": "Sms", "method_state": "enabled"}],
    }
    assert product.run("tenant_configuration", client.entry, both)["changed"] is True
    assert client.get(METHODS_POLICY).json()["policyMigrationState"] == "migrationComplete"
    other = make_client(state=unmigrated("enabled"))
    alone = {"authentication_methods_policy": COMPLETE}
    assert product.run("tenant_configuration", other.entry, alone)["changed"] is True
