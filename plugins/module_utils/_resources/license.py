# Copyright: (c) 2026, m365.entra contributors
# GNU General Public License v3.0+ (see COPYING or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later

"""The licence tier of a tenant, decided by service plans and never by product names (facts section 8)."""

from __future__ import annotations

import typing as t
from dataclasses import dataclass

from .._graph.session import Session
from .._reconcile.shape import Json

TIERS = ("free", "p1", "p2")
SERVICE_PLANS = {
    "p1": "41781fb2-bc02-4b7c-bd55-b576c07bb09d",
    "p2": "eec0eb4f-6444-4f95-aba0-50c24d67f998",
}
_PRODUCT = {"p1": "Microsoft Entra ID P1", "p2": "Microsoft Entra ID P2"}
_LIVE_SUBSCRIPTIONS = frozenset({"enabled", "warning"})
_DEAD_PLANS = frozenset({"disabled", "error"})

# What reports answer to a tenant without P1 (facts section 9.1).
NO_LICENSE = "Authentication_RequestFromNonPremiumTenantOrB2CTenant"


@dataclass(frozen=True)
class License:
    """The decided *tier*, the *reason* in words, the products that carry it, and the seats bought and used."""

    tier: str
    reason: str
    products: tuple[str, ...]
    enabled_units: int
    consumed_units: int


def read_license(session: Session) -> License:
    """The tenant's licence, in one read."""
    return decide_license(session.list("/subscribedSkus"))


def decide_license(subscriptions: t.Sequence[Json]) -> License:
    """The licence that *subscriptions* (the answer of /subscribedSkus) amount to.

    A P2 plan counts also where no P1 plan stands beside it: some products carry only that.
    """
    live = [subscription for subscription in subscriptions if _is_live(subscription)]
    for tier in ("p2", "p1"):
        carriers = [one for one in live if SERVICE_PLANS[tier] in _live_plans(one)]
        if carriers:
            return _license(tier, carriers)
    return License("free", _reason_for_free(subscriptions, live), (), 0, 0)


def _license(tier: str, carriers: t.Sequence[Json]) -> License:
    products = tuple(sorted(str(one.get("skuPartNumber")) for one in carriers))
    return License(
        tier,
        f"{_PRODUCT[tier]} is part of {', '.join(products)}.",
        products,
        sum(_units(one) for one in carriers),
        sum(_number(one.get("consumedUnits")) for one in carriers),
    )


def _reason_for_free(subscriptions: t.Sequence[Json], live: t.Sequence[Json]) -> str:
    dead = [one for one in subscriptions if one not in live and _carries_premium(one)]
    if dead:
        names = ", ".join(sorted(f"{one.get('skuPartNumber')} ({one.get('capabilityStatus')})" for one in dead))
        return f"No live subscription has Microsoft Entra ID P1 or P2; no longer live: {names}."
    return "No subscription has Microsoft Entra ID P1 or P2."


def _carries_premium(subscription: Json) -> bool:
    return any(plan.get("servicePlanId") in SERVICE_PLANS.values() for plan in subscription.get("servicePlans") or [])


def _units(subscription: Json) -> int:
    prepaid = subscription.get("prepaidUnits") or {}
    return _number(prepaid.get("enabled")) + _number(prepaid.get("warning"))


def _number(value: object) -> int:
    """A count of seats; what is no number counts nothing, as nothing but the report rests on it."""
    return value if isinstance(value, int) else 0


def _is_live(subscription: Json) -> bool:
    status = str(subscription.get("capabilityStatus") or "").lower()
    return status in _LIVE_SUBSCRIPTIONS and _units(subscription) > 0


def _live_plans(subscription: Json) -> set[str]:
    return {
        str(plan.get("servicePlanId") or "").lower()
        for plan in subscription.get("servicePlans") or []
        if str(plan.get("provisioningStatus") or "").lower() not in _DEAD_PLANS
    }


def covers(tier: str, needed: str) -> bool:
    """Whether *tier* includes what *needed* names."""
    return TIERS.index(tier) >= TIERS.index(needed)
