# Copyright: (c) 2026, m365.entra contributors
# GNU General Public License v3.0+ (see COPYING or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later
"""Who is covered by policies; whatever is not known counts against it."""

from __future__ import annotations

import typing as t

import pytest

from ansible_collections.m365.entra.plugins.module_utils._graph.errors import ServiceRefused
from ansible_collections.m365.entra.plugins.module_utils._policy.policy_plan import CurrentPolicy, current_policy
from ansible_collections.m365.entra.plugins.module_utils._resources.per_user_mfa import Coverage, covered
from ansible_collections.m365.entra.tests.unit.plugins.module_utils.support import ids
from ansible_collections.m365.entra.tests.unit.plugins.module_utils.support.fake_session import Fault
from ansible_collections.m365.entra.tests.unit.plugins.module_utils.support.people_session import (
    GROUP,
    PeopleSession,
    user_of,
)
from ansible_collections.m365.entra.tests.unit.plugins.module_utils.support.policies import (
    BLOCK,
    ENABLED,
    REPORT_ONLY,
    stored,
)

ASSIGNMENTS = "/roleManagement/directory/roleAssignments"
MEMBERSHIPS = f"/users/{ids.ADA}/transitiveMemberOf"
ALL_GUESTS = {"guestOrExternalUserTypes": "b2bCollaborationGuest,b2bCollaborationMember"}


def enforced(name: str = "MFA", state: str = ENABLED, **parts: t.Any) -> CurrentPolicy:
    """A policy in force, for MFA of everyone unless told otherwise."""
    return current_policy(stored(name, state, **parts))


def tenant(**user: t.Any) -> PeopleSession:
    """A tenant where Ada belongs to the staff and, through it, holds a role."""
    session = PeopleSession(read_only=True)
    session.objects[f"/users/{ids.ADA}"] = user_of(ids.ADA, "ada@contoso.example") | user
    session.collections[MEMBERSHIPS] = [{"@odata.type": GROUP, "id": ids.STAFF.upper()}]
    session.collections[ASSIGNMENTS] = [
        {"principalId": ids.STAFF, "roleDefinitionId": ids.GLOBAL_ADMINISTRATOR, "directoryScopeId": "/"},
        {"principalId": ids.BOB, "roleDefinitionId": ids.SYNCHRONIZATION_ACCOUNTS, "directoryScopeId": "/"},
    ]
    return session


def test_security_defaults_cover_nobody_and_no_read_is_needed_to_say_so() -> None:
    session = tenant()
    reason = "security defaults require MFA of ordinary users only where Microsoft finds it necessary"
    assert covered(session, ids.ADA, [], security_defaults=True) == (False, reason)
    assert session.requests == []


def test_policy_for_all_users_covers_with_one_read() -> None:
    session = tenant()
    assert covered(session, ids.ADA, [enforced()]) == (True, "the policy 'MFA' requires MFA")
    assert session.requests == [("GET", MEMBERSHIPS)]


@pytest.mark.parametrize(
    "policy",
    [
        enforced(state=REPORT_ONLY),
        enforced(state="disabled"),
        enforced(grant=BLOCK),
        enforced(grant={"operator": "OR", "builtInControls": ["mfa", "compliantDevice"]}),
        enforced(applications={"includeApplications": ["Office365"]}),
        enforced(applications={"includeApplications": ["All"], "excludeApplications": [ids.PORTAL]}),
        enforced(platforms={"includePlatforms": ["iOS"]}),
        enforced(locations={"includeLocations": ["All"], "excludeLocations": ["AllTrusted"]}),
        enforced(signInRiskLevels=["high"]),
    ],
)
def test_policy_that_does_not_always_require_mfa_covers_nobody(policy: CurrentPolicy) -> None:
    session = tenant()
    is_covered, reason = covered(session, ids.ADA, [policy])
    assert not is_covered
    assert "no enforced policy" in reason
    assert session.requests == []


@pytest.mark.parametrize(
    ("users", "problem"),
    [
        ({"includeUsers": ["All"], "excludeUsers": [ids.ADA.upper()]}, "excludes the user"),
        ({"includeUsers": ["All"], "excludeUsers": ["All"]}, "excludes the user"),
        ({"includeUsers": ["All"], "excludeGroups": [ids.STAFF]}, "excludes a group of the user"),
        ({"includeUsers": ["All"], "excludeRoles": [ids.GLOBAL_ADMINISTRATOR]}, "excludes a role of the user"),
        ({"includeUsers": ["None"]}, "does not include the user"),
        ({"includeUsers": [ids.BOB]}, "does not include the user"),
        ({"includeGroups": [ids.PRINTERS]}, "does not include the user"),
        ({"includeRoles": [ids.GLOBAL_ADMINISTRATOR]}, "does not include the user"),
        ({"includeGuestsOrExternalUsers": ALL_GUESTS}, "does not include the user"),
        ({"includeUsers": ["All"], "excludeUsers": [ids.EMERGENCY]}, ""),
        ({"includeUsers": ["All"], "excludeGroups": [ids.PRINTERS]}, ""),
        ({"includeUsers": ["All"], "excludeRoles": [ids.SYNCHRONIZATION_ACCOUNTS]}, ""),
        ({"includeUsers": ["All"], "excludeGuestsOrExternalUsers": ALL_GUESTS}, ""),
        ({"includeUsers": [ids.ADA]}, ""),
        ({"includeGroups": [ids.STAFF]}, ""),
    ],
)
def test_whom_a_policy_reaches(users: dict[str, t.Any], problem: str) -> None:
    expected = (False, f"the policy 'MFA' {problem}") if problem else (True, "the policy 'MFA' requires MFA")
    assert covered(tenant(), ids.ADA.upper(), [enforced(users=users)]) == expected


@pytest.mark.parametrize(
    "user",
    [
        {"userType": "Guest", "userPrincipalName": "ada@contoso.example"},
        {"userType": "Member", "userPrincipalName": "ada_fabrikam.example#EXT#@contoso.example"},
        {"userType": None, "userPrincipalName": "ada@contoso.example"},
        {"userType": "Member", "userPrincipalName": None},
    ],
)
@pytest.mark.parametrize(
    "excluded", [{"excludeUsers": ["GuestsOrExternalUsers"]}, {"excludeGuestsOrExternalUsers": ALL_GUESTS}]
)
def test_who_may_be_a_guest_is_left_out_with_the_guests(user: dict[str, t.Any], excluded: dict[str, t.Any]) -> None:
    policy = enforced(users={"includeUsers": ["All"], **excluded})
    assert covered(tenant(**user), ids.ADA, [policy]) == (
        False,
        "the policy 'MFA' excludes guests, and the user is not known to be none",
    )


def test_one_policy_that_reaches_the_user_is_enough() -> None:
    without_ada = enforced("Without Ada", users={"includeUsers": ["All"], "excludeUsers": [ids.ADA]})
    for_staff = enforced("For staff", users={"includeGroups": [ids.STAFF]})
    assert covered(tenant(), ids.ADA, [without_ada, for_staff])[0]
    assert covered(tenant(), ids.ADA, [without_ada, without_ada]) == (
        False,
        "the policy 'Without Ada' excludes the user",
    )


@pytest.mark.parametrize("path", [MEMBERSHIPS, ASSIGNMENTS, f"/users/{ids.ADA}"])
def test_what_cannot_be_read_does_not_cover(path: str) -> None:
    users = {
        "includeUsers": ["All"],
        "excludeRoles": [ids.SYNCHRONIZATION_ACCOUNTS],
        "excludeGuestsOrExternalUsers": ALL_GUESTS,
    }
    session = tenant()
    after = 1 if path == f"/users/{ids.ADA}" else 0
    session.faults.append(Fault("GET", path, ServiceRefused("403: forbidden", status=403), after=after))
    is_covered, reason = covered(session, ids.ADA, [enforced(users=users)])
    assert not is_covered
    assert "could not be read: 403: forbidden" in reason


def test_role_assignments_are_read_once_for_all() -> None:
    session = tenant()
    session.collections[f"/users/{ids.BOB}/transitiveMemberOf"] = []
    users = {"includeUsers": ["All"], "excludeRoles": [ids.SYNCHRONIZATION_ACCOUNTS]}
    coverage = Coverage(session, [enforced(users=users)])
    assert [coverage.of(user)[0] for user in (ids.ADA, ids.BOB)] == [True, False]
    assert session.reads(ASSIGNMENTS) == 1
    assert len(session.requests) == 3
