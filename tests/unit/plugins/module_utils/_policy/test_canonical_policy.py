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
from ansible_collections.m365.entra.plugins.module_utils._reconcile.compare import changes, patch_body
from ansible_collections.m365.entra.tests.unit.plugins.module_utils.support import ids
from ansible_collections.m365.entra.tests.unit.plugins.module_utils.support.noise import NOISES, Noise, with_noise
from ansible_collections.m365.entra.tests.unit.plugins.module_utils.support.policies import (
    everything,
    everything_in_preview,
    policy,
)
from ansible_collections.m365.entra.tests.unit.plugins.module_utils.support.policy_strategies import policies
from ansible_collections.m365.entra.tests.unit.plugins.module_utils.support.service import read_back

Json = dict[str, t.Any]
dice = st.integers(0, 2**32).map(random.Random)
noises = st.lists(st.sampled_from(NOISES), min_size=1, max_size=6)


def noisy(raw: Json, kinds: list[Noise], thrown: random.Random) -> Json:
    """A policy with several kinds of noise, one after the other."""
    for noise in kinds:
        raw = with_noise(raw, noise, thrown)
    return raw


@pytest.mark.parametrize("noise", NOISES, ids=lambda noise: noise.__name__)
@pytest.mark.parametrize("seed", range(5))
def test_each_kind_of_noise_in_a_policy_with_everything(noise: Noise, seed: int) -> None:
    raw = everything_in_preview()
    changed = with_noise(raw, noise, random.Random(seed))
    assert canonical_policy(changed) == canonical_policy(raw)
    assert raw == everything_in_preview()


@given(policies, noises, dice)
def test_noise_in_any_sequence_is_no_difference(raw: Json, kinds: list[Noise], thrown: random.Random) -> None:
    assert canonical_policy(noisy(raw, kinds, thrown)) == canonical_policy(raw)


@given(policies, noises, dice)
def test_plan_for_noise_is_empty(raw: Json, kinds: list[Noise], thrown: random.Random) -> None:
    """Neither in what the tenant has nor in what is wanted of it."""
    shown, written = canonical_policy(noisy(raw, kinds, thrown)), canonical_policy(noisy(raw, kinds[::-1], thrown))
    assert changes(POLICY, shown, written) == []
    assert patch_body(POLICY, shown, written) == {}


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


def test_empty_object_is_an_empty_list() -> None:
    """PowerShell writes empty lists like this."""
    raw = policy(users={"includeUsers": ["All"], "excludeUsers": {}})
    assert canonical_policy(raw) == canonical_policy(policy())
