# Copyright: (c) 2026, m365.entra contributors
# GNU General Public License v3.0+ (see COPYING or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later
"""The body of sign_in_impact_info: policies before the log, reads alone, bounds, and what may be missing."""

from __future__ import annotations

import typing as t

import pytest

from ansible_collections.m365.entra.plugins.module_utils._directory.directory import UnresolvedReferences
from ansible_collections.m365.entra.plugins.module_utils._graph.errors import GuardRefused, OptionError, ServiceRefused
from ansible_collections.m365.entra.plugins.module_utils._module.sign_in_impact_info import SPEC, run
from ansible_collections.m365.entra.tests.unit.plugins.module_utils.support.fake_module import FakeModule, fake_module
from ansible_collections.m365.entra.tests.unit.plugins.module_utils.support.fake_session import (
    POLICIES,
    FakeSession,
    Fault,
)
from ansible_collections.m365.entra.tests.unit.plugins.module_utils.support.policies import (
    DISABLED,
    REPORT_ONLY,
    policy,
)
from ansible_collections.m365.entra.tests.unit.plugins.module_utils.support.sign_in_rows import (
    SIGN_INS,
    applied,
    sign_in,
)

Json = dict[str, t.Any]

MFA = "dddddddd-0000-4000-8000-000000000001"
REGISTER = "dddddddd-0000-4000-8000-000000000002"
OFF = "dddddddd-0000-4000-8000-000000000003"


class Log(FakeSession):
    """A tenant with a sign-in log, which carries out no filter but that for kinds of sign-ins."""

    def list(self, path: str, *, version: str = "v1.0", **query: str) -> list[Json]:
        """Read a whole collection."""
        if path != SIGN_INS:
            return super().list(path, version=version, **query)
        self._note("GET", path, version, query)
        others = "nonInteractiveUser" in query["filter"]
        assert others == (version == "beta")
        return [row for row in self.collections[SIGN_INS] if row["isInteractive"] != others]


def tenant(*rows: Json, **changes: t.Any) -> Log:
    """A tenant with three policies, one of them off, and these sign-ins."""
    action = {"includeUserActions": ["urn:user:registersecurityinfo"]}
    session = Log(read_only=True, **changes)
    session.policies = [
        {**policy("MFA"), "id": MFA, "state": REPORT_ONLY},
        {**policy("Register", applications=action), "id": REGISTER, "state": REPORT_ONLY},
        {**policy("Off"), "id": OFF, "state": DISABLED},
    ]
    session.collections[SIGN_INS] = list(rows)
    return session


ROWS = [
    sign_in(1, applied(MFA, "reportOnlyFailure")),
    sign_in(2, applied(MFA, "reportOnlySuccess"), clientAppUsed="IMAP4"),
    sign_in(3, applied(MFA, "reportOnlyFailure"), isInteractive=False),
]


def result_of(session: FakeSession, **options: t.Any) -> Json:
    """What a task in check mode returns."""
    return task_of(session, **options)[0]


def task_of(session: FakeSession, **options: t.Any) -> tuple[Json, FakeModule]:
    """What a task in check mode returns, and the task."""
    module = fake_module(SPEC, options, check_mode=True)
    return run(module, lambda: session), module


def test_policies_and_then_the_log() -> None:
    session = tenant(*ROWS)
    result, module = task_of(session)
    assert (result["changed"], result["licence_missing"], result["reason"]) == (False, False, "")
    assert session.requests == [("GET", POLICIES), ("GET", SIGN_INS)]
    query = session.queries[1]
    assert (query["top"], query["orderby"]) == ("1000", "createdDateTime desc")
    found = result["sign_in_impact"]
    window = found["window"]
    assert query["filter"] == f"createdDateTime ge {window['since']} and createdDateTime le {window['until']}"
    assert (found["sign_ins"], found["interactive"], found["non_interactive"], found["complete"]) == (2, 2, 0, True)
    assert [(one["display_name"], one["would_fail"]) for one in found["policies"]] == [("MFA", 1), ("Register", 0)]
    assert (found["no_evidence"], found["user_action_policies"]) == (["Register"], ["Register"])
    assert (found["workload_identity_policies"], found["unlisted_policies"]) == ([], [])
    assert found["legacy_authentication"]["users_total"] == 1
    assert found["policies_hidden"] is False
    assert module.warnings == []


def test_non_interactive_sign_ins_come_from_beta() -> None:
    session = tenant(*ROWS)
    found = result_of(session, include_non_interactive=True)["sign_in_impact"]
    assert session.versions == ["v1.0", "v1.0", "beta"]
    assert (found["interactive"], found["non_interactive"], found["complete"]) == (2, 1, True)
    assert found["policies"][0]["would_fail_users"] == 2


@pytest.mark.parametrize(("policies", "size"), [(0, 1000), (25, 1000), (26, 961), (240, 104)])
def test_pages_are_smaller_where_policies_are_many(policies: int, size: int) -> None:
    session = tenant()
    session.policies = [
        {**policy(f"P{number}"), "id": f"{number:036d}", "state": DISABLED} for number in range(policies)
    ]
    result_of(session)
    assert session.queries[1]["top"] == str(size)


@pytest.mark.parametrize(
    ("maximum", "counted", "reasons", "reads"),
    [(1, 1, 2, 1), (2, 2, 1, 2), (3, 3, 0, 2)],
)
def test_the_bound(maximum: int, counted: int, reasons: int, reads: int) -> None:
    session = tenant(*ROWS)
    found = result_of(session, include_non_interactive=True, maximum_sign_ins=maximum)["sign_in_impact"]
    assert (found["sign_ins"], found["complete"], len(found["incomplete_because"])) == (counted, not reasons, reasons)
    assert session.reads(SIGN_INS) == reads


def test_what_the_service_has_forgotten_is_told() -> None:
    found = result_of(tenant(), since="2020-01-01")["sign_in_impact"]
    assert (found["complete"], found["window"]["first_sign_in"]) == (False, None)
    assert "30 days" in found["incomplete_because"][0]


def test_named_policies() -> None:
    found = result_of(tenant(*ROWS), policies=["Off", MFA])["sign_in_impact"]
    assert [one["display_name"] for one in found["policies"]] == ["MFA", "Off"]
    assert found["policies"][1]["policy_state"] == "disabled"


def test_unknown_names_before_the_log_is_read() -> None:
    session = tenant(*ROWS)
    with pytest.raises(UnresolvedReferences, match=r"policies\[1\]: no policy is named 'Nothing'"):
        result_of(session, policies=["MFA", "Nothing"])
    assert session.requests == [("GET", POLICIES)]


def test_without_the_permission_to_see_policies() -> None:
    session = tenant(sign_in(1, clientAppUsed="POP3"), permissions=frozenset({"AuditLog.Read.All"}))
    result, module = task_of(session)
    found = result["sign_in_impact"]
    assert session.requests == [("GET", SIGN_INS)]
    assert (found["policies_hidden"], found["policies"]) == (True, [])
    assert found["legacy_authentication"]["successes"] == 1
    (warning,) = module.warnings
    assert "Policy.Read.ConditionalAccess" in warning
    with pytest.raises(GuardRefused, match=r"Policy\.Read\.All"):
        result_of(session, policies=["MFA"])


def test_a_log_that_names_no_policy_is_suspicious() -> None:
    result, module = task_of(tenant(sign_in(1), sign_in(2)))
    assert result["sign_in_impact"]["policies_hidden"] is True
    assert "None of 2 sign-ins names a policy" in module.warnings[0]


@pytest.mark.parametrize("rows", [(), (sign_in(1),)])
def test_a_tenant_without_policies_hides_none(rows: tuple[Json, ...]) -> None:
    session = tenant(*rows)
    session.policies = []
    result, module = task_of(session)
    assert result["sign_in_impact"]["policies_hidden"] is False
    assert module.warnings == []


def test_unknown_results_are_warned_about() -> None:
    result, module = task_of(tenant(sign_in(1, applied(MFA, "unknownFutureValue"))))
    assert result["sign_in_impact"]["policies"][0]["unknown"] == 1
    assert "'MFA' in 1" in module.warnings[0]


def test_the_permission_is_checked_first() -> None:
    session = tenant(permissions=frozenset({"Policy.Read.All"}))
    with pytest.raises(GuardRefused, match=r"AuditLog\.Read\.All for reading sign-ins"):
        result_of(session)
    assert session.requests == []


def test_missing_licence_is_no_failure() -> None:
    code = "Authentication_RequestFromNonPremiumTenantOrB2CTenant"
    session = tenant()
    session.faults.append(Fault("GET", SIGN_INS, ServiceRefused("403: not premium.", status=403, code=code)))
    result = result_of(session)
    assert (result["licence_missing"], result["sign_in_impact"]) == (True, None)
    assert "P1 or P2" in result["reason"]


def test_other_refusals_are_failures() -> None:
    session = tenant()
    session.faults.append(Fault("GET", SIGN_INS, ServiceRefused("403: no.", status=403, code="Forbidden")))
    with pytest.raises(ServiceRefused, match="403: no"):
        result_of(session)


@pytest.mark.parametrize(("option", "value"), [("maximum_users", -1), ("maximum_sign_ins", 0), ("days", 31)])
def test_options_out_of_bounds(option: str, value: int) -> None:
    session = tenant()
    with pytest.raises(OptionError, match=f"^{option}: "):
        result_of(session, **{option: value})
    assert session.requests == []
