# Copyright: (c) 2026, m365.entra contributors
# GNU General Public License v3.0+ (see COPYING or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later
"""/policies/authorizationPolicy: one object in v1.0, a collection of one in beta (facts section 7.1)."""

from __future__ import annotations

from ..conditional_access.presentation import presented_object, reader_of
from ..conditional_access.schema import structured_types
from ..conditional_access.schema_check import Expectations, SchemaMismatch, check_object
from ..json_types import JsonObject
from ..messages import Response
from ..tenant import AUTHORIZATION_POLICY
from . import errors, permissions
from .authorization_form import TYPE_NAME, changed_policy, refuse_grants_of_other_version, shown_policy
from .call import GraphCall
from .listing import check_selected, selected
from .routing import Route

CONTEXT = "policies/authorizationPolicy"
READ_ONLY = frozenset({"id", "deletedDateTime"})
GUEST_ROLES = frozenset(
    {
        "a0b1b346-4d3e-4e8b-98f8-753987be4970",
        "10dae51f-b6af-4016-8d66-8c2a99b929b3",
        "2af84b1e-32c8-42b7-82bc-daa82404023b",
    }
)


def get_policy(call: GraphCall) -> Response:
    return Response(200, {"@odata.context": f"{call.context_url}{CONTEXT}/$entity"} | _shown(call))


def list_policies(call: GraphCall) -> Response:
    return Response(200, {"@odata.context": f"{call.context_url}{CONTEXT}", "value": [_shown(call)]})


def update_policy(call: GraphCall) -> Response:
    """Change the policy; its permissions are merged, as other complex objects are."""
    body = call.json_object()
    strict = call.profile.read_only_properties_refused
    expectations = Expectations(beta=call.is_beta, cloud=call.profile.cloud, strict=strict, read_only=READ_ONLY)
    try:
        check_object(body, TYPE_NAME, expectations)
        refuse_grants_of_other_version(body, call.is_beta)
    except SchemaMismatch as error:
        raise errors.bad_request(f"Invalid value specified for property '{error}'.") from error
    written = {name: value for name, value in body.items() if name not in READ_ONLY and "@" not in name}
    policy = changed_policy(call.collection(AUTHORIZATION_POLICY).latest()[0], written)
    role = policy["guestUserRoleId"]
    if role is not None and role not in GUEST_ROLES:
        raise errors.bad_request("Invalid value specified for property 'guestUserRoleId' of resource 'Policy'.")
    call.collection(AUTHORIZATION_POLICY).put(policy, call.profile.consistency_delay_seconds)
    return Response(204)


def _shown(call: GraphCall) -> JsonObject:
    declared = structured_types()[TYPE_NAME]
    check_selected(call, TYPE_NAME, frozenset(declared.properties) | frozenset(declared.beta))
    policy = call.collection(AUTHORIZATION_POLICY).visible()[0]
    shown = shown_policy(presented_object(policy, TYPE_NAME, reader_of(call)), call.is_beta)
    return selected(shown, call.query.select)


ONLY_V1, ONLY_BETA = frozenset({"v1.0"}), frozenset({"beta"})
IN_BETA = f"{AUTHORIZATION_POLICY}/authorizationPolicy"
READ, WRITE = permissions.READ_AUTHORIZATION_POLICY, permissions.WRITE_AUTHORIZATION_POLICY

ROUTES = (
    Route("GET", AUTHORIZATION_POLICY, get_policy, READ, versions=ONLY_V1),
    Route("PATCH", AUTHORIZATION_POLICY, update_policy, WRITE, versions=ONLY_V1),
    Route("GET", AUTHORIZATION_POLICY, list_policies, READ, versions=ONLY_BETA),
    Route("GET", IN_BETA, get_policy, READ, versions=ONLY_BETA),
    Route("PATCH", IN_BETA, update_policy, WRITE, versions=ONLY_BETA),
)
