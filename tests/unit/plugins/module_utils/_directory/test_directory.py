# Copyright: (c) 2026, m365.entra contributors
# GNU General Public License v3.0+ (see COPYING or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later
"""Names to ids: everything at once, in few requests, and never by guessing."""

from __future__ import annotations

import pytest

from ansible_collections.m365.entra.plugins.module_utils._directory.directory import Directory, UnresolvedReferences
from ansible_collections.m365.entra.plugins.module_utils._policy.references import NamedReference
from ansible_collections.m365.entra.tests.unit.plugins.module_utils.support import ids
from ansible_collections.m365.entra.tests.unit.plugins.module_utils.support.fake_session import FakeSession

UPN = "ada@contoso.example"
LOCATIONS = "/identity/conditionalAccess/namedLocations"
STRENGTHS = "/policies/authenticationStrengthPolicies"
ROLES = "/roleManagement/directory/roleDefinitions"


def mentions(kind: str, *values: str) -> list[NamedReference]:
    """Mentions of one kind, at the option paths users[0], users[1], ..."""
    return [NamedReference(kind, value, f"{kind}s[{index}]") for index, value in enumerate(values)]


def resolved(session: FakeSession, kind: str, *values: str) -> list[str]:
    """The ids of the values."""
    directory = Directory(session)
    directory.resolve(mentions(kind, *values))
    return [directory.identify(kind, value) for value in values]


@pytest.mark.parametrize(
    ("kind", "value", "identifier"),
    [
        ("user", UPN, ids.ADA),
        ("user", "ADA@Contoso.Example", ids.ADA),
        ("user", ids.ADA, ids.ADA),
        ("user", ids.ADA.upper(), ids.ADA),
        ("group", "Staff", ids.STAFF),
        ("application", "Portal", ids.PORTAL),
        ("application", ids.PORTAL, ids.PORTAL),
        ("service_principal", "Portal", ids.PORTAL[::-1]),
        ("named_location", "office", ids.OFFICE),
        ("named_location", ids.OFFICE, ids.OFFICE),
        ("named_location", "MFA trusted IPs", "00000000-0000-0000-0000-000000000000"),
        ("named_location", "00000000-0000-0000-0000-000000000000", "00000000-0000-0000-0000-000000000000"),
        ("authentication_strength_policy", "phishing-resistant MFA", ids.PHISHING_RESISTANT_STRENGTH),
        ("authentication_strength_policy", ids.MFA_STRENGTH, ids.MFA_STRENGTH),
        ("role", "Global Administrator", ids.GLOBAL_ADMINISTRATOR),
        ("role", "globaladministrator", ids.GLOBAL_ADMINISTRATOR),
        ("role", ids.GLOBAL_ADMINISTRATOR.upper(), ids.GLOBAL_ADMINISTRATOR),
    ],
)
def test_value_stands_for_an_id(kind: str, value: str, identifier: str) -> None:
    assert resolved(FakeSession(), kind, value) == [identifier]


@pytest.mark.parametrize(
    ("kind", "value"),
    [
        ("role", "Security Administrator"),
        ("role", ids.GLOBAL_ADMINISTRATOR),
        ("authentication_strength_policy", ids.MFA_STRENGTH),
    ],
)
def test_what_every_tenant_has_costs_no_request(kind: str, value: str) -> None:
    session = FakeSession()
    resolved(session, kind, value)
    assert session.requests == []


@pytest.mark.parametrize(
    ("kind", "name", "path"),
    [
        ("authentication_strength_policy", "Multifactor authentication", "/policies/authenticationStrengthPolicies"),
        ("named_location", "All Compliant Network locations", "/identity/conditionalAccess/namedLocations"),
    ],
)
def test_name_that_every_tenant_knows_may_be_that_of_another_object(kind: str, name: str, path: str) -> None:
    session = FakeSession()
    resolved(session, kind, name)
    assert session.requests == [("GET", path)]
    twin = {"id": "99999999-9999-9999-9999-999999999999", "displayName": name.upper()}
    session.collections[path] = [twin]
    with pytest.raises(UnresolvedReferences, match="2 objects of kind"):
        resolved(session, kind, name)


def test_well_known_application_must_be_in_the_tenant() -> None:
    session = FakeSession()
    with pytest.raises(UnresolvedReferences, match="Microsoft Graph"):
        resolved(session, "application", "Microsoft Graph")
    graph = "00000003-0000-0000-c000-000000000000"
    session.collections["/servicePrincipals"].append({"id": ids.ADA, "appId": graph, "displayName": "Microsoft Graph"})
    assert resolved(session, "application", "microsoft graph") == [graph]


def test_everything_that_fails_is_named_at_once_with_its_option() -> None:
    session = FakeSession()
    session.collections["/groups"].append({"id": ids.OFFICE, "displayName": "STAFF"})
    wanted = [
        *mentions("user", "nobody@contoso.example", UPN, ids.OTHER_TENANT),
        *mentions("group", "Staff"),
        *mentions("role", "Emperor"),
        *mentions("named_location", "Moon"),
    ]
    with pytest.raises(UnresolvedReferences) as failure:
        Directory(session).resolve(wanted)
    message = failure.value.message
    assert "users[0]: there is no user named 'nobody@contoso.example' in this tenant" in message
    assert f"users[2]: there is no user with the id '{ids.OTHER_TENANT}'" in message
    assert f"groups[0]: 2 objects of kind group are named 'Staff' ({ids.STAFF}, {ids.OFFICE})" in message
    assert "roles[0]: there is no directory role named 'Emperor'" in message
    assert "named_locations[0]" in message
    assert "users[1]" not in message
    assert [one["path"] for one in failure.value.details["unresolved"]] == [
        "users[0]",
        "users[2]",
        "groups[0]",
        "roles[0]",
        "named_locations[0]",
    ]
    assert "Nothing was written" in failure.value.remedy


def test_id_of_one_of_two_with_the_same_name_is_not_ambiguous() -> None:
    session = FakeSession()
    session.collections["/groups"].append({"id": ids.OFFICE, "displayName": "Staff"})
    assert resolved(session, "group", ids.STAFF, "Printers", ids.OFFICE) == [ids.STAFF, ids.PRINTERS, ids.OFFICE]


def test_second_object_of_a_known_name_is_still_found() -> None:
    session = FakeSession()
    session.collections["/groups"].append({"id": ids.OFFICE, "displayName": "Staff"})
    directory = Directory(session)
    directory.learn("group", [ids.STAFF])
    with pytest.raises(UnresolvedReferences, match="2 objects"):
        directory.resolve(mentions("group", "Staff"))


def test_ids_and_names_of_one_kind_take_one_request_each() -> None:
    session = FakeSession()
    assert resolved(session, "user", UPN, ids.BOB, "emergency@contoso.example") == [ids.ADA, ids.BOB, ids.EMERGENCY]
    assert [query["filter"] for query in session.queries] == [
        f"id in ('{ids.BOB}')",
        f"userPrincipalName in ('{UPN}','emergency@contoso.example')",
    ]
    assert all("accountEnabled" in query["select"] for query in session.queries)


@pytest.mark.parametrize(("count", "requests"), [(15, 1), (16, 2), (31, 3)])
def test_at_most_fifteen_values_in_a_filter(count: int, requests: int) -> None:
    session = FakeSession()
    names = [f"user{number}@contoso.example" for number in range(count)]
    session.collections["/users"] = [
        {"id": f"aaaaaaaa-0000-4000-8000-{number:012x}", "userPrincipalName": name} for number, name in enumerate(names)
    ]
    assert len(set(resolved(session, "user", *names))) == count
    assert session.reads("/users") == requests


def test_quotes_in_names_are_doubled() -> None:
    session = FakeSession()
    session.collections["/groups"].append({"id": ids.OFFICE, "displayName": "O'Neil's"})
    assert resolved(session, "group", "O'Neil's") == [ids.OFFICE]
    assert session.queries[0]["filter"] == "displayName in ('O''Neil''s')"


def test_short_collections_are_read_whole_and_once() -> None:
    session = FakeSession()
    session.collections[LOCATIONS].append({"id": ids.PORTAL, "displayName": "Plant"})
    directory = Directory(session)
    directory.resolve(mentions("named_location", "Office", "Plant"))
    directory.resolve(mentions("named_location", "Office", ids.PORTAL))
    directory.learn("named_location", [ids.OFFICE])
    assert session.requests == [("GET", LOCATIONS)]


def test_nothing_is_asked_twice() -> None:
    session = FakeSession()
    directory = Directory(session)
    for _unused in range(2):
        directory.resolve(mentions("user", UPN))
        directory.learn("user", [ids.ADA, ids.POLICY_ONE])
    assert session.reads("/users") == 2


def test_custom_role_is_looked_up() -> None:
    session = FakeSession()
    session.collections[ROLES] = [{"id": ids.OFFICE, "templateId": ids.OFFICE, "displayName": "Ours"}]
    assert resolved(session, "role", "Ours", "Global Administrator") == [ids.OFFICE, ids.GLOBAL_ADMINISTRATOR]
    assert session.reads(ROLES) == 1


def test_names_for_display() -> None:
    session = FakeSession()
    directory = Directory(session)
    directory.learn("user", [ids.ADA, ids.POLICY_ONE])
    assert directory.name_of("user", ids.ADA) == UPN
    assert directory.name_of("user", ids.POLICY_ONE) is None
    assert directory.name_of("role", ids.GLOBAL_ADMINISTRATOR) == "Global Administrator"
    assert directory.name_of("authentication_strength_policy", ids.MFA_STRENGTH) == "Multifactor authentication"
    assert directory.object_of("user", ids.ADA)["accountEnabled"] is True
    assert directory.object_of("user", ids.POLICY_ONE) == {}


def test_nothing_named_nothing_asked() -> None:
    session = FakeSession()
    Directory(session).resolve([])
    assert session.requests == []
