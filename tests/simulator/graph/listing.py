# Copyright: (c) 2026, m365.entra contributors
# GNU General Public License v3.0+ (see COPYING or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later
"""Answers for collections: filtered, ordered, projected and paged."""

from __future__ import annotations

import base64
import binascii
from collections.abc import Callable, Sequence
from dataclasses import dataclass
from urllib.parse import parse_qsl, urlencode

from ..json_types import JsonObject
from ..messages import Response
from . import errors
from .call import GraphCall
from .filter_expression import Filter, FilterSyntaxError, FilterUnsupported, folded, parse_filter, value_at


@dataclass(frozen=True)
class Listing:
    """What a collection's queries may use. ``select`` maps an object and the wanted names to what is shown.

    ``ordered`` are the properties that a filter may compare by ``ge`` and its like.
    """

    type_name: str
    filterable: frozenset[str]
    selectable: frozenset[str]
    select: Callable[[JsonObject, tuple[str, ...] | None], JsonObject]
    page_size: int
    requires_eventual_count: bool = True
    ordered: frozenset[str] = frozenset()
    allowed: frozenset[str] = frozenset({"$filter", "$select", "$top", "$skip", "$count", "$orderby"})


def listed(call: GraphCall, items: Sequence[JsonObject], listing: Listing, context: str) -> Response:
    """Return one page of ``items`` as the query asks for.

    Raises:
        GraphError: the query uses what this collection does not support.
    """
    refuse_unsupported(call, listing)
    kept = _ordered(_filtered(items, call, listing), call, listing)
    start = offset_of(call.query.skip_token) if call.query.skip_token else (call.query.skip or 0)
    size = call.query.top or listing.page_size
    page = kept[start : start + size]
    body: JsonObject = {"@odata.context": f"{call.context_url}{context}"}
    if call.query.count:
        body["@odata.count"] = len(kept)
    if start + size < len(kept):
        body["@odata.nextLink"] = next_link(call, start + size)
    body["value"] = [listing.select(item, call.query.select) for item in page]
    return Response(200, body)


def check_selected(call: GraphCall, type_name: str, selectable: frozenset[str]) -> None:
    """Refuse a ``$select`` of what the type does not have."""
    for name in call.query.select or ():
        if name not in selectable:
            raise errors.query_invalid(
                "Parsing OData Select and Expand failed: "
                f"Could not find a property named '{name}' on type 'microsoft.graph.{type_name}'."
            )


def selected(item: JsonObject, names: tuple[str, ...] | None) -> JsonObject:
    """Return the wanted properties of an object; its id and its type always show."""
    if names is None:
        return item
    return {name: value for name, value in item.items() if name in (*names, "id", "@odata.type")}


def refuse_unsupported(call: GraphCall, listing: Listing) -> None:
    """Refuse a query option or a selection that the collection does not support."""
    for name in ("$filter", "$top", "$skip", "$count", "$orderby", "$expand", "$search", "$select"):
        if name in call.request.query and name not in listing.allowed:
            raise errors.unsupported_query(f"The query option '{name}' is not supported for {listing.type_name}.")
    check_selected(call, listing.type_name, listing.selectable)
    if call.query.count and listing.requires_eventual_count and not call.query.eventual:
        raise errors.unsupported_query("Request with $count=true needs the header 'ConsistencyLevel: eventual'.")


def _filtered(items: Sequence[JsonObject], call: GraphCall, listing: Listing) -> list[JsonObject]:
    wanted = wanted_filter(call, listing)
    return list(items) if wanted is None else [item for item in items if wanted.keeps(item)]


def wanted_filter(call: GraphCall, listing: Listing) -> Filter | None:
    """Return the filter of a query, or None.

    Raises:
        GraphError: it is none, or asks for what the collection does not support.
    """
    if call.query.filter is None:
        return None
    wanted = _parsed_filter(call.query.filter)
    unsupported = sorted((wanted.properties - listing.filterable) | (wanted.ordered - listing.ordered))
    if unsupported:
        raise errors.unsupported_query(
            f"Unsupported or invalid query filter clause specified for property '{unsupported[0]}' "
            f"of resource '{listing.type_name}'."
        )
    if wanted.advanced and listing.requires_eventual_count and not (call.query.eventual and call.query.count):
        raise errors.unsupported_query(
            "Operator is not supported because the required parameters might be missing: "
            "add $count=true and the header 'ConsistencyLevel: eventual'."
        )
    return wanted


def _parsed_filter(text: str) -> Filter:
    try:
        return parse_filter(text)
    except FilterSyntaxError as error:
        raise errors.query_invalid(f"Invalid filter clause: {error}") from error
    except FilterUnsupported as error:
        raise errors.unsupported_query(str(error)) from error


def _ordered(items: list[JsonObject], call: GraphCall, listing: Listing) -> list[JsonObject]:
    if call.query.order_by is None:
        return items
    name, _space, direction = call.query.order_by.strip().partition(" ")
    if name not in listing.filterable or direction not in ("", "asc", "desc"):
        raise errors.unsupported_query(f"Unsupported sort '{call.query.order_by}' for {listing.type_name}.")
    return sorted(items, key=lambda item: str(folded(value_at(item, name)) or ""), reverse=direction == "desc")


def next_link(call: GraphCall, offset: int) -> str:
    """Return the address of the page that begins at ``offset``."""
    kept = [
        (name, value)
        for name, value in parse_qsl(call.request.query_string, keep_blank_values=True)
        if name not in ("$skiptoken", "$skip")
    ]
    token = base64.urlsafe_b64encode(f"offset:{offset}".encode()).decode()
    query = urlencode([*kept, ("$skiptoken", token)], safe="$")
    return f"{call.request.base_url}{call.request.path}?{query}"


def offset_of(skip_token: str) -> int:
    """Return where the page of a skip token begins."""
    try:
        word, _colon, number = base64.urlsafe_b64decode(skip_token).decode().partition(":")
    except (binascii.Error, UnicodeDecodeError, ValueError) as error:
        raise errors.query_invalid("The skip token is invalid.") from error
    if word != "offset" or not number.isdecimal():
        raise errors.query_invalid("The skip token is invalid.")
    return int(number)
