# Copyright: (c) 2026, m365.entra contributors
# GNU General Public License v3.0+ (see COPYING or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later
"""Tenants of several sources become one each, with a host's name that nobody can take from another."""

from __future__ import annotations

import re
import typing as t
from dataclasses import replace
from datetime import UTC, datetime

import pytest
from hypothesis import given
from hypothesis import strategies as some

from ansible_collections.m365.entra.plugins.module_utils._graph.errors import OptionError
from ansible_collections.m365.entra.plugins.plugin_utils._fleet import advice
from ansible_collections.m365.entra.plugins.plugin_utils._fleet.asking import Answer
from ansible_collections.m365.entra.plugins.plugin_utils._fleet.gathered import Gathered, gathered_from_document
from ansible_collections.m365.entra.plugins.plugin_utils._fleet.host_facts import group_names, host_variables
from ansible_collections.m365.entra.plugins.plugin_utils._fleet.host_names import STYLES, host_names
from ansible_collections.m365.entra.plugins.plugin_utils._fleet.listed import excluded_ids, listed_tenants
from ansible_collections.m365.entra.plugins.plugin_utils._fleet.tenant import FleetTenant, Relationship, united

ONE = "11111111-1111-4111-8111-111111111111"
TWO = "22222222-2222-4222-8222-222222222222"
CA_ADMINISTRATOR = "b1be1c3e-b65d-4f19-8427-f6fa0d97feb9"
GLOBAL_READER = "f2ef992c-3afb-46b9-b7cf-a126ee74c451"
GLOBAL_ADMINISTRATOR = "62e90394-69f5-4237-9190-012177145e10"
ACTIVE = Relationship("r-1", "One", "active", "2027-06-01T00:00:00Z", "PT0S", (CA_ADMINISTRATOR,))
NOW = datetime(2027, 5, 20, tzinfo=UTC)

TENANTS = some.builds(
    FleetTenant,
    tenant_id=some.uuids().map(str),
    display_name=some.text(max_size=80),
    default_domain=some.sampled_from(["", "contoso.example", "CONTOSO.example"]),
)


@given(some.lists(TENANTS, unique_by=lambda one: one.tenant_id), some.sampled_from(STYLES))
def test_names_are_safe_and_no_two_alike(tenants: list[FleetTenant], style: str) -> None:
    names = host_names(tenants, style)
    assert len({name.lower() for name in names}) == len(tenants)
    assert all(re.fullmatch(r"[a-z0-9][a-z0-9.-]*", name) for name in names)


@given(some.text(max_size=80), some.text(max_size=80))
def test_nobody_becomes_another_host_by_a_name(own: str, other: str) -> None:
    victim, taker = FleetTenant(ONE, display_name=own), FleetTenant(TWO, display_name=other)
    assert host_names([victim], "display_name") != host_names([taker], "display_name")


@pytest.mark.parametrize(
    ("tenant", "style", "name"),
    [
        (FleetTenant(ONE, display_name="Müller & Söhne"), "display_name", "muller-sohne-11111111"),
        (FleetTenant(ONE, display_name="株式会社"), "display_name", ONE),
        (FleetTenant(ONE, display_name="all"), "display_name", "all-11111111"),
        (FleetTenant(ONE, default_domain="contoso.example"), "default_domain", "contoso.example"),
        (FleetTenant(ONE, display_name="Contoso"), "default_domain", ONE),
        (FleetTenant(ONE, display_name="Contoso"), "tenant_id", ONE),
        (FleetTenant(ONE, display_name="Contoso", name="Chosen_1"), "tenant_id", "Chosen_1"),
    ],
)
def test_names(tenant: FleetTenant, style: str, name: str) -> None:
    assert host_names([tenant], style) == [name]


def test_who_comes_first_is_believed_and_others_complete() -> None:
    listed = FleetTenant(ONE, name="contoso", sources=("list",), variables={"wave": 1})
    known = FleetTenant(ONE, display_name="Contoso", cloud="global", sources=("gdap",), relationships=(ACTIVE,))
    other = FleetTenant(TWO, sources=("contracts",))
    first, second = united([listed], [known], [other])
    assert (first.name, first.display_name, first.sources) == ("contoso", "Contoso", ("list", "gdap"))
    assert (first.variables, first.relationships) == ({"wave": 1}, (ACTIVE,))
    assert second == other


def test_a_cache_gives_back_what_it_got_for_the_same_question_only() -> None:
    gathered = Gathered(
        (FleetTenant(ONE, display_name="Contoso", sources=("gdap",), relationships=(ACTIVE,)),),
        (Answer(FleetTenant(ONE), "no", lacks_consent=True),),
    )
    document = gathered.to_document({"sources": ["gdap"]})
    assert gathered_from_document(document, {"sources": ["gdap"]}) == gathered
    assert gathered_from_document(document, {"sources": ["contracts"]}) is None
    assert gathered_from_document(None, {"sources": ["gdap"]}) is None


@pytest.mark.parametrize(
    "kept",
    [{}, {"tenants": [{}], "answers": []}, {"tenants": [], "answers": ["x"]}, {"tenants": [{"hue": 1}], "answers": []}],
)
def test_a_cache_of_another_version_is_not_taken(kept: dict[str, t.Any]) -> None:
    assert gathered_from_document({"question": {}, **kept}, {}) is None


def test_who_is_left_out_is_named_by_id() -> None:
    assert excluded_ids([ONE.upper(), f" {TWO}"]) == {ONE, TWO}
    with pytest.raises(OptionError, match=r"exclude_tenants: .*contoso\.example"):
        excluded_ids([ONE, "contoso.example"])


def test_variables_of_the_user_do_not_decide_which_tenant_it_is() -> None:
    tenant = FleetTenant(ONE, cloud="global", variables={"entra_tenant_id": TWO, "entra_cloud": "china", "wave": 1})
    assert host_variables(tenant) == {
        "entra_tenant_id": ONE,
        "entra_cloud": "global",
        "entra_sources": [],
        "wave": 1,
    }


def test_groups_are_made_of_known_words() -> None:
    tenant = FleetTenant(
        ONE, license_tier="p2", cloud="global", sources=("gdap",), relationships=(ACTIVE,), display_name="{{ evil }}"
    )
    assert group_names(tenant) == [
        "entra_cloud_global",
        "entra_source_gdap",
        "entra_tier_p2",
        "entra_relationship_active",
        "entra_role_conditional_access_administrator",
    ]


@pytest.mark.parametrize(
    ("relationships", "status", "end"),
    [
        ((), "", ""),
        ((ACTIVE, replace(ACTIVE, status="terminated", end_date="2029")), "active", ACTIVE.end_date),
        ((replace(ACTIVE, status="expiring", end_date="2028"), ACTIVE), "active", "2028"),
        ((replace(ACTIVE, status="expired", end_date="2024"), replace(ACTIVE, status="created")), "created", ""),
    ],
)
def test_the_best_relationship_counts(relationships: tuple[Relationship, ...], status: str, end: str) -> None:
    tenant = FleetTenant(ONE, relationships=relationships)
    assert tenant.relationship_status == status
    assert tenant.relationship_end_date.startswith(end)


@pytest.mark.parametrize(
    ("relationship", "is_named"),
    [
        (ACTIVE, True),
        (replace(ACTIVE, end_date="2027-06-20T00:00:00Z"), False),
        (replace(ACTIVE, auto_extend_duration="P180D"), False),
        (replace(ACTIVE, end_date="2029-01-01T00:00:00Z", status="expiring"), True),
        (replace(ACTIVE, end_date=""), False),
        (replace(ACTIVE, status="terminated"), False),
    ],
)
def test_what_ends_soon_is_named(relationship: Relationship, is_named: bool) -> None:
    tenant = FleetTenant(ONE, display_name="Contoso", relationships=(relationship,))
    assert bool(advice.about_expiry([tenant], NOW, 30)) == is_named


def test_a_later_relationship_goes_on_where_another_ends() -> None:
    later = replace(ACTIVE, end_date="2028-06-01T00:00:00Z")
    assert advice.about_expiry([FleetTenant(ONE, relationships=(ACTIVE, later))], NOW, 30) == []


@pytest.mark.parametrize(
    ("granted", "lacking"),
    [
        ((CA_ADMINISTRATOR, GLOBAL_READER), ""),
        ((GLOBAL_ADMINISTRATOR,), ""),
        ((CA_ADMINISTRATOR,), "Global Reader or Security Reader"),
        ((), "Conditional Access Administrator; Global Reader or Security Reader"),
    ],
)
def test_roles_that_are_missing_are_named(granted: tuple[str, ...], lacking: str) -> None:
    needed = advice.needed_role_ids(["conditional access administrator", ["Global Reader", "Security Reader"]])
    tenant = FleetTenant(ONE, relationships=(replace(ACTIVE, role_ids=granted),))
    said = advice.about_roles([tenant], needed)
    assert [text.rpartition(": ")[2] for text in said] == ([lacking] if lacking else [])


def test_a_thousand_of_a_kind_are_one_warning() -> None:
    tenants = [FleetTenant(f"{number:08}-0000-4000-8000-000000000000") for number in range(1000)]
    (said,) = advice.about_relationships(tenants, are_kept=False)
    assert said.endswith("and 990 more")
    assert "include_inactive" in said


def test_control_characters_of_a_name_are_not_shown() -> None:
    assert FleetTenant(ONE, display_name="a\x1b[2J\nb").label == f"a [2J b ({ONE})"


LISTED: dict[str, t.Any] = {"tenant_id": ONE.upper(), "name": "contoso"}


def test_listed_tenant() -> None:
    (tenant,) = listed_tenants([LISTED | {"variables": {"wave": 1}}], "global")
    assert tenant == FleetTenant(ONE, name="contoso", cloud="global", sources=("list",), variables={"wave": 1})


@pytest.mark.parametrize(
    ("entries", "said"),
    [
        ("contoso", "a list is expected"),
        (["contoso"], r"tenants\[0\]: a dictionary"),
        ([{"tenant": ONE}], r"tenants\[0\]: unknown: tenant"),
        ([{"tenant_id": "contoso.example"}], r"tenants\[0\].tenant_id: this is not"),
        ([LISTED | {"name": "all"}], r"tenants\[0\].name"),
        ([LISTED | {"name": "-x"}], r"tenants\[0\].name"),
        ([LISTED | {"license_tier": "p3"}], r"tenants\[0\].license_tier: 'p3' is none of free, p1, p2"),
        ([LISTED | {"cloud": "mars"}], r"tenants\[0\].cloud"),
        ([LISTED | {"variables": ["x"]}], "variables: a dictionary"),
        ([LISTED, LISTED], "the same tenant_id more than once"),
        ([LISTED, {"tenant_id": TWO, "name": "contoso"}], "the same name more than once: contoso"),
    ],
)
def test_mistakes_in_a_list_are_named(entries: t.Any, said: str) -> None:
    with pytest.raises(OptionError, match=said):
        listed_tenants(entries, "global")


@pytest.mark.parametrize("needed", ["Global Reader", [["Global Reader", "Emperor"]]])
def test_mistakes_in_needed_roles_are_named(needed: t.Any) -> None:
    with pytest.raises(OptionError, match="needed_roles"):
        advice.needed_role_ids(needed)
