# Copyright: (c) 2026, m365.entra contributors
# GNU General Public License v3.0+ (see COPYING or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later
"""/policies/authenticationMethodsPolicy (facts section 4.1)."""

from __future__ import annotations

from ..clock import graph_timestamp
from ..conditional_access.merge import merged
from ..conditional_access.presentation import presented_object, reader_of
from ..conditional_access.schema import structured_types
from ..conditional_access.schema_check import Expectations, SchemaMismatch, check_object
from ..graph import errors
from ..graph.call import GraphCall, Operation
from ..graph.listing import check_selected, selected
from ..graph.routing import Route
from ..json_types import JsonObject
from ..messages import Response
from ..tenant import METHOD_CONFIGURATIONS, METHODS_POLICY
from . import permissions
from .forms import CAMPAIGN, POLICY_TYPE, complete_policy, usual_policy
from .kinds import exists_in
from .policy_rules import policy_violations
from .shown import shown_configuration

CONTEXT = "policies/authenticationMethodsPolicy"
READ_ONLY = frozenset({"id", "displayName", "description", "lastModifiedDateTime", "policyVersion"})
CAMPAIGN_MEMBERS = frozenset({"snoozeDurationInDays", "state", "includeTargets", "excludeTargets"})


def in_this_cloud(operation: Operation) -> Operation:
    """Return the operation for clouds that have the policy: China's schema has none (facts appendix E)."""

    def answered(call: GraphCall) -> Response:
        if call.profile.cloud == "china":
            raise errors.segment_not_found("authenticationMethodsPolicy")
        return operation(call)

    return answered


def get_policy(call: GraphCall) -> Response:
    return _shown(call, call.collection(METHODS_POLICY).visible()[0])


def update_policy(call: GraphCall) -> Response:
    """Change the policy: with the object in the answer or without, as a setting says (facts section 15, number 9)."""
    body = call.json_object()
    _check_body(call, body)
    latest = call.collection(METHODS_POLICY).latest()[0]
    written = {name: value for name, value in body.items() if name not in READ_ONLY and "@" not in name}
    changed = merged(_before_campaign(call, latest, written), written, POLICY_TYPE)
    policy = complete_policy(changed | {"lastModifiedDateTime": graph_timestamp()})
    for violation in policy_violations(call, policy):
        raise errors.policy_invalid(violation)
    call.collection(METHODS_POLICY).put(policy, call.profile.consistency_delay_seconds)
    return Response(204) if call.profile.methods_policy_patch_status == 204 else _shown(call, policy)


def _before_campaign(call: GraphCall, latest: JsonObject, body: JsonObject) -> JsonObject:
    """Return what a campaign that is not sent whole is laid over; uncertain, so a setting decides."""
    campaign = (body.get("registrationEnforcement") or {}).get(CAMPAIGN)
    if campaign is None or call.profile.partial_registration_campaign == "merge":
        return latest
    missing = sorted(CAMPAIGN_MEMBERS - set(campaign))
    if missing and call.profile.partial_registration_campaign == "refuse":
        raise errors.policy_invalid(f"The registration campaign must be sent whole: {missing[0]} is missing.")
    return latest | {"registrationEnforcement": _empty_enforcement()}


def _empty_enforcement() -> JsonObject:
    usual: JsonObject = usual_policy()["registrationEnforcement"]
    return {CAMPAIGN: usual[CAMPAIGN] | {"includeTargets": [], "excludeTargets": []}}


def _check_body(call: GraphCall, body: JsonObject) -> None:
    if "authenticationMethodConfigurations" in body:
        raise errors.policy_invalid("Authentication method configurations are changed one by one, at their own path.")
    expectations = Expectations(
        beta=call.is_beta,
        cloud=call.profile.cloud,
        strict=call.profile.read_only_properties_refused,
        read_only=READ_ONLY,
    )
    try:
        check_object(body, POLICY_TYPE, expectations)
    except SchemaMismatch as error:
        raise errors.policy_object_mismatch("AuthenticationMethodsPolicy", str(error)) from error


def _shown(call: GraphCall, policy: JsonObject) -> Response:
    declared = structured_types()[POLICY_TYPE]
    check_selected(call, POLICY_TYPE, frozenset(declared.properties) | frozenset(declared.beta))
    root = f"{call.context_url}{CONTEXT}"
    configurations = [
        shown_configuration(call, item)
        for item in call.collection(METHOD_CONFIGURATIONS).visible()
        if exists_in(call.version, item)
    ]
    inline = {
        "authenticationMethodConfigurations@odata.context": f"{root}/authenticationMethodConfigurations",
        "authenticationMethodConfigurations": configurations,
    }
    shown = selected(presented_object(policy, POLICY_TYPE, reader_of(call)) | inline, call.query.select)
    return Response(200, {"@odata.context": f"{root}/$entity"} | shown)


ROUTES = (
    Route("GET", METHODS_POLICY, in_this_cloud(get_policy), permissions.READ),
    Route(
        "PATCH",
        METHODS_POLICY,
        in_this_cloud(update_policy),
        permissions.WRITE,
    ),
)
