# Copyright: (c) 2026, m365.entra contributors
# GNU General Public License v3.0+ (see COPYING or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later
"""Real policies: exports of the real service against the simulator's schema and its canonical form."""

from __future__ import annotations

import json
from pathlib import Path
from typing import Any

import pytest

from simulator.conditional_access.canonical import canonical_policy
from simulator.conditional_access.rules.order import RULES
from simulator.conditional_access.schema import derived_type, has_derived_types, structured_types
from simulator.conditional_access.schema_check import Expectations, SchemaMismatch, check_object, is_annotation
from simulator.json_types import JsonObject
from simulator.profile import PROMPT

IN_BETA = Expectations(beta=True)
# Policies in the collection that no version of the schema describes, and where they differ.
REPOSITORY = "AlexFilipin+ConditionalAccess/PolicyRepository__"
OUTSIDE_THE_SCHEMA = {
    f"{REPOSITORY}Attack surface reduction__306 - RING - Attack surface reduction - All apps Block Auth "
    "Transfer.json": "conditions.locations: an object was expected",
    f"{REPOSITORY}Attack surface reduction__307 - RING - Attack surface reduction - All apps Block Device Code Flow "
    "copy.json": "conditions.locations: an object was expected",
    f"{REPOSITORY}Workload Protection__701 - RING - Workload Protection - All apps Block Access When risk Level "
    "detected.json": "conditions.locations: an object was expected",
    f"{REPOSITORY}Data protection__509 - RING - Data protection - All apps Short Sign-in frequency When M365 "
    "Admin.json": "GrantControls: conditionalAccessPolicy has no such property",
}


def read(path: Path) -> JsonObject:
    content = path.read_bytes()
    wide = content[:2] in (b"\xff\xfe", b"\xfe\xff")
    return dict(json.loads(content.decode("utf-16" if wide else "utf-8-sig")))


@pytest.fixture(scope="session")
def published(shared: Path) -> dict[str, JsonObject]:
    """Every policy of the collection by its place in it."""
    folder = shared / "corpus" / "policies"
    return {str(path.relative_to(folder)): read(path) for path in sorted(folder.glob("*/*.json"))}


def test_the_schema_knows_what_people_write(published: dict[str, JsonObject]) -> None:
    assert len(published) > 90
    mismatches = {}
    for name, policy in published.items():
        try:
            check_object(policy, "conditionalAccessPolicy", IN_BETA)
        except SchemaMismatch as error:
            mismatches[name] = str(error)
    assert mismatches == OUTSIDE_THE_SCHEMA


def exports(published: dict[str, JsonObject]) -> dict[str, JsonObject]:
    """Return the policies that were read from the service in full."""
    return {name: policy for name, policy in published.items() if "createdDateTime@odata.type" in policy}


def test_the_canonical_form_is_what_the_service_returns(published: dict[str, JsonObject]) -> None:
    """What the service returned is its own canonical form: making it canonical again must change nothing."""
    assert len(exports(published)) > 30
    for name, policy in exports(published).items():
        assert canonical_policy(policy) == as_read(policy), name


def test_the_rules_let_pass_what_the_service_has(published: dict[str, JsonObject]) -> None:
    """The service accepted what it returned; only one control has been retired since."""
    retired = {"The control 'approvedApplication' is retired and cannot be used in new or edited policies."}
    for name, policy in exports(published).items():
        violations = {rule(canonical_policy(policy), PROMPT) for rule in RULES} - {None}
        assert violations <= retired, name


def test_the_canonical_form_is_stable(published: dict[str, JsonObject]) -> None:
    for name, policy in published.items():
        if name not in OUTSIDE_THE_SCHEMA:
            once = canonical_policy(policy)
            assert canonical_policy(once) == once


def as_read(policy: JsonObject) -> JsonObject:
    """Return an export reduced to what the simulator keeps.

    Annotations go, apart from those that tell types apart; so do empty properties that v1.0 does not have; of an
    authentication strength the id stays. v1.0 properties that beta does not show are unset.
    """
    reduced = _reduced(policy, "conditionalAccessPolicy")
    controls = reduced["grantControls"]
    if controls and controls["authenticationStrength"]:
        controls["authenticationStrength"] = {"id": controls["authenticationStrength"]["id"]}
    return reduced


def _reduced(value: JsonObject, type_name: str) -> JsonObject:
    declared = structured_types()[type_name]
    actual = (derived_type(declared, value["@odata.type"]) if "@odata.type" in value else None) or declared
    result: JsonObject = {}
    if has_derived_types(declared) and actual is not declared:
        result["@odata.type"] = f"#microsoft.graph.{actual.name}"
    for name, member in value.items():
        if is_annotation(name) or (name in actual.beta and not member):
            continue
        known = actual.known(name)
        result[name] = _reduced_member(member, known.type_name) if known and known.type_name != "String" else member
    for name, item in actual.properties.items():
        result.setdefault(name, [] if item.collection else None)
    return result


def _reduced_member(value: Any, type_name: str) -> Any:
    if isinstance(value, dict) and type_name in structured_types() and type_name != "authenticationStrengthPolicy":
        return _reduced(value, type_name)
    return value
