# Copyright: (c) 2026, m365.entra contributors
# GNU General Public License v3.0+ (see COPYING or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later
"""Access tokens: what they say, and whether one that comes back is to be believed."""

from __future__ import annotations

import secrets
import time
import uuid
from dataclasses import dataclass
from urllib.parse import urlsplit

from ..json_types import JsonObject
from ..tenant import USERS, Tenant
from .jwt import MalformedToken, has_shared_key_signature, parse_token, signed_token

GRAPH_APPLICATION_ID = "00000003-0000-0000-c000-000000000000"
# Which host a token for the DoD names is uncertain, so both are right there (facts section 15, number 11).
GRAPH_HOSTS = {
    "global": frozenset({"graph.microsoft.com"}),
    "us_government_l4": frozenset({"graph.microsoft.us"}),
    "us_government_l5": frozenset({"dod-graph.microsoft.us", "graph.microsoft.us"}),
    "china": frozenset({"microsoftgraph.chinacloudapi.cn"}),
}
PORTAL_RESOURCE = "74658136-14ec-4630-ad9b-26e160ff0fc6"
AZURE_AD_GRAPH = "https://graph.windows.net"
OTHER_RESOURCES = frozenset({"https://management.azure.com", PORTAL_RESOURCE, AZURE_AD_GRAPH})
LOOPBACK_NAMES = frozenset({"localhost", "127.0.0.1", "::1"})


class InvalidAccessToken(ValueError):
    """A token that Graph does not accept; the message is what Graph says."""


@dataclass(frozen=True)
class Caller:
    """Who calls: the tenant of the token and the permissions in it, application roles or delegated scopes.

    ``user_id`` is the person of a delegated token; None for an application.
    """

    tenant_id: str
    permissions: frozenset[str]
    user_id: str | None = None


@dataclass(frozen=True)
class Person:
    """Who signed in, through which client, and which delegated permissions that gives."""

    user_id: str
    client_id: str
    scopes: tuple[str, ...]


class AccessTokens:
    """Issues and checks the tokens of one simulator."""

    def __init__(self) -> None:
        self._key = secrets.token_bytes(32)

    def for_application(self, tenant: Tenant, audience: str, issuer_url: str, lifetime: int) -> str:
        """Return an app-only token: the permissions are in ``roles``."""
        claims = self._claims(tenant, audience, issuer_url, lifetime)
        claims |= {"idtyp": "app", "oid": tenant.service_principal_id, "sub": tenant.service_principal_id}
        return signed_token(claims | {"roles": list(tenant.permissions)}, self._key)

    def for_user(self, tenant: Tenant, audience: str, issuer_url: str, lifetime: int, person: Person) -> str:
        """Return a delegated token: the permissions are in ``scp``."""
        claims = self._claims(tenant, audience, issuer_url, lifetime)
        claims |= {"idtyp": "user", "oid": person.user_id, "sub": person.user_id}
        claims |= {"appid": person.client_id, "scp": " ".join(person.scopes), **_name_claim(tenant, person.user_id)}
        return signed_token(claims, self._key)

    def _claims(self, tenant: Tenant, audience: str, issuer_url: str, lifetime: int) -> JsonObject:
        now = int(time.time())
        return {
            "aud": audience,
            "iss": f"{issuer_url}/{tenant.tenant_id}/",
            "iat": now,
            "nbf": now,
            "exp": now + lifetime,
            "appid": tenant.application.client_id,
            "tid": tenant.tenant_id,
            "uti": uuid.uuid4().hex[:22],
            "ver": "1.0",
        }

    def caller(self, authorization: str, base_url: str, cloud: str) -> Caller:
        """Return who an Authorization header to Graph stands for.

        Raises:
            InvalidAccessToken: the header is empty or its token is malformed, forged, expired or for another resource.
        """
        claims = self.claims(authorization)
        if not is_graph_resource(claims["aud"], base_url, cloud):
            raise InvalidAccessToken("Access token validation failure. Invalid audience.")
        scopes = str(claims.get("scp", "")).split()
        return Caller(
            tenant_id=claims["tid"],
            permissions=frozenset(claims.get("roles", ())) | frozenset(scopes),
            user_id=str(claims["oid"]) if claims.get("idtyp") == "user" else None,
        )

    def claims(self, authorization: str) -> JsonObject:
        """Return what the token in an Authorization header says, for whatever resource it is.

        Raises:
            InvalidAccessToken: the header is empty or its token is malformed, forged or expired.
        """
        scheme, _space, text = authorization.partition(" ")
        if scheme.lower() != "bearer" or not text.strip():
            raise InvalidAccessToken("Access token is empty.")
        try:
            token = parse_token(text.strip())
        except MalformedToken as error:
            raise InvalidAccessToken("CompactToken parsing failed with error code: 80049217") from error
        if not has_shared_key_signature(token, self._key):
            raise InvalidAccessToken("Access token validation failure. Invalid signature.")
        if token.claims["exp"] <= time.time():
            raise InvalidAccessToken("Lifetime validation failed, the token is expired.")
        return token.claims


def _name_claim(tenant: Tenant, user_id: str) -> JsonObject:
    """Return the name of a person who is in the directory; a partner is not."""
    names = (user.get("userPrincipalName") for user in tenant[USERS].latest() if user["id"] == user_id)
    return {"upn": name} if (name := next(names, None)) else {}


def is_graph_resource(resource: str, base_url: str, cloud: str) -> bool:
    """Say whether a resource means Graph: its cloud's host, its application id, or the simulator itself."""
    if resource == GRAPH_APPLICATION_ID:
        return True
    wanted, here = urlsplit(resource.rstrip("/")), urlsplit(base_url)
    try:
        port = wanted.port
    except ValueError:  # no port has that number
        return False
    if wanted.hostname in LOOPBACK_NAMES:
        return port == here.port
    return wanted.scheme == "https" and wanted.hostname in GRAPH_HOSTS[cloud]
