# Copyright: (c) 2026, m365.entra contributors
# GNU General Public License v3.0+ (see COPYING or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later
"""Finds what stands at a path of Graph according to the published schema."""

from __future__ import annotations

from dataclasses import dataclass

from .schema_document import PublishedProperty, PublishedSchema

NAMESPACE = "microsoft.graph."


@dataclass(frozen=True)
class Place:
    """What a path leads to: an object or a collection of a type, an operation, or a reference to an object."""

    type_name: str
    collection: bool = False
    parameters: dict[str, PublishedProperty] | None = None
    reference: bool = False


def place_at(schema: PublishedSchema, path: str) -> Place | None:
    """Return what stands at a decoded path without version and query, or None where there is nothing."""
    first, *others = path.strip("/").split("/")
    name, keyed = _without_key(first)
    root = schema.roots.get(name)
    place = None if root is None else Place(root.type_name, root.collection and not keyed)
    for segment in others:
        if place is None or place.parameters is not None or place.reference:
            return None
        place = _next_place(schema, place, segment)
    return place


def _next_place(schema: PublishedSchema, place: Place, segment: str) -> Place | None:
    if segment == "$ref":
        return Place(place.type_name, place.collection, reference=True)
    special = _operation_at(schema, place, segment) or _cast_at(schema, place, segment)
    if special is not None:
        return special
    return Place(place.type_name) if place.collection else _property_at(schema, place, segment)


def _property_at(schema: PublishedSchema, place: Place, segment: str) -> Place | None:
    name, keyed = _without_key(segment)
    declared = schema.all_properties(place.type_name).get(name) if place.type_name in schema.types else None
    return None if declared is None else Place(declared.type_name, declared.collection and not keyed)


def _operation_at(schema: PublishedSchema, place: Place, segment: str) -> Place | None:
    name = segment.partition("(")[0].removeprefix(NAMESPACE)
    for operation in schema.operations:
        fits = operation.binding.collection == place.collection and operation.name == name
        if fits and schema.is_a(place.type_name, operation.binding.type_name):
            return Place(place.type_name, parameters=operation.parameters)
    return None


def _cast_at(schema: PublishedSchema, place: Place, segment: str) -> Place | None:
    name = segment.removeprefix(NAMESPACE)
    if name == segment or not schema.is_a(name, place.type_name):
        return None
    return Place(name, place.collection)


def _without_key(segment: str) -> tuple[str, bool]:
    """Return the name in a segment like ``users('x')``, and whether there is a key behind it."""
    name, parenthesis, _key = segment.partition("(")
    return name, bool(parenthesis)
