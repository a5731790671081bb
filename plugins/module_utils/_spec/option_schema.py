# Copyright: (c) 2026, m365.entra contributors
# GNU General Public License v3.0+ (see COPYING or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later

"""JSON Schemas of options, so that an editor completes and checks a file of them while it is written.

They hold a file to one spelling where Ansible itself takes several: lists are lists, numbers are numbers, and members
of enumerations are written as Microsoft writes them.
"""

from __future__ import annotations

import itertools
import re
import typing as t
from dataclasses import dataclass

from .._reconcile.list_edit import ADD, REMOVE, SET, is_list
from .._reconcile.shape import ChoiceSet, Combinations, Field, FlagSet, References, Targets
from .._reconcile.targets import KINDS
from .argument_spec import Options
from .documentation import Descriptions
from .shape_options import option_of

Json = dict[str, t.Any]

_MARKUP = re.compile(r"\b[BCEIMOV]\(([^()]*)\)")
_OPTION_WITH_VALUE = re.compile(r"\bO\(([^()=]*)=([^()]*)\)")
_TEXT: Json = {"type": "string", "minLength": 1}
_TYPES: dict[str, Json] = {
    "str": {"type": "string"},
    "path": {"type": "string"},
    "bool": {"type": "boolean"},
    "int": {"type": "integer"},
    "float": {"type": "number"},
    "dict": {"type": "object"},
    "raw": {"type": ["object", "array", "string"]},
}


@dataclass(frozen=True)
class Source:
    """Where schemas take descriptions and kinds from.

    *never_null* are paths of the shape that cannot be cleared. Below the options named in *edits* stand those of the
    shape once more, and lists can only be added to and removed from.
    """

    descriptions: Descriptions
    never_null: t.AbstractSet[str] = frozenset({"display_name"})
    edits: t.AbstractSet[str] = frozenset()

    def kind(self, path: str) -> Field | None:
        """The property of the shape that the option at *path* speaks of."""
        head, _dot, rest = path.partition(".")
        return self.descriptions.fields.get(rest if head in self.edits else path)

    def only_edits(self, path: str) -> bool:
        """Whether the list at *path* cannot be given as a whole."""
        return path.partition(".")[0] in self.edits

    def clears(self, path: str) -> bool:
        """Whether null means something for the option at *path*: that the property is cleared."""
        return path not in self.never_null and not self.only_edits(path) and self.kind(path) is not None


def plain_text(description: str) -> str:
    """A description without the markup of Ansible's documentation."""
    return _MARKUP.sub(r"\1", _OPTION_WITH_VALUE.sub(r"\1: \2", description))


def options_schema(
    options: Options, source: Source, path: str = "", rules: t.Mapping[str, t.Any] | None = None
) -> Json:
    """The schema of a mapping of *options*, whose paths begin with *path*.

    *rules* may hold required_one_of and mutually_exclusive. Raises KeyError for an option without a description.
    """
    required = [name for name, option in options.items() if option.get("required")]
    schema: Json = {
        "type": "object",
        "properties": {name: _option_schema(option, source, f"{path}{name}") for name, option in options.items()},
        "additionalProperties": False,
    }
    if required:
        schema["required"] = required
    return {**schema, **_rules(rules or {})}


def _rules(rules: t.Mapping[str, t.Any]) -> Json:
    one_of = [{"anyOf": [{"required": [name]} for name in names]} for names in rules.get("required_one_of") or ()]
    pairs = dict.fromkeys(
        pair for names in rules.get("mutually_exclusive") or () for pair in itertools.combinations(names, 2)
    )
    exclusive = [{"not": {"required": list(pair)}} for pair in pairs]
    return {"allOf": [*one_of, *exclusive]} if one_of or exclusive else {}


def _option_schema(option: Options, source: Source, path: str) -> Json:
    described: Json = {"description": " ".join(map(plain_text, source.descriptions.paragraphs(path)))}
    if "default" in option:
        described["default"] = option["default"]
    value = _value_schema(option, source, path)
    return {**described, **(_or_null(value) if source.clears(path) else value)}


def _value_schema(option: Options, source: Source, path: str) -> Json:
    kind = source.kind(path)
    if option["type"] == "raw" and kind is not None:
        if not source.descriptions.is_editable(path):
            return {"type": "array", "items": _member_schema(kind)}
        return _list_schema(kind, edits_only=source.only_edits(path))
    if option["type"] == "list":
        return {"type": "array", "items": _elements(option, source, path)}
    if "choices" in option:
        return {"enum": list(option["choices"])}
    if "options" in option:
        return options_schema(option["options"], source, f"{path}.", option)
    return dict(_TYPES[option["type"]])


def _elements(option: Options, source: Source, path: str) -> Json:
    if "options" not in option:
        return dict(_TEXT) if option["elements"] == "str" else dict(_TYPES[option["elements"]])
    return options_schema(option["options"], source, f"{path}.", option)


def _or_null(schema: Json) -> Json:
    if "enum" in schema:
        return {**schema, "enum": [*schema["enum"], None]}
    if "anyOf" in schema:
        return {**schema, "anyOf": [*schema["anyOf"], {"type": "null"}]}
    return {**schema, "type": [schema["type"], "null"]}


def _target_schema(kind: Targets) -> Json:
    """One target with what is said of it besides."""
    members: Json = {"id": dict(_TEXT), "target_type": {"enum": list(KINDS)}}
    for member in kind.fields:
        members[member.option] = _of_target(member)
    return {"type": "object", "properties": members, "additionalProperties": False, "required": ["id"]}


def _of_target(member: Field) -> Json:
    option = option_of(member)
    if is_list(member):
        return {"type": "array", "items": _member_schema(member)}
    return {"enum": option["choices"]} if "choices" in option else dict(_TYPES[option["type"]])


def _list_schema(kind: Field, *, edits_only: bool) -> Json:
    """A list, or an edit of one."""
    members: Json = {"type": "array", "items": _member_schema(kind)}
    edit: Json = {
        "type": "object",
        "properties": {
            ADD: {"description": "What joins the list.", **members},
            REMOVE: {"description": "What leaves the list.", **members},
        },
        "additionalProperties": False,
        "minProperties": 1,
    }
    if edits_only:
        return edit
    whole: Json = {
        "type": "object",
        "properties": {SET: {"description": "What the list is to hold, and nothing else.", **members}},
        "additionalProperties": False,
        "required": [SET],
    }
    return {"anyOf": [members, edit, whole]}


def _member_schema(kind: Field) -> Json:
    if isinstance(kind, Targets):
        return {"anyOf": [dict(_TEXT), _target_schema(kind)]}
    if isinstance(kind, ChoiceSet | FlagSet):
        return {"enum": list(kind.values)}
    if isinstance(kind, Combinations):
        one = f"({'|'.join(kind.values)})"
        return {"type": "string", "pattern": f"^{one}( *, *{one})*$"}
    if isinstance(kind, References) and kind.keywords:
        return {"anyOf": [{"enum": list(kind.keywords)}, dict(_TEXT)]}
    return dict(_TEXT)
