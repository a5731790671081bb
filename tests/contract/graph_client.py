# Copyright: (c) 2026, m365.entra contributors
# GNU General Public License v3.0+ (see COPYING or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later
"""A plain HTTP client for the simulator, as bare as a client can be."""

from __future__ import annotations

import ssl
from typing import Any

import httpx

from simulator.fixture import TestSimulator
from simulator.json_types import JsonObject

POLICIES = "/identity/conditionalAccess/policies"
DELETED_POLICIES = "/identity/conditionalAccess/deletedItems/policies"
NAMED_LOCATIONS = "/identity/conditionalAccess/namedLocations"
STRENGTHS = "/policies/authenticationStrengthPolicies"
STRENGTHS_BY_OTHER_NAME = "/identity/conditionalAccess/authenticationStrength/policies"
CONTEXTS = "/identity/conditionalAccess/authenticationContextClassReferences"
SECURITY_DEFAULTS = "/policies/identitySecurityDefaultsEnforcementPolicy"
METHODS_POLICY = "/policies/authenticationMethodsPolicy"
METHOD_CONFIGURATIONS = f"{METHODS_POLICY}/authenticationMethodConfigurations"
AUTHORIZATION_POLICY = "/policies/authorizationPolicy"


def http_client(simulator: TestSimulator) -> httpx.Client:
    """Return a client that trusts the simulator."""
    trusted = ssl.create_default_context(cafile=str(simulator.ca_path))
    return httpx.Client(base_url=simulator.url, verify=trusted, timeout=10)


class GraphClient:
    """Calls Graph as the application of one tenant. Tokens come from the token endpoint, like anyone's."""

    def __init__(self, simulator: TestSimulator, entry: JsonObject) -> None:
        self.simulator = simulator
        self.entry = entry
        self.tenant_id = str(entry["tenant_id"])
        self.http = http_client(simulator)
        self._token: str | None = None

    @property
    def token(self) -> str:
        if self._token is None:
            answer = self.request_token()
            assert answer.status_code == 200, answer.text
            self._token = str(answer.json()["access_token"])
        return self._token

    def request_token(self, **changes: str | None) -> httpx.Response:
        """Ask for a token with the tenant's secret; ``changes`` replace form fields, None leaves one out."""
        form: dict[str, str | None] = {
            "grant_type": "client_credentials",
            "client_id": self.entry["client_id"],
            "client_secret": self.entry["client_secret"],
            "scope": f"{self.simulator.url}/.default",
        }
        sent = {name: value for name, value in (form | changes).items() if value is not None}
        return self.http.post(f"/{self.tenant_id}/oauth2/v2.0/token", data=sent)

    def call(self, method: str, path: str, version: str = "v1.0", **options: Any) -> httpx.Response:
        headers = {"Authorization": f"Bearer {self.token}"} | options.pop("headers", {})
        return self.http.request(method, f"/{version}{path}", headers=headers, **options)

    def get(self, path: str, **options: Any) -> httpx.Response:
        return self.call("GET", path, **options)

    def post(self, path: str, body: Any = None, **options: Any) -> httpx.Response:
        return self.call("POST", path, json=body, **options)

    def patch(self, path: str, body: Any, **options: Any) -> httpx.Response:
        return self.call("PATCH", path, json=body, **options)

    def delete(self, path: str, **options: Any) -> httpx.Response:
        return self.call("DELETE", path, **options)

    def created_policy(self, policy: JsonObject) -> JsonObject:
        """Create a policy that must be accepted, and return it."""
        answer = self.post(POLICIES, policy)
        assert answer.status_code == 201, answer.text
        return dict(answer.json())

    def created(self, path: str, body: JsonObject, **options: Any) -> JsonObject:
        """Create an object that must be accepted, and return it."""
        answer = self.post(path, body, **options)
        assert answer.status_code == 201, answer.text
        return dict(answer.json())

    def policy(self, identifier: str, **options: Any) -> JsonObject:
        """Return a policy that must be there."""
        answer = self.get(f"{POLICIES}/{identifier}", **options)
        assert answer.status_code == 200, answer.text
        return dict(answer.json())


def error_of(answer: httpx.Response) -> tuple[int, str, str]:
    """Return status, code and message of a refusal."""
    error = answer.json()["error"]
    return answer.status_code, error["code"], error["message"]
