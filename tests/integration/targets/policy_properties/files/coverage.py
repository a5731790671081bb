# Copyright: (c) 2026, m365.entra contributors
# GNU General Public License v3.0+ (see COPYING or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later
"""Say what the published schema has of a policy that no policy of a list has: `coverage.py SCHEMA`.

The list comes as JSON by standard input. Both properties and members of enumerations count. Ends with 1 where something
is missing.
"""

from __future__ import annotations

import json
import sys
import typing as t
from pathlib import Path

from contract.schema_document import PublishedProperty, PublishedSchema, published_schema

Json = dict[str, t.Any]
Leaves = t.Iterator[tuple[str, PublishedProperty]]

# Nobody can write them (facts section 2.3).
NOT_WRITTEN = frozenset({"id", "createdDateTime", "modifiedDateTime", "deletedDateTime", "templateId"})
# All tenants are the same as no tenants, and written as these.
ALL_TENANTS = ("conditionalAccessExternalTenantsMembershipKind", "all")
# "hidden" is what a tenant without the licence reads; the others say that no member is meant, or are retired.
NOT_CHOSEN = frozenset({"unknownFutureValue", "hidden", "none", "approvedApplication", "easSupported"})


def leaves(schema: PublishedSchema, type_name: str, path: str = "") -> Leaves:
    """Yield the paths of all properties that hold a plain value or a reference, with what the schema says of them."""
    for name, declared in properties(schema, type_name).items():
        here = f"{path}.{name}" if path else name
        if declared.type_name in schema.types and not declared.navigation:
            yield from leaves(schema, declared.type_name, here)
        elif name not in NOT_WRITTEN:
            yield here, declared


def properties(schema: PublishedSchema, type_name: str) -> dict[str, PublishedProperty]:
    """Return the properties of a type, and those of the types that derive from it where it is abstract."""
    found = dict(schema.all_properties(type_name))
    for other in schema.types if schema.types[type_name].abstract else ():
        if schema.is_a(other, type_name):
            found |= schema.all_properties(other)
    return found


def values_at(policies: list[Json], path: str) -> set[str]:
    """Return the values that policies have at a path, the members of lists and of joined flags one by one."""
    found: set[str] = set()
    for policy in policies:
        current: t.Any = policy
        for name in path.split("."):
            current = current.get(name) if isinstance(current, dict) else None
        for value in current if isinstance(current, list) else [current]:
            found |= set(value.split(",") if isinstance(value, str) else [json.dumps(value)]) - {"null"}
    return found


def missing(schema: PublishedSchema, policies: list[Json]) -> list[str]:
    """Return the properties that no policy has, and the members of enumerations that none has anywhere."""
    absent: list[str] = []
    used: dict[str, set[str]] = {}
    for path, declared in leaves(schema, "conditionalAccessPolicy"):
        values = values_at(policies, path)
        absent.extend([] if values else [path])
        if declared.type_name in schema.enumerations:
            used.setdefault(declared.type_name, set()).update(values)
    return [*absent, *(f"{name}: {member}" for name in used for member in unused(schema, name, used[name]))]


def unused(schema: PublishedSchema, enumeration: str, used: set[str]) -> list[str]:
    """Return the members of an enumeration that can be chosen and are not."""
    members = set(schema.enumerations[enumeration].members) - NOT_CHOSEN - used
    return sorted(member for member in members if (enumeration, member) != ALL_TENANTS)


def main(path: str) -> int:
    """Print what is missing and return the exit code."""
    found = missing(published_schema(Path(path)), json.load(sys.stdin))
    print("\n".join(found) or "nothing is missing")
    return 1 if found else 0


if __name__ == "__main__":
    sys.exit(main(*sys.argv[1:]))
