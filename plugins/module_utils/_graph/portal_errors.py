# Copyright: (c) 2026, m365.entra contributors
# GNU General Public License v3.0+ (see COPYING or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later

"""Turns an error answer of the portal's services into a ServiceRefused that says what to do (facts section 6.2).

Their errors are not recorded, so of the body only a message is looked for, in the shapes that Microsoft's services use.
"""

from __future__ import annotations

import json
import typing as t

from .errors import ServiceRefused

SERVICE = "the portal's service"

_LONGEST_TEXT = 500
_NO_OTHER_WAY = "Microsoft supports no program here; use lane: evidence and change the settings in the portal by hand."
_REMEDIES = {
    400: f"The settings may look different today than they are known to. {_NO_OTHER_WAY}",
    401: "The person's access token is not for this service or has expired: sign in again with "
    "m365.entra.portal_sign_in, and check portal.client_id and the scope.",
    403: "The person needs a role that may change these settings, such as Global Administrator, and a licence that "
    "includes them.",
    404: f"The service has moved or is gone: check the address in the option portal. {_NO_OTHER_WAY}",
}
_REDIRECTED = "The answer leads to another address, where the person's token is never sent; check the option portal."
_REQUEST_ID_HEADERS = ("x-ms-request-id", "request-id", "x-ms-correlation-id", "x-ms-client-request-id")


def portal_error(method: str, path: str, status: int, headers: t.Mapping[str, str], body: bytes) -> ServiceRefused:
    """The error for one answer: *path* without query, *headers* with lower-case names, *body* as received."""
    told = f"{method} {path} was refused by {SERVICE}: {status}"
    text = _message(body)
    return ServiceRefused(
        (f"{told}: {text}" if text else told).rstrip(".") + ".",
        remedy=_REDIRECTED if 300 <= status < 400 else _REMEDIES.get(status, ""),
        request_id=next((headers[name] for name in _REQUEST_ID_HEADERS if headers.get(name)), ""),
        status=status,
    )


def _message(body: bytes) -> str:
    try:
        parsed = json.loads(body)
    except ValueError:
        return ""
    text = _text(parsed)
    return text if len(text) <= _LONGEST_TEXT else text[:_LONGEST_TEXT] + "..."


def _text(value: t.Any) -> str:
    """The message in *value*, however deep it is wrapped."""
    if isinstance(value, str):
        return value.strip()
    if not isinstance(value, dict):
        return ""
    members = {str(name).lower(): member for name, member in value.items()}
    wrapped = (members.get(name) for name in ("message", "error", "odata.error", "value"))
    return next((text for one in wrapped if (text := _text(one))), "")
