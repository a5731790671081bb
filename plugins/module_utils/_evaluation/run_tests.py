# Copyright: (c) 2026, m365.entra contributors
# GNU General Public License v3.0+ (see COPYING or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later

"""Runs tests of sign-ins against policies, those that a tenant has or those that a plan will leave there: pure."""

from __future__ import annotations

import typing as t
from dataclasses import dataclass, replace

from .._policy.vocabulary import OPTION_BY_STATE
from .._reconcile.created import is_key_of_new
from .._reconcile.shape import Json
from .controls import clause_texts
from .evaluated_policy import EvaluatedPolicy
from .evaluation import Evaluation, Outcome, evaluate
from .facts import DirectoryFacts
from .failures import failures_of
from .sign_in_test import SignInTest, described
from .verdict import Verdict

WORDS = {True: "yes", False: "no", None: "unknown"}


@dataclass(frozen=True)
class ServiceAnswer:
    """What the service's own evaluation said: the names of the policies that apply, and where it differs from ours."""

    policies_apply: tuple[str, ...]
    differences: tuple[str, ...] = ()


@dataclass(frozen=True)
class SignInResult:
    """What became of one test; *failures* say how it differs from what was expected, by option path."""

    test: SignInTest
    evaluation: Evaluation
    outcome: Outcome
    failures: tuple[str, ...]
    names: t.Mapping[str, str]
    service: ServiceAnswer | None = None

    @property
    def passed(self) -> bool | None:
        """Whether all was as expected; None where nothing was expected and the service was not asked."""
        if self.failures:
            return False
        return None if self.test.expectation is None and self.service is None else True

    def compared(self, service: ServiceAnswer) -> SignInResult:
        """The same result with the *service*'s answer, whose differences are failures."""
        differences = tuple(f"{self.test.option}: {one}" for one in service.differences)
        return replace(self, service=service, failures=(*self.failures, *differences))

    def to_result(self) -> Json:
        """The result as tasks return it."""
        outcome = self.outcome
        result: Json = {
            "name": self.test.name,
            "passed": self.passed,
            "failures": list(self.failures),
            "outcome": outcome.kind,
            "controls": clause_texts(outcome.controls, self.names),
            "blocked_by": [policy.name for policy in outcome.blocked_by],
            "session_controls": [
                {"policy": policy.name, **_session(found)} for policy, found in outcome.session_controls
            ],
            "undecided": [policy.name for policy in outcome.undecided],
            "missing": list(outcome.missing),
            "policies": [_verdict(one) for one in self.evaluation.verdicts],
        }
        if self.service is not None:
            result["service"] = {
                "policies_apply": list(self.service.policies_apply),
                "agrees": not self.service.differences,
            }
        return result


def run_tests(
    tests: t.Iterable[SignInTest],
    policies: t.Sequence[EvaluatedPolicy],
    facts: DirectoryFacts,
    *,
    include_report_only: bool = False,
) -> list[SignInResult]:
    """Evaluate every test against *policies*; with *include_report_only* as if report-only ones were enforced.

    *facts* must hold whatever people_of names. Raises KeyError for what it does not.
    """
    return [_run(test, policies, facts, include_report_only) for test in tests]


def _run(
    test: SignInTest, policies: t.Sequence[EvaluatedPolicy], facts: DirectoryFacts, include_report_only: bool
) -> SignInResult:
    evaluation = evaluate(policies, described(test, facts), facts.locations)
    outcome = evaluation.outcome_if_enforced if include_report_only else evaluation.outcome
    failures = failures_of(test, evaluation, outcome, facts.control_names)
    return SignInResult(test, evaluation, outcome, tuple(failures), facts.control_names)


def _session(controls: Json) -> Json:
    return {"session_controls": sorted(name for name, value in controls.items() if value)}


def _verdict(verdict: Verdict) -> Json:
    policy = verdict.policy
    return {
        "display_name": policy.name,
        "id": None if is_key_of_new(policy.key) else policy.key,
        "policy_state": OPTION_BY_STATE.get(policy.state, policy.state),
        "applies": WORDS[verdict.applies.value],
        "reason": verdict.reason,
        "missing": sorted(verdict.applies.missing),
    }
