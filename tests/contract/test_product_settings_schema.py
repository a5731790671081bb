# Copyright: (c) 2026, m365.entra contributors
# GNU General Public License v3.0+ (see COPYING or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later
"""The forms of settings against Microsoft's published schema: what it declares is known, or left out on purpose."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import pytest

from .schema_document import PublishedProperty, PublishedSchema, published_schema
from .schema_values import SENTINEL
from .whole_product import imported

BASE = "authenticationMethodConfiguration"
READ_ONLY = frozenset(
    {
        "authenticationMethodsPolicy.displayName",
        "authenticationMethodsPolicy.description",
        "authenticationMethodsPolicy.lastModifiedDateTime",
        "authenticationMethodsPolicy.policyVersion",
        "authorizationPolicy.deletedDateTime",
        # Says nothing: it is false whatever is written (facts section 4.2).
        "authenticationMethodTarget.isRegistrationRequired",
    }
)
LEFT_OUT = {
    "authenticationMethodsPolicy.reconfirmationInDays": "undocumented; facts section 4.1 says to leave it alone",
    "authenticationMethodsPolicy.authenticationMethodConfigurations": "a setting of its own",
    "authorizationPolicy.displayName": "a name that nobody needs to change",
    "authorizationPolicy.description": "a name that nobody needs to change",
    "defaultUserRolePermissions.permissionGrantPoliciesAssigned": "consent is no matter of signing in",
}
# What the schema counts among the members of an enumeration, and no option takes.
MEMBERS_LEFT_OUT = {"featureTargetType": {"administrativeUnit", "role"}}
TARGET = frozenset({"id", "targetType"})


@dataclass(frozen=True)
class Comparison:
    """Holds a form of the collection against the type that the schema declares."""

    schema: PublishedSchema
    kinds: Any
    left_out: frozenset[str]

    def faults(self, part: Any, type_name: str) -> Iterator[str]:
        """Yield what only one of the two has, at every depth."""
        fields = {field.name: field for field in part.fields}
        for name, declared in self.declared(type_name).items():
            where = f"{type_name}.{name}"
            if name not in fields:
                yield f"{where} is not in the form"
            elif fields[name].preview:
                yield f"{where} is no preview any more"
            else:
                yield from self._member_faults(fields[name], declared, where)
        unknown = set(fields) - set(self.declared(type_name))
        yield from (f"{type_name}.{name} is not in the schema" for name in unknown if not fields[name].preview)

    def declared(self, type_name: str) -> dict[str, PublishedProperty]:
        """Return the properties of a type that a client may change and the collection wants to know."""
        return {
            name: declared
            for name, declared in self.schema.all_properties(type_name).items()
            if name != "id" and not self._is_left_out(name, type_name)
        }

    def _is_left_out(self, name: str, type_name: str) -> bool:
        current: str | None = type_name
        while current is not None:
            if f"{current}.{name}" in self.left_out:
                return True
            current = self.schema.types[current].base
        return False

    def _member_faults(self, field: Any, declared: PublishedProperty, where: str) -> Iterator[str]:
        kind = type(field).__name__
        if kind in ("Targets", "Target"):
            yield from self._target_faults(field, declared, where)
        elif kind == "PartList":
            yield from self.faults(_without_id(field.part), declared.type_name)
        elif kind == "Part":
            yield from self.faults(field, declared.type_name)
        elif declared.type_name in self.schema.enumerations:
            yield from self._value_faults(getattr(field, "values", ()), declared.type_name, where)
        if kind in ("Targets", "PartList", "TextSet") and not declared.collection:
            yield f"{where} is no collection"

    def _target_faults(self, field: Any, declared: PublishedProperty, where: str) -> Iterator[str]:
        members = {member.name: member for member in getattr(field, "fields", ())}
        known = self.declared(declared.type_name)
        for name in set(members) ^ (set(known) - TARGET):
            yield f"{where}: {name} is in one of the two"
        for name in set(members) & set(known):
            yield from self._member_faults(members[name], known[name], f"{where}.{name}")
        yield from self._value_faults(self.kinds, known["targetType"].type_name, f"{where}.targetType")

    def _value_faults(self, values: Any, enumeration: str, where: str) -> Iterator[str]:
        members = set(self.schema.enumerations[enumeration].members) - {SENTINEL}
        possible = members - MEMBERS_LEFT_OUT.get(enumeration, set())
        missing = possible - set(values)
        if missing:
            yield f"{where} does not know {sorted(missing)}"
        if enumeration not in MEMBERS_LEFT_OUT and set(values) - members:
            yield f"{where} knows {sorted(set(values) - members)}, which the schema does not"


def _without_id(part: Any) -> Any:
    return type(part)(part.name, tuple(field for field in part.fields if field.name != "id"))


@pytest.fixture
def schema(shared: Path) -> PublishedSchema:
    return published_schema(shared / "graph" / "v1.0-Prod.csdl")


@pytest.fixture
def comparison(schema: PublishedSchema, tmp_path: Path) -> Comparison:
    kinds = imported(tmp_path, "_reconcile.targets").KINDS
    return Comparison(schema, kinds, READ_ONLY | frozenset(LEFT_OUT))


def method_kinds(folder: Path) -> Mapping[str, Any]:
    """Return the kinds of methods that are not in beta only, by type."""
    kinds = imported(folder, "_settings.authentication_method_kinds").KINDS
    return {kind.type_name: kind for kind in kinds if not kind.preview}


def whole_form(kind: Any) -> Any:
    """Return the form of a method as it is on the wire: what only its kind has stands beside the rest."""
    fields = [field for field in kind.shape.fields if field is not kind.own]
    return type(kind.shape)(kind.identifier, (*fields, *(kind.own.fields if kind.own else ())))


def test_methods_policy(comparison: Comparison, tmp_path: Path) -> None:
    form = imported(tmp_path, "_settings.authentication_methods_shape").AUTHENTICATION_METHODS_POLICY
    assert list(comparison.faults(form, "authenticationMethodsPolicy")) == []


def test_authorization_policy(comparison: Comparison, tmp_path: Path) -> None:
    form = imported(tmp_path, "_settings.authorization_policy_shape").AUTHORIZATION_POLICY
    assert list(comparison.faults(form, "authorizationPolicy")) == []


def test_every_kind_of_method_is_known(schema: PublishedSchema, tmp_path: Path) -> None:
    concrete = {name for name, one in schema.types.items() if schema.is_a(name, BASE) and not one.abstract}
    assert set(method_kinds(tmp_path)) == concrete - {BASE}


def test_methods(comparison: Comparison, tmp_path: Path) -> None:
    for type_name, kind in method_kinds(tmp_path).items():
        assert list(comparison.faults(whole_form(kind), type_name)) == []


def test_what_is_left_out_is_there(schema: PublishedSchema) -> None:
    """The lists above speak of the schema as it is: a name in them that is gone would hide nothing and say nothing."""
    for path in READ_ONLY | set(LEFT_OUT):
        type_name, _dot, name = path.partition(".")
        assert name in schema.all_properties(type_name), path
    for enumeration, members in MEMBERS_LEFT_OUT.items():
        assert members < set(schema.enumerations[enumeration].members)


def test_a_difference_is_found(comparison: Comparison, tmp_path: Path) -> None:
    """A form that lacks a property, has one too many, or has another enumeration does not pass."""
    shape = imported(tmp_path, "_reconcile.shape")
    voice = method_kinds(tmp_path)["voiceAuthenticationMethodConfiguration"]
    state = shape.Choice("state", values=("enabled", "paused"))
    form = shape.Part("Voice", (state, shape.Targets("includeTargets"), shape.Flag("isLoud")))
    found = "; ".join(comparison.faults(form, voice.type_name))
    for expected in ("isOfficePhoneAllowed is not in the form", "isLoud is not in the schema", "excludeTargets is not"):
        assert expected in found
    assert "does not know ['disabled']" in found
    assert "knows ['paused']" in found
