# Copyright: (c) 2026, m365.entra contributors
# GNU General Public License v3.0+ (see COPYING or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later
"""The token endpoint: client credentials, and the grants of people."""

from __future__ import annotations

import re
import uuid
from collections.abc import Callable
from dataclasses import dataclass

from ..json_types import JsonObject
from ..messages import Request, Response
from ..profile import Profile
from ..tenant import Tenant
from ..tenants import Tenants
from ..trust import Trust
from . import errors
from .access_tokens import AccessTokens
from .client_authentication import Credentials, authenticate
from .federation import FederationIssuer
from .people import (
    DEVICE_CODE_GRANT,
    GRANTS_OF_PUBLIC_CLIENTS,
    PersonsRequest,
    device_code_grant,
    is_public_client,
    refresh_grant,
    start_device_code,
)
from .resources import known_resource, token_answer

TENANT_IDENTIFIER = re.compile(r"[0-9a-fA-F-]{36}|([A-Za-z0-9-]+\.)+[A-Za-z0-9-]+")
DEFAULT_SUFFIX = "/.default"


Grant = Callable[[Request, Profile], JsonObject]


@dataclass(frozen=True)
class TokenService:
    """Everything the token endpoint needs besides the request."""

    tenants: Tenants
    tokens: AccessTokens
    trust: Trust
    federation: FederationIssuer

    def tenant_named(self, identifier: str) -> Tenant:
        """Return the tenant of a token URL.

        Raises:
            TokenError: there is none, or the identifier cannot be one.
        """
        tenant = self.tenants.find(identifier)
        if tenant is not None:
            return tenant
        if TENANT_IDENTIFIER.fullmatch(identifier) is None:
            raise errors.tenant_identifier_invalid(identifier)
        raise errors.tenant_not_found(identifier)

    def answer(self, request: Request, profile: Profile) -> Response:
        """Answer ``POST /{tenant}/oauth2/v2.0/token``."""
        return self._answered(self._grant, request, profile)

    def device_code_answer(self, request: Request, profile: Profile) -> Response:
        """Answer ``POST /{tenant}/oauth2/v2.0/devicecode``."""
        return self._answered(self._start_device_code, request, profile)

    def _answered(self, grant: Grant, request: Request, profile: Profile) -> Response:
        try:
            body = grant(request, profile)
        except errors.TokenError as error:
            return Response(error.status, error.body(correlation_id(request)), NO_STORE)
        return Response(200, body, NO_STORE)

    def _grant(self, request: Request, profile: Profile) -> JsonObject:
        tenant = self.tenant_named(request.segments[0])
        form = request.form
        # The scope of a device code was said when it was asked for.
        scope = () if form.get("grant_type") == DEVICE_CODE_GRANT else ("scope",)
        for name in ("grant_type", "client_id", *scope):
            if not form.get(name):
                raise errors.parameter_missing(name)
        self._check_client(request, tenant)
        match form["grant_type"]:
            case "client_credentials":
                return self._application_grant(request, tenant, profile)
            case "refresh_token":
                return refresh_grant(PersonsRequest(request, tenant, profile, self.tokens))
            case grant if grant == DEVICE_CODE_GRANT:
                return device_code_grant(PersonsRequest(request, tenant, profile, self.tokens))
        raise errors.grant_type_unsupported(form["grant_type"])

    def _start_device_code(self, request: Request, profile: Profile) -> JsonObject:
        tenant = self.tenant_named(request.segments[0])
        return start_device_code(PersonsRequest(request, tenant, profile, self.tokens))

    def _check_client(self, request: Request, tenant: Tenant) -> None:
        client_id = request.form["client_id"]
        application = tenant.application
        if is_public_client(tenant, client_id) and request.form["grant_type"] in GRANTS_OF_PUBLIC_CLIENTS:
            return
        if client_id.lower() != application.client_id:
            raise errors.application_not_found(client_id, tenant.name)
        if application.disabled:
            raise errors.application_disabled(client_id)
        authenticate(request.form, self._credentials(tenant), _assertion_audiences(request, tenant))

    def _credentials(self, tenant: Tenant) -> Credentials:
        application = tenant.application
        certificates, federated = application.certificates, application.federated_credentials
        return Credentials(
            application=application,
            certificates=(self.trust.client_certificate,) if certificates is None else certificates,
            federated_credentials=(self.federation.credential,) if federated is None else federated,
            federation=self.federation,
        )

    def _application_grant(self, request: Request, tenant: Tenant, profile: Profile) -> JsonObject:
        scope = request.form["scope"]
        if " " in scope.strip() or not scope.endswith(DEFAULT_SUFFIX):
            raise errors.scope_invalid(scope)
        audience = known_resource(scope.removesuffix(DEFAULT_SUFFIX), request, tenant, profile)
        lifetime = profile.access_token_lifetime_seconds
        return token_answer(self.tokens.for_application(tenant, audience, request.base_url, lifetime), lifetime)


NO_STORE = {"Cache-Control": "no-store, no-cache", "Pragma": "no-cache"}


def correlation_id(request: Request) -> str:
    return request.header("client-request-id") or str(uuid.uuid4())


def _assertion_audiences(request: Request, tenant: Tenant) -> frozenset[str]:
    """A certificate assertion is for the token endpoint, or for the issuer, by the tenant's id or any of its names."""
    names = {tenant.tenant_id, request.segments[0], *tenant.domains}
    endpoints = {f"{request.base_url}/{name}/oauth2/v2.0/token" for name in names}
    return frozenset(endpoints | {f"{request.base_url}/{name}/v2.0" for name in names})
