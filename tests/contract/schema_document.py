# Copyright: (c) 2026, m365.entra contributors
# GNU General Public License v3.0+ (see COPYING or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later
"""Microsoft's published schema, read as far as the tests need it."""

from __future__ import annotations

from dataclasses import dataclass
from functools import cache
from pathlib import Path
from xml.etree import ElementTree

NAMESPACE = "{http://docs.oasis-open.org/odata/ns/edm}"


@dataclass(frozen=True)
class PublishedProperty:
    """A property as the schema declares it."""

    type_name: str
    nullable: bool
    collection: bool
    navigation: bool


@dataclass(frozen=True)
class PublishedType:
    """A structured type with its own properties only."""

    base: str | None
    abstract: bool
    properties: dict[str, PublishedProperty]


@dataclass(frozen=True)
class PublishedEnumeration:
    """An enumeration with the numbers of its members."""

    flags: bool
    members: dict[str, int]


@dataclass(frozen=True)
class PublishedOperation:
    """An action or a function that is called on an object or on a collection of a type."""

    name: str
    binding: PublishedProperty
    parameters: dict[str, PublishedProperty]


@dataclass(frozen=True)
class PublishedSchema:
    """The namespace microsoft.graph: its types by name, its operations, and what a path can begin with."""

    types: dict[str, PublishedType]
    enumerations: dict[str, PublishedEnumeration]
    operations: tuple[PublishedOperation, ...]
    roots: dict[str, PublishedProperty]

    def all_properties(self, name: str) -> dict[str, PublishedProperty]:
        """Return the properties of a type, the inherited ones included."""
        declared = self.types[name]
        inherited = {} if declared.base is None else self.all_properties(declared.base)
        return inherited | declared.properties

    def is_a(self, name: str, ancestor: str) -> bool:
        """Say whether a type is ``ancestor`` or derives from it."""
        current: str | None = name
        while current is not None and current != ancestor:
            current = self.types[current].base if current in self.types else None
        return current is not None


@cache
def published_schema(path: Path) -> PublishedSchema:
    """Return the schema in a CSDL file."""
    schemas = ElementTree.parse(path).getroot().iter(f"{NAMESPACE}Schema")
    (graph,) = (schema for schema in schemas if schema.get("Namespace") == "microsoft.graph")
    structured = [*graph.findall(f"{NAMESPACE}EntityType"), *graph.findall(f"{NAMESPACE}ComplexType")]
    return PublishedSchema(
        types={str(element.get("Name")): _type(element) for element in structured},
        enumerations={
            str(element.get("Name")): _enumeration(element) for element in graph.findall(f"{NAMESPACE}EnumType")
        },
        operations=tuple(
            _operation(element) for tag in ("Action", "Function") for element in graph.findall(f"{NAMESPACE}{tag}")
        ),
        roots=_roots(graph),
    )


def _roots(graph: ElementTree.Element) -> dict[str, PublishedProperty]:
    (container,) = graph.findall(f"{NAMESPACE}EntityContainer")
    sets = {
        str(element.get("Name")): PublishedProperty(_local_name(str(element.get("EntityType"))), False, True, True)
        for element in container.findall(f"{NAMESPACE}EntitySet")
    }
    singletons = {
        str(element.get("Name")): PublishedProperty(_local_name(str(element.get("Type"))), False, False, True)
        for element in container.findall(f"{NAMESPACE}Singleton")
    }
    return sets | singletons


def _operation(element: ElementTree.Element) -> PublishedOperation:
    binding, *parameters = element.findall(f"{NAMESPACE}Parameter")
    return PublishedOperation(
        name=str(element.get("Name")),
        binding=_property(binding, navigation=False),
        parameters={str(parameter.get("Name")): _property(parameter, navigation=False) for parameter in parameters},
    )


def _type(element: ElementTree.Element) -> PublishedType:
    base = element.get("BaseType")
    return PublishedType(
        base=_local_name(base) if base else None,
        abstract=element.get("Abstract") == "true",
        properties={
            str(child.get("Name")): _property(child, navigation)
            for tag, navigation in (("Property", False), ("NavigationProperty", True))
            for child in element.findall(f"{NAMESPACE}{tag}")
        },
    )


def _property(element: ElementTree.Element, navigation: bool) -> PublishedProperty:
    declared = str(element.get("Type"))
    collection = declared.startswith("Collection(")
    name = declared.removeprefix("Collection(").removesuffix(")")
    return PublishedProperty(
        type_name=_local_name(name),
        nullable=element.get("Nullable") != "false",
        collection=collection,
        navigation=navigation,
    )


def _local_name(name: str) -> str:
    """Return the short name of a type of microsoft.graph or of a primitive one; others keep their namespace."""
    namespace, _dot, short = name.rpartition(".")
    return short if namespace in ("graph", "microsoft.graph", "Edm") else name


def _enumeration(element: ElementTree.Element) -> PublishedEnumeration:
    return PublishedEnumeration(
        flags=element.get("IsFlags") == "true",
        members={str(member.get("Name")): int(str(member.get("Value"))) for member in element},
    )
