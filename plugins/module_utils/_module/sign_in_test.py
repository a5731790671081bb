# Copyright: (c) 2026, m365.entra contributors
# GNU General Public License v3.0+ (see COPYING or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later

"""The body of sign_in_test: what becomes of sign-ins under a tenant's policies. It changes nothing."""

from __future__ import annotations

import typing as t

from .._evaluation.asking_service import ask_service
from .._evaluation.evaluated_policy import of_current
from .._evaluation.reading import Known, control_names_in, read_facts
from .._evaluation.run_tests import SignInResult, run_tests
from .._evaluation.sign_in_test import described
from .._evaluation.tests_result import told_failures, verdict_of
from .._evaluation.wanted_tests import refuse_described_users, wanted_tests
from .._graph.api_versions import API_VERSIONS, V1
from .._graph.errors import EntraError
from .._guard.permissions import READ_POLICIES, require_permissions
from .._resources.whole_policies import read_whole_policies
from .._spec.argument_spec import ArgumentSpec
from .._spec.protocol import MakeSession, ModuleProtocol
from .._spec.sign_in_options import sign_in_test_options

SPEC = ArgumentSpec(
    {
        **sign_in_test_options(),
        "live": {"type": "bool", "default": False},
        "api_version": {"type": "str", "choices": list(API_VERSIONS), "default": V1},
    }
)


class SignInTestsFailed(EntraError):
    """At least one sign-in did not become what was expected of it."""


def run(module: ModuleProtocol, make_session: MakeSession) -> dict[str, t.Any]:
    """The policies, then what they ask for of the people and places that are named, then the tests."""
    params = module.params
    wanted = wanted_tests(params)
    if params["live"]:
        refuse_described_users(wanted.tests)
    session = make_session()
    require_permissions((READ_POLICIES,), session.claims.permissions)
    current = read_whole_policies(session, params["api_version"])
    policies = [of_current(policy) for policy in current]
    names = control_names_in(policy.raw for policy in current)
    known = Known(mfa_trusted_ips=wanted.mfa_trusted_ips, control_names=names)
    facts = read_facts(session, wanted.tests, policies, known)
    results = run_tests(wanted.tests, policies, facts, include_report_only=wanted.include_report_only)
    if params["live"]:
        version = params["api_version"]
        results = [
            one.compared(ask_service(session, described(one.test, facts), one.evaluation, version)) for one in results
        ]
    return _result(results, fails=wanted.fails)


def _result(results: t.Sequence[SignInResult], *, fails: bool) -> dict[str, t.Any]:
    """What the task returns. Raises SignInTestsFailed, with all results, when it *fails* and a test did."""
    result = {"sign_in_tests": [one.to_result() for one in results], **verdict_of(results)}
    failures = told_failures(results)
    if failures and fails:
        raise SignInTestsFailed(
            failures,
            remedy="Change the policies or the expectation. sign_in_tests says of every policy why it applies or not.",
            details=result,
        )
    return {"changed": False, **result}
