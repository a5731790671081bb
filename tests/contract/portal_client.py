# Copyright: (c) 2026, m365.entra contributors
# GNU General Public License v3.0+ (see COPYING or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later
"""Calls the portal as a signed-in person."""

from __future__ import annotations

import uuid
from typing import Any

import httpx

from simulator.json_types import JsonObject

from .conftest import MakeClient
from .graph_client import GraphClient

PORTAL_RESOURCE = "74658136-14ec-4630-ad9b-26e160ff0fc6"
POWERSHELL = "1950a258-227b-4e31-a9cf-717495945fc2"
PERSON = "44444444-4444-4444-4444-444444444444"
PASSWORD_RESET = "/portal/api/PasswordReset/PasswordResetPolicies"
WRITEBACK = "/portal/api/PasswordReset/OnPremisesPasswordResetPolicies"


class PortalClient:
    """The portal with a token that came from a refresh token of a public client, without a secret."""

    def __init__(self, graph: GraphClient) -> None:
        self.graph = graph
        self._tokens: dict[str, str] = {}

    def token(self, resource: str = PORTAL_RESOURCE) -> str:
        """Return an access token of the person for a resource."""
        if resource not in self._tokens:
            answer = self.graph.request_token(
                grant_type="refresh_token",
                refresh_token="of-kim",
                client_id=POWERSHELL,
                client_secret=None,
                scope=f"{resource}/.default offline_access",
            )
            assert answer.status_code == 200, answer.text
            self._tokens[resource] = str(answer.json()["access_token"])
        return self._tokens[resource]

    def call(
        self, method: str, path: str, body: Any = None, headers: dict[str, str] | None = None, **options: Any
    ) -> httpx.Response:
        usual = {"Authorization": f"Bearer {self.token()}", "x-ms-client-request-id": str(uuid.uuid4())}
        return self.graph.http.request(method, path, json=body, headers=usual | (headers or {}), **options)

    def settings(self, path: str = PASSWORD_RESET) -> JsonObject:
        """Return a settings object that must be there."""
        answer = self.call("GET", path)
        assert answer.status_code == 200, answer.text
        return dict(answer.json())

    def put(self, settings: JsonObject, path: str = PASSWORD_RESET, **options: Any) -> httpx.Response:
        return self.call("PUT", path, settings, **options)


def portal_client(make_client: MakeClient, tier: str = "p2", **more: Any) -> PortalClient:
    """Make a tenant with a person who signed in with PowerShell, and return their portal."""
    refresh = {"token": "of-kim", "user_id": PERSON, "scopes": ["user_impersonation"], "client_id": POWERSHELL}
    return PortalClient(make_client(tier, application={"refresh_tokens": [refresh]}, **more))
