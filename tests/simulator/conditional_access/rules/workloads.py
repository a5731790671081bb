# Copyright: (c) 2026, m365.entra contributors
# GNU General Public License v3.0+ (see COPYING or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later
"""Policies for workload identities and agents (rule 26)."""

from __future__ import annotations

from ...json_types import JsonObject
from ...profile import Profile

AGENT_SELECTORS = ("includeAgentIdServicePrincipals", "agentIdServicePrincipalFilter")
USER_SELECTORS = ("includeGroups", "includeRoles", "includeGuestsOrExternalUsers")
USER_CONDITIONS = ("signInRiskLevels", "userRiskLevels", "insiderRiskLevels")


def workloads_of(policy: JsonObject) -> JsonObject:
    """Return what a policy says of workload identities and agents; an empty object where it says nothing."""
    clients = policy["conditions"]["clientApplications"] or {}
    return clients if any(clients.values()) else {}


def workload_risk_needs_workloads(policy: JsonObject, _profile: Profile) -> str | None:
    """The risk of workload identities means nothing without them (facts section 2.5)."""
    if policy["conditions"]["servicePrincipalRiskLevels"] and not workloads_of(policy):
        return "'servicePrincipalRiskLevels' needs the 'clientApplications' condition."
    return None


def workload_policies_only_block(policy: JsonObject, profile: Profile) -> str | None:
    """Rule 26; published policies have continuous access evaluation beside block, so a setting decides about it."""
    if not workloads_of(policy):
        return None
    used = {name for name, control in (policy["sessionControls"] or {}).items() if control is not None}
    if profile.continuous_evaluation_for_workloads == "accept":
        used.discard("continuousAccessEvaluation")
    if (policy["grantControls"] or {}).get("builtInControls") != ["block"] or used:
        return "Policies for workload identities support the grant control 'block' only."
    return None


def workload_policies_have_no_users(policy: JsonObject, profile: Profile) -> str | None:
    """Rule 26; published policies have no users at all instead of None, so a setting decides about it.

    Agents are not held to it: they can have users of their own.
    """
    if not workloads_of(policy) or _is_for_agents(policy):
        return None
    conditions = policy["conditions"]
    users = conditions["users"] or {}
    named = users.get("includeUsers", [])
    if any(users.get(name) for name in USER_SELECTORS) or (named and named != ["None"]):
        return "Policies for workload identities need 'includeUsers' = ['None']."
    if not named and profile.workload_policies_without_users == "refuse":
        return "Policies for workload identities need 'includeUsers' = ['None']."
    if any(conditions[name] for name in USER_CONDITIONS):
        return "Policies for workload identities have no conditions for users."
    return None


def _is_for_agents(policy: JsonObject) -> bool:
    clients = workloads_of(policy)
    return any(clients.get(name) for name in AGENT_SELECTORS) or bool(policy["conditions"].get("agentIdRiskLevels"))
