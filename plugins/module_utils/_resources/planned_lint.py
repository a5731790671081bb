# Copyright: (c) 2026, m365.entra contributors
# GNU General Public License v3.0+ (see COPYING or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later

"""Holds what a plan leads to against the rules of the linter, before anything is written."""

from __future__ import annotations

import typing as t
from dataclasses import dataclass, replace
from datetime import UTC, datetime

from .._directory.directory import Directory
from .._evaluation.planned import planned_locations
from .._graph.errors import GuardRefused
from .._graph.session import Session
from .._linting.finding import Finding
from .._linting.ignoring import Sorted, sort_out
from .._linting.lint import lint
from .._linting.linted_tenant import LintedTenant
from .._linting.new_findings import new_findings
from .._linting.reading import Asked, last_changes, read_tenant, told_groups_left
from .._linting.wanted_lint import WantedLint, told_grave
from .._policy.policy_plan import CurrentPolicy
from .._policy.references import references
from .._reconcile.created import is_key_of_new
from .._reconcile.option_path import prefix_of
from .._reconcile.shape import Json
from .found_by_guards import with_found
from .guard_answer import ALLOWED, guard_answer
from .named_location import NAMED_LOCATION
from .outcome import Outcome
from .planned_policies import current_tenant_in_full, planned_tenant_in_full, with_what_is_kept_back
from .wanted import Wanted

GUARD = "lint"
FINDINGS = "lint_findings"


@dataclass(frozen=True)
class Before:
    """The tenant as it is: its policies, as far as the lane shows them, and whether security defaults are on."""

    policies: tuple[CurrentPolicy, ...]
    security_defaults: bool | None


def check_lint(session: Session, wanted: Wanted, outcome: Outcome, before: Before) -> tuple[Json, ...]:
    """The answer of the guard, with its findings and notes; no answer where the linter is not wanted.

    Raises GuardRefused, with all findings, for one that must not be. Where none could block, a permission that is
    missing keeps the linter from looking, and nothing else.
    """
    asked = wanted.lint
    if asked is None:
        return ()
    try:
        found = _found(session, wanted, asked, with_what_is_kept_back(session, outcome, wanted.api_version), before)
    except GuardRefused as refusal:
        if asked.can_fail:
            raise
        nothing: Json = {FINDINGS: None, "warnings": [f"{asked.option}: nothing was looked at. {refusal.message}"]}
        return (with_found(guard_answer(GUARD, ALLOWED, refusal.message), nothing),)
    result = found.to_result()
    grave = asked.grave(found.counting)
    if grave:
        raise GuardRefused(
            told_grave(grave),
            remedy="lint_findings says what to do about each. One that is accepted stands in lint.ignore, with a "
            "reason. Nothing was written.",
            details={FINDINGS: result[FINDINGS]},
        )
    return (with_found(guard_answer(GUARD, ALLOWED, _told(found.counting)), result),)


def _told(counting: t.Sequence[Finding]) -> str:
    return f"Findings that do not block: {len(counting)}." if counting else ""


@dataclass(frozen=True)
class _Found:
    """Findings of what the plan leads to; *counting* are those that the wanted look is about."""

    sorted: Sorted
    new: tuple[Finding, ...]
    wanted: WantedLint
    notes: tuple[str, ...]

    @property
    def counting(self) -> list[Finding]:
        findings = self.sorted.counting
        return [one for one in findings if one in self.new] if self.wanted.only_new else list(findings)

    def to_result(self) -> Json:
        findings = [{**one.to_result(), "is_new": one in self.new} for one in self.sorted.counting]
        told = [f"{one}. {one.seen.remedy}" for one in self.counting]
        return {FINDINGS: findings, "warnings": [*told, *self.notes]}


def _found(session: Session, wanted: Wanted, asked: WantedLint, outcome: Outcome, before: Before) -> _Found:
    reading = Asked(
        datetime.now(UTC),
        wanted.emergency_users,
        wanted.emergency_groups,
        asked.report_only_days,
        asked.maximum_groups,
    )
    planned = planned_tenant_in_full(outcome)
    current = current_tenant_in_full(before.policies, outcome.preview)
    read = read_tenant(session, [*planned, *current], reading)
    findings = lint(_planned_tenant(read.tenant, planned, outcome))
    left = told_groups_left(read, reading, prefix_of(asked.option))
    sorted_out = sort_out(findings, asked.ignored, reading.now.date())
    return _Found(
        sorted_out,
        tuple(new_findings(findings, lint(_current_tenant(read.tenant, current, before)))),
        asked,
        (*sorted_out.notes, *([left] if left else [])),
    )


def _planned_tenant(read: LintedTenant, policies: list[CurrentPolicy], outcome: Outcome) -> LintedTenant:
    return replace(
        read,
        policies=tuple(policies),
        last_changed=last_changes(policies),
        trusted_locations=_trusted(outcome, read.trusted_locations),
        names={**read.names, **_names_of_new(policies, outcome.directory)},
        security_defaults=_either(outcome.security_defaults, read.security_defaults),
    )


def _current_tenant(read: LintedTenant, policies: list[CurrentPolicy], before: Before) -> LintedTenant:
    return replace(
        read,
        policies=tuple(policies),
        last_changed=last_changes(policies),
        security_defaults=_either(before.security_defaults, read.security_defaults),
    )


def _either(known: bool | None, read: bool | None) -> bool | None:
    return read if known is None else known


def _trusted(outcome: Outcome, now: frozenset[str]) -> frozenset[str]:
    """The named locations that will be trusted; where none is spoken of, those that are."""
    known = outcome.objects.get(NAMED_LOCATION.noun)
    if known is None:
        return now
    plans = [plan for plan in outcome.object_plans if plan.resource == NAMED_LOCATION.noun]
    planned = planned_locations([one for one in known if one.identifier], plans)
    return frozenset(key for key, content in planned.items() if content.get("isTrusted"))


def _names_of_new(policies: list[CurrentPolicy], directory: Directory) -> dict[str, str]:
    mentions = [one for policy in policies for one in references(policy.content) if is_key_of_new(one.value)]
    return {one.value: name for one in mentions if (name := directory.name_of(one.kind, one.value))}
