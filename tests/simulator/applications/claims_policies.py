# Copyright: (c) 2026, m365.entra contributors
# GNU General Public License v3.0+ (see COPYING or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later
"""/policies/claimsMappingPolicies, and which of them a service principal has (facts section 12)."""

from __future__ import annotations

import json

from ..graph import errors
from ..graph.call import GraphCall
from ..graph.directory import (
    create_directory_object,
    delete_directory_object,
    found,
    list_directory,
    refuse_unknown,
    require,
    show_directory_object,
    writable,
)
from ..graph.routing import Route
from ..json_types import JsonObject
from ..messages import Response
from ..tenant import CLAIMS_POLICIES, SERVICE_PRINCIPALS
from . import permissions
from .references import list_plain, referenced_id

TYPE = "claimsMappingPolicy"
CONTEXT = "policies/claimsMappingPolicies"
WRITABLE = frozenset({"definition", "description", "displayName", "isOrganizationDefault"})
ASSIGNED = "claimsMappingPolicies"


def list_policies(call: GraphCall) -> Response:
    return list_directory(call, call.collection(CLAIMS_POLICIES).visible(), TYPE, CONTEXT)


def get_policy(call: GraphCall) -> Response:
    return show_directory_object(call, found(call, CLAIMS_POLICIES, call.parameters["id"]), TYPE, CONTEXT)


def create_policy(call: GraphCall) -> Response:
    body = call.json_object()
    require(body, ("displayName",), "Policy")
    _check(body | {"definition": body.get("definition", [])})
    return create_directory_object(call, CLAIMS_POLICIES, TYPE, {"isOrganizationDefault": False} | body, CONTEXT)


def update_policy(call: GraphCall) -> Response:
    policy = writable(call, CLAIMS_POLICIES, call.parameters["id"])
    body = call.json_object()
    _check(body)
    call.collection(CLAIMS_POLICIES).put(policy | body, call.profile.consistency_delay_seconds)
    return Response(204)


def delete_policy(call: GraphCall) -> Response:
    return delete_directory_object(call, CLAIMS_POLICIES, call.parameters["id"])


def list_applied(call: GraphCall) -> Response:
    """Answer the service principals that have a policy."""
    policy = found(call, CLAIMS_POLICIES, call.parameters["id"])
    principals = call.collection(SERVICE_PRINCIPALS).visible()
    return list_plain(call, "servicePrincipal", [one for one in principals if policy["id"] in one.get(ASSIGNED, ())])


def list_assigned(call: GraphCall) -> Response:
    principal = found(call, SERVICE_PRINCIPALS, call.parameters["id"])
    policies = (call.collection(CLAIMS_POLICIES).find_visible(one) for one in principal.get(ASSIGNED, ()))
    return list_plain(call, TYPE, [one for one in policies if one is not None])


def assign(call: GraphCall) -> Response:
    """Give a service principal a policy; it can have one."""
    principal = writable(call, SERVICE_PRINCIPALS, call.parameters["id"])
    wanted = referenced_id(call)
    if call.collection(CLAIMS_POLICIES).find_visible(wanted) is None:
        raise errors.directory_object_not_found(wanted)
    if wanted in principal.get(ASSIGNED, ()):
        raise errors.bad_request(
            "One or more added object references already exist for the following modified properties: 'policies'."
        )
    if principal.get(ASSIGNED):
        raise errors.bad_request("The service principal already has a policy of type 'ClaimsMappingPolicy'.")
    changed = principal | {ASSIGNED: [wanted]}
    call.collection(SERVICE_PRINCIPALS).put(changed, call.profile.consistency_delay_seconds)
    return Response(204)


def unassign(call: GraphCall) -> Response:
    principal, policy = writable(call, SERVICE_PRINCIPALS, call.parameters["id"]), call.parameters["policy"].lower()
    if policy not in principal.get(ASSIGNED, ()):
        raise errors.directory_object_not_found(policy)
    changed = principal | {ASSIGNED: [one for one in principal[ASSIGNED] if one != policy]}
    call.collection(SERVICE_PRINCIPALS).put(changed, call.profile.consistency_delay_seconds)
    return Response(204)


def _check(body: JsonObject) -> None:
    refuse_unknown(body, WRITABLE, "Policy")
    if "definition" not in body:
        return
    definition = body["definition"]
    if not isinstance(definition, list) or len(definition) != 1 or not _is_definition(definition[0]):
        raise errors.bad_request(
            "Policy Definition has invalid value: one text with a ClaimsMappingPolicy is expected."
        )


def _is_definition(text: object) -> bool:
    try:
        parsed = json.loads(str(text))
    except ValueError:
        return False
    policy = parsed.get("ClaimsMappingPolicy") if isinstance(parsed, dict) else None
    return isinstance(policy, dict) and policy.get("Version") == 1


ROUTES = (
    Route("GET", CLAIMS_POLICIES, list_policies, permissions.READ_CLAIMS_POLICIES),
    Route("POST", CLAIMS_POLICIES, create_policy, permissions.WRITE_CLAIMS_POLICIES),
    Route("GET", f"{CLAIMS_POLICIES}/{{id}}", get_policy, permissions.READ_CLAIMS_POLICIES),
    Route("PATCH", f"{CLAIMS_POLICIES}/{{id}}", update_policy, permissions.WRITE_CLAIMS_POLICIES),
    Route("DELETE", f"{CLAIMS_POLICIES}/{{id}}", delete_policy, permissions.WRITE_CLAIMS_POLICIES),
    Route("GET", f"{CLAIMS_POLICIES}/{{id}}/appliesTo", list_applied, permissions.READ_CLAIMS_POLICIES),
    Route("GET", "/servicePrincipals/{id}/claimsMappingPolicies", list_assigned, permissions.READ_CLAIMS_POLICIES),
    Route("POST", "/servicePrincipals/{id}/claimsMappingPolicies/$ref", assign, permissions.ASSIGN_CLAIMS_POLICIES),
    Route(
        "DELETE",
        "/servicePrincipals/{id}/claimsMappingPolicies/{policy}/$ref",
        unassign,
        permissions.ASSIGN_CLAIMS_POLICIES,
    ),
)
