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


def same_form(before: t.Any, after: t.Any) -> bool:
    """Whether one value can stand where the other stood."""
    return before is None or after is None or type(before) is type(after)


@given(OBJECTS, OBJECTS)
def test_nobody_else_wrote(read: Json, changes: Json) -> None:
    wanted = {**read, **{name: value for name, value in changes.items() if name in read}}
    assert rebased(read, wanted, read) == wanted


@given(OBJECTS, OBJECTS, OBJECTS)
def test_what_others_wrote_stays_or_the_write_is_refused(read: Json, changes: Json, theirs: Json) -> None:
    wanted = {**read, **{name: value for name, value in changes.items() if name in read}}
    latest = {**read, **theirs}
    mine = {name for name in wanted if wanted[name] != read.get(name)}
    others = {name for name in latest if latest[name] != read.get(name)}
    if mine & others or not all(same_form(value, latest[name]) for name, value in read.items()):
        with pytest.raises(GuardRefused):
            rebased(read, wanted, latest)
        return
    body = rebased(read, wanted, latest)
    assert {name: body.get(name) for name in mine} == {name: wanted[name] for name in mine}
    assert {name: value for name, value in body.items() if name not in mine} == {
        name: value for name, value in latest.items() if name not in mine
    }


def test_refusal_names_members_and_no_values() -> None:
    read, wanted = {"a": "x", "b": "x"}, {"a": "y", "b": "y"}
    with pytest.raises(GuardRefused, match=r"^somebody else has changed it since it was read: a, b\.") as it:
        rebased(read, wanted, {"a": "secret", "b": "secret"})
    assert "secret" not in str(it.value)
    assert it.value.remedy == "Run again; what holds now is read first."


READ: Json = {"objectId": "default", "isOn": True, "ids": ["x"], "link": None, "count": 1}


@pytest.mark.parametrize(
    ("latest", "named"),
    [
        ({**READ, "objectId": "other"}, "objectId"),
        ({name: value for name, value in READ.items() if name != "objectId"}, "objectId"),
        ({name: value for name, value in READ.items() if name != "link"}, "link"),
        ({**READ, "isOn": "secret"}, "isOn"),
        ({**READ, "count": True}, "count"),
        ({**READ, "ids": {"secret": 1}, "isOn": 1}, "ids, isOn"),
        ({"html": "secret"}, "count, ids, isOn, link, objectId"),
    ],
)
def test_another_object_is_not_written(latest: Json, named: str) -> None:
    """What stands beside the member that changes counts, too: all of it would be written back."""
    with pytest.raises(GuardRefused, match=rf"no longer looked as it did when it was read: {named}\.") as refused:
        rebased(READ, {**READ, "count": 2}, latest)
    assert "secret" not in str(refused.value)
    assert refused.value.remedy.startswith("Nothing was written to it.")


def test_null_may_take_the_place_of_any_value() -> None:
    assert rebased(READ, {**READ, "count": 2}, {**READ, "link": "x", "ids": None}) == {
        **READ,
        "count": 2,
        "link": "x",
        "ids": None,
    }


@pytest.mark.parametrize("wanted", [{"a": 2, "b": 1}, {"a": 2, "b": 2}])
def test_member_that_is_gone(wanted: Json) -> None:
    with pytest.raises(GuardRefused, match=r"read: b\."):
        rebased({"a": 1, "b": 1}, wanted, {"a": 1})
