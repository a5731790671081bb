# Copyright: (c) 2026, m365.entra contributors
# GNU General Public License v3.0+ (see COPYING or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later
"""/policies/authenticationStrengthPolicies and its other name (facts section 3.2)."""

from __future__ import annotations

import uuid

from ..clock import graph_timestamp
from ..graph import errors
from ..graph.call import GraphCall
from ..graph.listing import Listing, check_selected, listed, selected
from ..graph.routing import Route
from ..json_types import JsonObject
from ..messages import Response
from ..tenant import AUTHENTICATION_STRENGTHS, POLICIES
from . import permissions
from .canonical import canonical_object
from .combination_configurations import check_configuration_body, new_configuration
from .policies import strength_id
from .presentation import presented_object, reader_of
from .schema import structured_types
from .schema_check import Expectations, SchemaMismatch, check_object
from .strength_form import complete_strength
from .strength_rules import MAXIMUM_CUSTOM_STRENGTHS, first_violation
from .strength_store import find_custom_strength, find_strength
from .validation import check_licence

TYPE_NAME = "authenticationStrengthPolicy"
CONTEXT = "policies/authenticationStrengthPolicies"
PLACES = (AUTHENTICATION_STRENGTHS, "/identity/conditionalAccess/authenticationStrength/policies")
REQUIRED = ("displayName", "allowedCombinations")
CREATABLE = (*REQUIRED, "description", "combinationConfigurations")
CHANGEABLE = frozenset({"displayName", "description"})
READ_ONLY = frozenset(structured_types()[TYPE_NAME].properties) - frozenset(CREATABLE)


def list_strengths(call: GraphCall) -> Response:
    listing = Listing(
        type_name=TYPE_NAME,
        filterable=frozenset({"id", "displayName", "policyType"}),
        selectable=frozenset(structured_types()[TYPE_NAME].properties),
        select=selected,
        page_size=call.profile.policy_page_size,
        requires_eventual_count=False,
    )
    items = [_present(call, strength) for strength in call.collection(AUTHENTICATION_STRENGTHS).visible()]
    return listed(call, items, listing, CONTEXT)


def get_strength(call: GraphCall) -> Response:
    return _shown(call, find_strength(call), 200)


def create_strength(call: GraphCall) -> Response:
    """Create a custom strength, its combination configurations included where the body holds some."""
    check_licence(call)
    body = call.json_object()
    _check_body(call, body)
    for name in REQUIRED:
        if name not in body:
            raise errors.policy_object_mismatch("AuthenticationStrengthPolicy", f"{name} is missing")
    given = {name: body[name] for name in CREATABLE if name in body}
    configurations = [new_configuration(item) for item in given.get("combinationConfigurations", ())]
    new = {
        "id": str(uuid.uuid4()),
        "createdDateTime": graph_timestamp(),
        "combinationConfigurations": configurations,
    }
    strength = complete_strength(given | new)
    _check_strength(call, strength)
    _check_count(call)
    call.collection(AUTHENTICATION_STRENGTHS).put(strength, call.profile.consistency_delay_seconds)
    return _shown(call, strength, 201)


def update_strength(call: GraphCall) -> Response:
    """Change the name or the description; combinations and configurations have operations of their own."""
    latest = find_custom_strength(call)
    check_licence(call)
    body = call.json_object()
    others = sorted(name for name in body if name not in CHANGEABLE and name != "@odata.type")
    if others:
        raise errors.policy_invalid(
            f"'{others[0]}' cannot be changed by an update of an authentication strength; only its name and "
            "description can. Use updateAllowedCombinations and combinationConfigurations for the rest."
        )
    _check_body(call, body)
    changed = canonical_object(latest | body | {"modifiedDateTime": graph_timestamp()}, TYPE_NAME)
    _check_strength(call, changed)
    call.collection(AUTHENTICATION_STRENGTHS).put(changed, call.profile.consistency_delay_seconds)
    return Response(204)


def delete_strength(call: GraphCall) -> Response:
    """Delete a custom strength; not while a policy uses it (the error is uncertain)."""
    strength = find_custom_strength(call)
    users = [policy for policy in call.collection(POLICIES).latest() if strength_id(policy) == strength["id"]]
    if users:
        raise errors.policy_invalid(
            f"The authentication strength is used by the Conditional Access policy '{users[0]['displayName']}'."
        )
    call.collection(AUTHENTICATION_STRENGTHS).remove(strength["id"], call.profile.consistency_delay_seconds)
    return Response(204)


def _check_body(call: GraphCall, body: JsonObject) -> None:
    strict = call.profile.read_only_properties_refused
    expectations = Expectations(beta=call.is_beta, cloud=call.profile.cloud, strict=strict, read_only=READ_ONLY)
    try:
        check_object(body, TYPE_NAME, expectations)
    except SchemaMismatch as error:
        raise errors.policy_object_mismatch("AuthenticationStrengthPolicy", str(error)) from error
    for configuration in body.get("combinationConfigurations", ()):
        check_configuration_body(call, configuration)


def _check_strength(call: GraphCall, strength: JsonObject) -> None:
    others = [item for item in call.collection(AUTHENTICATION_STRENGTHS).latest() if item["id"] != strength["id"]]
    violation = first_violation(strength, others, call.profile)
    if violation is not None:
        raise errors.policy_invalid(violation)


def _check_count(call: GraphCall) -> None:
    existing = sum(item["policyType"] == "custom" for item in call.collection(AUTHENTICATION_STRENGTHS).latest())
    if existing >= MAXIMUM_CUSTOM_STRENGTHS:
        raise errors.policy_invalid(
            f"The tenant has reached the limit of {MAXIMUM_CUSTOM_STRENGTHS} custom authentication strengths."
        )


def _shown(call: GraphCall, strength: JsonObject, status: int) -> Response:
    check_selected(call, TYPE_NAME, frozenset(structured_types()[TYPE_NAME].properties))
    shown = selected(_present(call, strength), call.query.select)
    return Response(status, {"@odata.context": f"{call.context_url}{CONTEXT}/$entity"} | shown)


def _present(call: GraphCall, strength: JsonObject) -> JsonObject:
    shown = presented_object(strength, TYPE_NAME, reader_of(call))
    configurations = f"{call.context_url}{CONTEXT}('{strength['id']}')/combinationConfigurations"
    return {"combinationConfigurations@odata.context": configurations} | shown


ROUTES = tuple(
    route
    for base in PLACES
    for route in (
        Route("GET", base, list_strengths, permissions.READ_STRENGTHS),
        Route("POST", base, create_strength, permissions.WRITE_STRENGTHS),
        Route("GET", f"{base}/{{id}}", get_strength, permissions.READ_STRENGTHS),
        Route("PATCH", f"{base}/{{id}}", update_strength, permissions.WRITE_STRENGTHS),
        Route("DELETE", f"{base}/{{id}}", delete_strength, permissions.WRITE_STRENGTHS),
    )
)
