# Copyright: (c) 2026, m365.entra contributors
# GNU General Public License v3.0+ (see COPYING or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later
"""Pages of very long reports, whose rows are made as they are read and never held together."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass

from ..json_types import JsonObject
from ..messages import Response
from .call import GraphCall
from .filter_expression import Filter
from .listing import Listing, next_link, offset_of, refuse_unsupported, wanted_filter


def _always(row: JsonObject) -> bool:
    return True


@dataclass(frozen=True)
class Rows:
    """The rows of a report: how many there are, each by its number, and whether a row is there for who asks."""

    count: int
    at: Callable[[int], JsonObject]
    shows: Callable[[JsonObject], bool] = _always


def listed_rows(call: GraphCall, rows: Rows, listing: Listing, context: str) -> Response:
    """Return one page of a report; a skip token stands for the number of the row where the next page begins.

    Raises:
        GraphError: the query uses what the report does not support.
    """
    refuse_unsupported(call, listing)
    wanted = wanted_filter(call, listing)
    size = call.query.top or listing.page_size
    start = offset_of(call.query.skip_token) if call.query.skip_token else 0
    page, following = _page(rows, wanted, start, size)
    body: JsonObject = {"@odata.context": f"{call.context_url}{context}"}
    if call.query.count:
        body["@odata.count"] = sum(_keeps(wanted, rows, rows.at(number)) for number in range(rows.count))
    if following is not None:
        body["@odata.nextLink"] = next_link(call, following)
    body["value"] = [listing.select(row, call.query.select) for row in page]
    return Response(200, body)


def _page(rows: Rows, wanted: Filter | None, start: int, size: int) -> tuple[list[JsonObject], int | None]:
    """Return the rows of a page, and the number of the first one after it that is wanted too."""
    page: list[JsonObject] = []
    for number in range(start, rows.count):
        row = rows.at(number)
        if not _keeps(wanted, rows, row):
            continue
        if len(page) == size:
            return page, number
        page.append(row)
    return page, None


def _keeps(wanted: Filter | None, rows: Rows, row: JsonObject) -> bool:
    return rows.shows(row) and (wanted is None or wanted.keeps(row))
