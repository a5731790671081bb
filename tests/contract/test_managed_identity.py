# Copyright: (c) 2026, m365.entra contributors
# GNU General Public License v3.0+ (see COPYING or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later
"""Managed identities: the App Service endpoint and the instance metadata service."""

from __future__ import annotations

import httpx
import pytest
from azure.identity import ManagedIdentityCredential

from simulator.fixture import TestSimulator, running_simulator

from .graph_client import GraphClient, http_client


def test_azure_identity_in_an_app_service(
    client: GraphClient, simulator: TestSimulator, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("IDENTITY_ENDPOINT", f"{simulator.url}/{client.tenant_id}/msi/token")
    monkeypatch.setenv("IDENTITY_HEADER", "anything")
    credential = ManagedIdentityCredential(connection_verify=str(simulator.ca_path))
    token = credential.get_token(f"{simulator.url}/.default").token
    assert client.get("/organization", headers={"Authorization": f"Bearer {token}"}).status_code == 200


def test_the_identity_header_is_needed(client: GraphClient, simulator: TestSimulator) -> None:
    query = {"resource": simulator.url, "api-version": "2019-08-01"}
    assert client.http.get(f"/{client.tenant_id}/msi/token", params=query).status_code == 401


def test_azure_identity_in_a_virtual_machine(monkeypatch: pytest.MonkeyPatch) -> None:
    with running_simulator(imds_port=0, imds_tenant="contoso-p1") as simulator:
        assert simulator.imds_url is not None
        assert simulator.connection()["imds_url"] == simulator.imds_url
        monkeypatch.setenv("AZURE_POD_IDENTITY_AUTHORITY_HOST", simulator.imds_url)
        token = ManagedIdentityCredential().get_token(f"{simulator.url}/.default").token
        with http_client(simulator) as http:
            answer = http.get("/v1.0/organization", headers={"Authorization": f"Bearer {token}"})
        assert answer.json()["value"][0]["displayName"] == "contoso-p1"
        assert simulator.requests(service="token")[-1]["path"] == "/metadata/identity/oauth2/token"


def test_the_metadata_header_is_needed() -> None:
    with running_simulator(imds_port=0) as simulator:
        url = f"{simulator.imds_url}/metadata/identity/oauth2/token"
        refused = httpx.get(url, params={"resource": simulator.url})
        assert refused.status_code == 400
        accepted = httpx.get(url, params={"resource": simulator.url}, headers={"Metadata": "true"})
        assert accepted.status_code == 200
        assert set(accepted.json()) >= {"access_token", "expires_on", "resource", "token_type", "client_id"}
