# Copyright: (c) 2026, m365.entra contributors
# GNU General Public License v3.0+ (see COPYING or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later
"""Options become a time, or an error that names the option."""

from __future__ import annotations

from datetime import UTC, datetime

import pytest

from ansible_collections.m365.entra.plugins.module_utils._graph.errors import OptionError
from ansible_collections.m365.entra.plugins.module_utils._rollout.observation import observation_from, written

NOW = datetime(2026, 11, 23, 9, 30, 15, 250, tzinfo=UTC)


def observed(**options: object) -> tuple[str, str]:
    """The time that options mean, as Graph writes it."""
    found = observation_from({"days": None, "since": None, "until": None, **options}, NOW)
    assert (
        found.expression == f"createdDateTime ge {written(found.since)} and createdDateTime le {written(found.until)}"
    )
    return written(found.since), written(found.until)


@pytest.mark.parametrize(
    ("options", "since", "until"),
    [
        ({}, "2026-11-16T09:30:15Z", "2026-11-23T09:30:16Z"),
        ({"days": 1}, "2026-11-22T09:30:15Z", "2026-11-23T09:30:16Z"),
        ({"days": 2, "until": "2026-11-10"}, "2026-11-08T00:00:00Z", "2026-11-10T00:00:00Z"),
        ({"since": "2026-11-20"}, "2026-11-20T00:00:00Z", "2026-11-23T09:30:16Z"),
        (
            {"since": "2026-11-20T08:00:00+01:00", "until": "2026-11-20 08:00:00Z"},
            "2026-11-20T07:00:00Z",
            "2026-11-20T08:00:00Z",
        ),
    ],
)
def test_times(options: dict[str, object], since: str, until: str) -> None:
    assert observed(**options) == (since, until)


@pytest.mark.parametrize(
    ("options", "text"),
    [
        ({"days": 0}, r"^days: 0 is not between 1 and 30"),
        ({"days": 31}, r"^days: 31"),
        ({"since": "last week"}, r"^since: 'last week' is no moment"),
        ({"until": "now"}, r"^until: 'now' is no moment"),
        ({"until": "2026-11-24"}, r"^until: 2026-11-24 lies in the future"),
        ({"since": "2026-11-20", "until": "2026-11-20"}, r"^since: it is not before until"),
    ],
)
def test_what_means_no_time(options: dict[str, object], text: str) -> None:
    with pytest.raises(OptionError, match=text):
        observed(**options)


@pytest.mark.parametrize(("since", "forgotten"), [("2026-10-24T09:30:16Z", False), ("2026-10-20", True)])
def test_what_the_service_has_forgotten(since: str, forgotten: bool) -> None:
    options = {"days": None, "since": since, "until": None}
    assert observation_from(options, NOW).begins_before_the_log(NOW) is forgotten
