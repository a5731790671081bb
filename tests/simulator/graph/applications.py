# Copyright: (c) 2026, m365.entra contributors
# GNU General Public License v3.0+ (see COPYING or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later
"""/servicePrincipals and /applications."""

from __future__ import annotations

from ..applications.signing_certificates import without_keys
from ..json_types import JsonObject
from ..messages import Response
from ..tenant import APPLICATIONS, SERVICE_PRINCIPALS
from . import errors, permissions
from .call import GraphCall
from .directory import create_directory_object, found, list_directory, require, show_directory_object
from .routing import Route


def list_service_principals(call: GraphCall) -> Response:
    items = [without_keys(one) for one in call.collection(SERVICE_PRINCIPALS).visible()]
    return list_directory(call, items, "servicePrincipal", "servicePrincipals")


def get_service_principal(call: GraphCall) -> Response:
    item = found(call, SERVICE_PRINCIPALS, call.parameters["id"])
    return show_directory_object(call, _as_asked_for(call, item), "servicePrincipal", "servicePrincipals")


def get_service_principal_by_app_id(call: GraphCall) -> Response:
    item = _with_app_id(call, SERVICE_PRINCIPALS)
    return show_directory_object(call, _as_asked_for(call, item), "servicePrincipal", "servicePrincipals")


def create_service_principal(call: GraphCall) -> Response:
    """Bring an application into the tenant (facts section 7.5)."""
    body = call.json_object()
    require(body, ("appId",), "ServicePrincipal")
    app_id = str(body["appId"]).lower()
    if any(str(principal["appId"]).lower() == app_id for principal in call.collection(SERVICE_PRINCIPALS).latest()):
        raise errors.GraphError(
            409,
            "Request_MultipleObjectsWithSameKeyValue",
            f"The service principal cannot be created, updated, or restored because the service principal name {app_id}"
            " is already in use.",
        )
    registered = [item for item in call.collection(APPLICATIONS).latest() if str(item["appId"]).lower() == app_id]
    name = registered[0]["displayName"] if registered else str(body.get("displayName") or app_id)
    principal = {
        "appId": app_id,
        "displayName": name,
        "appDisplayName": name,
        "accountEnabled": True,
        "appRoleAssignmentRequired": False,
        "servicePrincipalNames": [app_id],
        "servicePrincipalType": "Application",
    }
    return create_directory_object(call, SERVICE_PRINCIPALS, "servicePrincipal", principal, "servicePrincipals")


def list_applications(call: GraphCall) -> Response:
    return list_directory(call, call.collection(APPLICATIONS).visible(), "application", "applications")


def get_application(call: GraphCall) -> Response:
    item = found(call, APPLICATIONS, call.parameters["id"])
    return show_directory_object(call, item, "application", "applications")


def get_application_by_app_id(call: GraphCall) -> Response:
    return show_directory_object(call, _with_app_id(call, APPLICATIONS), "application", "applications")


def _as_asked_for(call: GraphCall, principal: JsonObject) -> JsonObject:
    """Public keys are shown where one object is read and the query selects them."""
    return principal if "keyCredentials" in (call.query.select or ()) else without_keys(principal)


def _with_app_id(call: GraphCall, path: str) -> JsonObject:
    wanted = call.parameters["app_id"].lower()
    for item in call.collection(path).visible():
        if str(item["appId"]).lower() == wanted:
            return item
    raise errors.directory_object_not_found(wanted)


ROUTES = (
    Route("GET", "/servicePrincipals", list_service_principals, permissions.READ_APPLICATIONS),
    Route("POST", "/servicePrincipals", create_service_principal, permissions.WRITE_APPLICATIONS),
    Route("GET", "/servicePrincipals/{id}", get_service_principal, permissions.READ_APPLICATIONS),
    Route(
        "GET",
        "/servicePrincipals(appId='{app_id}')",
        get_service_principal_by_app_id,
        permissions.READ_APPLICATIONS,
    ),
    Route("GET", "/applications", list_applications, permissions.READ_APPLICATIONS),
    Route("GET", "/applications/{id}", get_application, permissions.READ_APPLICATIONS),
    Route("GET", "/applications(appId='{app_id}')", get_application_by_app_id, permissions.READ_APPLICATIONS),
)
