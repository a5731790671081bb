# Copyright: (c) 2026, m365.entra contributors
# GNU General Public License v3.0+ (see COPYING or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later
"""What each licence tier allows (facts sections 2.2 and 8)."""

from __future__ import annotations

from typing import Any

import pytest

from simulator.fixture import TestSimulator
from simulator.json_types import JsonObject

from .conftest import MakeClient
from .graph_client import NAMED_LOCATIONS, POLICIES, error_of
from .sample_policies import CHANGE_PASSWORD, REQUIRE_MFA, varied

P2_REFUSAL = (
    "1039: Cannot create or update policies with premium P2 features. Upgrade to a premium P2 license and try again."
)
P1_PLAN = "41781fb2-bc02-4b7c-bd55-b576c07bb09d"
P2_PLAN = "eec0eb4f-6444-4f95-aba0-50c24d67f998"


def subscription(
    *plans: str, status: str = "Enabled", enabled: int = 5, warning: int = 0, plan_status: str = "Success"
) -> JsonObject:
    return {
        "id": "sku",
        "skuId": "06ebc4ee-1bb5-47dd-8120-11324bc54e06",
        "skuPartNumber": "ANY",
        "capabilityStatus": status,
        "prepaidUnits": {"enabled": enabled, "warning": warning, "suspended": 0, "lockedOut": 0},
        "servicePlans": [
            {"servicePlanId": plan, "servicePlanName": "ANY", "provisioningStatus": plan_status} for plan in plans
        ],
    }


@pytest.mark.parametrize(
    ("tier", "parts"),
    [
        ("free", ["O365_BUSINESS_ESSENTIALS"]),
        ("p1", ["SPE_E3"]),
        ("p2", ["SPE_E5"]),
    ],
)
def test_the_subscriptions_of_a_tier(make_client: MakeClient, tier: str, parts: list[str]) -> None:
    skus = make_client(tier).get("/subscribedSkus").json()["value"]
    assert [sku["skuPartNumber"] for sku in skus] == parts
    plans = {plan["servicePlanId"] for sku in skus for plan in sku["servicePlans"]}
    assert (P1_PLAN in plans, P2_PLAN in plans) == (tier != "free", tier == "p2")


@pytest.mark.parametrize(
    "policy",
    [
        CHANGE_PASSWORD,
        varied(REQUIRE_MFA, conditions__signInRiskLevels=["high", "medium"]),
        varied(REQUIRE_MFA, conditions__userRiskLevels=["low"]),
    ],
)
def test_risk_needs_p2(make_client: MakeClient, policy: JsonObject) -> None:
    p1 = make_client("p1")
    assert error_of(p1.post(POLICIES, policy)) == (400, "BadRequest", P2_REFUSAL)
    created = p1.created_policy(REQUIRE_MFA)
    answer = p1.patch(f"{POLICIES}/{created['id']}", {"conditions": {"signInRiskLevels": ["high"]}})
    assert error_of(answer) == (400, "BadRequest", P2_REFUSAL)
    make_client("p2").created_policy(policy)


@pytest.mark.parametrize(
    ("choice", "expected"), [("bad_request", (400, "BadRequest")), ("forbidden", (403, "AccessDenied"))]
)
def test_without_p1_policies_are_not_written(
    make_client: MakeClient, simulator: TestSimulator, choice: str, expected: tuple[int, str]
) -> None:
    identifier = "99999999-9999-9999-9999-999999999999"
    client = make_client("free", state={POLICIES: [REQUIRE_MFA | {"id": identifier}]})
    simulator.set_profile(unlicensed_conditional_access=choice)
    text = "Your tenant is not licensed for this feature."
    assert error_of(client.post(POLICIES, REQUIRE_MFA)) == (*expected, text)
    assert error_of(client.post(NAMED_LOCATIONS, {})) == (*expected, text)
    assert error_of(client.patch(f"{POLICIES}/{identifier}", {"state": "disabled"})) == (*expected, text)
    assert len(client.get(POLICIES).json()["value"]) == 1
    assert client.delete(f"{POLICIES}/{identifier}").status_code == 204


def test_that_refusal_can_be_switched_off(make_client: MakeClient, simulator: TestSimulator) -> None:
    simulator.set_profile(unlicensed_conditional_access="accept")
    make_client("free").created_policy(REQUIRE_MFA)


@pytest.mark.parametrize(
    ("sku", "p1", "p2"),
    [
        (subscription(P1_PLAN), True, False),
        (subscription(P1_PLAN, P2_PLAN), True, True),
        (subscription(P2_PLAN), True, True),
        (subscription(P1_PLAN, status="Warning", enabled=0, warning=5), True, False),
        (subscription(P1_PLAN, status="Suspended"), False, False),
        (subscription(P1_PLAN, status="Deleted"), False, False),
        (subscription(P1_PLAN, enabled=0), False, False),
        (subscription(P1_PLAN, plan_status="Disabled"), False, False),
        (subscription(P2_PLAN, plan_status="PendingActivation"), True, True),
    ],
)
def test_the_tier_is_decided_by_service_plan(make_client: MakeClient, sku: dict[str, Any], p1: bool, p2: bool) -> None:
    client = make_client("p2", state={"/subscribedSkus": [sku]})
    assert client.post(POLICIES, REQUIRE_MFA).status_code == (201 if p1 else 400)
    assert client.post(POLICIES, CHANGE_PASSWORD).status_code == (201 if p2 else 400)
