# Copyright: (c) 2026, m365.entra contributors
# GNU General Public License v3.0+ (see COPYING or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later
"""Authentication contexts: whoever makes one chooses its id, and a published one is withdrawn before it goes."""

from __future__ import annotations

import typing as t

import pytest

from ansible_collections.m365.entra.plugins.module_utils._graph.errors import OptionError
from ansible_collections.m365.entra.plugins.module_utils._reconcile.canonical import canonical
from ansible_collections.m365.entra.plugins.module_utils._reconcile.compare import changes
from ansible_collections.m365.entra.plugins.module_utils._resources.authentication_context import (
    AUTHENTICATION_CONTEXT,
    SHAPE,
)
from ansible_collections.m365.entra.tests.unit.plugins.module_utils.support.fake_objects import context
from ansible_collections.m365.entra.tests.unit.plugins.module_utils.support.object_plans import (
    object_plan,
    object_refusal,
)

Json = dict[str, t.Any]


@pytest.mark.parametrize(
    "noise",
    [
        {"description": ""},
        {"isAvailable": None},
        {"@odata.type": "#microsoft.graph.authenticationContextClassReference", "id": "c9"},
    ],
)
def test_noise_is_no_difference(noise: Json) -> None:
    assert canonical(SHAPE, {**context(), **noise}) == canonical(SHAPE, context())


@pytest.mark.parametrize(
    ("changed", "path"),
    [
        ({"displayName": "payroll"}, "display_name"),
        ({"description": "x"}, "description"),
        ({"isAvailable": True}, "is_available"),
    ],
)
def test_real_change_is_named(changed: Json, path: str) -> None:
    before, after = canonical(SHAPE, context()), canonical(SHAPE, {**context(), **changed})
    assert [change.path for change in changes(SHAPE, before, after)] == [path]


def test_new_context_is_written_under_its_id() -> None:
    plan = object_plan(AUTHENTICATION_CONTEXT, {"id": "C5", "display_name": "Vault"}, context())
    action = AUTHENTICATION_CONTEXT.create_action(plan, "why")
    assert (plan.key, action.object_id) == ("c5", "c5")
    assert action.body == {"displayName": "Vault", "isAvailable": False}
    assert action.undo is not None
    assert (action.undo.operation, action.undo.object_id, action.undo.preceded_by) == ("delete", "c5", None)


def test_published_context_is_withdrawn_before_it_is_taken_back() -> None:
    plan = object_plan(AUTHENTICATION_CONTEXT, {"id": "c5", "display_name": "Vault", "is_available": True})
    undo = AUTHENTICATION_CONTEXT.create_action(plan, "why").undo
    assert undo is not None
    assert undo.preceded_by is not None
    assert (undo.preceded_by.object_id, undo.preceded_by.body) == ("c5", {"isAvailable": False})


def test_new_context_needs_an_id_and_is_told_which_are_taken() -> None:
    existing = [context("c3", "A"), context("c1", "B")]
    error = object_refusal(AUTHENTICATION_CONTEXT, {"display_name": "Vault"}, *existing, kind=OptionError)
    assert error.message.startswith("objects[0].id: ")
    assert "'Vault'" in error.message
    assert "taken: c1, c3." in error.remedy


@pytest.mark.parametrize("identifier", ["c0", "c100", "x1", "1", "c01", "c1 "])
def test_id_is_one_of_c1_to_c99(identifier: str) -> None:
    error = object_refusal(AUTHENTICATION_CONTEXT, {"id": identifier, "display_name": "Vault"}, kind=OptionError)
    assert error.message.startswith("objects[0].id: ")
    assert "c1 to c99" in error.message


@pytest.mark.parametrize(
    ("options", "paths"),
    [
        ({"display_name": "Payroll"}, []),
        ({"id": "c1"}, []),
        ({"id": "c1", "display_name": "Vault"}, ["display_name"]),
        ({"display_name": "Vault", "previous_name": "Payroll"}, ["display_name"]),
        ({"display_name": "Payroll", "is_available": True}, ["is_available"]),
    ],
)
def test_existing_context_is_found_by_name_or_id(options: Json, paths: list[str]) -> None:
    plan = object_plan(AUTHENTICATION_CONTEXT, options, context())
    assert (plan.key, [change.path for change in plan.changes]) == ("c1", paths)


@pytest.mark.parametrize("options", [{"id": "c2", "display_name": "Payroll"}])
def test_name_that_another_has_is_refused(options: Json) -> None:
    error = object_refusal(AUTHENTICATION_CONTEXT, options, context(), kind=OptionError)
    assert "named 'Payroll' already" in error.message
    assert "c1" in error.message


def test_context_needs_a_name() -> None:
    error = object_refusal(AUTHENTICATION_CONTEXT, {"id": "c5"}, kind=OptionError)
    assert error.message.startswith("objects[0].display_name: ")


@pytest.mark.parametrize(("is_available", "steps"), [(True, 2), (False, 1)])
def test_published_context_is_withdrawn_before_it_is_removed(is_available: bool, steps: int) -> None:
    plan = object_plan(
        AUTHENTICATION_CONTEXT,
        {"display_name": "Payroll", "state": "absent"},
        context(is_available=is_available),
    )
    prepare, remove = AUTHENTICATION_CONTEXT.preparing_action(plan), AUTHENTICATION_CONTEXT.delete_action(plan)
    assert len([action for action in (prepare, remove) if action]) == steps
    assert prepare is None or prepare.body == {"isAvailable": False}
    # There is no bin for contexts, and nothing to take a removal back with.
    assert remove.undo is None
