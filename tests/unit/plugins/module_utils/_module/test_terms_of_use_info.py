# Copyright: (c) 2026, m365.entra contributors
# GNU General Public License v3.0+ (see COPYING or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later
"""The body of terms_of_use_info: one read, filtered."""

from __future__ import annotations

import typing as t

import pytest

from ansible_collections.m365.entra.plugins.module_utils._graph.errors import GuardRefused
from ansible_collections.m365.entra.plugins.module_utils._module.terms_of_use_info import SPEC, run
from ansible_collections.m365.entra.tests.unit.plugins.module_utils.support import ids
from ansible_collections.m365.entra.tests.unit.plugins.module_utils.support.fake_module import fake_module
from ansible_collections.m365.entra.tests.unit.plugins.module_utils.support.fake_session import FakeSession

AGREEMENTS = "/identityGovernance/termsOfUse/agreements"


def tenant() -> FakeSession:
    """A tenant with two terms of use."""
    session = FakeSession(read_only=True)
    session.collections[AGREEMENTS] = [
        {"id": ids.STAFF, "displayName": "Guests", "isPerDeviceAcceptanceRequired": True},
        {"id": ids.OFFICE.upper(), "displayName": "Employees", "isViewingBeforeAcceptanceRequired": True, "files": []},
    ]
    return session


@pytest.mark.parametrize(
    ("options", "found"),
    [
        ({}, [ids.OFFICE, ids.STAFF]),
        ({"display_name": "Guests"}, [ids.STAFF]),
        ({"id": ids.OFFICE}, [ids.OFFICE]),
        ({"display_name": "guests"}, []),
    ],
)
def test_terms_that_were_asked_for(options: dict[str, t.Any], found: list[str]) -> None:
    session = tenant()
    result = run(fake_module(SPEC, options), lambda: session)
    assert [one["id"] for one in result["terms_of_use"]] == found
    assert (result["changed"], session.requests) == (False, [("GET", AGREEMENTS)])


def test_terms_as_a_task_returns_them() -> None:
    (found,) = run(fake_module(SPEC, {"display_name": "Guests"}), tenant)["terms_of_use"]
    assert found == {
        "id": ids.STAFF,
        "display_name": "Guests",
        "is_viewing_before_acceptance_required": None,
        "is_per_device_acceptance_required": True,
    }


def test_permission_is_checked_first() -> None:
    session = FakeSession(permissions=frozenset({"Policy.Read.All"}))
    with pytest.raises(GuardRefused, match=r"Agreement\.Read\.All"):
        run(fake_module(SPEC, {}), lambda: session)
    assert session.requests == []
