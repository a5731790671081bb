# Copyright: (c) 2026, m365.entra contributors
# GNU General Public License v3.0+ (see COPYING or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later

"""Reads a policy definition from text or a file, in UTF-8 or UTF-16, with or without a byte order mark.

A file is JSON, or YAML when its name says so.
"""

from __future__ import annotations

import codecs
import json
import typing as t
from pathlib import Path

from .._graph.errors import OptionError
from .._reconcile.shape import Json
from .definition_yaml import parse_yaml

_MARKS = (
    (codecs.BOM_UTF8, "utf-8-sig"),
    (codecs.BOM_UTF16_LE, "utf-16"),
    (codecs.BOM_UTF16_BE, "utf-16"),
)
_LARGEST_BYTES = 1024 * 1024
_YAML_SUFFIXES = (".yml", ".yaml")


class _Conflict(ValueError):
    """Two members of one name with different values."""


def _without_repeated_names(pairs: list[tuple[str, t.Any]]) -> Json:
    """A JSON object; a name that stands twice is only accepted when both say the same."""
    result: Json = {}
    for name, value in pairs:
        if name in result and result[name] != value:
            raise _Conflict(name)
        result[name] = value
    return result


def _encoding(content: bytes) -> str:
    for mark, encoding in _MARKS:
        if content.startswith(mark):
            return encoding
    if content[1:2] == b"\x00":
        return "utf-16-le"
    if content[:1] == b"\x00":
        return "utf-16-be"
    return "utf-8"


def parse_definition(text: str, option: str) -> t.Any:
    """The JSON in *text*. Raises an OptionError that names *option* and the place, never the content."""
    try:
        return json.loads(text.lstrip("\ufeff"), object_pairs_hook=_without_repeated_names)
    except _Conflict as conflict:
        raise OptionError(
            f"{option}: the member {str(conflict)!r} stands twice in one object with different values.",
            remedy="Remove one of the two, so that it is clear which is meant.",
        ) from None
    except json.JSONDecodeError as error:
        raise OptionError(
            f"{option}: this is not JSON ({error.msg} at line {error.lineno}, column {error.colno})."
        ) from None
    except RecursionError:
        raise OptionError(f"{option}: this is nested too deeply to be a policy.") from None


def read_definition_file(path: str, option: str) -> t.Any:
    """The JSON or YAML in the file *path*. Raises an OptionError that names *option*."""
    try:
        content = Path(path).read_bytes()[: _LARGEST_BYTES + 1]
    except OSError as error:
        raise OptionError(f"{option}: the file {path!r} cannot be read ({error.strerror}).") from None
    if len(content) > _LARGEST_BYTES:
        raise OptionError(f"{option}: the file {path!r} is larger than one mebibyte; that is no policy.")
    try:
        text = content.decode(_encoding(content))
    except UnicodeDecodeError:
        raise OptionError(
            f"{option}: the file {path!r} is neither UTF-8 nor UTF-16 text.", remedy="Save it as UTF-8."
        ) from None
    if Path(path).suffix.lower() in _YAML_SUFFIXES:
        return parse_yaml(text, option)
    return parse_definition(text, option)
