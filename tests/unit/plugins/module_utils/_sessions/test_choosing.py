# Copyright: (c) 2026, m365.entra contributors
# GNU General Public License v3.0+ (see COPYING or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later
"""Whose sessions are revoked: exceptions come before all else, and whom nobody knows is left alone."""

from __future__ import annotations

from datetime import UTC, datetime, timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st

from ansible_collections.m365.entra.plugins.module_utils._graph.errors import OptionError
from ansible_collections.m365.entra.plugins.module_utils._sessions.account import Account, account_of, moment_of
from ansible_collections.m365.entra.plugins.module_utils._sessions.choosing import (
    EMERGENCY,
    EXCLUDED,
    GUEST,
    NOT_IN_REPORT,
    REVOKED_ALREADY,
    SELF,
    Exceptions,
    choose,
)
from ansible_collections.m365.entra.plugins.module_utils._sessions.without_mfa import Registered

NOON = datetime(2026, 11, 23, 12, tzinfo=UTC)
ADA = Account("ada@contoso.example", "1")
IDS = st.sets(st.sampled_from("0123456789"))
ACCOUNTS = st.builds(
    Account, st.sampled_from("abcdef"), st.sampled_from("0123456789"), st.booleans(), st.booleans(), st.just("")
)


def reason(account: Account, exceptions: Exceptions, registered: Registered | None = None) -> str:
    """Why one account is left alone; empty where its sessions are revoked."""
    chosen = choose([account], exceptions, registered)
    return "" if chosen.revoked == (account,) else chosen.left_alone[0][1]


@pytest.mark.parametrize(
    ("account", "exceptions", "expected"),
    [
        (ADA, Exceptions(), ""),
        (ADA, Exceptions(emergency=frozenset("1"), excluded=frozenset("1"), itself="1"), EMERGENCY),
        (ADA, Exceptions(excluded=frozenset("1")), EXCLUDED),
        (ADA, Exceptions(itself="1"), SELF),
        (Account("eve", "2", is_guest=True), Exceptions(itself="1"), GUEST),
        (Account("ada", "1", valid_from="2026-11-23T12:00:00Z"), Exceptions(since=NOON), REVOKED_ALREADY),
        (Account("ada", "1", valid_from="2026-11-23T13:00:00.1234567+01:00"), Exceptions(since=NOON), REVOKED_ALREADY),
        (Account("ada", "1", valid_from="2026-11-23T11:59:59Z"), Exceptions(since=NOON), ""),
        (ADA, Exceptions(since=NOON), ""),
    ],
)
def test_reasons(account: Account, exceptions: Exceptions, expected: str) -> None:
    assert reason(account, exceptions) == expected


def test_registration() -> None:
    registered = Registered(known=frozenset("12"), for_mfa=frozenset("2"))
    assert reason(ADA, Exceptions(), registered) == ""
    assert reason(Account("new", "3"), Exceptions(), registered) == NOT_IN_REPORT
    chosen = choose([Account("bob", "2")], Exceptions(), registered)
    assert (chosen.revoked, chosen.left_alone) == ((), ())


@given(st.lists(ACCOUNTS, unique_by=lambda one: one.identifier), IDS, IDS, st.none() | st.tuples(IDS, IDS))
def test_nobody_who_must_not_is_chosen(
    accounts: list[Account], emergency: set[str], excluded: set[str], report: tuple[set[str], set[str]] | None
) -> None:
    registered = None if report is None else Registered(frozenset(report[0]), frozenset(report[1]))
    chosen = choose(accounts, Exceptions(frozenset(emergency), frozenset(excluded)), registered)
    revoked = {one.identifier for one in chosen.revoked}
    assert not revoked & (emergency | excluded)
    assert not any(one.is_guest for one in chosen.revoked)
    left = {one.identifier for one, _reason in chosen.left_alone}
    assert not revoked & left
    if registered is None:
        assert revoked | left == {one.identifier for one in accounts}
    else:
        assert revoked <= registered.known - registered.for_mfa


@given(st.datetimes(min_value=datetime(2000, 1, 1), max_value=datetime(2100, 1, 1)), st.integers(-14, 14))
def test_moments_are_compared_whatever_their_zone(moment: datetime, hours: int) -> None:
    utc = moment.replace(tzinfo=UTC)
    elsewhere = (utc + timedelta(hours=hours)).replace(tzinfo=None).isoformat() + f"{hours:+03d}:00"
    assert moment_of(elsewhere) == utc
    assert Account("a", "1", valid_from=elsewhere).was_revoked_since(utc)


@pytest.mark.parametrize("text", ["", "now", "2026-11-23", "2026-11-23T08:00:00", "08:00:00Z"])
def test_what_is_no_moment(text: str) -> None:
    with pytest.raises(OptionError, match="unless_revoked_since"):
        moment_of(text)


def test_accounts_as_the_service_shows_them() -> None:
    shown = {"id": "A", "userPrincipalName": "Ada@Contoso.example", "userType": "Guest", "accountEnabled": False}
    assert account_of(shown) == Account("ada@contoso.example", "a", is_guest=True, is_enabled=False)
    assert account_of({"id": "A", "userType": None}) == Account("a", "a")
