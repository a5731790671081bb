# Copyright: (c) 2026, m365.entra contributors
# GNU General Public License v3.0+ (see COPYING or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later

"""Derives module options from the shape of a Graph object."""

from __future__ import annotations

import functools

from .._reconcile.shape import Choice, ChoiceSet, Field, Flag, FlagSet, Number, Part, References
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


@option_of.register(ChoiceSet)
@option_of.register(FlagSet)
def _members(field: ChoiceSet | FlagSet) -> Options:
    return {"type": "list", "elements": "str", "choices": list(field.values)}


@option_of.register
def _references(field: References) -> Options:
    return {"type": "list", "elements": "str"}


@option_of.register
def _part(field: Part) -> Options:
    return {"type": "dict", "options": options_of(field)}


def options_of(part: Part) -> Options:
    """The options for the members of *part*, by option name."""
    return {field.option: option_of(field) for field in part.fields}
