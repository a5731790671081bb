# Copyright: (c) 2026, m365.entra contributors
# GNU General Public License v3.0+ (see COPYING or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later

"""The credential of a signed-in person, from whichever of the options in portal holds it."""

from __future__ import annotations

import time
import typing as t

from .connection import Connection
from .credentials import GivenToken
from .delegated_client import DelegatedClient, SignInPlace
from .delegated_files import read_private, write_private
from .portal_connection import PortalConnection

if t.TYPE_CHECKING:
    from azure.core.credentials import AccessToken

PATH_OPTION = "portal.refresh_token_path"

# An access token this close to its end is not used any more.
_SPARE_SECONDS = 300


class RefreshToken(t.Protocol):
    """Where a refresh token comes from, and what becomes of the one that replaces it."""

    def read(self) -> str:
        """The refresh token."""

    def renew(self, token: str) -> None:
        """Keep *token* in its place."""


class GivenRefreshToken:
    """One from a secret store. A new one is only kept for this run: nobody said where to put it."""

    def __init__(self, token: str) -> None:
        self._token = token

    def read(self) -> str:
        """The refresh token."""
        return self._token

    def renew(self, token: str) -> None:
        """Keep *token* in its place."""
        self._token = token


class RefreshTokenFile:
    """One in a file, which the new one replaces. Also in check mode: the old one may be worth nothing any more."""

    def __init__(self, path: str) -> None:
        self._path = path

    def read(self) -> str:
        """The refresh token."""
        return read_private(self._path, PATH_OPTION)

    def renew(self, token: str) -> None:
        """Keep *token* in its place."""
        write_private(self._path, token, PATH_OPTION)


class RedeemingCredential:
    """Redeems a refresh token for an access token, once for each scope."""

    def __init__(self, client: DelegatedClient, refresh_token: RefreshToken) -> None:
        self._client = client
        self._refresh_token = refresh_token
        self._known: dict[str, AccessToken] = {}

    def get_token(self, *scopes: str, **options: t.Any) -> AccessToken:
        """A token for the one scope in *scopes*. Raises AuthenticationFailed, ConnectionFailed or OptionError."""
        from azure.core.credentials import AccessToken

        (scope,) = scopes
        known = self._known.get(scope)
        if known is not None and known.expires_on - _SPARE_SECONDS > time.time():
            return known
        used = self._refresh_token.read()
        tokens = self._client.redeem(used, scope)
        if tokens.refresh_token and tokens.refresh_token != used:
            self._refresh_token.renew(tokens.refresh_token)
        self._known[scope] = AccessToken(tokens.access_token, int(time.time()) + tokens.expires_in)
        return self._known[scope]


DelegatedCredential: t.TypeAlias = "GivenToken | RedeemingCredential"


def delegated_credential_for(connection: Connection, options: PortalConnection) -> DelegatedCredential:
    """The credential in *options*. Raises OptionError when its file is not there or not private."""
    if options.access_token:
        return GivenToken(options.access_token)
    source: RefreshToken = (
        GivenRefreshToken(options.refresh_token)
        if options.refresh_token
        else RefreshTokenFile(options.refresh_token_path or "")
    )
    source.read()  # so that a wrong file is told before anything is sent
    place = SignInPlace(connection.tenant_id, connection.cloud.authority_url, connection.ca_path, options.client_id)
    return RedeemingCredential(DelegatedClient(place, options.credential_option), source)
