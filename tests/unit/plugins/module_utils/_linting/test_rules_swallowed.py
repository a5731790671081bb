# Copyright: (c) 2026, m365.entra contributors
# GNU General Public License v3.0+ (see COPYING or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later
"""What a policy includes and excludes again, and whether anything is left."""

from __future__ import annotations

import typing as t

import pytest

from ansible_collections.m365.entra.tests.unit.plugins.module_utils.support import ids
from ansible_collections.m365.entra.tests.unit.plugins.module_utils.support.linted import enforced, found

Json = dict[str, t.Any]

RULE = "exclusion_swallows_inclusion"
EXCHANGE = "00000002-0000-0ff1-ce00-000000000000"
SOME = {"guestOrExternalUserTypes": "internalGuest,serviceProvider"}
OF_ONE = {
    "guestOrExternalUserTypes": "serviceProvider",
    "externalTenants": {"membershipKind": "enumerated", "members": [ids.OTHER_TENANT]},
}


def users(**parts: t.Any) -> Json:
    return {"users": parts}


def applications(included: list[str], excluded: list[str], **more: t.Any) -> Json:
    return {"applications": {"includeApplications": included, "excludeApplications": excluded, **more}}


NOTHING_LEFT: list[tuple[str, Json]] = [
    ("conditions.users", users(includeGroups=[ids.STAFF], excludeGroups=[ids.STAFF, ids.PRINTERS])),
    ("conditions.users", users(includeUsers=[ids.ADA], excludeUsers=[ids.ADA.upper()])),
    (
        "conditions.users",
        users(
            includeUsers=["None"],
            includeRoles=[ids.GLOBAL_ADMINISTRATOR],
            excludeRoles=[ids.GLOBAL_ADMINISTRATOR],
        ),
    ),
    ("conditions.users", users(includeUsers=["GuestsOrExternalUsers"], excludeUsers=["GuestsOrExternalUsers"])),
    ("conditions.users", users(includeGuestsOrExternalUsers=SOME, excludeUsers=["GuestsOrExternalUsers"])),
    (
        "conditions.users",
        users(
            includeGuestsOrExternalUsers=OF_ONE,
            excludeGuestsOrExternalUsers={"guestOrExternalUserTypes": "serviceProvider"},
        ),
    ),
    ("conditions.applications", applications([ids.PORTAL], [ids.PORTAL])),
    ("conditions.applications", applications([EXCHANGE], ["Office365"])),
    ("conditions.locations", {"locations": {"includeLocations": ["AllTrusted"], "excludeLocations": ["AllTrusted"]}}),
    ("conditions.locations", {"locations": {"includeLocations": [ids.OFFICE], "excludeLocations": [ids.OFFICE]}}),
    (
        "conditions.locations",
        {
            "locations": {
                "includeLocations": ["00000000-0000-0000-0000-000000000000"],
                "excludeLocations": ["AllTrusted"],
            }
        },
    ),
    ("conditions.platforms", {"platforms": {"includePlatforms": ["iOS"], "excludePlatforms": ["all"]}}),
    (
        "conditions.client_applications",
        {
            "users": {"includeUsers": ["None"]},
            "clientApplications": {
                "includeServicePrincipals": ["ServicePrincipalsInMyTenant"],
                "excludeServicePrincipals": ["ServicePrincipalsInMyTenant"],
            },
        },
    ),
]


@pytest.mark.parametrize(("path", "parts"), NOTHING_LEFT)
def test_nothing_is_left(path: str, parts: Json) -> None:
    (finding,) = found(RULE, enforced(**parts))
    assert (finding.seen.severity, finding.seen.path) == ("error", path)
    assert "the policy never applies" in finding.seen.text


SOMETHING_LEFT: list[tuple[str, Json]] = [
    (
        "conditions.users",
        users(includeGroups=[ids.STAFF], includeUsers=[ids.ADA], excludeGroups=[ids.STAFF]),
    ),
    (
        "conditions.users",
        users(includeUsers=["All"], includeGroups=[ids.STAFF], excludeGroups=[ids.STAFF]),
    ),
    ("conditions.applications", applications([ids.PORTAL, EXCHANGE], [ids.PORTAL])),
    (
        "conditions.applications",
        applications([ids.PORTAL], [ids.PORTAL], applicationFilter={"mode": "include", "rule": "a -eq 1"}),
    ),
    (
        "conditions.applications",
        applications([ids.PORTAL], [ids.PORTAL], globalSecureAccess={"trafficProfile": "internet"}),
    ),
    ("conditions.platforms", {"platforms": {"includePlatforms": ["iOS", "android"], "excludePlatforms": ["iOS"]}}),
]


@pytest.mark.parametrize(("path", "parts"), SOMETHING_LEFT)
def test_something_is_left(path: str, parts: Json) -> None:
    (finding,) = found(RULE, enforced(**parts))
    assert (finding.seen.severity, finding.seen.path) == ("warning", path)
    assert "never applies" not in finding.seen.text


UNTOLD: list[Json] = [
    users(includeUsers=["All"], excludeUsers=[ids.ADA], excludeGroups=[ids.STAFF]),
    # Whether somebody is in the group was not read.
    users(includeUsers=[ids.ADA], excludeGroups=[ids.STAFF]),
    # All but some types of guests.
    users(includeUsers=["GuestsOrExternalUsers"], excludeGuestsOrExternalUsers=SOME),
    users(
        includeGuestsOrExternalUsers={"guestOrExternalUserTypes": "serviceProvider"},
        excludeGuestsOrExternalUsers=OF_ONE,
    ),
    applications(["All"], [ids.PORTAL]),
    applications(["Office365"], [EXCHANGE]),
    applications([ids.PORTAL], ["Office365"]),
    {"locations": {"includeLocations": ["All"], "excludeLocations": ["AllTrusted"]}},
    # Nobody said whether this location is trusted.
    {"locations": {"includeLocations": [ids.OFFICE], "excludeLocations": ["AllTrusted"]}},
    {"platforms": {"includePlatforms": ["all"], "excludePlatforms": ["android", "iOS", "windows", "macOS", "linux"]}},
    {},
]


@pytest.mark.parametrize("parts", UNTOLD)
def test_what_is_meant_or_cannot_be_told(parts: Json) -> None:
    assert found(RULE, enforced(**parts)) == []


def test_a_trusted_location_is_among_the_trusted_ones() -> None:
    policy = enforced(locations={"includeLocations": [ids.OFFICE], "excludeLocations": ["AllTrusted"]})
    (finding,) = found(RULE, policy, trusted_locations=frozenset({ids.OFFICE}), names={ids.OFFICE: "Office"})
    assert f"Office ({ids.OFFICE})" in finding.seen.text
