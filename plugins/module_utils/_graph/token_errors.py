# Copyright: (c) 2026, m365.entra contributors
# GNU General Public License v3.0+ (see COPYING or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later

"""Turns a failed sign-in into one message with the AADSTS code, the cause and the remedy (facts section 0.3)."""

from __future__ import annotations

import re

from .connection import Connection
from .errors import AuthenticationFailed, ConnectionFailed, EntraError

_CODE = re.compile(r"AADSTS(\d+)")
_TRACE = re.compile(r"(?:Trace ID|trace_id)[\"':= ]+([0-9a-fA-F-]{36})")

_MEANINGS: dict[str, tuple[str, str]] = {
    "7000215": (
        "the client secret is wrong",
        "Use the secret's value, not its id, and check that it belongs to this application.",
    ),
    "7000222": (
        "the client secret has expired",
        "Create a new secret, or use a certificate or a federated credential.",
    ),
    "700027": (
        "the certificate is not registered with the application, or its signature was not accepted",
        "Upload the certificate's public part to the application registration.",
    ),
    "700024": (
        "the assertion is outside its validity period",
        "Check this machine's clock and the certificate's or token's validity.",
    ),
    "70021": (
        "no federated credential of the application matches the token's issuer, subject and audience",
        "Add a federated credential for exactly this issuer, subject and audience.",
    ),
    "700213": (
        "no federated credential of the application matches the token's subject",
        "Add a federated credential for exactly this issuer, subject and audience.",
    ),
    "700016": (
        "the application is not present in this tenant",
        "Check client_id, and let an administrator of the tenant consent to the application.",
    ),
    "7000112": ("the application is disabled in this tenant", "Enable its service principal in the tenant."),
    "90002": ("there is no such tenant", "Check tenant_id and the cloud."),
    "900023": ("the tenant id is not valid", "Give the tenant's GUID or one of its verified domain names."),
    "5000224": ("the tenant is blocked or gone", "Check the tenant's status with Microsoft."),
    "65001": ("consent is missing", "Let an administrator of the tenant consent to the application's permissions."),
    "500011": ("the tenant does not know the resource", "Check cloud and graph_url."),
    "70011": ("the scope is not valid", "Check cloud and graph_url."),
    "1002012": ("the scope is not valid for client credentials", "Check cloud and graph_url."),
    "53003": (
        "a Conditional Access policy blocked the sign-in",
        "Exclude this identity or sign in as the policy demands.",
    ),
    "50076": ("multifactor authentication is demanded", "Automation needs an application identity, not a user's."),
    "50079": ("MFA registration is demanded", "Automation needs an application identity, not a user's."),
    "700082": ("the refresh token has expired", "Sign in again."),
    "50173": ("the refresh token was revoked", "Sign in again."),
}

_NO_METADATA = "unable to get authority configuration"
_UNKNOWN_TENANT = "90002"

_UNTRUSTED = ("certificate verify failed", "certificate_verify_failed", "self-signed", "self signed")
_UNREACHABLE = (
    "failed to establish a new connection",
    "connection refused",
    "name or service not known",
    "temporary failure in name resolution",
    "nodename nor servname",
    "failed to resolve",
    "timed out",
    "max retries exceeded",
    "network is unreachable",
    "no route to host",
    "connect call failed",
    "all connection attempts failed",
    "connection aborted",
)


def connection_error(text: str, url: str, option: str) -> ConnectionFailed | None:
    """The ConnectionFailed for an exception's text that speaks of TLS trust or of the network, else None."""
    lowered = text.lower()
    if any(sign in lowered for sign in _UNTRUSTED):
        return ConnectionFailed(
            f"{option}: the certificate of {url} is not trusted by this machine.",
            remedy="Give the certificate authority's file as ca_path, or add it to the machine's trust store.",
        )
    if any(sign in lowered for sign in _UNREACHABLE):
        return ConnectionFailed(
            f"{option}: {url} cannot be reached.",
            remedy="Check the URL, name resolution, proxy and firewall.",
        )
    return None


def authentication_error(text: str, connection: Connection) -> EntraError:
    """The error for a failed token request.

    *text* is the exception's text of azure-identity; of it only the AADSTS code and the trace id are used, because it
    may quote what was sent.
    """
    unreachable = connection_error(text, connection.cloud.authority_url, "authority_url")
    number = number_in(text)
    if unreachable is not None and not number:
        return unreachable
    request_id = trace_id_in(text)
    subject = f"Signing in to tenant {connection.tenant_id} with auth_method {connection.auth_method} failed"
    number = number or number_without_code(text)
    if not number:
        cause, remedy = _known_cause(text, connection)
        return AuthenticationFailed(f"{subject}{cause}.", remedy=remedy, request_id=request_id)
    cause, remedy = meaning_of_number(number)
    return AuthenticationFailed(
        f"{subject}: {cause} (AADSTS{number}).", remedy=remedy, request_id=request_id, code=f"AADSTS{number}"
    )


def number_in(text: str) -> str:
    """The digits of the AADSTS code in *text*, empty when there is none."""
    code = _CODE.search(text)
    return code.group(1) if code else ""


def number_without_code(text: str) -> str:
    """The number that the sign-in library hides: it reads the tenant's metadata first and only says that it failed."""
    return _UNKNOWN_TENANT if _NO_METADATA in text.lower() else ""


def trace_id_in(text: str) -> str:
    """The token service's id of the request in *text*, empty when there is none."""
    trace = _TRACE.search(text)
    return trace.group(1) if trace else ""


def meaning_of_number(number: str) -> tuple[str, str]:
    """The cause and the remedy behind the digits of an AADSTS code."""
    return _MEANINGS.get(
        number, ("the token service refused it", "Look the code up in Microsoft's list of AADSTS errors.")
    )


_CAUSES = (
    ("azure cli not found", ": the Azure CLI is not on the PATH", "Install it, or choose another auth_method."),
    ("az login", ": nobody is signed in with the Azure CLI", "Sign in to this tenant with az login --tenant."),
    ("timed out waiting for azure cli", ": the Azure CLI did not answer in time", "Try az account get-access-token."),
    (
        "managedidentitycredential",
        ": no managed identity answers here",
        "Run on a machine that has a managed identity.",
    ),
)


def _known_cause(text: str, connection: Connection) -> tuple[str, str]:
    lowered = text.lower()
    known = next(((cause, remedy) for sign, cause, remedy in _CAUSES if sign in lowered), None)
    return known or ("", _remedy_without_code(connection))


def _remedy_without_code(connection: Connection) -> str:
    return {
        "azure_cli": "Install the Azure CLI and sign in to this tenant with az login.",
        "managed_identity": "Check that this machine has a managed identity and that its endpoint answers.",
        "certificate": "Check that certificate_path holds an RSA key and its certificate, and certificate_password.",
    }.get(connection.auth_method, "Check the credential options.")
