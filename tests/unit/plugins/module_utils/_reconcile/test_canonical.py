# Copyright: (c) 2026, m365.entra contributors
# GNU General Public License v3.0+ (see COPYING or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later
"""What means the same has the same canonical form, for each kind of property."""

from __future__ import annotations

import typing as t

import pytest

from ansible_collections.m365.entra.plugins.module_utils._reconcile.canonical import (
    canonical,
    canonical_value,
    field_of,
    flags,
    is_empty,
    is_guid,
    known_spelling,
)
from ansible_collections.m365.entra.plugins.module_utils._reconcile.shape import (
    Choice,
    ChoiceSet,
    CidrRanges,
    Combinations,
    Field,
    Flag,
    FlagSet,
    Number,
    Opaque,
    Part,
    PartList,
    Reference,
    References,
    Text,
    TextSet,
)
from ansible_collections.m365.entra.tests.unit.plugins.module_utils.support.ids import ADA, BOB

SIZES = ("small", "mediumSize", "large")
CONTROL = Part("control", (Flag("isEnabled"), Choice("mode", ("always", "never"))), switched=True)
FILTER = Part("filter", (Choice("mode", ("include", "exclude")), Text("rule")))


@pytest.mark.parametrize(
    ("field", "value", "expected"),
    [
        (Text("a"), "text", "text"),
        (Text("a"), "", None),
        (Text("a"), None, None),
        (Flag("a"), None, False),
        (Flag("a"), True, True),
        (Number("a"), None, None),
        (Number("a"), 0, 0),
        (Choice("a", SIZES), "MEDIUMSIZE", "mediumSize"),
        (Choice("a", SIZES), "newer", "newer"),
        (Choice("a", SIZES), None, None),
        (Choice("a", SIZES, "small"), None, "small"),
        (ChoiceSet("a", SIZES), ["LARGE", "small", "large"], ["large", "small"]),
        (ChoiceSet("a", SIZES), None, []),
        (ChoiceSet("a", SIZES, ("small",)), [], ["small"]),
        (ChoiceSet("a", SIZES, ("small",)), None, ["small"]),
        (FlagSet("a", SIZES), "large, Small", ["small", "large"]),
        (FlagSet("a", SIZES), ["large", "small", "small"], ["small", "large"]),
        (FlagSet("a", SIZES), "none", []),
        (FlagSet("a", SIZES), "None", []),
        (FlagSet("a", SIZES), "", []),
        (FlagSet("a", SIZES), None, []),
        (FlagSet("a", SIZES), "newer,large", ["large", "newer"]),
        (References("a", "user", ("All",)), ["ALL", BOB.upper(), ADA, ADA.upper()], ["All", ADA, BOB]),
        (References("a", "user"), None, []),
        (References("a", "user"), ["Ada@Contoso.example"], ["Ada@Contoso.example"]),
        (Reference("a", "strength"), {"id": ADA.upper(), "displayName": "A"}, ADA),
        (Reference("a", "strength"), ADA.upper(), ADA),
        (Reference("a", "strength"), {}, None),
        (Reference("a", "strength"), None, None),
        (Opaque("a"), {"b": [], "c": {"d": None}, "@odata.type": "x"}, None),
        (Opaque("a"), {"b": 7, "c": ["", {"d": 1}], "e@odata.context": "x"}, {"b": 7, "c": [{"d": 1}]}),
        (Opaque("a"), {"b": False, "c": True}, {"c": True}),
        (Opaque("a"), {"b": 0}, {"b": 0}),
        (Opaque("a"), None, None),
        (TextSet("a"), ["B", " b ", "a", None], ["a", "b"]),
        (TextSet("a", upper=True), ["de", "FR"], ["DE", "FR"]),
        (TextSet("a"), None, []),
        (CidrRanges("a"), [{"cidrAddress": "10.0.0.1/16"}, "10.0.0.0/255.255.0.0"], ["10.0.0.0/16"]),
        (
            CidrRanges("a"),
            ["2001:DB8:0:0::1/32", "10.0.0.0/8", "9.9.9.9"],
            ["9.9.9.9/32", "10.0.0.0/8", "2001:db8::/32"],
        ),
        (CidrRanges("a"), [{"lowerAddress": "10.0.0.1", "upperAddress": "10.0.0.9"}], ["10.0.0.1-10.0.0.9"]),
        (CidrRanges("a"), ["no range"], ["no range"]),
        (CidrRanges("a"), None, []),
        (Combinations("a", SIZES), ["large, small", "SMALL,large", "large"], ["large", "small,large"]),
        (Combinations("a", SIZES), ["newer,small"], ["small,newer"]),
        (Combinations("a", SIZES), None, []),
        (PartList("a", FILTER), None, []),
        (
            PartList("a", FILTER),
            [{"rule": "y", "mode": "EXCLUDE"}, {}, {"mode": "include", "rule": "x"}],
            [{"mode": "exclude", "rule": "y"}, {"mode": "include", "rule": "x"}],
        ),
        (FILTER, {}, None),
        (FILTER, {"mode": None, "rule": ""}, None),
        (FILTER, {"mode": "INCLUDE", "rule": "x", "@odata.type": "y"}, {"mode": "include", "rule": "x"}),
        (CONTROL, {"isEnabled": False, "mode": "always"}, None),
        (CONTROL, {"mode": "always"}, None),
        (CONTROL, {"isEnabled": True, "mode": "Always"}, {"isEnabled": True, "mode": "always"}),
    ],
)
def test_canonical_value(field: Field, value: t.Any, expected: t.Any) -> None:
    assert canonical_value(field, value) == expected


def test_unknown_kind_of_field_has_no_canonical_form() -> None:
    with pytest.raises(TypeError, match="Field"):
        canonical_value(Field("a"), 1)


@pytest.mark.parametrize("nothing", [None, {}, {"a": None, "b": []}, {"b": None, "annotation": 1}])
def test_missing_null_and_empty_are_one(nothing: t.Any) -> None:
    assert canonical(Part("whole", (Text("a"), References("b"), FILTER)), nothing) == {
        "a": None,
        "b": [],
        "filter": None,
    }


def test_part_that_holds_only_the_services_default_says_nothing() -> None:
    inner = Part("inner", (ChoiceSet("types", SIZES, ("small",)), Choice("kind", SIZES, "large")))
    assert canonical(Part("whole", (inner,)), {"inner": {"types": ["small"], "kind": "large"}}) == {"inner": None}
    assert canonical(Part("whole", (inner,)), {"inner": {"kind": "small"}}) == {
        "inner": {"types": ["small"], "kind": "small"}
    }


def test_flags_keep_the_order_of_the_schema() -> None:
    assert flags("large,mediumSize,small", SIZES) == list(SIZES)


@pytest.mark.parametrize(
    ("value", "expected"), [(ADA, True), (ADA.upper(), True), (ADA[:-1], False), ("All", False), (f"{ADA}\n", False)]
)
def test_is_guid(value: str, expected: bool) -> None:
    assert is_guid(value) is expected


def test_known_spelling_leaves_unknown_values_alone() -> None:
    assert known_spelling("aLL", ("All", "None")) == "All"
    assert known_spelling("Ada", ("All", "None")) == "Ada"


@pytest.mark.parametrize(
    ("field", "value", "expected"),
    [
        (Text("a"), None, True),
        (References("a"), [], True),
        (Flag("a"), False, True),
        (Flag("a"), True, False),
        (Number("a"), 0, False),
        (Choice("a", SIZES, "small"), "small", True),
        (Choice("a", SIZES, "small"), "large", False),
        (ChoiceSet("a", SIZES, ("small",)), ["small"], True),
    ],
)
def test_is_empty(field: Field, value: t.Any, expected: bool) -> None:
    assert is_empty(field, value) is expected


def test_member_that_a_part_does_not_have() -> None:
    with pytest.raises(KeyError, match="nothing"):
        field_of(FILTER, "nothing")


@pytest.mark.parametrize(
    "field", [ChoiceSet("a"), FlagSet("a"), References("a"), TextSet("a"), CidrRanges("a"), Combinations("a")]
)
def test_edit_of_a_list_has_no_canonical_form(field: Field) -> None:
    """Taken for a list, it would lose what it says."""
    with pytest.raises(TypeError, match="edit"):
        canonical_value(field, {"add": ["x"]})
