# Copyright: (c) 2026, m365.entra contributors
# GNU General Public License v3.0+ (see COPYING or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later

"""Documentation of options, from the options themselves and a sentence for each.

The structure (types, choices, defaults) is that of the options, so that text and code cannot drift apart.
"""

from __future__ import annotations

import json
import typing as t
from dataclasses import dataclass, field

from .._reconcile.list_edit import is_list
from .._reconcile.shape import Field, Part, PartList, Target, Targets
from .._reconcile.targets import ALL_USERS, KINDS, NOBODY
from .argument_spec import Options


def fields_by_path(shape: Part, prefix: str = "") -> dict[str, Field]:
    """Every property of *shape* by its option path."""
    found: dict[str, Field] = {}
    for one in shape.fields:
        path = f"{prefix}{one.option}"
        found[path] = one
        inner = one.part if isinstance(one, PartList) else one
        if isinstance(inner, Part):
            found.update(fields_by_path(inner, f"{path}."))
    return found


@dataclass(frozen=True)
class Descriptions:
    """What options mean: *by_path*, and *general* for names that mean the same everywhere; *fields* are their kinds.

    *added* is the release that brought an option, for those that came after the rest.
    """

    by_path: t.Mapping[str, str]
    general: t.Mapping[str, str] = field(default_factory=dict)
    fields: t.Mapping[str, Field] = field(default_factory=dict)
    added: t.Mapping[str, str] = field(default_factory=dict)

    def paragraphs(self, path: str) -> list[str]:
        """The paragraphs about an option. Raises KeyError for an option without a description."""
        text = self.by_path.get(path) or self.general[path.rsplit(".", 1)[-1]]
        return [text, *_about_kind(self.fields.get(path), is_editable=self.is_editable(path))]

    def is_editable(self, path: str) -> bool:
        """Whether the list at *path* takes edits; inside the values of another list there is no name to find it by."""
        above, _dot, _name = path.rpartition(".")
        return not above or (not isinstance(self.fields.get(above), PartList) and self.is_editable(above))


def _about_kind(kind: Field | None, *, is_editable: bool) -> list[str]:
    paragraphs = []
    values = getattr(kind, "values", ())
    if is_list(kind):
        members = f" of V({'), V('.join(values)})" if values else ""
        edits = ", or a dictionary with C(add) and C(remove), or C(set), that edits it" if is_editable else ""
        paragraphs.append(f"A list{members}{edits}.")
    paragraphs.extend(_about_targets(kind, is_editable=is_editable))
    if kind is not None and kind.preview:
        paragraphs.append("Exists only in Graph's beta endpoint.")
    elif kind is not None and kind.preview_values:
        only = f"V({'), V('.join(kind.preview_values)})"
        paragraphs.append(f"{only} exists only in Graph's beta endpoint.")
    return paragraphs


def _about_targets(kind: Field | None, *, is_editable: bool) -> list[str]:
    if isinstance(kind, Target):
        keyword = f"V({ALL_USERS})" if kind.everyone == ALL_USERS else f"V({NOBODY}), which means nobody"
        return [f"A group by name or id, or {keyword}."]
    if isinstance(kind, Targets):
        members = "".join(f", C({field.option})" for field in kind.fields)
        kept = " What is not said of a target that is already there stays as it is." if is_editable else ""
        return [
            f"A target is a group by name or id, or V({ALL_USERS}), or a dictionary with C(id), "
            f"C(target_type) (V({'), V('.join(KINDS)})){members}.{kept}"
        ]
    return []


_COPIED = ("type", "elements", "choices", "default", "required")


def documented(
    options: Options, descriptions: Descriptions, prefix: str = "", mentions: str = "", lists: tuple[str, ...] = ()
) -> dict[str, t.Any]:
    """The documentation of *options*: their own structure with the descriptions of their paths.

    *mentions* is the path of the list in which the options stand, so that references between them name it; paths begin
    anew inside the options named in *lists*. Raises KeyError for an option without a description.
    """
    result: dict[str, t.Any] = {}
    for name, option in options.items():
        path = f"{prefix}{name}"
        text = [one.replace("O(", f"O({mentions}") for one in descriptions.paragraphs(path)]
        result[name] = {"description": text, **{key: option[key] for key in _COPIED if key in option}}
        if path in descriptions.added:
            result[name]["version_added"] = descriptions.added[path]
        if "options" in option:
            is_anew = path in lists
            result[name]["suboptions"] = documented(
                option["options"],
                descriptions,
                "" if is_anew else f"{path}.",
                f"{mentions}{path}[]." if is_anew else mentions,
                lists,
            )
    return result


def fragment(documentation: t.Mapping[str, t.Any]) -> str:
    """A documentation fragment. JSON, which is YAML too."""
    return json.dumps({"options": documentation})
