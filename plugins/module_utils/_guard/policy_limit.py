# Copyright: (c) 2026, m365.entra contributors
# GNU General Public License v3.0+ (see COPYING or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later

"""A tenant holds at most 240 Conditional Access policies, in any state (facts section 2.6, rule 30)."""

from __future__ import annotations

import typing as t

from .._graph.errors import GuardRefused
from .._policy.policy_plan import PolicyPlan

LIMIT = 240


def check_policy_limit(plans: t.Collection[PolicyPlan], planned: t.Sized) -> None:
    """Raise GuardRefused when new policies would take the tenant over the limit, also for a moment.

    *planned* are all policies of the tenant as they will be. What goes, goes after what comes has come, so that nothing
    is ever left unprotected in between.
    """
    new = sum(plan.is_new or plan.is_restored for plan in plans)
    removed = sum(plan.is_removed for plan in plans)
    if new and len(planned) + removed > LIMIT:
        besides = f", beside {removed} that go afterwards" if removed else ""
        raise GuardRefused(
            f"{new} new Conditional Access policies would make {len(planned)}{besides}; a tenant holds at most "
            f"{LIMIT}.",
            remedy="Remove policies that are no longer needed first, in a run of its own. Nothing was written.",
        )
