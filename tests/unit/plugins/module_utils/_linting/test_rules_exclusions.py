# Copyright: (c) 2026, m365.entra contributors
# GNU General Public License v3.0+ (see COPYING or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later
"""Enforced policies that leave no way back in."""

from __future__ import annotations

import typing as t

import pytest

from ansible_collections.m365.entra.plugins.module_utils._policy.exclusions import EmergencyAccess
from ansible_collections.m365.entra.tests.unit.plugins.module_utils.support import ids
from ansible_collections.m365.entra.tests.unit.plugins.module_utils.support.linted import enforced, found, in_state
from ansible_collections.m365.entra.tests.unit.plugins.module_utils.support.policies import REPORT_ONLY

Json = dict[str, t.Any]

ALL: Json = {"includeUsers": ["All"]}
ADMINISTRATORS: Json = {"includeRoles": [ids.GLOBAL_ADMINISTRATOR]}
SESSION = {"signInFrequency": {"isEnabled": True, "type": "hours", "value": 1}}
EMERGENCY = EmergencyAccess((ids.EMERGENCY,), ())


@pytest.mark.parametrize(
    ("users", "fires"),
    [
        (ALL, True),
        (ADMINISTRATORS, True),
        ({**ALL, "excludeRoles": [ids.SYNCHRONIZATION_ACCOUNTS]}, True),
        ({**ALL, "excludeUsers": ["GuestsOrExternalUsers"]}, True),
        ({**ALL, "excludeUsers": [ids.EMERGENCY]}, False),
        ({**ADMINISTRATORS, "excludeGroups": [ids.STAFF]}, False),
        ({"includeGroups": [ids.STAFF]}, False),
        ({"includeRoles": [ids.SYNCHRONIZATION_ACCOUNTS]}, False),
        ({**ALL, "excludeUsers": ["All"]}, False),
    ],
)
def test_a_policy_without_exclusions(users: Json, fires: bool) -> None:
    findings = found("no_exclusion", enforced("Mine", users=users))
    assert [(one.seen.severity, one.seen.path, one.names) for one in findings] == (
        [("error", "conditions.users", ("Mine",))] if fires else []
    )


@pytest.mark.parametrize(
    ("excluded", "fires"),
    [
        ({"excludeGroups": [ids.PRINTERS]}, True),
        ({"excludeUsers": [ids.BOB]}, True),
        ({"excludeUsers": [ids.BOB], "excludeGroups": [ids.PRINTERS]}, True),
        ({"excludeUsers": [ids.BOB, ids.ADA]}, False),
        ({"excludeUsers": [ids.BOB], "excludeGroups": [ids.STAFF]}, False),
    ],
)
def test_who_is_gone_is_no_way_back_in(excluded: Json, fires: bool) -> None:
    facts: Json = {"empty_groups": frozenset({ids.PRINTERS}), "gone": frozenset({("user", ids.BOB)})}
    findings = found("no_exclusion", enforced(users={**ALL, **excluded}), **facts)
    assert ["no account that is there" in one.seen.text for one in findings] == [True] * fires
    assert found("no_exclusion", enforced(users={**ALL, **excluded})) == []


def test_what_stops_nobody_needs_no_exclusion() -> None:
    assert found("no_exclusion", in_state(REPORT_ONLY, users=ALL)) == []
    assert found("no_exclusion", enforced(users=ALL, grant=None, session=SESSION)) == []


@pytest.mark.parametrize(
    ("excluded", "emergency", "named"),
    [
        ({"excludeUsers": [ids.BOB]}, EMERGENCY, [ids.EMERGENCY]),
        ({"excludeUsers": [ids.BOB, ids.EMERGENCY]}, EMERGENCY, []),
        ({"excludeUsers": [ids.EMERGENCY]}, EmergencyAccess((ids.EMERGENCY, ids.ADA), ()), [ids.ADA]),
        # They may be in the group or hold the role.
        ({"excludeGroups": [ids.STAFF]}, EMERGENCY, []),
        ({"excludeUsers": [ids.BOB], "excludeRoles": [ids.GLOBAL_ADMINISTRATOR]}, EMERGENCY, []),
        # The members of the group may be these users.
        ({"excludeUsers": [ids.EMERGENCY]}, EmergencyAccess((), (ids.STAFF,)), []),
        ({"excludeGroups": [ids.STAFF]}, EmergencyAccess((), (ids.STAFF,)), []),
        # Nobody is in a group that is empty.
        ({"excludeUsers": [ids.BOB], "excludeGroups": [ids.PRINTERS]}, EMERGENCY, [ids.EMERGENCY]),
        # This is no_exclusion.
        ({}, EMERGENCY, []),
        ({"excludeGroups": [ids.PRINTERS]}, EMERGENCY, []),
        ({"excludeUsers": [ids.BOB]}, EmergencyAccess(), []),
    ],
)
@pytest.mark.parametrize("users", [ALL, ADMINISTRATORS])
def test_emergency_access_that_is_surely_reached(
    users: Json, excluded: Json, emergency: EmergencyAccess, named: list[str]
) -> None:
    policy = enforced(users={**users, **excluded})
    findings = found(
        "emergency_access_not_excluded", policy, emergency=emergency, empty_groups=frozenset({ids.PRINTERS})
    )
    assert [one.seen.severity for one in findings] == ["error"] * bool(named)
    assert all(name in one.seen.text for one in findings for name in named)
    assert [one.seen.text.count("0000") > 0 for one in findings] == [True] * bool(named)
