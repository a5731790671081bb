# Copyright: (c) 2026, m365.entra contributors
# GNU General Public License v3.0+ (see COPYING or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later
"""The front door of the portal: for people only, and only with a token for the portal (facts section 6.2)."""

from __future__ import annotations

import re
from dataclasses import dataclass

from ..messages import Request, Response
from ..profile import Profile
from ..tenant import PASSWORD_RESET, PASSWORD_WRITEBACK
from ..tenants import Tenants
from ..token_service.access_tokens import AZURE_AD_GRAPH, PORTAL_RESOURCE, AccessTokens, InvalidAccessToken
from . import errors, mfa_registration, password_reset
from .call import PortalCall, PortalOperations

GUID = re.compile(r"[0-9a-fA-F]{8}(-[0-9a-fA-F]{4}){3}-[0-9a-fA-F]{12}")
PASSWORD_RESET_OPERATIONS: PortalOperations = {
    "GET": password_reset.get_settings,
    "PUT": password_reset.put_settings,
}
WRITEBACK_OPERATIONS: PortalOperations = {"GET": password_reset.get_writeback, "PUT": password_reset.put_writeback}
REGISTRATION_OPERATIONS: PortalOperations = {
    "GET": mfa_registration.get_policy,
    "PATCH": mfa_registration.write_policy,
    "PUT": mfa_registration.write_policy,
}


@dataclass(frozen=True)
class PortalService:
    """Everything the portal needs besides the request."""

    tenants: Tenants
    tokens: AccessTokens

    def answer(self, request: Request, profile: Profile) -> Response:
        """Answer a request below ``/portal`` or to the MFA registration policy."""
        try:
            return self._answer(request, profile)
        except errors.PortalError as error:
            return error.response

    def tenant_id(self, request: Request) -> str | None:
        """Return the tenant of the token, or None where it is not to be believed."""
        try:
            return str(self.tokens.claims(request.header("authorization"))["tid"])
        except InvalidAccessToken:
            return None

    def _answer(self, request: Request, profile: Profile) -> Response:
        operations, audiences = _place(request, profile)
        try:
            claims = self.tokens.claims(request.header("authorization"))
        except InvalidAccessToken as error:
            raise errors.unauthorized(str(error)) from error
        tenant = self.tenants.find(claims["tid"])
        if tenant is None or claims["aud"] not in audiences:
            raise errors.unauthorized("The token is for another resource.")
        if claims.get("idtyp") != "user":
            raise errors.forbidden("This service is for signed-in people, not for applications.")
        if GUID.fullmatch(request.header("x-ms-client-request-id")) is None:
            raise errors.invalid("The header x-ms-client-request-id must be a GUID.")
        operation = operations.get(request.method)
        if operation is None:
            raise errors.PortalError(405, f"The requested resource does not support http method '{request.method}'.")
        with tenant.lock:
            return operation(PortalCall(tenant, str(claims["oid"]), profile, request))


def is_portal_request(request: Request, profile: Profile) -> bool:
    """Say whether a request is for the portal: by its first segment, or by the path of the registration policy."""
    if request.segments[:1] and request.segments[0].lower() == "portal":
        return True
    return mfa_registration.is_policy_path(request.path, profile) or mfa_registration.is_list_path(
        request.path, profile
    )


def _place(request: Request, profile: Profile) -> tuple[PortalOperations, frozenset[str]]:
    """Return what can be done at a path, and for which resources a token may be.

    Raises:
        PortalError: there is nothing, or a setting takes it away.
    """
    portal = frozenset({PORTAL_RESOURCE})
    if profile.portal_password_reset != "missing":
        found = {PASSWORD_RESET: PASSWORD_RESET_OPERATIONS, PASSWORD_WRITEBACK: WRITEBACK_OPERATIONS}
        for path, operations in found.items():
            if request.path.lower() == path.lower():
                return operations, portal
    if profile.portal_mfa_registration != "missing":
        if mfa_registration.is_policy_path(request.path, profile):
            return REGISTRATION_OPERATIONS, portal | {AZURE_AD_GRAPH}
        if mfa_registration.is_list_path(request.path, profile):
            return {"GET": mfa_registration.list_policies}, portal | {AZURE_AD_GRAPH}
    raise errors.not_found()
