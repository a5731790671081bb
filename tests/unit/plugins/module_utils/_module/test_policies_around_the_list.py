# Copyright: (c) 2026, m365.entra contributors
# GNU General Public License v3.0+ (see COPYING or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later
"""What conditional_access_policies and tenant_configuration take besides a list of policies."""

from __future__ import annotations

import typing as t

import pytest

from ansible_collections.m365.entra.plugins.module_utils._graph.errors import OptionError
from ansible_collections.m365.entra.plugins.module_utils._module import conditional_access_policies as list_module
from ansible_collections.m365.entra.plugins.module_utils._module import tenant_configuration as tenant_module
from ansible_collections.m365.entra.tests.unit.plugins.module_utils.support import ids
from ansible_collections.m365.entra.tests.unit.plugins.module_utils.support.fake_module import FakeModule, fake_module
from ansible_collections.m365.entra.tests.unit.plugins.module_utils.support.fake_objects import ip_location
from ansible_collections.m365.entra.tests.unit.plugins.module_utils.support.fake_session import (
    CONTEXTS,
    GROUPS,
    LOCATIONS,
    STRENGTHS,
    FakeSession,
)
from ansible_collections.m365.entra.tests.unit.plugins.module_utils.support.policies import (
    DISABLED,
    ENABLED,
    policy,
    stored,
)

Json = dict[str, t.Any]


def tenant() -> FakeSession:
    """A tenant with a listed policy and two others."""
    return FakeSession(
        [stored("Listed"), stored("Other", ENABLED, ids.POLICY_TWO), stored("Vendor", ENABLED, ids.OFFICE)]
    )


def task(session: FakeSession, is_tenant: bool, **options: t.Any) -> tuple[Json, FakeModule]:
    """One task of either module; what stands around the list has its own place in tenant_configuration."""
    session.requests.clear()
    if not is_tenant:
        module = fake_module(list_module.SPEC, options)
        return list_module.run(module, lambda: session), module
    beside = {name: options.pop(name) for name in ("api_version", "groups", "emergency_access") if name in options}
    module = fake_module(tenant_module.SPEC, {"conditional_access_policies": options, **beside})
    return tenant_module.run(module, lambda: session), module


BOTH = pytest.mark.parametrize("is_tenant", [False, True])
LISTED = [{"display_name": "Listed"}]
EVERY = {"conditions": {"users": {"exclude_groups": {"add": ["Staff"]}}}}


@BOTH
def test_others_are_disabled_but_for_the_protected(is_tenant: bool) -> None:
    session = tenant()
    result, _module = task(session, is_tenant, policies=LISTED, unmanaged="disable", protected_display_names=["VENDOR"])
    assert result["changed"]
    assert {one["displayName"]: one["state"] for one in session.policies if one["displayName"] != "Listed"} == {
        "Other": DISABLED,
        "Vendor": ENABLED,
    }
    told = result["tenant_configuration"] if is_tenant else result
    assert [(one["display_name"], one["policy_state"]) for one in told["unmanaged_policies"]] == [
        ("Other", "disabled"),
        ("Vendor", "enabled"),
    ]
    assert [one["display_name"] for one in told["conditional_access_policies"]] == ["Listed"]


@BOTH
def test_others_are_removed_but_for_those_with_a_protected_beginning(is_tenant: bool) -> None:
    session = tenant()
    task(session, is_tenant, policies=LISTED, unmanaged="remove", protected_display_name_prefixes=["ven"])
    assert {one["displayName"] for one in session.policies} == {"Listed", "Vendor"}


@BOTH
@pytest.mark.parametrize("mode", ["disable", "remove"])
def test_empty_list_is_refused(is_tenant: bool, mode: str) -> None:
    session = tenant()
    path = "conditional_access_policies.policies" if is_tenant else "policies"
    with pytest.raises(OptionError, match=rf"^{path}: no policy is listed"):
        task(session, is_tenant, policies=[], unmanaged=mode)
    assert session.requests == []


@BOTH
def test_edit_of_every_policy(is_tenant: bool) -> None:
    session = tenant()
    task(session, is_tenant, policies=[], every_policy=EVERY)
    assert len(session.writes) == 3
    again, _module = task(session, is_tenant, policies=[], every_policy=EVERY)
    assert (again["changed"], session.writes) == (False, [])


@BOTH
@pytest.mark.parametrize(
    ("users", "words"),
    [
        ({"exclude_groups": ["Staff"]}, "only add and remove"),
        ({"exclude_groups": {"set": ["Staff"]}}, "only add and remove"),
        ({"exclude_users": []}, "only add and remove"),
        ({"exclude_users": None}, "only add and remove"),
        ({"exclude_roles": "Global Administrator"}, "only add and remove"),
        ({"exclude_users": {"put": ["ada"]}}, "do not belong there"),
        ({"exclude_users": {}}, "names neither add nor remove"),
        ({"exclude_users": {"add": 5}}, "must be of type array"),
        ({"exclude_users": {"add": ["all"]}}, "whole kinds of users"),
        ({"exclude_users": {"add": "GuestsOrExternalUsers"}}, "whole kinds of users"),
    ],
)
def test_edit_of_every_policy_only_adds_and_removes(is_tenant: bool, users: Json, words: str) -> None:
    session = tenant()
    prefix = "conditional_access_policies." if is_tenant else ""
    with pytest.raises(OptionError) as failure:
        task(session, is_tenant, policies=[], every_policy={"conditions": {"users": users}})
    assert failure.value.message.startswith(f"{prefix}every_policy.conditions.users.exclude_")
    assert words in failure.value.message
    assert session.requests == []


@BOTH
def test_single_text_in_an_edit_is_a_list_of_one(is_tenant: bool) -> None:
    session = tenant()
    edit = {"conditions": {"users": {"exclude_users": {"add": "ada@contoso.example"}}}}
    task(session, is_tenant, policies=[], every_policy=edit)
    assert {tuple(one["conditions"]["users"]["excludeUsers"]) for one in session.policies} == {(ids.ADA,)}


@BOTH
def test_missing_groups_are_made_and_told(is_tenant: bool) -> None:
    session = tenant()
    options = {"policies": [], "every_policy": {"conditions": {"users": {"exclude_groups": {"add": ["New"]}}}}}
    result, module = task(session, is_tenant, groups={"missing": "create"}, **options)
    assert ("POST", GROUPS) in session.writes
    assert [one["name"] for one in result["plan"] if one["resource"] == "group"] == ["New"]
    (warning,) = [one for one in module.warnings if "without members" in one]
    assert "'New'" in warning


@BOTH
def test_preview_is_told(is_tenant: bool) -> None:
    verified = policy("New", grant={"operator": "OR", "builtInControls": ["verifiedID"]})
    _result, module = task(tenant(), is_tenant, policies=[{"definition": verified}], api_version="beta")
    path = "conditional_access_policies.policies" if is_tenant else "policies"
    assert any(f"{path}[0].grant_controls.built_in_controls verifiedID" in one for one in module.warnings)


def test_tenant_takes_objects_and_returns_them() -> None:
    session = FakeSession()
    session.collections |= {LOCATIONS: [ip_location()], CONTEXTS: [], STRENGTHS: []}
    options = {
        "named_locations": [
            {"display_name": "Office", "is_trusted": True},
            {"display_name": "Gone", "state": "absent"},
        ],
        "authentication_contexts": [{"id": "c5", "display_name": "Vault"}],
        "authentication_strength_policies": [{"display_name": "Keys", "allowed_combinations": ["fido2"]}],
        "conditional_access_policies": {
            "policies": [
                {
                    "definition": policy(
                        locations={"includeLocations": ["All"], "excludeLocations": ["Office"]},
                        grant={"operator": "OR", "authenticationStrength": {"displayName": "Keys"}},
                    )
                }
            ]
        },
    }
    first, _module = tenant_task(session, options)
    state = first["tenant_configuration"]
    assert [one["display_name"] for one in state["named_locations"]] == ["Office"]
    assert [one["id"] for one in state["authentication_contexts"]] == ["c5"]
    assert [one["allowed_combinations"] for one in state["authentication_strength_policies"]] == [["fido2"]]
    again, _module = tenant_task(session, options)
    assert (again["changed"], again["plan"]) == (False, [])
    assert again["tenant_configuration"]["named_locations"] == state["named_locations"]


def tenant_task(session: FakeSession, options: Json) -> tuple[Json, FakeModule]:
    """One task of tenant_configuration."""
    module = fake_module(tenant_module.SPEC, options)
    return tenant_module.run(module, lambda: session), module


def test_fault_of_an_object_names_its_list() -> None:
    with pytest.raises(OptionError, match=r"^named_locations\[0\]\.id: "):
        tenant_task(FakeSession(), {"named_locations": [{"id": "Office"}]})


def test_names_stand_beside_ids_of_what_is_new() -> None:
    session = FakeSession()
    session.collections[LOCATIONS] = []
    options = {
        "named_locations": [{"display_name": "Site", "ip_ranges": ["192.0.2.0/24"]}],
        "conditional_access_policies": {"policies": [{"definition": policy(locations={"includeLocations": ["Site"]})}]},
    }
    result, _module = tenant_task(session, options)
    shown = [
        change["after"]
        for action in result["plan"]
        for change in action["changes"]
        if change["path"] == "conditions.locations.include_locations"
    ]
    assert shown == [["Site (new)"]]
