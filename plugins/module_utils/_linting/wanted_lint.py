# Copyright: (c) 2026, m365.entra contributors
# GNU General Public License v3.0+ (see COPYING or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later

"""How somebody wants policies to be linted: what counts as forgotten, what is accepted, and what must not be."""

from __future__ import annotations

import typing as t
from dataclasses import dataclass

from .._graph.errors import OptionError
from .._reconcile.option_path import prefix_of
from .finding import Finding, at_least
from .ignoring import Ignored, ignored_from
from .linted_tenant import DEFAULT_REPORT_ONLY_DAYS

NEVER = "never"
DEFAULT_MAXIMUM_GROUPS = 100

_LEAST = {"report_only_days": 1, "maximum_groups": 0}
_DEFAULTS = {"report_only_days": DEFAULT_REPORT_ONLY_DAYS, "maximum_groups": DEFAULT_MAXIMUM_GROUPS}


@dataclass(frozen=True)
class WantedLint:
    """What is *ignored*, and from which severity on a finding must not be (*fail_on*, or NEVER).

    *option* is the path that messages begin with. With *only_new*, where policies are planned, only what the plan
    brings counts.
    """

    report_only_days: int = DEFAULT_REPORT_ONLY_DAYS
    maximum_groups: int = DEFAULT_MAXIMUM_GROUPS
    ignored: tuple[Ignored, ...] = ()
    fail_on: str = NEVER
    only_new: bool = True
    option: str = ""

    @property
    def can_fail(self) -> bool:
        """Whether any finding could be one that must not be."""
        return self.fail_on != NEVER

    def grave(self, findings: t.Iterable[Finding]) -> list[Finding]:
        """Those of *findings* that must not be."""
        return at_least(findings, self.fail_on) if self.can_fail else []


def wanted_lint(options: t.Mapping[str, t.Any], option: str = "") -> WantedLint:
    """What *options* mean, which stand at the path *option*. Raises OptionError for what cannot be meant."""
    prefix = prefix_of(option)
    return WantedLint(
        _number(options, "report_only_days", prefix),
        _number(options, "maximum_groups", prefix),
        ignored_from(options.get("ignore"), f"{prefix}ignore"),
        options.get("fail_on") or NEVER,
        options.get("only_new") is not False,
        option,
    )


def _number(options: t.Mapping[str, t.Any], name: str, prefix: str) -> int:
    given = options.get(name)
    number = _DEFAULTS[name] if given is None else int(given)
    if number < _LEAST[name]:
        raise OptionError(f"{prefix}{name}: {number} is too small.", remedy=f"Give {_LEAST[name]} or more.")
    return number


def told_grave(grave: t.Sequence[Finding]) -> str:
    """Findings that must not be, in one sentence."""
    return f"{len(grave)} findings must not be: " + "; ".join(map(str, grave)) + "."
