# Copyright: (c) 2026, m365.entra contributors
# GNU General Public License v3.0+ (see COPYING or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later
"""Everything a Conditional Access policy must pass before it is stored, in the order of facts section 16."""

from __future__ import annotations

from ..graph import errors
from ..graph.call import GraphCall
from ..json_types import JsonObject
from ..licence import has_p1, has_p2, has_workload_identities
from ..tenant import DELETED_POLICIES, POLICIES, SECURITY_DEFAULTS
from .preview import uses_preview
from .references import first_missing_reference
from .rules.order import first_violation
from .schema_check import Expectations, PreviewProperty, SchemaMismatch, check_object

READ_ONLY = frozenset({"id", "templateId", "createdDateTime", "modifiedDateTime", "deletedDateTime"})
REQUIRED = ("displayName", "state", "conditions")
RISK_CONDITIONS = ("signInRiskLevels", "userRiskLevels", "agentIdRiskLevels")
WORKLOAD_SELECTORS = ("includeServicePrincipals", "excludeServicePrincipals", "servicePrincipalFilter")
MAXIMUM_POLICIES = 240

SCHEMA_MISMATCH = (
    "1007: Incoming ConditionalAccessPolicy object is null or does not match the schema of ConditionalAccessPolicy "
    "type. For examples, please see API documentation at "
    "https://docs.microsoft.com/en-us/graph/api/conditionalaccessroot-post-policies?view=graph-rest-1.0."
)
PREVIEW_FEATURES = (
    "1038: The policy you are creating or updating contains preview features. Use the Beta endpoint to write it."
)
PREMIUM_P2 = (
    "1039: Cannot create or update policies with premium P2 features. Upgrade to a premium P2 license and try again."
)
SECURITY_DEFAULTS_ARE_ON = (
    "Security Defaults is enabled in the tenant. You must disable Security defaults before enabling a Conditional "
    "Access policy."
)
NOT_LICENSED = "Your tenant is not licensed for this feature."


def check_licence(call: GraphCall) -> None:
    """Refuse a write in a tenant without P1; how the service does it is uncertain (facts section 15, number 6)."""
    if call.profile.unlicensed_conditional_access == "accept" or has_p1(call.tenant):
        return
    if call.profile.unlicensed_conditional_access == "forbidden":
        raise errors.GraphError(403, "AccessDenied", NOT_LICENSED)
    raise errors.policy_invalid(NOT_LICENSED)


def check_body(call: GraphCall, body: JsonObject, required: tuple[str, ...] = ()) -> None:
    """Check the schema of a body (facts section 2.6, rules 1 and 11).

    The service does not say what is wrong with a body; the header ``x-simulator-reason`` does.
    """
    expectations = Expectations(
        beta=call.is_beta,
        cloud=call.profile.cloud,
        strict=call.profile.read_only_properties_refused,
        read_only=READ_ONLY,
    )
    try:
        check_object(body, "conditionalAccessPolicy", expectations)
    except PreviewProperty as error:
        raise _refusal(PREVIEW_FEATURES, str(error)) from error
    except SchemaMismatch as error:
        raise _refusal(SCHEMA_MISMATCH, str(error)) from error
    for name in required:
        if name not in body:
            raise _refusal(SCHEMA_MISMATCH, f"{name} is missing")


def check_policy(call: GraphCall, policy: JsonObject) -> None:
    """Check a canonical policy that is about to be stored."""
    if uses_preview(policy) and not call.is_beta:
        raise errors.policy_invalid(PREVIEW_FEATURES)
    _check_premium_features(call, policy)
    violation = first_violation(policy, call.profile)
    if violation is None:
        violation = first_missing_reference(policy, call.tenant)
    if violation is not None:
        raise errors.policy_invalid(violation)
    check_security_defaults(call, policy)


def check_security_defaults(call: GraphCall, policy: JsonObject) -> None:
    """Refuse an enabled policy while security defaults are on (facts section 1.2).

    They count as on while any reader may still see them on, so that a client must wait for its own change.
    """
    if policy["state"] != "enabled":
        return
    if any(defaults["isEnabled"] for defaults in call.collection(SECURITY_DEFAULTS).either()):
        raise errors.policy_invalid(SECURITY_DEFAULTS_ARE_ON)


def check_policy_count(call: GraphCall) -> None:
    """Rule 30; whether policies in the bin count is uncertain (facts section 15, number 20), so a setting decides."""
    counted = len(call.collection(POLICIES).latest())
    if call.profile.deleted_policies_count:
        counted += len(call.collection(DELETED_POLICIES).latest())
    if counted >= MAXIMUM_POLICIES:
        raise errors.policy_invalid(
            f"The tenant has reached the limit of {MAXIMUM_POLICIES} Conditional Access policies."
        )


def _check_premium_features(call: GraphCall, policy: JsonObject) -> None:
    conditions, controls = policy["conditions"], policy["grantControls"] or {}
    uses_risk = any(conditions.get(name) for name in RISK_CONDITIONS)
    remedies_risk = {"passwordChange", "riskRemediation"} & set(controls.get("builtInControls", ()))
    if (uses_risk or remedies_risk) and not has_p2(call.tenant):
        raise errors.policy_invalid(PREMIUM_P2)
    enforced = call.profile.workload_identity_licence_enforced
    if _uses_workloads(conditions) and enforced and not has_workload_identities(call.tenant):
        raise errors.policy_invalid("Policies for workload identities need Workload Identities Premium licenses.")


def _uses_workloads(conditions: JsonObject) -> bool:
    clients = conditions["clientApplications"] or {}
    return bool(conditions["servicePrincipalRiskLevels"]) or any(clients.get(name) for name in WORKLOAD_SELECTORS)


def _refusal(message: str, reason: str) -> errors.GraphError:
    error = errors.policy_invalid(message)
    error.headers["x-simulator-reason"] = reason
    return error
