# Copyright: (c) 2026, m365.entra contributors
# GNU General Public License v3.0+ (see COPYING or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later

"""What is known of each wanted setting, and what that amounts to: true, false, or unknown - never a guess."""

from __future__ import annotations

import typing as t
from dataclasses import dataclass, replace
from datetime import date

from .._reconcile.shape import Json
from .attestation import Attestation

UNKNOWN = "unknown"


@dataclass(frozen=True)
class Answer:
    """What is known of one setting: the *option*, the value that is *wanted*, and the one *found*, if any.

    *compliant* is None where nobody can tell. *source* says what the answer rests on, *note* what a reader should know.
    """

    option: str
    wanted: t.Any
    found: t.Any = None
    compliant: bool | None = None
    source: str = ""
    note: str = ""

    def to_result(self) -> Json:
        """The answer as JSON values."""
        return {
            "option": self.option,
            "wanted": self.wanted,
            "found": self.found,
            "compliant": compliance_result(self.compliant),
            "source": self.source,
            "note": self.note,
        }


def compliance_result(compliant: bool | None) -> bool | str:
    """The verdict as a JSON value: true, false, or the text ``unknown``."""
    return UNKNOWN if compliant is None else compliant


def overall(answers: t.Sequence[Answer]) -> bool | None:
    """False if any answer is, else unknown if any is, else True; where nothing was judged nothing is known."""
    verdicts = [answer.compliant for answer in answers]
    if False in verdicts:
        return False
    return None if None in verdicts or not verdicts else True


def with_attestation(answers: t.Iterable[Answer], attestation: Attestation | None, today: date) -> list[Answer]:
    """*answers* with the person's word where nothing else is known. It never overrules what was read.

    An expired attestation changes nothing but the note, which says so.
    """
    return [_attested(answer, attestation, today) for answer in answers]


def _attested(answer: Answer, attestation: Attestation | None, today: date) -> Answer:
    if attestation is None or answer.compliant is not None:
        return answer
    if not attestation.is_valid(today):
        expired = f"The attestation of {attestation.attested_by} expired on {attestation.valid_until}."
        return replace(answer, note=sentences(answer.note, expired))
    source = f"attestation of {attestation.attested_by} of {attestation.attested_on} until {attestation.valid_until}"
    return replace(answer, compliant=True, source=source)


def sentences(*texts: str) -> str:
    """The texts that are not empty, one after the other."""
    return " ".join(text for text in texts if text)


def sentence(problem: str) -> str:
    """A problem as a sentence of its own; nothing for none."""
    return f"{problem[:1].upper()}{problem[1:]}." if problem else ""
