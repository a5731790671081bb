# Copyright: (c) 2026, m365.entra contributors
# GNU General Public License v3.0+ (see COPYING or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later
"""What can be done with an authentication strength besides changing it: its combinations and its usage."""

from __future__ import annotations

from ..clock import graph_timestamp
from ..graph import errors
from ..graph.call import GraphCall
from ..graph.routing import Route
from ..json_types import JsonObject
from ..messages import Response
from ..tenant import AUTHENTICATION_STRENGTHS, POLICIES
from . import permissions
from .authentication_strengths import PLACES, TYPE_NAME
from .canonical import canonical_object
from .policies import shown_policies, strength_id
from .presentation import presented_object, reader_of
from .schema_check import Expectations, SchemaMismatch, check_object
from .strength_form import requirements_satisfied
from .strength_rules import combinations_violation, configurations_violation
from .strength_store import find_custom_strength, find_strength
from .validation import check_licence

RESULT_TYPE = "updateAllowedCombinationsResult"
USAGE_TYPE = "authenticationStrengthUsage"


def update_allowed_combinations(call: GraphCall) -> Response:
    """Replace the combinations of a custom strength (facts section 3.2).

    One that still has a configuration cannot go (uncertain).
    """
    latest = find_custom_strength(call)
    check_licence(call)
    combinations = _combinations_in(call)
    changed = latest | {
        "allowedCombinations": combinations,
        "requirementsSatisfied": requirements_satisfied(combinations),
        "modifiedDateTime": graph_timestamp(),
    }
    violation = combinations_violation(combinations) or configurations_violation(changed)
    if violation is not None:
        raise errors.policy_invalid(violation)
    call.collection(AUTHENTICATION_STRENGTHS).put(changed, call.profile.consistency_delay_seconds)
    result = {
        "previousCombinations": latest["allowedCombinations"],
        "currentCombinations": combinations,
        "conditionalAccessReferences": [policy["id"] for policy in _policies_with(call, latest)],
        "additionalInformation": None,
    }
    shown = presented_object(result, RESULT_TYPE, reader_of(call))
    return Response(200, {"@odata.context": f"{call.context_url}microsoft.graph.{RESULT_TYPE}"} | shown)


def get_usage(call: GraphCall) -> Response:
    """Answer the policies that use a strength, in the list that says whether it stands for multifactor (uncertain)."""
    strength = find_strength(call)
    policies = shown_policies(call, _policies_with(call, strength))
    lists: JsonObject = {"mfa": [], "none": []}
    lists[strength["requirementsSatisfied"]] = policies
    return Response(200, {"@odata.context": f"{call.context_url}microsoft.graph.{USAGE_TYPE}"} | lists)


def _combinations_in(call: GraphCall) -> list[str]:
    """Return the combinations in the body in canonical form, each once."""
    body = call.json_object()
    others = sorted(set(body) - {"allowedCombinations"})
    if others or "allowedCombinations" not in body:
        wrong = f"{others[0]} is unknown" if others else "allowedCombinations is missing"
        raise errors.policy_object_mismatch("updateAllowedCombinations", wrong)
    try:
        check_object(body, TYPE_NAME, Expectations(beta=call.is_beta, cloud=call.profile.cloud))
    except SchemaMismatch as error:
        raise errors.policy_object_mismatch("updateAllowedCombinations", str(error)) from error
    return list(dict.fromkeys(canonical_object(body, TYPE_NAME)["allowedCombinations"]))


def _policies_with(call: GraphCall, strength: JsonObject) -> list[JsonObject]:
    return [policy for policy in call.collection(POLICIES).visible() if strength_id(policy) == strength["id"]]


ROUTES = tuple(
    route
    for base in PLACES
    for route in (
        Route(
            "POST",
            f"{base}/{{id}}/updateAllowedCombinations",
            update_allowed_combinations,
            permissions.WRITE_STRENGTHS,
        ),
        Route("GET", f"{base}/{{id}}/usage()", get_usage, permissions.READ_STRENGTHS),
    )
)
