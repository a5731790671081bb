# Copyright: (c) 2026, m365.entra contributors
# GNU General Public License v3.0+ (see COPYING or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later
"""JSON Web Tokens: written with a shared key, read with and without checking who signed them."""

from __future__ import annotations

import base64
import binascii
import hashlib
import hmac
import json
from collections.abc import Mapping
from dataclasses import dataclass

from cryptography.exceptions import InvalidSignature
from cryptography.hazmat.primitives import hashes
from cryptography.hazmat.primitives.asymmetric import padding, rsa

from ..json_types import JsonObject


class MalformedToken(ValueError):
    """The text is no JSON Web Token."""


@dataclass(frozen=True)
class ParsedToken:
    """The parts of a token, read but not yet trusted."""

    header: JsonObject
    claims: JsonObject
    signing_input: bytes
    signature: bytes


def encode_base64url(content: bytes) -> str:
    return base64.urlsafe_b64encode(content).rstrip(b"=").decode("ascii")


def decode_base64url(text: str) -> bytes:
    """Return the bytes of unpadded base64url text.

    Raises:
        MalformedToken: the text is something else.
    """
    try:
        return base64.urlsafe_b64decode(text + "=" * (-len(text) % 4))
    except (binascii.Error, ValueError) as error:
        raise MalformedToken("not base64url") from error


def signed_token(claims: JsonObject, key: bytes, header: Mapping[str, str] | None = None) -> str:
    """Return a token of ``claims``, signed with HS256."""
    full_header = {"typ": "JWT", "alg": "HS256", **(header or {})}
    signing_input = ".".join(encode_base64url(json.dumps(part).encode()) for part in (full_header, claims))
    signature = hmac.new(key, signing_input.encode(), hashlib.sha256).digest()
    return f"{signing_input}.{encode_base64url(signature)}"


def parse_token(text: str) -> ParsedToken:
    """Return the parts of a token without checking its signature.

    Raises:
        MalformedToken: it does not have the form of a token.
    """
    parts = text.split(".")
    if len(parts) != 3:
        raise MalformedToken("a token has three parts")
    try:
        header, claims = (json.loads(decode_base64url(part)) for part in parts[:2])
    except (UnicodeDecodeError, json.JSONDecodeError) as error:
        raise MalformedToken("a part is no JSON") from error
    if not isinstance(header, dict) or not isinstance(claims, dict):
        raise MalformedToken("a part is no JSON object")
    return ParsedToken(header, claims, f"{parts[0]}.{parts[1]}".encode(), decode_base64url(parts[2]))


def has_shared_key_signature(token: ParsedToken, key: bytes) -> bool:
    """Say whether a token was signed with HS256 and ``key``."""
    expected = hmac.new(key, token.signing_input, hashlib.sha256).digest()
    return token.header.get("alg") == "HS256" and hmac.compare_digest(expected, token.signature)


def has_rsa_signature(token: ParsedToken, public_key: rsa.RSAPublicKey) -> bool:
    """Say whether a token was signed by the owner of ``public_key``, with RS256 or PS256."""
    schemes: dict[str, padding.AsymmetricPadding] = {
        "RS256": padding.PKCS1v15(),
        "PS256": padding.PSS(mgf=padding.MGF1(hashes.SHA256()), salt_length=padding.PSS.DIGEST_LENGTH),
    }
    scheme = schemes.get(str(token.header.get("alg")))
    if scheme is None:
        return False
    try:
        public_key.verify(token.signature, token.signing_input, scheme, hashes.SHA256())
    except InvalidSignature:
        return False
    return True
