# Copyright: (c) 2026, m365.entra contributors
# GNU General Public License v3.0+ (see COPYING or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later
"""The body of registration_info: groups before the report, reads alone, and a licence that may be missing."""

from __future__ import annotations

import typing as t

import pytest

from ansible_collections.m365.entra.plugins.module_utils._directory.directory import UnresolvedReferences
from ansible_collections.m365.entra.plugins.module_utils._graph.errors import GuardRefused, OptionError, ServiceRefused
from ansible_collections.m365.entra.plugins.module_utils._module.registration_info import SPEC, run
from ansible_collections.m365.entra.tests.unit.plugins.module_utils.support import ids
from ansible_collections.m365.entra.tests.unit.plugins.module_utils.support.fake_module import fake_module
from ansible_collections.m365.entra.tests.unit.plugins.module_utils.support.fake_session import FakeSession, Fault
from ansible_collections.m365.entra.tests.unit.plugins.module_utils.support.people_session import user_of
from ansible_collections.m365.entra.tests.unit.plugins.module_utils.support.registration_rows import DETAILS, row

MEMBERS = f"/groups/{ids.STAFF}/transitiveMembers"


def tenant() -> FakeSession:
    """A tenant where two people have registered, one of them in part, and the staff has someone who is not reported."""
    session = FakeSession(read_only=True)
    session.collections[DETAILS] = [row(1), row(2, isMfaCapable=False, methodsRegistered=[])]
    session.collections[MEMBERS] = [
        user_of(row(2)["id"], "user2@contoso.example"),
        user_of(ids.EMERGENCY, "emergency@contoso.example"),
    ]
    return session


def result_of(session: FakeSession, **options: t.Any) -> dict[str, t.Any]:
    """What a task in check mode returns."""
    return run(fake_module(SPEC, options, check_mode=True), lambda: session)


def test_everyone_in_one_read() -> None:
    session = tenant()
    found = result_of(session)
    assert (found["changed"], found["licence_missing"], found["reason"]) == (False, False, "")
    assert found["registration"]["everyone"]["mfa_capable"] == {"count": 1, "share": 0.5}
    assert found["registration"]["users_without_report"] is None
    assert session.requests == [("GET", DETAILS)]


@pytest.mark.parametrize("group", ["Staff", ids.STAFF])
def test_members_of_a_group(group: str) -> None:
    session = tenant()
    found = result_of(session, groups=[group], not_ready_for="mfa", maximum_not_ready=0)["registration"]
    assert found["everyone"]["total"] == 1
    assert (found["not_ready"], found["not_ready_total"], found["truncated"]) == ([], 1, True)
    assert found["users_without_report"] == 1
    assert session.requests == [("GET", "/groups"), ("GET", MEMBERS), ("GET", DETAILS)]


def test_no_group_is_nobody() -> None:
    assert result_of(tenant(), groups=[])["registration"]["everyone"]["total"] == 0


def test_unknown_groups_are_named_before_the_report_is_read() -> None:
    session = tenant()
    with pytest.raises(UnresolvedReferences, match=r"groups\[1\]: .*'Nobody'.*groups\[2\]: .*'Nothing'"):
        result_of(session, groups=["Staff", "Nobody", "Nothing"])
    assert session.requests == [("GET", "/groups")]


@pytest.mark.parametrize(("granted", "named"), [("Group.Read.All", "AuditLog"), ("AuditLog.Read.All", "Group")])
def test_permissions_are_checked_first(granted: str, named: str) -> None:
    session = FakeSession(permissions=frozenset({granted}))
    with pytest.raises(GuardRefused, match=rf"{named}\.Read\.All"):
        result_of(session, groups=["Staff"])
    assert session.requests == []


def test_missing_licence_is_no_failure() -> None:
    code = "Authentication_RequestFromNonPremiumTenantOrB2CTenant"
    session = tenant()
    session.faults.append(Fault("GET", DETAILS, ServiceRefused("403: not premium.", status=403, code=code)))
    found = result_of(session)
    assert (found["licence_missing"], found["registration"]) == (True, None)
    assert "P1 or P2" in found["reason"]


def test_negative_maximum() -> None:
    with pytest.raises(OptionError, match="maximum_not_ready"):
        result_of(tenant(), maximum_not_ready=-1)
