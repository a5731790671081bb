# Copyright: (c) 2026, m365.entra contributors
# GNU General Public License v3.0+ (see COPYING or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later
"""Verdicts: false is never talked away, and unknown is never taken for true."""

from __future__ import annotations

import typing as t
from datetime import date

import pytest
from hypothesis import given
from hypothesis import strategies as st

from ansible_collections.m365.entra.plugins.module_utils._evidence.attestation import Attestation
from ansible_collections.m365.entra.plugins.module_utils._evidence.compliance import (
    Answer,
    compliance_result,
    overall,
    sentence,
    sentences,
    with_attestation,
)

TODAY = date(2026, 11, 23)
VALID = Attestation("kim", date(2026, 11, 1), date(2026, 11, 23))
EXPIRED = Attestation("kim", date(2026, 10, 1), date(2026, 11, 22))
VERDICTS = st.sampled_from([True, False, None])


def answers(*verdicts: bool | None) -> list[Answer]:
    return [Answer(str(number), 1, compliant=verdict) for number, verdict in enumerate(verdicts)]


@pytest.mark.parametrize(
    ("verdicts", "expected"),
    [
        ((), None),
        ((True,), True),
        ((True, True), True),
        ((True, None), None),
        ((None, False, True), False),
    ],
)
def test_overall(verdicts: tuple[bool | None, ...], expected: bool | None) -> None:
    assert overall(answers(*verdicts)) is expected


@pytest.mark.parametrize(("verdict", "expected"), [(True, True), (False, False), (None, "unknown")])
def test_verdicts_as_json(verdict: bool | None, expected: t.Any) -> None:
    assert compliance_result(verdict) == expected
    assert Answer("a", 1, compliant=verdict).to_result()["compliant"] == expected


@given(st.lists(VERDICTS, min_size=1), st.sampled_from([None, VALID, EXPIRED]))
def test_attestations_decide_only_what_is_unknown(verdicts: list[bool | None], attestation: Attestation | None) -> None:
    before = answers(*verdicts)
    after = with_attestation(before, attestation, TODAY)
    filled = True if attestation is VALID else None
    assert [one.compliant for one in after] == [filled if one is None else one for one in verdicts]
    assert [new for old, new in zip(before, after, strict=True) if old.compliant is not None] == [
        old for old in before if old.compliant is not None
    ]
    assert (overall(after) is False) == (False in verdicts)


def test_a_valid_attestation_is_the_source() -> None:
    (answer,) = with_attestation([Answer("a", 1, note="Unreadable.")], VALID, TODAY)
    assert answer == Answer("a", 1, None, True, "attestation of kim of 2026-11-01 until 2026-11-23", "Unreadable.")


def test_an_expired_attestation_says_so() -> None:
    (answer,) = with_attestation([Answer("a", 1, note="Unreadable.")], EXPIRED, TODAY)
    assert answer == Answer("a", 1, note="Unreadable. The attestation of kim expired on 2026-11-22.")


def test_sentences() -> None:
    assert sentences("", "One.", "", "Two.") == "One. Two."
    assert sentence("the report is away") == "The report is away."
    assert sentence("") == ""
