# Copyright: (c) 2026, m365.entra contributors
# GNU General Public License v3.0+ (see COPYING or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later

"""What a plan brings: findings of what it leads to that the tenant does not have yet."""

from __future__ import annotations

import typing as t

from .._policy.policy_plan import CurrentPolicy
from .finding import SEVERITIES, Finding


def new_findings(planned: t.Iterable[Finding], before: t.Sequence[Finding]) -> list[Finding]:
    """Those of *planned* that *before* does not hold: same rule, severity, setting, policies and words.

    One that a change has only made smaller is not new either: some of its policies are out of it, or some of what it
    is about.
    """
    return [one for one in planned if not any(_was_there(one, other) for other in before)]


def _was_there(one: Finding, other: Finding) -> bool:
    if (one.rule, one.seen.path) != (other.rule, other.seen.path):
        return False
    if one.seen.about or other.seen.about:
        return _is_no_graver(one, other) and one.seen.about <= other.seen.about and _concerned(one) <= _concerned(other)
    if one.seen.severity != other.seen.severity:
        return False
    same = one.seen.text == other.seen.text and _concerned(one) == _concerned(other)
    return same or _concerned(one) < _concerned(other)


def _is_no_graver(one: Finding, other: Finding) -> bool:
    return SEVERITIES.index(one.seen.severity) >= SEVERITIES.index(other.seen.severity)


def _concerned(finding: Finding) -> frozenset[tuple[str, str]]:
    return frozenset(_key(policy) for policy in finding.seen.policies)


def _key(policy: CurrentPolicy) -> tuple[str, str]:
    """A policy has one name before the change and another one after it, but one id; a new one has only a name."""
    return (policy.identifier, "" if policy.identifier else policy.name)
