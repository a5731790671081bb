# Copyright: (c) 2026, m365.entra contributors
# GNU General Public License v3.0+ (see COPYING or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later

"""The tenant must have the licence that the planned policies need, before anything is written (facts section 2.2)."""

from __future__ import annotations

import typing as t

from .._graph.errors import GuardRefused
from .._policy.policy_plan import PolicyPlan
from .._resources.license import License, covers

_RISK_CONDITIONS = ("signInRiskLevels", "userRiskLevels")


def needed_tier(plan: PolicyPlan) -> str:
    """The tier that writing the planned policy needs: none to delete, P2 for risk, else P1."""
    if not plan.is_changed or plan.content is None:
        return "free"
    conditions = plan.content["conditions"] or {}
    return "p2" if any(conditions.get(name) for name in _RISK_CONDITIONS) else "p1"


def require_license(needed: t.Mapping[str, str], license_: License) -> None:
    """Raise GuardRefused that names every planned object, by name, for whose needed tier the tenant has no licence."""
    uncovered = [(name, tier) for name, tier in needed.items() if not covers(license_.tier, tier)]
    if uncovered:
        names = "; ".join(f"{name!r} needs Microsoft Entra ID {tier.upper()}" for name, tier in uncovered)
        raise GuardRefused(
            f"The tenant's licence does not cover what is planned: {names}. {license_.reason}",
            remedy="Leave these out, or buy the licence. Nothing was written.",
        )
