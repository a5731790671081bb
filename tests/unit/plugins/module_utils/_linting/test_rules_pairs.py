# Copyright: (c) 2026, m365.entra contributors
# GNU General Public License v3.0+ (see COPYING or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later
"""Policies that another policy makes pointless."""

from __future__ import annotations

import typing as t

import pytest

from ansible_collections.m365.entra.tests.unit.plugins.module_utils.support import ids
from ansible_collections.m365.entra.tests.unit.plugins.module_utils.support.linted import enforced, found, in_state
from ansible_collections.m365.entra.tests.unit.plugins.module_utils.support.policies import (
    BLOCK,
    DISABLED,
    REPORT_ONLY,
)

Json = dict[str, t.Any]

SHADOWED = "shadowed_by_block"
TWICE = "duplicate_policies"
EXCHANGE = "00000002-0000-0ff1-ce00-000000000000"
STAFF: Json = {"includeGroups": [ids.STAFF]}
ALL: Json = {"includeUsers": ["All"]}
REGISTRATION: Json = {"includeUserActions": ["urn:user:registersecurityinfo"]}
JOINING: Json = {"includeUserActions": ["urn:user:registerdevice"]}


def test_the_same_under_another_name() -> None:
    (finding,) = found(TWICE, enforced("A"), in_state(REPORT_ONLY, "B"), in_state(DISABLED, "C"), enforced(users=STAFF))
    assert (finding.seen.severity, finding.names) == ("warning", ("A", "B"))


def test_noise_makes_no_difference() -> None:
    noisy = enforced("B", users={**ALL, "excludeUsers": [], "excludeGroups": None}, platforms=None)
    assert len(found(TWICE, enforced("A"), noisy)) == 1


def test_other_controls_are_no_duplicate() -> None:
    session = {"signInFrequency": {"isEnabled": True, "frequencyInterval": "everyTime"}}
    assert found(TWICE, enforced("A"), enforced("B", grant=BLOCK), enforced("C", session=session)) == []


COVERED: list[tuple[Json, Json]] = [
    ({}, {"users": STAFF}),
    ({}, {"users": {"includeUsers": ["GuestsOrExternalUsers"]}}),
    ({"users": STAFF}, {"users": {**STAFF, "excludeUsers": [ids.BOB]}}),
    ({"users": {**ALL, "excludeUsers": [ids.EMERGENCY]}}, {"users": {**STAFF, "excludeUsers": [ids.EMERGENCY]}}),
    (
        {"users": {"includeUsers": ["GuestsOrExternalUsers"]}},
        {"users": {"includeGuestsOrExternalUsers": {"guestOrExternalUserTypes": "internalGuest"}}},
    ),
    ({}, {"applications": {"includeApplications": [ids.PORTAL]}}),
    (
        {"applications": {"includeApplications": ["Office365"]}},
        {"applications": {"includeApplications": [EXCHANGE]}},
    ),
    (
        {"applications": {"includeApplications": ["All"], "excludeApplications": [ids.PORTAL]}},
        {"applications": {"includeApplications": ["All"], "excludeApplications": [ids.PORTAL, EXCHANGE]}},
    ),
    ({}, {"applications": REGISTRATION}),
    ({"applications": JOINING}, {"applications": JOINING}),
    ({"clientAppTypes": ["exchangeActiveSync", "other"]}, {"clientAppTypes": ["other"]}),
    ({}, {"locations": {"includeLocations": [ids.OFFICE]}}),
    (
        {"locations": {"includeLocations": ["All"], "excludeLocations": ["AllTrusted"]}},
        {"locations": {"includeLocations": [ids.OFFICE], "excludeLocations": ["AllTrusted"]}},
    ),
    (
        {"platforms": {"includePlatforms": ["all"], "excludePlatforms": ["iOS"]}},
        {"platforms": {"includePlatforms": ["android"], "excludePlatforms": ["iOS"]}},
    ),
    ({"signInRiskLevels": ["medium", "high"]}, {"signInRiskLevels": ["high"]}),
    (
        {"authenticationFlows": {"transferMethods": "deviceCodeFlow,authenticationTransfer"}},
        {"authenticationFlows": {"transferMethods": "deviceCodeFlow"}},
    ),
    ({}, {"devices": {"deviceFilter": {"mode": "exclude", "rule": "device.isCompliant -eq True"}}}),
]


@pytest.mark.parametrize(("block", "policy"), COVERED)
def test_what_is_blocked_anyway(block: Json, policy: Json) -> None:
    blocking = enforced("Block", **block, grant=BLOCK)
    for shadowed in (enforced("Mine", **policy), in_state(REPORT_ONLY, "Mine", **policy)):
        (finding,) = found(SHADOWED, blocking, shadowed)
        assert (finding.seen.severity, finding.names) == ("warning", ("Mine",))
        assert "'Block'" in finding.seen.text
        assert found(SHADOWED, {**blocking, "state": REPORT_ONLY}, shadowed) == []
        assert found(SHADOWED, {**blocking, "grantControls": {"builtInControls": ["mfa"]}}, shadowed) == []
    assert found(SHADOWED, blocking, in_state(DISABLED, **policy)) == []


UNTOLD: list[tuple[Json, Json]] = [
    ({"users": STAFF}, {}),
    ({"users": STAFF}, {"users": {**ALL, **STAFF}}),
    ({"users": STAFF}, {"users": {"includeUsers": [ids.ADA]}}),
    ({"users": {**ALL, "excludeUsers": [ids.EMERGENCY]}}, {"users": STAFF}),
    ({"users": {**ALL, "excludeUsers": ["All"]}}, {"users": STAFF}),
    ({}, {"users": {"includeUsers": ["AllAgentIdUsers"]}}),
    ({"users": {**ALL, "excludeUsers": ["AllAgentIdUsers"]}}, {"users": STAFF}),
    ({"applications": {"includeApplications": ["Office365"]}}, {}),
    (
        {"applications": {"includeApplications": ["All"], "excludeApplications": [ids.PORTAL]}},
        {"applications": {"includeApplications": ["All"]}},
    ),
    (
        {
            "applications": {
                "includeApplications": ["All"],
                "applicationFilter": {"mode": "exclude", "rule": 'CustomSecurityAttribute.A_b -eq "x"'},
            }
        },
        {"applications": {"includeApplications": [ids.PORTAL]}},
    ),
    ({}, {"applications": JOINING}),
    ({}, {"applications": {"includeAuthenticationContextClassReferences": ["c1"]}}),
    ({"applications": REGISTRATION}, {}),
    ({"clientAppTypes": ["browser"]}, {}),
    ({"locations": {"includeLocations": ["AllTrusted"]}}, {"locations": {"includeLocations": [ids.OFFICE]}}),
    ({"locations": {"includeLocations": ["All"], "excludeLocations": ["AllTrusted"]}}, {}),
    ({"platforms": {"includePlatforms": ["iOS"]}}, {"platforms": {"includePlatforms": ["all"]}}),
    ({"signInRiskLevels": ["high"]}, {"signInRiskLevels": ["medium", "high"]}),
    ({"userRiskLevels": ["high"]}, {}),
    ({"authenticationFlows": {"transferMethods": "deviceCodeFlow"}}, {}),
    (
        {"devices": {"deviceFilter": {"mode": "include", "rule": "device.isCompliant -ne True"}}},
        {"devices": {"deviceFilter": {"mode": "exclude", "rule": "device.isCompliant -eq True"}}},
    ),
    ({}, {"agentIdRiskLevels": "high"}),
    (
        {},
        {
            "users": {"includeUsers": ["None"]},
            "clientApplications": {"includeServicePrincipals": ["ServicePrincipalsInMyTenant"]},
        },
    ),
]


@pytest.mark.parametrize(("block", "policy"), UNTOLD)
def test_what_cannot_be_proven(block: Json, policy: Json) -> None:
    assert found(SHADOWED, enforced("Block", **block, grant=BLOCK), enforced("Mine", **policy)) == []


def test_two_that_block_the_same_are_duplicates_and_shadow_nothing() -> None:
    pair = [enforced(name, grant=BLOCK) for name in "AB"]
    assert found(SHADOWED, *pair) == []
    assert len(found(TWICE, *pair)) == 1
