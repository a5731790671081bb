# Copyright: (c) 2026, m365.entra contributors
# GNU General Public License v3.0+ (see COPYING or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later
"""The body of conditional_access_policy_info: one read, filtered."""

from __future__ import annotations

import typing as t

import pytest

from ansible_collections.m365.entra.plugins.module_utils._graph.errors import GuardRefused, OptionError
from ansible_collections.m365.entra.plugins.module_utils._module.conditional_access_policy_info import SPEC, run
from ansible_collections.m365.entra.tests.unit.plugins.module_utils.support import ids
from ansible_collections.m365.entra.tests.unit.plugins.module_utils.support.fake_module import fake_module
from ansible_collections.m365.entra.tests.unit.plugins.module_utils.support.fake_session import (
    BIN,
    POLICIES,
    FakeSession,
)
from ansible_collections.m365.entra.tests.unit.plugins.module_utils.support.policies import DISABLED, ENABLED, stored


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
    assert session.requests == [("GET", POLICIES), ("GET", POLICIES)]
    assert session.versions == ["v1.0", "beta"]


def test_permission_is_checked_first() -> None:
    session = FakeSession(permissions=frozenset({"User.Read.All"}))
    with pytest.raises(GuardRefused, match=r"Policy\.Read"):
        run(fake_module(SPEC, {}), lambda: session)
    assert session.requests == []


def test_policies_that_v1_hides_are_named_in_a_warning() -> None:
    session, module = tenant(), fake_module(SPEC, {})
    session.hidden = {ids.OFFICE}
    result = run(module, lambda: session)
    assert ids.OFFICE not in [one["id"] for one in result["conditional_access_policies"]]
    (warning,) = module.warnings
    assert "'Block'" in warning
    assert ids.OFFICE in warning
    assert "api_version" in warning


def test_beta_shows_them_all_in_one_read() -> None:
    session, module = tenant(), fake_module(SPEC, {"api_version": "beta"})
    session.hidden = {ids.OFFICE}
    result = run(module, lambda: session)
    assert len(result["conditional_access_policies"]) == 3
    assert session.versions == ["beta"]
    assert module.warnings == []


def test_the_bin_is_listed_where_there_is_one() -> None:
    session = FakeSession([stored()], bin=[stored("Old", DISABLED, ids.POLICY_TWO, signInRiskLevels=["high"])])
    (found,) = run(fake_module(SPEC, {"deleted": True}), lambda: session)["conditional_access_policies"]
    assert (found["display_name"], found["policy_state"]) == ("Old", "disabled")
    assert session.requests == [("GET", BIN)]
    session.cloud = "china"
    with pytest.raises(OptionError, match=r"^deleted: .*china"):
        run(fake_module(SPEC, {"deleted": True}), lambda: session)
