# Copyright: (c) 2026, m365.entra contributors
# GNU General Public License v3.0+ (see COPYING or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later
"""The body of conditional_access_policy_info: one read, filtered."""

from __future__ import annotations

import typing as t

import pytest

from ansible_collections.m365.entra.plugins.module_utils._graph.errors import GuardRefused
from ansible_collections.m365.entra.plugins.module_utils._module.conditional_access_policy_info import SPEC, run
from ansible_collections.m365.entra.tests.unit.plugins.module_utils.support import ids
from ansible_collections.m365.entra.tests.unit.plugins.module_utils.support.fake_module import fake_module
from ansible_collections.m365.entra.tests.unit.plugins.module_utils.support.fake_session import POLICIES, FakeSession
from ansible_collections.m365.entra.tests.unit.plugins.module_utils.support.policies import ENABLED, stored


def tenant() -> FakeSession:
    """A tenant with two policies of one name and another."""
    return FakeSession(
        [
            stored("MFA", ENABLED),
            stored("MFA", identifier=ids.POLICY_TWO),
            stored("Block", identifier=ids.OFFICE),
        ],
        read_only=True,
    )


@pytest.mark.parametrize(
    ("options", "found"),
    [
        ({}, [ids.OFFICE, ids.POLICY_ONE, ids.POLICY_TWO]),
        ({"display_name": "MFA"}, [ids.POLICY_ONE, ids.POLICY_TWO]),
        ({"display_name": "mfa"}, []),
        ({"id": ids.OFFICE.upper()}, [ids.OFFICE]),
        ({"id": ids.ADA}, []),
        ({"policy_state": "enabled"}, [ids.POLICY_ONE]),
        ({"display_name": "MFA", "policy_state": "report_only"}, [ids.POLICY_TWO]),
    ],
)
def test_policies_that_were_asked_for(options: dict[str, t.Any], found: list[str]) -> None:
    session = tenant()
    result = run(fake_module(SPEC, options), lambda: session)
    assert [one["id"] for one in result["conditional_access_policies"]] == found
    assert result["changed"] is False
    assert session.requests == [("GET", POLICIES)]


def test_permission_is_checked_first() -> None:
    session = FakeSession(permissions=frozenset({"User.Read.All"}))
    with pytest.raises(GuardRefused, match=r"Policy\.Read"):
        run(fake_module(SPEC, {}), lambda: session)
    assert session.requests == []
