# Copyright: (c) 2026, m365.entra contributors
# GNU General Public License v3.0+ (see COPYING or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later
"""The body of conditional_access_policies: a list in one plan."""

from __future__ import annotations

import typing as t

import pytest

from ansible_collections.m365.entra.plugins.module_utils._graph.errors import OptionError
from ansible_collections.m365.entra.plugins.module_utils._module.conditional_access_policies import SPEC, run
from ansible_collections.m365.entra.tests.unit.plugins.module_utils.support import ids
from ansible_collections.m365.entra.tests.unit.plugins.module_utils.support.fake_module import fake_module
from ansible_collections.m365.entra.tests.unit.plugins.module_utils.support.fake_session import POLICIES, FakeSession
from ansible_collections.m365.entra.tests.unit.plugins.module_utils.support.policies import policy, stored

Json = dict[str, t.Any]
LISTED: list[Json] = [
    {"template": "block_legacy_authentication"},
    {"definition": policy("B")},
    {"display_name": "A", "policy_state": "disabled"},
    {"display_name": "Gone", "state": "absent"},
]


def task(session: FakeSession, **options: t.Any) -> Json:
    """One task."""
    session.requests.clear()
    modes = {"check_mode": options.pop("check_mode", False)}
    session.read_only = modes["check_mode"]
    return run(fake_module(SPEC, options, **modes), lambda: session)


def tenant() -> FakeSession:
    """A tenant with three policies."""
    return FakeSession([stored("A"), stored("Gone", identifier=ids.POLICY_TWO), stored("Other", identifier=ids.OFFICE)])


def test_listed_policies_are_returned_in_their_order() -> None:
    result = task(tenant(), policies=LISTED)
    assert [one["display_name"] for one in result["conditional_access_policies"]] == [
        "Block legacy authentication",
        "B",
        "A",
    ]
    assert [one["template"] for one in result["conditional_access_policies"]] == [
        "block_legacy_authentication",
        None,
        None,
    ]
    assert "unmanaged_policies" not in result


@pytest.mark.parametrize("check_mode", [True, False])
def test_unmanaged_policies_are_reported_when_asked_for(check_mode: bool) -> None:
    result = task(tenant(), policies=LISTED, unmanaged="report", check_mode=check_mode)
    assert result["unmanaged_policies"] == [
        {"id": ids.OFFICE, "display_name": "Other", "policy_state": "report_only", "microsoft_managed": False}
    ]


def test_check_do_repeat() -> None:
    session = tenant()
    checked = task(session, policies=LISTED, check_mode=True)
    assert session.writes == []
    done = task(session, policies=LISTED)
    assert checked["plan"] == done["plan"]
    assert len(session.writes) == 4
    again = task(session, policies=LISTED)
    assert again["changed"] is False
    # What is to be absent is looked for among the policies that v1.0 hides, too.
    assert session.requests == [("GET", POLICIES), ("GET", POLICIES)]
    assert session.versions[-2:] == ["v1.0", "beta"]


def test_two_entries_for_one_policy() -> None:
    with pytest.raises(OptionError, match=r"policies\[1\]"):
        task(tenant(), policies=[{"display_name": "A"}, {"display_name": "A"}])


def test_fault_names_the_entry() -> None:
    with pytest.raises(OptionError, match=r"^policies\[1\]\.definition"):
        task(tenant(), policies=[{"display_name": "A"}, {"definition": "no json"}])


def test_empty_list_changes_nothing() -> None:
    result = task(tenant(), policies=[])
    assert (result["changed"], result["conditional_access_policies"]) == (False, [])
