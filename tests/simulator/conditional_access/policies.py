# Copyright: (c) 2026, m365.entra contributors
# GNU General Public License v3.0+ (see COPYING or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later
"""/identity/conditionalAccess/policies and its older name (facts section 2)."""

from __future__ import annotations

import uuid
from collections.abc import Sequence

from ..clock import graph_timestamp
from ..graph import errors
from ..graph.call import GraphCall
from ..graph.listing import Listing, check_selected, listed, selected
from ..graph.routing import Route
from ..json_types import JsonObject
from ..messages import Response
from ..tenant import DELETED_POLICIES, POLICIES
from . import permissions
from .bin import has_bin
from .canonical import canonical_policy
from .expansion import annotated_policy, expanded_policy
from .managed_policies import check_managed_change, is_managed
from .merge import merged
from .presentation import presented_object, reader_of
from .preview import uses_preview
from .schema import structured_types
from .validation import REQUIRED, check_body, check_licence, check_policy, check_policy_count

TYPE_NAME = "conditionalAccessPolicy"
CONTEXT = "identity/conditionalAccess/policies"
FILTERABLE = frozenset({"id", "displayName", "state", "templateId", "createdDateTime", "modifiedDateTime"})
PREVIEW_POLICY = (
    "1037: The policy you requested contains preview features. Use the Beta endpoint to retrieve this policy."
)


def list_policies(call: GraphCall) -> Response:
    """What v1.0 shows of policies with preview features is uncertain, so a setting decides."""
    return list_policy_objects(call, call.collection(POLICIES).visible(), CONTEXT)


def list_policy_objects(call: GraphCall, items: Sequence[JsonObject], context: str) -> Response:
    """Answer a list of policies, live or deleted."""
    listing = Listing(
        type_name=TYPE_NAME,
        filterable=FILTERABLE,
        selectable=_selectable(call),
        select=selected,
        page_size=call.profile.policy_page_size,
        requires_eventual_count=False,
    )
    return listed(call, shown_policies(call, items), listing, context)


def shown_policies(call: GraphCall, items: Sequence[JsonObject]) -> list[JsonObject]:
    """Return several stored policies as this caller sees them; a setting decides about those with preview features."""
    choice = call.profile.preview_policies_in_v1_list
    if not call.is_beta and choice != "mask":
        if choice == "fail" and any(uses_preview(policy) for policy in items):
            raise errors.policy_invalid(PREVIEW_POLICY)
        items = [policy for policy in items if not uses_preview(policy)]
    return [present(call, policy) for policy in items]


def get_policy(call: GraphCall) -> Response:
    policy = find_policy(call, POLICIES)
    if uses_preview(policy) and not call.is_beta:
        raise errors.policy_invalid(PREVIEW_POLICY)
    return show_policy(call, policy, 200)


def create_policy(call: GraphCall) -> Response:
    check_licence(call)
    body = call.json_object()
    check_body(call, body, REQUIRED)
    if not call.profile.client_app_types_required:
        body = body | {"conditions": {"clientAppTypes": ["all"]} | body["conditions"]}
    own = {name: value for name, value in body.items() if name not in ("modifiedDateTime", "deletedDateTime")}
    new = {"id": str(uuid.uuid4()), "createdDateTime": graph_timestamp()}
    policy = canonical_policy(own | new)
    check_policy(call, policy)
    check_policy_count(call)
    call.collection(POLICIES).put(policy, call.profile.consistency_delay_seconds)
    return show_policy(call, policy, 201)


def update_policy(call: GraphCall) -> Response:
    """Merge a change into a policy (facts section 2.3)."""
    latest = find_writable_policy(call, POLICIES)
    check_licence(call)
    body = call.json_object()
    check_body(call, body)
    check_managed_change(latest, body)
    kept = {name: latest[name] for name in ("id", "createdDateTime", "templateId", "deletedDateTime")}
    changed = canonical_policy(merged(latest, body, TYPE_NAME) | kept | {"modifiedDateTime": graph_timestamp()})
    check_policy(call, changed)
    call.collection(POLICIES).put(changed, call.profile.consistency_delay_seconds)
    return Response(204)


def delete_policy(call: GraphCall) -> Response:
    """Move a policy to the bin, where the cloud has one (facts section 2.8)."""
    latest = find_writable_policy(call, POLICIES)
    if is_managed(latest):
        raise errors.policy_invalid("Microsoft-managed policies cannot be deleted.")
    delay = call.profile.consistency_delay_seconds
    call.collection(POLICIES).remove(latest["id"], delay)
    if has_bin(call.profile.cloud):
        call.collection(DELETED_POLICIES).put(latest | {"deletedDateTime": graph_timestamp()}, delay)
    return Response(204)


def find_policy(call: GraphCall, path: str) -> JsonObject:
    """Return the policy with the id in the path, live or deleted, as readers see it."""
    return _existing(call, call.collection(path).find_visible(call.parameters["id"]))


def find_writable_policy(call: GraphCall, path: str) -> JsonObject:
    """Return the latest state of the policy with the id in the path, for a change to it."""
    return _existing(call, call.collection(path).find_writable(call.parameters["id"]))


def _existing(call: GraphCall, policy: JsonObject | None) -> JsonObject:
    if policy is not None:
        return policy
    raise errors.policy_object_not_found("ConditionalAccessPolicy", call.parameters["id"], call.profile.not_found_code)


def show_policy(call: GraphCall, policy: JsonObject, status: int) -> Response:
    """Answer one policy."""
    check_selected(call, TYPE_NAME, _selectable(call))
    shown = selected(present(call, policy), call.query.select)
    return Response(status, {"@odata.context": f"{call.context_url}{CONTEXT}/$entity"} | shown)


def present(call: GraphCall, policy: JsonObject) -> JsonObject:
    """Return a stored policy as this caller sees it."""
    expanded = expanded_policy(policy, call.tenant)
    return annotated_policy(presented_object(expanded, TYPE_NAME, reader_of(call)), call.context_url)


def _selectable(call: GraphCall) -> frozenset[str]:
    declared = structured_types()[TYPE_NAME]
    return frozenset(declared.properties) | frozenset(declared.beta if call.is_beta else ())


def strength_id(policy: JsonObject) -> str | None:
    """Return the id of the authentication strength that a stored policy asks for."""
    reference = (policy["grantControls"] or {}).get("authenticationStrength") or {}
    return reference.get("id")


def routes_at(base: str) -> tuple[Route, ...]:
    """Return the operations on policies at one of their two places."""
    return (
        Route("GET", base, list_policies, permissions.READ_POLICIES, rate="conditional_access"),
        Route("POST", base, create_policy, permissions.WRITE_POLICIES, rate="conditional_access"),
        Route("GET", f"{base}/{{id}}", get_policy, permissions.READ_POLICIES, rate="conditional_access"),
        Route("PATCH", f"{base}/{{id}}", update_policy, permissions.WRITE_POLICIES, rate="conditional_access"),
        Route("DELETE", f"{base}/{{id}}", delete_policy, permissions.WRITE_POLICIES, rate="conditional_access"),
    )


ROUTES = (*routes_at("/identity/conditionalAccess/policies"), *routes_at("/policies/conditionalAccessPolicies"))
