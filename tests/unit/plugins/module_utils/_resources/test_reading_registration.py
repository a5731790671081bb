# Copyright: (c) 2026, m365.entra contributors
# GNU General Public License v3.0+ (see COPYING or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later
"""The report is read page by page, selected by the service where it can and by us in any case."""

from __future__ import annotations

import typing as t

import pytest
from hypothesis import given
from hypothesis import strategies as st

from ansible_collections.m365.entra.plugins.module_utils._graph.errors import ServiceRefused
from ansible_collections.m365.entra.plugins.module_utils._resources.registration_not_ready import NotReady
from ansible_collections.m365.entra.plugins.module_utils._resources.registration_report import (
    LicenceMissing,
    Selection,
    ids_of_members,
    read_summary,
)
from ansible_collections.m365.entra.plugins.module_utils._resources.registration_summary import RegistrationSummary
from ansible_collections.m365.entra.tests.unit.plugins.module_utils.support import ids
from ansible_collections.m365.entra.tests.unit.plugins.module_utils.support.fake_session import FakeSession, Fault
from ansible_collections.m365.entra.tests.unit.plugins.module_utils.support.people_session import GROUP, user_of
from ansible_collections.m365.entra.tests.unit.plugins.module_utils.support.registration_rows import DETAILS, row

Json = dict[str, t.Any]


class Report(FakeSession):
    """A tenant whose report ignores filters, as a service may, and is journaled with its queries."""

    def list(self, path: str, *, version: str = "v1.0", **query: str) -> list[Json]:
        """Read the whole collection."""
        if path != DETAILS:
            return super().list(path, version=version, **query)
        self._note("GET", path, version, query)
        return list(self.collections[DETAILS])


def report(*rows: Json) -> Report:
    """A tenant with these rows."""
    session = Report(read_only=True)
    session.collections[DETAILS] = list(rows)
    return session


def summary_of(session: FakeSession, selection: Selection | None = None) -> Json:
    """What the rows come to."""
    return read_summary(session, selection or Selection(), NotReady("either", 100)).to_result()


def test_everyone_and_kinds_of_people() -> None:
    rows = [
        row(1, isAdmin=True, isPasswordlessCapable=True, methodsRegistered=["fido2SecurityKey", "mobilePhone"]),
        row(2, userType="Guest", isMfaCapable=False, userPreferredMethodForSecondaryAuthentication="sms"),
        row(3, userType=None, methodsRegistered=["somethingNew"], lastUpdatedDateTime="2026-03-02T03:00:00.5Z"),
        row(4, methodsRegistered=None, lastUpdatedDateTime="2026-03-01T00:00:00Z"),
    ]
    session = report(*rows)
    found = summary_of(session)
    assert {kind: found[kind]["total"] for kind in ("everyone", "administrators", "members", "guests")} == {
        "everyone": 4,
        "administrators": 1,
        "members": 3,
        "guests": 1,
    }
    assert found["guests"]["mfa_capable"] == {"count": 0, "share": 0.0}
    assert found["administrators"]["passwordless_capable"] == {"count": 1, "share": 1.0}
    assert found["methods"] == [
        {"method": name, "users": 1}
        for name in ("fido2SecurityKey", "microsoftAuthenticatorPush", "mobilePhone", "somethingNew")
    ]
    assert found["preferred_second_factors"] == [
        {"second_factor": "push", "users": 3},
        {"second_factor": "sms", "users": 1},
    ]
    assert (found["oldest_update"], found["newest_update"]) == ("2026-03-01T00:00:00Z", "2026-03-02T03:00:00.5Z")
    assert [one["user_display_name"] for one in found["not_ready"]] == ["User 2"]
    assert session.queries == [{"top": "999"}]


def test_empty_report() -> None:
    found = summary_of(report())
    assert found["everyone"]["mfa_capable"] == {"count": 0, "share": None}
    assert (found["oldest_update"], found["newest_update"], found["not_ready"]) == (None, None, [])


@pytest.mark.parametrize(
    ("selection", "expression", "total"),
    [
        (Selection("member"), "userType eq 'member'", 2),
        (Selection("guest"), "userType eq 'guest'", 2),
        (Selection(administrators_only=True), "isAdmin eq true", 2),
        (Selection("guest", administrators_only=True), "userType eq 'guest' and isAdmin eq true", 1),
        (Selection(ids=frozenset({row(1)["id"], row(2)["id"]})), None, 2),
        (Selection(ids=frozenset()), None, 0),
    ],
)
def test_filter_is_the_services_and_ours(selection: Selection, expression: str | None, total: int) -> None:
    people = [(1, "member", True), (2, "member", False), (3, "guest", True), (4, "guest", False)]
    session = report(*(row(number, userType=kind, isAdmin=is_admin) for number, kind, is_admin in people))
    assert summary_of(session, selection)["everyone"]["total"] == total
    assert session.queries[0].get("filter") == expression


def test_people_without_a_row_are_counted_only_when_nobody_was_left_out() -> None:
    known = frozenset({"1", "2", "3"})
    assert Selection(ids=known).people_without_row(2) == 1
    assert Selection().people_without_row(2) is None
    assert Selection("member", ids=known).people_without_row(2) is None
    assert Selection(administrators_only=True, ids=known).people_without_row(2) is None


def test_members_of_groups_are_users_each_once() -> None:
    session = FakeSession(read_only=True)
    session.collections[f"/groups/{ids.STAFF}/transitiveMembers"] = [
        user_of(ids.ADA.upper(), "ada@contoso.example"),
        {"@odata.type": GROUP, "id": ids.PRINTERS},
    ]
    session.collections[f"/groups/{ids.PRINTERS}/transitiveMembers"] = [
        user_of(ids.ADA, "ada@contoso.example"),
        user_of(ids.BOB, "bob@contoso.example"),
    ]
    assert ids_of_members(session, [ids.STAFF, ids.PRINTERS]) == {ids.ADA, ids.BOB}


def test_missing_licence_is_told_apart() -> None:
    code = "Authentication_RequestFromNonPremiumTenantOrB2CTenant"
    session = report()
    session.faults.append(Fault("GET", DETAILS, ServiceRefused("no premium", status=403, code=code)))
    with pytest.raises(LicenceMissing, match="no premium"):
        summary_of(session)


def test_other_refusals_are_errors() -> None:
    session = report()
    session.faults.append(Fault("GET", DETAILS, ServiceRefused("no", status=403, code="AccessDenied")))
    with pytest.raises(ServiceRefused):
        summary_of(session)


@given(
    st.lists(
        st.fixed_dictionaries(
            {
                "userType": st.sampled_from(["member", "guest", None]),
                "isAdmin": st.booleans(),
                "isMfaCapable": st.booleans(),
                "isSsprCapable": st.booleans(),
                "methodsRegistered": st.lists(st.sampled_from(["a", "b"]), unique=True),
            }
        ),
        max_size=20,
    ),
    st.integers(1, 7),
    st.integers(0, 5),
)
def test_pages_do_not_matter(people: list[Json], size: int, maximum: int) -> None:
    rows = [row(number, **one) for number, one in enumerate(people)]
    at_once, by_pages = (RegistrationSummary(NotReady("either", maximum)) for _unused in range(2))
    at_once.add(rows)
    for start in range(0, len(rows), size):
        by_pages.add(rows[start : start + size])
    found = at_once.to_result()
    assert by_pages.to_result() == found
    assert found["members"]["total"] + found["guests"]["total"] == found["everyone"]["total"] == len(rows)
    assert len(found["not_ready"]) == min(maximum, found["not_ready_total"])
