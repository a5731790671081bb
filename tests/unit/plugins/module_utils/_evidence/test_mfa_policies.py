# Copyright: (c) 2026, m365.entra contributors
# GNU General Public License v3.0+ (see COPYING or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later
"""Policies that make users register for MFA, those that guard it, and whom they leave out."""

from __future__ import annotations

import typing as t

import pytest

from ansible_collections.m365.entra.plugins.module_utils._evidence.mfa_policies import (
    forcing_policies,
    guarding_policies,
    policy_result,
    reporting_policies,
    unexpected_exclusions,
)
from ansible_collections.m365.entra.plugins.module_utils._policy.policy_plan import current_policy
from ansible_collections.m365.entra.tests.unit.plugins.module_utils.support import ids
from ansible_collections.m365.entra.tests.unit.plugins.module_utils.support.policies import (
    DISABLED,
    ENABLED,
    REPORT_ONLY,
    stored,
)

REGISTRATION = {"includeUserActions": ["urn:user:registersecurityinfo"]}


def test_only_what_is_enforced_forces() -> None:
    policies = [current_policy(stored(state, state)) for state in (ENABLED, REPORT_ONLY, DISABLED)]
    assert [one.name for one in forcing_policies(policies)] == [ENABLED]
    assert [one.name for one in reporting_policies(policies)] == [REPORT_ONLY]


@pytest.mark.parametrize(
    "parts",
    [
        {"users": {"includeGroups": [ids.STAFF]}},
        {"applications": {"includeApplications": ["Office365"]}},
        {"applications": REGISTRATION},
        {"grant": {"operator": "OR", "builtInControls": ["block"]}},
        {"signInRiskLevels": ["high"]},
    ],
)
def test_what_is_for_some_does_not_force(parts: dict[str, t.Any]) -> None:
    assert forcing_policies([current_policy(stored(state=ENABLED, **parts))]) == []


def test_guards_of_the_registration() -> None:
    guard = current_policy(stored("Guard", ENABLED, applications=REGISTRATION))
    reported = current_policy(stored("Later", REPORT_ONLY, applications=REGISTRATION))
    assert guarding_policies([guard, reported, current_policy(stored(state=ENABLED))]) == [guard]


@pytest.mark.parametrize(
    ("users", "expected"),
    [
        ({}, {}),
        ({"excludeUsers": [ids.EMERGENCY], "excludeGroups": [ids.STAFF]}, {}),
        ({"excludeRoles": [ids.SYNCHRONIZATION_ACCOUNTS]}, {}),
        ({"excludeUsers": [ids.EMERGENCY, ids.ADA]}, {"users": [ids.ADA]}),
        ({"excludeUsers": ["GuestsOrExternalUsers"]}, {"users": ["GuestsOrExternalUsers"]}),
        ({"excludeGroups": [ids.PRINTERS]}, {"groups": [ids.PRINTERS]}),
        ({"excludeRoles": [ids.GLOBAL_ADMINISTRATOR]}, {"roles": [ids.GLOBAL_ADMINISTRATOR]}),
        (
            {"excludeGuestsOrExternalUsers": {"guestOrExternalUserTypes": "internalGuest,serviceProvider"}},
            {"guests": ["internalGuest", "serviceProvider"]},
        ),
    ],
)
def test_whom_a_policy_leaves_out(users: dict[str, t.Any], expected: dict[str, t.Any]) -> None:
    policy = current_policy(stored(state=ENABLED, users={"includeUsers": ["All"], **users}))
    expected_ids = {ids.EMERGENCY, ids.STAFF}
    assert unexpected_exclusions(policy, expected_ids) == expected
    assert policy_result(policy, expected_ids) == {
        "id": ids.POLICY_ONE,
        "name": "MFA",
        "unexpected_exclusions": expected,
    }
