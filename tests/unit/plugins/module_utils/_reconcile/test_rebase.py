# Copyright: (c) 2026, m365.entra contributors
# GNU General Public License v3.0+ (see COPYING or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later
"""An object that can only be written whole: what others did to it stays, or the write is refused."""

from __future__ import annotations

import typing as t

import pytest
from hypothesis import given
from hypothesis import strategies as st

from ansible_collections.m365.entra.plugins.module_utils._graph.errors import GuardRefused
from ansible_collections.m365.entra.plugins.module_utils._reconcile.rebase import rebased

Json = dict[str, t.Any]
NAMES = st.sampled_from("abcdef")
VALUES = st.none() | st.integers(0, 2) | st.lists(st.integers(0, 1), max_size=2) | st.just({"x": {"y": 1}})
OBJECTS = st.dictionaries(NAMES, VALUES, max_size=6)


@given(OBJECTS, OBJECTS)
def test_nobody_else_wrote(read: Json, changes: Json) -> None:
    wanted = {**read, **{name: value for name, value in changes.items() if name in read}}
    assert rebased(read, wanted, read, "it") == wanted


@given(OBJECTS, OBJECTS, OBJECTS)
def test_what_others_wrote_stays_or_the_write_is_refused(read: Json, changes: Json, theirs: Json) -> None:
    wanted = {**read, **{name: value for name, value in changes.items() if name in read}}
    latest = {**read, **theirs}
    mine = {name for name in wanted if wanted[name] != read.get(name)}
    others = {name for name in latest if latest[name] != read.get(name)}
    if mine & others:
        with pytest.raises(GuardRefused):
            rebased(read, wanted, latest, "it")
        return
    body = rebased(read, wanted, latest, "it")
    assert {name: body.get(name) for name in mine} == {name: wanted[name] for name in mine}
    assert {name: value for name, value in body.items() if name not in mine} == {
        name: value for name, value in latest.items() if name not in mine
    }


def test_refusal_names_members_and_no_values() -> None:
    with pytest.raises(
        GuardRefused, match=r"^policy 'it' was changed by somebody else after it was read: a, b\."
    ) as it:
        rebased({"a": 1, "b": 1}, {"a": 2, "b": 2}, {"a": "secret"}, "policy 'it'")
    assert "secret" not in str(it.value)
    assert it.value.remedy == "Run again; what holds now is read first."


def test_member_that_is_gone() -> None:
    assert rebased({"a": 1, "b": 1}, {"a": 2, "b": 1}, {"a": 1}, "it") == {"a": 2}
    with pytest.raises(GuardRefused, match="read: a"):
        rebased({"a": 1}, {"a": 2}, {}, "it")
