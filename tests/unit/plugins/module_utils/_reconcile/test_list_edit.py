# Copyright: (c) 2026, m365.entra contributors
# GNU General Public License v3.0+ (see COPYING or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later
"""Edits of a list: what is added joins it, what is removed leaves it, and doing so twice is doing so once."""

from __future__ import annotations

import typing as t

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from ansible_collections.m365.entra.plugins.module_utils._reconcile.canonical import canonical_value
from ansible_collections.m365.entra.plugins.module_utils._reconcile.list_edit import (
    edited,
    is_edit,
    is_list,
    plain_list,
)
from ansible_collections.m365.entra.plugins.module_utils._reconcile.shape import (
    ChoiceSet,
    CidrRanges,
    Combinations,
    Field,
    FlagSet,
    Number,
    Opaque,
    Part,
    PartList,
    References,
    Text,
    TextSet,
)
from ansible_collections.m365.entra.tests.unit.plugins.module_utils.support.ids import ADA, BOB

SIZES = ("small", "mediumSize", "large")

# For each kind of list: members of it, each in two spellings.
KINDS: dict[str, tuple[Field, list[tuple[str, str]]]] = {
    "choices": (ChoiceSet("a", SIZES), [("small", "SMALL"), ("mediumSize", "MEDIUMsize"), ("large", "Large")]),
    "flags": (FlagSet("a", SIZES), [("small", "SMALL"), ("mediumSize", "mediumsize"), ("large", "Large")]),
    "references": (References("a", "user", ("All",)), [("All", "ALL"), (ADA, ADA.upper()), (BOB, BOB.upper())]),
    "texts": (TextSet("a", upper=True), [("DE", "de"), ("FR", " fr"), ("IT", "It")]),
    "ranges": (
        CidrRanges("a"),
        [("10.0.0.0/16", "10.0.0.1/16"), ("2001:db8::/32", "2001:DB8:0::1/32"), ("192.0.2.1/32", "192.0.2.1")],
    ),
    "combinations": (
        Combinations("a", SIZES),
        [("small,large", "large, small"), ("large", "LARGE"), ("small", "small")],
    ),
}

Members = list[tuple[str, str]]


def of_kind(kind: str) -> st.SearchStrategy[Members]:
    """Some members of a kind of list."""
    return st.lists(st.sampled_from(KINDS[kind][1]), unique=True)


@pytest.mark.parametrize("kind", KINDS)
@settings(max_examples=25)
@given(data=st.data())
def test_adding_is_union_and_removing_is_difference(kind: str, data: st.DataObject) -> None:
    field = KINDS[kind][0]
    present, added, removed = (data.draw(of_kind(kind)) for _side in range(3))
    edit = {"add": [other for _plain, other in added], "remove": [other for _plain, other in removed]}
    expected = {plain for plain, _other in [*present, *added]} - {plain for plain, _other in removed}
    assert set(edited(field, [plain for plain, _other in present], edit)) == expected


@pytest.mark.parametrize("kind", KINDS)
@settings(max_examples=25)
@given(data=st.data())
def test_edit_made_twice_is_made_once(kind: str, data: st.DataObject) -> None:
    field = KINDS[kind][0]
    present, added, removed = ([plain for plain, _other in data.draw(of_kind(kind))] for _side in range(3))
    once = edited(field, present, {"add": added, "remove": removed})
    assert edited(field, once, {"add": added, "remove": removed}) == once == canonical_value(field, once)


@pytest.mark.parametrize(
    ("current", "edit", "expected"),
    [
        (["small"], {}, ["small"]),
        (["small"], {"add": None, "remove": None}, ["small"]),
        (None, {"add": ["small"]}, ["small"]),
        (["small"], {"remove": ["large"]}, ["small"]),
        (["small"], {"remove": ["small"]}, []),
        (["small"], {"add": ["large"], "remove": ["large", "small"]}, []),
    ],
)
def test_edit(current: list[str] | None, edit: dict[str, t.Any], expected: list[str]) -> None:
    assert edited(ChoiceSet("a", SIZES), current, edit) == expected


@pytest.mark.parametrize(
    ("current", "edit", "expected"),
    [
        (["small", "large"], {"remove": ["large"]}, ["small"]),
        (["mediumSize"], {"add": ["large"]}, ["large", "mediumSize"]),
        (["mediumSize"], {"remove": ["mediumSize"]}, ["small"]),
        (["small"], {"add": ["large"]}, ["large", "small"]),
        (["mediumSize", "large"], {"remove": ["mediumSize"]}, ["large"]),
    ],
)
def test_edit_of_a_list_that_is_never_empty(current: list[str], edit: dict[str, t.Any], expected: list[str]) -> None:
    assert edited(ChoiceSet("a", SIZES, ("small",)), current, edit) == expected


@pytest.mark.parametrize("kind", KINDS)
def test_dictionary_is_an_edit_where_a_list_belongs(kind: str) -> None:
    field = KINDS[kind][0]
    assert is_list(field)
    assert is_edit(field, {"add": []})
    assert not is_edit(field, ["x"])
    assert not is_edit(field, None)


@pytest.mark.parametrize("field", [Text("a"), Number("a"), Opaque("a"), Part("a"), PartList("a"), None])
def test_other_properties_cannot_be_edited(field: Field | None) -> None:
    assert not is_list(field)
    assert not is_edit(field, {"add": []})


@pytest.mark.parametrize(
    ("value", "expected"),
    [
        ({"set": ["a"]}, ["a"]),
        ({"set": []}, []),
        ({"set": None}, []),
        ("a", ["a"]),
        (["a", "b"], ["a", "b"]),
        ([], []),
        (None, None),
        ({"add": ["a"]}, {"add": ["a"]}),
        ({"add": "a", "remove": None}, {"add": ["a"], "remove": []}),
        ({"set": "a"}, ["a"]),
        # This is no edit, and the schema refuses it.
        ({"set": ["a"], "add": ["b"]}, {"set": ["a"], "add": ["b"]}),
    ],
)
def test_plain_list(value: t.Any, expected: t.Any) -> None:
    assert plain_list(value) == expected
