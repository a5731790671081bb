# Copyright: (c) 2026, m365.entra contributors
# GNU General Public License v3.0+ (see COPYING or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later
"""The simulator: all tenants and services, without the network."""

from __future__ import annotations

import time
import uuid
from collections.abc import Callable
from pathlib import Path

from .control import control_answer
from .demo import demo_documents
from .faults import FaultAction, FaultKind, Faults
from .graph.all_routes import all_routes
from .graph.errors import client_request_id, error_body
from .graph.service import GraphService
from .journal import Journal, Service
from .json_types import JsonObject, JsonValue
from .messages import ConnectionDropped, Request, Response
from .portal.service import PortalService, is_portal_request
from .profile import Profile
from .seed import tenant_from
from .tenants import Tenants
from .token_service.access_tokens import AccessTokens, InvalidAccessToken
from .token_service.discovery import instance_discovery, openid_configuration
from .token_service.endpoint import TokenService
from .token_service.federation import FederationIssuer
from .token_service.managed_identity import app_service_token, metadata_service_token
from .trust import Trust

CONTROL = "_simulator"
GRAPH_VERSIONS = ("v1.0", "beta")

FAULT_CODES = {
    429: ("TooManyRequests", "Too many requests."),
    500: ("Internal Server Error", "There was an internal server error while processing the request."),
    502: ("BadGateway", "The server received an invalid response from an upstream server."),
    503: ("Service_ServiceUnavailable", "Service is temporarily unavailable. Please wait and retry again."),
    504: ("UnknownError", "The gateway did not receive a response in time."),
}


class Simulator:
    """Answers requests. ``on_tenants_changed`` is called when a tenant was made or deleted."""

    def __init__(self, directory: Path, profile: Profile) -> None:
        self.profile = profile
        self.trust = Trust(directory)
        self.federation = FederationIssuer()
        self.tenants = Tenants()
        self.faults = Faults()
        self.journal = Journal()
        self.on_tenants_changed: Callable[[], None] = lambda: None
        self.last_request = time.monotonic()
        tokens = AccessTokens()
        self._token_service = TokenService(self.tenants, tokens, self.trust, self.federation)
        self._graph = GraphService(self.tenants, tokens, all_routes())
        self._portal = PortalService(self.tenants, tokens)

    def create_tenant(self, document: JsonValue) -> JsonObject:
        """Make a tenant and return its entry of connection.json.

        Raises:
            InvalidSeed, DuplicateTenant: the document is wrong, or there is such a tenant.
        """
        tenant = tenant_from(document)
        self.tenants.add(tenant)
        self.on_tenants_changed()
        return tenant.connection_entry()

    def delete_tenant(self, identifier: str) -> bool:
        """Delete a tenant by id and say whether there was one."""
        deleted = self.tenants.remove(identifier)
        if deleted:
            self.on_tenants_changed()
        return deleted

    def decide_sign_in(self, user_code: str, user_id: str | None) -> bool:
        """Finish a person's sign-in, or deny it (None), and say whether there was one of that code.

        Raises:
            DecisionError: it is over.
        """
        return any(tenant.sign_ins.decide(user_code, user_id) for tenant in self.tenants.all())

    def create_demo_tenants(self) -> None:
        for document in demo_documents():
            self.create_tenant(document)

    def answer(self, request: Request) -> Response:
        """Answer a request.

        Raises:
            ConnectionDropped: a fault rule wants the connection to be reset.
        """
        self.last_request = time.monotonic()
        if request.segments[:1] == (CONTROL,):
            return control_answer(request, self)
        service = _service_of(request, self.profile)
        answers = {"graph": self._graph_answer, "portal": self._portal_answer, "token": self._token_answer}
        return self._with_faults(request, service, self._tenant_of(request, service), answers[service])

    def metadata_answer(self, request: Request, tenant_name: str | None) -> Response:
        """Answer a request to the instance metadata service, for the tenant of that name or the first one."""
        self.last_request = time.monotonic()
        named = [tenant for tenant in self.tenants.all() if tenant_name in (None, tenant.name, tenant.tenant_id)]
        if request.segments != ("metadata", "identity", "oauth2", "token") or request.method != "GET" or not named:
            return Response(404, {"error": "not_found", "error_description": f"there is no {request.path}"})
        tenant = named[0]

        def answer(asked: Request) -> Response:
            return metadata_service_token(asked, self._token_service, tenant, self.profile)

        return self._with_faults(request, "token", tenant.tenant_id, answer)

    def _with_faults(
        self, request: Request, service: Service, tenant: str | None, answer: Callable[[Request], Response]
    ) -> Response:
        """Answer a request as the fault rules allow, and write it into the journal."""
        try:
            response, kind = self._faulty(request, service, tenant, answer)
        except ConnectionDropped:
            self.journal.record(request, service, tenant, None, "reset")
            raise
        self.journal.record(request, service, tenant, response.status, kind)
        return response

    def _faulty(
        self, request: Request, service: Service, tenant: str | None, answer: Callable[[Request], Response]
    ) -> tuple[Response, FaultKind | None]:
        """Answer a request, or one of a batch, as the fault rules allow; and say which kind of rule acted."""
        action = self.faults.action_for(request, tenant)
        if action is None:
            return answer(request), None
        if action.kind == "reset":
            raise ConnectionDropped
        if action.kind == "delay":
            time.sleep(action.seconds)
        response = None if action.kind == "status" else answer(request)
        if response is None or action.kind == "commit_then_fail":
            response = _fault_response(action, request, service)
        return response, action.kind

    def _graph_answer(self, request: Request) -> Response:
        tenant = self._tenant_of(request, "graph")

        def answer_item(item: Request) -> Response:
            return self._faulty(item, "graph", tenant, lambda one: self._graph.answer(one, self.profile))[0]

        return self._graph.answer(request, self.profile, answer_item)

    def _portal_answer(self, request: Request) -> Response:
        return self._portal.answer(request, self.profile)

    def _token_answer(self, request: Request) -> Response:
        match request.method, request.segments:
            case "POST", (_, "oauth2", "v2.0", "token"):
                return self._token_service.answer(request, self.profile)
            case "POST", (_, "oauth2", "v2.0", "devicecode"):
                return self._token_service.device_code_answer(request, self.profile)
            case "GET", (_, "v2.0", ".well-known", "openid-configuration"):
                return openid_configuration(request, self._token_service)
            case "GET", ("common", "discovery", "instance"):
                return instance_discovery(request)
            case "GET", (_, "msi", "token"):
                return app_service_token(request, self._token_service, self.profile)
        return Response(404, {"error": "not_found", "error_description": f"there is no {request.path}"})

    def _tenant_of(self, request: Request, service: Service) -> str | None:
        """Return the id of the tenant a request is about, if it can be told."""
        if service == "graph":
            try:
                return self._graph.caller(request, self.profile).tenant_id
            except InvalidAccessToken:
                return None
        if service == "portal":
            return self._portal.tenant_id(request)
        tenant = self.tenants.find(request.segments[0]) if request.segments else None
        return tenant.tenant_id if tenant else None


def _service_of(request: Request, profile: Profile) -> Service:
    first = request.segments[0].lower() if request.segments else ""
    if first in GRAPH_VERSIONS:
        return "graph"
    return "portal" if is_portal_request(request, profile) else "token"


def _fault_response(action: FaultAction, request: Request, service: Service) -> Response:
    """Return the answer of a fault: the body the rule gives, or the usual one of its status."""
    headers = {} if action.retry_after is None else {"Retry-After": f"{action.retry_after:g}"}
    code, message = FAULT_CODES.get(action.status, ("UnknownError", "The request failed."))
    if action.body is not None:
        return Response(action.status, action.body, headers)
    if service == "token":
        description = "AADSTS90033: A transient error has occurred. Please try again."
        return Response(action.status, {"error": "temporarily_unavailable", "error_description": description}, headers)
    return Response(action.status, error_body(code, message, str(uuid.uuid4()), client_request_id(request)), headers)
