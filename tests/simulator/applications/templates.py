# Copyright: (c) 2026, m365.entra contributors
# GNU General Public License v3.0+ (see COPYING or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later
"""/applicationTemplates: the gallery, and an application made from one of its entries (facts section 12)."""

from __future__ import annotations

from ..data_files import load_data
from ..graph import errors
from ..graph.call import GraphCall
from ..graph.directory import list_directory, show_directory_object
from ..graph.routing import Route
from ..json_types import JsonObject
from ..messages import Response
from ..resource_types import resource_type
from ..tenant import APPLICATIONS, SERVICE_PRINCIPALS
from . import permissions
from .pairs import new_pair

TYPE = "applicationTemplate"
CONTEXT = "applicationTemplates"
QUERIES = frozenset({"$filter", "$select", "$top", "$skip", "$count"})


def gallery() -> list[JsonObject]:
    """Return the entries of the gallery, which is the same for every tenant."""
    return [resource_type(TYPE).complete(entry) for entry in load_data("application_templates")]


def list_templates(call: GraphCall) -> Response:
    return list_directory(call, gallery(), TYPE, CONTEXT, allowed=QUERIES)


def get_template(call: GraphCall) -> Response:
    return show_directory_object(call, _template(call), TYPE, CONTEXT)


def instantiate(call: GraphCall) -> Response:
    """Make an application and its service principal, also where there are some of that name already."""
    template = _template(call)
    body = call.json_object()
    unknown = sorted(set(body) - {"displayName", "serviceManagementReference"})
    if unknown:
        raise errors.query_invalid(f"The parameter '{unknown[0]}' in the request payload is not a valid parameter.")
    name = body.get("displayName")
    if not isinstance(name, str) or not name.strip():
        raise errors.bad_request("A value is required for property 'displayName' of resource 'Application'.")
    application, principal = new_pair(template, name, call.tenant.tenant_id)
    delay = call.profile.consistency_delay_seconds
    call.collection(APPLICATIONS).put(application, delay)
    call.collection(SERVICE_PRINCIPALS).put(principal, delay)
    answer = {
        "@odata.context": f"{call.context_url}microsoft.graph.applicationServicePrincipal",
        "application": resource_type("application").shown(application, None),
        "servicePrincipal": resource_type("servicePrincipal").shown(principal, None),
    }
    return Response(201, answer)


def _template(call: GraphCall) -> JsonObject:
    wanted = call.parameters["id"].lower()
    for entry in gallery():
        if entry["id"] == wanted:
            return entry
    raise errors.directory_object_not_found(wanted)


ROUTES = (
    Route("GET", "/applicationTemplates", list_templates, permissions.READ_TEMPLATES),
    Route("GET", "/applicationTemplates/{id}", get_template, permissions.READ_TEMPLATES),
    Route("POST", "/applicationTemplates/{id}/instantiate", instantiate, permissions.WRITE),
)
