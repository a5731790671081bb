# Copyright: (c) 2026, m365.entra contributors
# GNU General Public License v3.0+ (see COPYING or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later

"""What an access token says of itself. Read, never verified: the service verifies it."""

from __future__ import annotations

import base64
import binascii
import json
import typing as t
from dataclasses import dataclass

from .errors import AuthenticationFailed


@dataclass(frozen=True)
class TokenClaims:
    """The claims we use: the tenant, the application, and the granted permissions (application or delegated).

    *account* is the name that a person signed in with, empty in an application's token; *object_id* is the id of that
    person, or of the application's service principal.
    """

    tenant_id: str
    application_id: str
    permissions: frozenset[str]
    is_application: bool
    account: str = ""
    object_id: str = ""


def _payload(token: str) -> dict[str, t.Any]:
    parts = token.split(".")
    if len(parts) != 3:
        raise ValueError("not three parts")
    padded = parts[1] + "=" * (-len(parts[1]) % 4)
    payload = json.loads(base64.urlsafe_b64decode(padded))
    if not isinstance(payload, dict):
        raise ValueError("not an object")
    return payload


def read_claims(token: str, option: str = "", service: str = "Microsoft Graph") -> TokenClaims:
    """The claims of an access token (a JWT) for a *service*; *option* names where it comes from, if one does.

    Raises AuthenticationFailed, without any part of the token, when it is not one.
    """
    try:
        payload = _payload(token)
    except (ValueError, binascii.Error, UnicodeDecodeError):
        raise AuthenticationFailed(
            f"{f'{option}: ' if option else ''}The access token is not a JWT, so its tenant and permissions cannot be "
            "checked.",
            remedy=f"Use an access token that was issued for {service}.",
        ) from None
    roles = payload.get("roles") or []
    scopes = str(payload.get("scp") or "").split()
    return TokenClaims(
        tenant_id=str(payload.get("tid") or "").lower(),
        application_id=str(payload.get("appid") or payload.get("azp") or "").lower(),
        permissions=frozenset([*map(str, roles), *scopes]),
        # A person may have roles too, namely roles of an application; only people have scopes.
        is_application=not scopes,
        account=str(payload.get("upn") or payload.get("preferred_username") or payload.get("unique_name") or ""),
        object_id=str(payload.get("oid") or "").lower(),
    )
