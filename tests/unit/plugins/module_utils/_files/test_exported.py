# Copyright: (c) 2026, m365.entra contributors
# GNU General Public License v3.0+ (see COPYING or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later
"""What is exported says the same again: in this tenant nothing changes, in another all of it comes to be."""

from __future__ import annotations

import typing as t

import pytest
from hypothesis import given

from ansible_collections.m365.entra.plugins.module_utils._directory.directory import Directory
from ansible_collections.m365.entra.plugins.module_utils._files.exported import (
    export_objects,
    export_policies,
    exported_object,
    exported_policy,
)
from ansible_collections.m365.entra.plugins.module_utils._files.names import learn_names
from ansible_collections.m365.entra.plugins.module_utils._files.text import file_text
from ansible_collections.m365.entra.plugins.module_utils._policy.definition_yaml import parse_yaml
from ansible_collections.m365.entra.plugins.module_utils._policy.desired import DesiredPolicy, desired_policy
from ansible_collections.m365.entra.plugins.module_utils._policy.policy_plan import (
    CurrentPolicy,
    current_policy,
    plan_policy,
)
from ansible_collections.m365.entra.plugins.module_utils._reconcile.canonical import canonical
from ansible_collections.m365.entra.plugins.module_utils._resources.object_options import desired_object
from ansible_collections.m365.entra.plugins.module_utils._resources.objects import RESOURCES
from ansible_collections.m365.entra.plugins.module_utils._spec.object_options import object_options
from ansible_collections.m365.entra.plugins.module_utils._spec.policy_options import POLICY
from ansible_collections.m365.entra.tests.unit.plugins.module_utils.support import ids
from ansible_collections.m365.entra.tests.unit.plugins.module_utils.support.fake_module import fake_module
from ansible_collections.m365.entra.tests.unit.plugins.module_utils.support.fake_objects import (
    CONTEXTS,
    context,
    country_location,
    ip_location,
    strength,
)
from ansible_collections.m365.entra.tests.unit.plugins.module_utils.support.fake_session import FakeSession
from ansible_collections.m365.entra.tests.unit.plugins.module_utils.support.policies import (
    ENABLED,
    REPORT_ONLY,
    everything_in_preview,
    policy,
    stored,
)
from ansible_collections.m365.entra.tests.unit.plugins.module_utils.support.policy_strategies import policies

Json = dict[str, t.Any]


def tenant() -> FakeSession:
    """A tenant that knows what the policies of the tests refer to, and two groups of one name."""
    session = FakeSession()
    session.collections[CONTEXTS] = [context("c1", "Payroll"), context("c2", "c9")]
    session.collections["/identityGovernance/termsOfUse/agreements"] = [{"id": ids.OFFICE, "displayName": "Terms"}]
    session.collections["/groups"].append({"id": ids.ADA, "displayName": "printers"})
    return session


def exported(current: CurrentPolicy, session: FakeSession) -> Json:
    """A policy as the options in its file, as Ansible hands them over."""
    directory = Directory(session)
    learn_names(directory, [current.content])
    written = parse_yaml(file_text(exported_policy(current, directory)), "file")
    return t.cast(Json, fake_module(POLICY, t.cast(Json, written)).given)


def wanted(options: Json, session: FakeSession) -> DesiredPolicy:
    """The policy that options describe, with ids."""
    desired = desired_policy(options, api_version="beta")
    directory = Directory(session)
    directory.unresolved(desired.mentions())
    return desired.resolved(directory.identify)


@given(policies)
def test_export_of_any_policy_changes_nothing(raw: Json) -> None:
    session = tenant()
    current = current_policy({"id": ids.POLICY_ONE, "state": ENABLED, **raw})
    plan = plan_policy(wanted(exported(current, session), session), [current])
    assert plan.all_changes == []


@given(policies)
def test_export_of_any_policy_makes_it_again(raw: Json) -> None:
    session = tenant()
    current = current_policy({"id": ids.POLICY_ONE, "state": REPORT_ONLY, **raw})
    again = current_policy({"id": "x", "state": REPORT_ONLY, **wanted(exported(current, session), session).content})
    assert again.content == current.content


def test_names_stand_where_they_mean_one_thing_and_ids_elsewhere() -> None:
    options = exported(current_policy({"id": ids.POLICY_ONE, "state": ENABLED, **everything_in_preview()}), tenant())
    conditions = options["conditions"]
    assert conditions["users"]["include_users"] == ["ada@contoso.example", "AllAgentIdUsers"]
    assert conditions["users"]["include_groups"] == ["Staff"]
    # Two groups have this name in some case.
    assert conditions["users"]["exclude_groups"] == [ids.PRINTERS]
    assert conditions["users"]["include_roles"] == ["Global Administrator"]
    assert conditions["applications"]["include_authentication_context_class_references"] == ["Payroll"]
    assert conditions["locations"]["exclude_locations"] == ["AllTrusted", "Office"]
    assert options["grant_controls"]["authentication_strength"] == "Multifactor authentication"


def test_context_whose_name_is_another_ones_id_goes_by_its_id() -> None:
    raw = stored(applications={"includeAuthenticationContextClassReferences": ["c2"]})
    options = exported(current_policy(raw), tenant())
    assert options["conditions"]["applications"]["include_authentication_context_class_references"] == ["c2"]


def test_file_begins_with_what_people_look_for() -> None:
    options = exported_policy(current_policy(stored(state=ENABLED)), Directory(tenant()))
    assert list(options)[:3] == ["display_name", "policy_state", "complete"]
    assert (options["policy_state"], options["complete"]) == ("enabled", True)
    assert "id" not in options


def test_what_is_not_ours_or_not_shown_in_full_is_skipped_and_twins_carry_ids() -> None:
    names = ("MFA", "MFA", "Microsoft-managed: x", "Agents")
    found = [
        current_policy(stored(name, identifier=f"eeeeeeee-0000-4000-8000-{number:012x}"))
        for number, name in enumerate(names)
    ]
    exported_, skipped, warnings = export_policies(found, Directory(tenant()), {found[3].identifier})
    assert [one.options.get("id") for one in exported_] == [found[0].identifier, found[1].identifier]
    assert {one.name: one.reason for one in skipped} == {
        "Microsoft-managed: x": "Microsoft manages it",
        "Agents": "it uses preview features; api_version: beta shows them",
    }
    (warning,) = warnings
    assert "'MFA'" in warning


OBJECTS: list[tuple[str, Json]] = [
    ("named_location", ip_location("Site", "192.0.2.0/24", "10.0.0.0/16", isTrusted=True)),
    ("named_location", ip_location("v6", "2001:db8::/32")),
    ("named_location", country_location("Home", "DE", "FR")),
    ("named_location", country_location("Unknown", includeUnknownCountriesAndRegions=True, countriesAndRegions=[])),
    ("named_location", country_location("GPS", countryLookupMethod="authenticatorAppGps")),
    ("authentication_context", context(is_available=True, description="For payroll.")),
    ("authentication_context", context("c99", "on")),
    ("authentication_strength_policy", strength("Keys", "fido2", "password,sms")),
    (
        "authentication_strength_policy",
        strength(
            "Limited",
            "fido2",
            combinationConfigurations=[
                {
                    "@odata.type": "#microsoft.graph.fido2CombinationConfiguration",
                    "id": "x",
                    "appliesToCombinations": ["fido2"],
                    "allowedAAGUIDs": [ids.ADA],
                }
            ],
        ),
    ),
]


@pytest.mark.parametrize(("noun", "raw"), OBJECTS, ids=lambda one: one["displayName"] if isinstance(one, dict) else one)
def test_export_of_an_object_says_the_same_again(noun: str, raw: Json) -> None:
    resource = RESOURCES[noun]
    current = resource.current(raw)
    options = t.cast(Json, parse_yaml(file_text(exported_object(resource, current)), "file"))
    desired = desired_object(resource, fake_module(object_options(resource), options).given)
    assert not resource.plan(desired, [current]).is_changed
    new = resource.plan(desired, [])
    assert new.is_new
    assert new.content == canonical(new.shape, raw)


def test_objects_of_the_service_are_skipped() -> None:
    resource = RESOURCES["authentication_strength_policy"]
    built_in = strength("Passwordless MFA", identifier=ids.MFA_STRENGTH, policyType="builtIn")
    exported_, skipped, warnings = export_objects(resource, [resource.current(built_in), resource.current(strength())])
    assert [one.name for one in exported_] == ["Ours"]
    assert [(one.name, one.reason) for one in skipped] == [("Passwordless MFA", "it belongs to the service")]
    assert warnings == []


@pytest.mark.parametrize(
    "name", ["on", "1e3", "2020-01-01", "null", "~", "a: b # c", "- x", "日本", "'\"", "{{ x }}", " x"]
)
def test_any_name_survives_its_file(name: str) -> None:
    current = current_policy({"id": ids.POLICY_ONE, "state": ENABLED, **policy(name)})
    assert exported(current, tenant())["display_name"] == name
