# Copyright: (c) 2026, m365.entra contributors
# GNU General Public License v3.0+ (see COPYING or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later
"""Whom a method is for: order and case mean nothing, and what is not spoken of stays."""

from __future__ import annotations

import random
import typing as t

import pytest
from hypothesis import given
from hypothesis import strategies as st

from ansible_collections.m365.entra.plugins.module_utils._reconcile.canonical import canonical, canonical_value
from ansible_collections.m365.entra.plugins.module_utils._reconcile.compare import merged, patch_body
from ansible_collections.m365.entra.plugins.module_utils._reconcile.list_edit import edited, is_list
from ansible_collections.m365.entra.plugins.module_utils._reconcile.option_names import (
    content_from_options,
    options_from_content,
)
from ansible_collections.m365.entra.plugins.module_utils._reconcile.shape import (
    Choice,
    Flag,
    Part,
    Target,
    Targets,
    TextSet,
)
from ansible_collections.m365.entra.plugins.module_utils._reconcile.targets import (
    ALL_USERS,
    NOBODY,
    as_object,
    is_keyword,
    laid_over,
    with_edit,
)
from ansible_collections.m365.entra.tests.unit.plugins.module_utils.support.ids import ADA, PRINTERS, STAFF

Json = dict[str, t.Any]
PLAIN = Targets("includeTargets")
MODES = Targets(
    "includeTargets",
    fields=(
        Choice("mode", values=("any", "push"), default="any"),
        Flag("isUsable", nullable=False),
        TextSet("profiles"),
    ),
)
SHAPE = Part("method", (MODES,))
IDS = (ALL_USERS, STAFF, PRINTERS, ADA)


def group(identifier: str, **members: t.Any) -> Json:
    """A target as the service has it."""
    return {"id": identifier, "targetType": "group", **members}


@pytest.mark.parametrize(
    ("member", "expected"),
    [
        ("Staff", group("Staff")),
        ({"id": "Staff"}, group("Staff")),
        ({"id": "Ada", "targetType": "user"}, {"id": "Ada", "targetType": "user"}),
        ({"id": "Staff", "targetType": None}, group("Staff")),
    ],
)
def test_text_is_a_group(member: t.Any, expected: Json) -> None:
    assert as_object(member) == expected


def test_words_of_the_service() -> None:
    assert is_keyword("ALL_USERS")
    assert is_keyword(NOBODY)
    assert not is_keyword(STAFF)


@pytest.mark.parametrize(
    ("value", "expected"),
    [
        (None, []),
        ([], []),
        ([group("ALL_Users")], [group(ALL_USERS)]),
        ([group(STAFF.upper()), group(STAFF)], [group(STAFF)]),
        ([group(PRINTERS), group(STAFF)], [group(STAFF), group(PRINTERS)]),
        ([group(STAFF, isRegistrationRequired=False, note=None)], [group(STAFF)]),
        ([group(STAFF, newMember={"a": 1})], [group(STAFF, newMember={"a": 1})]),
        ([group(STAFF, **{"@odata.type": "#x"})], [group(STAFF)]),
    ],
)
def test_canonical(value: t.Any, expected: list[Json]) -> None:
    assert canonical_value(PLAIN, value) == expected


def test_members_that_are_spoken_of() -> None:
    assert canonical_value(MODES, [group(STAFF, mode="PUSH", isUsable=True, profiles=["B", "a"])]) == [
        group(STAFF, mode="push", isUsable=True, profiles=["a", "b"])
    ]
    assert canonical_value(MODES, [group(STAFF, mode="any", isUsable=False, profiles=[])]) == [group(STAFF)]


TARGETS = st.lists(
    st.builds(
        group,
        st.sampled_from([*IDS, *(one.upper() for one in IDS)]),
        mode=st.sampled_from(["any", "push", "PUSH"]),
        isUsable=st.booleans(),
        unknown=st.sampled_from([None, "x", {"y": [1]}]),
    ),
    max_size=5,
    unique_by=lambda target: target["id"].lower(),
)


@given(TARGETS, st.integers())
def test_order_means_nothing(targets: list[Json], seed: int) -> None:
    shuffled = list(targets)
    random.Random(seed).shuffle(shuffled)
    found = canonical_value(MODES, targets)
    assert canonical_value(MODES, shuffled) == canonical_value(MODES, found) == found


@given(TARGETS, TARGETS)
def test_a_body_brings_the_service_there_and_back(before: list[Json], after: list[Json]) -> None:
    """The list is replaced as a whole, so that a body has all of it, defaults that could be otherwise among them."""
    old, new = (canonical(SHAPE, {"includeTargets": one}) for one in (before, after))
    for source, goal in ((old, new), (new, old)):
        body = patch_body(SHAPE, source, goal)
        shown = body.get("includeTargets", source["includeTargets"])
        assert canonical(SHAPE, {"includeTargets": shown}) == goal
        for target in body.get("includeTargets", ()):
            assert {"id", "targetType", "mode", "isUsable"} <= set(target)


def test_whole_list_keeps_what_is_not_said_of_its_members() -> None:
    current = [group(STAFF, mode="push", unknown="x"), group(PRINTERS, mode="push")]
    found = merged(SHAPE, {"includeTargets": current}, {"includeTargets": [STAFF.upper(), ADA]})
    assert canonical(SHAPE, found)["includeTargets"] == [
        group(ADA),
        group(STAFF, mode="push", unknown="x"),
    ]
    cleared = merged(SHAPE, {"includeTargets": current}, {"includeTargets": [{"id": STAFF, "mode": "any"}]})
    assert canonical(SHAPE, cleared)["includeTargets"] == [group(STAFF, unknown="x")]
    assert merged(SHAPE, {"includeTargets": current}, {"includeTargets": []}) == {"includeTargets": []}
    assert laid_over([], [STAFF]) == [group(STAFF)]


@pytest.mark.parametrize(
    ("added", "removed", "expected"),
    [
        ([], [], [group(STAFF, mode="push")]),
        ([PRINTERS], [], [group(STAFF, mode="push"), group(PRINTERS)]),
        ([STAFF.upper()], [], [group(STAFF, mode="push")]),
        ([{"id": STAFF, "isUsable": True}], [], [group(STAFF, mode="push", isUsable=True)]),
        ([], [STAFF.upper()], []),
        ([PRINTERS], [PRINTERS, STAFF], []),
        ([], [PRINTERS], [group(STAFF, mode="push")]),
        ([ALL_USERS.upper()], [STAFF], [group(ALL_USERS)]),
    ],
)
def test_edits(added: list[t.Any], removed: list[t.Any], expected: list[Json]) -> None:
    current = [group(STAFF, mode="push")]
    found = edited(MODES, current, {"add": added, "remove": removed})
    assert found == expected
    assert edited(MODES, found, {"add": added, "remove": removed}) == expected
    assert canonical_value(MODES, with_edit(current, added, removed)) == expected
    assert is_list(MODES)


@given(TARGETS, TARGETS, TARGETS)
def test_an_edit_touches_nothing_else(current: list[Json], added: list[Json], removed: list[Json]) -> None:
    found = edited(MODES, current, {"add": added, "remove": removed})
    named = {one["id"].lower() for one in [*added, *removed]}
    assert [one for one in found if one["id"] not in named] == [
        one for one in canonical_value(MODES, current) if one["id"] not in named
    ]
    assert not {one["id"] for one in found} & {one["id"].lower() for one in removed}


@pytest.mark.parametrize(
    ("field", "value", "expected"),
    [
        (Target("includeTarget", everyone=ALL_USERS), None, group(ALL_USERS)),
        (Target("excludeTarget", everyone=NOBODY), None, group(NOBODY)),
        (Target("excludeTarget"), None, group(NOBODY)),
        (Target("includeTarget", everyone=ALL_USERS), group(STAFF.upper()), group(STAFF)),
        (Target("includeTarget"), {"id": STAFF, "targetType": "role"}, {"id": STAFF, "targetType": "role"}),
        (Target("includeTarget"), "ALL_USERS", group(ALL_USERS)),
    ],
)
def test_one_target(field: Target, value: t.Any, expected: Json) -> None:
    assert canonical_value(field, value) == expected


def test_options_and_back() -> None:
    options = {"include_targets": ["Staff", {"id": "Ada", "target_type": "user", "is_usable": True, "foreign": 1}]}
    content = content_from_options(SHAPE, options)
    ada = {"id": "Ada", "targetType": "user", "isUsable": True, "foreign": 1}
    assert content == {"includeTargets": ["Staff", ada]}
    edit = {"include_targets": {"add": [{"id": "Ada", "target_type": "user"}], "remove": ["Staff"]}}
    assert content_from_options(SHAPE, edit) == {
        "includeTargets": {"add": [{"id": "Ada", "targetType": "user"}], "remove": ["Staff"]}
    }
    assert content_from_options(SHAPE, {"include_targets": {"set": ["Staff"]}}) == {"includeTargets": ["Staff"]}


@given(TARGETS, TARGETS)
def test_what_is_returned_can_be_wanted_again(before: list[Json], between: list[Json]) -> None:
    """False and empty members are returned too: wanted again they must take back what was there in between."""
    known = [{name: value for name, value in one.items() if name != "unknown"} for one in before]
    current = canonical(SHAPE, {"includeTargets": known})
    returned = options_from_content(SHAPE, current, keeps_empty=True)
    other = canonical(SHAPE, {"includeTargets": [{**one, "unknown": None} for one in between]})
    assert canonical(SHAPE, merged(SHAPE, other, content_from_options(SHAPE, returned))) == current
