# Copyright: (c) 2026, m365.entra contributors
# GNU General Public License v3.0+ (see COPYING or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later

"""Names in place of ids, wherever a name means exactly that object again."""

from __future__ import annotations

import typing as t

from .._directory.directory import Directory
from .._directory.kinds import KINDS
from .._policy import vocabulary as words
from .._policy.policy_shape import POLICY
from .._policy.references import references
from .._reconcile.canonical import is_guid
from .._reconcile.list_edit import is_list
from .._reconcile.option_names import options_from_content
from .._reconcile.references import identified, mentions
from .._reconcile.shape import Field, Json, Part
from .._reconcile.targets import ALL_USERS

_KEYWORDS = frozenset(
    keyword.lower()
    for keywords in (
        words.USER_KEYWORDS,
        words.APPLICATION_KEYWORDS,
        words.LOCATION_KEYWORDS,
        words.SERVICE_PRINCIPAL_KEYWORDS,
        words.AGENT_KEYWORDS,
        (ALL_USERS,),
    )
    for keyword in keywords
)


def learn_names(directory: Directory, contents: t.Iterable[Json], shape: Part = POLICY) -> None:
    """Have *directory* look up every object that *contents* of a *shape* refer to, and who shares its name."""
    wanted: dict[str, set[str]] = {}
    for content in contents:
        for mention in mentions(shape, content):
            wanted.setdefault(mention.kind, set()).add(mention.value)
    for kind, identifiers in wanted.items():
        directory.learn(kind, identifiers)
        names = {name for identifier in identifiers if (name := directory.name_of(kind, identifier))}
        directory.learn(kind, names)


def named_options(content: Json, directory: Directory, shape: Part = POLICY, *, keeps_empty: bool = False) -> Json:
    """A canonical content of a *shape* as options, with names in place of ids and every list sorted."""
    named = identified(shape, content, lambda kind, identifier: _name(directory, kind, identifier))
    return options_from_content(shape, _sorted(shape, named), keeps_empty=keeps_empty)


def keeps_ids(content: Json, directory: Directory) -> bool:
    """Whether a policy's file holds ids that mean nothing in another tenant."""
    return any(
        _name(directory, mention.kind, mention.value) == mention.value and is_guid(mention.value)
        for mention in references(content)
    )


def _name(directory: Directory, kind: str, identifier: str) -> str:
    name = directory.name_of(kind, identifier)
    return name if name and _is_unmistakable(directory, kind, name, identifier) else identifier


def _is_unmistakable(directory: Directory, kind: str, name: str, identifier: str) -> bool:
    """Whether *name* would be read as this object and as nothing else."""
    literal = KINDS[kind].literal
    if name.lower() in _KEYWORDS or is_guid(name) or (literal is not None and literal.fullmatch(name)):
        return False
    return directory.all_named(kind, name) == [identifier]


def _sorted(part: Part, content: Json) -> Json:
    """*content* with every list whose order means nothing sorted by what people read."""
    return {name: _sorted_member(part.field(name), member) for name, member in content.items()}


def _sorted_member(field: Field | None, member: t.Any) -> t.Any:
    if isinstance(field, Part) and isinstance(member, dict):
        return _sorted(field, member)
    if is_list(field) and isinstance(member, list):
        return sorted(member, key=_as_people_sort)
    return member


def _as_people_sort(member: t.Any) -> tuple[str, str]:
    text = str(member["id"]) if isinstance(member, dict) else str(member)
    return text.lower(), text
