# Copyright: (c) 2026, m365.entra contributors
# GNU General Public License v3.0+ (see COPYING or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later
"""The OData query options of a request."""

from __future__ import annotations

from dataclasses import dataclass

from ..messages import Request
from . import errors

KNOWN_OPTIONS = frozenset(
    {"$select", "$filter", "$top", "$skip", "$skiptoken", "$count", "$expand", "$orderby", "$search", "$format"}
)
MAXIMUM_PAGE_SIZE = 999


@dataclass(frozen=True)
class QueryOptions:
    """Parsed query options; None where an option is not given."""

    select: tuple[str, ...] | None = None
    filter: str | None = None
    top: int | None = None
    skip: int | None = None
    skip_token: str | None = None
    count: bool = False
    expand: str | None = None
    order_by: str | None = None
    search: str | None = None
    eventual: bool = False


def parse_query(request: Request, largest_page: int = MAXIMUM_PAGE_SIZE) -> QueryOptions:
    """Return the query options of a request, whose ``$top`` asks for ``largest_page`` at most.

    Raises:
        GraphError: an option is unknown, or a number is none.
    """
    query = request.query
    for name in query:
        if name.startswith("$") and name not in KNOWN_OPTIONS:
            raise errors.query_invalid(f"The query specified in the URI is not valid. Unknown query option '{name}'.")
    return QueryOptions(
        select=_names(query.get("$select")),
        filter=query.get("$filter"),
        top=_top(query.get("$top"), largest_page),
        skip=_number(query.get("$skip"), "$skip"),
        skip_token=query.get("$skiptoken"),
        count=query.get("$count", "false").lower() == "true",
        expand=query.get("$expand"),
        order_by=query.get("$orderby"),
        search=query.get("$search"),
        eventual=request.header("consistencylevel").lower() == "eventual",
    )


def _names(text: str | None) -> tuple[str, ...] | None:
    if not text:
        return None
    return tuple(name.strip() for name in text.split(",") if name.strip())


def _top(text: str | None, largest: int) -> int | None:
    number = _number(text, "$top")
    if number is not None and not 1 <= number <= largest:
        raise errors.unsupported_query(
            f"Invalid page size specified: '{number}'. Must be between 1 and {largest} inclusive."
        )
    return number


def _number(text: str | None, name: str) -> int | None:
    if text is None:
        return None
    if not text.isdecimal():
        raise errors.query_invalid(f"Invalid value '{text}' for {name} query option found.")
    return int(text)
