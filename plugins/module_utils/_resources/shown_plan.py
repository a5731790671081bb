# Copyright: (c) 2026, m365.entra contributors
# GNU General Public License v3.0+ (see COPYING or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later

"""The plan of an outcome with names beside ids, as results and refusals show it."""

from __future__ import annotations

from .._directory.naming import Namer
from .._policy.policy_shape import POLICY
from .._reconcile.present import plan_result
from .._reconcile.shape import Json
from .outcome import Outcome
from .settings import SETTINGS

BLOCKED = "blocked"


def namer_of(outcome: Outcome) -> Namer:
    """What knows the names of all ids in the plan; they are looked up now, and those that cannot be read stay ids."""
    namer = Namer(outcome.directory, POLICY, *(setting.options for setting in SETTINGS.values()))
    namer.learn(outcome.plan.actions)
    return namer


def blocked_plan(outcome: Outcome) -> Json:
    """What a refusal shows of the plan that it stopped."""
    return {"plan": plan_result(outcome.plan, namer_of(outcome).named), "plan_status": BLOCKED}
