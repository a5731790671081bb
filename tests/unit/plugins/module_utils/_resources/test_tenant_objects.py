# Copyright: (c) 2026, m365.entra contributors
# GNU General Public License v3.0+ (see COPYING or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later
"""Runs over policies and what they refer to: in dependency order, by name, and never half."""

from __future__ import annotations

import typing as t

import pytest

from ansible_collections.m365.entra.plugins.module_utils._directory.directory import UnresolvedReferences
from ansible_collections.m365.entra.plugins.module_utils._graph.errors import (
    EntraError,
    GuardRefused,
    OptionError,
    ServiceRefused,
    VerificationFailed,
)
from ansible_collections.m365.entra.plugins.module_utils._resources.wanted import Wanted
from ansible_collections.m365.entra.tests.unit.plugins.module_utils.support import ids
from ansible_collections.m365.entra.tests.unit.plugins.module_utils.support.fake_objects import (
    context,
    ip_location,
    strength,
)
from ansible_collections.m365.entra.tests.unit.plugins.module_utils.support.fake_session import (
    ALL_PERMISSIONS,
    CONTEXTS,
    GROUPS,
    LOCATIONS,
    POLICIES,
    SECURITY_DEFAULTS,
    STRENGTHS,
    FakeSession,
    Fault,
)
from ansible_collections.m365.entra.tests.unit.plugins.module_utils.support.policies import policy, stored
from ansible_collections.m365.entra.tests.unit.plugins.module_utils.support.runs import (
    refusal,
    run,
    run_twice,
    wanted,
)

Json = dict[str, t.Any]
LOCATION: Json = {"display_name": "Site", "ip_ranges": ["203.0.113.0/24"], "is_trusted": True}
CONTEXT: Json = {"id": "c5", "display_name": "Vault", "is_available": True}
STRENGTH: Json = {"display_name": "Keys", "allowed_combinations": ["fido2"]}
OBJECTS = {
    "named_location": [LOCATION],
    "authentication_context": [CONTEXT],
    "authentication_strength_policy": [STRENGTH],
}


def tenant(**collections: list[Json]) -> FakeSession:
    """A tenant with some objects and nothing else that policies refer to."""
    session = FakeSession()
    given = {"locations": LOCATIONS, "contexts": CONTEXTS, "strengths": STRENGTHS}
    session.collections |= {path: collections.get(name, []) for name, path in given.items()}
    return session


def stored_objects(session: FakeSession, path: str) -> dict[str, Json]:
    """The objects of one kind, by name."""
    return {one["displayName"]: one for one in session.collections[path]}


def uses(*, location: str = "Site", authentication_context: str = "Vault", strength_name: str = "Keys") -> list[Json]:
    """Policies that refer to one object of each kind by name."""
    return [
        {"definition": policy("By site", locations={"includeLocations": ["All"], "excludeLocations": [location]})},
        {
            "definition": policy(
                "By context",
                applications={"includeAuthenticationContextClassReferences": [authentication_context]},
                grant={"operator": "OR", "authenticationStrength": {"displayName": strength_name}},
            )
        },
    ]


def test_what_policies_refer_to_is_there_before_them() -> None:
    session = tenant()
    outcome = run_twice(session, wanted(*uses(), objects=OBJECTS))
    assert session.writes == [
        ("POST", LOCATIONS),
        ("PATCH", f"{CONTEXTS}/c5"),
        ("POST", STRENGTHS),
        ("POST", POLICIES),
        ("POST", POLICIES),
    ]
    site = stored_objects(session, LOCATIONS)["Site"]["id"]
    keys = stored_objects(session, STRENGTHS)["Keys"]["id"]
    by_context = session.policy("By context")
    assert session.policy("By site")["conditions"]["locations"]["excludeLocations"] == [site]
    assert by_context["conditions"]["applications"]["includeAuthenticationContextClassReferences"] == ["c5"]
    assert by_context["grantControls"]["authenticationStrength"] == {"id": keys}
    assert [outcome.object_of(plan).name for plan in outcome.object_plans] == ["Site", "Vault", "Keys"]  # type: ignore[union-attr]


def test_objects_alone_cost_a_read_each_when_nothing_changes() -> None:
    session = tenant()
    what = Wanted(objects=wanted(objects=OBJECTS).objects)
    run(session, what)
    run(session, what)
    assert session.requests == [("GET", LOCATIONS), ("GET", CONTEXTS), ("GET", STRENGTHS)]


def test_renamed_object_is_named_by_its_new_name() -> None:
    session = tenant(locations=[ip_location("Old site")])
    renamed = {"display_name": "Site", "previous_name": "Old site"}
    run_twice(session, wanted(uses()[0], objects={"named_location": [renamed]}))
    assert session.policy("By site")["conditions"]["locations"]["excludeLocations"] == [ids.OFFICE]
    with pytest.raises(UnresolvedReferences, match="no named location named 'Old site'"):
        run(session, wanted(uses(location="Old site")[0], objects={"named_location": [{"display_name": "Site"}]}))


@pytest.mark.parametrize("by", ["Site", ids.OFFICE, ids.OFFICE.upper()])
def test_object_that_goes_cannot_be_used_in_the_same_run(by: str) -> None:
    session = tenant(locations=[ip_location("Site")])
    what = wanted(uses(location=by)[0], objects={"named_location": [{"display_name": "Site", "state": "absent"}]})
    message = refusal(session, what, EntraError).message
    assert "'Site'" in message


def test_used_object_is_not_removed_and_goes_with_its_last_policy() -> None:
    session = tenant(locations=[ip_location("Site", isTrusted=True)])
    run(session, wanted(uses()[0]))
    removal = {"named_location": [{"display_name": "Site", "state": "absent"}]}
    error = refusal(session, Wanted(objects=wanted(objects=removal).objects))
    assert error.message.startswith("named_locations[0]: ")
    assert "'By site'" in error.message
    run_twice(session, wanted({"display_name": "By site", "state": "absent"}, objects=removal))
    assert [request for request in session.writes if LOCATIONS in request[1]] == [
        ("PATCH", f"{LOCATIONS}/{ids.OFFICE}"),
        ("DELETE", f"{LOCATIONS}/{ids.OFFICE}"),
    ]
    assert session.writes.index(("PATCH", f"{LOCATIONS}/{ids.OFFICE}")) == 1
    assert session.collections[LOCATIONS] == []


def test_object_that_a_hidden_policy_uses_is_not_removed() -> None:
    session = tenant(locations=[ip_location("Site")])
    session.policies = [stored("Hidden", locations={"includeLocations": [ids.OFFICE]})]
    session.hidden = {ids.POLICY_ONE}
    removal = Wanted(objects=wanted(objects={"named_location": [{"display_name": "Site", "state": "absent"}]}).objects)
    assert "'Hidden'" in refusal(session, removal).message


def test_used_object_goes_when_the_policy_lets_go_of_it() -> None:
    session = tenant(locations=[ip_location("Site")])
    run(session, wanted(uses()[0]))
    released = {"display_name": "By site", "conditions": {"locations": {"exclude_locations": {"remove": [ids.OFFICE]}}}}
    run_twice(session, wanted(released, objects={"named_location": [{"display_name": "Site", "state": "absent"}]}))
    assert session.collections[LOCATIONS] == []


def test_published_context_is_withdrawn_and_removed() -> None:
    session = tenant(contexts=[context(is_available=True)])
    what = Wanted(objects=wanted(objects={"authentication_context": [{"id": "c1", "state": "absent"}]}).objects)
    run_twice(session, what)
    assert session.writes == [("PATCH", f"{CONTEXTS}/c1"), ("DELETE", f"{CONTEXTS}/c1")]


def test_strength_changes_and_the_policies_do_not() -> None:
    session = tenant(strengths=[strength("Keys", "sms")])
    run_twice(session, wanted(objects={"authentication_strength_policy": [STRENGTH]}))
    assert session.writes == [("POST", f"{STRENGTHS}/{ids.PRINTERS}/updateAllowedCombinations")]


@pytest.mark.parametrize(
    ("permission", "what"),
    [
        ("Policy.ReadWrite.ConditionalAccess", {"named_location": [LOCATION]}),
        ("Policy.Read.All", {"named_location": [LOCATION]}),
        ("Organization.Read.All", {"authentication_context": [CONTEXT]}),
    ],
)
def test_missing_permission(permission: str, what: t.Any) -> None:
    session = tenant()
    session.permissions = ALL_PERMISSIONS - {permission}
    assert permission in refusal(session, Wanted(objects=wanted(objects=what).objects)).message


def test_objects_need_a_licence_to_be_written_and_none_to_be_removed() -> None:
    session = tenant(locations=[ip_location("Site")])
    session.collections["/subscribedSkus"] = []
    error = refusal(
        session, Wanted(objects=wanted(objects={"named_location": [{**LOCATION, "display_name": "New"}]}).objects)
    )
    assert "'New' needs Microsoft Entra ID P1" in error.message
    run(
        session,
        Wanted(objects=wanted(objects={"named_location": [{"display_name": "Site", "state": "absent"}]}).objects),
    )
    assert session.collections[LOCATIONS] == []


def test_rule_of_an_object_is_told_before_anything_is_written() -> None:
    broken = {"named_location": [LOCATION, {"display_name": "Wide", "ip_ranges": ["10.0.0.0/8"]}]}
    assert refusal(tenant(), wanted(*uses(), objects=broken), OptionError).message.startswith("named_locations[1].ip_r")


# When something goes wrong


def test_failure_says_what_was_done_and_a_second_run_goes_on() -> None:
    session = tenant()
    what = wanted(*uses(), objects=OBJECTS)
    session.faults = [Fault("POST", POLICIES, ServiceRefused("1040: refused", status=400), after=1)]
    with pytest.raises(ServiceRefused, match="'By context': 1040") as failure:
        run(session, what)
    assert [one["name"] for one in failure.value.details["done"]] == ["Site", "Vault", "Keys", "By site"]
    assert [one["name"] for one in failure.value.details["not_done"]] == ["By context"]
    assert "restored" not in failure.value.details
    run_twice(session, what)
    assert session.writes == [("POST", POLICIES)]


def test_location_that_the_service_does_not_show_to_policies_yet_is_waited_for() -> None:
    session = tenant()
    unknown = ServiceRefused(
        "400 BadRequest: 1040: NamedLocation with id x does not exist in the directory.", status=400
    )
    session.faults = [Fault("POST", POLICIES, unknown) for _number in range(3)]
    run(session, wanted(uses()[0], objects={"named_location": [LOCATION]}))
    assert len(session.slept) == 3
    assert session.policy("By site")


def test_location_that_somebody_else_made_is_not_waited_for() -> None:
    session = tenant(locations=[ip_location("Site")])
    unknown = ServiceRefused(
        "400 BadRequest: 1040: NamedLocation with id x does not exist in the directory.", status=400
    )
    session.faults = [Fault("POST", POLICIES, unknown)]
    with pytest.raises(ServiceRefused, match="1040"):
        run(session, wanted(uses()[0]))
    assert session.slept == []


@pytest.mark.parametrize("failing", [0, 1])
def test_failed_switch_of_security_defaults_takes_back_trusted_and_published_objects_too(failing: int) -> None:
    session = tenant()
    session.security_defaults = True
    method, path = [("PATCH", SECURITY_DEFAULTS), ("PATCH", POLICIES)][failing]
    session.faults = [Fault(method, path, ServiceRefused("refused", status=403))]
    enforced = {**uses()[0], "policy_state": "enabled"}
    with pytest.raises(ServiceRefused) as failure:
        run(session, wanted(enforced, objects=OBJECTS, security_defaults=False))
    assert failure.value.details["not_restored"] == []
    assert (session.security_defaults, session.policies) == (True, [])
    assert [session.collections[path] for path in (LOCATIONS, CONTEXTS, STRENGTHS)] == [[], [], []]


def test_failure_while_tidying_up_takes_nothing_back() -> None:
    """What policies no longer need may stay; security defaults are on by then and stay on."""
    session = tenant(locations=[ip_location("Site", isTrusted=True)])
    session.faults = [Fault("DELETE", LOCATIONS, ServiceRefused("refused", status=403))]
    removal = {"named_location": [{"display_name": "Site", "state": "absent"}]}
    with pytest.raises(ServiceRefused) as failure:
        run(session, wanted(objects=removal, security_defaults=True))
    assert session.security_defaults
    assert "restored" not in failure.value.details
    assert [one["operation"] for one in failure.value.details["not_done"]] == ["delete"]
    run_twice(session, wanted(objects=removal, security_defaults=True))
    assert session.writes == [("DELETE", f"{LOCATIONS}/{ids.OFFICE}")]


def test_object_that_is_not_shown_as_written_is_told() -> None:
    session = tenant(locations=[ip_location("Site")])

    class Stubborn(list):  # type: ignore[type-arg]
        """A collection whose objects keep what they are."""

        def __setitem__(self, index: t.Any, value: t.Any) -> None:
            return

    session.collections[LOCATIONS] = Stubborn(session.collections[LOCATIONS])
    changed = {"named_location": [{"display_name": "Site", "is_trusted": True}]}
    with pytest.raises(VerificationFailed, match="named location 'Site' is not as planned"):
        run(session, Wanted(objects=wanted(objects=changed).objects))


# Groups


def grouped(*names: str, **users: t.Any) -> Json:
    """A policy that excludes groups by name."""
    return {"definition": policy(users={"includeUsers": ["All"], "excludeGroups": list(names), **users})}


def test_missing_groups_are_made_once_and_used() -> None:
    session = tenant()
    session.late_reads = 2
    what = wanted(
        grouped("Break glass", "Staff"),
        {"definition": policy("Other", users={"includeUsers": ["All"], "excludeGroups": ["BREAK GLASS"]})},
        creates_groups=True,
    )
    outcome = run_twice(session, what)
    assert session.writes == [("POST", GROUPS), ("POST", POLICIES), ("POST", POLICIES)]
    assert outcome.new_groups == ("Break glass",)
    made = stored_objects(session, GROUPS)["Break glass"]
    assert set(session.policy("MFA")["conditions"]["users"]["excludeGroups"]) == {made["id"], ids.STAFF}
    assert session.policy("Other")["conditions"]["users"]["excludeGroups"] == [made["id"]]
    assert session.requests[session.requests.index(("POST", GROUPS)) + 1] == ("GET", f"{GROUPS}/{made['id']}")
    assert len(session.slept) == 2


def test_missing_group_stops_the_run_unless_it_is_to_be_made() -> None:
    assert "'Break glass'" in refusal(tenant(), wanted(grouped("Break glass")), UnresolvedReferences).message


@pytest.mark.parametrize("named_in_a_policy", [True, False])
def test_emergency_group_is_never_made(named_in_a_policy: bool) -> None:
    """An empty group is no way back in."""
    what = wanted(
        grouped("break GLASS") if named_in_a_policy else grouped(),
        creates_groups=True,
        emergency_groups=("Break glass",),
    )
    assert "emergency_access.groups[0]" in refusal(tenant(), what, UnresolvedReferences).message


@pytest.mark.parametrize("identifier", [ids.ADA, ids.ADA.upper()])
def test_id_is_no_name_of_a_group_to_be_made(identifier: str) -> None:
    refusal(tenant(), wanted(grouped(identifier), creates_groups=True), UnresolvedReferences)


@pytest.mark.parametrize(
    "what",
    [
        wanted(
            {"display_name": "MFA", "conditions": {"users": {"exclude_groups": {"remove": ["Gone"]}}}},
            creates_groups=True,
        ),
        wanted(every_policy={"conditions": {"users": {"excludeGroups": {"remove": ["Gone"]}}}}, creates_groups=True),
    ],
)
def test_group_that_is_to_leave_a_list_is_not_made_for_that(what: Wanted) -> None:
    session = tenant()
    session.policies = [stored()]
    assert not run(session, what).is_changed
    assert session.writes == []


def test_group_is_made_for_every_policy() -> None:
    session = tenant()
    session.policies = [stored()]
    edit = {"conditions": {"users": {"excludeGroups": {"add": ["Break glass"]}}}}
    run_twice(session, wanted(every_policy=edit, creates_groups=True))
    made = stored_objects(session, GROUPS)["Break glass"]["id"]
    assert session.policy("MFA")["conditions"]["users"]["excludeGroups"] == [made]


def test_making_groups_needs_a_permission() -> None:
    session = tenant()
    session.permissions = ALL_PERMISSIONS - {"Group.Create"}
    assert "Group.Create" in refusal(session, wanted(grouped("New"), creates_groups=True), GuardRefused).message


def test_group_is_taken_back_with_the_rest() -> None:
    session = tenant()
    session.security_defaults = True
    session.faults = [Fault("PATCH", SECURITY_DEFAULTS, ServiceRefused("refused", status=403))]
    with pytest.raises(ServiceRefused) as failure:
        run(
            session,
            wanted({**grouped("New"), "policy_state": "enabled"}, creates_groups=True, security_defaults=False),
        )
    assert failure.value.details["not_restored"] == []
    assert "New" not in stored_objects(session, GROUPS)
