# Copyright: (c) 2026, m365.entra contributors
# GNU General Public License v3.0+ (see COPYING or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later
"""The combination configurations of an authentication strength (facts section 3.2)."""

from __future__ import annotations

import uuid

from ..clock import graph_timestamp
from ..graph import errors
from ..graph.call import GraphCall
from ..graph.listing import Listing, check_selected, listed, selected
from ..graph.routing import Route
from ..json_types import JsonObject
from ..messages import Response
from ..tenant import AUTHENTICATION_STRENGTHS
from . import permissions
from .canonical import canonical_object
from .presentation import presented_object, reader_of
from .schema import structured_types
from .schema_check import Expectations, SchemaMismatch, check_object
from .strength_rules import configurations_violation
from .strength_store import find_custom_strength, find_strength
from .validation import check_licence

TYPE_NAME = "authenticationCombinationConfiguration"
SELECTABLE = frozenset(
    name for declared in structured_types().values() if declared.base == TYPE_NAME for name in declared.properties
)


def list_configurations(call: GraphCall) -> Response:
    listing = Listing(
        type_name=TYPE_NAME,
        filterable=frozenset({"id"}),
        selectable=SELECTABLE,
        select=selected,
        page_size=call.profile.policy_page_size,
        requires_eventual_count=False,
    )
    strength = find_strength(call)
    items = [_present(call, configuration) for configuration in strength["combinationConfigurations"]]
    return listed(call, items, listing, _context(strength))


def get_configuration(call: GraphCall) -> Response:
    strength = find_strength(call)
    return _shown(call, strength, _find(call, strength), 200)


def create_configuration(call: GraphCall) -> Response:
    """Add a configuration to a custom strength."""
    strength = find_custom_strength(call)
    check_licence(call)
    body = call.json_object()
    check_configuration_body(call, body)
    configuration = canonical_object(new_configuration(body), TYPE_NAME)
    _store(call, strength, [*strength["combinationConfigurations"], configuration])
    return _shown(call, strength, configuration, 201)


def update_configuration(call: GraphCall) -> Response:
    """Change a configuration; its lists are replaced whole and its type stays."""
    before = _find_writable(call)
    check_licence(call)
    body = call.json_object()
    check_configuration_body(call, body)
    changed = canonical_object(before | body | {"id": before["id"]}, TYPE_NAME)
    if changed["@odata.type"] != before["@odata.type"]:
        raise errors.policy_invalid("The type of a combination configuration cannot be changed.")
    strength = find_custom_strength(call)
    configurations = [
        changed if configuration["id"] == before["id"] else configuration
        for configuration in strength["combinationConfigurations"]
    ]
    _store(call, strength, configurations)
    return Response(204)


def delete_configuration(call: GraphCall) -> Response:
    doomed = _find_writable(call)
    strength = find_custom_strength(call)
    _store(call, strength, [item for item in strength["combinationConfigurations"] if item["id"] != doomed["id"]])
    return Response(204)


def check_configuration_body(call: GraphCall, body: JsonObject) -> None:
    """Check the schema of a configuration; like every object of several types it must say which it has."""
    if not body.get("@odata.type"):
        raise errors.policy_invalid(f'Invalid OData type specified: "{body.get("@odata.type", "")}"')
    strict = call.profile.read_only_properties_refused
    read_only = frozenset({"id"})
    expectations = Expectations(beta=call.is_beta, cloud=call.profile.cloud, strict=strict, read_only=read_only)
    try:
        check_object(body, TYPE_NAME, expectations)
    except SchemaMismatch as error:
        raise errors.policy_object_mismatch("AuthenticationCombinationConfiguration", str(error)) from error
    if body["@odata.type"].endswith(f".{TYPE_NAME}"):
        raise errors.policy_invalid(f'Invalid OData type specified: "{body["@odata.type"]}"')


def new_configuration(body: JsonObject) -> JsonObject:
    """Return a checked body with an id of its own."""
    return body | {"id": str(uuid.uuid4())}


def _store(call: GraphCall, strength: JsonObject, configurations: list[JsonObject]) -> None:
    changed = strength | {"combinationConfigurations": configurations, "modifiedDateTime": graph_timestamp()}
    violation = configurations_violation(changed)
    if violation is not None:
        raise errors.policy_invalid(violation)
    call.collection(AUTHENTICATION_STRENGTHS).put(changed, call.profile.consistency_delay_seconds)


def _find_writable(call: GraphCall) -> JsonObject:
    """Return the latest state of a configuration that readers see."""
    _find(call, find_strength(call))
    return _find(call, find_custom_strength(call))


def _find(call: GraphCall, strength: JsonObject) -> JsonObject:
    wanted = call.parameters["configuration"].lower()
    for configuration in strength["combinationConfigurations"]:
        if configuration["id"].lower() == wanted:
            return dict(configuration)
    raise errors.policy_object_not_found(
        "AuthenticationCombinationConfiguration", call.parameters["configuration"], call.profile.not_found_code
    )


def _shown(call: GraphCall, strength: JsonObject, configuration: JsonObject, status: int) -> Response:
    check_selected(call, TYPE_NAME, SELECTABLE)
    shown = selected(_present(call, configuration), call.query.select)
    return Response(status, {"@odata.context": f"{call.context_url}{_context(strength)}/$entity"} | shown)


def _present(call: GraphCall, configuration: JsonObject) -> JsonObject:
    return presented_object(configuration, TYPE_NAME, reader_of(call))


def _context(strength: JsonObject) -> str:
    return f"policies/authenticationStrengthPolicies('{strength['id']}')/combinationConfigurations"


def routes_below(base: str) -> tuple[Route, ...]:
    """Return the operations on the configurations of a strength at one of its two places."""
    all_of, one = (
        f"{base}/{{id}}/combinationConfigurations",
        f"{base}/{{id}}/combinationConfigurations/{{configuration}}",
    )
    read, write = permissions.READ_STRENGTHS, permissions.WRITE_STRENGTHS
    return (
        Route("GET", all_of, list_configurations, read),
        Route("POST", all_of, create_configuration, write),
        Route("GET", one, get_configuration, read),
        Route("PATCH", one, update_configuration, write),
        Route("DELETE", one, delete_configuration, write),
    )


ROUTES = (
    *routes_below(AUTHENTICATION_STRENGTHS),
    *routes_below("/identity/conditionalAccess/authenticationStrength/policies"),
)
