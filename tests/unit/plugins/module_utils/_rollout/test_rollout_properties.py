# Copyright: (c) 2026, m365.entra contributors
# GNU General Public License v3.0+ (see COPYING or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later
"""What holds for every rollout: it ends where it is to end, skips no ring, and nobody falls out on the way."""

from __future__ import annotations

import typing as t

from hypothesis import given, settings
from hypothesis import strategies as st

from ansible_collections.m365.entra.plugins.module_utils._policy.policy_plan import CurrentPolicy, current_policy
from ansible_collections.m365.entra.plugins.module_utils._rollout.includes import Includes, includes_of
from ansible_collections.m365.entra.plugins.module_utils._rollout.rings import reached
from ansible_collections.m365.entra.plugins.module_utils._rollout.rollout import Rollout
from ansible_collections.m365.entra.tests.unit.plugins.module_utils.support import ids
from ansible_collections.m365.entra.tests.unit.plugins.module_utils.support.paper_tenant import (
    SWIFT,
    PaperTenant,
    wanted,
)
from ansible_collections.m365.entra.tests.unit.plugins.module_utils.support.policies import (
    BLOCK,
    DISABLED,
    ENABLED,
    MFA,
    REPORT_ONLY,
    stored,
)
from ansible_collections.m365.entra.tests.unit.plugins.module_utils.support.service import read_back

Json = dict[str, t.Any]

GROUPS = (ids.STAFF, ids.PRINTERS, ids.OFFICE)
USERS = (ids.ADA, ids.BOB)
ENOUGH_RUNS = 12


def _some(*values: str) -> st.SearchStrategy[list[str]]:
    return st.lists(st.sampled_from(values), unique=True)


@st.composite
def rings(draw: st.DrawFn) -> list[Json]:
    """Up to three rings, which may overlap."""
    members = st.tuples(_some(*GROUPS), _some(*USERS)).filter(any)
    found = draw(st.lists(members, max_size=3))
    return [
        {"name": f"ring {number}", "include_groups": groups, "include_users": users}
        for number, (groups, users) in enumerate(found)
    ]


@st.composite
def beginnings(draw: st.DrawFn) -> list[CurrentPolicy]:
    """A tenant in which the policy, and perhaps a twin, may be in any state with any content."""
    found = []
    for name, identifier in (("MFA", ids.POLICY_ONE), ("MFA (shadow)", ids.POLICY_TWO)):
        state = draw(st.sampled_from([ENABLED, REPORT_ONLY, DISABLED, ""]))
        if not state or (identifier == ids.POLICY_TWO and state == ENABLED):
            continue
        users = draw(st.sampled_from([{"includeUsers": ["All"]}, {"includeGroups": [ids.STAFF]}]))
        raw = stored(name, state, identifier, users=users, grant=draw(st.sampled_from([MFA, BLOCK])))
        found.append(current_policy({**read_back(raw), "createdDateTime": "2026-10-01T00:00:00Z"}))
    return found


def enforced(tenant: PaperTenant) -> Includes:
    """Whom the policy takes effect for."""
    return next(
        (includes_of(one.content) for one in tenant.policies if one.name == "MFA" and one.is_enforced), Includes()
    )


@settings(max_examples=150, deadline=None)
@given(beginnings(), rings(), st.sampled_from(["in_place", "shadow"]), st.data())
def test_repeated_promotions_end_where_they_are_to_end(
    existing: list[CurrentPolicy], ring_options: list[Json], changes: str, data: st.DataObject
) -> None:
    """Also where runs are killed after any of their writes: no memory is needed, and no order is skipped."""
    desired = wanted({**SWIFT, "rings": ring_options, "changes": changes})
    wanted_rings = (desired.rollout or Rollout()).rings
    tenant = PaperTenant(existing)
    for _number in range(ENOUGH_RUNS):
        before, before_rings = enforced(tenant), reached(enforced(tenant), wanted_rings)
        tenant.run(desired, promote=True, writes=data.draw(st.sampled_from([None, None, 0, 1])))
        after = enforced(tenant)
        assert after.covers(before)
        joined = [one for one in reached(after, wanted_rings) if one not in before_rings]
        new_groups, new_users = after.groups - before.groups, after.users - before.users
        if after != before and wanted_rings and "All" not in new_users:
            assert joined, (before, after)
            first = next(one for one in wanted_rings if one.name == joined[0])
            assert new_groups <= set(first.users.get("includeGroups", ()))
            assert new_users <= set(first.users.get("includeUsers", ()))
        if "All" in new_users and wanted_rings:
            assert before_rings == tuple(one.name for one in wanted_rings)
    for _number in range(ENOUGH_RUNS):
        tenant.run(desired, promote=True)
    policy = tenant.named("MFA")
    assert (policy.state, policy.content) == (ENABLED, tenant.stage(desired).plan.content)
    assert includes_of(policy.content).is_everybody
    assert policy.content["grantControls"]["builtInControls"] == ["mfa"]
    assert [one.name for one in tenant.policies] == ["MFA"]
    assert not any(plan.is_changed for plan in tenant.run(desired, promote=True).plans)


@settings(max_examples=100, deadline=None)
@given(beginnings(), rings(), st.sampled_from(["in_place", "shadow"]))
def test_runs_without_a_promotion_enforce_nothing_and_are_quiet_the_second_time(
    existing: list[CurrentPolicy], ring_options: list[Json], changes: str
) -> None:
    desired = wanted({**SWIFT, "rings": ring_options, "changes": changes})
    tenant = PaperTenant(existing)
    before = enforced(tenant)
    tenant.run(desired)
    # Without rings a change in place is written at once, whom it reaches included.
    assert enforced(tenant) == before or (changes == "in_place" and not ring_options and not before.is_nobody)
    assert not any(plan.is_changed for plan in tenant.run(desired).plans)
