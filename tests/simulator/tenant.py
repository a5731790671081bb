# Copyright: (c) 2026, m365.entra contributors
# GNU General Public License v3.0+ (see COPYING or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later
"""A tenant: its identity, its application and its objects by Graph path."""

from __future__ import annotations

import threading
import uuid
from dataclasses import dataclass, field
from functools import cached_property

from .application import Application
from .json_types import JsonObject
from .rate_limit import RateLimiter, WindowLimiter
from .registration import GeneratedRegistrations, RegistrationShape
from .sign_in_shape import SignInShape
from .store import Collection
from .token_service.sign_ins import SignIns

ORGANIZATION = "/organization"
SUBSCRIBED_SKUS = "/subscribedSkus"
USERS = "/users"
GROUPS = "/groups"
SERVICE_PRINCIPALS = "/servicePrincipals"
APPLICATIONS = "/applications"
ROLE_DEFINITIONS = "/roleManagement/directory/roleDefinitions"
ROLE_ASSIGNMENTS = "/roleManagement/directory/roleAssignments"
ROLE_ELIGIBILITIES = "/roleManagement/directory/roleEligibilityScheduleInstances"
SECURITY_DEFAULTS = "/policies/identitySecurityDefaultsEnforcementPolicy"
POLICIES = "/identity/conditionalAccess/policies"
DELETED_POLICIES = "/identity/conditionalAccess/deletedItems/policies"
NAMED_LOCATIONS = "/identity/conditionalAccess/namedLocations"
DELETED_NAMED_LOCATIONS = "/identity/conditionalAccess/deletedItems/namedLocations"
AUTHENTICATION_CONTEXTS = "/identity/conditionalAccess/authenticationContextClassReferences"
AUTHENTICATION_STRENGTHS = "/policies/authenticationStrengthPolicies"
METHODS_POLICY = "/policies/authenticationMethodsPolicy"
METHOD_CONFIGURATIONS = "/policies/authenticationMethodsPolicy/authenticationMethodConfigurations"
AUTHORIZATION_POLICY = "/policies/authorizationPolicy"
MFA_REQUIREMENTS = "/users/authentication/requirements"
PASSWORD_RESET = "/portal/api/PasswordReset/PasswordResetPolicies"
PASSWORD_WRITEBACK = "/portal/api/PasswordReset/OnPremisesPasswordResetPolicies"
MFA_REGISTRATION = "/portal/mfaRegistrationPolicy"
DIRECTORY_AUDITS = "/auditLogs/directoryAudits"
SIGN_INS = "/auditLogs/signIns"
AGREEMENTS = "/identityGovernance/termsOfUse/agreements"
CLAIMS_POLICIES = "/policies/claimsMappingPolicies"
APP_ROLE_ASSIGNMENTS = "/servicePrincipals/appRoleAssignedTo"
DELETED_APPLICATIONS = "/directory/deletedItems/microsoft.graph.application"
DELETED_SERVICE_PRINCIPALS = "/directory/deletedItems/microsoft.graph.servicePrincipal"
REGISTRATION_DETAILS = "/reports/authenticationMethods/userRegistrationDetails"
ADMIN_RELATIONSHIPS = "/tenantRelationships/delegatedAdminRelationships"
ADMIN_CUSTOMERS = "/tenantRelationships/delegatedAdminCustomers"
CONTRACTS = "/contracts"

STATE_PATHS = (
    ORGANIZATION,
    SUBSCRIBED_SKUS,
    USERS,
    GROUPS,
    SERVICE_PRINCIPALS,
    APPLICATIONS,
    ROLE_DEFINITIONS,
    ROLE_ASSIGNMENTS,
    ROLE_ELIGIBILITIES,
    SECURITY_DEFAULTS,
    POLICIES,
    DELETED_POLICIES,
    NAMED_LOCATIONS,
    DELETED_NAMED_LOCATIONS,
    AUTHENTICATION_CONTEXTS,
    AUTHENTICATION_STRENGTHS,
    METHODS_POLICY,
    METHOD_CONFIGURATIONS,
    AUTHORIZATION_POLICY,
    MFA_REQUIREMENTS,
    PASSWORD_RESET,
    PASSWORD_WRITEBACK,
    MFA_REGISTRATION,
    DIRECTORY_AUDITS,
    SIGN_INS,
    AGREEMENTS,
    REGISTRATION_DETAILS,
    CLAIMS_POLICIES,
    APP_ROLE_ASSIGNMENTS,
    DELETED_APPLICATIONS,
    DELETED_SERVICE_PRINCIPALS,
    ADMIN_RELATIONSHIPS,
    ADMIN_CUSTOMERS,
    CONTRACTS,
)

NAMESPACE = uuid.UUID("6a9c2f6e-0d55-4c0b-8f9e-2a6b7c9d1e3f")


def stable_id(*parts: str) -> str:
    """Return an id that is the same whenever the same thing is made again, so that demonstrations repeat."""
    return str(uuid.uuid5(NAMESPACE, "/".join(parts)))


@dataclass
class Tenant:
    """One customer's directory. ``lock`` is held while a request reads or writes it."""

    tenant_id: str
    name: str
    license: str
    application: Application
    permissions: tuple[str, ...]
    collections: dict[str, Collection]
    limiter: RateLimiter = field(default_factory=RateLimiter)
    registration: RegistrationShape | None = None
    sign_in_shape: SignInShape | None = None
    reports_limiter: WindowLimiter = field(default_factory=WindowLimiter)
    sign_ins: SignIns = field(default_factory=SignIns)
    lock: threading.RLock = field(default_factory=threading.RLock)

    def __getitem__(self, path: str) -> Collection:
        return self.collections[path]

    @property
    def organization(self) -> JsonObject:
        return self[ORGANIZATION].latest()[0]

    @property
    def domains(self) -> tuple[str, ...]:
        return tuple(domain["name"].lower() for domain in self.organization["verifiedDomains"])

    @cached_property
    def generated_registrations(self) -> GeneratedRegistrations:
        """The rows of the registration report that the tenant's document describes by shares."""
        shape = self.registration or RegistrationShape(users=0)
        count = max(0, shape.users - len(self[REGISTRATION_DETAILS].latest()))
        return GeneratedRegistrations(shape, count, stable_id(self.tenant_id, "registrations"), self.domains[0])

    @property
    def service_principal_id(self) -> str:
        """The object id of the application in this tenant: the ``oid`` of its tokens."""
        for principal in self[SERVICE_PRINCIPALS].latest():
            if principal.get("appId") == self.application.client_id:
                return str(principal["id"])
        return stable_id(self.tenant_id, "servicePrincipal", self.application.client_id)

    def connection_entry(self) -> JsonObject:
        """Return what connection.json says of this tenant."""
        return {
            "name": self.name,
            "tenant_id": self.tenant_id,
            "client_id": self.application.client_id,
            "client_secret": self.application.client_secret,
            "license": self.license,
        }

    def public_entry(self) -> JsonObject:
        return {name: value for name, value in self.connection_entry().items() if name != "client_secret"}
