# Copyright: (c) 2026, m365.entra contributors
# GNU General Public License v3.0+ (see COPYING or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later

"""Whose access token it is: the portal's services only answer people, and only those of the tenant that is meant."""

from __future__ import annotations

from .errors import AuthenticationFailed
from .portal_errors import SERVICE
from .token_claims import TokenClaims


def refuse_wrong_person(claims: TokenClaims, tenant_id: str | None, option: str) -> None:
    """Raise AuthenticationFailed for the token of an application, or of another tenant than *tenant_id* if given.

    *option* is the path of the option that holds the credential.
    """
    if claims.is_application:
        raise AuthenticationFailed(
            f"{option}: the access token belongs to an application; {SERVICE} only answers signed-in people.",
            remedy="Sign in as a person with m365.entra.portal_sign_in.",
        )
    if tenant_id is not None and claims.tenant_id != tenant_id:
        raise AuthenticationFailed(
            f"{option}: the person's access token belongs to tenant {claims.tenant_id or 'unknown'}, "
            f"not to {tenant_id}.",
            remedy="Use the credential of a person who signed in to the tenant that tenant_id names.",
        )
