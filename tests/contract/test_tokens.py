# Copyright: (c) 2026, m365.entra contributors
# GNU General Public License v3.0+ (see COPYING or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later
"""The token endpoint: who gets a token, and what the others are told (facts section 0.3)."""

from __future__ import annotations

import time
from pathlib import Path

import pytest
from azure.identity import CertificateCredential, ClientAssertionCredential, ClientSecretCredential

from simulator.fixture import TestSimulator
from simulator.json_types import JsonObject
from simulator.token_service.access_tokens import GRAPH_APPLICATION_ID
from simulator.token_service.client_authentication import ASSERTION_TYPE
from simulator.token_service.jwt import parse_token, signed_token
from simulator.trust import new_client_certificate

from .assertions import signed_by_certificate
from .conftest import MakeClient
from .graph_client import GraphClient


def token_error(client: GraphClient, **changes: str | None) -> tuple[int, str, int]:
    """Return status, error and AADSTS number of a refused token request, after checking the shape of the refusal."""
    answer = client.request_token(**changes)
    body = answer.json()
    assert set(body) == {
        "error",
        "error_description",
        "error_codes",
        "timestamp",
        "trace_id",
        "correlation_id",
        "error_uri",
    }
    number = body["error_codes"][0]
    assert body["error_description"].startswith(f"AADSTS{number}: ")
    return answer.status_code, body["error"], number


def credential_options(simulator: TestSimulator) -> JsonObject:
    return {
        "authority": simulator.url,
        "disable_instance_discovery": True,
        "connection_verify": str(simulator.ca_path),
    }


def test_a_token_says_who_may_do_what(client: GraphClient, simulator: TestSimulator) -> None:
    answer = client.request_token()
    assert answer.status_code == 200
    body = answer.json()
    assert body["token_type"] == "Bearer"
    assert body["expires_in"] == body["ext_expires_in"] == 3599
    claims = parse_token(body["access_token"]).claims
    assert claims["tid"] == client.tenant_id
    assert claims["appid"] == client.entry["client_id"]
    assert claims["aud"] == simulator.url
    assert claims["idtyp"] == "app"
    assert "Policy.ReadWrite.ConditionalAccess" in claims["roles"]
    assert claims["exp"] - claims["iat"] == 3599
    principals = {item["appId"]: item["id"] for item in simulator.state(client.tenant_id)["/servicePrincipals"]}
    assert claims["oid"] == principals[client.entry["client_id"]]


@pytest.mark.parametrize("resource", ["https://graph.microsoft.com", GRAPH_APPLICATION_ID])
def test_graph_may_be_named_otherwise(client: GraphClient, resource: str) -> None:
    token = client.request_token(scope=f"{resource}/.default").json()["access_token"]
    assert client.get("/organization", headers={"Authorization": f"Bearer {token}"}).status_code == 200


def test_a_tenant_may_be_named_by_its_domain(client: GraphClient, simulator: TestSimulator) -> None:
    domain = simulator.state(client.tenant_id)["/organization"][0]["verifiedDomains"][0]["name"]
    client.tenant_id = domain.upper()
    assert client.request_token().status_code == 200


@pytest.mark.parametrize(
    ("changes", "expected"),
    [
        ({"client_secret": "wrong"}, (401, "invalid_client", 7000215)),
        ({"client_secret": None}, (401, "invalid_client", 7000216)),
        ({"client_id": "11111111-1111-1111-1111-111111111111"}, (400, "unauthorized_client", 700016)),
        ({"client_id": None}, (400, "invalid_request", 900144)),
        ({"grant_type": None}, (400, "invalid_request", 900144)),
        ({"grant_type": "password"}, (400, "unsupported_grant_type", 70003)),
        ({"scope": None}, (400, "invalid_request", 900144)),
        ({"scope": "https://graph.microsoft.com/User.Read"}, (400, "invalid_scope", 1002012)),
        ({"scope": "https://nowhere.invalid/.default"}, (400, "invalid_resource", 500011)),
        ({"grant_type": "refresh_token"}, (400, "invalid_request", 900144)),
        ({"grant_type": "refresh_token", "refresh_token": "unknown"}, (400, "invalid_grant", 70000)),
        (
            {"client_assertion": "no token", "client_assertion_type": ASSERTION_TYPE},
            (400, "invalid_request", 50027),
        ),
    ],
)
def test_wrong_requests(client: GraphClient, changes: dict[str, str | None], expected: tuple[int, str, int]) -> None:
    assert token_error(client, **changes) == expected


@pytest.mark.parametrize(
    ("identifier", "expected"),
    [
        ("22222222-2222-2222-2222-222222222222", (400, "invalid_request", 90002)),
        ("unknown.example.org", (400, "invalid_request", 90002)),
        ("contoso", (400, "invalid_request", 900023)),
    ],
)
def test_unknown_tenants(client: GraphClient, identifier: str, expected: tuple[int, str, int]) -> None:
    client.tenant_id = identifier
    assert token_error(client) == expected


def test_the_secret_is_only_told_to_have_expired_where_it_is_right(make_client: MakeClient) -> None:
    client = make_client(application={"secret_expired": True})
    assert token_error(client) == (401, "invalid_client", 7000222)
    assert token_error(client, client_secret="wrong") == (401, "invalid_client", 7000215)


def test_a_disabled_application(make_client: MakeClient) -> None:
    client = make_client(application={"disabled": True})
    assert token_error(client) == (401, "unauthorized_client", 7000112)


def test_azure_identity_with_a_secret(client: GraphClient, simulator: TestSimulator) -> None:
    entry = client.entry
    credential = ClientSecretCredential(
        entry["tenant_id"], entry["client_id"], entry["client_secret"], **credential_options(simulator)
    )
    token = credential.get_token(f"{simulator.url}/.default").token
    assert client.get("/organization", headers={"Authorization": f"Bearer {token}"}).status_code == 200


@pytest.mark.parametrize("with_chain", [False, True])
def test_azure_identity_with_a_certificate(client: GraphClient, simulator: TestSimulator, with_chain: bool) -> None:
    credential = CertificateCredential(
        client.tenant_id,
        client.entry["client_id"],
        str(simulator.client_certificate_path),
        send_certificate_chain=with_chain,
        **credential_options(simulator),
    )
    assert credential.get_token(f"{simulator.url}/.default").token


def test_a_certificate_that_is_not_registered(client: GraphClient, simulator: TestSimulator, tmp_path: Path) -> None:
    path = tmp_path / "other.pem"
    path.write_bytes(new_client_certificate())
    credential = CertificateCredential(
        client.tenant_id, client.entry["client_id"], str(path), **credential_options(simulator)
    )
    with pytest.raises(Exception, match="AADSTS700027"):
        credential.get_token(f"{simulator.url}/.default")


def test_an_own_certificate(make_client: MakeClient, simulator: TestSimulator, tmp_path: Path) -> None:
    path = tmp_path / "own.pem"
    path.write_bytes(new_client_certificate())
    certificate = "-----BEGIN CERTIFICATE" + path.read_text().partition("-----BEGIN CERTIFICATE")[2]
    client = make_client(application={"certificates": [certificate]})

    def credential(certificate_path: Path) -> CertificateCredential:
        options = credential_options(simulator)
        return CertificateCredential(client.tenant_id, client.entry["client_id"], str(certificate_path), **options)

    assert credential(path).get_token(f"{simulator.url}/.default").token
    with pytest.raises(Exception, match="AADSTS700027"):
        credential(simulator.client_certificate_path).get_token(f"{simulator.url}/.default")


@pytest.mark.parametrize(
    ("changes", "number"),
    [
        ({"aud": "https://elsewhere.invalid/token"}, 700023),
        ({"exp": int(time.time()) - 4000}, 700024),
        ({"nbf": int(time.time()) + 4000}, 700024),
        ({"iss": "33333333-3333-3333-3333-333333333333"}, 700027),
    ],
)
def test_certificate_assertions_are_really_checked(
    client: GraphClient, simulator: TestSimulator, changes: JsonObject, number: int
) -> None:
    now = int(time.time())
    client_id = client.entry["client_id"]
    endpoint = f"{simulator.url}/{client.tenant_id}/oauth2/v2.0/token"
    claims = {"aud": endpoint, "iss": client_id, "sub": client_id, "nbf": now, "exp": now + 600, "jti": "1"}
    signed = signed_by_certificate(simulator.client_certificate_path, claims | changes)
    answer = token_error(client, client_secret=None, client_assertion=signed, client_assertion_type=ASSERTION_TYPE)
    assert answer == (401, "invalid_client", number)
    accepted = client.request_token(
        client_secret=None,
        client_assertion=signed_by_certificate(simulator.client_certificate_path, claims),
        client_assertion_type=ASSERTION_TYPE,
    )
    assert accepted.status_code == 200


def test_a_certificate_assertion_with_a_wrong_signature(client: GraphClient, simulator: TestSimulator) -> None:
    now = int(time.time())
    client_id = client.entry["client_id"]
    endpoint = f"{simulator.url}/{client.tenant_id}/oauth2/v2.0/token"
    claims = {"aud": endpoint, "iss": client_id, "sub": client_id, "nbf": now, "exp": now + 600}
    genuine = signed_by_certificate(simulator.client_certificate_path, claims)
    other = signed_by_certificate(simulator.client_certificate_path, claims | {"exp": now + 601})
    forged = ".".join([*other.split(".")[:2], genuine.split(".")[2]])
    answer = token_error(client, client_secret=None, client_assertion=forged, client_assertion_type=ASSERTION_TYPE)
    assert answer == (401, "invalid_client", 700027)


def test_azure_identity_with_a_federated_token(client: GraphClient, simulator: TestSimulator) -> None:
    credential = ClientAssertionCredential(
        client.tenant_id,
        client.entry["client_id"],
        simulator.federated_token_path.read_text,
        **credential_options(simulator),
    )
    assert credential.get_token(f"{simulator.url}/.default").token


@pytest.mark.parametrize(
    ("subject", "audience", "lifetime", "expected"),
    [
        ("repo:contoso/other:ref:refs/heads/main", "api://AzureADTokenExchange", 600, (400, "invalid_request", 70021)),
        (
            "repo:contoso/tenant-baseline:ref:refs/heads/main",
            "api://Other",
            600,
            (400, "invalid_request", 70021),
        ),
        (
            "repo:contoso/tenant-baseline:ref:refs/heads/main",
            "api://AzureADTokenExchange",
            -4000,
            (401, "invalid_client", 700024),
        ),
    ],
)
def test_federated_tokens_that_do_not_match(
    client: GraphClient,
    simulator: TestSimulator,
    subject: str,
    audience: str,
    lifetime: int,
    expected: tuple[int, str, int],
) -> None:
    assertion = simulator.simulator.federation.token(subject, audience, lifetime)
    answer = token_error(client, client_secret=None, client_assertion=assertion, client_assertion_type=ASSERTION_TYPE)
    assert answer == expected


def test_a_forged_federated_token(client: GraphClient, simulator: TestSimulator) -> None:
    claims = parse_token(simulator.simulator.federation.token()).claims
    assertion = signed_token(claims, b"another key")
    answer = token_error(client, client_secret=None, client_assertion=assertion, client_assertion_type=ASSERTION_TYPE)
    assert answer == (400, "invalid_request", 70021)


def test_an_own_federated_credential(make_client: MakeClient) -> None:
    credential = {"issuer": "https://ci.example.org", "subject": "main", "audience": "api://AzureADTokenExchange"}
    client = make_client(application={"federated_credentials": [credential]})
    now = int(time.time())
    claims = {"iss": credential["issuer"], "sub": "main", "aud": credential["audience"], "exp": now + 60, "nbf": now}
    answer = client.request_token(
        client_secret=None, client_assertion=signed_token(claims, b"any"), client_assertion_type=ASSERTION_TYPE
    )
    assert answer.status_code == 200


def test_refresh_tokens_give_delegated_tokens(make_client: MakeClient, simulator: TestSimulator) -> None:
    tokens = [
        {"token": "good", "user_id": "44444444-4444-4444-4444-444444444444", "scopes": ["Policy.Read.All"]},
        {"token": "old", "user_id": "44444444-4444-4444-4444-444444444444", "expired": True},
    ]
    client = make_client(application={"refresh_tokens": tokens})
    scope = "https://graph.microsoft.com/.default offline_access"
    answer = client.request_token(grant_type="refresh_token", refresh_token="good", scope=scope)
    assert answer.status_code == 200
    assert answer.json()["refresh_token"] != "good"
    simulator.set_profile(refresh_token_renewal="same")
    again = client.request_token(grant_type="refresh_token", refresh_token="good", scope=scope)
    assert again.json()["refresh_token"] == "good"
    claims = parse_token(answer.json()["access_token"]).claims
    assert (claims["scp"], claims["idtyp"], "roles" in claims) == ("Policy.Read.All", "user", False)
    expired = token_error(client, grant_type="refresh_token", refresh_token="old", scope=scope)
    assert expired == (400, "invalid_grant", 700082)


def test_discovery(client: GraphClient, simulator: TestSimulator) -> None:
    answer = client.http.get(f"/{client.tenant_id}/v2.0/.well-known/openid-configuration")
    assert answer.status_code == 200
    assert answer.json()["issuer"] == f"{simulator.url}/{client.tenant_id}/v2.0"
    assert answer.json()["token_endpoint"] == f"{simulator.url}/{client.tenant_id}/oauth2/v2.0/token"
    unknown = client.http.get("/22222222-2222-2222-2222-222222222222/v2.0/.well-known/openid-configuration")
    assert (unknown.status_code, unknown.json()["error"]) == (400, "invalid_tenant")
    endpoint = f"{simulator.url}/{client.tenant_id}/oauth2/v2.0/authorize"
    found = client.http.get("/common/discovery/instance", params={"authorization_endpoint": endpoint}).json()
    assert client.tenant_id in found["tenant_discovery_endpoint"]
    assert found["metadata"][0]["aliases"] == [simulator.url.removeprefix("https://")]


def test_azure_identity_passes_the_number_on(client: GraphClient, simulator: TestSimulator) -> None:
    credential = ClientSecretCredential(
        client.tenant_id,
        client.entry["client_id"],
        "wrong",
        **credential_options(simulator),
    )
    with pytest.raises(Exception, match="AADSTS7000215"):
        credential.get_token(f"{simulator.url}/.default")
