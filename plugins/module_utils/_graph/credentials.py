# Copyright: (c) 2026, m365.entra contributors
# GNU General Public License v3.0+ (see COPYING or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later

"""One azure-identity credential for each auth_method. No chain: what the user chose is what is used."""

from __future__ import annotations

import time
import typing as t
from pathlib import Path

from .connection import Connection
from .errors import AuthenticationFailed, OptionError
from .held_token import HeldToken
from .run_tokens import RunTokens
from .sharing_credential import SHARED_METHODS, SharingCredential
from .token_errors import authentication_error

if t.TYPE_CHECKING:
    from azure.core.credentials import AccessToken, TokenCredential

# Together these keep the worst case (an address that swallows packets) below ten seconds.
_CONNECT_SECONDS = 2.5
_READ_SECONDS = 6
_CLI_SECONDS = 8
_TRANSPORT: dict[str, t.Any] = {
    "connection_timeout": _CONNECT_SECONDS,
    "read_timeout": _READ_SECONDS,
    "retry_connect": 1,
    "retry_read": 0,
    "retry_total": 3,
}
_GIVEN_TOKEN_LIFETIME_SECONDS = 300


class GivenToken:
    """A credential that hands out the access token the user gave."""

    def __init__(self, token: str) -> None:
        self._token = token

    def get_token(self, *scopes: str, **options: t.Any) -> AccessToken:
        """The given token, with a short assumed lifetime since only the service knows the true one."""
        from azure.core.credentials import AccessToken

        return AccessToken(self._token, int(time.time()) + _GIVEN_TOKEN_LIFETIME_SECONDS)


class RememberingCredential:
    """Wraps a credential so that its failures are errors for people, and can hold on to a token for a while."""

    def __init__(self, credential: TokenCredential | GivenToken, connection: Connection) -> None:
        self._credential = credential
        self._connection = connection
        self._held: HeldToken | None = None

    def get_token(self, *scopes: str, **options: t.Any) -> AccessToken:
        """A token for *scopes*, the one that was handed out last while it is fresh: even to look it up has its price.

        Raises AuthenticationFailed or ConnectionFailed.
        """
        # A challenge of the service (claims) asks for another token than the one at hand.
        if self._held is None or not self._held.serves(scopes) or options.get("claims"):
            self.hold(*scopes, **options)
        return t.cast(HeldToken, self._held).token

    def hold(self, *scopes: str, **options: t.Any) -> None:
        """Get a token now and hand it out for a while: nothing is asked for between requests that belong together.

        The same failures as of get_token are raised here, where nothing has been begun.
        """
        self._held = HeldToken(scopes, self._token(*scopes, **options))

    def _token(self, *scopes: str, **options: t.Any) -> AccessToken:
        from azure.core.exceptions import AzureError

        try:
            return self._credential.get_token(*scopes, **options)
        # Besides its own errors azure-identity lets ValueError through, for malformed answers and assertions, and
        # OSError when a file of ours cannot be read any more.
        except (AzureError, ValueError, OSError) as error:
            raise authentication_error(str(error), self._connection) from None


def _authority(connection: Connection) -> dict[str, t.Any]:
    microsoft = connection.cloud.authority_url.split("//")[-1].startswith("login.")
    return {
        "authority": connection.cloud.authority_url,
        # Instance discovery asks Microsoft's public cloud whether an authority is genuine; a private one is not known.
        "disable_instance_discovery": not microsoft,
        **_trust(connection),
        **_TRANSPORT,
    }


def _trust(connection: Connection) -> dict[str, t.Any]:
    return {"connection_verify": connection.ca_path} if connection.ca_path else {}


def _federated_token(connection: Connection) -> t.Callable[[], str]:
    if connection.federated_token:
        token = connection.federated_token
        return lambda: token
    path = Path(connection.federated_token_path or "")
    # Read on every use: pipelines renew the file while a run goes on.
    return lambda: path.read_text(encoding="utf-8").strip()


def _client_secret(connection: Connection) -> TokenCredential:
    from azure.identity import ClientSecretCredential

    return ClientSecretCredential(
        connection.tenant_id, connection.client_id or "", connection.client_secret or "", **_authority(connection)
    )


def _certificate(connection: Connection) -> TokenCredential:
    from azure.identity import CertificateCredential

    try:
        return CertificateCredential(
            connection.tenant_id,
            connection.client_id or "",
            certificate_path=connection.certificate_path,
            password=connection.certificate_password,
            **_authority(connection),
        )
    except (ValueError, TypeError, OSError):
        raise OptionError(
            f"certificate_path: {connection.certificate_path!r} does not hold a usable certificate and private key.",
            remedy="Give a PEM or PKCS12 file with an RSA key and its certificate, and its certificate_password.",
        ) from None


def _federated(connection: Connection) -> TokenCredential:
    from azure.identity import ClientAssertionCredential

    return ClientAssertionCredential(
        connection.tenant_id, connection.client_id or "", _federated_token(connection), **_authority(connection)
    )


def _managed_identity(connection: Connection) -> TokenCredential:
    from azure.identity import ManagedIdentityCredential

    return ManagedIdentityCredential(client_id=connection.client_id, **_trust(connection), **_TRANSPORT)


def _azure_cli(connection: Connection) -> TokenCredential:
    from azure.identity import AzureCliCredential

    return AzureCliCredential(tenant_id=connection.tenant_id, process_timeout=_CLI_SECONDS)


def _access_token(connection: Connection) -> GivenToken:
    return GivenToken(connection.access_token or "")


_CREDENTIALS: dict[str, t.Callable[[Connection], TokenCredential | GivenToken]] = {
    "client_secret": _client_secret,
    "certificate": _certificate,
    "federated_token": _federated,
    "managed_identity": _managed_identity,
    "azure_cli": _azure_cli,
    "access_token": _access_token,
}


def credential_for(connection: Connection, tokens: RunTokens | None = None) -> RememberingCredential:
    """The credential for *connection*, which shares *tokens*. Raises OptionError when its files are not usable."""
    try:
        credential = _CREDENTIALS[connection.auth_method](connection)
        if tokens is not None and connection.auth_method in SHARED_METHODS:
            credential = SharingCredential(t.cast("TokenCredential", credential), connection, tokens)
        return RememberingCredential(credential, connection)
    except ValueError:
        # azure-identity refuses malformed tenant ids and authorities with texts that may quote options.
        raise AuthenticationFailed(
            f"The options for auth_method {connection.auth_method} are not usable.",
            remedy="Check tenant_id, client_id and authority_url.",
        ) from None
