# Copyright: (c) 2026, m365.entra contributors
# GNU General Public License v3.0+ (see COPYING or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later
"""Changing and deleting registrations and service principals; what is deleted goes to the bin."""

from __future__ import annotations

from ..clock import graph_timestamp
from ..graph import errors
from ..graph.call import GraphCall
from ..graph.directory import writable
from ..graph.routing import Route
from ..json_types import JsonObject
from ..messages import Response
from ..tenant import APPLICATIONS, DELETED_APPLICATIONS, DELETED_SERVICE_PRINCIPALS, SERVICE_PRINCIPALS
from . import permissions
from .form import check_application, check_service_principal, merged
from .signing_certificates import check_credentials, check_preferred


def update_application(call: GraphCall) -> Response:
    """Change a registration; its service principal follows in what both say."""
    application = writable(call, APPLICATIONS, call.parameters["id"])
    body = call.json_object()
    check_application(body)
    _refuse_taken_identifiers(call, application, body)
    changed = merged(application, body, call.profile)
    delay = call.profile.consistency_delay_seconds
    call.collection(APPLICATIONS).put(changed, delay)
    for principal in _principals_of(call, application):
        call.collection(SERVICE_PRINCIPALS).put(principal | _followed(changed, body), delay)
    return Response(204)


def update_service_principal(call: GraphCall) -> Response:
    principal = writable(call, SERVICE_PRINCIPALS, call.parameters["id"])
    body = call.json_object()
    check_service_principal(body, call.profile)
    changed = merged(principal, body, call.profile)
    check_credentials(principal, body)
    check_preferred(changed, body)
    if "keyCredentials" in body:  # who writes them back has not seen the keys
        known = {one["keyId"]: one for one in principal["keyCredentials"]}
        changed["keyCredentials"] = [known[one["keyId"]] for one in body["keyCredentials"]]
    call.collection(SERVICE_PRINCIPALS).put(changed, call.profile.consistency_delay_seconds)
    return Response(204)


def delete_application(call: GraphCall) -> Response:
    """Delete a registration, and with it the service principal in its home tenant (facts section 12)."""
    application = writable(call, APPLICATIONS, call.parameters["id"])
    for principal in _principals_of(call, application):
        _to_bin(call, SERVICE_PRINCIPALS, DELETED_SERVICE_PRINCIPALS, principal)
    _to_bin(call, APPLICATIONS, DELETED_APPLICATIONS, application)
    return Response(204)


def delete_service_principal(call: GraphCall) -> Response:
    principal = writable(call, SERVICE_PRINCIPALS, call.parameters["id"])
    _to_bin(call, SERVICE_PRINCIPALS, DELETED_SERVICE_PRINCIPALS, principal)
    return Response(204)


def _to_bin(call: GraphCall, path: str, bin_path: str, item: JsonObject) -> None:
    delay = call.profile.consistency_delay_seconds
    call.collection(path).remove(item["id"], delay)
    call.collection(bin_path).put(item | {"deletedDateTime": graph_timestamp()}, delay)


def _principals_of(call: GraphCall, application: JsonObject) -> list[JsonObject]:
    return [one for one in call.collection(SERVICE_PRINCIPALS).latest() if one["appId"] == application["appId"]]


def _followed(application: JsonObject, body: JsonObject) -> JsonObject:
    followed: JsonObject = {}
    if "displayName" in body:
        followed |= {"displayName": body["displayName"], "appDisplayName": body["displayName"]}
    if "identifierUris" in body:
        followed["servicePrincipalNames"] = [application["appId"], *body["identifierUris"]]
    if "web" in body:
        followed["replyUrls"] = list((application["web"] or {}).get("redirectUris") or [])
    return followed


def _refuse_taken_identifiers(call: GraphCall, application: JsonObject, body: JsonObject) -> None:
    taken = {
        identifier
        for other in call.collection(APPLICATIONS).latest()
        if other["id"] != application["id"]
        for identifier in other["identifierUris"]
    }
    if taken & set(body.get("identifierUris", ())):
        raise errors.bad_request("Another object with the same value for property identifierUris already exists.")


ROUTES = (
    Route("PATCH", "/applications/{id}", update_application, permissions.WRITE),
    Route("DELETE", "/applications/{id}", delete_application, permissions.WRITE),
    Route("PATCH", "/servicePrincipals/{id}", update_service_principal, permissions.WRITE),
    Route("DELETE", "/servicePrincipals/{id}", delete_service_principal, permissions.WRITE),
)
