# Copyright: (c) 2026, m365.entra contributors
# GNU General Public License v3.0+ (see COPYING or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later
"""Schemas for editors say of options what Ansible and the shape of an object say of them."""

from __future__ import annotations

import typing as t

import pytest
from hypothesis import given
from jsonschema import Draft202012Validator

from ansible_collections.m365.entra.plugins.module_utils._policy.canonical_policy import canonical_policy
from ansible_collections.m365.entra.plugins.module_utils._policy.options import options_from_content
from ansible_collections.m365.entra.plugins.module_utils._reconcile.shape import (
    Choice,
    ChoiceSet,
    CidrRanges,
    Combinations,
    Flag,
    Number,
    Opaque,
    Part,
    PartList,
    Reference,
    References,
    Text,
)
from ansible_collections.m365.entra.plugins.module_utils._spec.documentation import Descriptions, fields_by_path
from ansible_collections.m365.entra.plugins.module_utils._spec.option_schema import (
    Source,
    options_schema,
    plain_text,
)
from ansible_collections.m365.entra.plugins.module_utils._spec.policy_documentation import POLICY_DESCRIPTIONS
from ansible_collections.m365.entra.plugins.module_utils._spec.policy_options import POLICY
from ansible_collections.m365.entra.plugins.module_utils._spec.shape_options import options_of
from ansible_collections.m365.entra.tests.unit.plugins.module_utils.support.policy_strategies import policies

Json = dict[str, t.Any]

SHAPE = Part(
    "thing",
    (
        Text("displayName"),
        Text("note"),
        Flag("isOn"),
        Number("count"),
        Choice("mode", ("include", "exclude")),
        ChoiceSet("levels", ("low", "high")),
        References("includeUsers", "user", ("All", "None")),
        References("includeGroups", "group"),
        CidrRanges("ranges"),
        Combinations("combinations", ("password", "sms")),
        Reference("strength"),
        Opaque("times"),
        Part("users", (Text("name"), References("excludeUsers", "user"))),
        PartList("limits", Part("limit", (Choice("kind", ("a", "b")),))),
    ),
)
FIELDS = fields_by_path(SHAPE)
HEAD: Json = {"id": {"type": "str"}, "state": {"type": "str", "choices": ["present", "absent"], "default": "present"}}
OPTIONS = {**HEAD, **options_of(SHAPE)}
SOURCE = Source(Descriptions({path: f"About {path}." for path in (*FIELDS, *HEAD)}, fields=FIELDS))
RULES = {"required_one_of": (("display_name", "id"),), "mutually_exclusive": (("note", "is_on", "count"),)}
SCHEMA = options_schema(OPTIONS, SOURCE, rules=RULES)
POLICY_VALIDATOR = Draft202012Validator(options_schema(POLICY.options, Source(POLICY_DESCRIPTIONS)))


def is_valid(options: Json, schema: Json = SCHEMA) -> bool:
    """Whether an editor would have nothing to say about *options*."""
    Draft202012Validator.check_schema(schema)
    return Draft202012Validator(schema).is_valid(options)


@pytest.mark.parametrize(
    "options",
    [
        {},
        {"state": "absent"},
        {"note": "a text"},
        {"is_on": True},
        {"count": 3},
        {"mode": "include"},
        {"levels": ["low", "high"]},
        {"levels": []},
        {"levels": {"add": ["low"], "remove": ["high"]}},
        {"levels": {"set": ["low"]}},
        {"include_users": ["All"]},
        {"include_users": ["ada@contoso.example"]},
        {"ranges": ["203.0.113.0/24"]},
        {"combinations": ["password,sms", "sms , password"]},
        {"strength": "Keys"},
        {"times": {"whatever": [1]}},
        {"users": {"name": "x", "exclude_users": {"add": ["ada@contoso.example"]}}},
        {"limits": [{"kind": "a"}]},
    ],
)
def test_right(options: Json) -> None:
    assert is_valid({"display_name": "Thing", **options})


@pytest.mark.parametrize(
    "options",
    [
        {"no_such_option": 1},
        {"state": "gone"},
        {"state": None},
        {"id": None},
        {"display_name": None},
        {"note": 1},
        {"is_on": "yes"},
        {"count": "3"},
        {"mode": "Include"},
        {"levels": "low"},
        {"levels": ["unknown"]},
        {"levels": {}},
        {"levels": {"add": ["unknown"]}},
        {"levels": {"add": "low"}},
        {"levels": {"set": ["low"], "add": ["high"]}},
        {"levels": {"replace": ["low"]}},
        {"include_users": "All"},
        {"include_users": [""]},
        {"include_users": [1]},
        {"ranges": [24]},
        {"combinations": ["password,carrier pigeon"]},
        {"combinations": ["password,"]},
        {"strength": {"id": "x"}},
        {"times": "08:00"},
        {"users": {"nickname": "x"}},
        {"users": []},
        {"limits": {"kind": "a"}},
        {"limits": [{"kind": "c"}]},
        {"note": "x", "is_on": True},
        {"is_on": True, "count": 3},
    ],
)
def test_wrong(options: Json) -> None:
    assert not is_valid({"display_name": "Thing", **options})


def test_one_of_several_is_required() -> None:
    assert is_valid({"id": "x"})
    assert not is_valid({"note": "x"})


@pytest.mark.parametrize("path", sorted(path for path in FIELDS if "." not in path and path != "display_name"))
def test_null_clears_every_property(path: str) -> None:
    assert is_valid({"display_name": "Thing", path: None})


def test_null_clears_inside_too() -> None:
    assert is_valid({"id": "x", "users": {"name": None, "exclude_users": None}})


@given(policies)
def test_any_policy_written_out_is_right(content: Json) -> None:
    assert [
        error.message for error in POLICY_VALIDATOR.iter_errors(options_from_content(canonical_policy(content)))
    ] == []


def test_required_options_are_required() -> None:
    options: Json = {"path": {"type": "path", "required": True}, "names": {"type": "list", "elements": "str"}}
    schema = options_schema(options, Source(Descriptions({"path": "A path.", "names": "Names."})))
    assert is_valid({"path": "x", "names": ["y"]}, schema)
    assert not is_valid({"names": ["y"]}, schema)
    assert not is_valid({"path": "x", "names": "y"}, schema)


def test_where_lists_are_only_edited_they_cannot_be_given() -> None:
    options: Json = {"every": {"type": "dict", "options": {"users": {"type": "dict", "options": {}}}}}
    options["every"]["options"]["users"]["options"] = {"exclude_users": {"type": "raw"}}
    texts = dict.fromkeys(("every", "every.users", "every.users.exclude_users"), "A text.")
    schema = options_schema(options, Source(Descriptions(texts, fields=FIELDS), edits=frozenset({"every"})))
    assert is_valid({"every": {"users": {"exclude_users": {"add": ["x"]}}}}, schema)
    for wrong in (["x"], {"set": ["x"]}, None, {}):
        assert not is_valid({"every": {"users": {"exclude_users": wrong}}}, schema)


def test_descriptions_and_defaults_are_shown() -> None:
    properties = SCHEMA["properties"]
    assert properties["state"] == {
        "description": "About state.",
        "default": "present",
        "enum": ["present", "absent"],
    }
    assert properties["users"]["properties"]["name"]["description"] == "About users.name."


def test_an_option_without_a_description_is_a_mistake() -> None:
    with pytest.raises(KeyError):
        options_schema({"nothing_of_that_name": {"type": "str"}}, SOURCE)


@pytest.mark.parametrize(
    ("description", "text"),
    [
        ("Whether O(id) is V(null).", "Whether id is null."),
        ("Only with O(policy_state=enabled).", "Only with policy_state: enabled."),
        ("A list of V('a'), C(b) and M(m365.entra.c).", "A list of 'a', b and m365.entra.c."),
        ("ISO(3166) stays (as this does).", "ISO(3166) stays (as this does)."),
    ],
)
def test_markup_is_taken_off(description: str, text: str) -> None:
    assert plain_text(description) == text
