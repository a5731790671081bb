# Copyright: (c) 2026, m365.entra contributors
# GNU General Public License v3.0+ (see COPYING or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later

"""Findings that somebody has looked at and accepts, for a reason and until a day."""

from __future__ import annotations

import typing as t
from dataclasses import dataclass
from datetime import date

from .._graph.errors import OptionError
from .._reconcile.shape import Json
from .finding import Finding
from .lint import RULES


@dataclass(frozen=True)
class Ignored:
    """Findings of a *rule* that do not count: those of one *policy* (name or id), or all where it is None.

    They count again after the day *until*. *option* is the path that says so.
    """

    rule: str
    reason: str
    policy: str | None
    until: date | None
    option: str

    def is_expired(self, today: date) -> bool:
        """Whether its findings count again."""
        return self.until is not None and today > self.until

    def means(self, finding: Finding) -> bool:
        """Whether it is about *finding*."""
        return self.rule == finding.rule and (self.policy is None or finding.concerns(self.policy))

    def result_of(self, finding: Finding) -> Json:
        """An ignored finding as JSON values, with why and until when."""
        return {**finding.to_result(), "reason": self.reason, "until": self.until.isoformat() if self.until else None}


@dataclass(frozen=True)
class Sorted:
    """Findings that count, and those that somebody ignores; *notes* say which entries have no effect any more."""

    counting: tuple[Finding, ...]
    ignored: tuple[tuple[Finding, Ignored], ...]
    notes: tuple[str, ...]


def ignored_from(entries: t.Sequence[t.Mapping[str, t.Any]] | None, option: str = "ignore") -> tuple[Ignored, ...]:
    """The entries of the option. Raises OptionError for a rule that does not exist, no reason, or no date."""
    return tuple(_ignored(entry, f"{option}[{index}]") for index, entry in enumerate(entries or ()))


def _ignored(entry: t.Mapping[str, t.Any], option: str) -> Ignored:
    rule, reason = entry["rule"], (entry["reason"] or "").strip()
    if rule not in RULES:
        raise OptionError(f"{option}.rule: no rule is named {rule!r}.", remedy=f"The rules are {', '.join(RULES)}.")
    if not reason:
        raise OptionError(f"{option}.reason is empty.", remedy="Say why the finding is accepted.")
    return Ignored(rule, reason, entry.get("policy") or None, _day(entry.get("until"), f"{option}.until"), option)


def _day(value: str | None, option: str) -> date | None:
    if not value:
        return None
    try:
        return date.fromisoformat(value)
    except ValueError:
        raise OptionError(f"{option}: {value!r} is no date.", remedy="Write it as 2026-12-31.") from None


def sort_out(findings: t.Sequence[Finding], entries: t.Sequence[Ignored], today: date) -> Sorted:
    """Which of *findings* count. An entry that has expired counts for nothing and is named where it still matters."""
    valid = [entry for entry in entries if not entry.is_expired(today)]
    by_entry = [(finding, next((entry for entry in valid if entry.means(finding)), None)) for finding in findings]
    return Sorted(
        tuple(finding for finding, entry in by_entry if entry is None),
        tuple((finding, entry) for finding, entry in by_entry if entry is not None),
        tuple(note for entry in entries if (note := _note(entry, findings, today))),
    )


def _note(entry: Ignored, findings: t.Sequence[Finding], today: date) -> str:
    means_some = any(entry.means(finding) for finding in findings)
    if not means_some:
        return f"{entry.option}: there is no such finding (any more); remove the entry."
    if entry.is_expired(today):
        return f"{entry.option}: it has ended on {entry.until}; its findings count again."
    return ""
