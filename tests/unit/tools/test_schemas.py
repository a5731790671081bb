# Copyright: (c) 2026, m365.entra contributors
# GNU General Public License v3.0+ (see COPYING or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later
"""docs/schemas is what the code says, takes what people write and what an export writes, and refuses mistakes."""

from __future__ import annotations

import re
import typing as t
from pathlib import Path

import pytest
import yaml
from jsonschema import Draft202012Validator

from ansible_collections.m365.entra.plugins.module_utils._files.layout import FOLDERS, SETTINGS
from ansible_collections.m365.entra.plugins.module_utils._files.read import read_tenant_files
from ansible_collections.m365.entra.plugins.module_utils._module.tenant_configuration import SPEC as TENANT_SPEC
from ansible_collections.m365.entra.plugins.module_utils._module.tenant_export import SPEC as EXPORT_SPEC
from ansible_collections.m365.entra.plugins.module_utils._module.tenant_export import run as export
from ansible_collections.m365.entra.plugins.module_utils._policy.canonical_policy import canonical_policy
from ansible_collections.m365.entra.plugins.module_utils._policy.options import options_from_content
from ansible_collections.m365.entra.plugins.module_utils._policy.template_catalogue import PROFILES, TEMPLATES
from ansible_collections.m365.entra.plugins.module_utils._resources.objects import RESOURCES
from ansible_collections.m365.entra.plugins.module_utils._spec.object_options import object_options
from ansible_collections.m365.entra.plugins.module_utils._spec.policy_options import POLICY
from ansible_collections.m365.entra.tests.unit.plugins.module_utils.support import ids
from ansible_collections.m365.entra.tests.unit.plugins.module_utils.support.fake_module import fake_module
from ansible_collections.m365.entra.tests.unit.plugins.module_utils.support.fake_session import (
    CONTEXTS,
    LOCATIONS,
    STRENGTHS,
    FakeSession,
)
from ansible_collections.m365.entra.tests.unit.plugins.module_utils.support.policies import (
    everything,
    everything_in_preview,
    stored,
)
from tools.schemas import DIRECTORY, TENANT, file_schemas, schema_texts, write_schemas

Json = dict[str, t.Any]

POLICY_FILE = "conditional_access_policy"
SCHEMAS = file_schemas()
MARKUP = re.compile(r"\b[BCEIMOV]\(")

LOCATION: Json = {
    "id": ids.OFFICE,
    "@odata.type": "#microsoft.graph.ipNamedLocation",
    "displayName": "Office",
    "isTrusted": True,
    "ipRanges": [{"@odata.type": "#microsoft.graph.iPv4CidrRange", "cidrAddress": "203.0.113.0/24"}],
}
COUNTRIES: Json = {
    "id": ids.PRINTERS,
    "@odata.type": "#microsoft.graph.countryNamedLocation",
    "displayName": "Where we work",
    "countriesAndRegions": ["DE", "NO"],
    "includeUnknownCountriesAndRegions": True,
    "countryLookupMethod": "clientIpAddress",
}
CONTEXT: Json = {"id": "c11", "displayName": "Confidential", "description": "Asked for", "isAvailable": True}
STRENGTH: Json = {
    "id": ids.STAFF,
    "displayName": "Keys",
    "policyType": "custom",
    "allowedCombinations": ["fido2", "password,hardwareOath"],
    "combinationConfigurations": [
        {
            "@odata.type": "#microsoft.graph.fido2CombinationConfiguration",
            "id": ids.PRINTERS,
            "appliesToCombinations": ["fido2"],
            "allowedAAGUIDs": ["de1e552d-db1d-4423-a619-566b625cdc84"],
        }
    ],
}


def faults(name: str, content: t.Any) -> list[str]:
    """What an editor says about a file of the kind *name*."""
    return [error.message for error in Draft202012Validator(SCHEMAS[name]).iter_errors(content)]


def written_out(content: Json) -> Json:
    """A policy's content as the options that a file holds."""
    return {"display_name": "Policy", "complete": True, **options_from_content(canonical_policy(content))}


def descriptions(schema: t.Any) -> t.Iterator[str]:
    """Every description in a schema."""
    if isinstance(schema, dict):
        if isinstance(schema.get("description"), str):
            yield schema["description"]
        for member in schema.values():
            yield from descriptions(member)
    elif isinstance(schema, list):
        for member in schema:
            yield from descriptions(member)


def test_docs_schemas_is_what_the_code_says() -> None:
    texts = {path.name: path.read_text(encoding="utf-8") for path in DIRECTORY.glob("*.json")}
    wanted = schema_texts()
    differing = sorted(name for name in {*texts, *wanted} if texts.get(name) != wanted.get(name))
    assert differing == [], "docs/schemas differs from the code: run `make schemas` and commit what it wrote"


def test_make_schemas_leaves_nothing_else(tmp_path: Path) -> None:
    (tmp_path / "old.json").write_text("{}", encoding="utf-8")
    write_schemas(tmp_path)
    assert {path.name for path in tmp_path.iterdir()} == set(schema_texts())


def test_there_is_a_schema_for_every_kind_of_file() -> None:
    assert set(SCHEMAS) == {*FOLDERS, *SETTINGS, TENANT} - {"security_defaults"}


@pytest.mark.parametrize("name", sorted(SCHEMAS))
def test_schemas_are_schemas(name: str) -> None:
    Draft202012Validator.check_schema(SCHEMAS[name])
    assert SCHEMAS[name]["$schema"] == "https://json-schema.org/draft/2020-12/schema"
    assert "$id" not in SCHEMAS[name]
    assert SCHEMAS[name]["title"] == f"Options of m365.entra.{name}"


@pytest.mark.parametrize("name", sorted(SCHEMAS))
def test_descriptions_are_plain(name: str) -> None:
    assert [text for text in descriptions(SCHEMAS[name]) if MARKUP.search(text)] == []


@pytest.mark.parametrize("noun", sorted(FOLDERS))
def test_properties_are_the_options(noun: str) -> None:
    options = POLICY.options if noun == POLICY_FILE else object_options(RESOURCES[noun]).options
    assert set(SCHEMAS[noun]["$defs"][noun]["properties"]) == set(options)


def test_properties_of_a_tenant_are_its_options() -> None:
    assert set(SCHEMAS[TENANT]["properties"]) == set(TENANT_SPEC.options)
    inner = TENANT_SPEC.options["conditional_access_policies"]["options"]
    assert set(SCHEMAS[TENANT]["properties"]["conditional_access_policies"]["properties"]) == set(inner)


@pytest.mark.parametrize("profile", PROFILES)
@pytest.mark.parametrize("template", sorted(TEMPLATES))
def test_templates_written_out(template: str, profile: str) -> None:
    assert faults(POLICY_FILE, written_out(TEMPLATES[template].content_for(profile))) == []


@pytest.mark.parametrize("content", [everything(), everything_in_preview()], ids=["v1.0", "beta"])
def test_every_property_of_a_policy(content: Json) -> None:
    assert faults(POLICY_FILE, written_out(content)) == []


def test_what_an_export_writes(tmp_path: Path) -> None:
    session = FakeSession(policies=[stored(), stored("Twin", identifier=ids.POLICY_TWO)])
    session.collections |= {LOCATIONS: [LOCATION, COUNTRIES], CONTEXTS: [CONTEXT], STRENGTHS: [STRENGTH]}
    module = fake_module(EXPORT_SPEC, {"path": str(tmp_path), "schemas": "../schemas"})

    export(module, lambda: session)

    found = read_tenant_files(tmp_path)
    assert found.pop("settings") == {}
    counts = {folder: len(objects) for folder, objects in found.items()}
    assert counts == {
        "named_locations": 2,
        "authentication_contexts": 1,
        "authentication_strength_policies": 1,
        "conditional_access_policies": 2,
    }
    assert {noun: faults(noun, found[folder]) for noun, folder in FOLDERS.items()} == {noun: [] for noun in FOLDERS}
    assert {
        noun: faults(noun, one) for noun, folder in FOLDERS.items() for one in found[folder] if faults(noun, one)
    } == {}
    together = {
        **{folder: objects for folder, objects in found.items() if folder != "conditional_access_policies"},
        "conditional_access_policies": {"policies": found["conditional_access_policies"], "unmanaged": "report"},
    }
    assert faults(TENANT, together) == []


def test_the_line_in_a_file_leads_to_a_schema_that_exists(tmp_path: Path) -> None:
    module = fake_module(EXPORT_SPEC, {"path": str(tmp_path), "schemas": str(DIRECTORY)})
    export(module, lambda: FakeSession(policies=[stored()]))
    named = [
        re.match(r"# yaml-language-server: \$schema=(\S+)\n", path.read_text()) for path in tmp_path.rglob("*.yml")
    ]
    assert named
    assert [match for match in named if not (match and Path(match.group(1)).is_file())] == []


@pytest.mark.parametrize(
    "text",
    [
        "display_name: X\nstate: absent\n",
        "id: 11111111-1111-1111-1111-111111111111\nconditions: null\ngrant_controls: null\nsession_controls: null\n",
        "- template: require_mfa_for_all_users\n- display_name: X\n  previous_name: Y\n  restore: true\n",
        "display_name: X\nconditions:\n  users:\n    exclude_groups:\n      add: [Emergency access accounts]\n",
        "definition:\n  displayName: X\nplaceholders:\n  <Group>: Staff\n",
    ],
)
def test_right_policy_files(text: str) -> None:
    assert faults(POLICY_FILE, yaml.safe_load(text)) == []


@pytest.mark.parametrize(
    "text",
    [
        "conditions: {}\n",
        "display_name: X\nstate: null\n",
        "display_name: X\npolicy_state: enabledForReportingButNotEnforced\n",
        "display_name: X\ncondition: {}\n",
        "display_name: X\nconditions:\n  users:\n    include_users: All\n",
        "display_name: X\nconditions:\n  client_app_types: [Browser]\n",
        "display_name: X\nconditions:\n  users:\n    exclude_groups:\n      append: [Staff]\n",
        "display_name: X\ngrant_controls:\n  built_in_controls: [mfa, magic]\n",
        "display_name: X\nsession_controls:\n  sign_in_frequency:\n    value: 4 hours\n",
        "template: require_mfa_for_all_users\ndefinition_path: x.json\n",
        "template: no_such_template\n",
        "display_name: X\ntenant_id: 11111111-1111-1111-1111-111111111111\n",
        "display_name: X\nemergency_access: {}\n",
        "just a text\n",
    ],
)
def test_wrong_policy_files(text: str) -> None:
    assert faults(POLICY_FILE, yaml.safe_load(text)) != []


@pytest.mark.parametrize(
    ("name", "content"),
    [
        ("named_location", {"display_name": "X", "ip_ranges": "203.0.113.0/24"}),
        ("named_location", {"display_name": "X", "country_lookup_method": "gps"}),
        ("named_location", {"ip_ranges": ["203.0.113.0/24"]}),
        ("authentication_context", {"id": "c1", "is_available": "published"}),
        ("authentication_strength_policy", {"display_name": "X", "allowed_combinations": ["fido2,pigeon"]}),
        ("authentication_strength_policy", {"display_name": "X", "combination_configurations": [{"aaguids": []}]}),
        (TENANT, {"security_defaults": {}}),
        (TENANT, {"security_defaults": {"is_enabled": True, "is_on": True}}),
        (TENANT, {"conditional_access_policies": {"unmanaged": "delete"}}),
        (TENANT, {"conditional_access_policies": [{"display_name": "X"}]}),
        (TENANT, [{"profile": "modern"}]),
    ],
)
def test_wrong_files_of_other_kinds(name: str, content: t.Any) -> None:
    assert faults(name, content) != []


def test_a_whole_tenant() -> None:
    content = {
        "security_defaults": {"is_enabled": False},
        "named_locations": [{"display_name": "Office", "ip_ranges": ["203.0.113.0/24"], "is_trusted": True}],
        "conditional_access_policies": {
            "policies": [{"template": "require_mfa_for_all_users", "policy_state": "enabled"}],
            "unmanaged": "disable",
            "protected_display_name_prefixes": ["Partner"],
            "every_policy": {"conditions": {"users": {"exclude_groups": {"add": ["Emergency access accounts"]}}}},
        },
        "emergency_access": {"groups": ["Emergency access accounts"]},
        "groups": {"missing": "create"},
        "api_version": "v1.0",
        "profile": "modern",
    }
    assert faults(TENANT, content) == []
    assert faults(TENANT, {**content, "profile": "2021"}) != []
