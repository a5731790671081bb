# Copyright: (c) 2026, m365.entra contributors
# GNU General Public License v3.0+ (see COPYING or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later
"""That one policy covers another holds at every sign-in, by the evaluator, which knows nothing of it."""

from __future__ import annotations

import typing as t

from hypothesis import given, settings
from hypothesis import strategies as st

from ansible_collections.m365.entra.plugins.module_utils._evaluation.evaluated_policy import of_current
from ansible_collections.m365.entra.plugins.module_utils._evaluation.sign_in import SignIn
from ansible_collections.m365.entra.plugins.module_utils._evaluation.verdict import verdict
from ansible_collections.m365.entra.plugins.module_utils._linting.covering import covers
from ansible_collections.m365.entra.plugins.module_utils._policy.policy_plan import CurrentPolicy, current_policy
from ansible_collections.m365.entra.plugins.module_utils._policy.policy_view import PolicyView
from ansible_collections.m365.entra.tests.unit.plugins.module_utils.support import ids
from ansible_collections.m365.entra.tests.unit.plugins.module_utils.support.policies import ENABLED, stored
from ansible_collections.m365.entra.tests.unit.plugins.module_utils.support.sign_ins import (
    COMPLETE_SIGN_INS,
    EXCHANGE,
    LOCATIONS,
)

Json = dict[str, t.Any]

GUESTS = [
    None,
    {"guestOrExternalUserTypes": "internalGuest"},
    {"guestOrExternalUserTypes": "internalGuest,serviceProvider"},
]
OF_ONE = {
    "guestOrExternalUserTypes": "b2bCollaborationGuest",
    "externalTenants": {"membershipKind": "enumerated", "members": [ids.OTHER_TENANT]},
}


def _lists(*values: list[str]) -> st.SearchStrategy[list[str]]:
    return st.sampled_from([[], *values])


USERS = st.fixed_dictionaries(
    {
        "includeUsers": st.sampled_from([["All"], ["All"], ["GuestsOrExternalUsers"], [ids.ADA], [ids.ADA, ids.BOB]]),
        "excludeUsers": _lists([], [ids.BOB], ["GuestsOrExternalUsers"]),
        "includeGroups": _lists([], [ids.STAFF], [ids.STAFF, ids.PRINTERS]),
        "excludeGroups": _lists([], [], [ids.PRINTERS]),
        "excludeRoles": _lists([], [], [ids.GLOBAL_ADMINISTRATOR]),
        "excludeGuestsOrExternalUsers": st.sampled_from([None, None, *GUESTS, OF_ONE]),
    }
)
APPLICATIONS = st.one_of(
    st.fixed_dictionaries(
        {
            "includeApplications": st.sampled_from(
                [["All"], ["All"], ["Office365"], [EXCHANGE], [ids.PORTAL, EXCHANGE]]
            ),
            "excludeApplications": _lists([], [EXCHANGE], ["Office365"]),
        }
    ),
    st.sampled_from(["urn:user:registersecurityinfo", "urn:user:registerdevice"]).map(
        lambda action: {"includeUserActions": [action]}
    ),
    st.just({"includeAuthenticationContextClassReferences": ["c1"]}),
)
OTHERS = {
    "clientAppTypes": st.sampled_from([["all"], ["browser"], ["exchangeActiveSync", "other"], ["other"]]),
    "locations": st.sampled_from(
        [
            None,
            {"includeLocations": ["All"], "excludeLocations": ["AllTrusted"]},
            {"includeLocations": ["All"]},
            {"includeLocations": [ids.OFFICE]},
            {"includeLocations": ["AllTrusted"]},
        ]
    ),
    "platforms": st.sampled_from(
        [None, {"includePlatforms": ["all"], "excludePlatforms": ["iOS"]}, {"includePlatforms": ["linux"]}]
    ),
    "signInRiskLevels": _lists([], ["high"], ["low", "high"]),
    "userRiskLevels": _lists([], ["high"]),
    "authenticationFlows": st.sampled_from([None, {"transferMethods": "deviceCodeFlow"}]),
}


def _policy(users: Json, applications: Json, conditions: Json) -> CurrentPolicy:
    return current_policy(stored("P", ENABLED, users=users, applications=applications, **conditions))


POLICY = st.builds(_policy, USERS, APPLICATIONS, st.fixed_dictionaries({}, optional=OTHERS))


@st.composite
def pairs(draw: st.DrawFn) -> tuple[CurrentPolicy, CurrentPolicy]:
    """Two policies that have some parts in common, so that one of them often covers the other."""
    users, applications = draw(USERS), draw(st.just({"includeApplications": ["All"]}) | APPLICATIONS)
    conditions = draw(st.just({}) | st.fixed_dictionaries({}, optional=OTHERS))
    added = draw(st.fixed_dictionaries({}, optional=OTHERS))
    wider = _policy(users, applications, conditions)
    return wider, _policy(
        draw(st.sampled_from([users, draw(USERS)])),
        draw(st.sampled_from([applications, draw(APPLICATIONS)])),
        {**added, **conditions} if draw(st.booleans()) else added,
    )


def applies(policy: CurrentPolicy, sign_in: SignIn) -> bool | None:
    return verdict(of_current(policy), sign_in, LOCATIONS).applies.value


def is_covered(wider: CurrentPolicy, narrower: CurrentPolicy) -> bool:
    return covers(PolicyView(wider.content), PolicyView(narrower.content))


def test_what_is_covered_never_applies_alone() -> None:
    """The counts guard against passing because nothing is covered, or nothing applies."""
    seen = {"covered": 0, "applying": 0}

    @settings(max_examples=300, deadline=None, derandomize=True, database=None)
    @given(pair=pairs(), sign_ins=st.lists(COMPLETE_SIGN_INS, min_size=6, max_size=6))
    def compare(pair: tuple[CurrentPolicy, CurrentPolicy], sign_ins: list[SignIn]) -> None:
        wider, narrower = pair
        if is_covered(wider, narrower):
            applying = [one for one in sign_ins if applies(narrower, one)]
            assert [one for one in applying if applies(wider, one) is False] == []
            seen["covered"] += 1
            seen["applying"] += bool(applying)

    compare()
    assert seen["covered"] > 50
    assert seen["applying"] > 10


@given(policy=POLICY)
@settings(max_examples=200, deadline=None, derandomize=True, database=None)
def test_a_policy_covers_itself(policy: CurrentPolicy) -> None:
    assert is_covered(policy, policy)
