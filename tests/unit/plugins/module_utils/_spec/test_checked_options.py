# Copyright: (c) 2026, m365.entra contributors
# GNU General Public License v3.0+ (see COPYING or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later
"""Options that are checked once for many tenants are the same as if each were checked."""

from __future__ import annotations

import typing as t

import pytest

from ansible_collections.m365.entra.plugins.module_utils._module import tenant_configuration, tenant_info
from ansible_collections.m365.entra.plugins.module_utils._spec.argument_spec import ArgumentSpec
from ansible_collections.m365.entra.plugins.module_utils._spec.checked_options import RememberedOptions, checked_options
from ansible_collections.m365.entra.plugins.module_utils._spec.connection_options import CONNECTION

SPEC = ArgumentSpec(
    {
        "part": {"type": "dict", "options": {"x": {"type": "list", "elements": "str"}}},
        "key": {"type": "str", "no_log": True},
        "word": {"type": "str", "choices": ["a", "b"], "default": "a"},
        "old": {"type": "str", "removed_in_version": "9.0.0", "removed_from_collection": "m365.entra"},
    }
)
GIVEN: list[dict[str, t.Any]] = [
    {},
    {"part": {"x": [1, None]}, "key": "hush"},
    {"part": {"x": "a,b"}, "word": None},
    {"word": "c"},
    {"nobody": "knows"},
    {"part": 7},
    {"old": "x"},
]


@pytest.mark.parametrize("given", GIVEN, ids=str)
def test_remembered_is_as_checked(given: dict[str, t.Any]) -> None:
    remembered = RememberedOptions(SPEC, "name")
    for _again in range(2):
        assert remembered.of(given) == checked_options(SPEC, given, "name")


def test_what_one_tenant_does_to_its_options_is_not_seen_by_another() -> None:
    remembered = RememberedOptions(SPEC, "name")
    remembered.of({"part": {"x": ["a"]}}).params["part"]["x"].append("b")
    assert remembered.of({"part": {"x": ["a"]}}).params["part"] == {"x": ["a"]}


@pytest.mark.parametrize("spec", [tenant_info.SPEC, tenant_configuration.SPEC])
def test_apart_from_the_connection_is_as_together(spec: ArgumentSpec) -> None:
    connection = {"tenant_id": "contoso.example", "client_secret": "hush"}
    options: dict[str, t.Any] = dict.fromkeys(list(spec.options)[:1])
    apart = checked_options(CONNECTION, connection, "name").joined(checked_options(spec, options, "name"))
    together = checked_options(spec.merged(CONNECTION), {**connection, **options}, "name")
    assert apart == together
    rules = [*spec.mutually_exclusive, *spec.required_one_of]
    assert [rule for rule in rules if set(rule) & set(CONNECTION.options)] == []
    rules = [*CONNECTION.mutually_exclusive, *CONNECTION.required_one_of]
    assert [rule for rule in rules if set(rule) & set(spec.options)] == []
