# Copyright: (c) 2026, m365.entra contributors
# GNU General Public License v3.0+ (see COPYING or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later
"""/policies/authenticationMethodsPolicy/authenticationMethodConfigurations (facts section 4.2)."""

from __future__ import annotations

import uuid

from ..conditional_access.merge import merged
from ..conditional_access.schema import derived_type, structured_types
from ..conditional_access.schema_check import Expectations, SchemaMismatch, check_object
from ..graph import errors
from ..graph.call import GraphCall
from ..graph.listing import Listing, check_selected, listed, selected
from ..graph.routing import Route
from ..json_types import JsonObject
from ..messages import Response
from ..tenant import METHOD_CONFIGURATIONS
from . import permissions
from .configuration_rules import configuration_violations
from .forms import complete_configuration
from .kinds import BASE_TYPE, EXTERNAL_TYPE, built_in_configuration, exists_in, type_of
from .policy import in_this_cloud
from .shown import CONFIGURATIONS_CONTEXT, shown_configuration

NOUN = "AuthenticationMethodConfiguration"
REQUIRED_OF_EXTERNAL = ("displayName", "appId", "openIdConnectSetting")


def list_configurations(call: GraphCall) -> Response:
    items = call.collection(METHOD_CONFIGURATIONS).visible()
    shown = [shown_configuration(call, item) for item in items if exists_in(call.version, item)]
    listing = Listing(
        type_name=BASE_TYPE,
        filterable=frozenset({"id", "state"}),
        selectable=_selectable(BASE_TYPE),
        select=selected,
        page_size=call.profile.policy_page_size,
        requires_eventual_count=False,
    )
    return listed(call, shown, listing, CONFIGURATIONS_CONTEXT)


def get_configuration(call: GraphCall) -> Response:
    found = call.collection(METHOD_CONFIGURATIONS).find_visible(call.parameters["id"])
    return _shown(call, _existing(call, found), 200)


def update_configuration(call: GraphCall) -> Response:
    """Change a method; what is left out stays, collections are replaced whole."""
    latest = _existing(call, call.collection(METHOD_CONFIGURATIONS).find_writable(call.parameters["id"]))
    body = call.json_object()
    _check_body(call, body, type_of(latest))
    if str(body.get("id", latest["id"])).lower() != str(latest["id"]).lower():
        raise errors.policy_invalid("The id of an authentication method configuration cannot be changed.")
    written = {name: value for name, value in body.items() if name != "id" and "@" not in name}
    _store(call, merged(latest, written, type_of(latest)))
    return Response(204)


def create_configuration(call: GraphCall) -> Response:
    """Create an external method; the others exist once in every tenant."""
    body = call.json_object()
    declared = derived_type(structured_types()[BASE_TYPE], body.get("@odata.type"))
    if declared is None or declared.name != EXTERNAL_TYPE:
        raise errors.policy_invalid(f"Only a #microsoft.graph.{EXTERNAL_TYPE} can be created.")
    _check_body(call, body, EXTERNAL_TYPE)
    for name in REQUIRED_OF_EXTERNAL:
        if not body.get(name):
            raise errors.policy_object_mismatch(NOUN, f"{name} is missing")
    new = {"state": "disabled"} | body | {"id": str(uuid.uuid4())}
    return _shown(call, _store(call, new), 201)


def delete_configuration(call: GraphCall) -> Response:
    """Delete an external method; a built-in one is put back as a new tenant has it, or refused, as a setting says."""
    latest = _existing(call, call.collection(METHOD_CONFIGURATIONS).find_writable(call.parameters["id"]))
    usual = built_in_configuration(latest["id"])
    if usual is None:
        call.collection(METHOD_CONFIGURATIONS).remove(latest["id"], call.profile.consistency_delay_seconds)
    elif call.profile.built_in_method_delete == "refuse":
        raise errors.policy_invalid("A built-in authentication method cannot be deleted.")
    else:
        _store(call, usual)
    return Response(204)


def _existing(call: GraphCall, configuration: JsonObject | None) -> JsonObject:
    if configuration is not None and exists_in(call.version, configuration):
        return configuration
    raise errors.policy_object_not_found(NOUN, call.parameters["id"], call.profile.not_found_code)


def _check_body(call: GraphCall, body: JsonObject, type_name: str) -> None:
    if "@odata.type" not in body and call.profile.method_type_required:
        raise errors.policy_object_mismatch(NOUN, "@odata.type is missing")
    strict = call.profile.read_only_properties_refused
    try:
        check_object(body, type_name, Expectations(beta=call.is_beta, cloud=call.profile.cloud, strict=strict))
    except SchemaMismatch as error:
        raise errors.policy_object_mismatch(NOUN, str(error)) from error


def _store(call: GraphCall, configuration: JsonObject) -> JsonObject:
    complete = complete_configuration(configuration)
    for violation in configuration_violations(call, complete):
        raise errors.policy_invalid(violation)
    call.collection(METHOD_CONFIGURATIONS).put(complete, call.profile.consistency_delay_seconds)
    return complete


def _shown(call: GraphCall, configuration: JsonObject, status: int) -> Response:
    type_name = type_of(configuration)
    check_selected(call, type_name, _selectable(type_name))
    shown = selected(shown_configuration(call, configuration), call.query.select)
    return Response(status, {"@odata.context": f"{call.context_url}{CONFIGURATIONS_CONTEXT}/$entity"} | shown)


def _selectable(type_name: str) -> frozenset[str]:
    declared = structured_types()[type_name]
    return frozenset(declared.properties) | frozenset(declared.beta)


ONE = f"{METHOD_CONFIGURATIONS}/{{id}}"

ROUTES = (
    Route("GET", METHOD_CONFIGURATIONS, in_this_cloud(list_configurations), permissions.READ),
    Route("POST", METHOD_CONFIGURATIONS, in_this_cloud(create_configuration), permissions.WRITE),
    Route("GET", ONE, in_this_cloud(get_configuration), permissions.READ),
    Route("PATCH", ONE, in_this_cloud(update_configuration), permissions.WRITE),
    Route("DELETE", ONE, in_this_cloud(delete_configuration), permissions.WRITE),
)
