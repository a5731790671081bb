# Copyright: (c) 2026, m365.entra contributors
# GNU General Public License v3.0+ (see COPYING or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later
"""Client assertions, signed like MSAL does it."""

from __future__ import annotations

import json
from pathlib import Path

from cryptography import x509
from cryptography.hazmat.primitives import hashes
from cryptography.hazmat.primitives.asymmetric import padding, rsa
from cryptography.hazmat.primitives.serialization import load_pem_private_key

from simulator.json_types import JsonObject
from simulator.token_service.client_authentication import certificate_thumbprint
from simulator.token_service.jwt import encode_base64url


def signed_by_certificate(path: Path, claims: JsonObject) -> str:
    """Return an RS256 token of ``claims``, with the SHA-1 thumbprint of the certificate in ``path`` as ``x5t``."""
    content = path.read_bytes()
    key = load_pem_private_key(content, None)
    assert isinstance(key, rsa.RSAPrivateKey)
    thumbprint = certificate_thumbprint(x509.load_pem_x509_certificate(content), hashes.SHA1())
    header = {"alg": "RS256", "typ": "JWT", "x5t": thumbprint}
    signing_input = ".".join(encode_base64url(json.dumps(part).encode()) for part in (header, claims))
    signature = key.sign(signing_input.encode(), padding.PKCS1v15(), hashes.SHA256())
    return f"{signing_input}.{encode_base64url(signature)}"
