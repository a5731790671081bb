# Copyright: (c) 2026, m365.entra contributors
# GNU General Public License v3.0+ (see COPYING or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later
"""Tests of sign-ins and the linter around a plan: what the plan leads to is looked at, and nothing was written yet."""

from __future__ import annotations

import copy
import typing as t

import pytest

from ansible_collections.m365.entra.plugins.module_utils._directory.directory import UnresolvedReferences
from ansible_collections.m365.entra.plugins.module_utils._graph.errors import GuardRefused, OptionError
from ansible_collections.m365.entra.plugins.module_utils._module import (
    conditional_access_policies,
    tenant_configuration,
)
from ansible_collections.m365.entra.tests.unit.plugins.module_utils.support import ids
from ansible_collections.m365.entra.tests.unit.plugins.module_utils.support.fake_module import FakeModule, fake_module
from ansible_collections.m365.entra.tests.unit.plugins.module_utils.support.fake_session import (
    CONTEXTS,
    LOCATIONS,
    POLICIES,
    ROLE_ASSIGNMENTS,
    FakeSession,
)
from ansible_collections.m365.entra.tests.unit.plugins.module_utils.support.policies import (
    BLOCK,
    ENABLED,
    REPORT_ONLY,
    stored,
)

Json = dict[str, t.Any]

EMERGENCY = {"users": ["emergency@contoso.example"]}
MFA: Json = {"template": "require_mfa_for_all_users"}
ALL_MFA = "Require multifactor authentication for all users"
LEGACY: Json = {"template": "block_legacy_authentication"}
MEMBER: Json = {"name": "A member", "described_user": {}, "application": "Office365", "client_app_type": "browser"}
OLD_CLIENT: Json = {"name": "An old client", "described_user": {}, "application": "Office365"} | {
    "client_app_type": "other"
}
USES_MFA = {**MEMBER, "expect": {"outcome": "granted", "policies_apply": [ALL_MFA]}}
IS_BLOCKED = {**OLD_CLIENT, "expect": {"outcome": "blocked"}}


def wanted(*policies: Json, **others: t.Any) -> Json:
    return {
        "conditional_access_policies": {"policies": [copy.deepcopy(one) for one in policies]},
        "emergency_access": EMERGENCY,
        **others,
    }


def signing_in(*sign_ins: Json, **options: t.Any) -> Json:
    return {"sign_ins": [copy.deepcopy(one) for one in sign_ins], **options}


def task(session: FakeSession, given: Json, **modes: bool) -> tuple[Json, FakeModule]:
    """One task of tenant_configuration."""
    session.requests.clear()
    module = fake_module(tenant_configuration.SPEC, given, **modes)
    session.read_only = module.check_mode
    return tenant_configuration.run(module, lambda: session), module


def enforced(policy: Json) -> Json:
    return {**policy, "policy_state": "enabled"}


def test_what_is_not_there_yet_is_tested() -> None:
    given = wanted(enforced(MFA), enforced(LEGACY), sign_in_tests=signing_in(USES_MFA, IS_BLOCKED))
    session = FakeSession()
    checked, module = task(session, given, check_mode=True)
    found = checked["tenant_configuration"]["sign_in_tests"]
    assert (found["were_run"], found["passed"], found["failed_sign_ins"]) == (True, True, [])
    assert found["sign_ins"][0]["controls"] == ["Multifactor authentication"]
    assert [one["id"] for one in found["sign_ins"][0]["policies"]] == [None, None]
    assert checked["guards"][-1] == {"guard": "sign_in_tests", "outcome": "allowed", "reason": ""}
    assert [warning for warning in module.warnings if "sign_ins[" in warning] == []
    done, _module = task(session, given)
    assert done["tenant_configuration"]["sign_in_tests"] == found


def test_a_run_without_changes_tests_nothing_and_asks_nothing_more() -> None:
    session = FakeSession()
    task(session, wanted(MFA))
    task(session, wanted(MFA))
    quiet = list(session.requests)
    result, _module = task(session, wanted(MFA, sign_in_tests=signing_in(IS_BLOCKED), lint={"fail_on": "information"}))
    assert session.requests == quiet
    assert result["tenant_configuration"]["sign_in_tests"] == {
        "were_run": False,
        "reason": "Nothing is to be done.",
        "passed": None,
        "failed_sign_ins": [],
        "sign_ins": [],
    }
    assert result["tenant_configuration"]["lint_findings"] is None


@pytest.mark.parametrize("check_mode", [True, False])
def test_a_failure_blocks_and_nothing_is_written(check_mode: bool) -> None:
    session = FakeSession([stored("Wall", ENABLED, grant=BLOCK, applications={"includeApplications": ["Office365"]})])
    with pytest.raises(GuardRefused) as refused:
        task(session, wanted(MFA, sign_in_tests=signing_in(USES_MFA)), check_mode=check_mode)
    assert session.writes == []
    assert (
        "1 of 1 sign-ins did not become what was expected: 'A member', sign_in_tests.sign_ins[0].expect.outcome: "
        "granted was expected, and it is blocked by 'Wall'." in refused.value.message
    )
    details = refused.value.to_result()
    assert details["plan_status"] == "blocked"
    assert [step["name"] for step in details["plan"]] == [ALL_MFA]
    assert details["guards"][-1]["guard"] == "sign_in_tests"
    assert details["guards"][-1]["outcome"] == "blocked"
    assert details["sign_in_tests"]["failed_sign_ins"] == ["A member"]
    assert details["sign_in_tests"]["sign_ins"][0]["blocked_by"] == ["Wall"]


def test_failures_can_be_reported_only() -> None:
    session = FakeSession([stored("Wall", ENABLED, grant=BLOCK)])
    given = wanted(MFA, sign_in_tests=signing_in(USES_MFA, on_failure="report"))
    result, module = task(session, given)
    assert result["changed"] is True
    assert result["tenant_configuration"]["sign_in_tests"]["passed"] is False
    (warning,) = [one for one in module.warnings if "sign_in_tests" in one]
    assert "it is blocked by 'Wall'" in warning
    (answer,) = [one for one in result["guards"] if one["guard"] == "sign_in_tests"]
    assert answer["outcome"] == "allowed"
    assert "1 of 1 sign-ins did not become what was expected" in answer["reason"]


def test_report_only_policies_count_when_they_should() -> None:
    with pytest.raises(GuardRefused, match="blocked was expected, and it is granted"):
        task(FakeSession(), wanted(LEGACY, sign_in_tests=signing_in(IS_BLOCKED)))
    result, _module = task(
        FakeSession(), wanted(LEGACY, sign_in_tests=signing_in(IS_BLOCKED, include_report_only=True))
    )
    assert result["tenant_configuration"]["sign_in_tests"]["passed"] is True


def test_names_in_tests_must_exist_like_all_others() -> None:
    nobody = {"name": "x", "described_user": {"groups": ["Nobody"]}, "application": "Office365", "locations": ["Here"]}
    with pytest.raises(UnresolvedReferences) as failed:
        task(
            FakeSession(),
            wanted({**MFA, "conditions": {"users": {"exclude_groups": ["Others"]}}}, sign_in_tests=signing_in(nobody)),
        )
    for path in (
        "conditional_access_policies.policies[0].conditions.users.exclude_groups[0]",
        "sign_in_tests.sign_ins[0].described_user.groups[0]",
        "sign_in_tests.sign_ins[0].locations[0]",
    ):
        assert path in failed.value.message


def test_what_the_run_makes_can_be_tested() -> None:
    """A group, a named location, a strength and a context that are all still to come."""
    policy = {
        "display_name": "Vaults from abroad",
        "policy_state": "enabled",
        "conditions": {
            "users": {"include_groups": ["Keepers"]},
            "applications": {"include_authentication_context_class_references": ["Vault"]},
            "locations": {"include_locations": ["All"], "exclude_locations": ["Bank"]},
            "client_app_types": ["all"],
        },
        "grant_controls": {"operator": "OR", "authentication_strength": "Keys"},
    }
    keeper = {
        "name": "A keeper abroad",
        "described_user": {"groups": ["Keepers"]},
        "authentication_context": "Vault",
        "application": "Office365",
        "ip_address": "198.51.100.7",
        "expect": {"outcome": "granted", "controls": ["Keys"]},
    }
    at_home = {**keeper, "name": "At the bank", "ip_address": "203.0.113.9", "expect": {"controls": []}}
    somebody = {**keeper, "name": "Somebody", "described_user": {}, "expect": {"controls": []}}
    result, _module = task(
        FakeSession(),
        wanted(
            policy,
            groups={"missing": "create"},
            named_locations=[{"display_name": "Bank", "ip_ranges": ["203.0.113.0/24"]}],
            authentication_strength_policies=[{"display_name": "Keys", "allowed_combinations": ["fido2"]}],
            authentication_contexts=[{"id": "c9", "display_name": "Vault"}],
            sign_in_tests=signing_in(keeper, at_home, somebody),
        ),
        check_mode=True,
    )
    assert result["tenant_configuration"]["sign_in_tests"]["failed_sign_ins"] == []


def test_what_v1_keeps_back_counts_also_where_no_policy_changes() -> None:
    hidden = stored("Hidden", ENABLED, ids.POLICY_TWO, grant=BLOCK)
    masked = stored("Masked", ENABLED, ids.POLICY_ONE, agentIdRiskLevels="high")
    session = FakeSession([hidden, masked], hidden={ids.POLICY_TWO}, masked={ids.POLICY_ONE})
    location = [{"display_name": "Bank", "ip_ranges": ["203.0.113.0/24"]}]
    given = {"named_locations": location, "sign_in_tests": signing_in(MEMBER)}
    result, _module = task(session, given, check_mode=True)
    (found,) = result["tenant_configuration"]["sign_in_tests"]["sign_ins"]
    assert found["blocked_by"] == ["Hidden"]
    assert [one["missing"] for one in found["policies"] if one["display_name"] == "Masked"] == [
        ["the condition agentIdRiskLevels"]
    ]


def test_a_missing_permission_blocks_only_where_tests_can_fail() -> None:
    asked = {**MEMBER, "name": "Ada", "user": "ada@contoso.example"}
    del asked["described_user"]
    roles = stored("Roles", ENABLED, users={"includeRoles": [ids.GLOBAL_ADMINISTRATOR]})
    session = FakeSession([roles])
    session.permissions -= {"RoleManagement.Read.Directory"}
    with pytest.raises(GuardRefused, match=r"RoleManagement\.Read\.Directory"):
        task(session, wanted(MFA, sign_in_tests=signing_in(asked)))
    result, module = task(session, wanted(MFA, sign_in_tests=signing_in(asked, on_failure="report")))
    assert session.reads(ROLE_ASSIGNMENTS) == 0
    found = result["tenant_configuration"]["sign_in_tests"]
    assert (found["were_run"], found["passed"]) == (False, None)
    assert "RoleManagement.Read.Directory" in found["reason"]
    assert any("The sign-ins were not tested. The access token lacks permissions" in one for one in module.warnings)


def test_tests_that_cannot_be_meant_are_refused_before_anything_is_asked() -> None:
    session = FakeSession()
    with pytest.raises(OptionError, match=r"sign_in_tests.sign_ins\[0\]: who signs in\?"):
        task(session, wanted(MFA, sign_in_tests=signing_in({"name": "x", "application": "Office365"})))
    with pytest.raises(OptionError, match=r"sign_in_tests.mfa_trusted_ips\[0\]: 'x' is no range"):
        task(session, wanted(MFA, sign_in_tests=signing_in(MEMBER, mfa_trusted_ips=["x"])))
    with pytest.raises(OptionError, match=r"lint\.report_only_days: 0 is too small"):
        task(session, wanted(MFA, lint={"report_only_days": 0}))
    with pytest.raises(OptionError, match=r"lint.ignore\[0\].rule: no rule is named 'nothing'"):
        task(session, wanted(MFA, lint={"ignore": [{"rule": "nothing", "reason": "x"}]}))
    assert session.requests == []


TRAP = {
    "display_name": "Trap",
    "policy_state": "enabled",
    "conditions": {
        "users": {"include_groups": ["Staff"], "exclude_groups": ["Staff"]},
        "applications": {"include_applications": ["All"]},
        "client_app_types": ["all"],
    },
    "grant_controls": {"operator": "OR", "built_in_controls": ["mfa"]},
}
OLD_TRAP = stored("Old trap", ENABLED, users={"includeGroups": [ids.PRINTERS], "excludeGroups": [ids.PRINTERS]})


def members(*groups: str) -> dict[str, list[Json]]:
    """The members of groups, into which the linter looks once each."""
    return {f"/groups/{group}/members": [{"id": ids.ADA}] for group in groups}


def linted_session(*policies: Json) -> FakeSession:
    session = FakeSession(list(policies))
    session.collections.update(members(ids.STAFF, ids.PRINTERS))
    return session


def rules(findings: t.Iterable[Json]) -> set[tuple[str, bool]]:
    return {(f"{one['rule']} {','.join(one['policies'])}".strip(), one["is_new"]) for one in findings}


def test_only_what_the_plan_brings_blocks() -> None:
    session = linted_session(OLD_TRAP)
    with pytest.raises(GuardRefused) as refused:
        task(session, wanted(enforced(MFA), TRAP, lint={"fail_on": "error"}))
    assert session.writes == []
    message = refused.value.message
    assert "exclusion_swallows_inclusion: 'Trap' conditions.users: what is included is excluded again: Staff" in message
    assert "Old trap" not in message
    assert rules(refused.value.details["lint_findings"]) >= {
        ("exclusion_swallows_inclusion Trap", True),
        ("exclusion_swallows_inclusion Old trap", False),
    }
    assert refused.value.details["guards"][-1]["guard"] == "lint"


def test_everything_blocks_on_request() -> None:
    session = linted_session(OLD_TRAP)
    with pytest.raises(GuardRefused, match="exclusion_swallows_inclusion: 'Old trap'"):
        task(session, wanted(enforced(MFA), lint={"fail_on": "error", "only_new": False}))


def test_findings_that_do_not_block_are_warnings() -> None:
    session = linted_session(OLD_TRAP)
    result, module = task(session, wanted(TRAP, lint={}), check_mode=True)
    assert ("exclusion_swallows_inclusion Trap", True) in rules(result["tenant_configuration"]["lint_findings"])
    told = [one for one in module.warnings if one.startswith("exclusion_swallows_inclusion: ")]
    assert len(told) == 1
    assert "'Trap'" in told[0]
    assert "Take it out of one of the two lists." in told[0]


def test_what_is_accepted_does_not_count() -> None:
    session = linted_session()
    ignored = [
        {"rule": "exclusion_swallows_inclusion", "policy": "Trap", "reason": "It is a trap."},
        {"rule": "retired_control", "reason": "None left."},
    ]
    lint = {"fail_on": "error", "ignore": ignored}
    result, module = task(session, wanted(enforced(MFA), enforced(LEGACY), TRAP, lint=lint))
    assert "exclusion_swallows_inclusion" not in str(result["tenant_configuration"]["lint_findings"])
    assert "lint.ignore[1]: there is no such finding (any more); remove the entry." in module.warnings


def test_a_plan_that_mends_brings_nothing() -> None:
    """What a change takes away, or makes smaller, is no finding of that change."""
    others = [stored("One", ENABLED), stored("Two", ENABLED, ids.POLICY_TWO), stored("Three", ENABLED, ids.OFFICE)]
    session = linted_session(*others)
    gone = {"display_name": "Three", "state": "absent"}
    result, _module = task(session, wanted(gone, lint={"fail_on": "warning"}))
    assert {(one["rule"], one["is_new"]) for one in result["tenant_configuration"]["lint_findings"]} >= {
        ("duplicate_policies", False)
    }


def test_trust_that_a_plan_gives_counts() -> None:
    """A location becomes trusted with the same plan that excludes it from MFA by name."""
    at_home = {
        **copy.deepcopy(MFA),
        "policy_state": "enabled",
        "conditions": {"locations": {"include_locations": ["All"], "exclude_locations": ["Bank"]}},
    }
    location = {"display_name": "Bank", "ip_ranges": ["203.0.113.0/24"], "is_trusted": True}
    result, _module = task(linted_session(), wanted(at_home, named_locations=[location], lint={}), check_mode=True)
    findings = result["tenant_configuration"]["lint_findings"]
    assert (f"trusted_location_only {ALL_MFA}", True) in rules(findings)


def test_the_linter_needs_its_permissions_only_where_it_can_fail() -> None:
    roles = stored("Somebody", ENABLED, users={"includeGroups": [ids.STAFF]})
    session = linted_session(roles)
    session.permissions -= {"Group.Read.All"}
    result, module = task(session, wanted(MFA, lint={}))
    assert result["tenant_configuration"]["lint_findings"] is None
    assert any(
        one.startswith("lint: nothing was looked at. The access token lacks permissions") for one in module.warnings
    )
    session.policies.clear()
    session.policies.append(roles)
    with pytest.raises(GuardRefused, match=r"Group\.Read\.All"):
        task(session, wanted(LEGACY, lint={"fail_on": "error"}))


def test_a_list_of_policies_is_held_against_both_too() -> None:
    given = {
        "policies": [copy.deepcopy(LEGACY)],
        "emergency_access": EMERGENCY,
        "sign_in_tests": signing_in(IS_BLOCKED, include_report_only=True),
        "lint": {},
    }
    session = FakeSession()
    module = fake_module(conditional_access_policies.SPEC, given)
    result = conditional_access_policies.run(module, lambda: session)
    assert result["sign_in_tests"]["passed"] is True
    assert {one["rule"] for one in result["lint_findings"]} == {
        "mfa_not_required_of_all_users",
        "legacy_authentication_not_blocked",
    }
    assert session.reads(POLICIES) > 0
    assert [guard["guard"] for guard in result["guards"]][-2:] == ["sign_in_tests", "lint"]
    assert (session.reads(LOCATIONS), session.reads(CONTEXTS)) == (0, 0)
    assert session.policies[0]["state"] == REPORT_ONLY
