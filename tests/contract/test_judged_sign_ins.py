# Copyright: (c) 2026, m365.entra contributors
# GNU General Public License v3.0+ (see COPYING or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later
"""Sign-ins that are made on demand: the log shows what each policy comes to, as evaluate judges it."""

from __future__ import annotations

from typing import Any

import pytest

from simulator.json_types import JsonObject

from .conftest import MakeClient
from .graph_client import POLICIES, GraphClient
from .sample_policies import REQUIRE_MFA

ADA, BOB = (f"aaaaaaaa-0000-4000-8000-00000000000{number}" for number in (1, 2))
PORTAL = "c44b4083-3bb0-49c1-b47d-974e53cbdf3c"
REPORT_ONLY = "enabledForReportingButNotEnforced"
USERS = [
    {"id": ADA, "displayName": "Ada", "userPrincipalName": "ada@contoso.example"},
    {"id": BOB, "displayName": "Bob", "userPrincipalName": "bob@contoso.example"},
]


def policy(state: str = REPORT_ONLY, *controls: str, operator: str = "OR", **users: list[str]) -> JsonObject:
    conditions = {**REQUIRE_MFA["conditions"], "users": users or {"includeUsers": ["All"]}}
    grant = {"operator": operator, "builtInControls": list(controls or ("mfa",))}
    return {**REQUIRE_MFA, "displayName": "Policy", "state": state, "conditions": conditions, "grantControls": grant}


def made(client: GraphClient, *sign_ins: JsonObject) -> Any:
    return client.http.post(f"/_simulator/sign_ins/{client.tenant_id}", json={"sign_ins": list(sign_ins)})


def log(client: GraphClient) -> list[JsonObject]:
    answer = client.get("/auditLogs/signIns", headers={"Prefer": "include-unknown-enum-members"})
    assert answer.status_code == 200, answer.text
    return list(answer.json()["value"])


@pytest.mark.parametrize(
    ("wanted", "satisfied", "result", "error"),
    [
        (policy(), [], "reportOnlyInterrupted", 0),
        (policy(), ["mfa"], "reportOnlySuccess", 0),
        (policy(REPORT_ONLY, "block"), ["mfa"], "reportOnlyFailure", 0),
        (policy(REPORT_ONLY, "compliantDevice"), ["mfa"], "reportOnlyFailure", 0),
        (policy(REPORT_ONLY, "compliantDevice", "mfa"), [], "reportOnlyInterrupted", 0),
        (policy(REPORT_ONLY, "compliantDevice", "mfa", operator="AND"), [], "reportOnlyFailure", 0),
        (policy(REPORT_ONLY, "compliantDevice", "mfa"), ["compliantDevice"], "reportOnlySuccess", 0),
        (policy(REPORT_ONLY, includeUsers=[BOB]), [], "reportOnlyNotApplied", 0),
        (policy("enabled", includeUsers=[BOB]), [], "notApplied", 0),
        (policy("enabled"), [], "success", 0),
        (policy("enabled", "block"), [], "failure", 53003),
        (policy("disabled"), [], "notEnabled", 0),
    ],
)
def test_what_a_policy_comes_to(
    make_client: MakeClient, wanted: JsonObject, satisfied: list[str], result: str, error: int
) -> None:
    client = make_client(state={"/users": USERS, POLICIES: [wanted]})
    answer = made(client, {"user_id": ADA, "application_id": PORTAL, "satisfied": satisfied, "count": 2})
    assert (answer.status_code, answer.json()) == (201, {"count": 2})
    first, second = log(client)
    assert [one["result"] for one in first["appliedConditionalAccessPolicies"]] == [result]
    assert (first["userPrincipalName"], first["status"]["errorCode"]) == ("ada@contoso.example", error)
    assert first["id"] != second["id"]


def test_it_agrees_with_evaluate(make_client: MakeClient) -> None:
    client = make_client(state={"/users": USERS, POLICIES: [policy(), policy(includeUsers=[BOB])]})
    made(client, {"user_id": ADA, "application_id": PORTAL})
    body = {
        "signInIdentity": {"@odata.type": "#microsoft.graph.userSignIn", "userId": ADA},
        "signInContext": {"@odata.type": "#microsoft.graph.applicationContext", "includeApplications": [PORTAL]},
        "signInConditions": {"clientAppType": "browser"},
    }
    judged = client.post("/identity/conditionalAccess/evaluate", body).json()["value"]
    (row,) = log(client)
    shown = {one["id"]: one["result"] != "reportOnlyNotApplied" for one in row["appliedConditionalAccessPolicies"]}
    assert shown == {one["id"]: one["policyApplies"] for one in judged}


@pytest.mark.parametrize(
    ("sign_in", "text"),
    [
        ({"user_id": ADA}, "needs 'user_id' and 'application_id'"),
        ({"user_id": ADA, "application_id": PORTAL, "count": 0}, "'count' is 1 or more"),
        ({"user_id": ADA, "application_id": PORTAL, "who": 1}, "the unknown member 'who'"),
        ({"user_id": PORTAL, "application_id": PORTAL}, "does not exist in the directory"),
    ],
)
def test_a_mistake_is_named(make_client: MakeClient, sign_in: JsonObject, text: str) -> None:
    client = make_client(state={"/users": USERS})
    answer = made(client, sign_in)
    assert answer.status_code == 400
    assert text in answer.json()["error"]["message"]
    assert log(client) == []
