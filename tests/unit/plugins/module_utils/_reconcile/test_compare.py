# Copyright: (c) 2026, m365.entra contributors
# GNU General Public License v3.0+ (see COPYING or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later
"""What differs, and the body that mends it: applied as the service applies a PATCH, it leads to what is wanted."""

from __future__ import annotations

import typing as t

import pytest
from hypothesis import given

from ansible_collections.m365.entra.plugins.module_utils._policy.canonical_policy import canonical_policy
from ansible_collections.m365.entra.plugins.module_utils._policy.policy_shape import POLICY
from ansible_collections.m365.entra.plugins.module_utils._reconcile.compare import (
    Change,
    changes,
    full_body,
    merged,
    patch_body,
)
from ansible_collections.m365.entra.tests.unit.plugins.module_utils.support import ids
from ansible_collections.m365.entra.tests.unit.plugins.module_utils.support.policies import everything, policy
from ansible_collections.m365.entra.tests.unit.plugins.module_utils.support.policy_strategies import policies
from ansible_collections.m365.entra.tests.unit.plugins.module_utils.support.service import merge_patch, read_back

Json = dict[str, t.Any]


@given(policies)
def test_equal_policies_have_no_changes_and_an_empty_body(raw: Json) -> None:
    wanted = canonical_policy(raw)
    assert changes(POLICY, wanted, wanted) == []
    assert patch_body(POLICY, wanted, wanted) == {}


@given(policies, policies)
def test_patched_policy_reads_back_as_wanted(raw_before: Json, raw_after: Json) -> None:
    before, after = canonical_policy(raw_before), canonical_policy(raw_after)
    stored = full_body(POLICY, before)
    patched = merge_patch(stored, patch_body(POLICY, before, after))
    assert canonical_policy(read_back(patched)) == after


@given(policies, policies)
def test_patched_export_reads_back_as_wanted(raw_before: Json, raw_after: Json) -> None:
    """The service keeps what it shows, so a merge meets nulls, empty lists and defaults too."""
    before, after = canonical_policy(raw_before), canonical_policy(raw_after)
    shown = read_back(full_body(POLICY, before) or {})
    patched = merge_patch(shown, patch_body(POLICY, before, after))
    assert canonical_policy(read_back(patched)) == after


@given(policies)
def test_created_policy_reads_back_as_wanted(raw: Json) -> None:
    wanted = canonical_policy(raw)
    assert canonical_policy(read_back(full_body(POLICY, wanted) or {})) == wanted


@given(policies, policies)
def test_changes_and_body_agree_on_whether_anything_differs(raw_before: Json, raw_after: Json) -> None:
    before, after = canonical_policy(raw_before), canonical_policy(raw_after)
    assert bool(patch_body(POLICY, before, after)) == (before != after)
    assert bool(changes(POLICY, before, after)) == (before != after)


def body(before: Json, after: Json) -> Json:
    """The patch from one raw policy to another."""
    return patch_body(POLICY, canonical_policy(before), canonical_policy(after))


@pytest.mark.parametrize(
    ("before", "after", "expected"),
    [
        (policy("One"), policy("Two"), {"displayName": "Two"}),
        (
            policy(users={"includeUsers": ["All"], "excludeUsers": [ids.ADA]}),
            policy(),
            {"conditions": {"users": {"excludeUsers": []}}},
        ),
        (
            policy(locations={"includeLocations": ["All"], "excludeLocations": ["AllTrusted"]}),
            policy(),
            {"conditions": {"locations": None}},
        ),
        (
            policy(authenticationFlows={"transferMethods": "deviceCodeFlow"}),
            policy(authenticationFlows={"transferMethods": "authenticationTransfer,deviceCodeFlow"}),
            {"conditions": {"authenticationFlows": {"transferMethods": "deviceCodeFlow,authenticationTransfer"}}},
        ),
        (policy(insiderRiskLevels="elevated"), policy(), {"conditions": {"insiderRiskLevels": None}}),
        (policy(signInRiskLevels=["high"]), policy(), {"conditions": {"signInRiskLevels": []}}),
        (
            policy(),
            policy(grant={"operator": "OR", "authenticationStrength": {"id": ids.MFA_STRENGTH}}),
            {
                "grantControls": {
                    "operator": "OR",
                    "builtInControls": [],
                    "authenticationStrength": {"id": ids.MFA_STRENGTH},
                }
            },
        ),
        (
            policy(grant={"operator": "OR", "authenticationStrength": {"id": ids.MFA_STRENGTH}}),
            policy(),
            {"grantControls": {"operator": "OR", "builtInControls": ["mfa"], "authenticationStrength": None}},
        ),
        (policy(session={"disableResilienceDefaults": True}), policy(), {"sessionControls": None}),
        (
            policy(session={"disableResilienceDefaults": True, "secureSignInSession": {"isEnabled": True}}),
            policy(session={"disableResilienceDefaults": True}),
            {"sessionControls": {"secureSignInSession": None}},
        ),
        (
            policy(session={"signInFrequency": {"isEnabled": True, "type": "hours", "value": 4}}),
            policy(session={"signInFrequency": {"isEnabled": True, "frequencyInterval": "everyTime"}}),
            {
                "sessionControls": {
                    "signInFrequency": {
                        "isEnabled": True,
                        "authenticationType": "primaryAndSecondaryAuthentication",
                        "frequencyInterval": "everyTime",
                        "type": None,
                        "value": None,
                    }
                }
            },
        ),
        (
            policy(users={"includeUsers": ["All"], "excludeGuestsOrExternalUsers": None}),
            policy(
                users={
                    "includeUsers": ["All"],
                    "excludeGuestsOrExternalUsers": {
                        "guestOrExternalUserTypes": "serviceProvider",
                        "externalTenants": {"membershipKind": "enumerated", "members": [ids.OTHER_TENANT]},
                    },
                }
            ),
            {
                "conditions": {
                    "users": {
                        "excludeGuestsOrExternalUsers": {
                            "guestOrExternalUserTypes": "serviceProvider",
                            "externalTenants": {
                                "@odata.type": "#microsoft.graph.conditionalAccessEnumeratedExternalTenants",
                                "membershipKind": "enumerated",
                                "members": [ids.OTHER_TENANT],
                            },
                        }
                    }
                }
            },
        ),
    ],
)
def test_patch_carries_only_what_differs(before: Json, after: Json, expected: Json) -> None:
    assert body(before, after) == expected


def test_body_never_carries_a_false_beside_sign_in_every_time() -> None:
    """The service refuses even disableResilienceDefaults: false there (facts section 2.6, rule 18)."""
    every_time = {"signInFrequency": {"isEnabled": True, "frequencyInterval": "everyTime"}}
    created = full_body(POLICY, canonical_policy(policy(session={**every_time, "disableResilienceDefaults": False})))
    assert created is not None
    assert set(created["sessionControls"]) == {"signInFrequency"}


def test_body_of_everything_is_everything() -> None:
    created = full_body(POLICY, canonical_policy(everything()))
    assert canonical_policy(created or {}) == canonical_policy(everything())


def test_body_of_nothing_is_nothing() -> None:
    assert full_body(POLICY, None) is None


def test_changes_name_option_paths_before_and_after() -> None:
    before = canonical_policy(policy(users={"includeUsers": ["All"]}, locations={"includeLocations": ["All"]}))
    after = canonical_policy(policy(users={"includeUsers": ["All"], "excludeUsers": [ids.ADA]}))
    assert changes(POLICY, before, after) == [
        Change("conditions.users.exclude_users", [], [ids.ADA]),
        Change("conditions.locations.include_locations", ["All"], None),
    ]


def test_changes_of_a_new_object_leave_out_what_is_empty() -> None:
    found = changes(POLICY, None, canonical_policy(policy()))
    assert {change.path: change.after for change in found} == {
        "display_name": "MFA",
        "conditions.users.include_users": ["All"],
        "conditions.applications.include_applications": ["All"],
        "conditions.client_app_types": ["all"],
        "grant_controls.operator": "OR",
        "grant_controls.built_in_controls": ["mfa"],
    }


CURRENT = canonical_policy(
    policy(users={"includeUsers": ["All"], "excludeUsers": [ids.ADA], "excludeGroups": [ids.STAFF]})
)


@pytest.mark.parametrize(
    ("given_users", "exclude_users", "exclude_groups"),
    [
        ({}, [ids.ADA], [ids.STAFF]),
        ({"excludeUsers": None}, [], [ids.STAFF]),
        ({"excludeUsers": []}, [], [ids.STAFF]),
        ({"excludeUsers": [ids.BOB]}, [ids.BOB], [ids.STAFF]),
        (None, None, None),
    ],
)
def test_unset_keeps_null_clears_and_a_list_replaces(
    given_users: Json | None, exclude_users: list[str] | None, exclude_groups: list[str] | None
) -> None:
    users = canonical_policy(merged(POLICY, CURRENT, {"conditions": {"users": given_users}}))["conditions"]["users"]
    assert (users or {}).get("excludeUsers") == exclude_users
    assert (users or {}).get("excludeGroups") == exclude_groups


def test_merging_nothing_keeps_everything() -> None:
    assert merged(POLICY, CURRENT, {}) == CURRENT


def test_merging_leaves_the_current_object_alone() -> None:
    before = canonical_policy(policy())
    merged(POLICY, before, {"conditions": {"users": {"includeUsers": ["None"]}}, "grantControls": None})
    assert before == canonical_policy(policy())
