# Copyright: (c) 2026, m365.entra contributors
# GNU General Public License v3.0+ (see COPYING or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later
"""What a new tenant holds where its state does not say otherwise."""

from __future__ import annotations

from functools import cache

from .data_files import load_data
from .json_types import JsonObject
from .resource_types import resource_type
from .tenant import stable_id

TENANT_CREATED = "2021-03-01T09:00:00Z"
STRENGTH_CREATED = "2021-12-01T08:00:00Z"
MICROSOFT_TENANT = "f8cdef31-a31e-4b4a-93e4-5f571e91255a"


def organization(tenant_id: str, name: str, domain: str) -> JsonObject:
    """Return the organization object of a tenant with one verified domain."""
    return {
        "id": tenant_id,
        "displayName": name,
        "createdDateTime": TENANT_CREATED,
        "countryLetterCode": "CH",
        "preferredLanguage": "en",
        "tenantType": "AAD",
        "mobileDeviceManagementAuthority": "unknown",
        "technicalNotificationMails": [f"alex.admin@{domain}"],
        "verifiedDomains": [
            {
                "name": domain,
                "type": "Managed",
                "isDefault": True,
                "isInitial": True,
                "capabilities": "Email, OfficeCommunicationsOnline",
            }
        ],
    }


def subscribed_skus(tenant_id: str, name: str, licence: str) -> list[JsonObject]:
    """Return the subscriptions of a licence tier: free, p1 or p2 (facts section 8 and appendix C)."""
    catalogue = load_data("skus")
    return [_subscribed_sku(tenant_id, name, part, catalogue) for part in catalogue["of_licence"][licence]]


def _subscribed_sku(tenant_id: str, name: str, part_number: str, catalogue: JsonObject) -> JsonObject:
    sku = catalogue["skus"][part_number]
    return {
        "id": f"{tenant_id}_{sku['skuId']}",
        "accountId": tenant_id,
        "accountName": name,
        "appliesTo": "User",
        "capabilityStatus": "Enabled",
        "consumedUnits": 6,
        "prepaidUnits": {"enabled": 25, "suspended": 0, "warning": 0, "lockedOut": 0},
        "skuId": sku["skuId"],
        "skuPartNumber": part_number,
        "subscriptionIds": [stable_id(tenant_id, "subscription", part_number)],
        "servicePlans": [
            {
                "servicePlanId": catalogue["plans"][plan],
                "servicePlanName": plan,
                "provisioningStatus": "Success",
                "appliesTo": "User",
            }
            for plan in sku["plans"]
        ],
    }


def directory(tenant_id: str, domain: str, described: JsonObject) -> dict[str, list[JsonObject]]:
    """Return users, groups and role assignments as a data file describes them, by the keys of that file."""
    users = [_user(tenant_id, domain, user) for user in described["users"]]
    return {
        "users": users,
        "groups": [_group(tenant_id, group) for group in described["groups"]],
        "roleAssignments": [_role_assignment(tenant_id, item) for item in described["roleAssignments"]],
        "registrationDetails": [_registration_details(tenant_id, domain, user) for user in described["users"]],
    }


def _user(tenant_id: str, domain: str, described: JsonObject) -> JsonObject:
    given_name, _space, surname = described["displayName"].partition(" ")
    return {
        "id": stable_id(tenant_id, "user", described["name"]),
        "userPrincipalName": f"{described['name']}@{domain}",
        "mailNickname": described["name"],
        "displayName": described["displayName"],
        "givenName": given_name,
        "surname": surname,
        "jobTitle": described.get("jobTitle"),
        "accountEnabled": described.get("accountEnabled", True),
        "userType": described.get("userType", "Member"),
        "createdDateTime": TENANT_CREATED,
    }


def _registration_details(tenant_id: str, domain: str, described: JsonObject) -> JsonObject:
    """Return one row of the registration report: who is described as registered has two methods."""
    registered = bool(described.get("registered", False))
    return {
        "id": stable_id(tenant_id, "user", described["name"]),
        "userPrincipalName": f"{described['name']}@{domain}",
        "userDisplayName": described["displayName"],
        "userType": described.get("userType", "Member").lower(),
        "isAdmin": bool(described.get("jobTitle") == "Administrator"),
        "isMfaRegistered": registered,
        "isMfaCapable": registered,
        "isPasswordlessCapable": False,
        "isSsprRegistered": registered,
        "isSsprEnabled": registered,
        "isSsprCapable": registered,
        "isSystemPreferredAuthenticationMethodEnabled": True,
        "methodsRegistered": ["microsoftAuthenticatorPush", "email"] if registered else [],
        "lastUpdatedDateTime": TENANT_CREATED,
    }


def _group(tenant_id: str, described: JsonObject) -> JsonObject:
    return {
        "id": stable_id(tenant_id, "group", described["name"]),
        "displayName": described["name"],
        "createdDateTime": TENANT_CREATED,
        "mailNickname": described["name"].replace(" ", "").lower(),
        "mailEnabled": False,
        "securityEnabled": True,
        "isAssignableToRole": described.get("isAssignableToRole"),
        "members": [stable_id(tenant_id, "user", member) for member in described["members"]],
    }


def _role_assignment(tenant_id: str, described: JsonObject) -> JsonObject:
    return {
        "id": stable_id(tenant_id, "roleAssignment", described["role"], described["user"]),
        "roleDefinitionId": role_template_id(described["role"]),
        "principalId": stable_id(tenant_id, "user", described["user"]),
        "directoryScopeId": "/",
    }


@cache
def role_definitions() -> tuple[JsonObject, ...]:
    """Return the built-in roles (facts appendix B); the id of a built-in role is its template id."""
    complete = resource_type("unifiedRoleDefinition").complete
    return tuple(
        complete(
            {
                "id": role["templateId"],
                "templateId": role["templateId"],
                "displayName": role["displayName"],
                "isBuiltIn": True,
                "isEnabled": True,
                "resourceScopes": ["/"],
                "version": "1",
            }
        )
        for role in load_data("directory_roles")["roles"]
    )


def role_template_id(display_name: str) -> str:
    return next(str(role["id"]) for role in role_definitions() if role["displayName"] == display_name)


@cache
def authentication_strengths() -> tuple[JsonObject, ...]:
    """Return the three built-in authentication strengths (facts section 3.2)."""
    return tuple(
        {
            "id": strength["id"],
            "createdDateTime": STRENGTH_CREATED,
            "modifiedDateTime": STRENGTH_CREATED,
            "displayName": strength["displayName"],
            "description": strength["description"],
            "policyType": "builtIn",
            "requirementsSatisfied": "mfa",
            "allowedCombinations": strength["allowedCombinations"],
            "combinationConfigurations": [],
        }
        for strength in load_data("authentication_strengths")
    )


def security_defaults(is_enabled: bool) -> JsonObject:
    """Return the security defaults object (facts section 1.1)."""
    return {
        "id": "00000000-0000-0000-0000-000000000005",
        "deletedDateTime": None,
        "displayName": "Security Defaults",
        "description": (
            "Security defaults is a set of basic identity security mechanisms recommended by Microsoft. When enabled, "
            "these recommendations will be automatically enforced in your organization."
        ),
        "isEnabled": is_enabled,
    }


def service_principals(tenant_id: str, client_id: str) -> list[JsonObject]:
    """Return the usual first-party applications and the tenant's own one (facts section 7.5)."""
    first_party = [
        _service_principal(tenant_id, entry["appId"], entry["displayName"], MICROSOFT_TENANT)
        for entry in load_data("first_party_applications")
    ]
    return [*first_party, _service_principal(tenant_id, client_id, "Sign-in baseline automation", tenant_id)]


def _service_principal(tenant_id: str, app_id: str, display_name: str, owner: str) -> JsonObject:
    return {
        "id": stable_id(tenant_id, "servicePrincipal", app_id),
        "appId": app_id,
        "displayName": display_name,
        "appDisplayName": display_name,
        "accountEnabled": True,
        "appOwnerOrganizationId": owner,
        "appRoleAssignmentRequired": False,
        "servicePrincipalNames": [app_id],
        "servicePrincipalType": "Application",
        "signInAudience": "AzureADMultipleOrgs",
    }


def applications(tenant_id: str, client_id: str) -> list[JsonObject]:
    """Return the registration of the tenant's own application."""
    return [
        {
            "id": stable_id(tenant_id, "application", client_id),
            "appId": client_id,
            "displayName": "Sign-in baseline automation",
            "createdDateTime": TENANT_CREATED,
            "signInAudience": "AzureADMyOrg",
        }
    ]
