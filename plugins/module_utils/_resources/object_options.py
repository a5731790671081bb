# Copyright: (c) 2026, m365.entra contributors
# GNU General Public License v3.0+ (see COPYING or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later

"""Between options and objects: what is wanted of a named object, and how tasks return one."""

from __future__ import annotations

import typing as t

from .._graph.errors import OptionError
from .._reconcile.canonical import is_guid
from .._reconcile.object_plan import CurrentObject, DesiredObject
from .._reconcile.option_names import content_from_options, options_from_content
from .._reconcile.option_path import path_of
from .._reconcile.shape import Json, snake_case
from .authentication_context import IDENTIFIER
from .declaration import Resource
from .object_definition import content_from_object_definition


def desired_object(resource: Resource, options: t.Mapping[str, t.Any], option: str = "") -> DesiredObject:
    """The object that the given *options* describe; *option* is the path that messages begin with.

    Raises OptionError for what cannot be meant.
    """
    definition = content_from_object_definition(resource, options, option)
    content = content_from_options(resource.options, options) if definition is None else definition
    identifier = _identifier(resource, options, option)
    name = options.get("display_name") or content.get("displayName")
    if name and not str(name).strip():
        raise OptionError(f"{path_of(option, 'display_name')}: a name of blanks is none.", remedy="Give a name.")
    if not name and not identifier:
        raise OptionError(f"{path_of(option, 'display_name')}: display_name or id is needed.")
    if name:
        content["displayName"] = str(name)
    return DesiredObject(
        option=option,
        identifier=identifier,
        name=str(name) if name else None,
        previous_name=options.get("previous_name"),
        is_present=(options.get("state") or "present") == "present",
        content=content,
        is_whole=definition is not None or options.get("complete") is True,
    )


def desired_objects(
    resource: Resource, items: t.Sequence[t.Mapping[str, t.Any]], option: str
) -> tuple[DesiredObject, ...]:
    """The wanted objects of a list option; *option* is its path."""
    return tuple(desired_object(resource, item, f"{option}[{index}]") for index, item in enumerate(items))


def _identifier(resource: Resource, options: t.Mapping[str, t.Any], option: str) -> str | None:
    if not options.get("id"):
        return None
    identifier = str(options["id"]).lower()
    if resource.chooses_id and not IDENTIFIER.fullmatch(identifier):
        raise OptionError(f"{path_of(option, 'id')}: the id of an {resource.label} is one of c1 to c99.")
    if not resource.chooses_id and not is_guid(identifier):
        raise OptionError(
            f"{path_of(option, 'id')}: this is not an id (a GUID).", remedy="Give display_name for a name."
        )
    return identifier


def object_result(resource: Resource, found: CurrentObject) -> Json:
    """An object as tasks return it: options, and what the service says of it."""
    return {
        "id": found.identifier or None,
        "display_name": found.name,
        **{snake_case(name): found.raw.get(name) for name in resource.details},
        **options_from_content(found.shape, found.content),
    }
