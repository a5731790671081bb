# Copyright: (c) 2026, m365.entra contributors
# GNU General Public License v3.0+ (see COPYING or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later
"""The body of conditional_access_lint_info: what is read for it, what it returns, and how it fails."""

from __future__ import annotations

import typing as t
from dataclasses import replace
from datetime import UTC, datetime

import pytest

from ansible_collections.m365.entra.plugins.module_utils._directory.directory import UnresolvedReferences
from ansible_collections.m365.entra.plugins.module_utils._graph.errors import (
    GuardRefused,
    OptionError,
    ServiceRefused,
)
from ansible_collections.m365.entra.plugins.module_utils._linting.reading import Asked, read_tenant
from ansible_collections.m365.entra.plugins.module_utils._module.conditional_access_lint_info import (
    SPEC,
    PoliciesFailedLint,
    run,
)
from ansible_collections.m365.entra.plugins.module_utils._policy.policy_plan import current_policy
from ansible_collections.m365.entra.plugins.module_utils._reconcile.created import key_of_new
from ansible_collections.m365.entra.tests.unit.plugins.module_utils.support import ids
from ansible_collections.m365.entra.tests.unit.plugins.module_utils.support.fake_module import FakeModule, fake_module
from ansible_collections.m365.entra.tests.unit.plugins.module_utils.support.fake_session import (
    ALL_PERMISSIONS,
    GROUPS,
    LOCATIONS,
    POLICIES,
    SECURITY_DEFAULTS,
    FakeSession,
    Fault,
    refused,
)
from ansible_collections.m365.entra.tests.unit.plugins.module_utils.support.linted import (
    enforced,
    in_state,
    legacy_block,
)
from ansible_collections.m365.entra.tests.unit.plugins.module_utils.support.policies import DISABLED, REPORT_ONLY

Json = dict[str, t.Any]

ALL_BUT_EMERGENCY: Json = {"includeUsers": ["All"], "excludeUsers": [ids.EMERGENCY]}
CLEAN = (enforced("MFA", users=ALL_BUT_EMERGENCY), legacy_block(users=ALL_BUT_EMERGENCY))
EMERGENCY = {"emergency_access": {"users": ["emergency@contoso.example"]}}


def members(group: str) -> str:
    return f"/groups/{group}/members"


def tenant(*policies: Json, **more: t.Any) -> FakeSession:
    """A tenant with these policies, in a session that only reads; Staff has members, Printers has none."""
    session = FakeSession(policies=list(policies), read_only=True, **more)
    session.collections[members(ids.STAFF)] = [{"id": ids.ADA}, {"id": ids.BOB}, {"id": ids.EMERGENCY}]
    return session


def task(session: FakeSession, **options: t.Any) -> tuple[Json, FakeModule]:
    """What a task in check mode returns, and the task."""
    module = fake_module(SPEC, {**EMERGENCY, **options}, check_mode=True)
    return run(module, lambda: session), module


def rules_of(result: Json) -> list[str]:
    return [one["rule"] for one in result["findings"]]


def test_nothing_found() -> None:
    session = tenant(*CLEAN)
    result, module = task(session, fail_on="information")
    assert result == {
        "changed": False,
        "findings": [],
        "counts": {"error": 0, "warning": 0, "information": 0},
        "ignored": [],
    }
    assert module.warnings == []
    assert {method for method, path in session.requests} == {"GET"}
    assert session.reads(SECURITY_DEFAULTS) == 0
    assert [session.reads(POLICIES), session.reads("/users")] == [2, 1]


def test_what_is_found_fails_the_task_where_it_is_grave_enough() -> None:
    policies = [
        *CLEAN,
        in_state(DISABLED, "Old"),
        in_state(REPORT_ONLY, "Staff", users={"includeGroups": [ids.PRINTERS]}),
    ]
    result, _module = task(tenant(*policies))
    assert rules_of(result) == ["empty_group", "disabled_policy"]
    assert result["counts"] == {"error": 0, "warning": 1, "information": 1}
    assert rules_of(task(tenant(*policies), fail_on="error")[0]) == rules_of(result)
    with pytest.raises(PoliciesFailedLint, match="1 findings must not be: empty_group: 'Staff'") as raised:
        task(tenant(*policies), fail_on="warning")
    assert raised.value.details == {name: result[name] for name in ("findings", "counts", "ignored")}
    with pytest.raises(PoliciesFailedLint, match="2 findings"):
        task(tenant(*policies), fail_on="information")


def test_what_is_accepted_does_not_fail_until_it_ends() -> None:
    session = tenant(*CLEAN, in_state(DISABLED, "Old"))
    entry = {"rule": "disabled_policy", "policy": "Old", "reason": "Kept for the audit", "until": "2999-12-31"}
    result, module = task(session, fail_on="information", ignore=[entry])
    assert (result["findings"], module.warnings) == ([], [])
    assert [(one["rule"], one["reason"], one["until"]) for one in result["ignored"]] == [
        ("disabled_policy", "Kept for the audit", "2999-12-31")
    ]
    ended, module = task(session, ignore=[{**entry, "until": "2020-12-31"}])
    assert rules_of(ended) == ["disabled_policy"]
    assert module.warnings == ["ignore[0]: it has ended on 2020-12-31; its findings count again."]


def test_groups_are_looked_into_once_and_within_bounds() -> None:
    users = {"includeUsers": ["All"], "excludeGroups": [ids.STAFF, ids.PRINTERS]}
    policies = [enforced("MFA", users=users), legacy_block(users=users)]
    options = {"emergency_access": {"groups": ["Staff"]}}
    session = tenant(*policies)
    result, module = task(session, **options)
    assert rules_of(result) == ["empty_group", "empty_group"]
    assert (session.reads(members(ids.STAFF)), session.reads(members(ids.PRINTERS))) == (1, 1)
    assert module.warnings == []
    assert {"select": "id", "top": "1"} in session.queries
    bounded = tenant(*policies)
    result, module = task(bounded, maximum_groups=1, **options)
    # Of the other group nothing is known, so that it may hold somebody who is left out.
    assert rules_of(result) == ["left_out_of_mfa"]
    assert (bounded.reads(members(ids.STAFF)), bounded.reads(members(ids.PRINTERS))) == (1, 0)
    assert [one for one in module.warnings if one.startswith("maximum_groups: 1 groups were looked into, and 1 more")]


def test_groups_of_emergency_access_come_first() -> None:
    users = {"includeUsers": ["All"], "excludeGroups": [ids.STAFF, ids.PRINTERS]}
    session = tenant(enforced("MFA", users=users))
    task(session, maximum_groups=1, emergency_access={"groups": ["Printers"]})
    assert (session.reads(members(ids.STAFF)), session.reads(members(ids.PRINTERS))) == (0, 1)


def test_what_is_gone() -> None:
    session = tenant(
        *CLEAN,
        in_state(
            REPORT_ONLY,
            "Dead",
            users={"includeGroups": [ids.POLICY_ONE], "excludeUsers": [ids.POLICY_TWO]},
            locations={"includeLocations": ["All"], "excludeLocations": [ids.OFFICE, ids.PORTAL]},
        ),
    )
    result, _module = task(session)
    assert [(one["rule"], one["path"]) for one in result["findings"]] == [
        ("missing_reference", "conditions.locations.exclude_locations[1]"),
        ("missing_reference", "conditions.users.exclude_users[0]"),
        ("missing_reference", "conditions.users.include_groups[0]"),
    ]
    assert session.reads(LOCATIONS) == 1
    assert session.reads(members(ids.POLICY_ONE)) == 0


def test_a_group_that_is_deleted_meanwhile_is_gone() -> None:
    session = tenant(*CLEAN, in_state(REPORT_ONLY, users={"includeGroups": [ids.STAFF]}))
    session.faults = [Fault("GET", members(ids.STAFF), refused(404, "404: gone"))]
    assert rules_of(task(session)[0]) == ["missing_reference"]
    session.faults = [Fault("GET", members(ids.STAFF), refused(403, "403: no"))]
    with pytest.raises(ServiceRefused, match="403: no"):
        task(session)


def test_security_defaults_are_read_where_no_policy_is_enforced() -> None:
    staged = in_state(REPORT_ONLY, users=ALL_BUT_EMERGENCY)
    on, off = tenant(staged, security_defaults=True), tenant(staged)
    assert rules_of(task(on)[0]) == []
    assert rules_of(task(off)[0]) == ["legacy_authentication_not_blocked", "mfa_not_required_of_all_users"]
    assert (on.reads(SECURITY_DEFAULTS), off.reads(SECURITY_DEFAULTS)) == (1, 1)


def test_trusted_locations_and_age_come_from_the_service() -> None:
    not_in_the_office = {"includeLocations": ["All"], "excludeLocations": [ids.OFFICE]}
    session = tenant(
        enforced("Trusting", users=ALL_BUT_EMERGENCY, locations=not_in_the_office),
        legacy_block(users=ALL_BUT_EMERGENCY),
        {**in_state(REPORT_ONLY, "Forgotten", users=ALL_BUT_EMERGENCY), "createdDateTime": "2020-01-01T00:00:00Z"},
        {
            **in_state(REPORT_ONLY, "Touched", users={"includeGroups": [ids.STAFF]}),
            "createdDateTime": "2020-01-01T00:00:00Z",
            "modifiedDateTime": datetime.now(UTC).isoformat(),
        },
    )
    session.collections[LOCATIONS][0]["isTrusted"] = True
    findings = {one["rule"]: one["policies"] for one in task(session)[0]["findings"]}
    assert findings["trusted_location_only"] == ["Trusting"]
    assert findings["report_only_too_long"] == ["Forgotten"]


@pytest.mark.parametrize(
    ("raw", "expected"),
    [
        ({"createdDateTime": "2026-01-01T00:00:00Z", "modifiedDateTime": None}, datetime(2026, 1, 1, tzinfo=UTC)),
        (
            {"createdDateTime": "2025-01-01T00:00:00Z", "modifiedDateTime": "2026-01-01T00:00:00.1234567Z"},
            datetime(2026, 1, 1, 0, 0, 0, 123456, tzinfo=UTC),
        ),
        ({"createdDateTime": "2026-01-01T00:00:00"}, datetime(2026, 1, 1, tzinfo=UTC)),
        ({"createdDateTime": "once"}, None),
        ({}, None),
    ],
)
def test_the_last_change(raw: Json, expected: datetime | None) -> None:
    policy = current_policy({**enforced(), **raw})
    read = read_tenant(tenant(), [policy], Asked(datetime.now(UTC)))
    assert read.tenant.last_changed.get(policy.identifier) == expected


def test_what_a_plan_makes_or_changes_has_no_age_and_no_id_yet() -> None:
    raw = {**enforced(users=ALL_BUT_EMERGENCY), "createdDateTime": "2020-01-01T00:00:00Z"}
    staged = replace(current_policy(raw), state=REPORT_ONLY)
    users = {"includeGroups": [key_of_new("group", "New")], "excludeUsers": [ids.EMERGENCY]}
    made = replace(current_policy(enforced("New", users=users)), identifier="", raw={})
    session = tenant()
    read = read_tenant(session, [staged, made], Asked(datetime.now(UTC)))
    assert (read.tenant.last_changed, read.tenant.gone, read.groups_left) == ({}, frozenset(), 0)
    assert [path for method, path in session.requests] == ["/users"]


def test_policies_that_v1_keeps_back_are_seen_and_named() -> None:
    agents = {"includeUsers": ["AllAgentIdUsers"]}
    hidden = in_state(DISABLED, "Hidden", users=agents)
    result, module = task(tenant(*CLEAN, hidden, hidden={hidden["id"]}))
    assert [one["policies"] for one in result["findings"]] == [["Hidden"]]
    assert ["'Hidden'" in warning for warning in module.warnings] == [True]
    in_beta = tenant(*CLEAN, hidden)
    result, module = task(in_beta, api_version="beta")
    assert rules_of(result) == ["disabled_policy"]
    assert (module.warnings, in_beta.reads(POLICIES)) == ([], 1)


def test_a_cloud_without_beta_keeps_nothing_back() -> None:
    assert task(tenant(*CLEAN, serves_beta=False))[0]["findings"] == []


@pytest.mark.parametrize(
    ("options", "message"),
    [
        ({"report_only_days": 0}, "report_only_days: 0 is too small"),
        ({"maximum_groups": -1}, "maximum_groups: -1 is too small"),
        ({"ignore": [{"rule": "nothing", "reason": "x"}]}, r"ignore\[0\].rule: no rule"),
    ],
)
def test_options_that_mean_nothing_are_refused_before_any_request(options: Json, message: str) -> None:
    session = tenant()
    with pytest.raises(OptionError, match=message):
        task(session, **options)
    assert session.requests == []


def test_emergency_access_accounts_exist() -> None:
    with pytest.raises(UnresolvedReferences, match=r"emergency_access.groups\[0\]: there is no group named 'Nobody'"):
        task(tenant(), emergency_access={"groups": ["Nobody"]})


@pytest.mark.parametrize(
    ("lacking", "message", "is_asked_before"),
    [
        ({"Policy.Read.All"}, "Policy.Read.All", True),
        ({"User.Read.All"}, "User.Read.All", False),
        ({"Group.Read.All"}, "Group.Read.All", False),
    ],
)
def test_permissions_that_are_missing_are_named(lacking: set[str], message: str, is_asked_before: bool) -> None:
    policy = enforced(users={**ALL_BUT_EMERGENCY, "excludeGroups": [ids.STAFF]})
    session = tenant(policy, permissions=ALL_PERMISSIONS - lacking)
    with pytest.raises(GuardRefused, match=message):
        task(session)
    assert (session.requests == []) == is_asked_before
    assert session.reads(GROUPS) == 0


def test_nobody_else_is_looked_up() -> None:
    session = tenant(
        in_state(DISABLED, users={"includeGroups": [ids.STAFF]}), permissions=frozenset({"Policy.Read.All"})
    )
    result, _module = task(session, emergency_access={})
    assert "disabled_policy" in rules_of(result)
    assert {path for method, path in session.requests} == {POLICIES, SECURITY_DEFAULTS}
