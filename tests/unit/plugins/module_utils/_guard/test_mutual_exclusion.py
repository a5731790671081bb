# Copyright: (c) 2026, m365.entra contributors
# GNU General Public License v3.0+ (see COPYING or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later
"""Security defaults and enforced policies exclude each other."""

from __future__ import annotations

import typing as t

import pytest

from ansible_collections.m365.entra.plugins.module_utils._graph.errors import GuardRefused
from ansible_collections.m365.entra.plugins.module_utils._guard.mutual_exclusion import (
    check_mutual_exclusion,
    remaining_policies_warning,
)
from ansible_collections.m365.entra.plugins.module_utils._policy.desired import desired_policy
from ansible_collections.m365.entra.plugins.module_utils._policy.policy_plan import (
    PolicyPlan,
    current_policy,
    plan_policy,
    planned_tenant,
)
from ansible_collections.m365.entra.tests.unit.plugins.module_utils.support.policies import (
    ENABLED,
    REPORT_ONLY,
    stored,
)

Json = dict[str, t.Any]


def check(before: str, options: Json | None, now: bool, wanted: bool | None) -> None:
    """Check a plan for a tenant with one policy, in that state."""
    existing = [current_policy(stored(state=before))]
    plans = [plan_policy(desired_policy({"display_name": "MFA", **options}), existing)] if options is not None else []
    check_mutual_exclusion(plans, planned_tenant(plans, existing), now, wanted)


ENFORCE: Json = {"policy_state": "enabled"}
RELEASE: Json = {"policy_state": "disabled"}


@pytest.mark.parametrize(
    ("before", "options", "now", "wanted"),
    [
        (REPORT_ONLY, ENFORCE, False, None),
        (REPORT_ONLY, ENFORCE, False, False),
        (REPORT_ONLY, ENFORCE, True, False),
        (REPORT_ONLY, {"description": "x"}, True, None),
        (ENABLED, RELEASE, False, True),
        (ENABLED, {"state": "absent"}, False, True),
        (REPORT_ONLY, None, False, True),
        # Both are on already: the run does not cause it.
        (ENABLED, None, True, None),
        (ENABLED, {}, True, True),
        (ENABLED, RELEASE, True, None),
    ],
)
def test_passing(before: str, options: Json | None, now: bool, wanted: bool | None) -> None:
    check(before, options, now, wanted)


@pytest.mark.parametrize(
    ("before", "options", "now", "wanted", "words"),
    [
        (REPORT_ONLY, ENFORCE, True, None, "Security defaults are on"),
        (REPORT_ONLY, ENFORCE, True, True, "Security defaults are on"),
        (REPORT_ONLY, ENFORCE, False, True, "Security defaults are to be turned on"),
        (ENABLED, {"description": "x"}, True, None, "Security defaults are on"),
        (ENABLED, None, False, True, "security defaults cannot be turned on"),
        (ENABLED, {}, False, True, "security defaults cannot be turned on"),
    ],
)
def test_refusing(before: str, options: Json | None, now: bool, wanted: bool | None, words: str) -> None:
    with pytest.raises(GuardRefused) as failure:
        check(before, options, now, wanted)
    assert words in failure.value.message
    assert "'MFA'" in failure.value.message
    assert "Nothing was written" in failure.value.remedy


def restored(state: str, wanted: str) -> PolicyPlan:
    """A policy that comes back from the bin."""
    options = {"display_name": "MFA", "restore": True, "policy_state": wanted}
    return plan_policy(desired_policy(options), (), deleted=[current_policy(stored(state=state))])


@pytest.mark.parametrize("defaults_wanted", [None, False, True])
def test_policy_that_comes_back_enforced_cannot_do_so_under_security_defaults(defaults_wanted: bool | None) -> None:
    plans = [restored(ENABLED, "enabled")]
    with pytest.raises(GuardRefused) as failure:
        check_mutual_exclusion(plans, planned_tenant(plans, []), True, defaults_wanted)
    assert "from the bin enforced: 'MFA'" in failure.value.message
    assert "Leave restore out" in failure.value.remedy
    check_mutual_exclusion(plans, planned_tenant(plans, []), False, False)


def test_policy_that_comes_back_staged_may() -> None:
    plans = [restored(REPORT_ONLY, "enabled")]
    check_mutual_exclusion(plans, planned_tenant(plans, []), True, False)
    with pytest.raises(GuardRefused, match="Security defaults are on"):
        check_mutual_exclusion(plans, planned_tenant(plans, []), True, None)


def test_warning_about_policies_that_remain() -> None:
    remaining = [current_policy(stored())]
    assert "1 Conditional Access polic" in remaining_policies_warning(remaining, True)
    assert remaining_policies_warning(remaining, False) == ""
    assert remaining_policies_warning([], True) == ""
