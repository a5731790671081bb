# Copyright: (c) 2026, m365.entra contributors
# GNU General Public License v3.0+ (see COPYING or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later
"""/directoryObjects/getByIds: many ids to objects in one call (facts section 7.4)."""

from __future__ import annotations

from ..messages import Response
from . import errors, permissions
from .call import GraphCall
from .membership import typed_objects
from .routing import Access, Route
from .typed_objects import shown_typed

MAXIMUM_IDS = 1000
READING: dict[str, Access] = {
    "user": permissions.READ_USERS,
    "group": permissions.READ_GROUPS,
    "servicePrincipal": permissions.READ_APPLICATIONS,
}


def get_by_ids(call: GraphCall) -> Response:
    """Answer the objects that exist, of the wanted types and of those only the ones that the token may read."""
    body = call.json_object()
    identifiers, types = body.get("ids"), body.get("types")
    if not isinstance(identifiers, list) or not all(isinstance(item, str) for item in identifiers):
        raise errors.bad_request("The collection 'ids' is required.")
    if len(identifiers) > MAXIMUM_IDS:
        raise errors.bad_request(f"Too many ids: {len(identifiers)}. At most {MAXIMUM_IDS} are allowed.")
    found = [
        shown_typed(type_name, item)
        for type_name, item in typed_objects(call.tenant, dict.fromkeys(identifiers))
        if (not types or type_name in types) and READING[type_name].allows(call.permissions)
    ]
    return Response(200, {"@odata.context": f"{call.context_url}directoryObjects", "value": found})


ROUTES = (Route("POST", "/directoryObjects/getByIds", get_by_ids, permissions.ANY_DIRECTORY_READ),)
