# Copyright: (c) 2026, m365.entra contributors
# GNU General Public License v3.0+ (see COPYING or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later

"""Signs a person in through a public client: by a refresh token, or by a code that they enter elsewhere."""

from __future__ import annotations

import ssl
import typing as t
from dataclasses import dataclass, field

from .delegated_errors import failure_without_answer, refusal_of_person

if t.TYPE_CHECKING:
    import httpx
    import msal

Flow = dict[str, t.Any]

_CONNECT_SECONDS = 5.0
_READ_SECONDS = 15.0


@dataclass(frozen=True)
class SignInPlace:
    """Where a person signs in: the tenant, its token service, the file with the authorities to trust, the client."""

    tenant_id: str
    authority_url: str
    ca_path: str | None
    client_id: str


@dataclass(frozen=True)
class PersonsTokens:
    """What the token service handed out. Secrets are kept out of its representation.

    *refresh_token* is empty when it sent none, and the one that was used stays good.
    """

    access_token: str = field(repr=False)
    expires_in: int
    refresh_token: str = field(default="", repr=False)


class DelegatedClient:
    """One public client in one tenant. *option* is the path of the option that errors speak of."""

    def __init__(self, place: SignInPlace, option: str) -> None:
        self._place = place
        self._subject = f"Signing a person in to tenant {place.tenant_id} ({option}) failed"

    def redeem(self, refresh_token: str, scope: str) -> PersonsTokens:
        """New tokens for *scope*. Raises SignInNeeded, another AuthenticationFailed or ConnectionFailed."""
        return _tokens(self._ask(lambda app: app.acquire_token_by_refresh_token(refresh_token, [scope])), self._subject)

    def start(self, scope: str) -> Flow:
        """A sign-in that waits for the person: what they are told, and the secret that asks for its outcome."""
        flow = self._ask(lambda app: app.initiate_device_flow([scope]))
        if not (flow.get("user_code") and flow.get("device_code")):
            raise refusal_of_person(flow, self._subject)
        return flow

    def wait_for(self, flow: Flow) -> PersonsTokens:
        """The tokens of a sign-in, as soon as the person has done their part. Blocks until then or the code expires."""
        return _tokens(self._ask(lambda app: app.acquire_token_by_device_flow(flow)), self._subject)

    def _ask(self, question: t.Callable[[msal.PublicClientApplication], dict[str, t.Any]]) -> dict[str, t.Any]:
        import httpx
        from msal.exceptions import MsalError

        try:
            with _http_client(self._place.ca_path) as http_client:
                return question(_application(self._place, http_client))
        # The library lets everything through: its own errors, those of the network, and for answers that are not what
        # it expects whatever Python says to them.
        except (MsalError, httpx.HTTPError, OSError, ValueError, LookupError, TypeError, AttributeError) as error:
            text = f"{error} {error.__cause__ or ''}"
            raise failure_without_answer(text, self._subject, self._place.authority_url) from None


def _http_client(ca_path: str | None) -> httpx.Client:
    """It trusts what the collection trusts and follows no redirect, which could carry a refresh token elsewhere."""
    import httpx

    return httpx.Client(
        verify=ssl.create_default_context(cafile=ca_path),
        timeout=httpx.Timeout(_READ_SECONDS, connect=_CONNECT_SECONDS),
        follow_redirects=False,
    )


def _application(place: SignInPlace, http_client: httpx.Client) -> msal.PublicClientApplication:
    import msal

    return msal.PublicClientApplication(
        place.client_id,
        authority=f"{place.authority_url}/{place.tenant_id}",
        # It would ask Microsoft's public cloud whether the authority is genuine. The user named it, or we did.
        instance_discovery=False,
        http_client=http_client,
    )


def _tokens(answer: t.Mapping[str, t.Any], subject: str) -> PersonsTokens:
    if not answer.get("access_token"):
        raise refusal_of_person(answer, subject)
    return PersonsTokens(
        access_token=str(answer["access_token"]),
        expires_in=int(answer.get("expires_in") or 0),
        refresh_token=str(answer.get("refresh_token") or ""),
    )
