# Copyright: (c) 2026, m365.entra contributors
# GNU General Public License v3.0+ (see COPYING or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later
"""References from one directory object to another, and lists of what is referred to."""

from __future__ import annotations

from collections.abc import Sequence

from ..graph.call import GraphCall
from ..graph.listing import Listing, listed
from ..graph.typed_objects import shown_typed
from ..json_types import JsonObject
from ..messages import Response
from ..resource_types import resource_type


def referenced_id(call: GraphCall) -> str:
    """Return the id at the end of the reference in a body, like ``https://.../v1.0/directoryObjects/{id}``."""
    return str(call.json_object().get("@odata.id")).rstrip("/").rpartition("/")[2].lower()


def list_plain(call: GraphCall, type_name: str, items: Sequence[JsonObject]) -> Response:
    """Answer a list of objects of one type that cannot be filtered."""
    listing = Listing(
        type_name=type_name,
        filterable=frozenset(),
        selectable=resource_type(type_name).selectable,
        select=lambda item, names: shown_typed(type_name, item, names),
        page_size=call.profile.page_size,
        allowed=frozenset({"$select", "$top"}),
    )
    return listed(call, items, listing, "directoryObjects")
