# Copyright: (c) 2026, m365.entra contributors
# GNU General Public License v3.0+ (see COPYING or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later
"""The objects that policies refer to, in one plan with them."""

from __future__ import annotations

import typing as t

import pytest

from ansible_collections.m365.entra.plugins.module_utils._directory.directory import Directory
from ansible_collections.m365.entra.plugins.module_utils._graph.errors import GuardRefused, OptionError
from ansible_collections.m365.entra.plugins.module_utils._policy.policy_plan import CurrentPolicy, current_policy
from ansible_collections.m365.entra.plugins.module_utils._policy.references import NamedReference
from ansible_collections.m365.entra.plugins.module_utils._reconcile.object_plan import CurrentObject, ObjectPlan
from ansible_collections.m365.entra.plugins.module_utils._resources.object_options import desired_objects
from ansible_collections.m365.entra.plugins.module_utils._resources.objects import (
    RESOURCES,
    phases_around,
    plan_objects,
    planned_objects,
    read_objects,
    refuse_removal_of_used,
    tell_directory,
)
from ansible_collections.m365.entra.tests.unit.plugins.module_utils.support import ids
from ansible_collections.m365.entra.tests.unit.plugins.module_utils.support.fake_objects import (
    CONTEXTS,
    LOCATIONS,
    context,
    country_location,
    ip_location,
    strength,
)
from ansible_collections.m365.entra.tests.unit.plugins.module_utils.support.fake_session import FakeSession
from ansible_collections.m365.entra.tests.unit.plugins.module_utils.support.policies import policy, stored

Json = dict[str, t.Any]
LOCATION, CONTEXT, STRENGTH = "named_location", "authentication_context", "authentication_strength_policy"
TENANT: dict[str, list[Json]] = {
    LOCATION: [ip_location(isTrusted=True), country_location()],
    CONTEXT: [context()],
    STRENGTH: [strength()],
}


def existing(tenant: t.Mapping[str, t.Sequence[Json]] | None = None) -> dict[str, tuple[CurrentObject, ...]]:
    """The objects of a tenant."""
    return {noun: tuple(map(RESOURCES[noun].current, found)) for noun, found in (tenant or TENANT).items()}


def plans(noun: str, *options: Json, cloud: str = "global", tenant: t.Any = None) -> tuple[ObjectPlan, ...]:
    """The plans for some objects of one kind."""
    return plan_objects({noun: desired_objects(RESOURCES[noun], options, f"{noun}s")}, existing(tenant), cloud)


def using(noun: str, identifier: str, name: str = "User") -> CurrentPolicy:
    """A policy that refers to an object."""
    parts: dict[str, Json] = {
        LOCATION: {"locations": {"includeLocations": ["All"], "excludeLocations": [identifier]}},
        CONTEXT: {"applications": {"includeAuthenticationContextClassReferences": [identifier]}},
        STRENGTH: {"grant": {"operator": "OR", "authenticationStrength": {"id": identifier}}},
    }
    return current_policy(stored(name, **parts[noun]))


def test_each_kind_is_one_read() -> None:
    session = FakeSession()
    session.collections |= {LOCATIONS: TENANT[LOCATION][::-1], CONTEXTS: TENANT[CONTEXT]}
    found = read_objects(session, [LOCATION, CONTEXT])
    assert [one.name for one in found[LOCATION]] == ["Home", "Office"]
    assert session.requests == [("GET", LOCATIONS), ("GET", CONTEXTS)]


# What is removed


@pytest.mark.parametrize(
    ("noun", "name", "identifier"),
    [(LOCATION, "Office", ids.OFFICE), (CONTEXT, "Payroll", "c1"), (STRENGTH, "Ours", ids.PRINTERS)],
)
def test_used_object_is_not_removed(noun: str, name: str, identifier: str) -> None:
    removal = plans(noun, {"display_name": name, "state": "absent"})
    policies = [using(noun, identifier, "B"), using(noun, identifier, "A"), current_policy(stored("Other"))]
    with pytest.raises(GuardRefused) as failure:
        refuse_removal_of_used(removal, policies)
    assert failure.value.message.startswith(f"{noun}s[0]: {RESOURCES[noun].label} {name!r}")
    assert "these policies refer to it: 'A', 'B'." in failure.value.message
    assert "Nothing was written" in failure.value.remedy
    refuse_removal_of_used(removal, policies[2:])


def test_used_object_may_change() -> None:
    refuse_removal_of_used(
        plans(LOCATION, {"display_name": "Office", "is_trusted": False}), [using(LOCATION, ids.OFFICE)]
    )


# Limits


def locations(number: int) -> list[Json]:
    """Many named locations of IP ranges."""
    return [ip_location(f"L{one}", identifier=f"cccccccc-0000-4000-8000-{one:012x}") for one in range(number)]


NEW_LOCATION = {"display_name": "New", "ip_ranges": ["192.0.2.0/24"]}
NEW_STRENGTH = {"display_name": "New", "allowed_combinations": ["fido2"]}


def strengths(number: int) -> list[Json]:
    """Many custom strengths, and a built-in one that does not count."""
    custom = [strength(f"S{one}", identifier=f"bbbbbbbb-0000-4000-8000-{one:012x}") for one in range(number)]
    return [*custom, strength("Built in", identifier=ids.MFA_STRENGTH, policyType="builtIn")]


@pytest.mark.parametrize(
    ("noun", "tenant", "options", "total"),
    [
        (LOCATION, locations(195), [NEW_LOCATION], 196),
        (LOCATION, locations(194), [NEW_LOCATION, {**NEW_LOCATION, "display_name": "Newer"}], 196),
        (STRENGTH, strengths(15), [NEW_STRENGTH], 16),
        # What goes, goes last.
        (LOCATION, locations(195), [NEW_LOCATION, {"display_name": "L1", "state": "absent"}], 196),
    ],
)
def test_limit(noun: str, tenant: list[Json], options: list[Json], total: int) -> None:
    with pytest.raises(GuardRefused, match=rf"would make {total}; a tenant holds at most {195 if total > 16 else 15}"):
        plans(noun, *options, tenant={noun: tenant})


@pytest.mark.parametrize(
    ("noun", "tenant", "options"),
    [
        (LOCATION, locations(194), [NEW_LOCATION]),
        (LOCATION, locations(195), [{"display_name": "New", "countries_and_regions": ["DE"]}]),
        (LOCATION, locations(196), [{"display_name": "L1", "is_trusted": True}]),
        (STRENGTH, strengths(14), [NEW_STRENGTH]),
    ],
)
def test_within_the_limit(noun: str, tenant: list[Json], options: list[Json]) -> None:
    assert len(plans(noun, *options, tenant={noun: tenant})) == len(options)


def test_two_entries_for_one_object() -> None:
    with pytest.raises(OptionError, match=r"^named_locations\[1\]: 'Office' already stands at named_locations\[0\]"):
        plans(LOCATION, {"display_name": "Office"}, {"id": ids.OFFICE})


@pytest.mark.parametrize(
    ("noun", "options", "cloud", "path"),
    [
        (
            LOCATION,
            {"display_name": "New", "countries_and_regions": ["US"], "country_lookup_method": "authenticatorAppGps"},
            "us_government_l4",
            "named_locations[0].country_lookup_method",
        ),
        (
            STRENGTH,
            {"display_name": "New", "allowed_combinations": ["qrCodePin"]},
            "china",
            "authentication_strength_policys[0].allowed_combinations",
        ),
    ],
)
def test_what_a_cloud_lacks_is_refused(noun: str, options: Json, cloud: str, path: str) -> None:
    assert plans(noun, options)
    with pytest.raises(OptionError) as failure:
        plans(noun, options, cloud=cloud)
    assert failure.value.message.startswith(f"{path}: ")
    assert cloud in failure.value.message


# Names


def test_directory_learns_what_is_there_comes_goes_and_changes_its_name() -> None:
    session = FakeSession()
    directory = Directory(session)
    planned = plans(
        LOCATION,
        NEW_LOCATION,
        {"display_name": "Office", "state": "absent"},
        {"display_name": "Country", "previous_name": "Home"},
    )
    tell_directory(directory, planned, {LOCATION: existing()[LOCATION]})
    assert directory.identify(LOCATION, "new") == planned[0].key
    assert directory.identify(LOCATION, "Country") == ids.PORTAL
    gone = [NamedReference(LOCATION, name, name) for name in ("Office", "Home", ids.OFFICE)]
    assert [one.path for one in directory.unresolved(gone)] == ["Office", "Home", ids.OFFICE]
    assert session.requests == []


# Phases


def test_what_policies_need_comes_before_them_and_what_they_needed_goes_after() -> None:
    planned = [
        *plans(LOCATION, NEW_LOCATION, {"display_name": "Office", "state": "absent"}),
        *plans(CONTEXT, {"display_name": "Payroll", "is_available": True}),
        *plans(STRENGTH, {"display_name": "Ours"}),
    ]
    around = phases_around(planned, ["Staff 2"])
    (provide,) = around.before
    assert [(one.operation, one.resource, one.name) for one in provide.actions] == [
        ("create", "group", "Staff 2"),
        ("create", LOCATION, "New"),
        ("update", CONTEXT, "Payroll"),
    ]
    assert len(provide.expectations) == 3
    prepare, remove = around.after
    assert [(one.operation, one.name) for one in prepare.actions] == [("update", "Office")]
    assert prepare.expectations[0].value["isTrusted"] is False
    assert [(one.operation, one.name) for one in remove.actions] == [("delete", "Office")]
    assert remove.expectations[0].value is None


def test_nothing_to_do_is_no_action() -> None:
    around = phases_around(plans(LOCATION, {"display_name": "Office"}), [])
    assert [phase.actions for phase in (*around.before, *around.after)] == [(), (), ()]


def test_planned_objects_are_what_is_wanted_and_what_nobody_touches() -> None:
    planned = plans(LOCATION, NEW_LOCATION, {"display_name": "Office", "state": "absent"})
    found = planned_objects(planned, existing()[LOCATION])
    assert [(one.name, one.identifier) for one in found] == [("New", ""), ("Home", ids.PORTAL)]
    (chosen,) = planned_objects(plans(CONTEXT, {"id": "c9", "display_name": "New"}, tenant={CONTEXT: []}), [])
    assert chosen.identifier == "c9"


def test_policy_that_is_removed_too_does_not_count() -> None:
    """The policies that are asked are those after the run."""
    refuse_removal_of_used(plans(LOCATION, {"display_name": "Office", "state": "absent"}), [current_policy(policy())])
