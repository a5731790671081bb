# Copyright: (c) 2026, m365.entra contributors
# GNU General Public License v3.0+ (see COPYING or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later
"""One named object, wanted and current: which it is, and what is to be done."""

from __future__ import annotations

import typing as t

import pytest

from ansible_collections.m365.entra.plugins.module_utils._graph.errors import EntraError, OptionError
from ansible_collections.m365.entra.plugins.module_utils._reconcile.canonical import canonical
from ansible_collections.m365.entra.plugins.module_utils._reconcile.created import key_of_new
from ansible_collections.m365.entra.plugins.module_utils._reconcile.object_plan import (
    CurrentObject,
    DesiredObject,
    ObjectPlan,
    check_plans_differ,
    find_existing,
    refuse_taken_name,
    require_found,
    wanted_content,
)
from ansible_collections.m365.entra.plugins.module_utils._reconcile.shape import Part, Text, TextSet
from ansible_collections.m365.entra.tests.unit.plugins.module_utils.support import ids

SHAPE = Part("thing", (Text("displayName"), Text("description"), TextSet("tags")))


def current(name: str = "A", identifier: str = ids.ADA, **members: t.Any) -> CurrentObject:
    """An object of the tenant."""
    raw = {"id": identifier, "displayName": name, **members}
    return CurrentObject(identifier, name, canonical(SHAPE, raw), raw, SHAPE)


def sought(
    name: str | None = None,
    *,
    identifier: str | None = None,
    previous_name: str | None = None,
    is_present: bool = True,
    is_whole: bool = False,
    option: str = "things[0]",
    **content: t.Any,
) -> DesiredObject:
    """A wanted object."""
    named = {"displayName": name} if name else {}
    return DesiredObject(option, identifier, name, previous_name, is_present, {**named, **content}, is_whole)


def plan(desired: DesiredObject, *existing: CurrentObject) -> ObjectPlan:
    """The plan for one object."""
    found = find_existing(desired, existing, "thing")
    content = wanted_content(SHAPE, desired, found) if desired.is_present else None
    return ObjectPlan("thing", SHAPE, desired, found, content)


A, B = current(), current("B", ids.BOB)


@pytest.mark.parametrize(
    ("desired", "found"),
    [
        (sought("A"), A),
        (sought("a"), None),
        (sought("C"), None),
        (sought(identifier=ids.BOB), B),
        (sought("A", identifier=ids.BOB), B),
        (sought("A", identifier=ids.STAFF), None),
        (sought("C", previous_name="A"), A),
        (sought("C", previous_name="D"), None),
        (sought("A", previous_name="D"), A),
        (sought("A", previous_name="A"), A),
        (sought("C", identifier=ids.BOB, previous_name="A"), B),
    ],
)
def test_which_object_is_meant(desired: DesiredObject, found: CurrentObject | None) -> None:
    assert find_existing(desired, [A, B], "thing") is found


@pytest.mark.parametrize(
    ("desired", "option"),
    [(sought("A"), "display_name"), (sought("C", previous_name="A"), "previous_name")],
)
def test_name_that_several_have_is_refused_with_all_ids(desired: DesiredObject, option: str) -> None:
    with pytest.raises(EntraError) as failure:
        find_existing(desired, [current("A", ids.BOB), A], "thing")
    assert failure.value.message.startswith(f"things[0].{option}: 2 objects of the kind thing are named 'A'")
    assert failure.value.details == {"ids": [ids.ADA, ids.BOB]}
    assert "id" in failure.value.remedy


def test_name_and_previous_name_that_both_exist_are_refused() -> None:
    with pytest.raises(EntraError) as failure:
        find_existing(sought("B", previous_name="A"), [A, B], "thing")
    assert failure.value.message.startswith("things[0].previous_name: thing 'A'")
    assert ids.ADA in failure.value.message
    assert ids.BOB in failure.value.message
    assert "previous_name" in failure.value.remedy


def test_id_that_is_not_there_is_refused_unless_the_object_is_to_be_absent() -> None:
    with pytest.raises(EntraError, match=rf"^things\[0\]\.id: there is no thing with the id {ids.STAFF}"):
        require_found(sought("A", identifier=ids.STAFF), None, "thing")
    require_found(sought("A", identifier=ids.STAFF, is_present=False), None, "thing")
    require_found(sought("A"), None, "thing")


def test_new_object() -> None:
    found = plan(sought("C", tags=["x"]), A)
    assert (found.is_new, found.is_removed, found.is_changed) == (True, False, True)
    assert (found.key, found.name) == (key_of_new("thing", "C"), "C")
    assert {change.path: (change.before, change.after) for change in found.changes} == {
        "display_name": (None, "C"),
        "tags": (None, ["x"]),
    }


def test_new_object_whose_id_was_chosen_goes_by_it() -> None:
    assert plan(sought("C", identifier="c9"), A).key == "c9"


@pytest.mark.parametrize(
    ("desired", "paths"),
    [
        (sought("A"), []),
        (sought("A", tags=["X", "y"]), []),
        (sought("A", tags=["x"]), ["tags"]),
        (sought("A", tags=None), ["tags"]),
        (sought("A", tags={"add": ["z"]}), ["tags"]),
        (sought("A", tags={"remove": ["z"]}), []),
        (sought("A", is_whole=True), ["description", "tags"]),
        (sought("A", is_whole=True, tags={"add": ["z"]}), ["description", "tags"]),
        (sought("C", previous_name="A"), ["display_name"]),
        (sought(identifier=ids.ADA), []),
    ],
)
def test_existing_object(desired: DesiredObject, paths: list[str]) -> None:
    existing = current(description="text", tags=["x", "y"])
    found = plan(desired, existing)
    assert [change.path for change in found.changes] == paths
    assert found.is_changed is bool(paths)
    assert (found.is_new, found.key) == (False, ids.ADA)


def test_object_by_id_keeps_its_name() -> None:
    assert plan(sought(identifier=ids.ADA, description="x"), A).name == "A"


@pytest.mark.parametrize(("existing", "is_removed"), [([A], True), ([], False)])
def test_absent_object(existing: list[CurrentObject], is_removed: bool) -> None:
    found = plan(sought("A", is_present=False), *existing)
    assert (found.is_removed, found.is_changed, found.name) == (is_removed, is_removed, "A")
    assert found.changes == []


@pytest.mark.parametrize(
    ("desired", "existing"),
    [
        (sought("B", identifier=ids.ADA), A),
        (sought("B", identifier="c9"), None),
    ],
)
def test_name_that_another_has_is_refused(desired: DesiredObject, existing: CurrentObject | None) -> None:
    with pytest.raises(OptionError) as failure:
        refuse_taken_name("B", desired, existing, [A, B], "thing")
    assert failure.value.message.startswith("things[0].display_name: another thing is named 'B' already")
    assert ids.BOB in failure.value.message
    assert failure.value.remedy


@pytest.mark.parametrize("name", ["b", " B", "B  ", "\uff22"])
def test_name_that_people_would_take_for_another_is_refused(name: str) -> None:
    with pytest.raises(OptionError, match=r"^things\[0\]\.display_name: .*almost: 'B'"):
        refuse_taken_name(name, sought(name), None, [A, B], "thing")


def test_own_name_is_not_taken() -> None:
    refuse_taken_name("B", sought("B"), B, [A, B, current("B", ids.STAFF)], "thing")
    refuse_taken_name("A", sought("A", is_present=False), None, [A], "thing")


@pytest.mark.parametrize(
    ("one", "other"),
    [
        (sought("A"), sought("A", option="things[1]")),
        (sought("A"), sought(identifier=ids.ADA, option="things[1]")),
        (sought("C", previous_name="A"), sought("A", option="things[1]")),
        (sought("New"), sought("New", option="things[1]")),
        (sought("C", identifier=ids.ADA), sought("C", option="things[1]")),
        (sought("A", is_present=False), sought(identifier=ids.ADA, option="things[1]")),
        (sought("New"), sought("NEW", option="things[1]")),
        (sought("b", identifier=ids.ADA), sought("B", option="things[1]")),
    ],
)
def test_two_entries_that_mean_one_object_or_one_name_are_refused(one: DesiredObject, other: DesiredObject) -> None:
    with pytest.raises(OptionError, match=r"^things\[1\]: .* already stands at things\[0\]"):
        check_plans_differ([plan(one, A, B), plan(other, A, B)])


def test_twins_that_exist_already_may_stay_as_they_are() -> None:
    twin = current("a", ids.STAFF)
    check_plans_differ([plan(sought("A"), A, twin), plan(sought("a", option="things[1]"), A, twin)])


@pytest.mark.parametrize(
    ("one", "other"),
    [
        (sought("A"), sought("B", option="things[1]")),
        # What goes makes room for a new one of its name.
        (sought(identifier=ids.ADA, is_present=False), sought("New", option="things[1]")),
        (sought("Gone", is_present=False), sought("Other", is_present=False, option="things[1]")),
    ],
)
def test_entries_for_different_objects_are_accepted(one: DesiredObject, other: DesiredObject) -> None:
    check_plans_differ([plan(one, A, B), plan(other, A, B)])
