# Copyright: (c) 2026, m365.entra contributors
# GNU General Public License v3.0+ (see COPYING or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later
"""The errors of Graph, in the shapes that were recorded (facts sections 0.2 and 14)."""

from __future__ import annotations

import math
import uuid
from collections.abc import Mapping

from ..clock import error_timestamp
from ..json_types import JsonObject
from ..messages import Request, Response
from ..profile import Profile

GENERIC_MESSAGE = "The server could not process the request because it is malformed or incorrect."


class GraphError(Exception):
    """A refusal by Graph. ``policy_validation`` marks those that come in the two shapes of facts section 0.2."""

    def __init__(
        self,
        status: int,
        code: str,
        message: str,
        headers: Mapping[str, str] | None = None,
        policy_validation: bool = False,
    ) -> None:
        super().__init__(message)
        self.status = status
        self.code = code
        self.message = message
        self.headers = dict(headers or {})
        self.policy_validation = policy_validation


def error_response(error: GraphError, request: Request, request_id: str, profile: Profile) -> Response:
    """Return the answer for an error; the profile chooses where a validation text stands."""
    message, inner = error.message, {}
    if error.policy_validation and profile.error_shape == "inner_error":
        message, inner = GENERIC_MESSAGE, {"message": error.message}
    body = error_body(error.code, message, request_id, client_request_id(request), inner)
    return Response(error.status, body, error.headers)


def error_body(
    code: str, message: str, request_id: str, client_request_id: str, inner: Mapping[str, str] | None = None
) -> JsonObject:
    """Return an error envelope."""
    return {
        "error": {
            "code": code,
            "message": message,
            "innerError": {
                **(inner or {}),
                "date": error_timestamp(),
                "request-id": request_id,
                "client-request-id": client_request_id,
            },
        }
    }


def client_request_id(request: Request) -> str:
    """Return the id that the client chose, or a new one."""
    return request.header("client-request-id") or str(uuid.uuid4())


def invalid_token(reason: str, base_url: str) -> GraphError:
    challenge = f'Bearer realm="", authorization_uri="{base_url}/common/oauth2/authorize"'
    return GraphError(401, "InvalidAuthenticationToken", reason, {"WWW-Authenticate": challenge})


def access_denied() -> GraphError:
    """The policy services' refusal of a token without the permission."""
    message = "You cannot perform the requested operation, required scopes are missing in the token."
    return GraphError(403, "AccessDenied", message)


def authorization_request_denied() -> GraphError:
    """The directory services' refusal of a token without the permission."""
    return GraphError(403, "Authorization_RequestDenied", "Insufficient privileges to complete the operation.")


def reports_permission_missing() -> GraphError:
    """The reports services' refusal of a token without the permission."""
    message = "The principal does not have required Microsoft Graph permission(s): AuditLog.Read.All to call this API."
    return GraphError(403, "Authentication_MSGraphPermissionMissing", message)


def premium_needed() -> GraphError:
    """The reports services' refusal of a tenant without a premium licence (facts section 9.1)."""
    message = "Neither tenant is B2C or tenant doesn't have premium license"
    return GraphError(403, "Authentication_RequestFromNonPremiumTenantOrB2CTenant", message)


def too_many_requests(wait: float | None = None) -> GraphError:
    """A refusal of one request too many; ``wait`` is what Retry-After says, rounded up, where it is said."""
    headers = {} if wait is None else {"Retry-After": str(math.ceil(wait))}
    return GraphError(429, "TooManyRequests", "Too many requests.", headers)


def segment_not_found(segment: str) -> GraphError:
    return GraphError(400, "BadRequest", f"Resource not found for the segment '{segment}'.")


def method_not_allowed() -> GraphError:
    return GraphError(405, "Request_BadRequest", "Specified HTTP method is not allowed for the request target.")


def bad_request(message: str) -> GraphError:
    return GraphError(400, "Request_BadRequest", message)


def query_invalid(message: str) -> GraphError:
    return GraphError(400, "BadRequest", message)


def unsupported_query(message: str) -> GraphError:
    return GraphError(400, "Request_UnsupportedQuery", message)


def directory_object_not_found(identifier: str) -> GraphError:
    return GraphError(
        404,
        "Request_ResourceNotFound",
        f"Resource '{identifier}' does not exist or one of its queried reference-property objects are not present.",
    )


def governance_licence_needed() -> GraphError:
    """Privileged Identity Management's refusal of a tenant without its licence; general knowledge."""
    message = "The tenant needs to have Microsoft Entra ID P2 or Microsoft Entra ID Governance license."
    return GraphError(400, "AadPremiumLicenseRequired", message)


def policy_object_not_found(type_name: str, identifier: str, code: str) -> GraphError:
    """A 404 of the policy services; its code is uncertain (facts section 15, number 4)."""
    return GraphError(404, code, f"{type_name} with id {identifier} does not exist in the directory.")


def policy_invalid(message: str) -> GraphError:
    """A refusal of the content of a policy or another policy object."""
    return GraphError(400, "BadRequest", message, policy_validation=True)


def policy_object_mismatch(type_name: str, reason: str) -> GraphError:
    """A refusal of a body that is not of its type.

    The service does not say what is wrong with it; the header ``x-simulator-reason`` does.
    """
    error = policy_invalid(f"Incoming {type_name} object does not match the schema of its type.")
    error.headers["x-simulator-reason"] = reason
    return error
