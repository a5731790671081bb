# Copyright: (c) 2026, m365.entra contributors
# GNU General Public License v3.0+ (see COPYING or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later
"""What the collection counts in the sign-in log, against the log itself, and by nothing but reads."""

from __future__ import annotations

from collections import Counter
from datetime import UTC, datetime, timedelta
from pathlib import Path
from typing import Any

import pytest

from simulator.fixture import TestSimulator
from simulator.json_types import JsonObject

from .conftest import MakeClient
from .graph_client import POLICIES, GraphClient
from .sample_policies import REQUIRE_MFA
from .whole_product import WholeProduct

SIGN_INS = "/auditLogs/signIns"
REPORT_ONLY = "enabledForReportingButNotEnforced"
REGISTERING = {**REQUIRE_MFA["conditions"], "applications": {"includeUserActions": ["urn:user:registersecurityinfo"]}}
TENANT: JsonObject = {
    "sign_ins": {
        "count": 3000,
        "days": 6,
        "users": 120,
        "non_interactive": 0.25,
        "legacy_authentication": 0.03,
        "would_fail": 0.05,
    },
    "state": {
        POLICIES: [
            {**REQUIRE_MFA, "displayName": "Reported", "state": REPORT_ONLY},
            {**REQUIRE_MFA, "displayName": "Enforced", "state": "enabled"},
            {**REQUIRE_MFA, "displayName": "Registering", "state": REPORT_ONLY, "conditions": REGISTERING},
            {**REQUIRE_MFA, "displayName": "Off", "state": "disabled"},
        ]
    },
}
RESULT_OF_COUNT = {
    "would_succeed": "reportOnlySuccess",
    "would_be_interrupted": "reportOnlyInterrupted",
    "would_fail": "reportOnlyFailure",
    "success": "success",
    "failure": "failure",
}
NON_INTERACTIVE = "signInEventTypes/any(t:t eq 'nonInteractiveUser')"


@pytest.fixture
def product(simulator: TestSimulator, tmp_path: Path) -> WholeProduct:
    return WholeProduct(tmp_path, simulator)


def log_of(client: GraphClient, version: str, filter_text: str = "") -> list[JsonObject]:
    """Return all rows that one version of Graph shows."""
    address = f"{client.simulator.url}/{version}{SIGN_INS}?$top=1000{filter_text}"
    headers = {"Authorization": f"Bearer {client.token}", "Prefer": "include-unknown-enum-members"}
    found: list[JsonObject] = []
    while address:
        page = client.http.get(address, headers=headers).json()
        found.extend(page["value"])
        address = page.get("@odata.nextLink", "")
    return found


def with_result(rows: list[JsonObject], name: str, result: str) -> list[JsonObject]:
    """Return the rows in which a policy came to a result."""
    wanted = (name, result)
    return [
        row
        for row in rows
        if any((one["displayName"], one["result"]) == wanted for one in row["appliedConditionalAccessPolicies"])
    ]


def most(rows: list[JsonObject], name: str, maximum: int) -> list[tuple[str, int]]:
    """Return the most frequent values of a property, by count and then by value."""
    counted = Counter(row[name] for row in rows)
    return sorted(counted.items(), key=lambda item: (-item[1], item[0].lower()))[:maximum]


@pytest.mark.parametrize("others_too", [False, True])
def test_the_counts_are_those_of_the_log(make_client: MakeClient, product: WholeProduct, others_too: bool) -> None:
    client = make_client("p1", **TENANT)
    rows = log_of(client, "v1.0") + (log_of(client, "beta", f"&$filter={NON_INTERACTIVE}") if others_too else [])
    product.simulator.clear_requests()
    options = {"include_non_interactive": others_too, "maximum_users": 7}
    result = product.run("sign_in_impact_info", client.entry, options, check_mode=True)
    journal = product.simulator.requests(tenant=client.tenant_id, service="graph")
    assert {entry["method"] for entry in journal} == {"GET"}
    found = result["sign_in_impact"]
    assert (found["sign_ins"], found["complete"], found["policies_hidden"]) == (len(rows), True, False)
    assert found["window"]["first_sign_in"] == min(row["createdDateTime"] for row in rows)
    assert found["window"]["last_sign_in"] == max(row["createdDateTime"] for row in rows)
    assert [one["display_name"] for one in found["policies"]] == ["Enforced", "Registering", "Reported"]
    for one in found["policies"]:
        for name, result_name in RESULT_OF_COUNT.items():
            assert one[name] == len(with_result(rows, one["display_name"], result_name))
        assert one["sign_ins"] == len(rows)
    assert found["user_action_policies"] == ["Registering"]
    assert found["policies"][1]["not_applied"] == len(rows)
    failing = with_result(rows, "Reported", "reportOnlyFailure")
    reported = found["policies"][2]
    assert reported["would_fail_users"] == len({row["userId"] for row in failing}) > 7
    assert [(one["user_principal_name"], one["count"]) for one in reported["users"]] == most(
        failing, "userPrincipalName", 7
    )
    assert [(one["display_name"], one["count"]) for one in reported["applications"]] == most(
        failing, "appDisplayName", 7
    )
    legacy = [row for row in rows if row["clientAppUsed"] not in ("Browser", "Mobile Apps and Desktop clients")]
    succeeded = [row for row in legacy if row["status"]["errorCode"] == 0]
    seen = found["legacy_authentication"]
    assert (seen["sign_ins"], seen["successes"]) == (len(legacy), len(succeeded))
    assert {one["client"]: one["sign_ins"] for one in seen["clients"]} == Counter(
        row["clientAppUsed"] for row in legacy
    )
    assert [(one["user_principal_name"], one["count"]) for one in seen["users"]] == most(
        succeeded, "userPrincipalName", 7
    )


def test_the_window_is_what_was_asked_for(make_client: MakeClient, product: WholeProduct) -> None:
    client = make_client("p1", **TENANT)
    since = f"{datetime.now(UTC) - timedelta(days=2):%Y-%m-%dT%H:%M:%SZ}"
    rows = log_of(client, "v1.0")
    found = product.run("sign_in_impact_info", client.entry, {"since": since})["sign_in_impact"]
    assert found["sign_ins"] == sum(row["createdDateTime"] >= since for row in rows) < len(rows)
    assert found["window"]["since"] == since


def test_the_bound_reads_the_latest(make_client: MakeClient, product: WholeProduct) -> None:
    client = make_client("p1", **TENANT)
    latest = log_of(client, "v1.0")[:1500]
    found = product.run("sign_in_impact_info", client.entry, {"maximum_sign_ins": 1500})["sign_in_impact"]
    assert (found["sign_ins"], found["complete"]) == (1500, False)
    assert found["window"]["first_sign_in"] == latest[-1]["createdDateTime"]
    assert found["policies"][2]["would_fail"] == len(with_result(latest, "Reported", "reportOnlyFailure"))


def test_results_that_the_service_hides(make_client: MakeClient, product: WholeProduct) -> None:
    product.simulator.set_profile(report_only_results_in_sign_ins="never")
    client = make_client("p1", **TENANT)
    result, task = product.task("sign_in_impact_info", client.entry, {"policies": ["Reported"]})
    (one,) = result["sign_in_impact"]["policies"]
    assert (one["unknown"], one["would_fail"]) == (2250, 0)
    assert "'Reported' in 2250" in task.warnings[0]


def test_without_the_permission_to_see_policies(make_client: MakeClient, product: WholeProduct) -> None:
    client = make_client("p1", **TENANT, permissions=["AuditLog.Read.All"])
    result, task = product.task("sign_in_impact_info", client.entry, {})
    assert (result["sign_in_impact"]["policies_hidden"], result["sign_in_impact"]["policies"]) == (True, [])
    assert result["sign_in_impact"]["legacy_authentication"]["sign_ins"] > 0
    assert "Policy.Read.All or Policy.Read.ConditionalAccess" in task.warnings[0]


def test_a_tenant_without_licence(make_client: MakeClient, product: WholeProduct) -> None:
    result = product.run("sign_in_impact_info", make_client("free").entry, {})
    assert (result["licence_missing"], result["sign_in_impact"]) == (True, None)


def test_evidence_leads_to_a_decision(make_client: MakeClient, product: WholeProduct) -> None:
    """The parts that a promotion uses: the same counts, and the thresholds they are held against."""
    client = make_client("p1", **TENANT)
    impact = impact_since(client, product, days=4)
    thresholds = product.part("_rollout.readiness").Thresholds
    now = datetime.now(UTC)
    changed = now - timedelta(days=5)
    strict = thresholds(soak_days=3, maximum_would_fail_users=0, maximum_would_fail_share=0.0, minimum_sign_ins=100)
    lenient = thresholds(soak_days=3, maximum_would_fail_users=500, maximum_would_fail_share=0.2, minimum_sign_ins=100)
    ready = product.part("_rollout.readiness").ready
    verdicts = {name: (ready(one, strict, changed, now)[0], ready(one, lenient, changed, now)) for name, one in impact}
    assert verdicts["Reported"] == (False, (True, ()))
    assert verdicts["Enforced"][1][0] is False
    assert verdicts["Enforced"][1][1][0] == "it is enforced already"
    assert "user actions" in verdicts["Registering"][1][1][0]


def impact_since(client: GraphClient, product: WholeProduct, days: int) -> list[tuple[str, Any]]:
    """Return what each policy came to, by name."""
    reading, observing = product.part("_rollout.reading_sign_ins"), product.part("_rollout.observation")
    session = product.session(client.entry, read_only=True)
    try:
        policies = product.part("_resources.conditional_access_policy").read_policies(session)
        watched = product.part("_rollout.watched_policy").chosen_policies(policies, None)
        impact = product.part("_rollout.sign_in_impact").impact_on(watched, [one.identifier for one in policies])
        window = observing.observation_from({"days": days, "since": None, "until": None}, datetime.now(UTC))
        reading.read_sign_ins(session, impact, window, 100_000, non_interactive=False)
    finally:
        session.close()
    return [(one.policy.name, one) for one in impact.policies(20)]
