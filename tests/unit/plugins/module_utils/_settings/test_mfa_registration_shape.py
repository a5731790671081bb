# Copyright: (c) 2026, m365.entra contributors
# GNU General Public License v3.0+ (see COPYING or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later
"""The portal's object for the MFA registration policy, whatever the case of its members."""

from __future__ import annotations

import random
import typing as t

import pytest

from ansible_collections.m365.entra.plugins.module_utils._graph.errors import GuardRefused, OptionError
from ansible_collections.m365.entra.plugins.module_utils._settings.mfa_registration_shape import (
    check_given_mfa_registration,
    check_mfa_registration,
    from_the_wire,
    require_mfa_registration_policy,
    to_the_wire,
)
from ansible_collections.m365.entra.tests.unit.plugins.module_utils.support.fake_settings import registration_policy
from ansible_collections.m365.entra.tests.unit.plugins.module_utils.support.ids import PRINTERS, STAFF

Json = dict[str, t.Any]


def in_any_case(raw: Json, seed: int) -> Json:
    """The object with members in any case."""
    dice = random.Random(seed)
    return {"".join(dice.choice([one.upper(), one.lower()]) for one in name): value for name, value in raw.items()}


@pytest.mark.parametrize("seed", range(5))
def test_there_and_back_in_any_case(seed: int) -> None:
    raw = in_any_case(registration_policy(IncludeGroups=[STAFF.upper()]), seed)
    require_mfa_registration_policy(raw)
    before = from_the_wire(raw)
    assert before == {
        "isEnabled": False,
        "includeAllUsers": True,
        "includeGroups": [STAFF],
        "excludeGroups": [],
        "registrationWindowInDays": 14,
    }
    after = {**before, "isEnabled": True, "excludeGroups": [PRINTERS]}
    body = to_the_wire(raw, before, after)
    assert list(body) == list(raw)
    assert from_the_wire(body) == after
    assert {name.lower() for name in raw if raw[name] != body[name]} == {"isenabled", "excludegroups"}
    assert from_the_wire(to_the_wire(body, after, before)) == before


@pytest.mark.parametrize(
    ("changes", "words"),
    [
        ({"IsEnabled": 1}, "isenabled is of the type int"),
        ({"IncludeGroups": None}, "includegroups is of the type NoneType"),
        ({"RegistrationWindowInDays": True}, "registrationwindowindays is of the type bool"),
        ({"SecurityDefaults": False}, "securitydefaults is of the type bool"),
        ({"isEnabled": True}, "IsEnabled and isEnabled differ by case only"),
    ],
)
def test_object_that_is_not_as_recorded(changes: Json, words: str) -> None:
    with pytest.raises(GuardRefused, match=f"MFA registration policy.*{words}"):
        require_mfa_registration_policy(registration_policy(**changes))


@pytest.mark.parametrize("strange", [{"id": STAFF}, 7, None, True, "Staff", "", [STAFF], f"{STAFF} "])
@pytest.mark.parametrize("name", ["IncludeGroups", "ExcludeGroups"])
def test_list_of_groups_that_holds_other_things_than_ids(name: str, strange: t.Any) -> None:
    with pytest.raises(GuardRefused, match=f"{name.lower()} holds other things than ids"):
        require_mfa_registration_policy(registration_policy(**{name: [STAFF, strange]}))


def test_id_of_nobody_is_one() -> None:
    nobody = ["00000000-0000-0000-0000-000000000000"]
    require_mfa_registration_policy(registration_policy(IncludeGroups=nobody, ExcludeGroups=[*nobody, STAFF]))


def test_unknown_members_may_differ_by_case_only() -> None:
    require_mfa_registration_policy(registration_policy(ring=1, Ring=2))


def test_missing_member() -> None:
    raw = registration_policy()
    del raw["SecurityDefaults"]
    with pytest.raises(GuardRefused, match="securitydefaults is missing"):
        require_mfa_registration_policy(raw)


@pytest.mark.parametrize("window", [-1, 91])
def test_window(window: int) -> None:
    with pytest.raises(OptionError, match=r"^policy\.registration_window_in_days must be between 0 and 90\.$"):
        check_given_mfa_registration({"registrationWindowInDays": window}, "policy")
    for one in (0, 90, None):
        check_given_mfa_registration({"registrationWindowInDays": one}, "")


def test_policy_for_nobody() -> None:
    content = {**from_the_wire(registration_policy()), "isEnabled": True, "includeAllUsers": False}
    with pytest.raises(OptionError, match=r"^policy\.include_groups is needed"):
        check_mfa_registration(content, "policy")
    for sound in ({"isEnabled": False}, {"includeAllUsers": True}, {"includeGroups": [STAFF]}):
        check_mfa_registration({**content, **sound}, "policy")
    # What the portal itself holds is its own affair.
    check_mfa_registration({**content, "includeAllUsers": True, "registrationWindowInDays": 99}, "")
