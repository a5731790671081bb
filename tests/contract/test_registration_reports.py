# Copyright: (c) 2026, m365.entra contributors
# GNU General Public License v3.0+ (see COPYING or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later
"""The registration report: its counts, its licence, its permission (facts section 9.1)."""

from __future__ import annotations

import time
from collections.abc import Iterator
from pathlib import Path

import pytest
from msgraph.generated.models.user_registration_details import UserRegistrationDetails
from msgraph.generated.models.user_registration_feature_summary import UserRegistrationFeatureSummary
from msgraph.generated.models.user_registration_method_summary import UserRegistrationMethodSummary

from simulator.fixture import TestSimulator
from simulator.json_types import JsonObject
from simulator.rate_limit import WindowLimiter

from .conftest import MakeClient
from .graph_client import GraphClient, error_of
from .schema_document import published_schema
from .schema_values import ValueCheck
from .typed_models import misunderstandings, parsed

DETAILS = "/reports/authenticationMethods/userRegistrationDetails"
COUNTS = "/reports/authenticationMethods/usersRegisteredByFeature"
METHODS = "/reports/authenticationMethods/usersRegisteredByMethod"
ALL_USERS = "(includedUserTypes='all',includedUserRoles='all')"


@pytest.mark.parametrize("selection", ["()", ALL_USERS])
def test_features_are_counted(client: GraphClient, selection: str) -> None:
    details = client.get(DETAILS).json()["value"]
    summary = client.get(f"{COUNTS}{selection}").json()
    assert summary["totalUserCount"] == len(details) == 8
    counts = {one["feature"]: one["userCount"] for one in summary["userRegistrationFeatureCounts"]}
    assert counts["mfaCapable"] == sum(one["isMfaCapable"] for one in details) == 5
    assert counts["ssprCapable"] == sum(one["isSsprCapable"] for one in details)
    assert list(misunderstandings(summary, parsed(summary, UserRegistrationFeatureSummary))) == []


def test_rows_can_be_seeded(make_client: MakeClient) -> None:
    row = {"id": "aaaaaaaa-0000-0000-0000-000000000001", "userPrincipalName": "a@b.example", "isMfaCapable": True}
    client = make_client("p1", state={DETAILS: [row]})
    summary = client.get(f"{COUNTS}()").json()
    assert summary["totalUserCount"] == 1
    assert {"feature": "mfaCapable", "userCount": 1} in summary["userRegistrationFeatureCounts"]


def test_a_tenant_without_premium_licence_is_refused(make_client: MakeClient) -> None:
    answer = make_client("free").get(f"{COUNTS}()")
    assert error_of(answer)[:2] == (403, "Authentication_RequestFromNonPremiumTenantOrB2CTenant")


def test_a_token_without_the_permission_is_refused(make_client: MakeClient) -> None:
    answer = make_client("p1", permissions=["Policy.Read.All"]).get(DETAILS)
    assert error_of(answer)[:2] == (403, "Authentication_MSGraphPermissionMissing")


def pages(client: GraphClient, query: str) -> Iterator[list[JsonObject]]:
    """Yield the pages of the report as its links lead to them."""
    address = f"{client.simulator.url}/v1.0{DETAILS}{query}"
    headers = {"Authorization": f"Bearer {client.token}"}
    while address:
        answer = client.http.get(address, headers=headers)
        assert answer.status_code == 200, answer.text
        yield answer.json()["value"]
        address = answer.json().get("@odata.nextLink", "")


def rows(client: GraphClient, query: str) -> list[JsonObject]:
    return [row for page in pages(client, query) for row in page]


SHARES = {"users": 1000, "administrators": 0.02, "mfa_registered": 0.6, "mfa_capable": 0.5, "sspr_enabled": 0.4}


def test_people_are_described_by_shares(make_client: MakeClient, shared: Path) -> None:
    client = make_client("p1", registration=SHARES, state={"/users": []})
    found = rows(client, "?$top=300")
    assert len({row["id"] for row in found}) == len({row["userPrincipalName"] for row in found}) == 1000
    counts = {flag: sum(row[flag] for row in found) for flag in ("isAdmin", "isMfaRegistered", "isMfaCapable")}
    assert counts == {"isAdmin": 20, "isMfaRegistered": 600, "isMfaCapable": 500}
    assert all(row["isMfaRegistered"] for row in found if row["isMfaCapable"])
    assert all(row["isSsprCapable"] == (row["isSsprEnabled"] and row["isSsprRegistered"]) for row in found)
    check = ValueCheck(published_schema(shared / "graph" / "v1.0-Prod.csdl"), reading=True)
    assert [fault for row in found for fault in check.object_faults(row, "userRegistrationDetails")] == []
    assert list(misunderstandings(found[0], parsed(found[0], UserRegistrationDetails))) == []
    assert rows(client, "?$top=999") == found


def test_administrators_are_like_everyone(make_client: MakeClient) -> None:
    client = make_client("p1", registration={"users": 20_000, "administrators": 0.05})
    found = rows(client, "?$top=999&$filter=isAdmin eq true")
    for flag, share in (("isMfaRegistered", 0.8), ("isMfaCapable", 0.75), ("isSsprRegistered", 0.7)):
        assert sum(row[flag] for row in found) / len(found) == pytest.approx(share, abs=0.03)


def test_seeded_rows_count_among_them(make_client: MakeClient) -> None:
    client = make_client("p1", registration={"users": 100})
    found = rows(client, "")
    assert len(found) == 100
    assert found[0]["userDisplayName"] == "Emergency access 1"
    one = client.get(f"{DETAILS}/{found[50]['id']}").json()
    assert {name: value for name, value in one.items() if name != "@odata.context"} == found[50]
    for unknown in ("99999999-9999-9999-9999-999999999999", f"ffffffff{found[50]['id'][8:]}"):
        assert client.get(f"{DETAILS}/{unknown}").status_code == 404


@pytest.mark.parametrize(
    ("filter_text", "keeps"),
    [
        ("isAdmin eq true", lambda row: row["isAdmin"]),
        ("isMfaCapable eq false and userType eq 'member'", lambda row: not row["isMfaCapable"]),
        ("startswith(userPrincipalName,'user0001')", lambda row: row["userPrincipalName"].startswith("user0001")),
        ("methodsRegistered/any(x:x eq 'mobilePhone')", lambda row: "mobilePhone" in row["methodsRegistered"]),
    ],
)
@pytest.mark.parametrize("top", [7, 999])
def test_filters_page_through(make_client: MakeClient, filter_text: str, keeps: object, top: int) -> None:
    assert callable(keeps)
    client = make_client("p1", registration=SHARES | {"guests": 0})
    members = [row for row in rows(client, "?$top=999") if row["userType"] == "member" or "userType" not in filter_text]
    sizes = [len(page) for page in pages(client, f"?$top={top}&$filter={filter_text}")]
    found = rows(client, f"?$top={top}&$filter={filter_text}")
    assert found
    assert [row["id"] for row in found] == [row["id"] for row in members if keeps(row)]
    assert set(sizes[:-1]) <= {top}
    assert 0 < sizes[-1] <= top


@pytest.mark.parametrize(
    "query", ["?$top=1000", "?$orderby=userDisplayName", "?$filter=lastUpdatedDateTime ge 2026-01-01T00:00:00Z"]
)
def test_queries_that_are_refused(client: GraphClient, query: str) -> None:
    assert client.get(f"{DETAILS}{query}").status_code == 400


@pytest.mark.parametrize("people", ["all", "member", "guest"])
@pytest.mark.parametrize("roles", ["all", "admin", "privilegedAdmin", "user"])
def test_the_counts_agree_with_the_rows(make_client: MakeClient, people: str, roles: str) -> None:
    client = make_client("p1", registration=SHARES)
    wanted = [
        row
        for row in rows(client, "?$top=999")
        if people in ("all", row["userType"]) and (roles == "all" or row["isAdmin"] == (roles != "user"))
    ]
    selection = f"(includedUserTypes='{people}',includedUserRoles='{roles}')"
    summary = client.get(f"{COUNTS}{selection}").json()
    assert (summary["totalUserCount"], summary["userTypes"], summary["userRoles"]) == (len(wanted), people, roles)
    counts = {one["feature"]: one["userCount"] for one in summary["userRegistrationFeatureCounts"]}
    assert counts["ssprEnabled"] == sum(row["isSsprEnabled"] for row in wanted)
    assert counts["passwordlessCapable"] == sum(row["isPasswordlessCapable"] for row in wanted)
    methods = client.get(f"{METHODS}{selection}").json()
    assert list(misunderstandings(methods, parsed(methods, UserRegistrationMethodSummary))) == []
    by_method = {one["authenticationMethod"]: one["userCount"] for one in methods["userRegistrationMethodCounts"]}
    assert by_method.get("email", 0) == sum("email" in row["methodsRegistered"] for row in wanted)


def test_unknown_people_are_refused(client: GraphClient) -> None:
    assert client.get(f"{COUNTS}(includedUserTypes='robot',includedUserRoles='all')").status_code == 400


def test_a_hundred_thousand_people(make_client: MakeClient) -> None:
    client = make_client("p1", registration={"users": 100_000})
    read = admins = 0
    for page in pages(client, "?$top=999"):
        read += len(page)
        admins += sum(row["isAdmin"] for row in page)
    assert read == 100_000
    assert sum(len(page) for page in pages(client, "?$top=999&$filter=isAdmin eq true")) == admins
    assert client.get(f"{COUNTS}()").json()["totalUserCount"] == 100_000


@pytest.mark.parametrize(
    ("wrong", "text"),
    [
        ({}, "'users'"),
        ({"users": -1}, "registration.users"),
        ({"users": 10, "guests": 2}, "share"),
        ({"users": 10, "colour": 1}, "colour"),
        ({"users": 10, "mfa_registered": 0.1}, "mfa_capable"),
    ],
)
def test_shapes_that_are_not_understood(make_client: MakeClient, wrong: JsonObject, text: str) -> None:
    with pytest.raises(ValueError, match=text):
        make_client("p1", registration=wrong)


def test_a_dump_keeps_the_shape(make_client: MakeClient, simulator: TestSimulator) -> None:
    client = make_client("p1", registration=SHARES)
    assert simulator.dump(client.tenant_id)["registration"]["mfa_registered"] == 0.6
    assert len(simulator.state(client.tenant_id)[DETAILS]) == 8


@pytest.mark.parametrize(("choice", "header"), [("given", "1"), ("absent", None)])
def test_the_rate_of_reports(client: GraphClient, simulator: TestSimulator, choice: str, header: str | None) -> None:
    assert client.token
    simulator.set_profile(reports_requests_per_window=2, reports_window_seconds=0.5, reports_retry_after=choice)
    answers = [client.get(path) for path in (DETAILS, f"{COUNTS}()", "/auditLogs/directoryAudits", "/users")]
    assert [answer.status_code for answer in answers] == [200, 200, 429, 200]
    assert answers[2].headers.get("Retry-After") == header
    time.sleep(0.5)
    assert client.get(DETAILS).status_code == 200


def test_the_window_moves() -> None:
    limiter = WindowLimiter()
    assert [limiter.wait(2, 10, moment) for moment in (100, 103, 104, 110, 111, 113)] == [0, 0, 6, 0, 2, 0]
