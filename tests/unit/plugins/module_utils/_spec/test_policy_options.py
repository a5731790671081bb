# Copyright: (c) 2026, m365.entra contributors
# GNU General Public License v3.0+ (see COPYING or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later
"""The options of one policy, as Ansible validates them."""

from __future__ import annotations

import typing as t

import pytest
from ansible.module_utils.common.arg_spec import ArgumentSpecValidator

from ansible_collections.m365.entra.plugins.module_utils._policy.policy_shape import POLICY as SHAPE
from ansible_collections.m365.entra.plugins.module_utils._policy.template_catalogue import PROFILES, TEMPLATES
from ansible_collections.m365.entra.plugins.module_utils._spec.policy_options import POLICIES, POLICY


def complaints(options: dict[str, t.Any]) -> str:
    """What Ansible says of the options of one policy, alone and in a list."""
    alone = ArgumentSpecValidator(**POLICY.to_module_arguments()).validate(options)
    listed = ArgumentSpecValidator({"policies": POLICIES}).validate({"policies": [options]})
    assert bool(alone.error_messages) == bool(listed.error_messages)
    return " ".join(alone.error_messages)


def test_every_property_of_a_policy_is_an_option() -> None:
    assert {field.option for field in SHAPE.fields} <= set(POLICY.options)


def test_templates_and_profiles_are_those_there_are() -> None:
    assert POLICY.options["template"]["choices"] == list(TEMPLATES)
    assert POLICY.options["profile"]["choices"] == list(PROFILES)


@pytest.mark.parametrize(
    "options",
    [
        {"display_name": "x"},
        {"id": "x"},
        {"template": "block_legacy_authentication", "conditions": {"users": {"exclude_users": []}}},
        {"definition": {"displayName": "x"}, "display_name": "x"},
        {"definition": '{"displayName": "x"}'},
        {"definition_path": "x.json", "placeholders": {"<A>": "B"}},
        {"display_name": "x", "grant_controls": None},
        {"display_name": "x", "conditions": {"users": {"exclude_users": {"add": ["ada"]}}}},
        {"display_name": "x", "conditions": {"users": {"include_users": "All"}}},
        {"display_name": "x", "previous_name": "y", "complete": True, "restore": True},
    ],
)
def test_accepted(options: dict[str, t.Any]) -> None:
    assert complaints(options) == ""


@pytest.mark.parametrize(
    ("options", "words"),
    [
        ({}, "one of the following is required"),
        ({"template": "block_legacy_authentication", "definition": {}}, "mutually exclusive"),
        ({"template": "nothing"}, "template"),
        ({"display_name": "x", "policy_state": "on"}, "policy_state"),
        ({"display_name": "x", "conditions": {"pets": []}}, "pets"),
        ({"display_name": "x", "grant_controls": {"operator": "XOR"}}, "operator"),
        ({"display_name": "x", "conditions": {"times": "always"}}, "times"),
    ],
)
def test_refused(options: dict[str, t.Any], words: str) -> None:
    assert words in complaints(options)
