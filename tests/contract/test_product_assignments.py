# Copyright: (c) 2026, m365.entra contributors
# GNU General Public License v3.0+ (see COPYING or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later
"""Who may use an application, and the gallery: through the product, against the simulator."""

from __future__ import annotations

from pathlib import Path
from typing import Any

import pytest

from simulator.fixture import TestSimulator
from simulator.json_types import JsonObject

from .conftest import MakeClient
from .graph_client import GraphClient
from .journal_bodies import report_on_bodies
from .schema_document import published_schema
from .whole_product import WholeProduct

FILES = "5a1e0000-0000-4000-8000-000000000003"
ONE, TWO = "66666666-6666-4666-8666-666666666661", "66666666-6666-4666-8666-666666666662"
PILOT = "Conditional Access pilot"


@pytest.fixture
def product(simulator: TestSimulator, tmp_path: Path) -> WholeProduct:
    return WholeProduct(tmp_path, simulator)


def with_files(client: GraphClient) -> JsonObject:
    """Make an application in the tenant of a client."""
    return client.created(f"/applicationTemplates/{FILES}/instantiate", {"displayName": "Files"})


def user(client: GraphClient, name: str) -> str:
    found = (one["userPrincipalName"] for one in client.get("/users").json()["value"])
    return str(next(one for one in found if one.startswith(f"{name}@")))


def run(product: WholeProduct, client: GraphClient, options: JsonObject, **more: Any) -> JsonObject:
    return dict(product.run("application_assignment", client.entry, {"application": "Files"} | options, **more))


def held(client: GraphClient) -> set[tuple[str, str]]:
    """Return who has which role in the tenant."""
    names = {"18d14569-c3bd-439b-9a66-3a2aee01d14f": "User", "b9632174-c057-4f7e-951b-be3adc52bfe6": "msiam_access"}
    rows = client.simulator.state(client.tenant_id)["/servicePrincipals/appRoleAssignedTo"]
    return {(one["principalDisplayName"], names.get(one["appRoleId"], one["appRoleId"])) for one in rows}


def writes(simulator: TestSimulator, client: GraphClient) -> list[str]:
    return [one["method"] for one in simulator.requests(client.tenant_id, "graph") if one["method"] != "GET"]


def quiet(product: WholeProduct, client: GraphClient, options: JsonObject) -> JsonObject:
    product.simulator.clear_requests()
    result = run(product, client, options)
    assert (result["changed"], result["plan"]) == (False, [])
    assert writes(product.simulator, client) == []
    return result


@pytest.mark.parametrize("delay", [0.0, 0.5])
def test_added_removed_and_set(
    product: WholeProduct, client: GraphClient, simulator: TestSimulator, delay: float
) -> None:
    with_files(client)
    simulator.set_profile(consistency_delay_seconds=delay)
    bela, chris = user(client, "bela.user"), user(client, "chris.user")
    added = {"add": [{"group": PILOT}, {"user": bela, "role": "MSIAM_ACCESS"}, {"user": bela}]}
    simulator.clear_requests()
    checked = run(product, client, added, check_mode=True)
    assert (checked["plan_status"], len(checked["plan"])) == ("changes_pending", 3)
    assert (held(client), writes(simulator, client)) == (set(), [])
    result = run(product, client, added)
    assert held(client) == {(PILOT, "User"), ("Bela User", "User"), ("Bela User", "msiam_access")}
    assert [one["guard"] for one in result["guards"]] == ["permissions", "license"]
    quiet(product, client, added)
    less = {"remove": [{"user": bela, "role": "User"}], "add": [{"user": chris}]}
    run(product, client, less)
    assert held(client) == {(PILOT, "User"), ("Bela User", "msiam_access"), ("Chris User", "User")}
    quiet(product, client, less)
    run(product, client, {"remove": [{"user": bela}]})
    assert held(client) == {(PILOT, "User"), ("Chris User", "User")}
    whole = {"set": [{"user": bela}, {"group": PILOT}]}
    assert [one["operation"] for one in run(product, client, whole)["plan"]] == ["create", "delete"]
    assert held(client) == {(PILOT, "User"), ("Bela User", "User")}
    quiet(product, client, whole)
    run(product, client, {"set": []})
    assert held(client) == set()
    quiet(product, client, {"set": []})


def test_many_assignments_are_read_in_pages(
    product: WholeProduct, make_client: MakeClient, simulator: TestSimulator
) -> None:
    people = [{"userPrincipalName": f"u{number}@x.example", "displayName": f"U{number}"} for number in range(30)]
    client = make_client(state={"/users": people})
    with_files(client)
    simulator.set_profile(page_size=7)
    wanted = {"set": [{"user": one["userPrincipalName"]} for one in people]}
    assert len(run(product, client, wanted)["plan"]) == 30
    result = quiet(product, client, wanted)
    assert len(result["application_assignment"]["assignments"]) == 30


def test_what_applications_may_do_is_not_touched(product: WholeProduct, make_client: MakeClient) -> None:
    role = {"id": "5a1e0000-0000-4000-8000-0000000000aa", "displayName": "Sync", "value": "sync"}
    role |= {"isEnabled": True, "allowedMemberTypes": ["Application"], "description": "", "origin": "Application"}
    files = {"id": ONE, "appId": TWO, "displayName": "Files", "appRoles": [role]}
    client = make_client(state={"/servicePrincipals": [files, {"id": TWO, "appId": ONE, "displayName": "Robot"}]})
    body = {"principalId": TWO, "resourceId": ONE, "appRoleId": role["id"]}
    client.created(f"/servicePrincipals/{ONE}/appRoleAssignedTo", body)
    assert quiet(product, client, {"set": []})["application_assignment"]["assignments"] == []
    assert len(held(client)) == 1


def test_an_application_without_roles_has_default_access(product: WholeProduct, client: GraphClient) -> None:
    bela = user(client, "bela.user")
    result = run(product, client, {"application": "Microsoft Teams Services", "add": [{"user": bela}]})
    (assigned,) = result["application_assignment"]["assignments"]
    assert (assigned["role"], assigned["role_id"]) == ("default access", "00000000-0000-0000-0000-000000000000")


@pytest.mark.parametrize(
    ("options", "message"),
    [
        ({"application": "Nothing", "add": [{"group": PILOT}]}, "application: there is no application named 'Nothing'"),
        (
            {"add": [{"group": "Nobody"}, {"user": "no@x.example"}]},
            "add.0.: there is no group.*add.1.: there is no user",
        ),
        ({"add": [{"group": PILOT, "role": "King"}]}, "no role is called 'King'; known: User, msiam_access"),
    ],
)
def test_names_are_refused_before_any_write(
    product: WholeProduct, client: GraphClient, simulator: TestSimulator, options: JsonObject, message: str
) -> None:
    with_files(client)
    simulator.clear_requests()
    with pytest.raises(product.part("_graph.errors").EntraError, match=message):
        run(product, client, options)
    assert writes(simulator, client) == []


def test_groups_need_a_licence(product: WholeProduct, make_client: MakeClient, simulator: TestSimulator) -> None:
    client = make_client("free")
    with_files(client)
    simulator.clear_requests()
    with pytest.raises(product.part("_graph.errors").GuardRefused, match="needs Microsoft Entra ID P1") as refusal:
        run(product, client, {"add": [{"group": PILOT}]})
    assert refusal.value.details["plan_status"] == "blocked"
    assert writes(simulator, client) == []
    assert run(product, client, {"add": [{"user": user(client, "bela.user")}]})["changed"] is True


def test_somebody_else_was_faster(product: WholeProduct, client: GraphClient, simulator: TestSimulator) -> None:
    """The assignment is there although its answer says no: that is what was wanted."""
    with_files(client)
    action = {"kind": "commit_then_fail", "status": 429}
    simulator.set_faults({"method": "POST", "path": "appRoleAssignedTo", "count": 1, "action": action})
    assert run(product, client, {"add": [{"group": PILOT}]})["changed"] is True
    assert held(client) == {(PILOT, "User")}
    simulator.set_faults()
    quiet(product, client, {"add": [{"group": PILOT}]})


def test_bodies_are_those_of_the_schema(
    product: WholeProduct, client: GraphClient, simulator: TestSimulator, shared: Path
) -> None:
    with_files(client)
    run(product, client, {"set": [{"group": PILOT}, {"user": user(client, "bela.user")}]})
    schema = published_schema(shared / "graph" / "v1.0-Prod.csdl")
    report = report_on_bodies(simulator.requests(client.tenant_id), schema)
    assert report.checked >= 3
    assert report.faults == (), str(report)


@pytest.mark.parametrize(
    ("options", "names", "requests"),
    [
        ({"display_name": "Contoso CRM"}, ["Contoso CRM"], 1),
        ({"starts_with": "contoso"}, ["Contoso CRM", "Contoso CRM Sandbox"], 1),
        ({"display_name": "Wide World Import's Wiki"}, ["Wide World Import's Wiki"], 1),
        ({"category": "Collaboration", "single_sign_on_mode": "oidc"}, ["Northwind Meetings"], 4),
        ({"display_name": "Nothing"}, [], 1),
    ],
)
def test_the_gallery_is_searched(
    product: WholeProduct,
    client: GraphClient,
    simulator: TestSimulator,
    options: JsonObject,
    names: list[str],
    requests: int,
) -> None:
    simulator.set_profile(page_size=2)
    result = product.run("application_template_info", client.entry, options)
    assert [one["display_name"] for one in result["application_templates"]] == names
    assert len(simulator.requests(client.tenant_id, "graph")) == requests
