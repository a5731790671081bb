# Copyright: (c) 2026, m365.entra contributors
# GNU General Public License v3.0+ (see COPYING or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later

"""Reads a definition that is written as YAML; PyYAML comes with Ansible but may be missing where a module runs."""

from __future__ import annotations

import json
import re
import typing as t

from .._graph.errors import OptionError

try:
    import yaml
except ImportError:
    HAS_YAML = False
else:
    HAS_YAML = True


_HALF = re.compile("[\ud800-\udfff]")


def parse_yaml(text: str, option: str) -> t.Any:
    """What *text* holds. Raises an OptionError that names *option* and the place, never the content."""
    if not HAS_YAML:
        raise OptionError(
            f"{option}: the Python package PyYAML is missing on the machine that runs this task.",
            remedy="Install it there, or write the definition as JSON.",
        )
    try:
        _refuse_aliases(text, option)
        _refuse_repeated_names(yaml.compose(text, Loader=yaml.SafeLoader), option)
        return _without_half_characters(yaml.safe_load(text), option)
    except yaml.MarkedYAMLError as error:
        mark = error.problem_mark
        place = f" at line {mark.line + 1}, column {mark.column + 1}" if mark else ""
        raise OptionError(f"{option}: this is not YAML ({error.problem}{place}).") from None
    except yaml.YAMLError:
        raise OptionError(f"{option}: this is not YAML (it holds characters that YAML does not allow).") from None
    except RecursionError:
        raise OptionError(f"{option}: this is nested too deeply to be a policy.") from None


def _without_half_characters(parsed: t.Any, option: str) -> t.Any:
    """*parsed*, unless a text in it holds half of a character, as escapes of JSON become in YAML."""
    if _HALF.search(json.dumps(parsed, ensure_ascii=False, default=str)):
        raise OptionError(
            f"{option}: a text holds half of a character, as JSON writes it.",
            remedy="Write the character itself, or name the file .json.",
        )
    return parsed


def _refuse_aliases(text: str, option: str) -> None:
    """An alias may lead into itself, and a few of them make a document without end."""
    for token in yaml.scan(text, Loader=yaml.SafeLoader):
        if isinstance(token, yaml.AliasToken):
            raise OptionError(
                f"{option}: aliases are not accepted in a definition (line {token.start_mark.line + 1}).",
                remedy="Write out what the alias stands for.",
            )


def _refuse_repeated_names(node: t.Any, option: str) -> None:
    """YAML would take the last of two members of one name without a word."""
    if isinstance(node, yaml.SequenceNode):
        for member in node.value:
            _refuse_repeated_names(member, option)
    if not isinstance(node, yaml.MappingNode):
        return
    names: set[str] = set()
    for name, member in node.value:
        if not isinstance(name, yaml.ScalarNode):
            raise OptionError(f"{option}: the name of a member is a text (line {name.start_mark.line + 1}).")
        if name.value in names:
            raise OptionError(
                f"{option}: the member {name.value!r} stands twice in one object (line {name.start_mark.line + 1}).",
                remedy="Remove one of the two, so that it is clear which is meant.",
            )
        names.add(name.value)
        _refuse_repeated_names(member, option)
