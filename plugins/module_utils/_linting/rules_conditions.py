# Copyright: (c) 2026, m365.entra contributors
# GNU General Public License v3.0+ (see COPYING or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later

"""Rules about conditions and controls of one policy that are deprecated, retiring or against today's guidance."""

from __future__ import annotations

import typing as t

from .._policy.policy_view import PolicyView
from .finding import INFORMATION, WARNING, Observation
from .linted_tenant import LintedTenant

_DEPRECATED_CLIENT = "easSupported"
_RISKS = ("signInRiskLevels", "userRiskLevels")


def deprecated_client_app_type(tenant: LintedTenant) -> t.Iterator[Observation]:
    """easSupported is deprecated (facts section 2.5)."""
    for policy in tenant.live:
        if _DEPRECATED_CLIENT in (PolicyView(policy.content).conditions.get("clientAppTypes") or []):
            yield Observation(
                WARNING,
                f"{_DEPRECATED_CLIENT} is deprecated",
                "Write exchangeActiveSync, and other for the remaining legacy clients.",
                (policy,),
                "conditions.client_app_types",
            )


def deprecated_custom_control(tenant: LintedTenant) -> t.Iterator[Observation]:
    """Custom controls are deprecated (facts section 2.5)."""
    for policy in tenant.live:
        if PolicyView(policy.content).grant.get("customAuthenticationFactors"):
            yield Observation(
                WARNING,
                "custom controls are deprecated by Microsoft",
                "Move to mfa with an external authentication method.",
                (policy,),
                "grant_controls.custom_authentication_factors",
            )


def flows_in_one_policy(tenant: LintedTenant) -> t.Iterator[Observation]:
    """CISA's baseline wants a policy for device code alone (baseline G3, MS.AAD.3.9)."""
    for policy in tenant.live:
        flows = PolicyView(policy.content).conditions.get("authenticationFlows") or {}
        if len(flows.get("transferMethods") or []) > 1:
            yield Observation(
                INFORMATION,
                "device code flow and authentication transfer are in one policy, which CISA's baseline does not accept",
                "Make one policy for each.",
                (policy,),
                "conditions.authentication_flows.transfer_methods",
            )


def risk_without_every_time(tenant: LintedTenant) -> t.Iterator[Observation]:
    """Microsoft's risk policies ask for a sign-in every time (baseline F and G1); to block needs none."""
    for policy in tenant.live:
        view = PolicyView(policy.content)
        by_risk = any(view.conditions.get(name) for name in _RISKS)
        if by_risk and view.grant and "block" not in view.controls and not view.is_every_time:
            yield Observation(
                INFORMATION,
                "the policy answers to risk, and who has signed in before is not asked again",
                "Give session_controls.sign_in_frequency with frequency_interval: everyTime, as Microsoft advises.",
                (policy,),
                "session_controls.sign_in_frequency",
            )


def all_resources_but_some(tenant: LintedTenant) -> t.Iterator[Observation]:
    """Since 2026 such policies also reach sign-ins that ask for low-privilege scopes alone (facts section 2.12)."""
    for policy in tenant.live:
        applications = PolicyView(policy.content).applications
        if "All" in (applications.get("includeApplications") or []) and applications.get("excludeApplications"):
            yield Observation(
                INFORMATION,
                "since 2026 a policy for all resources but some also reaches sign-ins to the excluded ones that ask "
                "for directory scopes alone",
                "Test sign-ins to the excluded applications, or remove the exclusions.",
                (policy,),
                "conditions.applications.exclude_applications",
            )
