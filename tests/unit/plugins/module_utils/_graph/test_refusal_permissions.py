# Copyright: (c) 2026, m365.entra contributors
# GNU General Public License v3.0+ (see COPYING or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later
"""A refusal names the permission that its own path needs."""

from __future__ import annotations

import json

import pytest

from ansible_collections.m365.entra.plugins.module_utils._graph.service_errors import service_error

METHODS = "/v1.0/policies/authenticationMethodsPolicy/authenticationMethodConfigurations/Sms"


def refused(method: str, path: str, code: str = "AccessDenied") -> str:
    body = json.dumps({"error": {"code": code, "message": "no"}}).encode()
    return service_error(method, path, 403, {}, body).remedy


@pytest.mark.parametrize(
    ("method", "path", "permission"),
    [
        ("PATCH", METHODS, "Policy.ReadWrite.AuthenticationMethod"),
        ("GET", METHODS, "Policy.Read.All"),
        ("PATCH", "/v1.0/policies/authorizationPolicy", "Policy.ReadWrite.Authorization"),
        ("PATCH", "/beta/users/u/authentication/requirements", "Policy.ReadWrite.AuthenticationMethod"),
        ("GET", "/v1.0/reports/authenticationMethods/userRegistrationDetails", "AuditLog.Read.All"),
        ("PATCH", "/v1.0/applications/a", "Application.ReadWrite.All"),
        ("POST", "/v1.0/servicePrincipals/a/appRoleAssignedTo", "AppRoleAssignment.ReadWrite.All"),
        ("POST", "/v1.0/policies/claimsMappingPolicies", "Policy.ReadWrite.ApplicationConfiguration"),
        ("POST", "/v1.0/identity/conditionalAccess/policies", "Policy.ReadWrite.ConditionalAccess"),
    ],
)
def test_permission_of_the_path(method: str, path: str, permission: str) -> None:
    remedy = refused(method, path)
    assert permission in remedy
    assert ("Policy.ReadWrite.ConditionalAccess" in remedy) == ("conditionalAccess" in path)


def test_other_causes_keep_their_own_remedy() -> None:
    path = "/v1.0/reports/authenticationMethods/userRegistrationDetails"
    assert "AuditLog" not in refused("GET", path, "Authentication_RequestFromNonPremiumTenantOrB2CTenant")
