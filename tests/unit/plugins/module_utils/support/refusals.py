# Copyright: (c) 2026, m365.entra contributors
# GNU General Public License v3.0+ (see COPYING or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later
"""Error answers of Microsoft Graph in its two shapes, and what we make of them."""

from __future__ import annotations

import json
import typing as t

from ansible_collections.m365.entra.plugins.module_utils._graph.errors import ServiceRefused
from ansible_collections.m365.entra.plugins.module_utils._graph.service_errors import service_error

GENERIC_TEXT = "The server could not process the request because it is malformed or incorrect."


def error(body: t.Any, status: int = 400, **headers: str) -> ServiceRefused:
    """The error for an answer."""
    content = body if isinstance(body, bytes) else json.dumps(body).encode()
    return service_error("POST", "/v1.0/x", status, headers, content)


def shape_a(message: str, code: str = "BadRequest") -> dict[str, t.Any]:
    """The number stands in the message."""
    return {"error": {"code": code, "message": message, "innerError": {"request-id": "inner-id"}}}


def shape_b(message: str) -> dict[str, t.Any]:
    """The number stands in the inner message."""
    inner = {"message": message, "request-id": "inner-id"}
    return {"error": {"code": "BadRequest", "message": GENERIC_TEXT, "innerError": inner}}
