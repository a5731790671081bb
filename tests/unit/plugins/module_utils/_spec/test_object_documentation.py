# Copyright: (c) 2026, m365.entra contributors
# GNU General Public License v3.0+ (see COPYING or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later
"""Options of named objects and their documentation."""

from __future__ import annotations

import json
import typing as t

import pytest
from ansible.module_utils.common.arg_spec import ArgumentSpecValidator

from ansible_collections.m365.entra.plugins.module_utils._resources.declaration import Resource
from ansible_collections.m365.entra.plugins.module_utils._resources.objects import RESOURCES
from ansible_collections.m365.entra.plugins.module_utils._spec.object_documentation import (
    OBJECT_DESCRIPTIONS,
    OBJECT_LISTS,
    object_fragment,
    object_lists_fragment,
)
from ansible_collections.m365.entra.plugins.module_utils._spec.object_options import object_list, object_options

Json = dict[str, t.Any]
EVERY_RESOURCE = pytest.mark.parametrize("resource", RESOURCES.values(), ids=lambda resource: resource.noun)


def check(documented: Json, declared: Json, path: str = "") -> None:
    """Every option is described, with its own structure, and nothing else is."""
    assert set(documented) == set(declared), path
    for name, option in declared.items():
        entry = documented[name]
        assert all(paragraph.endswith(".") for paragraph in entry["description"]), f"{path}{name}"
        for part in ("type", "elements", "choices", "default", "required"):
            assert entry.get(part) == option.get(part), f"{path}{name}.{part}"
        check(entry.get("suboptions", {}), option.get("options", {}), f"{path}{name}.")


@EVERY_RESOURCE
def test_every_option_is_described_with_its_own_structure(resource: Resource) -> None:
    check(json.loads(object_fragment(resource))["options"], object_options(resource).options)


def test_lists_are_described_with_their_own_structure() -> None:
    lists = {option: object_list(RESOURCES[noun]) for noun, option in OBJECT_LISTS.items()}
    check(json.loads(object_lists_fragment())["options"], lists)
    assert set(OBJECT_LISTS) == set(RESOURCES)


@EVERY_RESOURCE
def test_nothing_is_described_that_is_no_option(resource: Resource) -> None:
    def paths(options: Json, prefix: str = "") -> set[str]:
        return {
            path
            for name, option in options.items()
            for path in {f"{prefix}{name}", *paths(option.get("options", {}), f"{prefix}{name}.")}
        }

    described = set(OBJECT_DESCRIPTIONS[resource.noun].by_path)
    assert described - paths(object_options(resource).options) == set()


@EVERY_RESOURCE
def test_every_property_is_an_option(resource: Resource) -> None:
    assert {field.option for field in resource.options.fields} <= set(object_options(resource).options)


def complaints(resource: Resource, options: Json) -> list[str]:
    """What Ansible says of the options of one object, alone and in a list alike."""
    alone = ArgumentSpecValidator(**object_options(resource).to_module_arguments()).validate(options)
    listed = ArgumentSpecValidator({"list": object_list(resource)}).validate({"list": [options]})
    assert bool(alone.error_messages) == bool(listed.error_messages)
    return alone.error_messages


@pytest.mark.parametrize(
    ("noun", "options"),
    [
        ("named_location", {"display_name": "x", "ip_ranges": ["192.0.2.0/24"]}),
        ("named_location", {"display_name": "x", "ip_ranges": {"add": ["192.0.2.0/24"]}, "is_trusted": None}),
        ("named_location", {"id": "x", "state": "absent"}),
        ("authentication_context", {"id": "c1", "display_name": "x", "is_available": True}),
        (
            "authentication_strength_policy",
            {
                "display_name": "x",
                "previous_name": "y",
                "complete": True,
                "allowed_combinations": "fido2",
                "combination_configurations": [{"applies_to_combinations": ["fido2"], "allowed_aaguids": ["x"]}],
            },
        ),
    ],
)
def test_accepted(noun: str, options: Json) -> None:
    assert complaints(RESOURCES[noun], options) == []


@pytest.mark.parametrize(
    ("noun", "options", "words"),
    [
        ("named_location", {"ip_ranges": []}, "one of the following is required"),
        ("named_location", {"display_name": "x", "pets": []}, "pets"),
        ("named_location", {"display_name": "x", "country_lookup_method": "dice"}, "country_lookup_method"),
        ("authentication_context", {"id": "c1", "state": "gone"}, "state"),
        (
            "authentication_strength_policy",
            {"display_name": "x", "combination_configurations": [{"pets": []}]},
            "pets",
        ),
    ],
)
def test_refused(noun: str, options: Json, words: str) -> None:
    assert words in " ".join(complaints(RESOURCES[noun], options))
