# Copyright: (c) 2026, m365.entra contributors
# GNU General Public License v3.0+ (see COPYING or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later
"""A dictionary where suboptions belong, and what is told of anything else."""

from __future__ import annotations

import typing as t

import pytest

from ansible_collections.m365.entra.plugins.module_utils._spec.form import well_formed

SPEC = {
    "part": {"type": "dict", "options": {"inner": {"type": "dict", "options": {"x": {}}}, "flag": {"type": "bool"}}},
    "parts": {"type": "list", "elements": "dict", "options": {"flag": {"type": "bool"}}},
}


@pytest.mark.parametrize(
    ("arguments", "kept"),
    [
        ({"part": {"inner": {"x": 1}, "flag": 1}}, {"part": {"inner": {"x": 1}, "flag": 1}}),
        ({"part": "flag=yes"}, {"part": {"flag": "yes"}}),
        ({"part": '{"inner": {"x": 1}}'}, {"part": {"inner": {"x": 1}}}),
        ({"part": None, "parts": None, "other": 7}, {"part": None, "parts": None, "other": 7}),
        ({"parts": [{"flag": 1}, {}]}, {"parts": [{"flag": 1}, {}]}),
    ],
)
def test_what_has_the_right_form_is_kept(arguments: t.Any, kept: t.Any) -> None:
    assert well_formed(arguments, SPEC) == (kept, [])


@pytest.mark.parametrize(
    ("arguments", "kept", "paths"),
    [
        ({"part": 7}, {}, ["part"]),
        ({"part": ["a"], "other": "secret"}, {"other": "secret"}, ["part"]),
        ({"part": {"inner": [1], "flag": 1}}, {"part": {"flag": 1}}, ["part.inner"]),
        ({"part": '{"inner": 5}'}, {"part": {}}, ["part.inner"]),
        ({"parts": [7, {"flag": 1}, "x"]}, {"parts": [{"flag": 1}]}, ["parts[0]", "parts[2]"]),
        ({"parts": {"flag": 1}}, {"parts": []}, ["parts"]),
        ({"parts": "x"}, {"parts": []}, ["parts"]),
    ],
)
def test_what_has_another_form_is_told_by_its_path_and_never_by_its_value(
    arguments: t.Any, kept: t.Any, paths: list[str]
) -> None:
    found, faults = well_formed(arguments, SPEC)
    assert found == kept
    assert [fault.split(":")[0] for fault in faults] == paths
    assert not any("7" in fault or "secret" in fault for fault in faults)
