# Copyright: (c) 2026, m365.entra contributors
# GNU General Public License v3.0+ (see COPYING or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later
"""/servicePrincipals/{id}/appRoleAssignedTo: who has which role in an application (facts section 12)."""

from __future__ import annotations

import uuid

from ..clock import graph_timestamp
from ..graph import errors
from ..graph.call import GraphCall
from ..graph.directory import found, list_directory, refuse_unknown, require
from ..graph.membership import typed_objects
from ..graph.routing import Route
from ..json_types import JsonObject
from ..licence import has_p1
from ..messages import Response
from ..resource_types import resource_type
from ..tenant import APP_ROLE_ASSIGNMENTS, SERVICE_PRINCIPALS
from . import permissions

TYPE = "appRoleAssignment"
NO_ROLE = "00000000-0000-0000-0000-000000000000"
REQUIRED = ("principalId", "resourceId", "appRoleId")
SHOWN_AS = {"user": "User", "group": "Group", "servicePrincipal": "ServicePrincipal"}


def list_assigned(call: GraphCall) -> Response:
    principal = found(call, SERVICE_PRINCIPALS, call.parameters["id"])
    items = [one for one in call.collection(APP_ROLE_ASSIGNMENTS).visible() if one["resourceId"] == principal["id"]]
    return list_directory(call, items, TYPE, f"servicePrincipals('{principal['id']}')/appRoleAssignedTo")


def assign(call: GraphCall) -> Response:
    """Give a user, a group or a service principal a role."""
    resource = found(call, SERVICE_PRINCIPALS, call.parameters["id"])
    body = call.json_object()
    require(body, REQUIRED, "AppRoleAssignment")
    refuse_unknown(body, frozenset(REQUIRED), "AppRoleAssignment")
    if str(body["resourceId"]).lower() != resource["id"]:
        raise errors.bad_request("The resource of an assignment must be the one that it is created for.")
    type_name, principal = _principal(call, str(body["principalId"]).lower())
    role = _role(resource, str(body["appRoleId"]).lower(), type_name)
    if type_name == "group" and not has_p1(call.tenant):
        raise errors.bad_request("Groups cannot be assigned to applications without a premium licence.")
    assignment = {
        "id": str(uuid.uuid4()),
        "createdDateTime": graph_timestamp(),
        "appRoleId": role,
        "principalId": principal["id"],
        "principalDisplayName": principal["displayName"],
        "principalType": SHOWN_AS[type_name],
        "resourceId": resource["id"],
        "resourceDisplayName": resource["displayName"],
    }
    _refuse_second(call, assignment)
    complete = resource_type(TYPE).complete(assignment)
    call.collection(APP_ROLE_ASSIGNMENTS).put(complete, call.profile.consistency_delay_seconds)
    context = f"{call.context_url}servicePrincipals('{resource['id']}')/appRoleAssignedTo/$entity"
    return Response(201, {"@odata.context": context} | resource_type(TYPE).shown(complete, None))


def unassign(call: GraphCall) -> Response:
    resource = found(call, SERVICE_PRINCIPALS, call.parameters["id"])
    assignment = call.collection(APP_ROLE_ASSIGNMENTS).find_writable(call.parameters["assignment"])
    if assignment is None or assignment["resourceId"] != resource["id"]:
        raise errors.directory_object_not_found(call.parameters["assignment"])
    call.collection(APP_ROLE_ASSIGNMENTS).remove(assignment["id"], call.profile.consistency_delay_seconds)
    return Response(204)


def _principal(call: GraphCall, identifier: str) -> tuple[str, JsonObject]:
    for type_name, item in typed_objects(call.tenant, [identifier]):
        return type_name, item
    raise errors.directory_object_not_found(identifier)


def _role(resource: JsonObject, wanted: str, type_name: str) -> str:
    """Return the role, which must be for such a principal; that of no id is for applications without roles."""
    kind = "Application" if type_name == "servicePrincipal" else "User"
    roles = [one for one in resource["appRoles"] if one["isEnabled"] and kind in one["allowedMemberTypes"]]
    if wanted == NO_ROLE and not resource["appRoles"]:
        return wanted
    if wanted not in {str(one["id"]).lower() for one in roles}:
        raise errors.bad_request("Permission being assigned was not found on application.")
    return wanted


def _refuse_second(call: GraphCall, assignment: JsonObject) -> None:
    same = ("appRoleId", "principalId", "resourceId")
    for other in call.collection(APP_ROLE_ASSIGNMENTS).latest():
        if all(other[name] == assignment[name] for name in same):
            raise errors.bad_request("Permission being assigned already exists on the object.")


ROUTES = (
    Route("GET", "/servicePrincipals/{id}/appRoleAssignedTo", list_assigned, permissions.READ),
    Route("POST", "/servicePrincipals/{id}/appRoleAssignedTo", assign, permissions.WRITE_ASSIGNMENTS),
    Route(
        "DELETE",
        "/servicePrincipals/{id}/appRoleAssignedTo/{assignment}",
        unassign,
        permissions.WRITE_ASSIGNMENTS,
    ),
)
