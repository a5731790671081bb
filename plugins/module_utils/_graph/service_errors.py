# Copyright: (c) 2026, m365.entra contributors
# GNU General Public License v3.0+ (see COPYING or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later

"""Turns an error answer of Microsoft Graph into a ServiceRefused that says what to do (facts sections 0.2 and 14)."""

from __future__ import annotations

import json
import re
import typing as t

from .errors import ServiceRefused

_NUMBERED = re.compile(r"^\s*(\d{4}):\s*(.*)", re.DOTALL)

_REMEDY_BY_NUMBER = {
    "1007": "The body does not match the service's schema: check property names, types and that lists are lists.",
    "1011": "Give applications.include_applications, include_user_actions or an authentication context.",
    "1032": "This combination of grant or session controls is not allowed for these conditions.",
    "1034": "An application in applications.include_applications or exclude_applications is not present in the tenant "
    "or cannot be targeted by Conditional Access.",
    "1037": "The policy uses preview features that the v1.0 endpoint does not serve.",
    "1038": "The policy uses preview features that the v1.0 endpoint does not accept.",
    "1039": "Sign-in risk and user risk need Microsoft Entra ID P2; buy or assign it, or leave these conditions out.",
    "1040": "A named location does not exist or is not visible yet; check its id or run again in a few seconds.",
    "1064": "Give conditions.client_app_types, or leave it out for all.",
    "1108": "Use either the built-in control mfa or an authentication strength, not both.",
}

_SECURITY_DEFAULTS_ARE_ON = "security defaults is enabled"

# What the service says in one of its two shapes, while the cause stands in the inner error.
_GENERIC = "The server could not process the request because it is malformed or incorrect"

_REMEDY_BY_STATUS = {
    401: "The token was not accepted: check that cloud, authority_url and graph_url belong together.",
    403: "Grant the missing application permission with admin consent and get a new token "
    "(tokens issued before the grant stay without it).",
    404: "The object does not exist, was deleted meanwhile, or is not visible yet.",
    429: "The service is throttling this tenant; run again later or with fewer parallel runs.",
}

_REMEDY_BY_CODE = {
    "Authentication_RequestFromNonPremiumTenantOrB2CTenant": "This needs Microsoft Entra ID P1 or P2 in the tenant.",
    "Request_UnsupportedQuery": "The service does not support this query.",
}


def _parsed(body: bytes) -> dict[str, t.Any]:
    try:
        parsed = json.loads(body)
    except (ValueError, UnicodeDecodeError):
        return {}
    error = parsed.get("error") if isinstance(parsed, dict) else None
    return error if isinstance(error, dict) else {}


def _inner(error: t.Mapping[str, t.Any]) -> t.Mapping[str, t.Any]:
    inner = error.get("innerError") or error.get("innererror")
    return inner if isinstance(inner, dict) else {}


def _meaning(error: t.Mapping[str, t.Any]) -> str:
    """The useful text: the numbered one, which is in error.message or in error.innerError.message (two shapes)."""
    inner = _inner(error)
    candidates = [str(text) for text in (error.get("message"), inner.get("message")) if text]
    numbered = [text for text in candidates if _NUMBERED.match(text)]
    telling = [text for text in candidates if not text.startswith(_GENERIC)]
    return (numbered or telling or candidates or [""])[0].strip()


def _request_id(error: t.Mapping[str, t.Any], headers: t.Mapping[str, str]) -> str:
    inner = _inner(error)
    return str(headers.get("request-id") or inner.get("request-id") or inner.get("requestId") or "")


def _remedy(status: int, code: str, number: str, meaning: str) -> str:
    if _SECURITY_DEFAULTS_ARE_ON in meaning.lower():
        return (
            "Turn security defaults off first, or let m365.entra.tenant_configuration do both in one plan "
            "(security_defaults.is_enabled: false)."
        )
    return _REMEDY_BY_NUMBER.get(number) or _REMEDY_BY_CODE.get(code) or _REMEDY_BY_STATUS.get(status, "")


def service_error(method: str, path: str, status: int, headers: t.Mapping[str, str], body: bytes) -> ServiceRefused:
    """The error for one answer: *path* without query, *body* as received (any or no content).

    The result's code is the service's four-digit number when it gave one, else its error code.
    """
    error = _parsed(body)
    code = str(error.get("code") or "")
    meaning = _meaning(error)
    match = _NUMBERED.match(meaning)
    number = match.group(1) if match else ""
    answer = f"{status} {code}".strip()
    text = f"{method} {path} was refused by Microsoft Graph: {answer}" + (f": {meaning}" if meaning else "")
    return ServiceRefused(
        text.rstrip(".") + ".",
        remedy=_remedy(status, code, number, meaning),
        request_id=_request_id(error, headers),
        code=number or code,
        status=status,
    )
