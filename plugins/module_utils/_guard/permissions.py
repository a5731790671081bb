# Copyright: (c) 2026, m365.entra contributors
# GNU General Public License v3.0+ (see COPYING or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later

"""Which permissions a task needs, and whether the token has them (facts sections 1.1, 2.2, 7 and 8.1)."""

from __future__ import annotations

import typing as t
from dataclasses import dataclass

from .._graph.errors import GuardRefused


@dataclass(frozen=True)
class Requirement:
    """One need: any one of *any_of* meets it."""

    needed_for: str
    any_of: tuple[str, ...]

    def is_met_by(self, granted: t.AbstractSet[str]) -> bool:
        """Whether *granted* contains one of the permissions."""
        return any(permission in granted for permission in self.any_of)

    def to_result(self) -> dict[str, t.Any]:
        """The need as JSON values."""
        return {"needed_for": self.needed_for, "any_of": list(self.any_of)}


_DIRECTORY = ("Directory.Read.All", "Directory.ReadWrite.All")

READ_ORGANIZATION = Requirement(
    "verifying the tenant", ("Organization.Read.All", "Organization.ReadWrite.All", *_DIRECTORY)
)
READ_LICENSE = Requirement(
    "reading the licence",
    ("LicenseAssignment.Read.All", "Organization.Read.All", "Organization.ReadWrite.All", *_DIRECTORY),
)
READ_SECURITY_DEFAULTS = Requirement("reading security defaults", ("Policy.Read.All",))
READ_POLICIES = Requirement("reading Conditional Access policies", ("Policy.Read.All", "Policy.Read.ConditionalAccess"))
WRITE_POLICIES = Requirement("writing Conditional Access policies", ("Policy.ReadWrite.ConditionalAccess",))
WRITE_SECURITY_DEFAULTS = Requirement(
    "turning security defaults on or off", ("Policy.ReadWrite.SecurityDefaults", "Policy.ReadWrite.ConditionalAccess")
)
READ_USERS = Requirement("resolving users by name", ("User.Read.All", "User.ReadWrite.All", *_DIRECTORY))
READ_GROUPS = Requirement(
    "resolving groups by name", ("Group.Read.All", "Group.ReadWrite.All", "GroupMember.Read.All", *_DIRECTORY)
)
READ_APPLICATIONS = Requirement(
    "resolving applications by name", ("Application.Read.All", "Application.ReadWrite.All", *_DIRECTORY)
)
READ_ROLES = Requirement(
    "resolving roles that are not built in",
    ("RoleManagement.Read.Directory", "RoleManagement.ReadWrite.Directory", *_DIRECTORY),
)
READ_ROLE_ASSIGNMENTS = Requirement(
    "seeing who holds directory roles before anything is enforced",
    ("RoleManagement.Read.Directory", "RoleManagement.ReadWrite.Directory", *_DIRECTORY),
)
READ_TERMS_OF_USE = Requirement("resolving terms of use", ("Agreement.Read.All", "Agreement.ReadWrite.All"))
READ_AUTHENTICATION_CONTEXTS = Requirement(
    "reading authentication contexts",
    ("Policy.Read.ConditionalAccess", "Policy.Read.All", "AuthenticationContext.Read.All"),
)
WRITE_AUTHENTICATION_CONTEXTS = Requirement(
    "writing authentication contexts", ("Policy.ReadWrite.ConditionalAccess", "AuthenticationContext.ReadWrite.All")
)
READ_AUTHENTICATION_STRENGTHS = Requirement(
    "reading authentication strengths", ("Policy.Read.All", "Policy.Read.AuthenticationMethod")
)
WRITE_AUTHENTICATION_STRENGTHS = Requirement(
    "writing authentication strengths",
    ("Policy.ReadWrite.ConditionalAccess", "Policy.ReadWrite.AuthenticationMethod"),
)
WRITE_GROUPS = Requirement("creating groups", ("Group.Create", "Group.ReadWrite.All", "Directory.ReadWrite.All"))
READ_METHODS_POLICY = Requirement(
    "reading authentication methods",
    ("Policy.Read.All", "Policy.Read.AuthenticationMethod", "Policy.ReadWrite.AuthenticationMethod"),
)
WRITE_METHODS_POLICY = Requirement("writing authentication methods", ("Policy.ReadWrite.AuthenticationMethod",))
READ_AUTHORIZATION_POLICY = Requirement(
    "reading the authorization policy", ("Policy.Read.All", "Policy.ReadWrite.Authorization")
)
WRITE_AUTHORIZATION_POLICY = Requirement("writing the authorization policy", ("Policy.ReadWrite.Authorization",))
READ_REGISTRATION = Requirement("reading how many users have registered", ("AuditLog.Read.All",))
READ_PER_USER_MFA = Requirement(
    "reading the MFA states of users",
    (
        "Policy.Read.All",
        "UserAuthenticationMethod.Read.All",
        "UserAuthenticationMethod.ReadWrite.All",
        "Policy.ReadWrite.AuthenticationMethod",
    ),
)
WRITE_PER_USER_MFA = Requirement(
    "turning off the MFA of single users",
    ("Policy.ReadWrite.AuthenticationMethod", "UserAuthenticationMethod.ReadWrite.All"),
)

ALL_REQUIREMENTS = (
    READ_ORGANIZATION,
    READ_LICENSE,
    READ_SECURITY_DEFAULTS,
    READ_POLICIES,
    WRITE_POLICIES,
    WRITE_SECURITY_DEFAULTS,
    READ_USERS,
    READ_GROUPS,
    READ_APPLICATIONS,
    READ_REGISTRATION,
    READ_METHODS_POLICY,
    WRITE_METHODS_POLICY,
    WRITE_AUTHORIZATION_POLICY,
)


def missing(requirements: t.Iterable[Requirement], granted: t.AbstractSet[str]) -> list[Requirement]:
    """The requirements that *granted* does not meet."""
    return [requirement for requirement in requirements if not requirement.is_met_by(granted)]


def require_permissions(requirements: t.Iterable[Requirement], granted: t.AbstractSet[str]) -> None:
    """Raise one GuardRefused that names every permission that is missing and what it is needed for."""
    lacking = missing(requirements, granted)
    if lacking:
        needs = "; ".join(f"{' or '.join(one.any_of[:2])} for {one.needed_for}" for one in lacking)
        raise GuardRefused(
            f"The access token lacks permissions: {needs}.",
            remedy="Grant them to the application with admin consent, then run again with a new token. "
            "Nothing was written.",
            details={"missing_permissions": [one.to_result() for one in lacking]},
        )
