# Copyright: (c) 2026, m365.entra contributors
# GNU General Public License v3.0+ (see COPYING or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later
"""The inventory plugin's documentation names the options that modules connect with, and its examples can be read."""

from __future__ import annotations

import typing as t

import pytest
import yaml

from ansible_collections.m365.entra.plugins.doc_fragments.connection import ModuleDocFragment as Connection
from ansible_collections.m365.entra.plugins.inventory import tenants
from ansible_collections.m365.entra.plugins.module_utils._graph.errors import OptionError
from ansible_collections.m365.entra.plugins.module_utils._spec.connection_options import CONNECTION
from ansible_collections.m365.entra.plugins.plugin_utils._fleet.advice import needed_role_ids
from ansible_collections.m365.entra.plugins.plugin_utils._fleet.host_names import STYLES
from ansible_collections.m365.entra.plugins.plugin_utils._fleet.listed import KNOWN, listed_tenants
from ansible_collections.m365.entra.plugins.plugin_utils._fleet.partner import NEEDED_BY_SOURCE

OPTIONS: dict[str, t.Any] = yaml.safe_load(tenants.DOCUMENTATION)["options"]
# Of Ansible's own fragments: constructed and inventory_cache.
OF_ANSIBLE = {
    *("strict", "compose", "groups", "keyed_groups", "use_extra_vars", "leading_separator"),
    *("cache", "cache_plugin", "cache_timeout", "cache_connection", "cache_prefix"),
}
EXAMPLES = list(yaml.safe_load_all(tenants.EXAMPLES))


def test_connection_options_are_those_of_the_modules() -> None:
    assert set(yaml.safe_load(Connection.DOCUMENTATION)["options"]) == set(CONNECTION.options)
    assert not set(OPTIONS) & set(CONNECTION.options)


@pytest.mark.parametrize("example", EXAMPLES)
def test_examples_use_what_there_is(example: dict[str, t.Any]) -> None:
    assert example["plugin"] in OPTIONS["plugin"]["choices"]
    assert set(example) - set(OPTIONS) - set(CONNECTION.options) - OF_ANSIBLE == set()
    assert set(example.get("sources", [])) <= set(OPTIONS["sources"]["choices"])
    assert len(listed_tenants(example.get("tenants", []), "global")) == len(example.get("tenants", []))


def test_documented_choices_and_defaults_are_understood() -> None:
    assert OPTIONS["sources"]["choices"] == [*NEEDED_BY_SOURCE, "list"]
    assert tuple(OPTIONS["hostname"]["choices"]) == STYLES
    assert len(needed_role_ids(OPTIONS["needed_roles"]["default"])) == len(OPTIONS["needed_roles"]["default"])
    described = " ".join(OPTIONS["tenants"]["description"])
    assert all(f"C({name})" in described for name in KNOWN)


@pytest.mark.parametrize(
    ("kind", "text", "value"), [("int", "5", 5), ("bool", "no", False), ("str", "5", "5"), ("path", "/a", "/a")]
)
def test_the_environment_says_what_a_file_would(kind: str, text: str, value: t.Any) -> None:
    assert tenants.InventoryModule._converted("option", kind, text) == value


@pytest.mark.parametrize("kind", ["int", "bool"])
def test_what_the_environment_must_not_say_is_named(kind: str) -> None:
    with pytest.raises(OptionError, match="option: what the environment says is not of the type"):
        tenants.InventoryModule._converted("option", kind, "soon")
