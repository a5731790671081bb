# Copyright: (c) 2026, m365.entra contributors
# GNU General Public License v3.0+ (see COPYING or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later
"""What the directory services have in common: finding, showing, listing and writing objects."""

from __future__ import annotations

import uuid
from collections.abc import Sequence

from ..clock import graph_timestamp
from ..json_types import JsonObject
from ..messages import Response
from ..resource_types import resource_type
from . import errors
from .call import GraphCall
from .listing import Listing, check_selected, listed

SINGLE_PAGE = 999
PLAIN_QUERIES = frozenset({"$filter", "$select", "$top", "$count", "$orderby", "$skip"})


def list_directory(
    call: GraphCall,
    items: Sequence[JsonObject],
    type_name: str,
    context: str,
    page_size: int | None = None,
    allowed: frozenset[str] = PLAIN_QUERIES,
) -> Response:
    """Answer a list of directory objects of one type; the profile's page size unless one is given."""
    shown = resource_type(type_name)
    listing = Listing(
        type_name=type_name,
        filterable=shown.filterable,
        selectable=shown.selectable,
        select=shown.shown,
        page_size=page_size or call.profile.page_size,
        allowed=allowed,
    )
    return listed(call, items, listing, context)


def show_directory_object(call: GraphCall, item: JsonObject, type_name: str, context: str) -> Response:
    """Answer one directory object."""
    shown = resource_type(type_name)
    check_selected(call, type_name, shown.selectable)
    body = {"@odata.context": f"{call.context_url}{context}/$entity"} | shown.shown(item, call.query.select)
    return Response(200, body)


def found(call: GraphCall, path: str, identifier: str) -> JsonObject:
    """Return the object with that id.

    Raises:
        GraphError: there is none, or it is not visible yet.
    """
    item = call.collection(path).find_visible(identifier)
    if item is None:
        raise errors.directory_object_not_found(identifier)
    return item


def writable(call: GraphCall, path: str, identifier: str) -> JsonObject:
    """Return the latest state of an object that is to be changed.

    Raises:
        GraphError: there is none, or it is not visible yet.
    """
    item = call.collection(path).find_writable(identifier)
    if item is None:
        raise errors.directory_object_not_found(identifier)
    return item


def create_directory_object(call: GraphCall, path: str, type_name: str, item: JsonObject, context: str) -> Response:
    """Store a new object and answer it."""
    known = resource_type(type_name)
    complete = known.complete({"id": str(uuid.uuid4()), "createdDateTime": graph_timestamp()} | item)
    call.collection(path).put(complete, call.profile.consistency_delay_seconds)
    body = {"@odata.context": f"{call.context_url}{context}/$entity"} | known.shown(complete, None)
    return Response(201, body)


def delete_directory_object(call: GraphCall, path: str, identifier: str) -> Response:
    """Delete an object; what refers to it keeps the id (facts section 2.4)."""
    item = writable(call, path, identifier)
    call.collection(path).remove(item["id"], call.profile.consistency_delay_seconds)
    return Response(204)


def require(body: JsonObject, names: tuple[str, ...], type_name: str) -> None:
    """Refuse a body that lacks a property or has one the type does not have."""
    for name in names:
        if body.get(name) in (None, ""):
            raise errors.bad_request(f"A value is required for property '{name}' of resource '{type_name}'.")


def refuse_unknown(body: JsonObject, known: frozenset[str], type_name: str) -> None:
    for name in body:
        if name not in known and "@" not in name:
            raise errors.bad_request(f"One or more property values specified are invalid: '{name}' of '{type_name}'.")
