# Copyright: (c) 2026, m365.entra contributors
# GNU General Public License v3.0+ (see COPYING or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later

"""What a plan brings: findings of what it leads to that the tenant does not have yet."""

from __future__ import annotations

import typing as t

from .._policy.policy_plan import CurrentPolicy
from .finding import Finding


def new_findings(planned: t.Iterable[Finding], before: t.Sequence[Finding]) -> list[Finding]:
    """Those of *planned* that *before* does not hold: same rule, severity, setting, policies and words.

    One that a change has only made smaller, because some of its policies are out of it, is not new either.
    """
    return [one for one in planned if not any(_is_same(one, other) or _is_part(one, other) for other in before)]


def _is_same(one: Finding, other: Finding) -> bool:
    same_kind = (one.rule, one.seen.severity, one.seen.path) == (other.rule, other.seen.severity, other.seen.path)
    return same_kind and one.seen.text == other.seen.text and _concerned(one) == _concerned(other)


def _is_part(one: Finding, other: Finding) -> bool:
    same_kind = (one.rule, one.seen.severity, one.seen.path) == (other.rule, other.seen.severity, other.seen.path)
    return same_kind and _concerned(one) < _concerned(other)


def _concerned(finding: Finding) -> frozenset[tuple[str, str]]:
    return frozenset(_key(policy) for policy in finding.seen.policies)


def _key(policy: CurrentPolicy) -> tuple[str, str]:
    """A policy has one name before the change and another one after it, but one id; a new one has only a name."""
    return (policy.identifier, "" if policy.identifier else policy.name)
