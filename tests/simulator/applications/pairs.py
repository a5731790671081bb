# Copyright: (c) 2026, m365.entra contributors
# GNU General Public License v3.0+ (see COPYING or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later
"""What instantiating a template makes: a registration, and the application's service principal."""

from __future__ import annotations

import uuid
from typing import Any

from ..clock import graph_timestamp
from ..json_types import JsonObject
from ..resource_types import resource_type

NOT_IN_THE_GALLERY = "8adf8e6e-67b2-4cf2-a259-e3dc5476c621"
INTEGRATED = "WindowsAzureActiveDirectoryIntegratedApp"
CUSTOM = "WindowsAzureActiveDirectoryCustomSingleSignOnApplication"
# Gallery applications usually come with these two (facts section 12).
USUAL_ROLES: tuple[JsonObject, ...] = (
    {
        "id": "18d14569-c3bd-439b-9a66-3a2aee01d14f",
        "displayName": "User",
        "description": "User",
        "value": None,
        "isEnabled": True,
        "origin": "Application",
        "allowedMemberTypes": ["User"],
    },
    {
        "id": "b9632174-c057-4f7e-951b-be3adc52bfe6",
        "displayName": "msiam_access",
        "description": "msiam_access",
        "value": None,
        "isEnabled": True,
        "origin": "Application",
        "allowedMemberTypes": ["User"],
    },
)


def new_pair(template: JsonObject, name: str, tenant_id: str) -> tuple[JsonObject, JsonObject]:
    """Return the registration and the service principal that a template makes."""
    app_id = str(uuid.uuid4())
    identifiers = list(template.get("identifierUris") or [])
    redirects = list(template.get("redirectUris") or [])
    common: JsonObject = {
        "appId": app_id,
        "displayName": name,
        "applicationTemplateId": template["id"],
        "appRoles": [dict(role) for role in USUAL_ROLES],
        "signInAudience": "AzureADMyOrg",
    }
    application = common | {
        "id": str(uuid.uuid4()),
        "createdDateTime": graph_timestamp(),
        "identifierUris": identifiers,
        "web": usual_web() | {"redirectUris": redirects, "redirectUriSettings": [_setting(uri) for uri in redirects]},
        "spa": {"redirectUris": []},
        "publicClient": {"redirectUris": []},
    }
    principal = common | {
        "id": str(uuid.uuid4()),
        "accountEnabled": True,
        "appDisplayName": name,
        "appOwnerOrganizationId": tenant_id,
        "appRoleAssignmentRequired": True,
        "homepage": template.get("homePageUrl"),
        "replyUrls": redirects,
        "servicePrincipalNames": [app_id, *identifiers],
        "servicePrincipalType": "Application",
        "tags": [*([CUSTOM] if template["id"] == NOT_IN_THE_GALLERY else []), INTEGRATED],
    }
    return resource_type("application").complete(application), resource_type("servicePrincipal").complete(principal)


def usual_web() -> dict[str, Any]:
    """Return what a registration says of the web where nothing has been set."""
    return {
        "homePageUrl": None,
        "logoutUrl": None,
        "redirectUris": [],
        "redirectUriSettings": [],
        "implicitGrantSettings": {"enableIdTokenIssuance": False, "enableAccessTokenIssuance": False},
    }


def _setting(uri: str) -> JsonObject:
    return {"uri": uri, "index": None}
