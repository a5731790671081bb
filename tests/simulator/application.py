# Copyright: (c) 2026, m365.entra contributors
# GNU General Public License v3.0+ (see COPYING or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later
"""The application registration a tenant's clients sign in as."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any

from .json_types import JsonObject

APPLICATION_KEYS = frozenset(
    {
        "client_id",
        "client_secret",
        "secret_expired",
        "certificates",
        "federated_credentials",
        "refresh_tokens",
        "disabled",
    }
)


class InvalidApplication(ValueError):
    """The ``application`` of a new tenant is not understood."""


@dataclass(frozen=True)
class FederatedCredential:
    """Whose tokens are accepted instead of a secret. The signature is checked where ``public_key`` (PEM) is given."""

    issuer: str
    subject: str
    audience: str
    public_key: str | None = None


@dataclass(frozen=True)
class RefreshToken:
    """A token of a person (or partner) that was obtained elsewhere, and the delegated permissions it stands for.

    ``client_id`` is the public client that obtained it, which has no secret; None means the tenant's application.
    """

    token: str
    user_id: str
    scopes: tuple[str, ...] = ()
    expired: bool = False
    client_id: str | None = None


@dataclass(frozen=True)
class Application:
    """Credentials of one application. None for certificates or federated credentials means the simulator's own."""

    client_id: str
    client_secret: str
    secret_expired: bool = False
    certificates: tuple[str, ...] | None = None
    federated_credentials: tuple[FederatedCredential, ...] | None = None
    refresh_tokens: tuple[RefreshToken, ...] = ()
    disabled: bool = False

    def is_public_client(self, client_id: str) -> bool:
        """Say whether a client has no secret: one that a refresh token names."""
        return any(token.client_id == client_id.lower() for token in self.refresh_tokens)

    def as_json_without_secrets(self) -> JsonObject:
        """Return what a dump says of the application: nothing that lets one sign in."""
        result: JsonObject = {"client_id": self.client_id}
        if self.secret_expired:
            result["secret_expired"] = True
        if self.disabled:
            result["disabled"] = True
        if self.certificates is not None:
            result["certificates"] = list(self.certificates)
        if self.federated_credentials is not None:
            result["federated_credentials"] = [
                {name: value for name, value in vars(credential).items() if value is not None}
                for credential in self.federated_credentials
            ]
        return result


def parse_application(document: Any, default_client_id: str, default_secret: str) -> Application:
    """Return the application of a tenant document, with defaults for what it leaves out.

    Raises:
        InvalidApplication: naming the member that is unknown or wrong.
    """
    if not isinstance(document, dict):
        raise InvalidApplication("'application' must be an object")
    unknown = sorted(set(document) - APPLICATION_KEYS)
    if unknown:
        raise InvalidApplication(f"'application' has unknown members: {', '.join(unknown)}")
    certificates = document.get("certificates")
    credentials = document.get("federated_credentials")
    try:
        return Application(
            client_id=str(document.get("client_id", default_client_id)).lower(),
            client_secret=str(document.get("client_secret", default_secret)),
            secret_expired=bool(document.get("secret_expired", False)),
            certificates=None if certificates is None else tuple(str(pem) for pem in certificates),
            federated_credentials=(
                None if credentials is None else tuple(FederatedCredential(**credential) for credential in credentials)
            ),
            refresh_tokens=tuple(_refresh_token(token) for token in document.get("refresh_tokens", ())),
            disabled=bool(document.get("disabled", False)),
        )
    except (TypeError, KeyError) as error:
        raise InvalidApplication(f"'application' is not understood: {error}") from error


def _refresh_token(document: JsonObject) -> RefreshToken:
    return RefreshToken(
        token=document["token"],
        user_id=document["user_id"],
        scopes=tuple(document.get("scopes", ())),
        expired=bool(document.get("expired", False)),
        client_id=str(document["client_id"]).lower() if "client_id" in document else None,
    )
