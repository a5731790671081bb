# Copyright: (c) 2026, m365.entra contributors
# GNU General Public License v3.0+ (see COPYING or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later
"""/policies/authenticationStrengthPolicies and its other name, for reading (facts section 3.2)."""

from __future__ import annotations

from ..graph import errors
from ..graph.call import GraphCall
from ..graph.listing import Listing, listed
from ..graph.routing import Route
from ..json_types import JsonObject
from ..messages import Response
from ..tenant import AUTHENTICATION_STRENGTHS
from . import permissions
from .presentation import Reader, presented_object
from .schema import structured_types

TYPE_NAME = "authenticationStrengthPolicy"
CONTEXT = "policies/authenticationStrengthPolicies"


def list_strengths(call: GraphCall) -> Response:
    listing = Listing(
        type_name=TYPE_NAME,
        filterable=frozenset({"id", "displayName", "policyType"}),
        selectable=frozenset(structured_types()[TYPE_NAME].properties),
        select=lambda item, names: {name: item[name] for name in item if names is None or name in (*names, "id")},
        page_size=call.profile.policy_page_size,
        requires_eventual_count=False,
    )
    items = [_present(call, strength) for strength in call.collection(AUTHENTICATION_STRENGTHS).visible()]
    return listed(call, items, listing, CONTEXT)


def get_strength(call: GraphCall) -> Response:
    strength = call.collection(AUTHENTICATION_STRENGTHS).find_visible(call.parameters["id"])
    if strength is None:
        raise errors.policy_object_not_found(
            "AuthenticationStrengthPolicy", call.parameters["id"], call.profile.not_found_code
        )
    return Response(200, {"@odata.context": f"{call.context_url}{CONTEXT}/$entity"} | _present(call, strength))


def _present(call: GraphCall, strength: JsonObject) -> JsonObject:
    sees_all = call.prefers_unknown_members or not call.profile.mask_unknown_enum_members
    shown = presented_object(strength, TYPE_NAME, Reader(beta=call.is_beta, sees_unknown_members=sees_all))
    configurations = f"{call.context_url}{CONTEXT}('{strength['id']}')/combinationConfigurations"
    return {"combinationConfigurations@odata.context": configurations} | shown


ROUTES = tuple(
    route
    for base in (AUTHENTICATION_STRENGTHS, "/identity/conditionalAccess/authenticationStrength/policies")
    for route in (
        Route("GET", base, list_strengths, permissions.READ_STRENGTHS),
        Route("GET", f"{base}/{{id}}", get_strength, permissions.READ_STRENGTHS),
    )
)
