# Copyright: (c) 2026, m365.entra contributors
# GNU General Public License v3.0+ (see COPYING or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later
"""Which permission opens which directory object (facts section 2.2)."""

from __future__ import annotations

from .routing import directory_access, policy_access, reports_access

READ_ORGANIZATION = directory_access(
    "Organization.Read.All", "Organization.ReadWrite.All", "Directory.Read.All", "Directory.ReadWrite.All"
)
READ_SUBSCRIBED_SKUS = directory_access(
    "LicenseAssignment.Read.All",
    "LicenseAssignment.ReadWrite.All",
    "Organization.Read.All",
    "Organization.ReadWrite.All",
    "Directory.Read.All",
    "Directory.ReadWrite.All",
)
READ_USERS = directory_access("User.Read.All", "User.ReadWrite.All", "Directory.Read.All", "Directory.ReadWrite.All")
WRITE_USERS = directory_access("User.ReadWrite.All", "Directory.ReadWrite.All")
REVOKE_SESSIONS = directory_access("User.RevokeSessions.All", "User.ReadWrite.All", "Directory.ReadWrite.All")
READ_GROUPS = directory_access(
    "Group.Read.All", "GroupMember.Read.All", "Group.ReadWrite.All", "Directory.Read.All", "Directory.ReadWrite.All"
)
CREATE_GROUPS = directory_access("Group.Create", "Group.ReadWrite.All", "Directory.ReadWrite.All")
WRITE_GROUPS = directory_access("Group.ReadWrite.All", "Directory.ReadWrite.All")
WRITE_GROUP_MEMBERS = directory_access("GroupMember.ReadWrite.All", "Group.ReadWrite.All", "Directory.ReadWrite.All")
WRITE_ROLE_ASSIGNABLE_GROUPS = directory_access("RoleManagement.ReadWrite.Directory")
READ_APPLICATIONS = directory_access(
    "Application.Read.All", "Application.ReadWrite.All", "Directory.Read.All", "Directory.ReadWrite.All"
)
WRITE_APPLICATIONS = directory_access("Application.ReadWrite.All", "Directory.ReadWrite.All")
READ_ROLES = directory_access(
    "RoleManagement.Read.Directory",
    "RoleManagement.Read.All",
    "RoleManagement.ReadWrite.Directory",
    "Directory.Read.All",
    "Directory.ReadWrite.All",
)
READ_ROLE_ELIGIBILITIES = directory_access(
    "RoleEligibilitySchedule.Read.Directory",
    "RoleEligibilitySchedule.ReadWrite.Directory",
    "RoleManagement.Read.Directory",
    "RoleManagement.Read.All",
    "RoleManagement.ReadWrite.Directory",
)
READ_AGREEMENTS = directory_access("Agreement.Read.All", "Agreement.ReadWrite.All")
WRITE_AGREEMENTS = directory_access("Agreement.ReadWrite.All")
READ_DELEGATED_ADMINISTRATION = directory_access(
    "DelegatedAdminRelationship.Read.All", "DelegatedAdminRelationship.ReadWrite.All"
)
READ_CONTRACTS = directory_access("Directory.Read.All", "Directory.ReadWrite.All")
READ_AUTHORIZATION_POLICY = directory_access("Policy.Read.All", "Policy.ReadWrite.Authorization")
WRITE_AUTHORIZATION_POLICY = directory_access("Policy.ReadWrite.Authorization")
READ_MFA_REQUIREMENTS = policy_access(
    "Policy.Read.All",
    "Policy.ReadWrite.AuthenticationMethod",
    "UserAuthenticationMethod.Read.All",
    "UserAuthenticationMethod.ReadWrite.All",
)
WRITE_MFA_REQUIREMENTS_BY_SETTING = {
    "either": policy_access("Policy.ReadWrite.AuthenticationMethod", "UserAuthenticationMethod.ReadWrite.All"),
    "policy": policy_access("Policy.ReadWrite.AuthenticationMethod"),
    "user_authentication_method": policy_access("UserAuthenticationMethod.ReadWrite.All"),
}
READ_REPORTS = reports_access("AuditLog.Read.All")
# Without one of these the policies of a sign-in are an empty list (facts section 9.2).
READ_APPLIED_POLICIES = reports_access("Policy.Read.All", "Policy.Read.ConditionalAccess")
ANY_DIRECTORY_READ = directory_access(
    *sorted(
        name
        for access in (READ_USERS, READ_GROUPS, READ_APPLICATIONS)
        for alternative in access.alternatives
        for name in alternative
    )
)
