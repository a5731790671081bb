# Copyright: (c) 2026, m365.entra contributors
# GNU General Public License v3.0+ (see COPYING or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later
"""/policies/identitySecurityDefaultsEnforcementPolicy (facts section 1)."""

from __future__ import annotations

from ..graph import errors
from ..graph.call import GraphCall
from ..graph.routing import Route
from ..json_types import JsonObject
from ..licence import has_p1
from ..messages import Response
from ..tenant import DELETED_POLICIES, POLICIES, SECURITY_DEFAULTS
from . import permissions
from .managed_policies import create_managed_policies

ENABLED_POLICY_EXISTS = (
    "Security Defaults cannot be enabled while Conditional Access policies are enabled in the tenant."
)
ANY_POLICY_EXISTS = "Security Defaults cannot be enabled while Conditional Access policies exist in the tenant."


def get_security_defaults(call: GraphCall) -> Response:
    context = f"{call.context_url}policies/identitySecurityDefaultsEnforcementPolicy/$entity"
    return Response(200, {"@odata.context": context} | call.collection(SECURITY_DEFAULTS).visible()[0])


def update_security_defaults(call: GraphCall) -> Response:
    """Switch security defaults; only ``isEnabled`` can be written."""
    body = call.json_object()
    names = [name for name in body if "@" not in name]
    if names != ["isEnabled"] or not isinstance(body["isEnabled"], bool):
        raise errors.bad_request("Only 'isEnabled', true or false, can be written to security defaults.")
    collection = call.collection(SECURITY_DEFAULTS)
    current = collection.latest()[0]
    if body["isEnabled"]:
        _check_policies(call)
    collection.put(current | {"isEnabled": body["isEnabled"]}, call.profile.consistency_delay_seconds)
    if current["isEnabled"] and not body["isEnabled"]:
        _follow_disabling(call)
    return Response(204)


def _check_policies(call: GraphCall) -> None:
    """Refuse to switch on beside policies; which ones count is uncertain (facts section 1.3), so a setting decides."""
    policies: list[JsonObject] = call.collection(POLICIES).either()
    deleted = call.collection(DELETED_POLICIES).either() if call.profile.deleted_policies_count else []
    if call.profile.strict_security_defaults and (policies or deleted):
        raise errors.policy_invalid(ANY_POLICY_EXISTS)
    if any(policy["state"] == "enabled" for policy in policies):
        raise errors.policy_invalid(ENABLED_POLICY_EXISTS)


def _follow_disabling(call: GraphCall) -> None:
    if call.profile.managed_policies_on_disabling_security_defaults and has_p1(call.tenant):
        create_managed_policies(call)


ROUTES = (
    Route("GET", SECURITY_DEFAULTS, get_security_defaults, permissions.READ_SECURITY_DEFAULTS),
    Route("PATCH", SECURITY_DEFAULTS, update_security_defaults, permissions.WRITE_SECURITY_DEFAULTS),
)
