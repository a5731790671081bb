# Copyright: (c) 2026, m365.entra contributors
# GNU General Public License v3.0+ (see COPYING or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later
"""The front door of Graph: every request passes the same checks in the same order (facts section 16)."""

from __future__ import annotations

import uuid
from dataclasses import dataclass, replace

from ..messages import Request, Response
from ..profile import Profile
from ..tenant import Tenant
from ..tenants import Tenants
from ..token_service.access_tokens import AccessTokens, Caller, InvalidAccessToken
from . import errors
from .audits import audited_state, record_audit
from .batch import Answering, batch_answer
from .call import GraphCall
from .query import parse_query
from .routing import VERSIONS, Access, Found, Route, Router

BATCH = ("$batch",)


@dataclass(frozen=True)
class GraphService:
    """Everything Graph needs besides the request."""

    tenants: Tenants
    tokens: AccessTokens
    router: Router

    def answer(self, request: Request, profile: Profile, answer_item: Answering | None = None) -> Response:
        """Answer a request below ``/v1.0`` or ``/beta``; ``answer_item`` answers one of a batch, if not this does."""
        request_id = str(uuid.uuid4())
        try:
            response = self._allowed_answer(request, profile, answer_item)
        except errors.GraphError as error:
            response = errors.error_response(error, request, request_id, profile)
        return _with_identifiers(response, request, request_id)

    def caller(self, request: Request, profile: Profile) -> Caller:
        """Return who calls.

        Raises:
            InvalidAccessToken: the token is not to be believed.
        """
        return self.tokens.caller(request.header("authorization"), request.base_url, profile.cloud)

    def _allowed_answer(self, request: Request, profile: Profile, answer_item: Answering | None) -> Response:
        caller, tenant = self._authenticated(request, profile)
        version, path = request.segments[0].lower(), request.segments[1:]
        if version not in VERSIONS:
            raise errors.query_invalid(f"Invalid version: {request.segments[0]}")
        if path == BATCH and request.method == "POST":
            return batch_answer(request, version, answer_item or (lambda item: self.answer(item, profile)))
        found = self.router.find(request.method, version, path)
        if found is None:
            raise self._nothing_there(version, path)
        _check_permission(found.route.access, caller)
        _check_rate(found, tenant, profile)
        call = GraphCall(
            tenant=tenant,
            permissions=caller.permissions,
            user_id=caller.user_id,
            profile=profile,
            version=version,
            request=request,
            parameters=found.parameters,
            query=parse_query(request, found.route.largest_page),
        )
        with tenant.lock:
            return _audited_answer(call, found.route)

    def _authenticated(self, request: Request, profile: Profile) -> tuple[Caller, Tenant]:
        try:
            caller = self.caller(request, profile)
        except InvalidAccessToken as error:
            raise errors.invalid_token(str(error), request.base_url) from error
        tenant = self.tenants.find(caller.tenant_id)
        if tenant is None:
            raise errors.invalid_token("The tenant of the token does not exist.", request.base_url)
        return caller, tenant

    def _nothing_there(self, version: str, path: tuple[str, ...]) -> errors.GraphError:
        if self.router.exists(version, path):
            return errors.method_not_allowed()
        return errors.segment_not_found(self.router.unknown_segment(version, path))


def _check_permission(access: Access, caller: Caller) -> None:
    if access.allows(caller.permissions):
        return
    refusals = {
        "policy": errors.access_denied,
        "directory": errors.authorization_request_denied,
        "reports": errors.reports_permission_missing,
    }
    raise refusals[access.family]()


def _check_rate(found: Found, tenant: Tenant, profile: Profile) -> None:
    if found.route.rate == "conditional_access":
        if not tenant.limiter.accepts(profile.conditional_access_requests_per_second):
            raise errors.too_many_requests()
    elif found.route.rate == "reports":
        wait = tenant.reports_limiter.wait(profile.reports_requests_per_window, profile.reports_window_seconds)
        if wait > 0:
            raise errors.too_many_requests(wait if profile.reports_retry_after == "given" else None)


def _audited_answer(call: GraphCall, route: Route) -> Response:
    if route.audit is None:
        return route.operation(call)
    before = audited_state(call, route.audit)
    response = route.operation(call)
    record_audit(call, route.audit, before, response)
    return response


def _with_identifiers(response: Response, request: Request, request_id: str) -> Response:
    headers = {"request-id": request_id, "client-request-id": errors.client_request_id(request)}
    return replace(response, headers={**headers, **response.headers})
