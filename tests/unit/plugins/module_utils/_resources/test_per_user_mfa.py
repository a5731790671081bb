# Copyright: (c) 2026, m365.entra contributors
# GNU General Public License v3.0+ (see COPYING or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later
"""The states of users, one read each; who is gone is left out, and nothing else is."""

from __future__ import annotations

import pytest

from ansible_collections.m365.entra.plugins.module_utils._graph.errors import ServiceRefused
from ansible_collections.m365.entra.plugins.module_utils._resources.per_user_mfa import path_of, read_states
from ansible_collections.m365.entra.tests.unit.plugins.module_utils.support import ids
from ansible_collections.m365.entra.tests.unit.plugins.module_utils.support.fake_session import Fault
from ansible_collections.m365.entra.tests.unit.plugins.module_utils.support.people_session import (
    PeopleSession,
    requirements,
    user_of,
)

ADA, BOB = f"/users/{ids.ADA}", f"/users/{ids.BOB}"


def test_one_read_a_user_in_beta() -> None:
    session = PeopleSession(read_only=True)
    session.objects[requirements(ids.ADA)] = {"perUserMfaState": "enforced"}
    session.objects[requirements(ids.BOB)] = {"perUserMfaState": "somethingNew"}
    assert read_states(session, [ids.ADA, ids.BOB]) == {ids.ADA: "enforced", ids.BOB: "somethingNew"}
    assert session.requests == [("GET", path_of(ids.ADA)), ("GET", path_of(ids.BOB))]
    assert session.versions == ["beta", "beta"]


def test_who_is_gone_is_left_out() -> None:
    session = PeopleSession(objects={requirements(ids.ADA): {"perUserMfaState": "disabled"}})
    assert read_states(session, [ids.ADA, ids.BOB]) == {ids.ADA: "disabled"}


def test_missing_endpoint_is_no_missing_user() -> None:
    session = PeopleSession(objects={ADA: user_of(ids.ADA, "ada@contoso.example")})
    with pytest.raises(ServiceRefused, match="requirements"):
        read_states(session, [ids.ADA])


def test_user_who_cannot_be_looked_for_is_not_taken_for_gone() -> None:
    session = PeopleSession(faults=[Fault("GET", BOB, ServiceRefused("403", status=403), after=1)])
    with pytest.raises(ServiceRefused) as failure:
        read_states(session, [ids.BOB])
    assert failure.value.status == 404


@pytest.mark.parametrize("status", [400, 403, 500])
def test_other_refusals_are_raised(status: int) -> None:
    session = PeopleSession(faults=[Fault("GET", requirements(ids.ADA), ServiceRefused("no", status=status))])
    with pytest.raises(ServiceRefused):
        read_states(session, [ids.ADA])


@pytest.mark.parametrize("answer", [{}, {"perUserMfaState": None}, {"perUserMfaState": ""}])
def test_answer_without_a_state_is_not_disabled(answer: dict[str, object]) -> None:
    session = PeopleSession(objects={requirements(ids.ADA): answer})
    with pytest.raises(ServiceRefused, match="does not say"):
        read_states(session, [ids.ADA])
