# Copyright: (c) 2026, m365.entra contributors
# GNU General Public License v3.0+ (see COPYING or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later
"""A person's word: who, when, until when - and what cannot be meant."""

from __future__ import annotations

import typing as t
from datetime import date, datetime, timedelta, timezone

import pytest
from hypothesis import given
from hypothesis import strategies as st

from ansible_collections.m365.entra.plugins.module_utils._evidence.attestation import Attestation, attestation_from
from ansible_collections.m365.entra.plugins.module_utils._graph.errors import OptionError

TODAY = date(2026, 11, 23)
PATH = "self_service_password_reset.attestation"
GIVEN = {"attested_by": "kim@contoso.example", "attested_on": "2026-11-01", "valid_until": "2027-11-01"}
READ = Attestation("kim@contoso.example", date(2026, 11, 1), date(2027, 11, 1))


@pytest.mark.parametrize("nothing", [None, {}])
def test_without_options_there_is_none(nothing: dict[str, t.Any] | None) -> None:
    assert attestation_from(nothing, PATH, TODAY) is None


@pytest.mark.parametrize(
    "attested_on",
    [
        "2026-11-01",
        " 2026-11-01 ",
        "2026-11-01T08:30:00",
        "2026-11-01 08:30:00",
        "2026-11-01T08:30:00Z",
        "2026-11-01T08:30:00+02:00",
        date(2026, 11, 1),
        datetime(2026, 11, 1, 8, 30),
        datetime(2026, 11, 1, 8, 30, tzinfo=timezone(timedelta(hours=2))),
    ],
)
def test_dates_as_people_and_yaml_write_them(attested_on: t.Any) -> None:
    assert attestation_from({**GIVEN, "attested_on": attested_on}, PATH, TODAY) == READ


@pytest.mark.parametrize(
    ("changes", "named", "words"),
    [
        ({"attested_by": None}, "attested_by", "missing"),
        ({"valid_until": ""}, "valid_until", "missing"),
        ({"attested_by": "  "}, "attested_by", "nobody"),
        ({"attested_by": 7}, "attested_by", "nobody"),
        ({"attested_on": "yesterday"}, "attested_on", "not a date"),
        ({"attested_on": True}, "attested_on", "not a date"),
        ({"valid_until": "2026-13-01"}, "valid_until", "not a date"),
        ({"attested_on": "2026-11-25"}, "attested_on", "future"),
        ({"attested_on": "2026-11-24T23:00:00-02:00"}, "attested_on", "future"),
        ({"valid_until": "9999-12-31T23:00:00-02:00"}, "valid_until", "not a date"),
        ({"valid_until": "2026-10-31"}, "valid_until", "before"),
    ],
)
def test_what_cannot_be_meant_is_named(changes: dict[str, t.Any], named: str, words: str) -> None:
    with pytest.raises(OptionError) as caught:
        attestation_from({**GIVEN, **changes}, PATH, TODAY)
    assert caught.value.message.startswith(f"{PATH}.{named}")
    assert words in caught.value.message
    assert caught.value.remedy


@pytest.mark.parametrize(
    ("written", "day"),
    [
        ("2026-11-20T23:30:00-02:00", 21),
        ("2026-11-20T00:30:00+02:00", 19),
        ("2026-11-20T23:30:00", 20),
        (datetime(2026, 11, 20, 23, 30, tzinfo=timezone(timedelta(hours=-2))), 21),
        (datetime(2026, 11, 20, 0, 30, tzinfo=timezone(timedelta(hours=2))), 19),
        (datetime(2026, 11, 20, 23, 30), 20),
    ],
)
def test_a_time_with_a_zone_is_that_of_utc(written: t.Any, day: int) -> None:
    attestation = attestation_from({**GIVEN, "attested_on": written, "valid_until": written}, PATH, TODAY)
    assert attestation == Attestation("kim@contoso.example", date(2026, 11, day), date(2026, 11, day))


def test_it_may_be_tomorrow_already_where_somebody_looked() -> None:
    attestation = attestation_from({**GIVEN, "attested_on": "2026-11-24"}, PATH, TODAY)
    assert attestation is not None
    assert attestation.attested_on == date(2026, 11, 24)
    assert attestation.is_valid(TODAY)


def test_a_member_that_is_left_out_is_missing() -> None:
    with pytest.raises(OptionError, match="valid_until is missing"):
        attestation_from({"attested_by": "kim", "attested_on": "2026-11-01"}, PATH, TODAY)


@pytest.mark.parametrize(("day", "valid"), [("2026-11-22", True), ("2026-11-23", True), ("2026-11-24", False)])
def test_it_counts_up_to_its_last_day(day: str, valid: bool) -> None:
    attestation = Attestation("kim", date(2026, 1, 1), TODAY)
    assert attestation.is_valid(date.fromisoformat(day)) is valid
    assert attestation.to_result(date.fromisoformat(day)) == {
        "attested_by": "kim",
        "attested_on": "2026-01-01",
        "valid_until": "2026-11-23",
        "is_valid": valid,
    }


@given(on=st.dates(max_value=TODAY), until=st.dates())
def test_whatever_is_read_holds_together(on: date, until: date) -> None:
    options = {"attested_by": "kim", "attested_on": on.isoformat(), "valid_until": until.isoformat()}
    if until < on:
        with pytest.raises(OptionError, match="before"):
            attestation_from(options, PATH, TODAY)
        return
    attestation = attestation_from(options, PATH, TODAY)
    assert attestation == Attestation("kim", on, until)
    assert attestation.is_valid(TODAY) == (until >= TODAY)
