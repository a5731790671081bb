# Copyright: (c) 2026, m365.entra contributors
# GNU General Public License v3.0+ (see COPYING or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later
"""Tenants built to be locked out: each is refused, by the check that sees it, and by no other."""

from __future__ import annotations

import typing as t
from dataclasses import replace

import pytest

from ansible_collections.m365.entra.plugins.module_utils._directory.built_in_roles import BUILT_IN_ROLES
from ansible_collections.m365.entra.plugins.module_utils._graph.errors import GuardRefused, ServiceRefused
from ansible_collections.m365.entra.plugins.module_utils._graph.token_claims import TokenClaims
from ansible_collections.m365.entra.plugins.module_utils._guard.lockout import CHECKS
from ansible_collections.m365.entra.tests.unit.plugins.module_utils.support import ids
from ansible_collections.m365.entra.tests.unit.plugins.module_utils.support.fake_session import (
    ALL_PERMISSIONS,
    LOCATIONS,
    ROLE_ASSIGNMENTS,
    FakeSession,
    Fault,
    role_assignment,
)
from ansible_collections.m365.entra.tests.unit.plugins.module_utils.support.policies import (
    BLOCK,
    DISABLED,
    ENABLED,
    REPORT_ONLY,
    policy,
    stored,
)
from ansible_collections.m365.entra.tests.unit.plugins.module_utils.support.runs import refusal, run, wanted

Json = dict[str, t.Any]

ALL: Json = {"includeUsers": ["All"]}
ALL_BUT_STAFF: Json = {"includeUsers": ["All"], "excludeGroups": [ids.STAFF]}
COMPLIANT: Json = {"operator": "OR", "builtInControls": ["compliantDevice"]}
COMPLIANT_OR_MFA: Json = {"operator": "OR", "builtInControls": ["compliantDevice", "mfa"]}
COMPLIANT_AND_MFA: Json = {"operator": "AND", "builtInControls": ["compliantDevice", "mfa"]}
EMERGENCY_USER = "emergency@contoso.example"
PILOT: Json = {"includeGroups": [ids.PRINTERS]}
WORKLOADS = "22222222-0000-4000-8000-000000000001"
OTHER = "22222222-0000-4000-8000-000000000002"
CONDITIONAL_ACCESS_ADMINISTRATOR = BUILT_IN_ROLES["Conditional Access Administrator"]


def enforcing(name: str = "New", **parts: t.Any) -> Json:
    """The options of a policy that is to be enforced."""
    return {"definition": policy(name, **parts), "policy_state": "enabled"}


def checked(*policies: Json, **others: t.Any) -> t.Any:
    """What is wanted, with every check asked; emergency access is the account of FakeSession unless told otherwise."""
    return wanted(*policies, **{"overridden_guards": (), "emergency_users": (EMERGENCY_USER,), **others})


def with_another_administrator(policies: list[Json], **others: t.Any) -> FakeSession:
    """A tenant in which somebody of the staff can undo what is done."""
    session = FakeSession(policies, **others)
    session.collections[ROLE_ASSIGNMENTS].append(role_assignment(CONDITIONAL_ACCESS_ADMINISTRATOR, ids.ADA))
    return session


def failed(error: t.Any) -> list[str]:
    """The checks that blocked."""
    return [one["guard"] for one in error.details["guards"] if one["outcome"] == "blocked"]


# Emergency access accounts


def test_usable_account_costs_one_request_more() -> None:
    session = FakeSession()
    outcome = run(session, checked(enforcing()), check_mode=True)
    assert {one["outcome"] for one in outcome.guards} == {"allowed"}
    assert session.reads(ROLE_ASSIGNMENTS) == 1
    assert not [path for _method, path in session.requests if "transitiveMember" in path]


def test_everything_that_is_wrong_is_named_at_once() -> None:
    what = checked(
        enforcing(users=ALL, grant=BLOCK) | {"exclude_emergency_access": False},
        emergency_users=("bob@contoso.example",),
        emergency_groups=("Printers",),
    )
    error = refusal(FakeSession(), what)
    assert failed(error) == [name for name in CHECKS if name != "running_identity_reach"]
    assert "emergency_access.users[0]: 'bob@contoso.example' is disabled" in error.message
    assert "emergency_access.groups[0]: the group 'Printers' has no enabled member" in error.message
    assert "emergency_access.users[0]: 'bob@contoso.example' does not hold Global Administrator" in error.message
    assert "no enabled member of the group 'Printers' holds Global Administrator" in error.message
    blocked = "'bob@contoso.example' is blocked by the policy 'New' (policies[0].conditions.users)"
    assert blocked in error.message
    assert f"override_guards: [{', '.join(failed(error))}]" in error.remedy


@pytest.mark.parametrize("state", [{"accountEnabled": None}, {}])
def test_account_whose_state_is_not_known_is_not_taken_for_usable(state: Json) -> None:
    session = FakeSession()
    session.collections["/users"] = [{"id": ids.EMERGENCY, "userPrincipalName": EMERGENCY_USER, **state}]
    error = refusal(session, checked(enforcing()))
    assert failed(error) == ["emergency_access"]
    assert "is not known to be enabled" in error.message


def test_role_through_a_group_is_held() -> None:
    session = FakeSession()
    session.collections[ROLE_ASSIGNMENTS] = [role_assignment(ids.GLOBAL_ADMINISTRATOR, ids.STAFF)]
    what = checked(enforcing(), emergency_users=("ada@contoso.example",))
    assert {one["outcome"] for one in run(session, what, check_mode=True).guards} == {"allowed"}


@pytest.mark.parametrize(
    "assignment",
    [
        role_assignment(CONDITIONAL_ACCESS_ADMINISTRATOR, ids.EMERGENCY),
        {**role_assignment(ids.GLOBAL_ADMINISTRATOR, ids.EMERGENCY), "directoryScopeId": "/administrativeUnits/1"},
        role_assignment(ids.GLOBAL_ADMINISTRATOR, ids.ADA),
    ],
)
def test_another_role_or_scope_or_holder_is_none(assignment: Json) -> None:
    session = FakeSession()
    session.collections[ROLE_ASSIGNMENTS] = [assignment]
    assert failed(refusal(session, checked(enforcing()))) == ["emergency_access_role"]


def test_group_needs_one_enabled_member_with_the_role() -> None:
    session = FakeSession()
    what = checked(enforcing(), emergency_users=(), emergency_groups=("Staff",))
    assert failed(refusal(session, what)) == ["emergency_access_role"]
    session.collections[ROLE_ASSIGNMENTS] = [role_assignment(ids.GLOBAL_ADMINISTRATOR, ids.ADA)]
    assert {one["outcome"] for one in run(session, what, check_mode=True).guards} == {"allowed"}


@pytest.mark.parametrize("grant", [BLOCK, COMPLIANT, COMPLIANT_AND_MFA])
@pytest.mark.parametrize(
    "conditions",
    [
        {},
        {"locations": {"includeLocations": ["All"], "excludeLocations": ["AllTrusted"]}},
        {"clientAppTypes": ["browser"]},
        {"platforms": {"includePlatforms": ["linux"]}},
        {"applications": {"includeApplications": ["MicrosoftAdminPortals"]}},
    ],
)
def test_policy_that_nobody_listed_stops_the_account(grant: Json, conditions: Json) -> None:
    """It may only stop some sign-ins: that is when emergency access is needed."""
    session = with_another_administrator([stored("Theirs", ENABLED, users=ALL_BUT_STAFF, grant=grant, **conditions)])
    error = refusal(session, checked(enforcing(users=PILOT)))
    assert failed(error) == ["emergency_access_reach"]
    assert "the policy 'Theirs' (not listed in this task)" in error.message
    assert "emergency_access.users[0]" in error.message


@pytest.mark.parametrize(
    "theirs",
    [
        stored("Theirs", ENABLED, users={**ALL, "excludeUsers": [ids.EMERGENCY]}, grant=BLOCK),
        stored("Theirs", ENABLED, users={**ALL, "excludeRoles": [ids.GLOBAL_ADMINISTRATOR]}, grant=BLOCK),
        stored("Theirs", REPORT_ONLY, users=ALL, grant=BLOCK),
        stored("Theirs", DISABLED, users=ALL, grant=BLOCK),
        stored("Theirs", ENABLED, users=ALL),
        stored("Theirs", ENABLED, users=ALL, grant=COMPLIANT_OR_MFA),
        # Legacy clients never reach the admin portals.
        stored("Theirs", ENABLED, users=ALL, grant=BLOCK, clientAppTypes=["exchangeActiveSync", "other"]),
        stored("Theirs", ENABLED, users=PILOT, grant=BLOCK),
        stored(
            "Theirs", ENABLED, users=ALL, grant=BLOCK, applications={"includeUserActions": ["urn:user:registerdevice"]}
        ),
    ],
)
def test_policy_that_does_not_stop_the_account(theirs: Json) -> None:
    outcome = run(FakeSession([theirs]), checked(enforcing(users=PILOT)), check_mode=True)
    assert {one["outcome"] for one in outcome.guards} == {"allowed"}


def test_the_state_that_is_planned_counts_and_not_the_present_one() -> None:
    session = FakeSession([stored("Theirs", ENABLED, users=ALL, grant=BLOCK)])
    disabled = {"display_name": "Theirs", "policy_state": "disabled"}
    outcome = run(session, checked(enforcing(users=PILOT), disabled), check_mode=True)
    assert {one["outcome"] for one in outcome.guards} == {"allowed"}


def test_a_policy_that_v1_hides_stops_the_account() -> None:
    hidden = stored("Hidden", ENABLED, users=ALL_BUT_STAFF, grant=BLOCK)
    session = with_another_administrator([hidden], hidden={ids.POLICY_ONE})
    error = refusal(session, checked(enforcing(users=PILOT)))
    assert failed(error) == ["emergency_access_reach"]
    assert "'Hidden'" in error.message


def test_staging_asks_nothing() -> None:
    session = FakeSession()
    outcome = run(
        session, checked({"definition": policy(users=ALL, grant=BLOCK)}, emergency_users=("bob@contoso.example",))
    )
    assert {one["outcome"] for one in outcome.guards} == {"allowed"}
    assert session.reads(ROLE_ASSIGNMENTS) == 0


# Who can undo it


def test_without_emergency_access_one_administrator_must_be_let_in() -> None:
    session = FakeSession()
    session.collections[ROLE_ASSIGNMENTS] = [role_assignment(CONDITIONAL_ACCESS_ADMINISTRATOR, ids.ADA)]
    what = checked(enforcing(users={**ALL, "excludeGroups": [ids.PRINTERS]}, grant=BLOCK), emergency_users=())
    error = refusal(session, what)
    assert failed(error) == ["administrator_reach"]
    assert "none of the 1 administrators" in error.message
    assert "'New'" in error.message
    what = checked(enforcing(users=ALL_BUT_STAFF, grant=BLOCK), emergency_users=())
    assert {one["outcome"] for one in run(session, what, check_mode=True).guards} == {"allowed"}


@pytest.mark.parametrize(
    ("role", "is_let_in"), [(CONDITIONAL_ACCESS_ADMINISTRATOR, True), (BUILT_IN_ROLES["Global Reader"], False)]
)
def test_administrator_through_a_group(role: str, is_let_in: bool) -> None:
    session = FakeSession()
    session.collections[ROLE_ASSIGNMENTS] = [role_assignment(role, ids.STAFF)]
    what = checked(enforcing(users=ALL_BUT_STAFF, grant=BLOCK), emergency_users=())
    if is_let_in:
        assert run(session, what, check_mode=True).is_changed
    else:
        assert failed(refusal(session, what)) == ["administrator_reach"]


def test_disabled_administrators_undo_nothing() -> None:
    session = FakeSession()
    session.collections[ROLE_ASSIGNMENTS] = [role_assignment(ids.GLOBAL_ADMINISTRATOR, ids.BOB)]
    what = checked(enforcing(users={**ALL, "excludeGroups": [ids.PRINTERS]}, grant=BLOCK), emergency_users=())
    assert "none of the 0 administrators" in refusal(session, what).message


@pytest.mark.parametrize(
    ("parts", "is_let_in"),
    [
        ({"authenticationFlows": {"transferMethods": "deviceCodeFlow"}}, True),
        ({"users": {**ALL, "excludeRoles": [ids.GLOBAL_ADMINISTRATOR]}}, True),
        ({}, False),
    ],
)
def test_where_nobody_holds_a_role_all_the_time_somebody_may_activate_one(parts: Json, is_let_in: bool) -> None:
    session = FakeSession()
    session.collections[ROLE_ASSIGNMENTS] = []
    users = {**ALL, "excludeGroups": [ids.PRINTERS]}
    what = checked(enforcing(**{"users": users, "grant": BLOCK, **parts}), emergency_users=())
    if is_let_in:
        assert run(session, what, check_mode=True).is_changed
    else:
        assert failed(refusal(session, what)) == ["administrator_reach"]


def test_who_blocks_nobody_reads_no_administrators() -> None:
    session = FakeSession()
    run(session, checked(enforcing(users=ALL_BUT_STAFF), emergency_users=()), check_mode=True)
    assert session.reads(ROLE_ASSIGNMENTS) == 0


class Person(FakeSession):
    """A session of somebody who signed in."""

    @property
    def claims(self) -> TokenClaims:
        """What the token says."""
        return TokenClaims(ids.TENANT, "", self.permissions, False, "ada@contoso.example", ids.ADA)


class Application(FakeSession):
    """A session of an application."""

    @property
    def claims(self) -> TokenClaims:
        """What the token says."""
        return TokenClaims(ids.TENANT, ids.PORTAL, self.permissions, True, "", WORKLOADS)


def test_person_who_runs_it_is_not_cut_off() -> None:
    what = checked(enforcing(users={"includeUsers": [ids.ADA]}, grant=BLOCK))
    error = refusal(Person(), what)
    assert failed(error) == ["running_identity_reach"]
    assert "'ada@contoso.example' that runs this is blocked by the policy 'New' (policies[0]" in error.message
    for users in ({"includeUsers": [ids.BOB]}, ALL_BUT_STAFF):
        assert run(Person(), checked(enforcing(users=users, grant=BLOCK)), check_mode=True).is_changed


def test_what_cut_off_who_runs_it_before_is_no_reason() -> None:
    theirs = stored("Theirs", ENABLED, users={"includeUsers": [ids.ADA]}, grant=BLOCK)
    assert run(Person([theirs]), checked(enforcing(users=PILOT)), check_mode=True).is_changed


def test_who_comes_from_outside_is_none_of_the_users() -> None:
    session = Person()
    del session.collections[f"/users/{ids.ADA}/transitiveMemberOf"]
    session.faults = [Fault("GET", f"/users/{ids.ADA}/transitiveMemberOf", ServiceRefused("no user", status=404))]
    assert run(session, checked(enforcing(users=PILOT, grant=BLOCK)), check_mode=True).is_changed
    session.faults = [Fault("GET", f"/users/{ids.ADA}/transitiveMemberOf", ServiceRefused("no", status=403))]
    with pytest.raises(ServiceRefused):
        run(session, checked(enforcing(users=PILOT, grant=BLOCK)), check_mode=True)


def workload_policy(*included: str, **conditions: t.Any) -> Json:
    """A policy that blocks applications."""
    clients = {"includeServicePrincipals": list(included)}
    return enforcing(
        users={},
        grant=BLOCK,
        clientApplications=clients,
        locations={"includeLocations": ["All"], "excludeLocations": ["AllTrusted"]},
        **conditions,
    )


@pytest.mark.parametrize("included", [WORKLOADS, "ServicePrincipalsInMyTenant"])
def test_application_that_runs_it_is_not_cut_off(included: str) -> None:
    session = Application()
    session.collections["/servicePrincipals"] += [
        {
            "id": WORKLOADS,
            "appId": ids.PORTAL,
            "appOwnerOrganizationId": ids.TENANT,
            "servicePrincipalType": "Application",
        }
    ]
    error = refusal(session, checked(workload_policy(included)))
    assert failed(error) == ["running_identity_reach"]
    assert "that runs this is blocked by the policy 'New'" in error.message
    office = {
        "id": ids.OFFICE,
        "displayName": "Office",
        "isTrusted": True,
        "@odata.type": "#microsoft.graph.ipNamedLocation",
    }
    session.collections[LOCATIONS] = [{**office, "ipRanges": [{"cidrAddress": "203.0.113.0/24"}]}]
    assert (
        "may be blocked (it depends on ip_address) by" in refusal(session, checked(workload_policy(included))).message
    )


def test_another_application_may_be_cut_off() -> None:
    session = Application()
    session.collections["/servicePrincipals"].append({"id": OTHER, "appId": OTHER, "displayName": "Other"})
    assert run(session, checked(workload_policy(OTHER)), check_mode=True).is_changed


def test_token_that_says_not_who_runs_it() -> None:
    what = checked(workload_policy("ServicePrincipalsInMyTenant"))
    assert "does not say who runs this" in refusal(FakeSession(), what).message


# All users


def test_policy_for_all_that_leaves_nobody_out() -> None:
    error = refusal(FakeSession(), checked(enforcing(users=ALL), emergency_users=()))
    assert failed(error) == ["all_users_without_exclusion"]
    assert "policies[0].conditions.users: the policy 'New' is for all users and leaves nobody out" in error.message


def test_an_unchanged_one_is_no_reason() -> None:
    session = FakeSession([stored("Theirs", ENABLED, users=ALL)])
    assert run(session, checked(enforcing(users=PILOT)), check_mode=True).is_changed


# Overriding and permissions


def test_override_names_the_check_and_no_other() -> None:
    what = enforcing(users=ALL, grant=BLOCK)
    every = ("administrator_reach", "all_users_without_exclusion")
    assert tuple(failed(refusal(FakeSession(), checked(what, emergency_users=())))) == every
    for one, other in (every, every[::-1]):
        error = refusal(FakeSession(), checked(what, emergency_users=(), overridden_guards=(one,)))
        assert failed(error) == [other]
    outcome = run(FakeSession(), checked(what, emergency_users=(), overridden_guards=every), check_mode=True)
    told = {one["guard"]: one for one in outcome.guards}
    assert [name for name, one in told.items() if one["outcome"] == "overridden"] == list(every)
    assert "override_guards" in told["administrator_reach"]["reason"]


@pytest.mark.parametrize("permission", ["RoleManagement.Read.Directory", "Group.Read.All"])
def test_permission_that_a_check_needs(permission: str) -> None:
    session = FakeSession(permissions=ALL_PERMISSIONS - {permission})
    session.collections[ROLE_ASSIGNMENTS] = [role_assignment(ids.GLOBAL_ADMINISTRATOR, ids.STAFF)]
    with pytest.raises(GuardRefused, match=permission):
        run(session, checked(enforcing(users={"includeUsers": [ids.BOB]})))
    assert session.writes == []


# Places


@pytest.mark.parametrize(("is_trusted", "is_let_in"), [(True, True), (False, False)])
def test_administrators_are_let_in_from_a_trusted_place_if_there_is_one(is_trusted: bool, is_let_in: bool) -> None:
    """A block from everywhere but trusted places cuts everybody off where no place is trusted."""
    session = FakeSession()
    office = {"id": ids.OFFICE, "displayName": "Office", "@odata.type": "#microsoft.graph.ipNamedLocation"}
    session.collections[LOCATIONS] = [
        {**office, "isTrusted": is_trusted, "ipRanges": [{"cidrAddress": "203.0.113.0/24"}]}
    ]
    places = {"includeLocations": ["All"], "excludeLocations": ["AllTrusted"]}
    what = checked(
        enforcing(users={**ALL, "excludeGroups": [ids.PRINTERS]}, grant=BLOCK, locations=places), emergency_users=()
    )
    if is_let_in:
        assert run(session, what, check_mode=True).is_changed
        assert session.reads(LOCATIONS) == 1
    else:
        assert failed(refusal(session, what)) == ["administrator_reach"]


@pytest.mark.parametrize(
    ("grant", "is_refused"), [(BLOCK, True), ({"operator": "OR", "builtInControls": ["mfa"]}, False)]
)
def test_a_place_that_loses_trust_can_cut_off_as_a_policy_can(grant: Json, is_refused: bool) -> None:
    places = {"includeLocations": ["All"], "excludeLocations": ["AllTrusted"]}
    users = {**ALL, "excludeUsers": [ids.BOB]}
    session = FakeSession([stored("Theirs", ENABLED, users=users, grant=grant, locations=places)])
    office = {"id": ids.OFFICE, "displayName": "Office", "@odata.type": "#microsoft.graph.ipNamedLocation"}
    session.collections[LOCATIONS] = [{**office, "isTrusted": True, "ipRanges": [{"cidrAddress": "203.0.113.0/24"}]}]
    untrusted = {"named_location": [{"display_name": "Office", "is_trusted": False}]}
    # With the whole tenant in view, and as the module for one location asks.
    for whole_picture in (True, False):
        what = wanted(objects=untrusted, overridden_guards=(), whole_picture=whole_picture)
        what = what if whole_picture else replace(what, policies=None)
        if is_refused:
            assert failed(refusal(session, what)) == ["administrator_reach"]
            overridden = replace(what, overridden_guards=("administrator_reach",))
            assert run(session, overridden, check_mode=True).is_changed
        else:
            assert run(session, what, check_mode=True).is_changed
            assert session.reads(ROLE_ASSIGNMENTS) == 0


def test_a_place_that_a_policy_asks_for_which_v1_hides() -> None:
    theirs = stored("Theirs", ENABLED, users={**ALL, "excludeUsers": [ids.BOB]}, grant=BLOCK, **OUTSIDE_OFFICE)
    other = stored(
        "Other",
        ENABLED,
        ids.POLICY_TWO,
        users={**ALL, "excludeUsers": [ids.BOB]},
        grant=BLOCK,
        **OUTSIDE_BRANCH,
    )
    session = tenant_of_one_administrator(FakeSession, theirs, other)
    session.hidden = {ids.POLICY_TWO}
    session.collections[LOCATIONS] = places("203.0.113.0/24", "203.0.113.128/25")
    moved = {"named_location": [{"display_name": "Branch", "ip_ranges": ["198.51.100.0/24"]}]}
    what = replace(wanted(objects=moved, overridden_guards=()), policies=None)
    assert failed(refusal(session, what)) == ["administrator_reach"]


# Policies that only together leave nobody a way in

ALL_BUT_NOBODY: Json = {**ALL, "excludeGroups": [ids.PRINTERS]}
BRANCH = "cccccccc-0000-4000-8000-000000000002"
OUTSIDE_OFFICE: Json = {"locations": {"includeLocations": ["All"], "excludeLocations": [ids.OFFICE]}}
OUTSIDE_BRANCH: Json = {"locations": {"includeLocations": ["All"], "excludeLocations": [BRANCH]}}
COMPLIANT_DEVICES = "device.isCompliant -eq True"


def _device(mode: str) -> Json:
    return {"devices": {"deviceFilter": {"mode": mode, "rule": COMPLIANT_DEVICES}}}


def _platforms(*included: str, excluded: tuple[str, ...] = ()) -> Json:
    return {"platforms": {"includePlatforms": list(included), "excludePlatforms": list(excluded)}}


def places(*ranges: str) -> list[Json]:
    """The named locations Office and Branch, each with one range."""
    return [
        {
            "id": identifier,
            "displayName": name,
            "isTrusted": True,
            "@odata.type": "#microsoft.graph.ipNamedLocation",
            "ipRanges": [{"cidrAddress": one}],
        }
        for (identifier, name), one in zip(((ids.OFFICE, "Office"), (BRANCH, "Branch")), ranges, strict=True)
    ]


def tenant_of_one_administrator(kind: type[FakeSession] = FakeSession, *policies: Json) -> FakeSession:
    """A tenant without emergency access, with two named locations and somebody who could undo what is done."""
    session = kind(list(policies))
    session.collections[LOCATIONS] = places("203.0.113.0/24", "198.51.100.0/24")
    session.collections[ROLE_ASSIGNMENTS] = [role_assignment(CONDITIONAL_ACCESS_ADMINISTRATOR, ids.ADA)]
    return session


TOGETHER = [
    (_platforms("all", excluded=("windows",)), _platforms("windows")),
    (_platforms("android", "iOS", "linux"), _platforms("macOS", "windows", "windowsPhone")),
    (OUTSIDE_OFFICE, {"locations": {"includeLocations": [ids.OFFICE]}}),
    (OUTSIDE_OFFICE, OUTSIDE_BRANCH),
    (
        {"locations": {"includeLocations": ["All"], "excludeLocations": ["AllTrusted"]}},
        {"locations": {"includeLocations": ["AllTrusted"]}},
    ),
    (_device("include"), _device("exclude")),
    ({"clientAppTypes": ["browser"]}, {"clientAppTypes": ["mobileAppsAndDesktopClients"]}),
]


@pytest.mark.parametrize(("first", "second"), TOGETHER)
def test_policies_that_only_together_block_everybody(first: Json, second: Json) -> None:
    one, other = (
        enforcing(name, users=ALL_BUT_NOBODY, grant=BLOCK, **parts) for name, parts in (("A", first), ("B", second))
    )
    error = refusal(tenant_of_one_administrator(), checked(one, other, emergency_users=()))
    assert failed(error) == ["administrator_reach"]
    assert "none of the 1 administrators" in error.message
    theirs = stored("A", ENABLED, users=ALL_BUT_NOBODY, grant=BLOCK, **first)
    error = refusal(tenant_of_one_administrator(FakeSession, theirs), checked(other, emergency_users=()))
    assert failed(error) == ["administrator_reach"]


@pytest.mark.parametrize(
    "policies",
    [
        ({"signInRiskLevels": ["low", "medium", "high", "none"]},),
        ({"grant": COMPLIANT},),
        ({"grant": COMPLIANT, **_platforms("windows", "macOS")}, _platforms("android", "iOS", "linux")),
        (_device("exclude"),),
    ],
)
def test_nobody_is_let_in_without_what_nobody_may_have(policies: tuple[Json, ...]) -> None:
    what = [
        enforcing(f"Policy {index}", **{"users": ALL_BUT_NOBODY, "grant": BLOCK, **parts})
        for index, parts in enumerate(policies)
    ]
    assert failed(refusal(tenant_of_one_administrator(), checked(*what, emergency_users=()))) == ["administrator_reach"]


@pytest.mark.parametrize(
    "policies",
    [
        ({"signInRiskLevels": ["low", "medium", "high"]},),
        ({"grant": COMPLIANT_OR_MFA},),
        (_platforms("android", "iOS"), _platforms("macOS", "linux")),
        (OUTSIDE_OFFICE,),
        (_device("include"),),
        ({"clientAppTypes": ["mobileAppsAndDesktopClients"]}, OUTSIDE_BRANCH),
    ],
)
def test_one_way_in_is_enough(policies: tuple[Json, ...]) -> None:
    what = [
        enforcing(f"Policy {index}", **{"users": ALL_BUT_NOBODY, "grant": BLOCK, **parts})
        for index, parts in enumerate(policies)
    ]
    assert run(tenant_of_one_administrator(), checked(*what, emergency_users=()), check_mode=True).is_changed


def test_places_that_overlap_are_a_way_in() -> None:
    session = tenant_of_one_administrator()
    session.collections[LOCATIONS] = places("203.0.113.0/24", "203.0.113.128/25")
    what = [
        enforcing(name, users=ALL_BUT_NOBODY, grant=BLOCK, **parts)
        for name, parts in (("A", OUTSIDE_OFFICE), ("B", OUTSIDE_BRANCH))
    ]
    assert run(session, checked(*what, emergency_users=()), check_mode=True).is_changed


def test_person_who_runs_it_is_cut_off_by_a_new_policy_together_with_an_old_one() -> None:
    theirs = stored("Theirs", ENABLED, users={"includeUsers": [ids.ADA]}, grant=BLOCK, clientAppTypes=["browser"])
    new = enforcing(users={"includeUsers": [ids.ADA]}, grant=BLOCK, clientAppTypes=["mobileAppsAndDesktopClients"])
    error = refusal(Person([theirs]), checked(new))
    assert failed(error) == ["running_identity_reach"]
    assert "is blocked by the policy 'New' (policies[0].conditions.users) together with others" in error.message
    elsewhere = enforcing(users={"includeUsers": [ids.ADA]}, grant=BLOCK, clientAppTypes=["browser"])
    assert run(Person([theirs]), checked(elsewhere), check_mode=True).is_changed
