# Copyright: (c) 2026, m365.entra contributors
# GNU General Public License v3.0+ (see COPYING or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later

"""The body of portal_sign_in: a person signs in on any device, and their refresh token ends up in a private file."""

from __future__ import annotations

import typing as t
import uuid

from .._graph.clouds import cloud_for
from .._graph.connection import check_service_options, tenant_of
from .._graph.delegated_client import DelegatedClient, PersonsTokens, SignInPlace
from .._graph.delegated_credential import PATH_OPTION
from .._graph.delegated_errors import SignInNeeded
from .._graph.delegated_files import has_content, read_private, write_private
from .._graph.delegated_pending import PendingSignIn, forget_pending, keep_pending, read_pending
from .._graph.delegated_person import refuse_wrong_person
from .._graph.errors import AuthenticationFailed, OptionError
from .._graph.portal_connection import PORTAL_SCOPE, portal_from_options
from .._graph.token_claims import TokenClaims, read_claims
from .._spec.argument_spec import ArgumentSpec
from .._spec.portal_options import PORTAL
from .._spec.protocol import MakeSession, ModuleProtocol

SPEC = ArgumentSpec({"wait": {"type": "bool", "default": False}}).merged(PORTAL)

Result = dict[str, t.Any]


def run(module: ModuleProtocol, make_session: MakeSession) -> Result:
    """Nothing is asked of Microsoft Graph, so no session is made: the person's own sign-in is all there is."""
    place, path = _place(module.params), _refresh_token_path(module.params)
    client = DelegatedClient(place, PATH_OPTION)
    claims = _signed_in(client, place, path)
    if claims is not None:
        return _result(changed=False, state="signed_in", path=path, **_about(claims))
    pending = read_pending(path, place)
    if module.check_mode:
        return _result(changed=bool(module.params["wait"] or not pending), state="pending", path=path)
    if module.params["wait"]:
        return _result(changed=True, state="signed_in", path=path, **_about(_finish(client, place, path, pending)))
    if pending is not None:
        return _result(changed=False, state="pending", path=path, **pending.to_result())
    started = PendingSignIn(place, client.start(PORTAL_SCOPE))
    keep_pending(path, started)
    return _result(changed=True, state="pending", path=path, **started.to_result())


def _place(options: t.Mapping[str, t.Any]) -> SignInPlace:
    tenant = tenant_of(options)
    check_service_options(options)
    portal = portal_from_options(options["portal"], options["cloud"])
    if portal is None:
        raise OptionError(f"{PATH_OPTION} is needed.")
    authority_url = cloud_for(options["cloud"], options.get("authority_url"), None).authority_url
    return SignInPlace(tenant, authority_url, options.get("ca_path"), portal.client_id)


def _refresh_token_path(options: t.Mapping[str, t.Any]) -> str:
    path = options["portal"].get("refresh_token_path")
    if not path:
        raise OptionError(
            f"{PATH_OPTION} is needed.", remedy="Give the file that is to hold the person's refresh token."
        )
    return str(path)


def _signed_in(client: DelegatedClient, place: SignInPlace, path: str) -> TokenClaims | None:
    """Who the refresh token in the file belongs to; None when there is none that is worth anything.

    A renewed one takes its place at once, in check mode too: the old one may be worth nothing any more.
    """
    if not has_content(path):
        return None
    used = read_private(path, PATH_OPTION)
    try:
        tokens = client.redeem(used, PORTAL_SCOPE)
    except SignInNeeded:
        return None
    claims = _claims(tokens, place)
    if tokens.refresh_token and tokens.refresh_token != used:
        write_private(path, tokens.refresh_token, PATH_OPTION)
    return claims


def _finish(client: DelegatedClient, place: SignInPlace, path: str, pending: PendingSignIn | None) -> TokenClaims:
    """Wait for the person and keep their refresh token."""
    if pending is None:
        raise OptionError(
            f"wait: no sign-in to tenant {place.tenant_id} waits beside {path!r}, or its code has expired.",
            remedy="Run the module without wait first, and show the person its message.",
        )
    try:
        tokens = client.wait_for(pending.flow)
    except SignInNeeded:
        forget_pending(path)  # its code is of no use to anybody any more
        raise
    claims = _claims(tokens, place)
    if not tokens.refresh_token:
        raise AuthenticationFailed(
            f"{PATH_OPTION}: the token service handed out no refresh token.",
            remedy="Check that portal.client_id is a public client that may keep people signed in.",
        )
    write_private(path, tokens.refresh_token, PATH_OPTION)
    forget_pending(path)
    return claims


def _claims(tokens: PersonsTokens, place: SignInPlace) -> TokenClaims:
    claims = read_claims(tokens.access_token)
    refuse_wrong_person(claims, _id_or_none(place.tenant_id), PATH_OPTION)
    return claims


def _id_or_none(tenant: str) -> str | None:
    """The tenant's id; None when it is named by a domain, whose id only the token service knows."""
    try:
        return str(uuid.UUID(tenant))
    except ValueError:
        return None


def _about(claims: TokenClaims) -> Result:
    return {"account": claims.account, "tenant_id": claims.tenant_id}


def _result(*, changed: bool, state: str, path: str, **more: t.Any) -> Result:
    return {"changed": changed, "portal_sign_in": {"state": state, "refresh_token_path": path, **more}}
