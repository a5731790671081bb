# Copyright: (c) 2026, m365.entra contributors
# GNU General Public License v3.0+ (see COPYING or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later
"""What names mean in a run that makes, renames and removes the things they name."""

from __future__ import annotations

import pytest

from ansible_collections.m365.entra.plugins.module_utils._directory.directory import Directory, UnresolvedReferences
from ansible_collections.m365.entra.plugins.module_utils._policy.references import NamedReference
from ansible_collections.m365.entra.plugins.module_utils._reconcile.created import key_of_new
from ansible_collections.m365.entra.tests.unit.plugins.module_utils.support import ids
from ansible_collections.m365.entra.tests.unit.plugins.module_utils.support.fake_objects import context
from ansible_collections.m365.entra.tests.unit.plugins.module_utils.support.fake_session import CONTEXTS, FakeSession

LOCATION, CONTEXT = "named_location", "authentication_context"
OFFICE = {"id": ids.OFFICE, "displayName": "Office"}
SITE = key_of_new(LOCATION, "Site")


def directory(session: FakeSession | None = None) -> Directory:
    """A directory that was handed all named locations."""
    found = Directory(session or FakeSession())
    found.provide(LOCATION, [OFFICE])
    return found


def resolved(found: Directory, kind: str, value: str) -> str:
    """The id of a value, which must resolve."""
    found.resolve([NamedReference(kind, value, "here")])
    return found.identify(kind, value)


def problem(found: Directory, kind: str, value: str) -> str:
    """Why a value does not resolve."""
    with pytest.raises(UnresolvedReferences) as failure:
        found.resolve([NamedReference(kind, value, "here")])
    return failure.value.message


@pytest.mark.parametrize("value", ["Office", "OFFICE", ids.OFFICE, ids.OFFICE.upper()])
def test_what_was_handed_over_is_not_asked_for(value: str) -> None:
    session = FakeSession()
    found = directory(session)
    assert resolved(found, LOCATION, value) == ids.OFFICE
    assert "no named location named 'Elsewhere'" in problem(found, LOCATION, "Elsewhere")
    assert session.requests == []


def test_known_names_mean_the_same_as_ever() -> None:
    assert resolved(directory(), LOCATION, "MFA trusted IPs") == "00000000-0000-0000-0000-000000000000"


def test_name_of_what_comes_stands_for_its_key() -> None:
    found = directory()
    found.expect(LOCATION, "Site", SITE)
    assert resolved(found, LOCATION, "site") == SITE
    assert found.name_of(LOCATION, SITE) == "Site"


def test_renamed_object_has_only_its_new_name() -> None:
    found = directory()
    found.expect(LOCATION, "Branch", ids.OFFICE, "Office")
    assert resolved(found, LOCATION, "Branch") == ids.OFFICE
    assert resolved(found, LOCATION, ids.OFFICE) == ids.OFFICE
    assert "no named location named 'Office'" in problem(found, LOCATION, "Office")


def test_object_that_keeps_its_name_is_not_doubled() -> None:
    found = directory()
    found.expect(LOCATION, "Office", ids.OFFICE, "Office")
    assert resolved(found, LOCATION, "Office") == ids.OFFICE


@pytest.mark.parametrize("value", ["office", ids.OFFICE, ids.OFFICE.upper()])
def test_what_goes_is_told_as_such(value: str) -> None:
    found = directory()
    found.expect_removal(LOCATION, "Office", ids.OFFICE)
    assert problem(found, LOCATION, value).startswith("here: the named location ")
    assert "is to be removed in the same run" in problem(found, LOCATION, value)
    assert value in problem(found, LOCATION, value)


def test_name_can_pass_from_what_goes_to_what_comes() -> None:
    found = directory()
    found.expect_removal(LOCATION, "Office", ids.OFFICE)
    key = key_of_new(LOCATION, "Office")
    found.expect(LOCATION, "Office", key)
    assert resolved(found, LOCATION, "Office") == key


def test_name_that_two_have_is_ambiguous_also_when_one_is_still_to_come() -> None:
    found = directory()
    found.expect(LOCATION, "Office", SITE)
    message = problem(found, LOCATION, "Office")
    assert "2 objects" in message
    assert ids.OFFICE in message


# Contexts


@pytest.mark.parametrize("value", ["c1", "C25", "c99"])
def test_id_of_a_context_is_taken_as_it_is(value: str) -> None:
    """Microsoft offers some before anybody has written them, so that not all are listed."""
    session = FakeSession()
    assert resolved(Directory(session), CONTEXT, value) == value.lower()
    assert session.requests == []


@pytest.mark.parametrize("value", ["c0", "c100", "Payroll"])
def test_everything_else_is_the_name_of_a_context(value: str) -> None:
    session = FakeSession()
    session.collections[CONTEXTS] = [context("c7", "Payroll")]
    found = Directory(session)
    if value == "Payroll":
        assert resolved(found, CONTEXT, value) == "c7"
    else:
        assert f"named {value!r}" in problem(found, CONTEXT, value)
    assert session.reads(CONTEXTS) == 1


def test_names_of_contexts_are_learned_for_display() -> None:
    session = FakeSession()
    session.collections[CONTEXTS] = [context("c7", "Payroll")]
    found = Directory(session)
    found.learn(CONTEXT, ["c7", "c8"])
    assert (found.name_of(CONTEXT, "c7"), found.name_of(CONTEXT, "c8")) == ("Payroll", None)


# What is missing


def test_missing_names_are_each_told_once_and_ids_are_no_names() -> None:
    mentioned = [
        NamedReference("group", value, f"here[{index}]")
        for index, value in enumerate(["Staff", "New", "Newer", "New", ids.ADA])
    ]
    session = FakeSession()
    found = Directory(session)
    assert found.missing("group", [*mentioned, NamedReference("user", "New user", "there")]) == ["New", "Newer"]
    assert session.reads("/groups") == 1


def test_ambiguous_name_is_not_missing() -> None:
    session = FakeSession()
    session.collections["/groups"].append({"id": ids.OFFICE, "displayName": "staff"})
    found = Directory(session)
    assert found.missing("group", [NamedReference("group", "Staff", "here")]) == []
    assert "2 objects" in problem(found, "group", "Staff")


def test_id_of_what_is_gone_stands_for_itself() -> None:
    found = directory()
    assert [one.path for one in found.unresolved([NamedReference("user", ids.OFFICE.upper(), "here")])] == ["here"]
    assert found.identify("user", ids.OFFICE.upper()) == ids.OFFICE
