# Copyright: (c) 2026, m365.entra contributors
# GNU General Public License v3.0+ (see COPYING or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later
"""Stand-ins for ids that are still to come."""

from __future__ import annotations

import typing as t

import pytest

from ansible_collections.m365.entra.plugins.module_utils._reconcile.created import (
    is_key_of_new,
    key_of_new,
    keys_in,
    name_of_new,
    readable_keys,
    with_created,
)
from ansible_collections.m365.entra.tests.unit.plugins.module_utils.support.ids import ADA

OFFICE = key_of_new("named_location", "Office: north")
STAFF = key_of_new("group", "Staff")
POLICY = {
    "displayName": "x",
    "conditions": {"locations": {"includeLocations": [OFFICE, ADA]}, "users": {"excludeGroups": [STAFF]}},
    "grantControls": None,
    "number": 4,
}


@pytest.mark.parametrize(
    ("value", "expected"), [(STAFF, True), (ADA, False), ("Staff", False), (None, False), (4, False)]
)
def test_stand_in_is_known_as_such(value: t.Any, expected: bool) -> None:
    assert is_key_of_new(value) is expected


def test_stand_in_tells_its_name_whatever_is_in_it() -> None:
    assert name_of_new(OFFICE) == "Office: north"


def test_kinds_do_not_mix() -> None:
    assert key_of_new("group", "Staff") != key_of_new("named_location", "Staff")


def test_ids_take_the_place_of_stand_ins_at_every_depth() -> None:
    written = with_created(POLICY, {OFFICE: "1", STAFF: "2"})
    assert written["conditions"] == {
        "locations": {"includeLocations": ["1", ADA]},
        "users": {"excludeGroups": ["2"]},
    }
    assert (written["grantControls"], written["number"]) == (None, 4)
    assert keys_in(written) == set()


def test_stand_in_without_an_id_stays() -> None:
    assert keys_in(with_created(POLICY, {OFFICE: "1"})) == {STAFF}


@pytest.mark.parametrize(
    ("value", "expected"), [(POLICY, {OFFICE, STAFF}), (None, set()), (STAFF, {STAFF}), ({"a": [[STAFF]]}, {STAFF})]
)
def test_stand_ins_are_found(value: t.Any, expected: set[str]) -> None:
    assert keys_in(value) == expected


def test_people_read_names() -> None:
    assert readable_keys(POLICY)["conditions"] == {
        "locations": {"includeLocations": ["Office: north", ADA]},
        "users": {"excludeGroups": ["Staff"]},
    }
