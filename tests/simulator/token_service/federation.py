# Copyright: (c) 2026, m365.entra contributors
# GNU General Public License v3.0+ (see COPYING or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later
"""A stand-in for a pipeline's identity provider: it signs the token that is exchanged for an access token."""

from __future__ import annotations

import secrets
import time

from ..application import FederatedCredential
from .jwt import ParsedToken, has_shared_key_signature, signed_token

ISSUER = "https://pipeline.simulator.invalid"
SUBJECT = "repo:contoso/tenant-baseline:ref:refs/heads/main"
AUDIENCE = "api://AzureADTokenExchange"
LIFETIME_SECONDS = 30 * 24 * 3600


class FederationIssuer:
    """Issues federated tokens, with one issuer and subject that every tenant trusts unless it says otherwise."""

    issuer = ISSUER
    credential = FederatedCredential(issuer=ISSUER, subject=SUBJECT, audience=AUDIENCE)

    def __init__(self) -> None:
        self._key = secrets.token_bytes(32)

    def token(self, subject: str = SUBJECT, audience: str = AUDIENCE, lifetime: int = LIFETIME_SECONDS) -> str:
        now = int(time.time())
        claims = {"iss": ISSUER, "sub": subject, "aud": audience, "iat": now, "nbf": now, "exp": now + lifetime}
        return signed_token(claims, self._key)

    def signed(self, assertion: ParsedToken) -> bool:
        return has_shared_key_signature(assertion, self._key)
