# Copyright: (c) 2026, m365.entra contributors
# GNU General Public License v3.0+ (see COPYING or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later
"""The simulator's schema table against Microsoft's published v1.0 schema, property by property."""

from __future__ import annotations

from pathlib import Path

import pytest

from simulator.conditional_access.schema import enumerations, structured_types
from simulator.data.beta_types import (
    BETA_ENUMERATIONS,
    BETA_FLAGS_ENUMERATIONS,
    BETA_PROPERTIES,
    BETA_STRUCTURED_TYPES,
)
from simulator.data.clouds import ABSENT_MEMBERS, ABSENT_PROPERTIES
from simulator.data_files import load_data
from simulator.resource_types import resource_type

from .schema_document import PublishedProperty, PublishedSchema, published_schema

# The schema makes whatIfAnalysisResult a kind of policy; no policy is stored as one.
NOT_STORED = {"conditionalAccessPolicy": {"whatIfAnalysisResult"}}
# From these, types of other services derive too.
HAVE_FOREIGN_TYPES = {"entity", "directoryObject", "policyBase"}
ONLY_IN_BETA = {text.split()[0] for text in BETA_STRUCTURED_TYPES}
TYPES = sorted(set(structured_types()) - ONLY_IN_BETA)
ENUMERATIONS = sorted(set(enumerations()) - set(BETA_ENUMERATIONS) - set(BETA_FLAGS_ENUMERATIONS))


@pytest.fixture(scope="session")
def published(shared: Path) -> PublishedSchema:
    return published_schema(shared / "graph" / "v1.0-Prod.csdl")


@pytest.mark.parametrize("name", TYPES)
def test_types(published: PublishedSchema, name: str) -> None:
    ours, theirs = structured_types()[name], published.types[name]
    assert (ours.base, ours.abstract) == (theirs.base, theirs.abstract)
    described = {
        item: PublishedProperty(
            type_name=ours.properties[item].type_name,
            nullable=ours.properties[item].nullable,
            collection=ours.properties[item].collection,
            navigation=ours.properties[item].navigation,
        )
        for item in ours.own
    }
    assert described == theirs.properties


@pytest.mark.parametrize("name", sorted(set(TYPES) - HAVE_FOREIGN_TYPES))
def test_derived_types(published: PublishedSchema, name: str) -> None:
    theirs = {other for other, declared in published.types.items() if declared.base == name}
    ours = {other for other, declared in structured_types().items() if declared.base == name} - ONLY_IN_BETA
    assert ours == theirs - NOT_STORED.get(name, set())


@pytest.mark.parametrize("name", ENUMERATIONS)
def test_enumerations(published: PublishedSchema, name: str) -> None:
    ours, theirs = enumerations()[name], published.enumerations[name]
    assert ours.flags == theirs.flags
    assert ours.members == theirs.members
    assert not set(ours.beta_members) & set(theirs.members)


def test_every_used_type_is_in_the_table() -> None:
    primitive = {"String", "Boolean", "Int32", "DateTimeOffset", "Guid", "Open", "Any"}
    used = {
        item.type_name
        for declared in structured_types().values()
        for item in (declared.properties | declared.beta).values()
    }
    assert used - primitive <= set(structured_types()) | set(enumerations())


@pytest.mark.parametrize("name", BETA_PROPERTIES)
def test_beta_properties_are_not_in_v1(published: PublishedSchema, name: str) -> None:
    assert structured_types()[name].beta
    assert not set(structured_types()[name].beta) & set(published.all_properties(name))


def test_beta_types_are_not_in_v1(published: PublishedSchema) -> None:
    assert not ONLY_IN_BETA & set(published.types)
    assert not (set(BETA_ENUMERATIONS) | set(BETA_FLAGS_ENUMERATIONS)) & set(published.enumerations)


def test_what_national_clouds_lack_exists_elsewhere() -> None:
    for members in ABSENT_MEMBERS.values():
        for name, absent in members.items():
            assert absent <= set(enumerations()[name].members)
    for properties in ABSENT_PROPERTIES.values():
        for name, absent in properties.items():
            assert absent <= set(structured_types()[name].properties)


@pytest.mark.parametrize("name", load_data("directory_types"))
def test_directory_types(published: PublishedSchema, name: str) -> None:
    known = published.all_properties(name)
    described = resource_type(name)
    assert described.selectable <= set(known)
    assert described.filterable <= described.selectable
    collections = {item for item in described.selectable if known[item].collection}
    assert described.collections == collections
