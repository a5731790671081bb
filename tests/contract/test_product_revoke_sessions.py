# Copyright: (c) 2026, m365.entra contributors
# GNU General Public License v3.0+ (see COPYING or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later
"""revoke_sign_in_sessions in a tenant with 5,000 users: who is meant, who is left alone, throttling and failures."""

from __future__ import annotations

from pathlib import Path
from typing import Any

import pytest

from simulator.fixture import TestSimulator
from simulator.json_types import JsonObject

from .conftest import MakeClient
from .graph_client import GraphClient
from .journal_bodies import report_on_bodies
from .large_directories import ELIGIBLE, ELIGIBLE_IN_GROUP, STAFF, USERS, large_directory, name_of, user_id
from .schema_document import published_schema
from .whole_product import WholeProduct

MODULE = "revoke_sign_in_sessions"
VALID_FROM = "signInSessionsValidFromDateTime"
PAST = "2020-01-01T00:00:00Z"
EVERYONE: JsonObject = {
    "everyone": True,
    "without_mfa": True,
    "emergency_access": {"users": [name_of(0)], "groups": ["On call"]},
    "exclude_users": [name_of(20)],
}
# Every tenth of the report, which knows 4,900; ten to one in the group on call.
WITHOUT_MFA = [number for number in range(USERS - 100) if number % 10 == 0]
LEFT_ALONE = {0, 20, *(number for number in ELIGIBLE_IN_GROUP if number % 10 == 0)}


@pytest.fixture
def product(tmp_path_factory: pytest.TempPathFactory, simulator: TestSimulator) -> WholeProduct:
    return WholeProduct(tmp_path_factory.mktemp("collections"), simulator)


@pytest.fixture
def client(make_client: MakeClient) -> GraphClient:
    return make_client(state=large_directory())


def revoked(client: GraphClient) -> dict[str, str]:
    """Return the users whose sessions were revoked, by id, and when."""
    users = client.simulator.state(client.tenant_id)["/users"]
    return {user["id"]: user[VALID_FROM] for user in users if user.get(VALID_FROM)}


def ids(*numbers: int) -> set[str]:
    return {user_id(number) for number in numbers}


def graph_requests(client: GraphClient, method: str = "") -> int:
    entries = client.simulator.requests(client.tenant_id, "graph")
    return len([entry for entry in entries if method in ("", entry["method"])])


def failure_of(product: WholeProduct, client: GraphClient, options: JsonObject) -> Any:
    with pytest.raises(product.part("_graph.errors").EntraError) as failure:
        product.run(MODULE, client.entry, options)
    return failure.value


def test_everyone_without_mfa(product: WholeProduct, client: GraphClient, shared: Path) -> None:
    checked = product.run(MODULE, client.entry, EVERYONE, check_mode=True)
    assert (graph_requests(client, "POST"), revoked(client)) == (0, {})
    client.simulator.clear_requests()
    done = product.run(MODULE, client.entry, EVERYONE)
    expected = sorted({*WITHOUT_MFA} - LEFT_ALONE)
    assert set(revoked(client)) == ids(*expected)
    found = done[MODULE]
    assert (found["revoked_total"], len(found["revoked"]), found["truncated"]) == (len(expected), 100, True)
    assert found["revoked"][0] == {"id": user_id(expected[0]), "user_principal_name": name_of(expected[0])}
    assert checked[MODULE] == found
    assert (checked["plan_status"], done["plan_status"], done["changed"]) == ("changes_pending", "changed", True)
    assert done["plan"][0]["name"] == f"{len(expected)} users"
    assert done["diff"]["after"][f"sign_in_sessions {len(expected)} users"]["revoked_for"][-1] == (
        f"and {len(expected) - 100} more"
    )
    reasons = {one["reason"] for one in found["left_alone"]}
    assert {"emergency access account", "excluded by exclude_users or exclude_groups"} <= reasons
    # Twenty users a request.
    assert graph_requests(client, "POST") == -(-len(expected) // 20)
    assert graph_requests(client) < 60
    report = report_on_bodies(
        client.simulator.requests(client.tenant_id), published_schema(shared / "graph" / "v1.0-Prod.csdl")
    )
    assert not report.faults, report


def test_a_moment_makes_a_second_run_quiet(product: WholeProduct, client: GraphClient) -> None:
    options = EVERYONE | {"unless_revoked_since": PAST}
    assert product.run(MODULE, client.entry, options)["changed"] is True
    before = revoked(client)
    again = product.run(MODULE, client.entry, options)
    assert (again["changed"], again["plan"], again["plan_status"]) == (False, [], "nothing_to_do")
    assert revoked(client) == before
    assert product.run(MODULE, client.entry, EVERYONE)["changed"] is True
    assert revoked(client) != before


def test_everyone_but_who_cannot_or_must_not(product: WholeProduct, client: GraphClient) -> None:
    client.simulator.set_profile(page_size=999)
    done, task = product.task(MODULE, client.entry, {"everyone": True, "maximum_listed": 0})
    # A guest signs in elsewhere, and who is disabled cannot sign in.
    assert set(revoked(client)) == ids(*range(USERS - 2))
    assert (done[MODULE]["revoked"], done[MODULE]["revoked_total"]) == ([], USERS - 2)
    assert any("emergency_access names nobody" in warning for warning in task.warnings)


def test_named_users_and_groups(product: WholeProduct, client: GraphClient) -> None:
    options = {"users": [name_of(5), user_id(6), name_of(4998)], "groups": [ELIGIBLE], "exclude_users": [user_id(6)]}
    found = product.run(MODULE, client.entry, options)[MODULE]
    assert set(revoked(client)) == ids(5, *ELIGIBLE_IN_GROUP)
    assert [(one["id"], one["reason"].partition(":")[0]) for one in found["left_alone"]] == [
        (user_id(6), "excluded by exclude_users or exclude_groups"),
        (user_id(4998), "a guest"),
    ]


def test_members_without_mfa_and_those_whom_nobody_knows(product: WholeProduct, client: GraphClient) -> None:
    options = {"groups": [STAFF], "without_mfa": True, "exclude_groups": [ELIGIBLE], "maximum_listed": 5000}
    found = product.run(MODULE, client.entry, options)[MODULE]
    assert set(revoked(client)) == ids(*WITHOUT_MFA) - ids(*ELIGIBLE_IN_GROUP)
    unknown = {one["id"] for one in found["left_alone"] if one["reason"] == "not in the registration report yet"}
    assert unknown == ids(*range(USERS - 100, USERS)) - ids(4998)


def test_who_runs_it_keeps_the_session(product: WholeProduct, make_client: MakeClient) -> None:
    scopes = ["User.ReadWrite.All", "User.Read.All", "Organization.Read.All"]
    token = {"token": "refresh", "user_id": user_id(5), "scopes": scopes}
    client = make_client(state=large_directory(), application={"refresh_tokens": [token]})
    form = {"grant_type": "refresh_token", "refresh_token": "refresh"}
    access = client.request_token(**form).json()["access_token"]
    claims = product.part("_graph.token_claims").read_claims(access)
    assert claims.object_id == user_id(5)

    options = {"users": [name_of(5), name_of(6)]}
    assert _as_person(product, client, options, claims)["left_alone"][0]["reason"].startswith("the task itself")
    assert set(revoked(client)) == ids(6)
    _as_person(product, client, options | {"include_self": True}, claims)
    assert set(revoked(client)) == ids(5, 6)


def _as_person(product: WholeProduct, client: GraphClient, options: JsonObject, claims: Any) -> Any:
    """Run the module with the application's token, which says that it is that person's."""

    def prepare(session: Any) -> None:
        session._claims = claims

    return product.task(MODULE, client.entry, options, prepare=prepare)[0][MODULE]


def test_throttling_and_failures_of_single_users(product: WholeProduct, client: GraphClient) -> None:
    path = r"/users/[^/]+/revokeSignInSessions$"
    error = {"error": {"code": "Request_BadRequest", "message": "Not this one."}}
    client.simulator.set_faults(
        {"method": "POST", "path": path, "count": 5, "action": {"kind": "status", "status": 429, "retry_after": 1}},
        {"method": "POST", "path": path, "count": 2, "action": {"kind": "status", "status": 503}},
        {"method": "POST", "path": path, "count": 1, "action": {"kind": "status", "status": 400, "body": error}},
    )
    failure = failure_of(product, client, {"groups": [ELIGIBLE]})
    assert (failure.details["revoked_total"], failure.details["failed_total"]) == (len(ELIGIBLE_IN_GROUP) - 1, 1)
    (one,) = failure.details["failed"]
    assert "Not this one." in one["reason"]
    assert set(revoked(client)) == ids(*ELIGIBLE_IN_GROUP) - {one["id"]}
    # The rest is done by the same task with a moment.
    rest = product.run(MODULE, client.entry, {"groups": [ELIGIBLE], "unless_revoked_since": PAST})
    assert [user["id"] for user in rest[MODULE]["revoked"]] == [one["id"]]


def test_an_answer_that_is_lost_is_asked_for_again(product: WholeProduct, client: GraphClient) -> None:
    client.simulator.set_faults(
        {"method": "POST", "path": r"\$batch$", "count": 1, "action": {"kind": "commit_then_fail", "status": 504}}
    )
    product.run(MODULE, client.entry, {"groups": [ELIGIBLE]})
    assert set(revoked(client)) == ids(*ELIGIBLE_IN_GROUP)


def test_delays_are_waited_for(product: WholeProduct, client: GraphClient) -> None:
    client.simulator.set_profile(consistency_delay_seconds=1.5)
    product.run(MODULE, client.entry, {"groups": [ELIGIBLE]})
    assert product.run(MODULE, client.entry, {"groups": [ELIGIBLE], "unless_revoked_since": PAST})["changed"] is False


def test_without_a_licence_nobody_knows_who_has_registered(product: WholeProduct, make_client: MakeClient) -> None:
    client = make_client("free", state=large_directory())
    failure = failure_of(product, client, EVERYONE)
    assert "without_mfa: the registration report needs Microsoft Entra ID P1 or P2" in str(failure)
    assert revoked(client) == {}
    assert product.run(MODULE, client.entry, EVERYONE | {"without_mfa": False}, check_mode=True)["changed"] is True


@pytest.mark.parametrize(
    ("options", "text"),
    [
        ({}, "none of them says whose sessions are meant"),
        ({"without_mfa": True}, "none of them says whose sessions are meant"),
        ({"everyone": True, "users": [name_of(1)]}, "everyone: it is given beside users or groups"),
        ({"everyone": True, "unless_revoked_since": "yesterday"}, "unless_revoked_since: 'yesterday' is no moment"),
        ({"everyone": True, "unless_revoked_since": "2026-01-01T00:00:00"}, "no moment with its zone"),
        ({"everyone": True, "maximum_listed": -1}, "maximum_listed: it cannot be negative"),
        ({"users": ["nobody@fabrikam.example"]}, "users[0]: there is no user named"),
        ({"everyone": True, "exclude_groups": ["Nowhere"]}, "exclude_groups[0]: there is no group named"),
        ({"everyone": True, "emergency_access": {"users": ["x@fabrikam.example"]}}, "emergency_access.users[0]"),
    ],
)
def test_options_that_cannot_be_meant(
    product: WholeProduct, client: GraphClient, options: JsonObject, text: str
) -> None:
    assert text in str(failure_of(product, client, options))
    assert revoked(client) == {}


def test_missing_permission(product: WholeProduct, make_client: MakeClient) -> None:
    client = make_client(state=large_directory(), permissions=["User.Read.All", "Organization.Read.All"])
    failure = failure_of(product, client, {"users": [name_of(1)]})
    assert "User.RevokeSessions.All" in str(failure)
    assert failure.details["guards"][0]["outcome"] == "blocked"
