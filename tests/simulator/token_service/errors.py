# Copyright: (c) 2026, m365.entra contributors
# GNU General Public License v3.0+ (see COPYING or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later
"""The errors of the login endpoint, by their AADSTS number (facts section 0.3)."""

from __future__ import annotations

import uuid
from datetime import UTC, datetime

from ..json_types import JsonObject


class TokenError(Exception):
    """A refusal of the token service."""

    def __init__(self, number: int, error: str, description: str, status: int = 400) -> None:
        super().__init__(description)
        self.number = number
        self.error = error
        self.description = description
        self.status = status

    def body(self, correlation_id: str) -> JsonObject:
        trace_id = str(uuid.uuid4())
        timestamp = f"{datetime.now(UTC):%Y-%m-%d %H:%M:%S}Z"
        return {
            "error": self.error,
            "error_description": (
                f"AADSTS{self.number}: {self.description} "
                f"Trace ID: {trace_id} Correlation ID: {correlation_id} Timestamp: {timestamp}"
            ),
            "error_codes": [self.number],
            "timestamp": timestamp,
            "trace_id": trace_id,
            "correlation_id": correlation_id,
            "error_uri": f"https://login.microsoftonline.com/error?code={self.number}",
        }


def tenant_not_found(identifier: str) -> TokenError:
    return TokenError(
        90002,
        "invalid_request",
        f"Tenant '{identifier}' not found. Check to make sure you have the correct tenant ID and are signing into the "
        "correct cloud. Check with your subscription administrator, this may happen if there are no active "
        "subscriptions for the tenant.",
    )


def tenant_identifier_invalid(identifier: str) -> TokenError:
    return TokenError(
        900023,
        "invalid_request",
        f"Specified tenant identifier '{identifier}' is neither a valid DNS name, nor a valid external domain.",
    )


def parameter_missing(name: str) -> TokenError:
    return TokenError(900144, "invalid_request", f"The request body must contain the following parameter: '{name}'.")


def grant_type_unsupported(grant_type: str) -> TokenError:
    return TokenError(70003, "unsupported_grant_type", f"The app requested an unsupported grant type '{grant_type}'.")


def application_not_found(client_id: str, tenant_name: str) -> TokenError:
    return TokenError(
        700016,
        "unauthorized_client",
        f"Application with identifier '{client_id}' was not found in the directory '{tenant_name}'. This can happen "
        "if the application has not been installed by the administrator of the tenant or consented to by any user in "
        "the tenant. You may have sent your authentication request to the wrong tenant.",
    )


def application_disabled(client_id: str) -> TokenError:
    return TokenError(7000112, "unauthorized_client", f"Application '{client_id}' is disabled.", 401)


def scope_invalid(scope: str) -> TokenError:
    return TokenError(
        1002012,
        "invalid_scope",
        f"The provided value for scope {scope} is not valid. Client credential flows must have a scope value with "
        "/.default suffixed to the resource identifier (application ID URI).",
    )


def scope_malformed(scope: str) -> TokenError:
    return TokenError(
        70011,
        "invalid_scope",
        f"The provided request must include a 'scope' input parameter. The provided value for the input parameter "
        f"'scope' is not valid. The scope {scope} is not valid.",
    )


def resource_not_found(resource: str, tenant_name: str) -> TokenError:
    return TokenError(
        500011,
        "invalid_resource",
        f"The resource principal named {resource} was not found in the tenant named {tenant_name}. This can happen if "
        "the application has not been installed by the administrator of the tenant or consented to by any user in the "
        "tenant. You might have sent your authentication request to the wrong tenant.",
    )


def credential_missing() -> TokenError:
    return TokenError(
        7000216,
        "invalid_client",
        "'client_assertion', 'client_secret' or 'request' is required for the 'client_credentials' grant type.",
        401,
    )


def secret_wrong(client_id: str) -> TokenError:
    return TokenError(
        7000215,
        "invalid_client",
        "Invalid client secret provided. Ensure the secret being sent in the request is the client secret value, not "
        f"the client secret ID, for a secret added to app '{client_id}'.",
        401,
    )


def secret_expired(client_id: str) -> TokenError:
    return TokenError(
        7000222,
        "invalid_client",
        f"The provided client secret keys for app '{client_id}' are expired. Visit the Azure portal to create new "
        "keys for your app, or consider using certificate credentials for added security.",
        401,
    )


def assertion_malformed() -> TokenError:
    return TokenError(50027, "invalid_request", "JWT token is invalid or malformed.")


def certificate_not_registered(thumbprint: str, client_id: str) -> TokenError:
    return TokenError(
        700027,
        "invalid_client",
        "The certificate with identifier used to sign the client assertion is not registered on application. "
        f"[Reason - The key was not found., Thumbprint of key used by client: '{thumbprint}', "
        f"application '{client_id}'].",
        401,
    )


def assertion_signature_invalid(thumbprint: str, client_id: str) -> TokenError:
    return TokenError(
        700027,
        "invalid_client",
        "Client assertion failed signature validation. [Reason - The key was found, but use of the key to verify the "
        f"signature failed., Thumbprint of key used by client: '{thumbprint}', application '{client_id}'].",
        401,
    )


def assertion_audience_wrong() -> TokenError:
    return TokenError(700023, "invalid_client", "Client assertion audience claim does not match Realm issuer.", 401)


def assertion_outside_time(now: int, starts: object, ends: object) -> TokenError:
    return TokenError(
        700024,
        "invalid_client",
        "Client assertion is not within its valid time range. "
        f"Current time: {now}, assertion valid from {starts}, expiry time of assertion {ends}.",
        401,
    )


def federation_not_matched(issuer: object, subject: object, audience: object) -> TokenError:
    return TokenError(
        70021,
        "invalid_request",
        "No matching federated identity record found for presented assertion. "
        f"Assertion Issuer: '{issuer}'. Assertion Subject: '{subject}'. Assertion Audience: '{audience}'.",
    )


def refresh_token_unknown() -> TokenError:
    return TokenError(70000, "invalid_grant", "Provided grant is invalid or malformed.")


def refresh_token_expired() -> TokenError:
    return TokenError(
        700082, "invalid_grant", "The refresh token has expired due to inactivity. The user must sign in again."
    )


def client_not_public() -> TokenError:
    return TokenError(
        7000218,
        "invalid_client",
        "The request body must contain the following parameter: 'client_assertion' or 'client_secret'.",
        401,
    )


def device_code_pending() -> TokenError:
    return TokenError(
        70016, "authorization_pending", "OAuth 2.0 device flow error. Authorization is pending. Continue polling."
    )


def device_code_polled_too_fast() -> TokenError:
    return TokenError(70016, "slow_down", "OAuth 2.0 device flow error. The client polls too fast.")


def device_code_expired() -> TokenError:
    return TokenError(
        70020,
        "expired_token",
        "The provided value for the input parameter 'device_code' is not valid. This device code has expired.",
    )


def device_code_denied(error: str) -> TokenError:
    return TokenError(65004, error, "User declined to consent to access the app.")


def device_code_unknown() -> TokenError:
    return TokenError(70018, "bad_verification_code", "The provided device code is not known.")
