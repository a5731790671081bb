# Copyright: (c) 2026, m365.entra contributors
# GNU General Public License v3.0+ (see COPYING or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later
"""/identity/conditionalAccess/authenticationContextClassReferences (facts section 3.3)."""

from __future__ import annotations

import re

from ..graph import errors
from ..graph.call import GraphCall
from ..graph.listing import Listing, check_selected, listed, selected
from ..graph.routing import Route
from ..json_types import JsonObject
from ..messages import Response
from ..tenant import AUTHENTICATION_CONTEXTS, POLICIES
from . import permissions
from .canonical import canonical_object
from .schema import structured_types
from .schema_check import Expectations, SchemaMismatch, check_object
from .validation import check_licence

TYPE_NAME = "authenticationContextClassReference"
CONTEXT = "identity/conditionalAccess/authenticationContextClassReferences"
IDENTIFIER = re.compile(r"c[1-9][0-9]?")


def list_contexts(call: GraphCall) -> Response:
    properties = frozenset(structured_types()[TYPE_NAME].properties)
    listing = Listing(
        type_name=TYPE_NAME,
        filterable=frozenset({"id", "displayName", "isAvailable"}),
        selectable=properties,
        select=selected,
        page_size=call.profile.policy_page_size,
        requires_eventual_count=False,
    )
    return listed(call, call.collection(AUTHENTICATION_CONTEXTS).visible(), listing, CONTEXT)


def get_context(call: GraphCall) -> Response:
    return _shown(call, _find(call), 200)


def create_context(call: GraphCall) -> Response:
    check_licence(call)
    body = call.json_object()
    _check_body(body)
    identifier = str(body.get("id"))
    _check_identifier(identifier)
    if call.collection(AUTHENTICATION_CONTEXTS).find_latest(identifier) is not None:
        raise errors.policy_invalid(f"An authentication context with the id {identifier} exists.")
    return _store(call, body)


def put_context(call: GraphCall) -> Response:
    """Change a context (204), or create it (201): its id is chosen by the client."""
    check_licence(call)
    body, identifier = call.json_object(), call.parameters["id"]
    _check_body(body)
    _check_identifier(identifier)
    if body.get("id", identifier) != identifier:
        raise errors.policy_invalid("The id of an authentication context cannot be changed.")
    stored = call.collection(AUTHENTICATION_CONTEXTS).find_latest(identifier)
    answer = _store(call, (stored or {}) | body | {"id": identifier})
    return answer if stored is None else Response(204)


def delete_context(call: GraphCall) -> Response:
    """Delete a context; not while it is published or a policy uses it (the errors are uncertain)."""
    context = _existing(call, call.collection(AUTHENTICATION_CONTEXTS).find_writable(call.parameters["id"]))
    if any(state["isAvailable"] for state in (context, _find(call))):
        raise errors.policy_invalid("A published authentication context cannot be deleted. Unpublish it first.")
    if any(_uses(policy, context["id"]) for policy in call.collection(POLICIES).latest()):
        raise errors.policy_invalid("The authentication context is used by a Conditional Access policy.")
    call.collection(AUTHENTICATION_CONTEXTS).remove(context["id"], call.profile.consistency_delay_seconds)
    return Response(204)


def _find(call: GraphCall) -> JsonObject:
    return _existing(call, call.collection(AUTHENTICATION_CONTEXTS).find_visible(call.parameters["id"]))


def _existing(call: GraphCall, context: JsonObject | None) -> JsonObject:
    if context is not None:
        return context
    raise errors.policy_object_not_found(
        "AuthenticationContextClassReference", call.parameters["id"], call.profile.not_found_code
    )


def _check_body(body: JsonObject) -> None:
    try:
        check_object(body, TYPE_NAME, Expectations())
    except SchemaMismatch as error:
        raise errors.policy_invalid(f"The authentication context does not match its schema: {error}") from error


def _check_identifier(identifier: str) -> None:
    if not IDENTIFIER.fullmatch(identifier):
        raise errors.policy_invalid(f"'{identifier}' is no id of an authentication context: c1 to c99.")


def _store(call: GraphCall, context: JsonObject) -> Response:
    complete = canonical_object({"isAvailable": False} | context, TYPE_NAME)
    call.collection(AUTHENTICATION_CONTEXTS).put(complete, call.profile.consistency_delay_seconds)
    return _shown(call, complete, 201)


def _shown(call: GraphCall, context: JsonObject, status: int) -> Response:
    check_selected(call, TYPE_NAME, frozenset(structured_types()[TYPE_NAME].properties))
    shown = selected(context, call.query.select)
    return Response(status, {"@odata.context": f"{call.context_url}{CONTEXT}/$entity"} | shown)


def _uses(policy: JsonObject, identifier: str) -> bool:
    applications = policy["conditions"]["applications"] or {}
    return identifier in applications.get("includeAuthenticationContextClassReferences", ())


ROUTES = (
    Route("GET", AUTHENTICATION_CONTEXTS, list_contexts, permissions.READ_CONTEXTS),
    Route("POST", AUTHENTICATION_CONTEXTS, create_context, permissions.WRITE_CONTEXTS),
    Route("GET", f"{AUTHENTICATION_CONTEXTS}/{{id}}", get_context, permissions.READ_CONTEXTS),
    Route("PATCH", f"{AUTHENTICATION_CONTEXTS}/{{id}}", put_context, permissions.WRITE_CONTEXTS),
    Route("DELETE", f"{AUTHENTICATION_CONTEXTS}/{{id}}", delete_context, permissions.WRITE_CONTEXTS),
)
