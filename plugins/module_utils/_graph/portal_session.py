# Copyright: (c) 2026, m365.entra contributors
# GNU General Public License v3.0+ (see COPYING or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later

"""Settings that only the portal's services hold, read and written as a signed-in person (facts sections 5.1 and 6.2).

Microsoft supports no program here. What is sent looks like what the portal sends, and what comes back is not trusted.
"""

from __future__ import annotations

import typing as t
import uuid
from urllib.parse import urlsplit

from .connection import Connection
from .delegated_credential import DelegatedCredential, delegated_credential_for
from .delegated_person import refuse_wrong_person
from .endpoint import Endpoint
from .errors import ConnectionFailed, OptionError
from .portal_connection import PortalConnection, origin_of
from .portal_errors import SERVICE, portal_error
from .retry import RetryPolicy
from .sender import Sender
from .token_claims import read_claims
from .transport import Transport
from .write_gate import WriteGate

Json = dict[str, t.Any]

_WRITES = ("PUT", "PATCH")


class Portal(t.Protocol):
    """What the rooms above need of the portal. URLs are absolute; *scope* is what the access token is asked for."""

    def get(self, url: str, scope: str) -> Json:
        """Read one object."""

    def write(self, method: str, url: str, scope: str, body: Json) -> None:
        """PUT or PATCH an object."""


class PortalSession:
    """The Portal over HTTP, beside a session with Microsoft Graph that says which tenant is meant."""

    def __init__(self, connection: Connection, gate: WriteGate, tenant_of_session: t.Callable[[], str]) -> None:
        """*tenant_of_session* gives the id of the tenant that the session with Microsoft Graph is in.

        Raises OptionError when the option portal holds no usable credential.
        """
        self._options = _usable(connection.portal)
        self._connection = connection
        self._gate = gate
        self._tenant_of_session = tenant_of_session
        self._credential: DelegatedCredential = delegated_credential_for(connection, self._options)
        self._transports: dict[tuple[str, str], Transport] = {}
        self._senders: dict[tuple[str, str], Sender] = {}
        self._session_id = str(uuid.uuid4())

    def get(self, url: str, scope: str) -> Json:
        """Read one object. Raises ConnectionFailed when the answer is something else."""
        answer = self._sender(url, scope).request("GET", url, None)
        option = self._option_of(url)
        parsed = answer.json(option, SERVICE)
        if not isinstance(parsed, dict):
            raise ConnectionFailed(
                f"GET {urlsplit(url).path}: the answer is no object.",
                remedy=f"Check that {option} leads to {SERVICE}.",
            )
        return parsed

    def write(self, method: str, url: str, scope: str, body: Json) -> None:
        """PUT or PATCH an object."""
        if method not in _WRITES:
            raise ValueError(f"{method} is not a way to write to the portal")
        self._gate.pass_through(f"{method} {urlsplit(url).path}")
        self._sender(url, scope).request(method, url, body)

    def close(self) -> None:
        """Close the connections."""
        for transport in self._transports.values():
            transport.close()

    def _sender(self, url: str, scope: str) -> Sender:
        """What sends to *url*, after the token was found to be a person's in the right tenant."""
        option = self._option_of(url)
        key = (origin_of(url), scope)
        if key not in self._senders:
            claims = read_claims(self._credential.get_token(scope).token, self._options.credential_option, SERVICE)
            refuse_wrong_person(claims, self._tenant_of_session(), self._options.credential_option)
            endpoint = Endpoint(SERVICE, option, key[0], scope, self._connection.ca_path, follows_redirects=False)
            retry = RetryPolicy(deadline=self._connection.retry_deadline)
            self._senders[key] = Sender(
                lambda: self._transporter(endpoint), self._headers_of, portal_error, retry=retry
            )
        return self._senders[key]

    def _transporter(self, endpoint: Endpoint) -> Transport:
        key = (endpoint.url, endpoint.scope)
        if key not in self._transports:
            self._transports[key] = Transport(endpoint, self._credential)
        return self._transports[key]

    def _headers_of(self, method: str) -> dict[str, str]:
        return {
            "Accept": "application/json",
            "x-ms-client-request-id": str(uuid.uuid4()),
            "x-ms-correlation-id": str(uuid.uuid4()),
            "x-ms-client-session-id": self._session_id,
            "X-Requested-With": "XMLHttpRequest",
        }

    def _option_of(self, url: str) -> str:
        """The option that names the host of *url*. The token goes nowhere else."""
        option = self._options.addresses.get(origin_of(url))
        if option is None or urlsplit(url).scheme != "https":
            raise OptionError(
                f"portal: {origin_of(url)} is not an address that the options name, so no token is sent there.",
                remedy="Give portal.url and portal.mfa_registration_policy_url; their defaults are those of the "
                f"global cloud, and cloud is {self._connection.cloud_name}.",
            )
        return option


def _usable(options: PortalConnection | None) -> PortalConnection:
    if options is None or not options.credential_option:
        raise OptionError(
            "portal.refresh_token, portal.refresh_token_path or portal.access_token: one of them is needed, because "
            f"{SERVICE} only answers signed-in people.",
            remedy="Obtain one with m365.entra.portal_sign_in, or use lane: evidence.",
        )
    return options
