# Copyright: (c) 2026, m365.entra contributors
# GNU General Public License v3.0+ (see COPYING or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later
"""Which policies leave nobody out."""

from __future__ import annotations

import typing as t

import pytest

from ansible_collections.m365.entra.plugins.module_utils._guard.emergency_access import (
    is_for_all_without_exclusion,
    without_exclusions,
)
from ansible_collections.m365.entra.plugins.module_utils._policy.canonical_policy import canonical_policy
from ansible_collections.m365.entra.plugins.module_utils._policy.desired import desired_policy
from ansible_collections.m365.entra.plugins.module_utils._policy.policy_plan import plan_policy
from ansible_collections.m365.entra.tests.unit.plugins.module_utils.support import ids
from ansible_collections.m365.entra.tests.unit.plugins.module_utils.support.policies import policy

Json = dict[str, t.Any]


@pytest.mark.parametrize(
    ("users", "state", "is_named"),
    [
        ({"includeUsers": ["All"]}, "enabled", True),
        ({"includeUsers": ["All"]}, "report_only", False),
        ({"includeUsers": ["All"], "excludeUsers": [ids.EMERGENCY]}, "enabled", False),
        ({"includeUsers": ["All"], "excludeGroups": [ids.STAFF]}, "enabled", False),
        ({"includeGroups": [ids.STAFF]}, "enabled", False),
        # No person is in the role of synchronization accounts.
        ({"includeUsers": ["All"], "excludeRoles": [ids.SYNCHRONIZATION_ACCOUNTS]}, "enabled", True),
    ],
)
def test_enforced_policies_that_exclude_nobody(users: Json, state: str, is_named: bool) -> None:
    plan = plan_policy(desired_policy({"definition": policy(users=users), "policy_state": state}), [])
    assert without_exclusions([plan]) == (["MFA"] if is_named else [])


@pytest.mark.parametrize(
    ("users", "is_so"),
    [
        ({"includeUsers": ["All"]}, True),
        ({"includeUsers": ["All"], "excludeUsers": ["GuestsOrExternalUsers"]}, True),
        ({"includeUsers": ["All"], "excludeRoles": [ids.SYNCHRONIZATION_ACCOUNTS]}, True),
        ({"includeUsers": ["All"], "excludeRoles": [ids.GLOBAL_ADMINISTRATOR]}, False),
        ({"includeUsers": ["All"], "excludeUsers": [ids.ADA]}, False),
        ({"includeUsers": ["All"], "excludeGroups": [ids.STAFF]}, False),
        ({"includeUsers": [ids.ADA]}, False),
        ({"includeRoles": [ids.GLOBAL_ADMINISTRATOR]}, False),
    ],
)
def test_policies_for_all_that_leave_nobody_out(users: Json, is_so: bool) -> None:
    assert is_for_all_without_exclusion(canonical_policy(policy(users=users))) == is_so
