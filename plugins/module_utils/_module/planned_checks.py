# Copyright: (c) 2026, m365.entra contributors
# GNU General Public License v3.0+ (see COPYING or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later

"""Tests of sign-ins and the linter around a plan: what is wanted of them, and what they found."""

from __future__ import annotations

import typing as t
from dataclasses import replace

from .._evaluation.sign_in_test import mentions_of
from .._evaluation.tests_result import failures_by_name
from .._evaluation.wanted_tests import wanted_tests
from .._linting.wanted_lint import wanted_lint
from .._reconcile.shape import Json
from .._resources.found_by_guards import found_by
from .._resources.outcome import Outcome
from .._resources.planned_lint import FINDINGS
from .._resources.planned_sign_ins import NOTHING_CHANGES, were_not_run
from .._resources.wanted import Wanted
from .._spec.planned_check_options import LINT, SIGN_IN_TESTS


def with_checks(wanted: Wanted, given: t.Mapping[str, t.Any]) -> Wanted:
    """*wanted* with what the options sign_in_tests and lint say. Raises OptionError."""
    options = given.get(SIGN_IN_TESTS)
    tests = None if options is None else wanted_tests(options, SIGN_IN_TESTS)
    named = mentions_of(tests.tests) if tests else ()
    return replace(
        wanted,
        sign_in_tests=tests,
        lint=None if given.get(LINT) is None else wanted_lint(given[LINT], LINT),
        looked_at=(*wanted.looked_at, *named),
    )


def check_results(given: t.Mapping[str, t.Any], outcome: Outcome) -> Json:
    """What was found, by the names that results have for it, as far as it was asked for."""
    results: Json = {}
    if given.get(SIGN_IN_TESTS) is not None:
        results[SIGN_IN_TESTS] = found_by(outcome.guards, SIGN_IN_TESTS) or were_not_run(NOTHING_CHANGES)
    if given.get(LINT) is not None:
        results[FINDINGS] = (found_by(outcome.guards, LINT) or {}).get(FINDINGS)
    return results


def check_warnings(outcome: Outcome) -> list[str]:
    """What tests and the linter found that did not block."""
    tests = found_by(outcome.guards, SIGN_IN_TESTS)
    return [*(_about_tests(tests) if tests else []), *(found_by(outcome.guards, LINT) or {}).get("warnings", [])]


def _about_tests(tests: Json) -> list[str]:
    if not tests["were_run"]:
        return [f"The sign-ins were not tested. {tests['reason']}"]
    failures = [told for one in tests["sign_ins"] for told in failures_by_name(one["name"], one["failures"])]
    return [f"A sign-in does not become what is expected: {failure}." for failure in failures]
