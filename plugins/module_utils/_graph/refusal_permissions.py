# Copyright: (c) 2026, m365.entra contributors
# GNU General Public License v3.0+ (see COPYING or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later

"""Which permission a refused request lacks, where that is not one for Conditional Access (facts 4.1, 7.1, 7.2, 9.1)."""

from __future__ import annotations

_METHODS = "Policy.ReadWrite.AuthenticationMethod"
# Parts of paths in lower case, with the permission to write and the one to read.
_NEEDED: tuple[tuple[str, str, str], ...] = (
    ("/policies/authenticationmethodspolicy", _METHODS, "Policy.Read.All"),
    ("/policies/authorizationpolicy", "Policy.ReadWrite.Authorization", "Policy.Read.All"),
    ("/authentication/requirements", _METHODS, "UserAuthenticationMethod.Read.All"),
    ("/claimsmappingpolicies", "Policy.ReadWrite.ApplicationConfiguration", "Policy.Read.All"),
    ("/approleassignedto", "AppRoleAssignment.ReadWrite.All", "Application.Read.All"),
    ("/applicationtemplates", "Application.ReadWrite.All", "Application.Read.All"),
    ("/applications", "Application.ReadWrite.All", "Application.Read.All"),
    ("/serviceprincipals", "Application.ReadWrite.All", "Application.Read.All"),
    ("/directory/deleteditems", "Application.ReadWrite.All", "Application.Read.All"),
    ("/members", "GroupMember.ReadWrite.All", "GroupMember.Read.All"),
    ("/revokesigninsessions", "User.RevokeSessions.All", "User.Read.All"),
    ("/roleeligibilityscheduleinstances", "", "RoleEligibilitySchedule.Read.Directory"),
    ("/reports/", "AuditLog.Read.All", "AuditLog.Read.All"),
    ("/auditlogs/", "AuditLog.Read.All", "AuditLog.Read.All"),
)


def remedy_for(method: str, path: str) -> str:
    """What to do about a request that lacks a permission; empty where nothing special is known of its path."""
    found = next((one for one in _NEEDED if one[0] in path.lower()), None)
    if found is None:
        return ""
    _part, write, read = found
    permission = read if method == "GET" else write
    return (
        f"Grant the application {permission} with admin consent, then run again with a new token; "
        "tenant_info shows which permissions it has."
    )
