# Copyright: (c) 2026, m365.entra contributors
# GNU General Public License v3.0+ (see COPYING or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later
"""Password resets in the audit log."""

from __future__ import annotations

import typing as t

import pytest

from ansible_collections.m365.entra.plugins.module_utils._evidence.reset_activity import (
    PATH,
    ResetActivity,
    activity_from,
    read_activity,
)
from ansible_collections.m365.entra.plugins.module_utils._graph.errors import ConnectionFailed
from ansible_collections.m365.entra.tests.unit.plugins.module_utils._evidence.evidence_session import EvidenceSession


def entry(activity: str, day: int = 1, result: str = "success") -> dict[str, t.Any]:
    return {"activityDisplayName": activity, "result": result, "activityDateTime": f"2026-11-{day:02}T08:00:00Z"}


def test_what_succeeded_is_counted_without_case() -> None:
    rows = [
        entry("Reset password (self-service)", 3),
        entry("reset password (Self-Service)", 9),
        entry("Reset password (self-service)", 20, "failure"),
        entry("Self-service password reset flow activity progress", 21),
        entry("User registered for self-service password reset", 2),
        {"activityDisplayName": None, "result": None},
    ]
    found = activity_from({"value": rows})
    assert found == ResetActivity(2, 1, "2026-11-09T08:00:00Z")
    assert found.to_result()["latest_reset"] == "2026-11-09T08:00:00Z"


def test_an_empty_log() -> None:
    found = activity_from({"value": []}).to_result()
    assert found == {"resets": 0, "registrations": 0, "latest_reset": None, "is_complete": True}


def test_one_page_is_read_and_more_is_told() -> None:
    session = EvidenceSession({PATH: {"value": [], "@odata.nextLink": "https://graph.example/next"}})
    assert read_activity(session).value == ResetActivity(is_complete=False)
    assert session.reads == [PATH]
    assert session.queries == [{"filter": "loggedByService eq 'Self-service Password Management'", "top": "200"}]


def test_an_answer_without_a_list_is_no_empty_log() -> None:
    with pytest.raises(ConnectionFailed, match="no list"):
        activity_from({})
    assert "no list" in read_activity(EvidenceSession({PATH: {"error": 1}})).problem
    assert "no object" in read_activity(EvidenceSession({PATH: {"value": ["reset"]}})).problem
