# Copyright: (c) 2026, m365.entra contributors
# GNU General Public License v3.0+ (see COPYING or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later
"""A whole run against a tenant in memory: what is read, what is written, what is refused before anything is."""

from __future__ import annotations

import copy
import typing as t

import pytest

from ansible_collections.m365.entra.plugins.module_utils._directory.directory import UnresolvedReferences
from ansible_collections.m365.entra.plugins.module_utils._graph.errors import (
    EntraError,
    GuardRefused,
    OptionError,
    OutcomeUnknown,
    ServiceRefused,
    VerificationFailed,
)
from ansible_collections.m365.entra.plugins.module_utils._resources.wanted import Wanted
from ansible_collections.m365.entra.tests.unit.plugins.module_utils.support import ids
from ansible_collections.m365.entra.tests.unit.plugins.module_utils.support.fake_session import (
    ALL_PERMISSIONS,
    BIN,
    POLICIES,
    SECURITY_DEFAULTS,
    FakeSession,
    Fault,
    subscription,
)
from ansible_collections.m365.entra.tests.unit.plugins.module_utils.support.policies import (
    DISABLED,
    ENABLED,
    REPORT_ONLY,
    policy,
    stored,
)
from ansible_collections.m365.entra.tests.unit.plugins.module_utils.support.runs import refusal, run, wanted

Json = dict[str, t.Any]
EMERGENCY = "emergency@contoso.example"
BASELINE = (
    "require_mfa_for_administrators",
    "require_mfa_for_all_users",
    "block_legacy_authentication",
    "block_device_code_flow",
    "require_mfa_for_risky_sign_ins",
    "require_password_change_for_high_risk_users",
)


def baseline(state: str | None = None, **others: t.Any) -> Wanted:
    """A whole baseline with an emergency access account."""
    options = [{"template": name, **({"policy_state": state} if state else {})} for name in BASELINE]
    return wanted(*options, emergency_users=(EMERGENCY,), whole_picture=True, **others)


# What a run does


def test_first_run_creates_in_report_only_with_emergency_access_excluded() -> None:
    session = FakeSession()
    outcome = run(session, baseline())
    assert outcome.is_changed
    assert {one["state"] for one in session.policies} == {REPORT_ONLY}
    assert len(session.policies) == len(BASELINE)
    for one in session.policies:
        assert ids.EMERGENCY in one["conditions"]["users"]["excludeUsers"]


def test_second_run_is_empty() -> None:
    session = FakeSession()
    run(session, baseline("enabled"))
    again = run(session, baseline("enabled"))
    assert not again.is_changed
    assert session.writes == []


@pytest.mark.parametrize("defaults_now", [True, False])
@pytest.mark.parametrize("defaults_wanted", [True, False, None])
@pytest.mark.parametrize("state", ["report_only", "disabled", None])
def test_any_run_is_followed_by_an_empty_one(
    defaults_now: bool, defaults_wanted: bool | None, state: str | None
) -> None:
    session = FakeSession([stored("Block legacy authentication")], security_defaults=defaults_now)
    what = baseline(state, security_defaults=defaults_wanted)
    run(session, what)
    assert not run(session, what).is_changed


def test_run_without_changes_costs_exactly_three_reads() -> None:
    session = FakeSession()
    run(session, baseline("enabled"))
    run(session, baseline("enabled"))
    assert session.requests == [("GET", "/users"), ("GET", POLICIES), ("GET", SECURITY_DEFAULTS)]


def test_only_what_is_needed_is_read() -> None:
    session = FakeSession([stored()])
    run(session, wanted({"definition": policy()}))
    assert session.requests == [("GET", POLICIES)]
    run(session, Wanted(security_defaults=False))
    assert session.requests == [("GET", SECURITY_DEFAULTS)]


def test_first_run_costs_a_write_for_each_policy_and_one_read_back() -> None:
    session = FakeSession()
    run(session, baseline())
    assert session.requests == [
        ("GET", "/users"),
        ("GET", POLICIES),
        ("GET", SECURITY_DEFAULTS),
        ("GET", BIN),
        ("GET", POLICIES),
        ("GET", "/subscribedSkus"),
        ("GET", "/organization"),
        *[("POST", POLICIES)] * len(BASELINE),
        ("GET", POLICIES),
    ]


@pytest.mark.parametrize("defaults_now", [True, False])
def test_check_mode_writes_nothing_and_plans_the_same(defaults_now: bool) -> None:
    what = baseline("enabled", security_defaults=False)
    session = FakeSession([stored("Block legacy authentication")], security_defaults=defaults_now, read_only=True)
    before = copy.deepcopy(session.policies)
    checked = run(session, what, check_mode=True)
    assert session.writes == []
    assert (session.policies, session.security_defaults) == (before, defaults_now)
    session.read_only = False
    done = run(session, what)
    assert checked.plan == done.plan
    assert checked.is_changed
    assert {(one.name, one.state) for one in checked.policies or ()} == {
        (one.name, one.state) for one in done.policies or ()
    }


def test_update_sends_only_what_differs() -> None:
    session = FakeSession([stored(users={"includeUsers": ["All"], "excludeUsers": [ids.ADA]})])
    run(session, wanted({"display_name": "MFA", "conditions": {"users": {"exclude_users": []}}}))
    assert session.bodies == [{"conditions": {"users": {"excludeUsers": []}}}]


def test_removal_goes_to_the_bin() -> None:
    session = FakeSession([stored()])
    outcome = run(session, wanted({"display_name": "MFA", "state": "absent"}))
    assert session.policies == []
    assert [one["displayName"] for one in session.bin] == ["MFA"]
    assert outcome.policy_of(outcome.policy_plans[0]) is None


def test_what_nobody_speaks_of_is_not_touched() -> None:
    session = FakeSession([stored("Other", ENABLED), stored("Mine", identifier=ids.POLICY_TWO)])
    outcome = run(session, wanted({"display_name": "Mine", "policy_state": "disabled"}))
    assert session.policy("Other") == stored("Other", ENABLED)
    assert [one.name for one in outcome.unmanaged] == ["Other"]


def test_created_policies_are_found_in_the_outcome() -> None:
    session = FakeSession([stored("Other")])
    outcome = run(session, wanted({"definition": policy("New")}))
    found = outcome.policy_of(outcome.policy_plans[0])
    assert found is not None
    assert found.identifier == session.policy("New")["id"]
    assert [one.name for one in outcome.unmanaged] == ["Other"]


def test_planned_policies_are_found_in_the_outcome_of_check_mode() -> None:
    outcome = run(FakeSession([stored("Other")]), wanted({"definition": policy("New")}), check_mode=True)
    found = outcome.policy_of(outcome.policy_plans[0])
    assert found is not None
    assert (found.name, found.identifier) == ("New", "")
    assert [one.name for one in outcome.unmanaged] == ["Other"]


def test_names_of_the_definition_are_resolved() -> None:
    definition = policy(
        users={"includeUsers": ["All"], "excludeUsers": ["ada@contoso.example"], "excludeGroups": ["staff"]}
    )
    session = FakeSession()
    run(session, wanted({"definition": definition}))
    users = session.policies[0]["conditions"]["users"]
    assert (users["excludeUsers"], users["excludeGroups"]) == ([ids.ADA], [ids.STAFF])


# Security defaults and policies


def test_switch_from_security_defaults_to_policies() -> None:
    session = FakeSession(security_defaults=True)
    outcome = run(session, baseline("enabled", security_defaults=False))
    assert not session.security_defaults
    assert {one["state"] for one in session.policies} == {ENABLED}
    assert outcome.security_defaults is False
    assert {one.state for one in outcome.policies or ()} == {ENABLED}
    switch = session.requests.index(("PATCH", SECURITY_DEFAULTS))
    enforcing = session.requests[switch + 1 : switch + 1 + len(BASELINE)]
    assert {method for method, _unused in enforcing} == {"PATCH"}


def test_switch_back_to_security_defaults() -> None:
    session = FakeSession([stored("One", ENABLED), stored("Two", REPORT_ONLY, ids.POLICY_TWO)])
    run(session, wanted({"display_name": "One", "policy_state": "disabled"}, security_defaults=True))
    assert session.security_defaults
    assert session.policy("One")["state"] == DISABLED


SWITCHING = range(len(BASELINE), 2 * len(BASELINE) + 1)


@pytest.mark.parametrize(
    ("failing", "error", "commits"),
    [
        *[(step, ServiceRefused("refused", status=400), False) for step in range(2 * len(BASELINE) + 1)],
        *[(step, OutcomeUnknown("no answer"), False) for step in range(2 * len(BASELINE) + 1)],
        *[(step, OutcomeUnknown("no answer"), True) for step in SWITCHING],
    ],
)
def test_failure_anywhere_on_the_way_leaves_security_defaults_on_and_nothing_behind(
    failing: int, error: EntraError, commits: bool
) -> None:
    session = FakeSession(security_defaults=True)
    steps = [
        *[("POST", POLICIES)] * len(BASELINE),
        ("PATCH", SECURITY_DEFAULTS),
        *[("PATCH", POLICIES)] * len(BASELINE),
    ]
    method, path = steps[failing]
    unharmed = steps[:failing].count((method, path))
    session.faults = [Fault(method, path, copy.deepcopy(error), commits, unharmed)]
    with pytest.raises(type(error)) as failure:
        run(session, baseline("enabled", security_defaults=False))
    assert session.security_defaults
    assert session.policies == []
    assert len(failure.value.details["done"]) == failing


def test_policy_that_may_have_been_created_is_told() -> None:
    session = FakeSession(security_defaults=True, stale_reads=100)
    session.faults = [Fault("POST", POLICIES, OutcomeUnknown("no answer"), commits=True)]
    with pytest.raises(OutcomeUnknown) as failure:
        run(session, baseline("enabled", security_defaults=False))
    assert session.security_defaults
    assert [one["name"] for one in failure.value.details["not_restored"]] == [session.policies[0]["displayName"]]


def test_service_that_does_not_show_what_was_written() -> None:
    session = FakeSession([stored()], stale_reads=0)
    what = wanted({"display_name": "MFA", "description": "x"})
    session.stale_reads = 3
    run(session, what)
    assert session.policy("MFA")["description"] == "x"
    assert len(session.slept) == 3
    session.stale_reads = 100
    with pytest.raises(VerificationFailed, match="does not have the planned content") as failure:
        run(session, wanted({"display_name": "MFA", "description": "y"}))
    assert [one["name"] for one in failure.value.details["done"]] == ["MFA"]


# What is refused before anything is written


def test_name_that_does_not_resolve() -> None:
    what = wanted(
        {"template": "block_legacy_authentication", "conditions": {"users": {"exclude_users": ["nobody"]}}},
        {"template": "require_mfa_for_all_users", "conditions": {"users": {"exclude_groups": ["Nobody"]}}},
        emergency_users=("gone@contoso.example",),
    )
    session = FakeSession()
    message = refusal(session, what, UnresolvedReferences).message
    assert "policies[0].conditions.users.exclude_users[0]" in message
    assert "policies[1].conditions.users.exclude_groups[0]" in message
    assert "emergency_access.users[0]" in message


def test_names_of_policies_that_go_are_not_resolved() -> None:
    definition = policy(users={"includeUsers": ["nobody"]})
    assert not run(FakeSession(), wanted({"definition": definition, "state": "absent"})).is_changed


def test_ambiguous_name() -> None:
    twins = [stored(), stored(identifier=ids.POLICY_TWO)]
    refusal(FakeSession(twins), wanted({"display_name": "MFA", "policy_state": "enabled"}), EntraError)


def test_two_entries_that_mean_one_policy_by_name_and_by_id() -> None:
    what = wanted({"display_name": "MFA", "description": "one"}, {"id": ids.POLICY_ONE, "description": "two"})
    message = refusal(FakeSession([stored()]), what, OptionError).message
    assert "policies[1]" in message


@pytest.mark.parametrize(
    ("permission", "what"),
    [
        ("Policy.Read.All", wanted({"definition": policy()})),
        ("Policy.ReadWrite.ConditionalAccess", wanted({"definition": policy()})),
        ("Organization.Read.All", wanted({"definition": policy()})),
        ("User.Read.All", wanted({"definition": policy()}, emergency_users=(EMERGENCY,))),
        ("Group.Read.All", wanted({"definition": policy()}, emergency_groups=("Staff",))),
        (
            "Application.Read.All",
            wanted({"definition": policy(applications={"includeApplications": ["Portal"]})}),
        ),
        ("Policy.Read.All", Wanted(security_defaults=True)),
    ],
)
def test_missing_permission(permission: str, what: Wanted) -> None:
    session = FakeSession(permissions=ALL_PERMISSIONS - {permission})
    error = refusal(session, what)
    assert permission in error.message
    assert "admin consent" in error.remedy


def test_no_permission_to_switch_security_defaults() -> None:
    write = {"Policy.ReadWrite.ConditionalAccess", "Policy.ReadWrite.SecurityDefaults"}
    session = FakeSession(permissions=ALL_PERMISSIONS - write)
    assert "Policy.ReadWrite.SecurityDefaults" in refusal(session, Wanted(security_defaults=True)).message


def test_permission_to_write_is_not_needed_where_nothing_is_written() -> None:
    session = FakeSession([stored()], permissions=frozenset({"Policy.Read.ConditionalAccess"}))
    assert not run(session, wanted({"definition": policy()})).is_changed


@pytest.mark.parametrize(
    ("subscriptions", "template"),
    [
        ([], "block_legacy_authentication"),
        ([subscription("SPB", "41781fb2-bc02-4b7c-bd55-b576c07bb09d")], "require_mfa_for_risky_sign_ins"),
    ],
)
def test_missing_license(subscriptions: list[Json], template: str) -> None:
    session = FakeSession()
    session.collections["/subscribedSkus"] = subscriptions
    assert "Microsoft Entra ID P" in refusal(session, wanted({"template": template})).message


def test_license_is_not_needed_to_remove() -> None:
    session = FakeSession([stored()])
    session.collections["/subscribedSkus"] = []
    assert run(session, wanted({"display_name": "MFA", "state": "absent"})).is_changed
    assert session.reads("/subscribedSkus") == 0


def test_enforcing_under_security_defaults() -> None:
    session = FakeSession(security_defaults=True)
    error = refusal(session, wanted({"definition": policy(), "policy_state": "enabled"}))
    assert "Security defaults are on" in error.message
    assert "tenant_configuration" in error.remedy


def test_turning_on_security_defaults_beside_enforced_policies() -> None:
    session = FakeSession([stored("Foreign", ENABLED)])
    assert "'Foreign'" in refusal(session, Wanted(security_defaults=True)).message


def test_enforcing_without_a_usable_emergency_account() -> None:
    what = wanted({"definition": policy(), "policy_state": "enabled"}, emergency_users=("bob@contoso.example",))
    assert "bob@contoso.example" in refusal(FakeSession(), what).message


def test_staging_does_not_ask_for_usable_accounts() -> None:
    what = wanted({"definition": policy()}, emergency_users=("bob@contoso.example",))
    assert run(FakeSession(), what).is_changed


def test_tenant_that_is_not_the_named_one_is_never_written() -> None:
    session = FakeSession(tenant_id="fabrikam.example")
    with pytest.raises(GuardRefused, match=r"fabrikam\.example"):
        run(session, wanted({"definition": policy()}))
    assert session.writes == []
    assert session.policies == []


def test_policy_that_breaks_a_rule() -> None:
    what = wanted({"display_name": "MFA", "grant_controls": {"authentication_strength": ids.MFA_STRENGTH}})
    assert "grant_controls" in refusal(FakeSession([stored()]), what, OptionError).message
