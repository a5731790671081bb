# Copyright: (c) 2026, m365.entra contributors
# GNU General Public License v3.0+ (see COPYING or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later
"""Which operations the audit log knows, and by which names (facts section 13.4).

The log writes names in lower case after the first word. The names of the methods policy are from general knowledge.
"""

from __future__ import annotations

from ..tenant import (
    AUTHENTICATION_CONTEXTS,
    AUTHORIZATION_POLICY,
    METHOD_CONFIGURATIONS,
    METHODS_POLICY,
    NAMED_LOCATIONS,
    POLICIES,
    SECURITY_DEFAULTS,
)
from .audits import Audit

WRITES = ("POST", "PATCH", "DELETE")
METHODS_ACTIVITIES = {
    "Add": "Authentication Methods Policy Update",
    "Update": "Authentication Methods Policy Update",
    "Delete": "Authentication Methods Policy Reset",
}


def _named(noun: str) -> dict[str, str]:
    return {operation: f"{operation} {noun}" for operation in ("Add", "Update", "Delete")}


def _conditional_access(path: str, property_name: str, noun: str) -> Audit:
    return Audit(path, property_name, "Conditional Access", "Policy", _named(noun), also_by_core_directory=True)


_POLICY = _conditional_access(POLICIES, "ConditionalAccessPolicy", "conditional access policy")
_CONFIGURATION = Audit(
    METHOD_CONFIGURATIONS,
    "AuthenticationMethodConfiguration",
    "Authentication Methods",
    "Policy",
    METHODS_ACTIVITIES,
)
_AUTHORIZATION = Audit(
    AUTHORIZATION_POLICY,
    "AuthorizationPolicy",
    "Core Directory",
    "AuthorizationPolicy",
    _named("authorization policy"),
)
AUDITS: dict[str, Audit] = {
    POLICIES: _POLICY,
    "/policies/conditionalAccessPolicies": _POLICY,
    NAMED_LOCATIONS: _conditional_access(NAMED_LOCATIONS, "NamedLocation", "named location"),
    AUTHENTICATION_CONTEXTS: _conditional_access(
        AUTHENTICATION_CONTEXTS, "AuthenticationContextClassReference", "AuthenticationContextClassReference"
    ),
    SECURITY_DEFAULTS: _conditional_access(SECURITY_DEFAULTS, "SecurityDefaults", "security defaults"),
    METHODS_POLICY: Audit(
        METHODS_POLICY, "AuthenticationMethodsPolicy", "Authentication Methods", "Policy", METHODS_ACTIVITIES
    ),
    METHOD_CONFIGURATIONS: _CONFIGURATION,
    AUTHORIZATION_POLICY: _AUTHORIZATION,
    f"{AUTHORIZATION_POLICY}/authorizationPolicy": _AUTHORIZATION,
}


def audit_of(method: str, template: str) -> Audit | None:
    """Return what is logged when an operation at a path succeeds, or None."""
    return AUDITS.get(template.removesuffix("/{id}")) if method in WRITES else None
