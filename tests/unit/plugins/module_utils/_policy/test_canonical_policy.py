# Copyright: (c) 2026, m365.entra contributors
# GNU General Public License v3.0+ (see COPYING or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later
"""Noise is no difference, and every difference is one."""

from __future__ import annotations

import copy
import random
import typing as t

import pytest
from hypothesis import given
from hypothesis import strategies as st

from ansible_collections.m365.entra.plugins.module_utils._policy.canonical_policy import canonical_policy, control_count
from ansible_collections.m365.entra.plugins.module_utils._policy.policy_shape import POLICY
from ansible_collections.m365.entra.plugins.module_utils._reconcile.compare import changes
from ansible_collections.m365.entra.tests.unit.plugins.module_utils.support import ids
from ansible_collections.m365.entra.tests.unit.plugins.module_utils.support.noise import with_noise
from ansible_collections.m365.entra.tests.unit.plugins.module_utils.support.policies import (
    everything,
    policy,
    value_at,
    with_value,
)
from ansible_collections.m365.entra.tests.unit.plugins.module_utils.support.policy_strategies import policies
from ansible_collections.m365.entra.tests.unit.plugins.module_utils.support.service import read_back

Json = dict[str, t.Any]
dice = st.integers(0, 2**32).map(random.Random)


@given(policies, dice)
def test_noise_is_no_difference(raw: Json, thrown: random.Random) -> None:
    original = copy.deepcopy(raw)
    noisy = with_noise(with_noise(raw, thrown), thrown)
    assert canonical_policy(noisy) == canonical_policy(raw)
    assert raw == original


@given(policies)
def test_what_the_service_adds_is_no_difference(raw: Json) -> None:
    assert canonical_policy(read_back(raw)) == canonical_policy(raw)


@given(policies)
def test_canonical_form_of_a_canonical_form_is_itself(raw: Json) -> None:
    once = canonical_policy(raw)
    assert canonical_policy(once) == once


def test_canonical_form_settles_when_only_all_tenants_are_named() -> None:
    raw = policy(
        users={"includeUsers": ["All"], "excludeGuestsOrExternalUsers": {"externalTenants": {"membershipKind": "all"}}}
    )
    once = canonical_policy(raw)
    assert canonical_policy(once) == once == canonical_policy(policy())


def test_users_of_whom_nothing_is_left_are_none() -> None:
    guests = {"externalTenants": {"membershipKind": "all"}}
    raw = {"conditions": {"users": {"excludeGuestsOrExternalUsers": guests}}}
    assert canonical_policy(raw) == canonical_policy({"conditions": {"users": None}})


@given(policies)
def test_argument_is_left_as_it_is(raw: Json) -> None:
    original = copy.deepcopy(raw)
    canonical_policy(raw)
    assert raw == original


# For every property of the schema: another value, which is another policy.
OTHER_VALUES: list[tuple[str, t.Any]] = [
    ("displayName", "everything"),
    ("description", None),
    *[
        (f"conditions.users.{name}", [ids.POLICY_ONE])
        for name in ("includeUsers", "excludeUsers", "includeGroups", "excludeGroups", "includeRoles", "excludeRoles")
    ],
    ("conditions.users.includeUsers", ["All"]),
    ("conditions.users.excludeUsers", []),
    ("conditions.users.includeGuestsOrExternalUsers", None),
    ("conditions.users.includeGuestsOrExternalUsers.guestOrExternalUserTypes", "internalGuest"),
    ("conditions.users.includeGuestsOrExternalUsers.externalTenants", None),
    ("conditions.users.includeGuestsOrExternalUsers.externalTenants", {"membershipKind": "all"}),
    ("conditions.users.includeGuestsOrExternalUsers.externalTenants.members", [ids.TENANT]),
    ("conditions.users.excludeGuestsOrExternalUsers", {}),
    ("conditions.applications.includeApplications", ["All"]),
    ("conditions.applications.excludeApplications", None),
    ("conditions.applications.includeUserActions", ["urn:user:registerdevice"]),
    ("conditions.applications.includeAuthenticationContextClassReferences", ["c2"]),
    ("conditions.applications.applicationFilter.mode", "exclude"),
    ("conditions.applications.applicationFilter.rule", "other"),
    ("conditions.applications.applicationFilter", None),
    ("conditions.clientApplications.includeServicePrincipals", [ids.PORTAL]),
    ("conditions.clientApplications.excludeServicePrincipals", []),
    ("conditions.clientApplications.servicePrincipalFilter", None),
    ("conditions.clientApplications", None),
    ("conditions.clientAppTypes", ["all"]),
    ("conditions.clientAppTypes", []),
    ("conditions.platforms.includePlatforms", ["iOS"]),
    ("conditions.platforms.excludePlatforms", ["linux"]),
    ("conditions.platforms", None),
    ("conditions.locations.includeLocations", ["AllTrusted"]),
    ("conditions.locations.excludeLocations", ["AllTrusted"]),
    ("conditions.devices.deviceFilter.mode", "include"),
    ("conditions.devices.deviceFilter.rule", "device.isCompliant -eq False"),
    ("conditions.devices", {"deviceFilter": None}),
    ("conditions.authenticationFlows.transferMethods", "deviceCodeFlow,authenticationTransfer"),
    ("conditions.authenticationFlows", None),
    ("conditions.signInRiskLevels", ["high", "medium"]),
    ("conditions.userRiskLevels", []),
    ("conditions.servicePrincipalRiskLevels", ["high"]),
    ("conditions.insiderRiskLevels", "moderate"),
    ("grantControls.operator", "OR"),
    ("grantControls.builtInControls", ["mfa"]),
    ("grantControls.customAuthenticationFactors", []),
    ("grantControls.termsOfUse", None),
    ("grantControls.authenticationStrength", {"id": ids.PHISHING_RESISTANT_STRENGTH}),
    ("grantControls.authenticationStrength", None),
    ("grantControls", None),
    ("sessionControls.applicationEnforcedRestrictions.isEnabled", False),
    ("sessionControls.cloudAppSecurity.cloudAppSecurityType", "monitorOnly"),
    ("sessionControls.persistentBrowser.mode", "always"),
    ("sessionControls.persistentBrowser.isEnabled", False),
    ("sessionControls.secureSignInSession", None),
    ("sessionControls.signInFrequency.type", "days"),
    ("sessionControls.signInFrequency.value", 5),
    ("sessionControls.signInFrequency.authenticationType", "secondaryAuthentication"),
    ("sessionControls.signInFrequency.frequencyInterval", "everyTime"),
    ("sessionControls.disableResilienceDefaults", False),
    ("sessionControls", {}),
]


@pytest.mark.parametrize(("path", "value"), OTHER_VALUES)
def test_every_single_change_is_a_difference(path: str, value: t.Any) -> None:
    changed = with_value(everything(), path, value)
    assert value_at(everything(), path) != value
    assert changes(POLICY, canonical_policy(everything()), canonical_policy(changed)) != []


def test_table_of_changes_misses_no_property() -> None:
    def leaves(value: t.Any, path: str) -> t.Iterator[str]:
        if isinstance(value, dict):
            for name, member in value.items():
                yield from leaves(member, f"{path}.{name}".lstrip("."))
        else:
            yield path

    changed = [path for path, _unused in OTHER_VALUES]
    untouched = [leaf for leaf in leaves(everything(), "") if not any(leaf.startswith(path) for path in changed)]
    assert untouched == []


@pytest.mark.parametrize(
    ("grant", "expected"),
    [
        ({"operator": "AND", "builtInControls": ["mfa"]}, "OR"),
        ({"operator": "AND", "authenticationStrength": {"id": ids.MFA_STRENGTH}}, "OR"),
        ({"operator": "AND", "builtInControls": ["mfa", "compliantDevice"]}, "AND"),
        ({"operator": "and", "builtInControls": ["mfa"], "termsOfUse": [ids.OFFICE]}, "AND"),
    ],
)
def test_operator_means_nothing_with_one_control(grant: Json, expected: str) -> None:
    assert canonical_policy(policy(grant=grant))["grantControls"]["operator"] == expected


@pytest.mark.parametrize("grant", [None, {}, {"operator": "OR"}, {"operator": "AND", "builtInControls": []}])
def test_grant_controls_without_a_control_are_none(grant: Json | None) -> None:
    assert canonical_policy(policy(grant=grant))["grantControls"] is None


def test_control_count_counts_every_kind() -> None:
    grant = canonical_policy(everything())["grantControls"]
    assert control_count(grant) == 5


def test_value_beside_every_time_means_nothing() -> None:
    every_time = {"isEnabled": True, "frequencyInterval": "everyTime"}
    plain = canonical_policy(policy(session={"signInFrequency": every_time}))
    noisy = canonical_policy(policy(session={"signInFrequency": {**every_time, "type": "hours", "value": 1}}))
    assert plain == noisy
    assert plain["sessionControls"]["signInFrequency"]["value"] is None
