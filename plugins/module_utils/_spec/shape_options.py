# Copyright: (c) 2026, m365.entra contributors
# GNU General Public License v3.0+ (see COPYING or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later

"""Derives module options from the shape of a Graph object."""

from __future__ import annotations

import functools

from .._reconcile.list_edit import LISTS
from .._reconcile.shape import Choice, Field, Flag, Number, Opaque, Part, PartList
from .argument_spec import Options


@functools.singledispatch
def option_of(field: Field) -> Options:
    """The option for one property; a text unless its kind says more."""
    return {"type": "str"}


@option_of.register
def _flag(field: Flag) -> Options:
    return {"type": "bool"}


@option_of.register
def _number(field: Number) -> Options:
    return {"type": "int"}


@option_of.register
def _choice(field: Choice) -> Options:
    return {"type": "str", "choices": list(field.values)}


@option_of.register
def _opaque(field: Opaque) -> Options:
    return {"type": "dict"}


def _members(field: Field) -> Options:
    # A list, or a dictionary that edits one: Ansible has no type for that; the schema checks what it is.
    return {"type": "raw"}


for _kind in LISTS:
    option_of.register(_kind, _members)


@option_of.register
def _part(field: Part) -> Options:
    return {"type": "dict", "options": options_of(field)}


@option_of.register
def _part_list(field: PartList) -> Options:
    return {"type": "list", "elements": "dict", "options": options_of(field.part)}


def options_of(part: Part) -> Options:
    """The options for the members of *part*, by option name."""
    # No policy holds a secret; Ansible would take names such as temporary_access_pass for one.
    return {field.option: {**option_of(field), "no_log": False} for field in part.fields}
