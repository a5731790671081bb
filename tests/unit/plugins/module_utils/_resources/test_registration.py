# Copyright: (c) 2026, m365.entra contributors
# GNU General Public License v3.0+ (see COPYING or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later
"""How many users have registered - or why nobody can say."""

from __future__ import annotations

import pytest

from ansible_collections.m365.entra.plugins.module_utils._graph.errors import (
    ConnectionFailed,
    EntraError,
    ServiceRefused,
)
from ansible_collections.m365.entra.plugins.module_utils._resources.registration import (
    PATH,
    Registration,
    read_registration,
    registration_from,
)
from ansible_collections.m365.entra.tests.unit.plugins.module_utils.support.fake_session import (
    ALL_PERMISSIONS,
    REGISTRATION,
    FakeSession,
    Fault,
)

SUMMARY = {
    "totalUserCount": 10,
    "userRegistrationFeatureCounts": [
        {"feature": "ssprRegistered", "userCount": 9},
        {"feature": "ssprCapable", "userCount": 7},
        {"feature": "mfaCapable", "userCount": 8},
    ],
}


def test_counts_are_one_read() -> None:
    session = FakeSession(registration=SUMMARY)
    assert read_registration(session) == Registration(10, 8, 7)
    assert session.requests == [("GET", REGISTRATION)]
    assert PATH == REGISTRATION


@pytest.mark.parametrize("summary", [{}, {"totalUserCount": None, "userRegistrationFeatureCounts": None}])
def test_empty_report(summary: dict[str, object]) -> None:
    assert registration_from(summary) == Registration()


def test_without_the_permission_nothing_is_asked() -> None:
    session = FakeSession(permissions=ALL_PERMISSIONS - {"AuditLog.Read.All"})
    assert "AuditLog.Read.All" in read_registration(session).problem
    assert session.requests == []


@pytest.mark.parametrize(
    ("error", "words"),
    [
        (ServiceRefused("x", status=403, code="Authentication_RequestFromNonPremiumTenantOrB2CTenant"), "P1"),
        (ServiceRefused("x", status=403, code="AccessDenied"), "403 AccessDenied"),
        # The run may have written already: a report that cannot be read must not turn it into a failure.
        (ConnectionFailed("graph_url: no answer."), "no answer"),
    ],
)
def test_what_keeps_the_counts_from_us_is_part_of_the_answer(error: EntraError, words: str) -> None:
    session = FakeSession(faults=[Fault("GET", REGISTRATION, error)])
    assert words in read_registration(session).problem
