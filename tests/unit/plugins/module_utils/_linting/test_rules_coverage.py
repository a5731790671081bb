# Copyright: (c) 2026, m365.entra contributors
# GNU General Public License v3.0+ (see COPYING or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later
"""What enforced policies leave open together."""

from __future__ import annotations

import typing as t

import pytest

from ansible_collections.m365.entra.plugins.module_utils._policy.exclusions import EmergencyAccess
from ansible_collections.m365.entra.tests.unit.plugins.module_utils.support import ids
from ansible_collections.m365.entra.tests.unit.plugins.module_utils.support.linted import (
    enforced,
    found,
    in_state,
    legacy_block,
)
from ansible_collections.m365.entra.tests.unit.plugins.module_utils.support.policies import (
    BLOCK,
    DISABLED,
    REPORT_ONLY,
)

Json = dict[str, t.Any]

NO_MFA = "mfa_not_required_of_all_users"
LEFT_OUT = "left_out_of_mfa"
LEGACY = "legacy_authentication_not_blocked"
TRUSTED = "trusted_location_only"
ALL: Json = {"includeUsers": ["All"]}
CUSTOM = "12345678-0000-4000-8000-000000000001"
NOT_TRUSTED: Json = {"includeLocations": ["All"], "excludeLocations": ["AllTrusted"]}


def strength(identifier: str, satisfies: str) -> Json:
    return {
        "operator": "OR",
        "builtInControls": [],
        "authenticationStrength": {"id": identifier, "requirementsSatisfied": satisfies},
    }


@pytest.mark.parametrize(
    ("parts", "fires"),
    [
        ({}, False),
        ({"grant": strength(ids.MFA_STRENGTH, "mfa")}, False),
        ({"grant": strength(CUSTOM, "mfa")}, False),
        ({"grant": strength(CUSTOM, "none")}, True),
        ({"grant": BLOCK}, False),
        ({"grant": {"operator": "OR", "builtInControls": ["mfa", "compliantDevice"]}}, True),
        ({"users": {"includeGroups": [ids.STAFF]}}, True),
        ({"users": {**ALL, "excludeUsers": ["All"]}}, True),
        ({"applications": {"includeApplications": ["Office365"]}}, True),
        ({"applications": {"includeApplications": ["All"], "excludeApplications": [ids.PORTAL]}}, True),
        ({"locations": NOT_TRUSTED}, True),
        ({"clientAppTypes": ["browser"]}, True),
    ],
)
def test_mfa_of_all_users(parts: Json, fires: bool) -> None:
    findings = found(NO_MFA, enforced(**parts))
    assert [(one.seen.severity, one.names) for one in findings] == [("error", ())] * fires


def test_what_is_not_enforced_requires_nothing_but_is_named() -> None:
    (finding,) = found(NO_MFA, in_state(REPORT_ONLY, "Staged"), in_state(DISABLED, "Off"), security_defaults=False)
    assert finding.seen.remedy == "Enforce 'Staged'."
    (nothing,) = found(NO_MFA, security_defaults=False)
    assert "require_mfa_for_all_users" in nothing.seen.remedy


def test_security_defaults_require_mfa_and_block_legacy_authentication() -> None:
    assert found(NO_MFA, security_defaults=True) == []
    assert found(LEGACY, security_defaults=True) == []
    assert [len(found(rule, security_defaults=False)) for rule in (NO_MFA, LEGACY)] == [1, 1]
    # Where nobody read them only an enforced policy tells that they are off.
    assert found(NO_MFA) + found(LEGACY) == []
    assert len(found(NO_MFA, enforced(users={"includeGroups": [ids.STAFF]}))) == 1


@pytest.mark.parametrize(
    ("excluded", "named"),
    [
        ({"excludeUsers": [ids.BOB]}, [f"user {ids.BOB}"]),
        ({"excludeGroups": [ids.STAFF]}, [f"group Staff ({ids.STAFF})"]),
        ({"excludeRoles": [ids.GLOBAL_ADMINISTRATOR]}, [f"role {ids.GLOBAL_ADMINISTRATOR}"]),
        ({"excludeGuestsOrExternalUsers": {"guestOrExternalUserTypes": "serviceProvider"}}, ["serviceProvider"]),
        (
            {
                "excludeGuestsOrExternalUsers": {
                    "guestOrExternalUserTypes": "serviceProvider",
                    "externalTenants": {"membershipKind": "enumerated", "members": [ids.OTHER_TENANT]},
                }
            },
            ["serviceProvider of 1 tenants"],
        ),
        ({"excludeUsers": [ids.EMERGENCY]}, []),
        ({"excludeRoles": [ids.SYNCHRONIZATION_ACCOUNTS]}, []),
        # Nobody is in an empty group, and who is gone does not sign in.
        ({"excludeGroups": [ids.PRINTERS]}, []),
        ({"excludeUsers": [ids.ADA]}, []),
        ({}, []),
    ],
)
def test_who_is_left_out(excluded: Json, named: list[str]) -> None:
    findings = found(
        LEFT_OUT,
        enforced("Mine", users={**ALL, **excluded}),
        emergency=EmergencyAccess((ids.EMERGENCY,), ()),
        names={ids.STAFF: "Staff"},
        empty_groups=frozenset({ids.PRINTERS}),
        gone=frozenset({("user", ids.ADA)}),
    )
    assert [(one.seen.severity, one.names) for one in findings] == [("warning", ("Mine",))] * bool(named)
    assert [one.seen.text.split("exclude: ")[1] for one in findings] == [", ".join(named)] * bool(named)


def test_only_whom_all_leave_out() -> None:
    first = enforced("A", users={**ALL, "excludeGroups": [ids.STAFF, ids.PRINTERS]})
    second = enforced("B", users={**ALL, "excludeGroups": [ids.STAFF], "excludeUsers": [ids.BOB]})
    (finding,) = found(LEFT_OUT, first, second)
    assert finding.seen.text.endswith(f"exclude: group {ids.STAFF}")
    assert finding.names == ("A", "B")
    assert found(LEFT_OUT, first, second, enforced("C")) == []


@pytest.mark.parametrize(
    ("other", "fires"),
    [
        ({"users": {"includeGroups": [ids.STAFF]}}, False),
        ({"users": {"includeGroups": [ids.STAFF]}, "grant": BLOCK}, False),
        ({"users": {"includeGroups": [ids.STAFF], "excludeGroups": [ids.STAFF]}}, True),
        ({"users": {"includeGroups": [ids.STAFF]}, "clientAppTypes": ["browser"]}, True),
        ({"users": {"includeGroups": [ids.PRINTERS]}}, True),
    ],
)
def test_a_policy_of_their_own(other: Json, fires: bool) -> None:
    findings = found(LEFT_OUT, enforced(users={**ALL, "excludeGroups": [ids.STAFF]}), enforced("Own", **other))
    assert len(findings) == fires


def test_guests_with_a_policy_of_their_own() -> None:
    users = {**ALL, "excludeGuestsOrExternalUsers": {"guestOrExternalUserTypes": "internalGuest"}}
    own = enforced("Own", users={"includeUsers": ["GuestsOrExternalUsers"]})
    assert len(found(LEFT_OUT, enforced(users=users))) == 1
    assert found(LEFT_OUT, enforced(users=users), own) == []


@pytest.mark.parametrize(
    ("policies", "open_"),
    [
        ([], ["exchangeActiveSync", "other"]),
        ([legacy_block()], None),
        ([legacy_block(clientAppTypes=["other"])], ["exchangeActiveSync"]),
        ([legacy_block(clientAppTypes=["other"]), legacy_block(clientAppTypes=["exchangeActiveSync"])], None),
        ([legacy_block(clientAppTypes=["all"])], None),
        ([legacy_block(users={"includeGroups": [ids.STAFF]})], ["exchangeActiveSync", "other"]),
        ([legacy_block(platforms={"includePlatforms": ["iOS"]})], ["exchangeActiveSync", "other"]),
        ([legacy_block(grant={"operator": "OR", "builtInControls": ["mfa"]})], ["exchangeActiveSync", "other"]),
        ([{**legacy_block(), "state": REPORT_ONLY}], ["exchangeActiveSync", "other"]),
    ],
)
def test_legacy_authentication(policies: list[Json], open_: list[str] | None) -> None:
    findings = found(LEGACY, *policies, security_defaults=False)
    assert [one.seen.severity for one in findings] == ["error"] * (open_ is not None)
    assert all(f"({', '.join(open_ or [])})" in one.seen.text for one in findings)


@pytest.mark.parametrize(
    ("parts", "fires"),
    [
        ({"locations": NOT_TRUSTED}, True),
        ({"locations": {"includeLocations": ["All"], "excludeLocations": [ids.OFFICE]}}, True),
        ({"locations": {"includeLocations": ["All"], "excludeLocations": [CUSTOM]}}, False),
        ({"locations": {"includeLocations": [CUSTOM], "excludeLocations": ["AllTrusted"]}}, False),
        ({"locations": NOT_TRUSTED, "users": {"includeGroups": [ids.STAFF]}}, False),
        ({"locations": NOT_TRUSTED, "grant": BLOCK}, False),
        ({"locations": NOT_TRUSTED, "grant": {"operator": "OR", "builtInControls": ["compliantDevice"]}}, False),
        ({}, False),
    ],
)
def test_trusted_locations(parts: Json, fires: bool) -> None:
    trusted = frozenset({ids.OFFICE})
    policy = enforced("Mine", **parts)
    findings = found(TRUSTED, policy, trusted_locations=trusted)
    assert [(one.seen.severity, one.names) for one in findings] == [("warning", ("Mine",))] * fires
    assert found(TRUSTED, policy, enforced("Everywhere"), trusted_locations=trusted) == []
