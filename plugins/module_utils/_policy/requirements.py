# Copyright: (c) 2026, m365.entra contributors
# GNU General Public License v3.0+ (see COPYING or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later

"""What Step 1 asks of a tenant, and which policies meet it: pure predicates over canonical policies."""

from __future__ import annotations

import typing as t
from dataclasses import dataclass

from .._directory.roles import role_ids
from .._directory.well_known import AUTHENTICATION_STRENGTHS
from . import vocabulary as words
from .policy_plan import CurrentPolicy
from .policy_view import PolicyView

Meets = t.Callable[[CurrentPolicy], bool]


@dataclass(frozen=True)
class Requirement:
    """One thing that Step 1 asks for: *tiers* that ask for it, and what makes a policy meet it.

    *by_security_defaults*: security defaults meet it too.
    """

    name: str
    statement: str
    tiers: tuple[str, ...]
    meets: Meets
    by_security_defaults: bool = False


def _is_for_all_users(policy: CurrentPolicy) -> bool:
    users = PolicyView(policy.content).users
    return "All" in (users.get("includeUsers") or []) and "All" not in (users.get("excludeUsers") or [])


def _is_for_all_applications(policy: CurrentPolicy) -> bool:
    applications = PolicyView(policy.content).applications
    return "All" in (applications.get("includeApplications") or []) and not applications.get("excludeApplications")


def _only_when(policy: CurrentPolicy, *allowed: str) -> bool:
    """Whether no condition narrows the policy but users, applications and those *allowed*."""
    always = {"users", "applications", *allowed}
    return not any(
        value
        for name, value in PolicyView(policy.content).conditions.items()
        if name not in always and not (name == "clientAppTypes" and value == ["all"])
    )


def _strength_is_mfa(policy: CurrentPolicy) -> bool:
    """Whether the policy's authentication strength asks for MFA: built-in ones do, a custom one says so itself."""
    identifier = PolicyView(policy.content).grant.get("authenticationStrength")
    if identifier in AUTHENTICATION_STRENGTHS.values():
        return True
    expanded = (policy.raw.get("grantControls") or {}).get("authenticationStrength")
    if not identifier or not isinstance(expanded, dict) or expanded.get("id") != identifier:
        return False
    return "mfa" in str(expanded.get("requirementsSatisfied") or "").split(",")


def _requires_mfa(policy: CurrentPolicy) -> bool:
    """Whether no sign-in gets through without MFA: mfa or a strength, with no weaker alternative beside it."""
    grant = PolicyView(policy.content).grant
    controls = set(grant.get("builtInControls") or [])
    strong = "mfa" in controls or _strength_is_mfa(policy)
    alternatives = controls - {"mfa"} or grant.get("termsOfUse") or grant.get("customAuthenticationFactors")
    return strong and (grant.get("operator") == "AND" or not alternatives)


def requires_mfa_for_all_users(policy: CurrentPolicy) -> bool:
    """Whether the policy, once enforced, lets no user in anywhere without MFA."""
    return (
        _is_for_all_users(policy) and _is_for_all_applications(policy) and _only_when(policy) and _requires_mfa(policy)
    )


def _mfa_for_administrators(roles: tuple[str, ...]) -> Meets:
    def meets(policy: CurrentPolicy) -> bool:
        by_role = set(role_ids(roles)) <= set(PolicyView(policy.content).users.get("includeRoles") or [])
        for_them = by_role and _is_for_all_applications(policy) and _only_when(policy) and _requires_mfa(policy)
        return for_them or requires_mfa_for_all_users(policy)

    return meets


def _blocks_legacy_authentication(policy: CurrentPolicy) -> bool:
    clients = set(PolicyView(policy.content).conditions.get("clientAppTypes") or [])
    return (
        _is_for_all_users(policy)
        and _is_for_all_applications(policy)
        and set(words.LEGACY_CLIENT_APP_TYPES) <= clients
        and _only_when(policy, "clientAppTypes")
        and PolicyView(policy.content).grant.get("builtInControls") == ["block"]
    )


def _mfa_at_sign_in_risk(policy: CurrentPolicy) -> bool:
    levels = set(PolicyView(policy.content).conditions.get("signInRiskLevels") or [])
    return (
        _is_for_all_users(policy)
        and _is_for_all_applications(policy)
        and {"medium", "high"} <= levels
        and _only_when(policy, "signInRiskLevels")
        and (_requires_mfa(policy) or PolicyView(policy.content).grant.get("builtInControls") == ["block"])
    )


def _password_change_at_user_risk(policy: CurrentPolicy) -> bool:
    levels = set(PolicyView(policy.content).conditions.get("userRiskLevels") or [])
    controls = set(PolicyView(policy.content).grant.get("builtInControls") or [])
    return (
        _is_for_all_users(policy)
        and _is_for_all_applications(policy)
        and "high" in levels
        and _only_when(policy, "userRiskLevels")
        and bool(controls & {"passwordChange", "riskRemediation"})
    )


def requirements_of(administrator_roles: tuple[str, ...]) -> tuple[Requirement, ...]:
    premium = ("p1", "p2")
    return (
        Requirement(
            "mfa_for_administrators",
            "Administrators are required to use MFA",
            ("free", *premium),
            _mfa_for_administrators(administrator_roles),
            by_security_defaults=True,
        ),
        Requirement(
            "mfa_for_all_users",
            "All users are required to use MFA",
            ("free", *premium),
            requires_mfa_for_all_users,
            by_security_defaults=True,
        ),
        Requirement(
            "legacy_authentication_blocked",
            "Clients that do not support modern authentication are blocked",
            ("free", *premium),
            _blocks_legacy_authentication,
            by_security_defaults=True,
        ),
        Requirement(
            "mfa_at_sign_in_risk", "MFA is required when sign-in risk is medium or high", ("p2",), _mfa_at_sign_in_risk
        ),
        Requirement(
            "password_change_at_user_risk",
            "High-risk users must change their password",
            ("p2",),
            _password_change_at_user_risk,
        ),
    )
