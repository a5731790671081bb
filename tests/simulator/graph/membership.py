# Copyright: (c) 2026, m365.entra contributors
# GNU General Public License v3.0+ (see COPYING or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later
"""Who belongs to which group."""

from __future__ import annotations

from collections.abc import Iterable

from ..json_types import JsonObject
from ..messages import Response
from ..tenant import GROUPS, SERVICE_PRINCIPALS, USERS, Tenant
from .call import GraphCall
from .listing import Listing, listed
from .typed_objects import shown_typed

MEMBER_PATHS = {USERS: "user", GROUPS: "group", SERVICE_PRINCIPALS: "servicePrincipal"}
COMMON_PROPERTIES = frozenset({"id", "displayName", "userPrincipalName", "mail", "accountEnabled", "userType", "appId"})


def list_members(call: GraphCall, group: JsonObject, transitive: bool) -> Response:
    """Answer the members of a group; a member that no longer exists is not shown."""
    identifiers = _members(call.tenant, group, transitive)
    return _list_objects(call, typed_objects(call.tenant, identifiers))


def list_memberships(call: GraphCall, member_id: str, transitive: bool) -> Response:
    """Answer the groups a member belongs to."""
    groups = call.collection(GROUPS).visible()
    belonging = [group for group in groups if member_id.lower() in _members(call.tenant, group, transitive)]
    return _list_objects(call, [("group", group) for group in belonging])


def typed_objects(tenant: Tenant, identifiers: Iterable[str]) -> list[tuple[str, JsonObject]]:
    """Return the visible objects with these ids, each with the name of its type."""
    objects = []
    for identifier in identifiers:
        for path, type_name in MEMBER_PATHS.items():
            item = tenant[path].find_visible(identifier)
            if item is not None:
                objects.append((type_name, item))
    return objects


def _list_objects(call: GraphCall, objects: list[tuple[str, JsonObject]]) -> Response:
    listing = Listing(
        type_name="directoryObject",
        filterable=frozenset({"id", "displayName"}),
        selectable=COMMON_PROPERTIES,
        select=lambda item, _names: item,
        page_size=call.profile.page_size,
        allowed=frozenset({"$select", "$top", "$count", "$filter"}),
    )
    items = [shown_typed(type_name, item, call.query.select) for type_name, item in objects]
    return listed(call, items, listing, "directoryObjects")


def _members(tenant: Tenant, group: JsonObject, transitive: bool) -> list[str]:
    if not transitive:
        return [member.lower() for member in group["members"]]
    reached: dict[str, None] = {}
    waiting = [group]
    while waiting:
        for member in map(str.lower, waiting.pop()["members"]):
            nested = tenant[GROUPS].find_visible(member)
            if nested is not None and member not in reached:
                waiting.append(nested)
            reached[member] = None
    return list(reached)
