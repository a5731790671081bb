# Copyright: (c) 2026, m365.entra contributors
# GNU General Public License v3.0+ (see COPYING or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later
"""Certificates with which Entra ID signs the tokens for an application (facts section 12)."""

from __future__ import annotations

import base64
import datetime
import hashlib
import uuid
from functools import cache

from cryptography import x509
from cryptography.hazmat.primitives import hashes
from cryptography.hazmat.primitives.asymmetric import rsa
from cryptography.hazmat.primitives.serialization import Encoding

from ..graph import errors
from ..graph.call import GraphCall
from ..graph.directory import writable
from ..graph.routing import Route
from ..json_types import JsonObject
from ..messages import Response
from ..tenant import SERVICE_PRINCIPALS
from . import permissions

LONGEST = datetime.timedelta(days=3 * 366)
FORM = "%Y-%m-%dT%H:%M:%SZ"
SIGN = "Sign"
VERIFY = "Verify"


def add_token_signing_certificate(call: GraphCall) -> Response:
    """Answer ``POST /servicePrincipals/{id}/addTokenSigningCertificate``: keys come in pairs, and with a password."""
    principal = writable(call, SERVICE_PRINCIPALS, call.parameters["id"])
    body = call.json_object()
    name, end = _checked(body)
    start = datetime.datetime.now(datetime.UTC).replace(microsecond=0)
    public = _certificate(name.removeprefix("CN="), start, end)
    digest = hashlib.sha1(public, usedforsecurity=False)
    common = {
        "customKeyIdentifier": base64.b64encode(digest.digest()).decode(),
        "displayName": name,
        "startDateTime": start.strftime(FORM),
        "endDateTime": end.strftime(FORM),
    }
    key = base64.b64encode(public).decode()
    signing, verifying = str(uuid.uuid4()), str(uuid.uuid4())
    keys: list[JsonObject] = [
        common | {"keyId": signing, "type": "X509CertAndPassword", "usage": SIGN, "key": None},
        common | {"keyId": verifying, "type": "AsymmetricX509Cert", "usage": VERIFY, "key": key},
    ]
    password = common | {"keyId": signing, "hint": None, "secretText": None}
    changed = principal | {
        "keyCredentials": [*principal["keyCredentials"], *keys],
        "passwordCredentials": [*principal["passwordCredentials"], password],
    }
    call.collection(SERVICE_PRINCIPALS).put(changed, call.profile.consistency_delay_seconds)
    thumbprint = digest.hexdigest().upper()
    context = f"{call.context_url}microsoft.graph.selfSignedCertificate"
    return Response(200, {"@odata.context": context, **keys[1], "thumbprint": thumbprint})


def without_keys(principal: JsonObject) -> JsonObject:
    """Return a service principal as reads show it that do not select its keys."""
    return principal | {"keyCredentials": [one | {"key": None} for one in principal["keyCredentials"]]}


def check_credentials(principal: JsonObject, body: JsonObject) -> None:
    """Refuse credentials that were not there before: new ones have operations of their own here."""
    for name in ("keyCredentials", "passwordCredentials"):
        known = {one["keyId"] for one in principal[name]}
        for one in body.get(name, ()):
            if one.get("keyId") not in known:
                raise errors.bad_request(
                    f"Invalid value specified for property '{name}' of resource 'ServicePrincipal'."
                )


def check_preferred(changed: JsonObject, body: JsonObject) -> None:
    """Refuse a preferred certificate that the service principal does not have."""
    wanted = body.get("preferredTokenSigningKeyThumbprint")
    if wanted is None:
        return
    digests = {base64.b64decode(one["customKeyIdentifier"]).hex().upper() for one in changed["keyCredentials"]}
    if wanted.upper() not in digests:
        raise errors.bad_request(
            "Invalid value specified for property 'preferredTokenSigningKeyThumbprint' of resource 'ServicePrincipal'."
        )


def _checked(body: JsonObject) -> tuple[str, datetime.datetime]:
    unknown = sorted(set(body) - {"displayName", "endDateTime"})
    if unknown:
        raise errors.query_invalid(f"The parameter '{unknown[0]}' in the request payload is not a valid parameter.")
    name = body.get("displayName")
    if not isinstance(name, str) or not name.startswith("CN="):
        raise errors.bad_request("The display name of a token signing certificate must begin with 'CN='.")
    now = datetime.datetime.now(datetime.UTC)
    given = body.get("endDateTime")
    if given is None:
        return name, (now + datetime.timedelta(days=3 * 365)).replace(microsecond=0)
    try:
        end = datetime.datetime.fromisoformat(str(given))
    except ValueError as error:
        raise errors.query_invalid(f"Cannot convert the literal '{given}' to the expected type.") from error
    if end.tzinfo is None or not now < end <= now + LONGEST:
        raise errors.bad_request("The end of a token signing certificate must lie in the next three years.")
    return name, end


@cache
def _key() -> rsa.RSAPrivateKey:
    """One key signs them all: making one takes long, and nothing here is signed for anyone."""
    return rsa.generate_private_key(public_exponent=65537, key_size=2048)


def _certificate(name: str, start: datetime.datetime, end: datetime.datetime) -> bytes:
    subject = x509.Name([x509.NameAttribute(x509.NameOID.COMMON_NAME, name or "SSO")])
    builder = (
        x509.CertificateBuilder()
        .subject_name(subject)
        .issuer_name(subject)
        .public_key(_key().public_key())
        .serial_number(x509.random_serial_number())
        .not_valid_before(start)
        .not_valid_after(end)
    )
    return builder.sign(_key(), hashes.SHA256()).public_bytes(Encoding.DER)


ROUTES = (
    Route(
        "POST",
        "/servicePrincipals/{id}/addTokenSigningCertificate",
        add_token_signing_certificate,
        permissions.WRITE,
    ),
)
