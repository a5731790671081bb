# Copyright: (c) 2026, m365.entra contributors
# GNU General Public License v3.0+ (see COPYING or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later
"""Options come from the shape."""

from __future__ import annotations

import typing as t

import pytest

from ansible_collections.m365.entra.plugins.module_utils._policy.policy_shape import POLICY
from ansible_collections.m365.entra.plugins.module_utils._reconcile.shape import (
    Choice,
    ChoiceSet,
    CidrRanges,
    Combinations,
    Field,
    Flag,
    FlagSet,
    Number,
    Opaque,
    Part,
    PartList,
    Reference,
    References,
    Text,
    TextSet,
)
from ansible_collections.m365.entra.plugins.module_utils._spec.shape_options import option_of, options_of

Json = dict[str, t.Any]
# A list, or a dictionary that edits one: the schema tells them apart.
EDITABLE: Json = {"type": "raw"}


@pytest.mark.parametrize(
    ("field", "option"),
    [
        (Text("a"), {"type": "str"}),
        (Reference("a", "strength"), {"type": "str"}),
        (Flag("a"), {"type": "bool"}),
        (Number("a"), {"type": "int"}),
        (Choice("a", ("x", "y"), "x"), {"type": "str", "choices": ["x", "y"]}),
        (ChoiceSet("a", ("x",)), EDITABLE),
        (FlagSet("a", ("x",)), EDITABLE),
        (References("a", "user", ("All",)), EDITABLE),
        (TextSet("a"), EDITABLE),
        (CidrRanges("a"), EDITABLE),
        (Combinations("a", ("x",)), EDITABLE),
        (Opaque("a"), {"type": "dict"}),
        (
            PartList("a", Part("", (Text("b"),))),
            {"type": "list", "elements": "dict", "options": {"b": {"type": "str", "no_log": False}}},
        ),
        (
            Part("a", (Flag("isEnabled"),)),
            {"type": "dict", "options": {"is_enabled": {"type": "bool", "no_log": False}}},
        ),
    ],
)
def test_option_of_a_field(field: Field, option: dict[str, t.Any]) -> None:
    assert option_of(field) == option


def test_no_option_of_a_policy_has_a_default() -> None:
    """A default would turn what is not given into what is wanted."""

    def defaults(options: dict[str, t.Any], path: str = "") -> list[str]:
        found = []
        for name, option in options.items():
            found += [f"{path}{name}"] if "default" in option else []
            found += defaults(option.get("options", {}), f"{path}{name}.")
        return found

    assert defaults(options_of(POLICY)) == []
