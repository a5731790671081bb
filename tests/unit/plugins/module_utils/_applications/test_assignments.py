# Copyright: (c) 2026, m365.entra contributors
# GNU General Public License v3.0+ (see COPYING or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later
"""Assignments: whatever there is and is wanted, a second run has nothing to do and nobody else is touched."""

from __future__ import annotations

import typing as t

import pytest
from hypothesis import given
from hypothesis import strategies as st

from ansible_collections.m365.entra.plugins.module_utils._applications.app_role import (
    DEFAULT_ROLE,
    NO_ROLE,
    AppRole,
    find_role,
    roles_of,
)
from ansible_collections.m365.entra.plugins.module_utils._applications.assignment import (
    Assignment,
    AssignmentEdit,
    assignments_from,
    planned,
)
from ansible_collections.m365.entra.plugins.module_utils._directory.principals import Principal

USER_ROLE, READER = AppRole("r1", "User"), AppRole("r2", "Reader", "reader.all")
principals = st.sampled_from([Principal(name, name) for name in "abcd"])
assigned = st.builds(Assignment, principals, st.sampled_from(["r1", "r2"]), st.just("role"))
several = st.lists(assigned, max_size=6).map(tuple)
leaving = st.lists(st.tuples(principals, st.none() | st.sampled_from(["r1", "r2"])), max_size=3).map(tuple)
edits = st.builds(AssignmentEdit, several, leaving) | st.builds(AssignmentEdit, whole=several)


@given(st.lists(assigned, max_size=6, unique_by=lambda one: one.key), edits)
def test_a_second_run_is_quiet(current: list[Assignment], edit: AssignmentEdit) -> None:
    joining, gone = planned(current, edit)
    after = [one for one in current if one not in gone] + joining
    assert planned(after, edit) == ([], [])
    assert len({one.key for one in after}) == len(after)


@given(st.lists(assigned, max_size=6, unique_by=lambda one: one.key), several, leaving)
def test_an_edit_touches_nobody_else(
    current: list[Assignment], added: tuple[Assignment, ...], removed: tuple[tuple[Principal, str | None], ...]
) -> None:
    _joining, gone = planned(current, AssignmentEdit(added, removed))
    assert {one.principal for one in gone} <= {who for who, _role in removed}


@pytest.mark.parametrize(
    ("roles", "wanted", "expected"),
    [
        ((USER_ROLE, READER), None, USER_ROLE),
        ((USER_ROLE, READER), "reader", READER),
        ((USER_ROLE, READER), "READER.ALL", READER),
        ((USER_ROLE, READER), "r2", READER),
        ((READER,), None, READER),
        ((DEFAULT_ROLE,), None, DEFAULT_ROLE),
        ((DEFAULT_ROLE,), "Default Access", DEFAULT_ROLE),
        (
            (READER, AppRole("r3", "Writer")),
            None,
            "no role is given, and the application has several for people: Reader, Writer",
        ),
        ((READER, AppRole("r3", "reader")), "Reader", "2 roles are called 'Reader'"),
        ((), "Reader", "no role is called 'Reader'; known: none"),
    ],
)
def test_which_role_is_meant(roles: tuple[AppRole, ...], wanted: str | None, expected: t.Any) -> None:
    assert find_role(roles, wanted) == expected


def test_roles_are_those_for_people_that_are_enabled() -> None:
    def role(identifier: str, *, is_enabled: bool = True, kind: str = "User") -> dict[str, t.Any]:
        return {"id": identifier, "displayName": identifier, "isEnabled": is_enabled, "allowedMemberTypes": [kind]}

    declared = [role("a"), role("b", is_enabled=False), role("c", kind="Application")]
    assert [one.identifier for one in roles_of({"appRoles": declared})] == ["a"]
    assert roles_of({"appRoles": declared[2:]}) == ()
    assert roles_of({"appRoles": []}) == (DEFAULT_ROLE,)
    assert DEFAULT_ROLE.identifier == NO_ROLE


def test_what_applications_may_do_is_left_out() -> None:
    raw = [
        {"id": "1", "principalId": "P", "principalType": "Group", "principalDisplayName": "Sales", "appRoleId": "R1"},
        {"id": "2", "principalId": "Q", "principalType": "ServicePrincipal", "appRoleId": "r1"},
    ]
    (found,) = assignments_from(raw, [USER_ROLE])
    assert found == Assignment(Principal("Sales", "p", "group"), "r1", "User", "1")
