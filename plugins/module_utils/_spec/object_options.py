# Copyright: (c) 2026, m365.entra contributors
# GNU General Public License v3.0+ (see COPYING or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later

"""The options that describe a named object that policies refer to, alone or in a list."""

from __future__ import annotations

from .._resources.declaration import Resource
from .argument_spec import ArgumentSpec, Options
from .shape_options import options_of


def object_options(resource: Resource) -> ArgumentSpec:
    """The options of one object."""
    properties = {name: one for name, one in options_of(resource.options).items() if name != "display_name"}
    options: Options = {
        "display_name": {"type": "str"},
        "id": {"type": "str"},
        "state": {"type": "str", "choices": ["present", "absent"], "default": "present"},
        "previous_name": {"type": "str"},
        "complete": {"type": "bool", "default": False},
        **properties,
        "definition": {"type": "raw"},
        "definition_path": {"type": "path"},
    }
    exclusive = tuple(("definition", "definition_path", name) for name in properties)
    return ArgumentSpec(
        options,
        mutually_exclusive=exclusive,
        required_one_of=(("display_name", "id", "definition", "definition_path"),),
    )


def object_list(resource: Resource) -> Options:
    """The option that takes a list of objects."""
    spec = object_options(resource)
    return {
        "type": "list",
        "elements": "dict",
        "options": spec.options,
        "mutually_exclusive": [list(names) for names in spec.mutually_exclusive],
        "required_one_of": [list(names) for names in spec.required_one_of],
    }
