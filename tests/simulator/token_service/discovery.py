# Copyright: (c) 2026, m365.entra contributors
# GNU General Public License v3.0+ (see COPYING or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later
"""The documents by which clients find the endpoints of an authority."""

from __future__ import annotations

from ..json_types import JsonObject
from ..messages import Request, Response
from . import errors
from .endpoint import TokenService, correlation_id


def openid_configuration(request: Request, service: TokenService) -> Response:
    """Answer ``GET /{tenant}/v2.0/.well-known/openid-configuration``."""
    try:
        tenant = service.tenant_named(request.segments[0])
    except errors.TokenError as error:
        return Response(error.status, error.body(correlation_id(request)) | {"error": "invalid_tenant"})
    return Response(200, _configuration(request.base_url, request.segments[0], tenant.tenant_id))


def _configuration(base_url: str, named: str, tenant_id: str) -> JsonObject:
    return {
        "token_endpoint": f"{base_url}/{named}/oauth2/v2.0/token",
        "token_endpoint_auth_methods_supported": ["client_secret_post", "private_key_jwt", "client_secret_basic"],
        "jwks_uri": f"{base_url}/{named}/discovery/v2.0/keys",
        "response_modes_supported": ["query", "fragment", "form_post"],
        "subject_types_supported": ["pairwise"],
        "id_token_signing_alg_values_supported": ["RS256"],
        "response_types_supported": ["code", "id_token", "code id_token", "id_token token"],
        "scopes_supported": ["openid", "profile", "email", "offline_access"],
        "issuer": f"{base_url}/{tenant_id}/v2.0",
        "authorization_endpoint": f"{base_url}/{named}/oauth2/v2.0/authorize",
        "device_authorization_endpoint": f"{base_url}/{named}/oauth2/v2.0/devicecode",
        "tenant_region_scope": "EU",
        "cloud_instance_name": "microsoftonline.com",
        "cloud_graph_host_name": "graph.windows.net",
        "msgraph_host": "graph.microsoft.com",
    }


def instance_discovery(request: Request) -> Response:
    """Answer ``GET /common/discovery/instance``: this authority is the only one of its cloud."""
    host = request.base_url.partition("://")[2]
    endpoint = request.query.get("authorization_endpoint", "")
    tenant = endpoint.partition("://")[2].partition("/")[2].partition("/")[0] or "common"
    return Response(
        200,
        {
            "tenant_discovery_endpoint": f"{request.base_url}/{tenant}/v2.0/.well-known/openid-configuration",
            "api-version": "1.1",
            "metadata": [{"preferred_network": host, "preferred_cache": host, "aliases": [host]}],
        },
    )
