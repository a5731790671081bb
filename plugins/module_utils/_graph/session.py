# Copyright: (c) 2026, m365.entra contributors
# GNU General Public License v3.0+ (see COPYING or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later

"""A session with one tenant: reads, pages and writes JSON, within the rules for retry, rate and writing."""

from __future__ import annotations

import typing as t
import uuid
from urllib.parse import urlencode, urlsplit

from .api_versions import V1
from .connection import Connection
from .credentials import RememberingCredential, credential_for
from .endpoint import graph_endpoint
from .errors import AuthenticationFailed, ConnectionFailed, EntraError, OutcomeUnknown
from .limiter import Limiter
from .paces import paces_of
from .portal_session import Portal, PortalSession
from .questions import require_question
from .retry import RetryPolicy
from .run_tokens import RunTokens
from .sender import Sender
from .service_errors import service_error
from .token_claims import TokenClaims, read_claims
from .transport import Answer, Transport
from .write_gate import WriteGate

Json = dict[str, t.Any]

# Without it the service hides enum members that are newer than the schema's sentinel (facts section 0.1).
_READ_HEADERS = {"Prefer": "include-unknown-enum-members"}


def _headers_of(method: str) -> dict[str, str]:
    headers = {"Accept": "application/json", "client-request-id": str(uuid.uuid4())}
    return {**headers, **_READ_HEADERS} if method == "GET" else headers


class Session(t.Protocol):
    """What the rooms above need of a tenant.

    Paths begin with a slash and are relative to the API version, *version*.
    """

    @property
    def tenant_id(self) -> str:
        """The tenant the user named: its id or one of its domain names."""

    @property
    def cloud(self) -> str:
        """The name of Microsoft's cloud that the tenant is in, as the option cloud has it."""

    @property
    def claims(self) -> TokenClaims:
        """What the access token says."""

    @property
    def portal(self) -> Portal:
        """The portal's services as a signed-in person. Raises OptionError when there is no credential of a person."""

    def get(self, path: str, *, version: str = V1, **query: str) -> Json:
        """Read one object."""

    def pages(self, path: str, *, version: str = V1, **query: str) -> t.Iterator[t.Sequence[Json]]:
        """Read a collection one page at a time, so that no more than a page is held."""

    def list(self, path: str, *, version: str = V1, **query: str) -> list[Json]:
        """Read a collection, all its pages."""

    def post(self, path: str, body: Json | None, *, version: str = V1) -> Json:
        """Create an object or call an action; the answer's body, empty when there is none."""

    def ask(self, path: str, body: Json, *, version: str = V1) -> t.Sequence[Json]:
        """Post a question that changes nothing, in check mode too, and return the members of its answer."""

    def patch(self, path: str, body: Json, *, version: str = V1) -> None:
        """Change an object."""

    def delete(self, path: str, *, version: str = V1) -> None:
        """Delete an object."""

    def before_first_write(self, check: t.Callable[[], None]) -> None:
        """Have *check* called once before anything is written; what it raises stops the write."""

    def sleep(self, seconds: float) -> None:
        """Wait."""

    def wait_for_turn(self, path: str) -> None:
        """Wait until a request to *path* can go out at once, held up neither by the rate limit nor by a token."""

    @property
    def last_request_id(self) -> str:
        """The id that the service gave its last answer, for whoever finds fault with what it says."""


class GraphSession:
    """The Session over HTTP. With *read_only* no request other than a read ever leaves it."""

    def __init__(self, connection: Connection, *, read_only: bool, tokens: RunTokens | None = None) -> None:
        """*tokens* are those that the tasks of a run share."""
        self._connection = connection
        self._tokens = tokens
        self._gate = WriteGate(read_only=read_only)
        self._credential: RememberingCredential | None = None
        self._transport: Transport | None = None
        self._claims: TokenClaims | None = None
        self._portal: PortalSession | None = None
        self._last_request_id = ""
        self._sender = Sender(
            self._transporter,
            _headers_of,
            service_error,
            Limiter(paces_of(f"{connection.cloud.graph_url} {connection.tenant_id}")),
            RetryPolicy(deadline=connection.retry_deadline),
        )

    @property
    def tenant_id(self) -> str:
        """The tenant the user named: its id or one of its domain names."""
        return self._connection.tenant_id

    @property
    def cloud(self) -> str:
        """The name of Microsoft's cloud that the tenant is in, as the option cloud has it."""
        return self._connection.cloud_name

    @property
    def claims(self) -> TokenClaims:
        """What the access token says; fetches the token when there is none yet."""
        return self._sign_in()

    @property
    def portal(self) -> PortalSession:
        """The portal's services as a signed-in person. Raises OptionError when there is no credential of a person."""
        if self._portal is None:
            self._portal = PortalSession(self._connection, self._gate, lambda: self.claims.tenant_id)
        return self._portal

    def get(self, path: str, *, version: str = V1, **query: str) -> Json:
        """Read one object. Raises ConnectionFailed for an answer that holds none."""
        return self._page(self._request("GET", self._url(path, query, version), None), path)

    def pages(self, path: str, *, version: str = V1, **query: str) -> t.Iterator[t.Sequence[Json]]:
        """Read a collection one page at a time, so that no more than a page is held."""
        url: str | None = self._url(path, query, version)
        while url:
            page = self._page(self._request("GET", url, None), path)
            yield self._values(page, path)
            url = self._next_page(page)

    def list(self, path: str, *, version: str = V1, **query: str) -> list[Json]:
        """Read a collection, all its pages."""
        return [member for page in self.pages(path, version=version, **query) for member in page]

    def post(self, path: str, body: Json | None, *, version: str = V1) -> Json:
        """Create an object or call an action; the answer's body, empty when there is none."""
        answer = self._write("POST", path, body, version)
        try:
            return self._object(answer)
        except ConnectionFailed as unreadable:
            raise OutcomeUnknown(unreadable.message, remedy=unreadable.remedy, status=answer.status) from None

    def ask(self, path: str, body: Json, *, version: str = V1) -> t.Sequence[Json]:
        """Post a question that changes nothing, in check mode too, and return the members of its answer."""
        require_question(path)
        self._sign_in()
        answer = self._sender.request("POST", self._url(path, {}, version), body, only_reads=True)
        self._last_request_id = answer.request_id
        return self._values(self._page(answer, path, "POST"), path, "POST")

    def patch(self, path: str, body: Json, *, version: str = V1) -> None:
        """Change an object."""
        self._write("PATCH", path, body, version)

    def delete(self, path: str, *, version: str = V1) -> None:
        """Delete an object."""
        self._write("DELETE", path, None, version)

    def before_first_write(self, check: t.Callable[[], None]) -> None:
        """Have *check* called once before anything is written; what it raises stops the write."""
        self._gate.before_first(check)

    def sleep(self, seconds: float) -> None:
        """Wait."""
        self._transporter().sleep(seconds)

    def wait_for_turn(self, path: str) -> None:
        """Wait until a request to *path* can go out at once, held up neither by the rate limit nor by a token."""
        self._sender.wait_for_turn(path)
        self._credentials().hold(self._connection.cloud.scope, enable_cae=True)

    @property
    def last_request_id(self) -> str:
        """The id that the service gave its last answer, for whoever finds fault with what it says."""
        return self._last_request_id

    def close(self) -> None:
        """Close the connections."""
        if self._transport is not None:
            self._transport.close()
        if self._portal is not None:
            self._portal.close()

    def _sign_in(self) -> TokenClaims:
        """Get the first token, so that a wrong credential is reported as such before any request to Graph."""
        if self._claims is None:
            claims = read_claims(self._credentials().get_token(self._connection.cloud.scope, enable_cae=True).token)
            self._refuse_foreign_token(claims)
            self._claims = claims
        return self._claims

    def _credentials(self) -> RememberingCredential:
        if self._credential is None:
            self._credential = credential_for(self._connection, self._tokens)
        return self._credential

    def _transporter(self) -> Transport:
        if self._transport is None:
            self._transport = Transport(graph_endpoint(self._connection), self._credentials())
        return self._transport

    def _refuse_foreign_token(self, claims: TokenClaims) -> None:
        """A token of another tenant must not even read: its answers would describe the wrong tenant."""
        try:
            named = str(uuid.UUID(self.tenant_id))
        except ValueError:
            return  # named by domain; compared with the organization's domains before the first write
        if claims.tenant_id != named:
            raise AuthenticationFailed(
                f"tenant_id: the access token belongs to tenant {claims.tenant_id or 'unknown'}, not to {named}.",
                remedy="Use a credential of the tenant that tenant_id names.",
            )

    def _url(self, path: str, query: t.Mapping[str, str], version: str) -> str:
        base = f"{self._connection.cloud.graph_url}/{version}{path}"
        encoded = urlencode({f"${name}": value for name, value in query.items()}, safe="$,()'")
        return f"{base}?{encoded}" if encoded else base

    def _values(self, page: Json, path: str, method: str = "GET") -> t.Sequence[Json]:
        """The members of a page; an answer without any list is not taken for an empty one."""
        values = page.get("value")
        if not isinstance(values, list) or not all(isinstance(value, dict) for value in values):
            raise self._not_understood(f"{method} {path}: the answer holds no list of objects.")
        return values

    def _page(self, answer: Answer, path: str, method: str = "GET") -> Json:
        """What was read; an answer without any object is not taken for an empty one."""
        parsed = answer.json()
        if not isinstance(parsed, dict):
            raise self._not_understood(f"{method} {path}: the answer holds no JSON object.")
        return parsed

    def _not_understood(self, what: str) -> ConnectionFailed:
        return ConnectionFailed(
            what,
            remedy="Check that graph_url leads to Microsoft Graph and not to a proxy or a sign-in page.",
            request_id=self._last_request_id,
        )

    def _next_page(self, page: Json) -> str | None:
        link = page.get("@odata.nextLink")
        if link is None:
            return None
        if urlsplit(link)[:2] != urlsplit(self._connection.cloud.graph_url)[:2]:
            raise EntraError("Microsoft Graph answered with a link to another host; it was not followed.")
        return str(link)

    @staticmethod
    def _object(answer: Answer) -> Json:
        parsed = answer.json()
        return parsed if isinstance(parsed, dict) else {}

    def _write(self, method: str, path: str, body: Json | None, version: str) -> Answer:
        self._gate.pass_through(f"{method} {path}")
        return self._request(method, self._url(path, {}, version), body)

    def _request(self, method: str, url: str, body: Json | None) -> Answer:
        self._sign_in()
        answer = self._sender.request(method, url, body)
        self._last_request_id = answer.request_id
        return answer
