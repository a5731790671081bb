# Copyright: (c) 2026, m365.entra contributors
# GNU General Public License v3.0+ (see COPYING or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later
"""Which licence tier a tenant has, decided by service plan (facts section 8.3)."""

from __future__ import annotations

from collections.abc import Iterator

from .json_types import JsonObject
from .tenant import SUBSCRIBED_SKUS, Tenant

P1_PLAN = "41781fb2-bc02-4b7c-bd55-b576c07bb09d"
P2_PLAN = "eec0eb4f-6444-4f95-aba0-50c24d67f998"
WORKLOAD_PLANS = frozenset({"84c289f0-efcb-486f-8581-07f44fc9efad", "7dc0e92d-bf15-401d-907e-0884efe7c760"})

USABLE_STATUSES = ("Enabled", "Warning")
UNUSABLE_PLAN_STATUSES = ("Disabled", "Error")


def has_p1(tenant: Tenant) -> bool:
    """P2 includes P1: some subscriptions carry only the P2 plan."""
    return bool({P1_PLAN, P2_PLAN} & set(usable_plans(tenant)))


def has_p2(tenant: Tenant) -> bool:
    return P2_PLAN in usable_plans(tenant)


def has_workload_identities(tenant: Tenant) -> bool:
    return bool(WORKLOAD_PLANS & set(usable_plans(tenant)))


def usable_plans(tenant: Tenant) -> Iterator[str]:
    """Yield the ids of the service plans in subscriptions that count."""
    for sku in tenant[SUBSCRIBED_SKUS].visible():
        if sku["capabilityStatus"] in USABLE_STATUSES and _has_units(sku):
            for plan in sku["servicePlans"]:
                if plan.get("provisioningStatus") not in UNUSABLE_PLAN_STATUSES:
                    yield str(plan["servicePlanId"]).lower()


def _has_units(sku: JsonObject) -> bool:
    units = sku["prepaidUnits"] or {}
    return (units.get("enabled") or 0) + (units.get("warning") or 0) > 0
