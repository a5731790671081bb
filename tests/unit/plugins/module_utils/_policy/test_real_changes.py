# Copyright: (c) 2026, m365.entra contributors
# GNU General Public License v3.0+ (see COPYING or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later
"""Every real change is a difference: named by its option path, and mended by the body that is sent for it."""

from __future__ import annotations

import random
import typing as t

import pytest
from hypothesis import given
from hypothesis import strategies as st

from ansible_collections.m365.entra.plugins.module_utils._policy.canonical_policy import canonical_policy
from ansible_collections.m365.entra.plugins.module_utils._policy.policy_shape import POLICY
from ansible_collections.m365.entra.plugins.module_utils._reconcile.compare import changes, full_body, patch_body
from ansible_collections.m365.entra.tests.unit.plugins.module_utils.support.noise import (
    CONTROLS,
    FILTERS,
    GUESTS,
    NOISES,
    Noise,
    with_noise,
)
from ansible_collections.m365.entra.tests.unit.plugins.module_utils.support.policies import (
    everything_in_preview,
    value_at,
    with_value,
)
from ansible_collections.m365.entra.tests.unit.plugins.module_utils.support.policy_changes import (
    OF_A_PART,
    OF_ONE_PROPERTY,
)
from ansible_collections.m365.entra.tests.unit.plugins.module_utils.support.service import merge_patch, read_back

Json = dict[str, t.Any]
EVERYTHING = everything_in_preview()
dice = st.integers(0, 2**32).map(random.Random)
_WHOLE_PARTS = ("grantControls", "authenticationFlows", "continuousAccessEvaluation", "agents", "agentContext")
WRITTEN_WHOLE = {*_WHOLE_PARTS, *CONTROLS, *FILTERS, *GUESTS}
noises = st.lists(st.sampled_from(NOISES), max_size=4)


def option_path(path: str) -> str:
    """The option path of a path in Graph's names."""
    return "".join(f"_{letter.lower()}" if letter.isupper() else letter for letter in path)


def noisy(raw: Json, kinds: list[Noise], thrown: random.Random) -> Json:
    """A policy with several kinds of noise."""
    for noise in kinds:
        raw = with_noise(raw, noise, thrown)
    return raw


@pytest.mark.parametrize(("path", "value"), OF_ONE_PROPERTY)
def test_change_of_a_property_is_named_by_its_option_path_alone(path: str, value: t.Any) -> None:
    changed = with_value(EVERYTHING, path, value)
    assert value_at(EVERYTHING, path) != value
    found = changes(POLICY, canonical_policy(EVERYTHING), canonical_policy(changed))
    assert [change.path for change in found] == [option_path(path)]
    assert found[0].before != found[0].after


@pytest.mark.parametrize(("path", "value"), OF_A_PART)
def test_change_of_a_part_is_named_by_what_is_in_it(path: str, value: t.Any) -> None:
    changed = with_value(EVERYTHING, path, value)
    found = changes(POLICY, canonical_policy(EVERYTHING), canonical_policy(changed))
    part = option_path(path).removesuffix(".is_enabled").removesuffix(".frequency_interval")
    assert found != []
    assert [change.path for change in found if not change.path.startswith(f"{part}.")] == []


@given(st.sampled_from([*OF_ONE_PROPERTY, *OF_A_PART]), noises, noises, dice)
def test_noise_hides_no_change(
    change: tuple[str, t.Any], on_one_side: list[Noise], on_the_other: list[Noise], thrown: random.Random
) -> None:
    changed = with_value(EVERYTHING, *change)
    plain = changes(POLICY, canonical_policy(EVERYTHING), canonical_policy(changed))
    before = canonical_policy(noisy(EVERYTHING, on_one_side, thrown))
    after = canonical_policy(noisy(changed, on_the_other, thrown))
    assert changes(POLICY, before, after) == plain != []


@pytest.mark.parametrize(("path", "value"), [*OF_ONE_PROPERTY, *OF_A_PART])
def test_body_leads_there_and_its_opposite_back(path: str, value: t.Any) -> None:
    before, after = canonical_policy(EVERYTHING), canonical_policy(with_value(EVERYTHING, path, value))
    shown = read_back(full_body(POLICY, before) or {})
    changed = merge_patch(shown, patch_body(POLICY, before, after))
    assert canonical_policy(read_back(changed)) == after
    back = merge_patch(changed, patch_body(POLICY, after, before))
    assert canonical_policy(read_back(back)) == before


@pytest.mark.parametrize(("path", "value"), OF_ONE_PROPERTY)
def test_body_speaks_of_nothing_else(path: str, value: t.Any) -> None:
    """But for what must be written together: the whole of a filter, say."""
    before, after = canonical_policy(EVERYTHING), canonical_policy(with_value(EVERYTHING, path, value))
    body: t.Any = patch_body(POLICY, before, after)
    for name in path.split("."):
        assert list(body) == [name]
        if name in WRITTEN_WHOLE:
            return
        body = body[name]


def test_no_property_is_missing_from_the_tables() -> None:
    def leaves(value: t.Any, path: str) -> t.Iterator[str]:
        if isinstance(value, dict):
            for name, member in value.items():
                yield from leaves(member, f"{path}.{name}".lstrip("."))
        else:
            yield path

    changed = [path for path, _unused in OF_ONE_PROPERTY]
    # These can only change together with what stands beside them.
    together = (".isEnabled", ".membershipKind", ".frequencyInterval")
    untouched = [leaf for leaf in leaves(EVERYTHING, "") if not leaf.startswith(tuple(changed))]
    assert [leaf for leaf in untouched if not leaf.endswith(together)] == []


def test_id_of_a_filtering_profile_has_no_case() -> None:
    path = "sessionControls.globalSecureAccessFilteringProfile.profileId"
    shouted = with_value(EVERYTHING, path, value_at(EVERYTHING, path).upper())
    assert canonical_policy(shouted) == canonical_policy(EVERYTHING)


@pytest.mark.parametrize(
    ("before", "after"),
    [
        ({"a": 1}, {"a": 2}),
        ({"a": 1}, {"b": 1}),
        ({"a": {"b": 1, "c": [1]}}, {"a": {"b": 1}}),
        ({"a": [1, 2]}, None),
        (None, {"a": 1}),
    ],
)
def test_body_for_an_unknown_object_leads_there_if_the_service_merges_it(
    before: Json | None, after: Json | None
) -> None:
    """Nobody knows whether the service merges or replaces it; a null for what goes away is right for both."""
    old, new = (canonical_policy(with_value(EVERYTHING, "conditions.times", times)) for times in (before, after))
    assert canonical_policy(merge_patch(full_body(POLICY, old), patch_body(POLICY, old, new))) == new
