# Copyright: (c) 2026, m365.entra contributors
# GNU General Public License v3.0+ (see COPYING or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later
"""`make schemas`: the JSON Schemas in docs/schemas, for editors in which people write files of options.

They are those of what tenant_export writes, and of the whole configuration of a tenant.
"""

from __future__ import annotations

import json
import sys
from pathlib import Path

import yaml

from ansible_collections.m365.entra.plugins.doc_fragments import planned_checks, portal, snapshot
from ansible_collections.m365.entra.plugins.module_utils._module.tenant_configuration import SPEC as TENANT_SPEC
from ansible_collections.m365.entra.plugins.module_utils._policy.policy_plan import NOUN as POLICY_NOUN
from ansible_collections.m365.entra.plugins.module_utils._resources.objects import RESOURCES
from ansible_collections.m365.entra.plugins.module_utils._spec.argument_spec import ArgumentSpec
from ansible_collections.m365.entra.plugins.module_utils._spec.documentation import Descriptions
from ansible_collections.m365.entra.plugins.module_utils._spec.object_documentation import (
    OBJECT_DESCRIPTIONS,
    OBJECT_LISTS,
)
from ansible_collections.m365.entra.plugins.module_utils._spec.object_options import object_options
from ansible_collections.m365.entra.plugins.module_utils._spec.option_schema import (
    Json,
    Source,
    options_schema,
    plain_text,
)
from ansible_collections.m365.entra.plugins.module_utils._spec.planned_check_options import PLANNED_CHECKS
from ansible_collections.m365.entra.plugins.module_utils._spec.policy_documentation import POLICY_DESCRIPTIONS
from ansible_collections.m365.entra.plugins.module_utils._spec.policy_options import (
    AROUND_THE_LIST,
    EMERGENCY_ACCESS,
    LANE,
    POLICY,
)
from ansible_collections.m365.entra.plugins.module_utils._spec.portal_options import PORTAL
from ansible_collections.m365.entra.plugins.module_utils._spec.setting_documentation import DOCUMENTED
from ansible_collections.m365.entra.plugins.module_utils._spec.snapshot_options import SNAPSHOT
from ansible_collections.m365.entra.plugins.modules import tenant_configuration
from tools.layout import CHECKOUT

DIRECTORY = CHECKOUT / "docs" / "schemas"
TENANT = "tenant_configuration"

_DIALECT = "https://json-schema.org/draft/2020-12/schema"
_POLICY = Source(POLICY_DESCRIPTIONS, edits=frozenset({"every_policy"}))


def file_schemas() -> dict[str, Json]:
    """Return the schema of each kind of file, by the name of the module that takes its options."""
    objects = {POLICY_NOUN: _policy(), **{noun: _object(noun) for noun in RESOURCES}}
    files = {noun: _one_or_many(noun, schema) for noun, schema in objects.items()}
    settings = {name: {**_head(name), **_setting(name)} for name in DOCUMENTED}
    return {**files, **settings, TENANT: _tenant(objects)}


def schema_texts() -> dict[str, str]:
    """Return the text of each file in docs/schemas by its name."""
    return {f"{name}.json": json.dumps(schema, indent=2) + "\n" for name, schema in file_schemas().items()}


def _policy() -> Json:
    return options_schema(POLICY.options, _POLICY, rules=_rules_of(POLICY))


def _object(noun: str) -> Json:
    spec = object_options(RESOURCES[noun])
    return options_schema(spec.options, Source(OBJECT_DESCRIPTIONS[noun]), rules=_rules_of(spec))


def _rules_of(spec: ArgumentSpec) -> Json:
    return {"required_one_of": spec.required_one_of, "mutually_exclusive": spec.mutually_exclusive}


def _head(noun: str) -> Json:
    return {"$schema": _DIALECT, "title": f"Options of m365.entra.{noun}"}


def _one_or_many(noun: str, schema: Json) -> Json:
    """A file holds one object or a list of them."""
    one = {"$ref": f"#/$defs/{noun}"}
    return {**_head(noun), "oneOf": [one, {"type": "array", "items": one}], "$defs": {noun: schema}}


def _tenant(objects: dict[str, Json]) -> Json:
    documented: Json = yaml.safe_load(tenant_configuration.DOCUMENTATION)["options"]
    own = {name: option for name, option in TENANT_SPEC.options.items() if name in documented}
    schema = options_schema(own, Source(Descriptions(_texts(documented))))
    lane = options_schema({**EMERGENCY_ACCESS.options, **LANE.options}, _POLICY)
    properties = {
        **{option: _list_of(noun) for noun, option in OBJECT_LISTS.items()},
        "conditional_access_policies": _policies(),
        **{name: _setting(name) for name in DOCUMENTED},
        **_of_fragment(PORTAL, portal.ModuleDocFragment.DOCUMENTATION),
        **_of_fragment(PLANNED_CHECKS, planned_checks.ModuleDocFragment.DOCUMENTATION),
        **_of_fragment(SNAPSHOT, snapshot.ModuleDocFragment.DOCUMENTATION),
        **schema["properties"],
        **lane["properties"],
    }
    return {**_head(TENANT), **schema, "properties": properties, "$defs": objects}


def _of_fragment(spec: ArgumentSpec, documentation: str) -> Json:
    """The schemas of options that a fragment documents."""
    texts = _texts(yaml.safe_load(documentation)["options"])
    properties: Json = options_schema(spec.options, Source(Descriptions(texts)))["properties"]
    return properties


def _setting(name: str) -> Json:
    """The schema of one setting; null says nothing of it, so that a file does not hold any."""
    setting = DOCUMENTED[name]
    source = Source(setting.descriptions, never_null=frozenset(setting.descriptions.fields))
    schema = options_schema(setting.options, source)
    described = {"description": plain_text(setting.in_tenant)}
    if TENANT_SPEC.options[name]["type"] == "list":
        return {**described, "type": "array", "items": schema}
    return {**described, **schema}


def _texts(documented: Json, path: str = "") -> dict[str, str]:
    """The descriptions in a module's documentation by option path."""
    texts: dict[str, str] = {}
    for name, option in documented.items():
        texts[f"{path}{name}"] = " ".join(option["description"])
        texts.update(_texts(option.get("suboptions", {}), f"{path}{name}."))
    return texts


def _policies() -> Json:
    around = options_schema(AROUND_THE_LIST, _POLICY)
    return {
        "description": "The Conditional Access policies that are wanted.",
        **around,
        "properties": {"policies": _list_of(POLICY_NOUN), **around["properties"]},
    }


def _list_of(noun: str) -> Json:
    described = "What is wanted of each. What is not listed is not touched, unless another option says so."
    return {"description": described, "type": "array", "items": {"$ref": f"#/$defs/{noun}"}}


def write_schemas(directory: Path) -> None:
    """Write all schemas to a directory, which holds nothing else afterwards."""
    texts = schema_texts()
    directory.mkdir(parents=True, exist_ok=True)
    for path in directory.glob("*.json"):
        if path.name not in texts:
            path.unlink()
    for name, text in texts.items():
        (directory / name).write_text(text, encoding="utf-8")


def main() -> int:
    """Write docs/schemas and return the exit code."""
    write_schemas(DIRECTORY)
    print(f"Wrote {DIRECTORY.relative_to(CHECKOUT)}")
    return 0


if __name__ == "__main__":
    sys.exit(main())
