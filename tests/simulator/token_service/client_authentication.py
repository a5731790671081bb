# Copyright: (c) 2026, m365.entra contributors
# GNU General Public License v3.0+ (see COPYING or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later
"""Checks that a client is the application it says it is: by secret, certificate or federated token."""

from __future__ import annotations

import base64
import hmac
import time
from collections.abc import Iterable, Mapping
from dataclasses import dataclass

from cryptography import x509
from cryptography.hazmat.primitives import hashes
from cryptography.hazmat.primitives.asymmetric import rsa
from cryptography.hazmat.primitives.serialization import load_pem_public_key

from ..application import Application, FederatedCredential
from . import errors
from .federation import FederationIssuer
from .jwt import MalformedToken, ParsedToken, encode_base64url, has_rsa_signature, parse_token

ASSERTION_TYPE = "urn:ietf:params:oauth:client-assertion-type:jwt-bearer"
CLOCK_SKEW_SECONDS = 300


@dataclass(frozen=True)
class Credentials:
    """What an application of a tenant can prove itself with, the simulator's own credentials included."""

    application: Application
    certificates: tuple[str, ...]
    federated_credentials: tuple[FederatedCredential, ...]
    federation: FederationIssuer


def authenticate(form: Mapping[str, str], credentials: Credentials, audiences: Iterable[str]) -> None:
    """Check the credential in a token request.

    Raises:
        TokenError: it is missing, wrong or expired.
    """
    if "client_assertion" in form:
        _check_assertion(form, credentials, frozenset(audiences))
    elif form.get("client_secret"):
        _check_secret(form["client_secret"], credentials.application)
    else:
        raise errors.credential_missing()


def _check_secret(secret: str, application: Application) -> None:
    if not hmac.compare_digest(secret.encode(), application.client_secret.encode()):
        raise errors.secret_wrong(application.client_id)
    if application.secret_expired:
        raise errors.secret_expired(application.client_id)


def _check_assertion(form: Mapping[str, str], credentials: Credentials, audiences: frozenset[str]) -> None:
    if form.get("client_assertion_type") != ASSERTION_TYPE:
        raise errors.parameter_missing("client_assertion_type")
    try:
        assertion = parse_token(form["client_assertion"])
    except MalformedToken as error:
        raise errors.assertion_malformed() from error
    if _is_signed_by_certificate(assertion):
        _check_certificate_assertion(assertion, credentials, audiences)
    else:
        _check_federated_assertion(assertion, credentials)


def _is_signed_by_certificate(assertion: ParsedToken) -> bool:
    return "x5t" in assertion.header or "x5t#S256" in assertion.header


def _check_certificate_assertion(assertion: ParsedToken, credentials: Credentials, audiences: frozenset[str]) -> None:
    client_id = credentials.application.client_id
    # Some clients pad the base64 text, although the standard says not to.
    thumbprint = str(assertion.header.get("x5t#S256") or assertion.header.get("x5t")).rstrip("=")
    certificate = _registered_certificate(thumbprint, credentials.certificates)
    if certificate is None:
        raise errors.certificate_not_registered(_readable_thumbprint(thumbprint), client_id)
    public_key = certificate.public_key()
    if not isinstance(public_key, rsa.RSAPublicKey) or not has_rsa_signature(assertion, public_key):
        raise errors.assertion_signature_invalid(_readable_thumbprint(thumbprint), client_id)
    claims = assertion.claims
    if str(claims.get("iss", "")).lower() != client_id or str(claims.get("sub", "")).lower() != client_id:
        raise errors.certificate_not_registered(_readable_thumbprint(thumbprint), client_id)
    if claims.get("aud") not in audiences:
        raise errors.assertion_audience_wrong()
    _check_times(assertion)


def _registered_certificate(thumbprint: str, pem_texts: Iterable[str]) -> x509.Certificate | None:
    for pem in pem_texts:
        certificate = x509.load_pem_x509_certificate(pem.encode())
        # Entra identifies certificates by SHA-1 in x5t (RFC 7515) and by SHA-256 in x5t#S256.
        if thumbprint in (certificate_thumbprint(certificate, hashes.SHA1()), sha256_thumbprint(certificate)):
            return certificate
    return None


def certificate_thumbprint(certificate: x509.Certificate, algorithm: hashes.HashAlgorithm) -> str:
    return encode_base64url(certificate.fingerprint(algorithm))


def sha256_thumbprint(certificate: x509.Certificate) -> str:
    return certificate_thumbprint(certificate, hashes.SHA256())


def _readable_thumbprint(thumbprint: str) -> str:
    padded = thumbprint + "=" * (-len(thumbprint) % 4)
    return base64.urlsafe_b64decode(padded).hex().upper()


def _check_federated_assertion(assertion: ParsedToken, credentials: Credentials) -> None:
    claims = assertion.claims
    matching = [item for item in credentials.federated_credentials if _matches(item, assertion)]
    if not matching or not any(_is_genuine(item, assertion, credentials.federation) for item in matching):
        raise errors.federation_not_matched(claims.get("iss"), claims.get("sub"), claims.get("aud"))
    _check_times(assertion)


def _matches(credential: FederatedCredential, assertion: ParsedToken) -> bool:
    audience = assertion.claims.get("aud")
    audiences = audience if isinstance(audience, list) else [audience]
    return (
        assertion.claims.get("iss") == credential.issuer
        and assertion.claims.get("sub") == credential.subject
        and credential.audience in audiences
    )


def _is_genuine(credential: FederatedCredential, assertion: ParsedToken, federation: FederationIssuer) -> bool:
    """Check the signature where its key is known; of a foreign issuer without a key nothing can be checked."""
    if credential.issuer == federation.issuer:
        return federation.signed(assertion)
    if credential.public_key is None:
        return True
    public_key = load_pem_public_key(credential.public_key.encode())
    return isinstance(public_key, rsa.RSAPublicKey) and has_rsa_signature(assertion, public_key)


def _check_times(assertion: ParsedToken) -> None:
    now = int(time.time())
    starts, ends = assertion.claims.get("nbf", 0), assertion.claims.get("exp", 0)
    if not isinstance(starts, int | float) or not isinstance(ends, int | float):
        raise errors.assertion_malformed()
    if now + CLOCK_SKEW_SECONDS < starts or now - CLOCK_SKEW_SECONDS > ends:
        raise errors.assertion_outside_time(now, starts, ends)
