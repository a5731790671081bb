# Copyright: (c) 2026, m365.entra contributors
# GNU General Public License v3.0+ (see COPYING or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later
"""The licence must cover what is planned."""

from __future__ import annotations

import typing as t

import pytest

from ansible_collections.m365.entra.plugins.module_utils._graph.errors import GuardRefused
from ansible_collections.m365.entra.plugins.module_utils._guard.license import needed_tier, require_license
from ansible_collections.m365.entra.plugins.module_utils._policy.desired import desired_policy
from ansible_collections.m365.entra.plugins.module_utils._policy.policy_plan import (
    PolicyPlan,
    current_policy,
    plan_policy,
)
from ansible_collections.m365.entra.plugins.module_utils._resources.license import License
from ansible_collections.m365.entra.tests.unit.plugins.module_utils.support.policies import policy, stored

Json = dict[str, t.Any]
CURRENT = current_policy(stored())
RISKY = current_policy(stored("Risky", signInRiskLevels=["high"]))


def plan(options: Json) -> PolicyPlan:
    """What is planned in a tenant with two policies."""
    return plan_policy(desired_policy(options), [CURRENT, RISKY])


@pytest.mark.parametrize(
    ("options", "tier"),
    [
        ({"definition": policy("New")}, "p1"),
        ({"definition": policy("New", signInRiskLevels=["high"])}, "p2"),
        ({"definition": policy("New", userRiskLevels=["high"])}, "p2"),
        ({"display_name": "MFA", "policy_state": "disabled"}, "p1"),
        ({"display_name": "Risky", "policy_state": "disabled"}, "p2"),
        ({"display_name": "Risky", "conditions": {"sign_in_risk_levels": []}}, "p1"),
        ({"display_name": "Risky"}, "free"),
        ({"display_name": "Risky", "state": "absent"}, "free"),
        ({"display_name": "Nothing", "state": "absent"}, "free"),
    ],
)
def test_needed_tier(options: Json, tier: str) -> None:
    assert needed_tier(plan(options)) == tier


@pytest.mark.parametrize(("tier", "passes"), [("free", False), ("p1", False), ("p2", True)])
def test_guard(tier: str, passes: bool) -> None:
    needed = {"New": "p2", "Office": "free"}
    found = License(tier, "Because of what was bought.", (), 0, 0)
    if passes:
        require_license(needed, found)
        return
    with pytest.raises(GuardRefused) as failure:
        require_license(needed, found)
    assert "'New' needs Microsoft Entra ID P2" in failure.value.message
    assert "Because of what was bought." in failure.value.message
    assert "'Office'" not in failure.value.message
