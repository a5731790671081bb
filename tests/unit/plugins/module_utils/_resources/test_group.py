# Copyright: (c) 2026, m365.entra contributors
# GNU General Public License v3.0+ (see COPYING or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later
"""Groups that policies name and the tenant lacks."""

from __future__ import annotations

import re

import pytest
from hypothesis import given
from hypothesis import strategies as st

from ansible_collections.m365.entra.plugins.module_utils._graph.errors import ServiceRefused
from ansible_collections.m365.entra.plugins.module_utils._resources.group import (
    COLLECTION,
    create_action,
    expectation,
    key_of,
    nickname,
    unmet,
)
from ansible_collections.m365.entra.tests.unit.plugins.module_utils.support import ids
from ansible_collections.m365.entra.tests.unit.plugins.module_utils.support.fake_session import FakeSession, Fault

# What Graph accepts of a mail nickname: printable ASCII without these, at most 64 characters.
_NICKNAME = re.compile(r'[^@()\\\[\]";:<>, \x00-\x1f\x7f-\U0010ffff]{1,64}')


def test_group_is_an_assigned_security_group() -> None:
    action = create_action("CA Break glass")
    assert (action.operation, action.collection, action.key) == ("create", COLLECTION, key_of("CA Break glass"))
    body = action.body or {}
    assert (body["displayName"], body["securityEnabled"], body["mailEnabled"]) == ("CA Break glass", True, False)
    assert "groupTypes" not in body
    assert action.undo is not None
    assert (action.undo.operation, action.undo.object_id) == ("delete", None)


@given(st.text(min_size=1, max_size=256))
def test_nickname_is_one_that_graph_accepts(name: str) -> None:
    assert _NICKNAME.fullmatch(nickname(name))


@given(st.text(min_size=1), st.text(min_size=1))
def test_other_names_have_other_nicknames(one: str, other: str) -> None:
    assert (nickname(one) == nickname(other)) is (one == other)


@pytest.mark.parametrize(
    ("name", "beginning"), [("CA-Break glass", "CA-Break-glass-"), ("北京", ""), ("x" * 99, "x" * 40)]
)
def test_nickname_reads_like_the_name(name: str, beginning: str) -> None:
    assert nickname(name).startswith(beginning)
    assert nickname(name) == nickname(name)


def test_group_that_is_not_shown_yet_is_missing() -> None:
    session, expected, created = FakeSession(late_reads=1), [expectation("Staff")], {key_of("Staff"): ids.STAFF}
    assert unmet(session, expected, created) == ["group 'Staff' is not there"]
    assert unmet(session, expected, created) == []


def test_other_refusals_are_no_absence() -> None:
    session = FakeSession(faults=[Fault("GET", COLLECTION, ServiceRefused("403 denied", status=403))])
    with pytest.raises(ServiceRefused):
        unmet(session, [expectation("Staff")], {key_of("Staff"): ids.STAFF})
