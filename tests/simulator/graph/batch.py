# Copyright: (c) 2026, m365.entra contributors
# GNU General Public License v3.0+ (see COPYING or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later
"""``POST /$batch``: many requests in one (facts section 13.1)."""

from __future__ import annotations

import json
from collections.abc import Callable
from dataclasses import replace
from typing import Any

from ..json_types import JsonObject
from ..messages import MalformedBody, Request, Response
from . import errors

MAXIMUM_ITEMS = 20
FAILED_DEPENDENCY = {"code": "FailedDependency", "message": "A request that this one depends on failed."}
Answering = Callable[[Request], Response]


def batch_answer(request: Request, version: str, answer: Answering) -> Response:
    """Answer every item of a batch by itself; the batch succeeds even where all its items fail.

    Raises:
        GraphError: the batch itself is malformed.
    """
    items = _items(request)
    statuses: dict[str, int] = {}
    responses = []
    for item in items:
        response = _item_answer(item, request, version, answer, statuses)
        statuses[str(item["id"])] = response["status"]
        responses.append(response)
    return Response(200, {"responses": responses})


def _items(request: Request) -> list[JsonObject]:
    try:
        body = request.json()
    except MalformedBody as error:
        raise errors.query_invalid("Invalid batch payload format.") from error
    items = body.get("requests") if isinstance(body, dict) else None
    if not isinstance(items, list) or not items or not all(_is_well_formed(item) for item in items):
        raise errors.query_invalid("Invalid batch payload format.")
    if len(items) > MAXIMUM_ITEMS:
        raise errors.query_invalid(f"Number of batch request steps exceeds the maximum value of {MAXIMUM_ITEMS}.")
    _check_references(items)
    return items


def _is_well_formed(item: Any) -> bool:
    return isinstance(item, dict) and all(isinstance(item.get(name), str) for name in ("id", "method", "url"))


def _check_references(items: list[JsonObject]) -> None:
    """Ids are unique, and an item depends only on items before it."""
    seen: set[str] = set()
    for item in items:
        if item["id"] in seen:
            raise errors.query_invalid(f"Request id '{item['id']}' is used more than once.")
        unknown = [name for name in item.get("dependsOn", ()) if name not in seen]
        if unknown:
            raise errors.query_invalid(f"Request '{item['id']}' depends on '{unknown[0]}', which is not before it.")
        seen.add(item["id"])


def _item_answer(
    item: JsonObject, outer: Request, version: str, answer: Answering, statuses: dict[str, int]
) -> JsonObject:
    if any(statuses[name] >= 400 for name in item.get("dependsOn", ())):
        return {"id": item["id"], "status": 424, "headers": {}, "body": {"error": FAILED_DEPENDENCY}}
    response = answer(_item_request(item, outer, version))
    headers = dict(response.headers)
    if response.body is not None:
        headers["Content-Type"] = "application/json"
    return {"id": item["id"], "status": response.status, "headers": headers, "body": response.body}


def _item_request(item: JsonObject, outer: Request, version: str) -> Request:
    path, _question, query = item["url"].partition("?")
    own_headers = {str(name).lower(): str(value) for name, value in item.get("headers", {}).items()}
    body = item.get("body")
    if body is not None and "content-type" not in own_headers:
        raise errors.query_invalid(f"Request '{item['id']}' has a body but no Content-Type header.")
    return replace(
        outer,
        method=item["method"].upper(),
        path=f"/{version}/{path.lstrip('/')}",
        query_string=query,
        headers={"authorization": outer.header("authorization")} | own_headers,
        body=b"" if body is None else json.dumps(body).encode(),
    )
