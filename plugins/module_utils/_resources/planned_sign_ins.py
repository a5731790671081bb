# Copyright: (c) 2026, m365.entra contributors
# GNU General Public License v3.0+ (see COPYING or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later

"""Holds what a plan leads to against tests of sign-ins, before anything is written."""

from __future__ import annotations

import typing as t
from dataclasses import dataclass

from .._directory.directory import Directory
from .._evaluation.evaluated_policy import EvaluatedPolicy, of_plan
from .._evaluation.reading import Known, control_names_in, read_facts
from .._evaluation.run_tests import SignInResult, run_tests
from .._evaluation.tests_result import told_failures, verdict_of
from .._evaluation.wanted_tests import WantedTests
from .._graph.errors import GuardRefused
from .._graph.session import Session
from .._reconcile.shape import Json
from .._rollout.rollout_result import RolledOut
from .._rollout.stages import SHADOWED
from .found_by_guards import with_found
from .guard_answer import ALLOWED, guard_answer
from .outcome import Outcome
from .planned_in_full import planned_in_full, planned_places
from .planned_policies import with_what_is_kept_back
from .wanted import Wanted

GUARD = "sign_in_tests"
NOTHING_CHANGES = "Nothing is to be done."

_STRENGTH = "authentication_strength_policy"


def check_sign_ins(session: Session, wanted: Wanted, outcome: Outcome) -> tuple[Json, ...]:
    """The answer of the guard, with what becomes of each sign-in; no answer where no test is wanted.

    Raises GuardRefused, with all results, when a sign-in does not become what is expected and that is to stop the run.
    Where failures are only reported, a permission that is missing keeps tests from being run, and nothing else.
    """
    tests = wanted.sign_in_tests
    if tests is None:
        return ()
    try:
        results = _results(session, tests, with_what_is_kept_back(session, outcome, wanted.api_version))
    except GuardRefused as refusal:
        if tests.fails:
            raise
        return (with_found(guard_answer(GUARD, ALLOWED, refusal.message), were_not_run(refusal.message)),)
    found, failures = _were_run(results), told_failures([one.result for one in results])
    if failures and tests.fails:
        raise GuardRefused(
            failures,
            remedy="Change what is wanted or what is expected, or say on_failure: report in sign_in_tests. "
            "sign_in_tests says of every policy why it applies or not. Nothing was written.",
            details={GUARD: found},
        )
    return (with_found(guard_answer(GUARD, ALLOWED, failures), found),)


def were_not_run(reason: str) -> Json:
    """What is told of tests that were not run."""
    return {"were_run": False, "reason": reason, "passed": None, "failed_sign_ins": [], "sign_ins": []}


@dataclass(frozen=True)
class _Compared:
    """What becomes of a sign-in under the plan, and once the changes that twins show are enforced, None without any."""

    result: SignInResult
    swapped: SignInResult | None

    def to_result(self) -> Json:
        return {**self.result.to_result(), "after_swap": self._difference()}

    def _difference(self) -> Json | None:
        """What ends differently after the swap, None where nothing does."""
        if self.swapped is None:
            return None
        now, then = (one.to_result() for one in (self.result, self.swapped))
        told = ("outcome", "controls", "blocked_by", "session_controls", "passed", "failures")
        return None if all(now[name] == then[name] for name in told) else {name: then[name] for name in told}


def _were_run(results: list[_Compared]) -> Json:
    return {
        "were_run": True,
        "reason": None,
        **verdict_of([one.result for one in results]),
        "sign_ins": [one.to_result() for one in results],
    }


def swapped_policies(policies: list[EvaluatedPolicy], rollouts: t.Iterable[RolledOut]) -> list[EvaluatedPolicy]:
    """*policies* once every change that a twin shows is enforced; the same where no twin shows one."""
    shadowed = [one.stage.promoted for one in rollouts if one.stage.name == SHADOWED and one.stage.promoted]
    swapped = {plan.key: policy for plan in shadowed if (policy := of_plan(plan))}
    return [swapped.get(policy.key, policy) for policy in policies]


def _results(session: Session, tests: WantedTests, outcome: Outcome) -> list[_Compared]:
    policies = planned_in_full(outcome)
    swapped = swapped_policies(policies, outcome.rollouts)
    known = Known(
        directory=outcome.directory,
        locations=planned_places(outcome),
        mfa_trusted_ips=tests.mfa_trusted_ips,
        control_names={
            **control_names_in(policy.raw for policy in outcome.policies or ()),
            **_names_of_strengths(outcome.directory, [*policies, *swapped]),
        },
    )
    facts = read_facts(session, tests.tests, [*policies, *swapped], known)
    results = run_tests(tests.tests, policies, facts, include_report_only=tests.include_report_only)
    if swapped == policies:
        return [_Compared(one, None) for one in results]
    after = run_tests(tests.tests, swapped, facts, include_report_only=tests.include_report_only)
    return [_Compared(one, then) for one, then in zip(results, after, strict=True)]


def _names_of_strengths(directory: Directory, policies: list[EvaluatedPolicy]) -> dict[str, str]:
    """The names of authentication strengths as far as this run looked them up, or makes them."""
    named = {str(policy.view.grant.get("authenticationStrength") or "") for policy in policies}
    return {one: name for one in named if one and (name := directory.name_of(_STRENGTH, one))}
