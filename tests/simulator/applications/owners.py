# Copyright: (c) 2026, m365.entra contributors
# GNU General Public License v3.0+ (see COPYING or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later
"""Who owns a service principal."""

from __future__ import annotations

from ..graph import errors
from ..graph.call import GraphCall
from ..graph.directory import found, writable
from ..graph.listing import Listing, listed
from ..graph.membership import COMMON_PROPERTIES, typed_objects
from ..graph.routing import Route
from ..graph.typed_objects import shown_typed
from ..messages import Response
from ..tenant import SERVICE_PRINCIPALS
from . import permissions
from .references import referenced_id

OWNERS = "owners"


def list_owners(call: GraphCall) -> Response:
    principal = found(call, SERVICE_PRINCIPALS, call.parameters["id"])
    listing = Listing(
        type_name="directoryObject",
        filterable=frozenset({"id"}),
        selectable=COMMON_PROPERTIES,
        select=lambda item, _names: item,
        page_size=call.profile.page_size,
        allowed=frozenset({"$select", "$top"}),
    )
    owners = typed_objects(call.tenant, principal.get(OWNERS, ()))
    items = [shown_typed(type_name, item, call.query.select) for type_name, item in owners]
    return listed(call, items, listing, "directoryObjects")


def add_owner(call: GraphCall) -> Response:
    """Answer ``POST /servicePrincipals/{id}/owners/$ref``: users and service principals own, groups do not."""
    principal = writable(call, SERVICE_PRINCIPALS, call.parameters["id"])
    owner = referenced_id(call)
    types = [type_name for type_name, _item in typed_objects(call.tenant, [owner])]
    if not types:
        raise errors.directory_object_not_found(owner)
    if types == ["group"]:
        raise errors.bad_request("The reference target 'Group_" + owner + "' of type 'Group' is invalid for 'owners'.")
    owners = principal.get(OWNERS, [])
    if owner in owners:
        raise errors.bad_request(
            "One or more added object references already exist for the following modified properties: 'owners'."
        )
    changed = principal | {OWNERS: [*owners, owner]}
    call.collection(SERVICE_PRINCIPALS).put(changed, call.profile.consistency_delay_seconds)
    return Response(204)


def remove_owner(call: GraphCall) -> Response:
    principal, owner = writable(call, SERVICE_PRINCIPALS, call.parameters["id"]), call.parameters["owner"].lower()
    if owner not in principal.get(OWNERS, ()):
        raise errors.directory_object_not_found(owner)
    changed = principal | {OWNERS: [one for one in principal[OWNERS] if one != owner]}
    call.collection(SERVICE_PRINCIPALS).put(changed, call.profile.consistency_delay_seconds)
    return Response(204)


ROUTES = (
    Route("GET", "/servicePrincipals/{id}/owners", list_owners, permissions.READ),
    Route("POST", "/servicePrincipals/{id}/owners/$ref", add_owner, permissions.WRITE),
    Route("DELETE", "/servicePrincipals/{id}/owners/{owner}/$ref", remove_owner, permissions.WRITE),
)
