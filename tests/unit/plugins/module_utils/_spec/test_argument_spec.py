# Copyright: (c) 2026, m365.entra contributors
# GNU General Public License v3.0+ (see COPYING or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later
"""Argument specifications that are put together."""

from __future__ import annotations

import pytest

from ansible_collections.m365.entra.plugins.module_utils._spec.argument_spec import ArgumentSpec

ONE = ArgumentSpec({"a": {"type": "str"}}, mutually_exclusive=(("a", "b"),))
TWO = ArgumentSpec({"b": {"type": "int"}}, required_one_of=(("a", "b"),))


def test_merged_has_options_and_rules_of_both() -> None:
    both = ONE.merged(TWO)
    assert both.options == {"a": {"type": "str"}, "b": {"type": "int"}}
    assert both.mutually_exclusive == (("a", "b"),)
    assert both.required_one_of == (("a", "b"),)
    assert ONE.options == {"a": {"type": "str"}}


def test_option_in_both_is_a_mistake() -> None:
    with pytest.raises(ValueError, match="twice: a"):
        ONE.merged(ONE)


def test_arguments_for_a_module() -> None:
    assert ONE.merged(TWO).to_module_arguments() == {
        "argument_spec": {"a": {"type": "str"}, "b": {"type": "int"}},
        "mutually_exclusive": [["a", "b"]],
        "required_one_of": [["a", "b"]],
    }
