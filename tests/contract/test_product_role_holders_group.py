# Copyright: (c) 2026, m365.entra contributors
# GNU General Public License v3.0+ (see COPYING or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later
"""role_holders_group in a tenant with 5,000 users: nested groups, eligible assignments, delays, and refusals."""

from __future__ import annotations

from pathlib import Path
from typing import Any

import pytest

from simulator.fixture import TestSimulator
from simulator.json_types import JsonObject

from .conftest import MakeClient
from .graph_client import POLICIES, GraphClient
from .journal_bodies import report_on_bodies
from .large_directories import (
    ACTIVE_HOLDERS,
    ALL_HOLDERS,
    ASSIGNMENTS,
    ELIGIBILITIES,
    ELIGIBLE,
    EXCHANGE_ADMINISTRATOR,
    GLOBAL_ADMINISTRATOR,
    GLOBAL_READER,
    INNER,
    OUTER,
    ROBOT,
    STAFF,
    USERS,
    large_directory,
    name_of,
    user_id,
    user_ids,
)
from .sample_policies import REQUIRE_MFA, varied
from .schema_document import published_schema
from .whole_product import WholeProduct

MODULE = "role_holders_group"
NAME = "Administrators by role"
KEPT = "bbbbbbbb-0000-4000-8000-00000000000f"
OPTIONS: JsonObject = {"group": NAME}
# The group by name, the assignments, who they are, the members of one group with a role, the members of the group.
READS_WHEN_QUIET = 5


@pytest.fixture
def product(tmp_path_factory: pytest.TempPathFactory, simulator: TestSimulator) -> WholeProduct:
    return WholeProduct(tmp_path_factory.mktemp("collections"), simulator)


@pytest.fixture
def client(make_client: MakeClient) -> GraphClient:
    return make_client(state=large_directory())


def with_group(make_client: MakeClient, license_: str = "p2", **properties: Any) -> GraphClient:
    """Return a tenant that has the group already, and a policy that requires MFA of it."""
    group = {"id": KEPT, "displayName": NAME, "securityEnabled": True, "mailEnabled": False, **properties}
    state = large_directory()
    state["/groups"].append(group)
    policy = varied(REQUIRE_MFA, conditions__users={"includeGroups": [KEPT]})
    return make_client(license_, state=state | {POLICIES: [policy]})


def members_of(client: GraphClient, name: str = NAME) -> list[str]:
    """Return who has been written into the one group of that name."""
    (group,) = [one for one in client.simulator.state(client.tenant_id)["/groups"] if one["displayName"] == name]
    return sorted(group["members"])


def writes(client: GraphClient) -> list[str]:
    entries = client.simulator.requests(client.tenant_id, "graph")
    return [
        f"{entry['method']} {entry['path']}"
        for entry in entries
        if entry["method"] != "GET" and not entry["path"].endswith("getByIds")
    ]


def graph_requests(client: GraphClient) -> int:
    return len(client.simulator.requests(client.tenant_id, "graph"))


def refusal(product: WholeProduct, client: GraphClient, *parts: str, **options: Any) -> Any:
    """Return the error of a run that must be refused in these words, without having written anything."""
    with pytest.raises(product.part("_graph.errors").EntraError) as failure:
        product.run(MODULE, client.entry, OPTIONS | options)
    for part in parts:
        assert part in str(failure.value), str(failure.value)
    assert writes(client) == []
    return failure.value


def test_created_filled_quiet(product: WholeProduct, client: GraphClient, shared: Path) -> None:
    checked = product.run(MODULE, client.entry, OPTIONS, check_mode=True)
    assert (checked["changed"], checked["plan_status"], writes(client)) == (True, "changes_pending", [])
    done = product.run(MODULE, client.entry, OPTIONS)
    found = done[MODULE]
    assert members_of(client) == sorted(user_ids(*ACTIVE_HOLDERS))
    assert [one["name"] for one in found["added"]] == sorted(map(name_of, ACTIVE_HOLDERS))
    assert checked[MODULE] == {**found, "id": None}
    assert checked["diff"] == done["diff"]
    assert checked["plan"] == done["plan"]
    assert [one["id"] for one in found["groups_holding_roles"]] == [OUTER]
    assert [(one["id"], one["name"], one["kind"]) for one in found["left_out"]] == [
        (ROBOT, "Robot", "servicePrincipal")
    ]
    assert done["guards"] == [
        {"guard": "permissions", "outcome": "allowed", "reason": ""},
        {"guard": "granted_roles", "outcome": "allowed", "reason": ""},
        {"guard": "targeted_group", "outcome": "allowed", "reason": ""},
    ]
    assert writes(client)[0] == "POST /v1.0/groups"
    assert len(writes(client)) == 1 + 2, "the group, and twenty members a request"
    journal = client.simulator.requests(client.tenant_id)
    report = report_on_bodies(journal, published_schema(shared / "graph" / "v1.0-Prod.csdl"))
    assert report.checked >= 4
    assert not report.faults, report
    client.simulator.clear_requests()
    again = product.run(MODULE, client.entry, OPTIONS)
    assert (again["changed"], again["plan"], again["plan_status"]) == (False, [], "nothing_to_do")
    assert (writes(client), graph_requests(client)) == ([], READS_WHEN_QUIET)


def test_eligible_join_when_asked_and_leave_when_not(product: WholeProduct, client: GraphClient) -> None:
    with_eligible = OPTIONS | {"include_eligible": True}
    first = product.run(MODULE, client.entry, with_eligible)
    assert members_of(client) == sorted(user_ids(*ALL_HOLDERS))
    assert {one["id"] for one in first[MODULE]["groups_holding_roles"]} == {OUTER, ELIGIBLE}
    assert product.run(MODULE, client.entry, with_eligible)["changed"] is False
    client.simulator.clear_requests()
    without = product.run(MODULE, client.entry, OPTIONS)
    assert members_of(client) == sorted(user_ids(*ACTIVE_HOLDERS))
    assert len(without[MODULE]["removed"]) == len(ALL_HOLDERS) - len(ACTIVE_HOLDERS)
    assert writes(client) == ["POST /v1.0/$batch"] * 2
    assert product.run(MODULE, client.entry, OPTIONS)["changed"] is False


def test_a_role_taken_away(product: WholeProduct, make_client: MakeClient) -> None:
    client = with_group(make_client, members=[*user_ids(1, 2, 77), STAFF])
    options = {"group": KEPT, "roles": [GLOBAL_ADMINISTRATOR], "description": "Kept"}
    done = product.run(MODULE, client.entry, options)
    assert done[MODULE]["display_name"] == NAME
    assert [(one["name"], one["kind"]) for one in done[MODULE]["removed"]] == [
        ("Staff", "group"),
        (name_of(77), "user"),
    ]
    assert done["diff"]["after"] == {
        f"group {NAME}": {
            "description": "Kept",
            "members": [f"{name_of(number)} ({user_id(number)})" for number in (1, 2)],
        }
    }
    assert members_of(client) == user_ids(1, 2)
    assert product.run(MODULE, client.entry, options)["changed"] is False


def test_everyone_out_of_a_large_group(product: WholeProduct, make_client: MakeClient) -> None:
    client = with_group(make_client, members=user_ids(*range(USERS)))
    done = product.run(MODULE, client.entry, OPTIONS)
    assert len(done[MODULE]["removed"]) == USERS - len(ACTIVE_HOLDERS)
    assert members_of(client) == sorted(user_ids(*ACTIVE_HOLDERS))
    assert graph_requests(client) < 300


def test_delays_are_waited_for(product: WholeProduct, client: GraphClient) -> None:
    client.simulator.set_profile(consistency_delay_seconds=1.0)
    product.run(MODULE, client.entry, OPTIONS)
    assert members_of(client) == sorted(user_ids(*ACTIVE_HOLDERS))
    assert product.run(MODULE, client.entry, OPTIONS)["changed"] is False


def nobody() -> JsonObject:
    """Return roles that nobody holds."""
    return {"roles": ["Attack Simulation Administrator"]}


def test_a_policy_is_not_left_without_anybody(product: WholeProduct, make_client: MakeClient) -> None:
    client = with_group(make_client, members=user_ids(1))
    error = refusal(product, client, "would be left without members", REQUIRE_MFA["displayName"], **nobody())
    assert error.details["guards"][-1]["outcome"] == "blocked"
    assert error.details["plan_status"] == "blocked"
    assert error.details["plan"][0]["changes"][0]["path"] == "members"
    done = product.run(MODULE, client.entry, OPTIONS | nobody() | {"allow_empty": True})
    assert (members_of(client), done["guards"][-1]["outcome"]) == ([], "overridden")


def test_a_group_without_a_policy_may_be_emptied(product: WholeProduct, client: GraphClient) -> None:
    product.run(MODULE, client.entry, OPTIONS)
    product.run(MODULE, client.entry, OPTIONS | nobody())
    assert members_of(client) == []


@pytest.mark.parametrize(
    ("properties", "text"),
    [
        ({"groupTypes": ["DynamicMembership"], "membershipRule": "user.department -eq 'IT'"}, "a rule decides"),
        ({"onPremisesSyncEnabled": True}, "synchronised"),
        ({"groupTypes": ["Unified"], "mailEnabled": True, "securityEnabled": True}, "Microsoft 365 group"),
        ({"mailEnabled": True, "securityEnabled": False}, "not security-enabled"),
        ({"mailEnabled": True}, "mail-enabled"),
    ],
)
def test_groups_that_are_not_ours(
    product: WholeProduct, make_client: MakeClient, properties: JsonObject, text: str
) -> None:
    client = with_group(make_client, **properties)
    error = refusal(product, client, NAME, KEPT, text)
    assert error.details["guards"][0]["guard"] == "group_kind"


@pytest.mark.parametrize("group", [OUTER, INNER])
def test_a_group_through_which_a_role_is_held(product: WholeProduct, client: GraphClient, group: str) -> None:
    refusal(product, client, "itself a way to hold one of the roles", group=group)


@pytest.mark.parametrize("license_", ["p1", "p2"])
@pytest.mark.parametrize("collection", [ASSIGNMENTS, ELIGIBILITIES])
@pytest.mark.parametrize("scope", ["/", f"/administrativeUnits/{STAFF}"])
def test_nobody_comes_by_another_role(
    product: WholeProduct, make_client: MakeClient, license_: str, collection: str, scope: str
) -> None:
    """A group that roles can be assigned to may be kept, unless that makes its new members hold something."""
    kept = {"id": KEPT, "displayName": NAME, "securityEnabled": True, "mailEnabled": False, "isAssignableToRole": True}
    reader = {"principalId": KEPT, "roleDefinitionId": GLOBAL_READER, "directoryScopeId": scope}
    state = large_directory()
    state["/groups"].append(kept)
    state[collection] = [*state[collection], reader]
    granted = ["RoleManagement.ReadWrite.Directory", "User.Read.All", "Group.ReadWrite.All", "Organization.Read.All"]
    client = make_client(license_, state=state, permissions=granted)
    if (license_, collection) == ("p1", ELIGIBILITIES):
        assert product.run(MODULE, client.entry, OPTIONS)["changed"] is True
        return
    error = refusal(product, client, NAME, KEPT, "itself holds a directory role")
    assert error.details["guards"][-1]["guard"] == "granted_roles"
    assert error.details["plan_status"] == "blocked"


def test_names_that_mean_more_or_nothing(product: WholeProduct, make_client: MakeClient) -> None:
    state = large_directory()
    state["/groups"].extend({"displayName": NAME, "securityEnabled": True, "mailEnabled": False} for _one in range(2))
    client = make_client(state=state)
    refusal(product, client, "2 groups are named")
    refusal(product, client, "no group with the id", group=KEPT.replace("b", "9"))
    refusal(product, client, "roles[1]", "Chief", roles=["Global Administrator", "Chief"])
    refusal(product, client, "roles: it names no role", roles=[])


def test_no_licence_for_eligible_assignments(product: WholeProduct, make_client: MakeClient) -> None:
    client = make_client("p1", state=large_directory())
    refusal(product, client, "include_eligible: the tenant has no licence", include_eligible=True)
    assert product.run(MODULE, client.entry, OPTIONS)["changed"] is True


@pytest.mark.parametrize(
    ("lacking", "text"),
    [
        ("RoleManagement.Read.Directory", "RoleManagement.Read.Directory"),
        ("Group.ReadWrite.All", "Group.Create"),
    ],
)
def test_missing_permissions(product: WholeProduct, make_client: MakeClient, lacking: str, text: str) -> None:
    granted = {
        "RoleManagement.Read.Directory",
        "User.Read.All",
        "Group.Read.All",
        "Organization.Read.All",
        "Group.ReadWrite.All",
    }
    client = make_client(state=large_directory(), permissions=sorted(granted - {lacking}))
    refusal(product, client, text)


def test_without_application_permission_robots_are_ids(product: WholeProduct, make_client: MakeClient) -> None:
    granted = ["RoleManagement.Read.Directory", "User.Read.All", "Group.ReadWrite.All", "Organization.Read.All"]
    state = large_directory()
    state["/groups"][0]["members"].remove(ROBOT)
    client = make_client(state=state, permissions=granted)
    done, task = product.task(MODULE, client.entry, OPTIONS)
    assert done[MODULE]["left_out"] == [{"id": ROBOT, "name": ROBOT, "kind": "unknown"}]
    assert members_of(client) == sorted(user_ids(*ACTIVE_HOLDERS))
    assert any(ROBOT in warning for warning in task.warnings)


def test_one_member_who_is_refused_holds_up_nobody(product: WholeProduct, client: GraphClient) -> None:
    refused = {"kind": "status", "status": 400, "body": {"error": {"code": "Request_BadRequest", "message": "No."}}}
    client.simulator.set_faults({"method": "PATCH", "path": r"/groups/", "count": 1, "action": refused})
    product.run(MODULE, client.entry, OPTIONS)
    # The first twenty were added one by one.
    assert members_of(client) == sorted(user_ids(*ACTIVE_HOLDERS))
    assert "POST /v1.0/$batch" in writes(client)


def test_refused_members_are_named_when_all_others_are_done(product: WholeProduct, client: GraphClient) -> None:
    body = {"error": {"code": "Request_BadRequest", "message": "Not this one."}}
    refused = {"kind": "status", "status": 400, "body": body}
    client.simulator.set_faults(
        {"method": "PATCH", "path": r"/groups/", "count": 1, "action": refused},
        {"method": "POST", "path": r"members/\$ref$", "count": 1, "action": refused},
    )
    with pytest.raises(product.part("_graph.errors").ServiceRefused) as failure:
        product.run(MODULE, client.entry, OPTIONS)
    (one,) = failure.value.details["refused"]
    assert "Not this one." in one["reason"]
    assert one["name"] in str(failure.value)
    assert members_of(client) == sorted({*user_ids(*ACTIVE_HOLDERS)} - {one["id"]})
    assert len(failure.value.details["added"]) == len(ACTIVE_HOLDERS) - 1
    product.run(MODULE, client.entry, OPTIONS)
    assert members_of(client) == sorted(user_ids(*ACTIVE_HOLDERS))


def test_throttled_writes_are_sent_again(product: WholeProduct, make_client: MakeClient) -> None:
    client = with_group(make_client, members=user_ids(*range(100, 130)))
    client.simulator.set_faults(
        {
            "method": "DELETE",
            "path": r"\$ref$",
            "count": 5,
            "action": {"kind": "status", "status": 429, "retry_after": 1},
        }
    )
    product.run(MODULE, client.entry, OPTIONS)
    assert members_of(client) == sorted(user_ids(*ACTIVE_HOLDERS))


def test_the_policy_takes_the_group_in_the_same_run(product: WholeProduct, client: GraphClient) -> None:
    client.simulator.set_profile(consistency_delay_seconds=0.5)
    roles = {"roles": ["Global Administrator", EXCHANGE_ADMINISTRATOR]}
    made = product.run(MODULE, client.entry, OPTIONS | roles)
    policy = {
        "template": "require_mfa_for_administrators",
        "conditions": {"users": {"include_roles": [], "include_groups": [NAME]}},
    }
    product.run("conditional_access_policy", client.entry, policy)
    (written,) = client.simulator.state(client.tenant_id)[POLICIES]
    assert written["conditions"]["users"]["includeGroups"] == [made[MODULE]["id"]]
    assert written["conditions"]["users"]["includeRoles"] == []


def test_a_description_is_cleared_by_null(product: WholeProduct, client: GraphClient) -> None:
    """Microsoft Graph takes no empty texts for it."""
    for wanted in ("", "Ours", ""):
        options = OPTIONS | {"description": wanted}
        product.run(MODULE, client.entry, options)
        (group,) = [one for one in client.simulator.state(client.tenant_id)["/groups"] if one["displayName"] == NAME]
        assert group["description"] == (wanted or None)
        assert product.run(MODULE, client.entry, options)["changed"] is False


def test_nobody_holds_the_roles_of_an_empty_tenant(product: WholeProduct, make_client: MakeClient) -> None:
    client = make_client(state={ASSIGNMENTS: []})
    done, task = product.task(MODULE, client.entry, OPTIONS)
    assert (done["changed"], members_of(client)) == (True, [])
    assert any("protects nobody" in warning for warning in task.warnings)
    assert product.run(MODULE, client.entry, OPTIONS)["changed"] is False
