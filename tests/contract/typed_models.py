# Copyright: (c) 2026, m365.entra contributors
# GNU General Public License v3.0+ (see COPYING or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later
"""Reads JSON with msgraph-sdk's typed models and says what they did not understand."""

from __future__ import annotations

import json
import re
from collections.abc import Iterator
from functools import cache
from typing import Any

from kiota_abstractions.serialization import Parsable
from kiota_serialization_json.json_parse_node_factory import JsonParseNodeFactory

WORD_START = re.compile(r"(?<!^)(?=[A-Z])")


def parsed(value: Any, model: Any) -> Any:
    """Return a JSON value as an object of a typed model."""
    content = json.dumps(value).encode()
    node = JsonParseNodeFactory().get_root_parse_node("application/json", content)
    return node.get_object_value(model)


def misunderstandings(value: Any, found: Any, path: str = "") -> Iterator[str]:
    """Yield the path of every member that a model does not know or could not read."""
    if isinstance(value, dict) and isinstance(found, Parsable):
        known = known_names(type(found))
        for name, member in value.items():
            where = f"{path}.{name}"
            if "@" in name or member is None:
                continue
            if name not in known:
                yield f"{where}: {type(found).__name__} does not know it"
                continue
            yield from misunderstandings(member, getattr(found, attribute_name(name)), where)
    elif isinstance(value, list) and isinstance(found, list):
        if len(value) != len(found):
            yield f"{path}: {len(value)} members became {len(found)}"
        for position, (member, read) in enumerate(zip(value, found, strict=False)):
            yield from misunderstandings(member, read, f"{path}[{position}]")
    elif found in (None, []) and value != []:
        yield f"{path}: {value!r} became {found!r}"


@cache
def known_names(model: type[Any]) -> frozenset[str]:
    """Return the JSON names that a model knows; asking it is slow."""
    return frozenset(model().get_field_deserializers())


def attribute_name(name: str) -> str:
    """Return the Python name that the generator gives to a JSON property."""
    return {"type": "type", "id": "id", "none": "none_"}.get(name, WORD_START.sub("_", name).lower())
