# Copyright: (c) 2026, m365.entra contributors
# GNU General Public License v3.0+ (see COPYING or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later
"""/directory/deletedItems: registrations and service principals that can be brought back (facts section 12)."""

from __future__ import annotations

from ..graph import errors
from ..graph.call import GraphCall
from ..graph.directory import list_directory
from ..graph.routing import Route
from ..graph.typed_objects import shown_typed
from ..json_types import JsonObject
from ..messages import Response
from ..tenant import APPLICATIONS, DELETED_APPLICATIONS, DELETED_SERVICE_PRINCIPALS, SERVICE_PRINCIPALS
from . import permissions

HOMES = {DELETED_APPLICATIONS: APPLICATIONS, DELETED_SERVICE_PRINCIPALS: SERVICE_PRINCIPALS}
TYPES = {DELETED_APPLICATIONS: "application", DELETED_SERVICE_PRINCIPALS: "servicePrincipal"}


def list_deleted_applications(call: GraphCall) -> Response:
    return _list(call, DELETED_APPLICATIONS)


def list_deleted_service_principals(call: GraphCall) -> Response:
    return _list(call, DELETED_SERVICE_PRINCIPALS)


def get_deleted(call: GraphCall) -> Response:
    path, item = _found(call)
    return Response(200, shown_typed(TYPES[path], item))


def purge(call: GraphCall) -> Response:
    path, item = _found(call)
    call.collection(path).remove(item["id"], call.profile.consistency_delay_seconds)
    return Response(204)


def restore(call: GraphCall) -> Response:
    """Bring an object back; whether a service principal follows its registration is a setting."""
    path, item = _found(call)
    _bring_back(call, path, item)
    if path == DELETED_APPLICATIONS and call.profile.restored_application_brings_service_principal:
        for principal in call.collection(DELETED_SERVICE_PRINCIPALS).latest():
            if principal["appId"] == item["appId"]:
                _bring_back(call, DELETED_SERVICE_PRINCIPALS, principal)
    return Response(200, shown_typed(TYPES[path], item | {"deletedDateTime": None}))


def _list(call: GraphCall, path: str) -> Response:
    return list_directory(call, call.collection(path).visible(), TYPES[path], "directory/deletedItems")


def _found(call: GraphCall) -> tuple[str, JsonObject]:
    for path in HOMES:
        item = call.collection(path).find_writable(call.parameters["id"])
        if item is not None:
            return path, item
    raise errors.directory_object_not_found(call.parameters["id"])


def _bring_back(call: GraphCall, path: str, item: JsonObject) -> None:
    delay = call.profile.consistency_delay_seconds
    call.collection(path).remove(item["id"], delay)
    call.collection(HOMES[path]).put(item | {"deletedDateTime": None}, delay)


ROUTES = (
    Route("GET", DELETED_APPLICATIONS, list_deleted_applications, permissions.READ),
    Route("GET", DELETED_SERVICE_PRINCIPALS, list_deleted_service_principals, permissions.READ),
    Route("GET", "/directory/deletedItems/{id}", get_deleted, permissions.READ),
    Route("DELETE", "/directory/deletedItems/{id}", purge, permissions.WRITE),
    Route("POST", "/directory/deletedItems/{id}/restore", restore, permissions.WRITE),
)
