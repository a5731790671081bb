# Copyright: (c) 2026, m365.entra contributors
# GNU General Public License v3.0+ (see COPYING or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later
"""The sign-in log: what it lists, its queries, its licence, its permissions (facts section 9.2)."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator
from datetime import UTC, datetime, timedelta
from pathlib import Path
from typing import Any

import pytest
from msgraph.generated.models.sign_in import SignIn

from simulator.fixture import TestSimulator
from simulator.json_types import JsonObject

from .conftest import MakeClient
from .graph_client import POLICIES, GraphClient, error_of
from .sample_policies import REQUIRE_MFA
from .schema_document import published_schema
from .schema_values import ValueCheck
from .typed_models import misunderstandings, parsed

SIGN_INS = "/auditLogs/signIns"
PREFER = {"Prefer": "include-unknown-enum-members"}
NON_INTERACTIVE = "signInEventTypes/any(t: t eq 'nonInteractiveUser')"
USER = "aaaaaaaa-0000-0000-0000-000000000001"


def policy(name: str, state: str, **changes: Any) -> JsonObject:
    return {**REQUIRE_MFA, "displayName": name, "state": state, **changes}


STATES = {
    POLICIES: [
        policy("Reported", "enabledForReportingButNotEnforced"),
        policy("Enforced", "enabled"),
        policy("Off", "disabled"),
    ]
}
SHARES = {"count": 1000, "days": 5, "users": 50, "non_interactive": 0.3, "legacy_authentication": 0.04}


def days_ago(days: float) -> str:
    return f"{datetime.now(UTC) - timedelta(days=days):%Y-%m-%dT%H:%M:%SZ}"


def pages(client: GraphClient, query: str, version: str = "v1.0", **headers: str) -> Iterator[list[JsonObject]]:
    """Yield the pages of the log as its links lead to them."""
    address = f"{client.simulator.url}/{version}{SIGN_INS}{query}"
    while address:
        answer = client.http.get(address, headers={"Authorization": f"Bearer {client.token}", **PREFER, **headers})
        assert answer.status_code == 200, answer.text
        yield answer.json()["value"]
        address = answer.json().get("@odata.nextLink", "")


def rows(client: GraphClient, query: str = "", version: str = "v1.0", **headers: str) -> list[JsonObject]:
    return [row for page in pages(client, query, version, **headers) for row in page]


def results(found: list[JsonObject], name: str) -> Counter[str]:
    """Return how often a policy came to what."""
    return Counter(
        one["result"] for row in found for one in row["appliedConditionalAccessPolicies"] if one["displayName"] == name
    )


def test_sign_ins_are_described_by_shares(make_client: MakeClient, shared: Path) -> None:
    client = make_client("p1", sign_ins=SHARES, state=STATES)
    found = rows(client, "?$top=300")
    others = rows(client, f"?$top=1000&$filter={NON_INTERACTIVE}", "beta")
    assert (len(found), len(others)) == (700, 300)
    assert len({row["id"] for row in found + others}) == 1000
    assert {row["userPrincipalName"] for row in found} == {f"user{number:06d}@{domain(client)}" for number in range(50)}
    assert (
        sum(row["clientAppUsed"] not in ("Browser", "Mobile Apps and Desktop clients") for row in found + others) == 40
    )
    assert results(found + others, "Reported") == {
        "reportOnlySuccess": 680,
        "reportOnlyInterrupted": 100,
        "reportOnlyNotApplied": 200,
        "reportOnlyFailure": 20,
    }
    assert results(found + others, "Enforced") == {"success": 780, "notApplied": 200, "failure": 20}
    assert results(found + others, "Off") == {"notEnabled": 1000}
    check = ValueCheck(published_schema(shared / "graph" / "v1.0-Prod.csdl"), reading=True)
    assert [fault for row in found for fault in check.object_faults(row, "signIn")] == []
    assert list(misunderstandings(found[0], parsed(found[0], SignIn))) == []
    assert rows(client, "?$top=1000") == found


def domain(client: GraphClient) -> str:
    return f"{client.entry['name']}.onmicrosoft.com"


def test_policies_are_those_of_the_tenant(make_client: MakeClient) -> None:
    client = make_client("p1", sign_ins={"count": 10}, state=STATES)
    listed = {one["id"]: one["displayName"] for one in client.get(POLICIES).json()["value"]}
    for row in rows(client):
        assert {one["id"]: one["displayName"] for one in row["appliedConditionalAccessPolicies"]} == listed
    assert {"Mfa"} <= {
        control
        for row in rows(client)
        for one in row["appliedConditionalAccessPolicies"]
        for control in one["enforcedGrantControls"]
    }


def test_user_actions_and_workloads_apply_to_no_sign_in(make_client: MakeClient) -> None:
    conditions = {
        **REQUIRE_MFA["conditions"],
        "applications": {"includeUserActions": ["urn:user:registersecurityinfo"]},
    }
    registering = policy("Registering", "enabledForReportingButNotEnforced", conditions=conditions)
    client = make_client("p1", sign_ins={"count": 10}, state={POLICIES: [registering]})
    assert results(rows(client), "Registering") == {"reportOnlyNotApplied": 10}


def test_the_latest_comes_first(make_client: MakeClient) -> None:
    listed = [{"userId": USER, "createdDateTime": days_ago(days)} for days in (6, 2.5, 0.001)]
    client = make_client("p1", sign_ins={"count": 50, "days": 5}, state={SIGN_INS: listed})
    for query in ("?$top=7", "?$top=7&$orderby=createdDateTime desc"):
        found = rows(client, query)
        moments = [row["createdDateTime"] for row in found]
        assert len(found) == 53
        assert moments == sorted(moments, reverse=True)
        assert [row["userId"] == USER for row in found].index(True) == 0
        assert found[-1]["userId"] == USER
    assert [row["id"] for row in rows(client, "?$orderby=createdDateTime")] == [row["id"] for row in reversed(found)]


@pytest.mark.parametrize(
    ("filter_text", "keeps"),
    [
        ("userId eq '{userId}'", lambda row, one: row["userId"] == one["userId"]),
        ("startswith(userPrincipalName,'user00001')", lambda row, one: row["userPrincipalName"][:9] == "user00001"),
        ("appId eq '{appId}' and isInteractive eq true", lambda row, one: row["appId"] == one["appId"]),
        ("clientAppUsed eq 'IMAP4'", lambda row, one: row["clientAppUsed"] == "IMAP4"),
        ("conditionalAccessStatus eq 'failure'", lambda row, one: row["conditionalAccessStatus"] == "failure"),
        ("status/errorCode eq 53003", lambda row, one: row["status"]["errorCode"] == 53003),
        ("location/countryOrRegion eq 'CH'", lambda row, one: True),
        ("createdDateTime ge {createdDateTime}", lambda row, one: row["createdDateTime"] >= one["createdDateTime"]),
        ("createdDateTime le {createdDateTime}", lambda row, one: row["createdDateTime"] <= one["createdDateTime"]),
    ],
)
def test_filters(make_client: MakeClient, filter_text: str, keeps: Any) -> None:
    client = make_client("p1", sign_ins=SHARES, state=STATES)
    found = rows(client, "?$top=1000")
    wanted = [row["id"] for row in found if keeps(row, found[300])]
    assert wanted
    assert [row["id"] for row in rows(client, f"?$top=90&$filter={filter_text.format(**found[300])}")] == wanted


@pytest.mark.parametrize(
    "query",
    [
        "?$top=1001",
        "?$orderby=userId",
        "?$select=id",
        "?$filter=appliedConditionalAccessPolicies/any(p:p/result eq 'failure')",
        f"?$filter={NON_INTERACTIVE}",
        "?$skiptoken=nonsense",
    ],
)
def test_queries_that_are_refused(make_client: MakeClient, query: str) -> None:
    assert make_client("p1", sign_ins={"count": 3}).get(f"{SIGN_INS}{query}").status_code == 400


def test_one_sign_in(make_client: MakeClient) -> None:
    row = {"id": "bbbbbbbb-0000-0000-0000-000000000001", "userId": USER, "isInteractive": False}
    client = make_client("p1", sign_ins={"count": 10}, state={SIGN_INS: [row]})
    one = rows(client)[4]
    shown = client.get(f"{SIGN_INS}/{one['id']}", headers=PREFER).json()
    assert {name: value for name, value in shown.items() if name != "@odata.context"} == one
    assert client.get(f"{SIGN_INS}/{row['id']}").status_code == 404
    assert client.get(f"{SIGN_INS}/{row['id']}", version="beta").json()["signInEventTypes"] == ["nonInteractiveUser"]
    assert error_of(client.get(f"{SIGN_INS}/{USER}"))[:2] == (404, "Request_ResourceNotFound")


def test_beta_shows_what_people_did_unless_asked_for_more(make_client: MakeClient) -> None:
    client = make_client("p1", sign_ins=SHARES)
    assert len(rows(client, "?$top=1000", "beta")) == 700
    both = f"{NON_INTERACTIVE} or signInEventTypes/any(t: t eq 'interactiveUser')"
    assert len(rows(client, f"?$top=1000&$filter={both}", "beta")) == 1000


def test_thirty_days_are_kept(make_client: MakeClient) -> None:
    listed = [{"userId": USER, "createdDateTime": days_ago(days)} for days in (31, 29)]
    assert len(rows(make_client("p1", state={SIGN_INS: listed}))) == 1


def test_policies_show_to_who_may_read_them(make_client: MakeClient) -> None:
    for permissions, shown in ((["Policy.Read.ConditionalAccess"], 3), ([], 0)):
        client = make_client("p1", sign_ins={"count": 5}, state=STATES, permissions=["AuditLog.Read.All", *permissions])
        assert {len(row["appliedConditionalAccessPolicies"]) for row in rows(client)} == {shown}


@pytest.mark.parametrize(
    ("setting", "prefers", "shows"),
    [("with_prefer", True, True), ("with_prefer", False, False), ("always", False, True), ("never", True, False)],
)
def test_results_of_report_only(
    make_client: MakeClient, simulator: TestSimulator, setting: str, prefers: bool, shows: bool
) -> None:
    simulator.set_profile(report_only_results_in_sign_ins=setting)
    client = make_client("p1", sign_ins={"count": 20}, state=STATES)
    found = rows(client, Prefer=PREFER["Prefer"] if prefers else "")
    assert ("unknownFutureValue" in results(found, "Reported")) == (not shows)
    assert ("reportOnlySuccess" in results(found, "Reported")) == shows
    assert results(found, "Enforced")["success"]


def test_licence_and_permission(make_client: MakeClient) -> None:
    refusal = (403, "Authentication_RequestFromNonPremiumTenantOrB2CTenant")
    assert error_of(make_client("free").get(SIGN_INS))[:2] == refusal
    answer = make_client("p1", permissions=["Policy.Read.All"]).get(SIGN_INS)
    assert error_of(answer)[:2] == (403, "Authentication_MSGraphPermissionMissing")


def test_the_rate_is_that_of_reports(client: GraphClient, simulator: TestSimulator) -> None:
    assert client.token
    simulator.set_profile(reports_requests_per_window=1, reports_window_seconds=60)
    assert [client.get(path).status_code for path in (SIGN_INS, "/auditLogs/directoryAudits")] == [200, 429]


@pytest.mark.parametrize(
    ("wrong", "text"),
    [
        ({}, "'count'"),
        ({"count": -1}, "sign_ins.count"),
        ({"count": 1, "days": 31}, "sign_ins.days"),
        ({"count": 1, "users": 0}, "sign_ins.users"),
        ({"count": 1, "failure": 2}, "share"),
        ({"count": 1, "not_applied": 0.9, "would_fail": 0.2}, "more than 1 together"),
        ({"count": 1, "until": "yesterday"}, "sign_ins.until"),
        ({"count": 1, "colour": 1}, "colour"),
    ],
)
def test_shapes_that_are_not_understood(make_client: MakeClient, wrong: JsonObject, text: str) -> None:
    with pytest.raises(ValueError, match=text):
        make_client("p1", sign_ins=wrong)


@pytest.mark.parametrize(
    ("row", "text"),
    [
        ({}, "userId"),
        ({"userId": USER, "createdDateTime": "today"}, "createdDateTime"),
        ({"userId": USER, "appliedConditionalAccessPolicies": [{"result": "perhaps"}]}, "perhaps"),
    ],
)
def test_rows_that_are_not_understood(make_client: MakeClient, row: JsonObject, text: str) -> None:
    with pytest.raises(ValueError, match=text):
        make_client("p1", state={SIGN_INS: [row]})


def test_a_dump_makes_the_same_log(make_client: MakeClient, simulator: TestSimulator) -> None:
    client = make_client("p1", sign_ins=SHARES, state={SIGN_INS: [{"userId": USER}], **STATES})
    before, document = rows(client, "?$top=1000"), simulator.dump(client.tenant_id)
    assert simulator.simulator.delete_tenant(client.tenant_id)
    again = GraphClient(simulator, simulator.simulator.create_tenant(document))
    assert rows(again, "?$top=1000") == before
