# Copyright: (c) 2026, m365.entra contributors
# GNU General Public License v3.0+ (see COPYING or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later

"""What a linter finds: how grave it is, which policies it concerns, why it matters and what to do."""

from __future__ import annotations

import typing as t
from dataclasses import dataclass

from .._policy.policy_plan import CurrentPolicy
from .._reconcile.shape import Json

ERROR = "error"
WARNING = "warning"
INFORMATION = "information"
# The gravest first.
SEVERITIES = (ERROR, WARNING, INFORMATION)


@dataclass(frozen=True)
class Observation:
    """What a rule sees. *path* is the option it concerns, empty where it is about the policies as a whole.

    *about* is what the text names or counts, where a change can make that more or less; empty for all others.
    """

    severity: str
    text: str
    remedy: str
    policies: tuple[CurrentPolicy, ...] = ()
    path: str = ""
    about: frozenset[str] = frozenset()


@dataclass(frozen=True)
class Finding:
    """An observation and the name of the *rule* that made it."""

    rule: str
    seen: Observation

    @property
    def names(self) -> tuple[str, ...]:
        """The names of the policies it concerns."""
        return tuple(policy.name for policy in self.seen.policies)

    def concerns(self, policy: str) -> bool:
        """Whether *policy* is the name or the id of one of them."""
        return any(policy == one.name or policy.lower() == one.identifier for one in self.seen.policies)

    def to_result(self) -> Json:
        """The finding as JSON values."""
        return {
            "rule": self.rule,
            "severity": self.seen.severity,
            "policies": list(self.names),
            "policy_ids": [policy.identifier or None for policy in self.seen.policies],
            "path": self.seen.path or None,
            "text": self.seen.text,
            "remedy": self.seen.remedy,
        }

    def __str__(self) -> str:
        whose = ", ".join(repr(name) for name in self.names)
        where = " ".join(part for part in (whose, self.seen.path) if part)
        return f"{self.rule}: {where}{': ' if where else ''}{self.seen.text}"


def in_order(findings: t.Iterable[Finding]) -> list[Finding]:
    """*findings*, the gravest first."""
    return sorted(findings, key=lambda one: (SEVERITIES.index(one.seen.severity), one.rule, one.names, one.seen.path))


def at_least(findings: t.Iterable[Finding], severity: str) -> list[Finding]:
    """Those of *findings* that are as grave as *severity* or graver."""
    grave = SEVERITIES[: SEVERITIES.index(severity) + 1]
    return [one for one in findings if one.seen.severity in grave]
