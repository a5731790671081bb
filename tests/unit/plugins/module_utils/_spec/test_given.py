# Copyright: (c) 2026, m365.entra contributors
# GNU General Public License v3.0+ (see COPYING or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later
"""Unset is not null, and null is not empty - also at depth."""

from __future__ import annotations

import typing as t

import pytest

from ansible_collections.m365.entra.plugins.module_utils._spec.given import given_options, without_nulls


@pytest.mark.parametrize(
    ("validated", "raw", "expected"),
    [
        ({"a": 1, "b": None, "c": "default"}, {"a": "1"}, {"a": 1}),
        ({"a": None, "b": None}, {"a": None}, {"a": None}),
        ({"a": [], "b": None}, {"a": []}, {"a": []}),
        ({"a": {"x": None, "y": None}}, {"a": {"x": None}}, {"a": {"x": None}}),
        ({"a": {"x": None, "y": None}}, {"a": {}}, {"a": {}}),
        ({"a": None}, {"a": None}, {"a": None}),
        ({"a": [{"x": 1, "y": None}, {"x": None, "y": 2}]}, {"a": [{"x": 1}, {"y": 2}]}, {"a": [{"x": 1}, {"y": 2}]}),
        ({"a": [{"x": 1, "y": None}]}, {"a": [{"x": 1, "y": None}]}, {"a": [{"x": 1, "y": None}]}),
        # The dictionary came as text: what was given of it is no longer known, so nulls count as not given.
        ({"a": {"x": 1, "y": None}}, {"a": '{"x": 1}'}, {"a": {"x": 1}}),
        ({"a": ["1", "2"]}, {"a": "1,2"}, {"a": ["1", "2"]}),
        ({"a": [{"x": 1, "y": None}]}, {"a": '[{"x": 1}]'}, {"a": [{"x": 1}]}),
        ({"a": "from the environment", "b": 1}, {"b": 1}, {"b": 1}),
        (
            {"a": {"deep": {"deeper": None, "other": None}}},
            {"a": {"deep": {"deeper": None}}},
            {"a": {"deep": {"deeper": None}}},
        ),
        (
            {"free": {"any": None, "thing": [1]}},
            {"free": {"any": None, "thing": [1]}},
            {"free": {"any": None, "thing": [1]}},
        ),
    ],
)
def test_only_what_was_given_is_kept(validated: t.Any, raw: t.Any, expected: t.Any) -> None:
    assert given_options(validated, raw) == expected


def test_arguments_are_left_as_they_are() -> None:
    validated, raw = {"a": {"x": 1, "y": None}}, {"a": {"x": 1}}
    given_options(validated, raw)
    assert (validated, raw) == ({"a": {"x": 1, "y": None}}, {"a": {"x": 1}})


@pytest.mark.parametrize(
    ("arguments", "expected"),
    [
        ({"a": None, "b": 1}, {"b": 1}),
        ({"a": {"b": None, "c": [None, {"d": None}]}}, {"a": {"c": [None, {}]}}),
        ({"_ansible_tmpdir": None}, {"_ansible_tmpdir": None}),
        ({"a": [], "b": "", "c": False}, {"a": [], "b": "", "c": False}),
    ],
)
def test_nulls_are_kept_from_ansible(arguments: t.Any, expected: t.Any) -> None:
    assert without_nulls(arguments) == expected
