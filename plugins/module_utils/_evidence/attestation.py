# Copyright: (c) 2026, m365.entra contributors
# GNU General Public License v3.0+ (see COPYING or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later

"""What a person vouches for where nothing can be read: who, when, and until when."""

from __future__ import annotations

import typing as t
from dataclasses import dataclass
from datetime import UTC, date, datetime, timedelta

from .._graph.errors import OptionError
from .._reconcile.shape import Json

# East of Greenwich the day begins before that of UTC, by which *today* is told.
_AHEAD = timedelta(days=1)
_MEMBERS = ("attested_by", "attested_on", "valid_until")


@dataclass(frozen=True)
class Attestation:
    """A person's word: *attested_by* looked on *attested_on*, and it counts up to and including *valid_until*."""

    attested_by: str
    attested_on: date
    valid_until: date

    def is_valid(self, today: date) -> bool:
        """Whether it still counts."""
        return today <= self.valid_until

    def to_result(self, today: date) -> Json:
        """The attestation as JSON values."""
        return {
            "attested_by": self.attested_by,
            "attested_on": self.attested_on.isoformat(),
            "valid_until": self.valid_until.isoformat(),
            "is_valid": self.is_valid(today),
        }


def attestation_from(options: t.Mapping[str, t.Any] | None, path: str, today: date) -> Attestation | None:
    """The attestation that the option at *path* holds, or None when there is none.

    Dates are ISO 8601 texts, with or without a time, or what YAML made of them. Raises OptionError that names the
    member which is missing or wrong, for an attestation from the future, and for one that ends before it begins. A time
    with a zone counts as that of UTC; *today* is the date there, and it may be tomorrow already where somebody looked.
    """
    if not options:
        return None
    for name in _MEMBERS:
        if options.get(name) in (None, ""):
            raise OptionError(
                f"{path}.{name} is missing.", remedy=f"An attestation says all of these: {', '.join(_MEMBERS)}."
            )
    attestation = Attestation(
        attested_by=_text(options["attested_by"], f"{path}.attested_by"),
        attested_on=_date(options["attested_on"], f"{path}.attested_on"),
        valid_until=_date(options["valid_until"], f"{path}.valid_until"),
    )
    if attestation.attested_on - today > _AHEAD:
        raise OptionError(
            f"{path}.attested_on: {attestation.attested_on} lies in the future; today is {today}.",
            remedy="Say when somebody looked.",
        )
    if attestation.valid_until < attestation.attested_on:
        raise OptionError(
            f"{path}.valid_until: {attestation.valid_until} lies before {path}.attested_on.",
            remedy="Say until when the attestation counts.",
        )
    return attestation


def _text(value: t.Any, path: str) -> str:
    if not isinstance(value, str) or not value.strip():
        raise OptionError(f"{path}: {value!r} names nobody.", remedy="Say who looked, for example an e-mail address.")
    return value.strip()


def _date(value: t.Any, path: str) -> date:
    if isinstance(value, date) and not isinstance(value, datetime):
        return value
    try:
        return _date_there(value if isinstance(value, datetime) else datetime.fromisoformat(str(value).strip()))
    except (ValueError, OverflowError):
        raise OptionError(f"{path}: {value!r} is not a date.", remedy="Write it as 2026-12-31.") from None


def _date_there(moment: datetime) -> date:
    return (moment.astimezone(UTC) if moment.tzinfo else moment).date()
