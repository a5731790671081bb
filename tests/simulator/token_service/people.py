# Copyright: (c) 2026, m365.entra contributors
# GNU General Public License v3.0+ (see COPYING or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later
"""People at the token endpoint: refresh tokens, and sign-ins that they finish on another device."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass

from ..application import RefreshToken
from ..json_types import JsonObject
from ..messages import Request
from ..profile import Profile
from ..tenant import Tenant
from . import errors
from .access_tokens import AccessTokens, Person
from .resources import known_resource, resource_of, token_answer
from .sign_ins import DeviceCode

DEVICE_CODE_GRANT = "urn:ietf:params:oauth:grant-type:device_code"
GRANTS_OF_PUBLIC_CLIENTS = frozenset({"refresh_token", DEVICE_CODE_GRANT})
# Azure PowerShell, which every tenant knows.
PUBLIC_CLIENTS = frozenset({"1950a258-227b-4e31-a9cf-717495945fc2"})
SIGN_IN_PAGE = "https://microsoft.com/devicelogin"
# What a person's token lets a program do that acts for them.
SCOPES = ("user_impersonation",)


@dataclass(frozen=True)
class PersonsRequest:
    """A request for a person's tokens, and what it is answered with."""

    request: Request
    tenant: Tenant
    profile: Profile
    tokens: AccessTokens

    @property
    def client_id(self) -> str:
        return self.request.form["client_id"].lower()


def is_public_client(tenant: Tenant, client_id: str) -> bool:
    """Say whether a client has no secret."""
    return client_id.lower() in PUBLIC_CLIENTS or tenant.application.is_public_client(client_id)


def refresh_grant(asked: PersonsRequest) -> JsonObject:
    """Redeem a refresh token."""
    given = asked.request.form.get("refresh_token")
    if not given:
        raise errors.parameter_missing("refresh_token")
    known = _redeemable(asked, given)
    answer = _tokens(asked, known, asked.request.form["scope"])
    return answer | {"refresh_token": _successor(asked, known), "scope": " ".join(known.scopes)}


def start_device_code(asked: PersonsRequest) -> JsonObject:
    """Begin a sign-in that a person finishes elsewhere."""
    form, profile = asked.request.form, asked.profile
    for name in ("client_id", "scope"):
        if not form.get(name):
            raise errors.parameter_missing(name)
    if asked.client_id == asked.tenant.application.client_id:
        raise errors.client_not_public()
    if not is_public_client(asked.tenant, asked.client_id):
        raise errors.application_not_found(form["client_id"], asked.tenant.name)
    known_resource(resource_of(form["scope"]), asked.request, asked.tenant, profile)
    lifetime, interval = profile.device_code_lifetime_seconds, profile.device_code_interval_seconds
    code = asked.tenant.sign_ins.start(asked.client_id, form["scope"], lifetime, interval)
    return {
        "user_code": code.user_code,
        "device_code": code.device_code,
        "verification_uri": SIGN_IN_PAGE,
        "expires_in": lifetime,
        "interval": interval,
        "message": f"To sign in, use a web browser to open the page {SIGN_IN_PAGE} and enter the code "
        f"{code.user_code} to authenticate.",
    }


def device_code_grant(asked: PersonsRequest) -> JsonObject:
    """Answer a client that asks whether the person has signed in."""
    device_code = asked.request.form.get("device_code")
    if not device_code:
        raise errors.parameter_missing("device_code")
    found = asked.tenant.sign_ins.poll(device_code, asked.client_id)
    if found is None:
        raise errors.device_code_unknown()
    outcome, code = found
    if outcome == "denied":
        raise errors.device_code_denied(asked.profile.device_code_denied_error)
    refused: dict[str, Callable[[], errors.TokenError]] = {
        "pending": errors.device_code_pending,
        "too_fast": errors.device_code_polled_too_fast,
        "expired": errors.device_code_expired,
    }
    if outcome in refused:
        raise refused[outcome]()
    return _signed_in(asked, code)


def _signed_in(asked: PersonsRequest, code: DeviceCode) -> JsonObject:
    token = asked.tenant.sign_ins.issue(str(code.user_id), SCOPES, code.client_id)
    answer = _tokens(asked, token, code.scope) | {"scope": " ".join(token.scopes)}
    # Whoever does not ask for it gets none.
    return answer | ({"refresh_token": token.token} if "offline_access" in code.scope.split() else {})


def _redeemable(asked: PersonsRequest, given: str) -> RefreshToken:
    application, sign_ins = asked.tenant.application, asked.tenant.sign_ins
    seeded = (token for token in application.refresh_tokens if token.token == given)
    known = sign_ins.issued(given) or next(seeded, None)
    if known is None or (known.client_id or application.client_id) != asked.client_id or sign_ins.is_withdrawn(given):
        raise errors.refresh_token_unknown()
    if known.expired:
        raise errors.refresh_token_expired()
    return known


def _successor(asked: PersonsRequest, used: RefreshToken) -> str:
    if asked.profile.refresh_token_renewal == "same":
        return used.token
    sign_ins = asked.tenant.sign_ins
    if asked.profile.refresh_token_renewal == "new_only":
        sign_ins.withdraw(used.token)
    return sign_ins.issue(used.user_id, used.scopes, asked.client_id).token


def _tokens(asked: PersonsRequest, token: RefreshToken, scope: str) -> JsonObject:
    audience = known_resource(resource_of(scope), asked.request, asked.tenant, asked.profile)
    lifetime, person = asked.profile.access_token_lifetime_seconds, Person(token.user_id, asked.client_id, token.scopes)
    access_token = asked.tokens.for_user(asked.tenant, audience, asked.request.base_url, lifetime, person)
    return token_answer(access_token, lifetime)
