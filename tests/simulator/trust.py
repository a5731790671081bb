# Copyright: (c) 2026, m365.entra contributors
# GNU General Public License v3.0+ (see COPYING or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later
"""The keys and certificates of the simulator, kept in its directory."""

from __future__ import annotations

import datetime
import os
import ssl
import threading
from pathlib import Path

import trustme
from cryptography import x509
from cryptography.hazmat.primitives import hashes
from cryptography.hazmat.primitives.asymmetric import rsa
from cryptography.hazmat.primitives.serialization import Encoding, NoEncryption, PrivateFormat
from cryptography.x509.oid import NameOID

from .private_files import write_private

SERVER_NAMES = ("localhost", "127.0.0.1", "::1")


class Trust:
    """A certificate authority, the server's certificate, and one certificate for clients to sign in with.

    The authority and the client certificate are made once per directory, so that what trusts them keeps working.
    """

    def __init__(self, directory: Path) -> None:
        self._directory = directory
        self._lock = threading.Lock()
        self.ca_path = directory / "ca.pem"
        self.client_certificate_path = directory / "client-certificate.pem"
        self._authority = self._load_or_create_authority()

    def _load_or_create_authority(self) -> trustme.CA:
        key_path = self._directory / "ca-key.pem"
        if self.ca_path.exists() and key_path.exists():
            return trustme.CA.from_pem(self.ca_path.read_bytes(), key_path.read_bytes())
        authority = trustme.CA(organization_name="Tenant simulator")
        write_private(key_path, authority.private_key_pem.bytes())
        write_private(self.ca_path, authority.cert_pem.bytes())
        os.chmod(self.ca_path, 0o644)
        return authority

    def server_context(self) -> ssl.SSLContext:
        """Return the TLS settings of the server, with a fresh certificate for the loopback names."""
        context = ssl.SSLContext(ssl.PROTOCOL_TLS_SERVER)
        context.minimum_version = ssl.TLSVersion.TLSv1_2
        self._authority.issue_cert(*SERVER_NAMES).configure_cert(context)
        return context

    def ensure_client_certificate(self) -> None:
        """Make the client's key and certificate if there are none yet; that takes a tenth of a second or more."""
        with self._lock:
            if not self.client_certificate_path.exists():
                write_private(self.client_certificate_path, new_client_certificate())

    @property
    def client_certificate(self) -> str:
        """The certificate (PEM) in ``client_certificate_path``; the file also holds its RSA key."""
        self.ensure_client_certificate()
        certificate = x509.load_pem_x509_certificate(self.client_certificate_path.read_bytes())
        return certificate.public_bytes(Encoding.PEM).decode()


def new_client_certificate(common_name: str = "Tenant simulator client") -> bytes:
    """Return a new RSA key and a self-signed certificate for it, as one PEM text."""
    key = rsa.generate_private_key(public_exponent=65537, key_size=2048)
    name = x509.Name([x509.NameAttribute(NameOID.COMMON_NAME, common_name)])
    now = datetime.datetime.now(datetime.UTC)
    certificate = (
        x509.CertificateBuilder()
        .subject_name(name)
        .issuer_name(name)
        .public_key(key.public_key())
        .serial_number(x509.random_serial_number())
        .not_valid_before(now - datetime.timedelta(hours=1))
        .not_valid_after(now + datetime.timedelta(days=3650))
        .sign(key, hashes.SHA256())
    )
    key_pem = key.private_bytes(Encoding.PEM, PrivateFormat.PKCS8, NoEncryption())
    return key_pem + certificate.public_bytes(Encoding.PEM)
