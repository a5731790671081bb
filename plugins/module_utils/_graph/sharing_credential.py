# Copyright: (c) 2026, m365.entra contributors
# GNU General Public License v3.0+ (see COPYING or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later

"""A credential that looks among the run's tokens before it asks the token service."""

from __future__ import annotations

import hashlib
import json
import typing as t
from pathlib import Path

from .connection import Connection
from .run_tokens import RunTokens, SharedToken

if t.TYPE_CHECKING:
    from azure.core.credentials import AccessToken, TokenCredential

# The others ask this machine, whose answer may change while a run goes on, or need not ask at all.
SHARED_METHODS = frozenset({"client_secret", "certificate", "federated_token"})


class SharingCredential:
    """*credential* with the tokens of a run in front of it."""

    def __init__(self, credential: TokenCredential, connection: Connection, tokens: RunTokens) -> None:
        self._credential = credential
        self._connection = connection
        self._tokens = tokens

    def get_token(self, *scopes: str, **options: t.Any) -> AccessToken:
        """A token for *scopes*, which another task may have fetched. A challenge of the service gets a new one."""
        from azure.core.credentials import AccessToken

        described = description(self._connection, scopes, bool(options.get("enable_cae")))
        if options.get("claims"):
            return self._new_token(described, *scopes, **options)
        found = self._tokens.find(described)
        if found is None:
            with self._tokens.turn(described):
                # Another task may have fetched one meanwhile.
                found = self._tokens.find(described)
                if found is None:
                    return self._new_token(described, *scopes, **options)
        return AccessToken(found.token, found.expires_on)

    def _new_token(self, described: str, *scopes: str, **options: t.Any) -> AccessToken:
        token = self._credential.get_token(*scopes, **options)
        self._tokens.keep(described, SharedToken(token.token, token.expires_on))
        return token


def description(connection: Connection, scopes: t.Sequence[str], enable_cae: bool) -> str:
    """All that a token depends on, secrets included: two tasks share one only when nothing of it differs."""
    return json.dumps(
        [
            connection.auth_method,
            connection.tenant_id,
            connection.client_id,
            connection.client_secret,
            _digest(connection.certificate_path) if connection.auth_method == "certificate" else None,
            connection.certificate_password,
            connection.federated_token,
            _digest(connection.federated_token_path) if connection.auth_method == "federated_token" else None,
            connection.cloud.authority_url,
            connection.ca_path,
            list(scopes),
            enable_cae,
        ]
    )


def _digest(path: str | None) -> str | None:
    """What a file holds, not where it is: pipelines renew such files in place."""
    return hashlib.sha256(Path(path).read_bytes()).hexdigest() if path else None
