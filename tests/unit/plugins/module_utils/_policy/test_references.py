# Copyright: (c) 2026, m365.entra contributors
# GNU General Public License v3.0+ (see COPYING or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later
"""Mentions of other objects: found with their option paths, and replaced by ids."""

from __future__ import annotations

import typing as t

import pytest

from ansible_collections.m365.entra.plugins.module_utils._policy.references import references, with_ids
from ansible_collections.m365.entra.tests.unit.plugins.module_utils.support import ids
from ansible_collections.m365.entra.tests.unit.plugins.module_utils.support.policies import everything, policy

Json = dict[str, t.Any]


def test_every_kind_of_mention_is_found_with_its_path() -> None:
    found = {(one.kind, one.value, one.path) for one in references(everything(), "policies[0].")}
    users, applications = "policies[0].conditions.users", "policies[0].conditions.applications"
    assert found == {
        ("user", ids.ADA, f"{users}.include_users[0]"),
        ("user", ids.BOB, f"{users}.exclude_users[0]"),
        ("group", ids.STAFF, f"{users}.include_groups[0]"),
        ("group", ids.PRINTERS, f"{users}.exclude_groups[0]"),
        ("role", ids.GLOBAL_ADMINISTRATOR, f"{users}.include_roles[0]"),
        ("role", ids.SYNCHRONIZATION_ACCOUNTS, f"{users}.exclude_roles[0]"),
        ("application", ids.PORTAL, f"{applications}.include_applications[0]"),
        (
            "service_principal",
            ids.PORTAL,
            "policies[0].conditions.client_applications.exclude_service_principals[0]",
        ),
        (
            "authentication_context",
            "c1",
            f"{applications}.include_authentication_context_class_references[0]",
        ),
        ("named_location", ids.OFFICE, "policies[0].conditions.locations.exclude_locations[1]"),
        ("terms_of_use", "7d2f3f2e-0000-4000-8000-000000000001", "policies[0].grant_controls.terms_of_use[0]"),
        (
            "authentication_strength_policy",
            ids.MFA_STRENGTH,
            "policies[0].grant_controls.authentication_strength",
        ),
    }


@pytest.mark.parametrize("keyword", ["All", "all", "ALL", "None", "guestsorexternalusers"])
def test_keywords_are_no_mentions_in_any_case(keyword: str) -> None:
    assert references(policy(users={"includeUsers": [keyword]})) == []


@pytest.mark.parametrize(
    ("strength", "value"),
    [("Ours", "Ours"), ({"id": "x", "displayName": "Ours"}, "x"), ({"displayName": "Ours"}, "Ours")],
)
def test_strength_by_name_id_or_object(strength: t.Any, value: str) -> None:
    (found,) = references({"grantControls": {"authenticationStrength": strength}})
    assert found.value == value


@pytest.mark.parametrize("content", [{}, {"conditions": None}, {"conditions": {"users": {"includeUsers": None}}}])
def test_nothing_mentioned(content: Json) -> None:
    assert references(content) == []


EDIT = {
    "conditions": {
        "users": {"excludeGroups": {"add": ["Staff", ids.PRINTERS], "remove": ["Old", ids.STAFF.upper(), "all"]}},
        "locations": {"excludeLocations": {"remove": [ids.OFFICE], "add": ["alltrusted"]}},
    }
}


def test_mentions_in_an_edit() -> None:
    """An id that leaves a list need not be found: what it names may be gone from the tenant already."""
    path = "conditions.users.exclude_groups"
    assert [(one.value, one.path) for one in references(EDIT)] == [
        ("Staff", f"{path}.add[0]"),
        (ids.PRINTERS, f"{path}.add[1]"),
        ("Old", f"{path}.remove[0]"),
        ("all", f"{path}.remove[2]"),
    ]


def test_ids_stand_in_place_of_names_in_an_edit() -> None:
    changed = with_ids(EDIT, lambda kind, value: f"{kind}:{value}")["conditions"]
    assert changed["users"]["excludeGroups"]["add"] == ["group:Staff", f"group:{ids.PRINTERS}"]
    assert set(changed["users"]["excludeGroups"]["remove"]) == {ids.STAFF, "group:Old", "group:all"}
    assert changed["locations"]["excludeLocations"] == {"add": ["AllTrusted"], "remove": [ids.OFFICE]}


def test_ids_stand_in_place_of_names_and_keywords_in_their_spelling() -> None:
    content = {
        "conditions": {
            "users": {"includeUsers": ["all", "ada"], "excludeGroups": ["staff"], "includeRoles": None},
            "applications": {"includeAuthenticationContextClassReferences": ["c1"]},
            "clientAppTypes": ["browser"],
        },
        "grantControls": {"authenticationStrength": {"displayName": "Ours"}, "customAuthenticationFactors": ["f"]},
        "displayName": "x",
    }
    assert with_ids(content, lambda kind, value: f"{kind}:{value}") == {
        "conditions": {
            "users": {"includeUsers": ["All", "user:ada"], "excludeGroups": ["group:staff"], "includeRoles": []},
            "applications": {"includeAuthenticationContextClassReferences": ["authentication_context:c1"]},
            "clientAppTypes": ["browser"],
        },
        "grantControls": {
            "authenticationStrength": "authentication_strength_policy:Ours",
            "customAuthenticationFactors": ["f"],
        },
        "displayName": "x",
    }
