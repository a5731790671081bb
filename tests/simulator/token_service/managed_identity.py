# Copyright: (c) 2026, m365.entra contributors
# GNU General Public License v3.0+ (see COPYING or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later
"""Tokens for managed identities: the App Service endpoint and the instance metadata service."""

from __future__ import annotations

import time

from ..json_types import JsonObject
from ..messages import Request, Response
from ..profile import Profile
from ..tenant import Tenant
from . import errors
from .endpoint import TokenService, correlation_id
from .resources import known_resource


def app_service_token(request: Request, service: TokenService, profile: Profile) -> Response:
    """Answer ``GET /{tenant}/msi/token``, to which IDENTITY_ENDPOINT can point.

    The header ``X-IDENTITY-HEADER`` must be there; its value is not compared with anything.
    """
    if not request.header("x-identity-header"):
        return Response(401, {"statusCode": 401, "message": "The X-IDENTITY-HEADER is missing."})
    try:
        tenant = service.tenant_named(request.segments[0])
        return Response(200, _token(request, service, tenant, profile))
    except errors.TokenError as error:
        return Response(error.status, {"statusCode": error.status, "message": error.description})


def metadata_service_token(request: Request, service: TokenService, tenant: Tenant, profile: Profile) -> Response:
    """Answer ``GET /metadata/identity/oauth2/token`` of a virtual machine in ``tenant``."""
    if request.header("metadata").lower() != "true":
        body = {"error": "invalid_request", "error_description": "Required metadata header not specified"}
        return Response(400, body)
    try:
        return Response(200, _token(request, service, tenant, profile))
    except errors.TokenError as error:
        return Response(error.status, error.body(correlation_id(request)))


def _token(request: Request, service: TokenService, tenant: Tenant, profile: Profile) -> JsonObject:
    if not request.query.get("resource"):
        raise errors.parameter_missing("resource")
    wanted = request.query.get("client_id", tenant.application.client_id)
    if wanted.lower() != tenant.application.client_id:
        raise errors.TokenError(700016, "invalid_request", "Identity not found")
    resource = known_resource(request.query["resource"], request, tenant, profile)
    lifetime, now = profile.access_token_lifetime_seconds, int(time.time())
    return {
        "access_token": service.tokens.for_application(tenant, resource, request.base_url, lifetime),
        "client_id": tenant.application.client_id,
        "expires_in": str(lifetime),
        "expires_on": str(now + lifetime),
        "ext_expires_in": str(lifetime),
        "not_before": str(now),
        "resource": resource,
        "token_type": "Bearer",
    }
