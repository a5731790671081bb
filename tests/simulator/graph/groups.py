# Copyright: (c) 2026, m365.entra contributors
# GNU General Public License v3.0+ (see COPYING or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later
"""/groups."""

from __future__ import annotations

from ..messages import Response
from ..tenant import GROUPS
from . import errors, permissions
from .call import GraphCall
from .directory import (
    create_directory_object,
    delete_directory_object,
    found,
    list_directory,
    show_directory_object,
    writable,
)
from .group_members import MEMBERS_BINDING, bound_members, with_members
from .group_rules import check_group_change, check_kind, check_new_group
from .membership import list_members, list_memberships
from .routing import Route


def list_groups(call: GraphCall) -> Response:
    return list_directory(call, call.collection(GROUPS).visible(), "group", "groups")


def get_group(call: GraphCall) -> Response:
    return show_directory_object(call, found(call, GROUPS, call.parameters["id"]), "group", "groups")


def create_group(call: GraphCall) -> Response:
    """Create a group, with members where the body binds them."""
    body = call.json_object()
    check_new_group(body)
    if body.get("isAssignableToRole") and not permissions.WRITE_ROLE_ASSIGNABLE_GROUPS.allows(call.permissions):
        raise errors.authorization_request_denied()
    members = bound_members(call, body)
    kept = {name: value for name, value in body.items() if "@" not in name}
    return create_directory_object(call, GROUPS, "group", kept | {"members": members}, "groups")


def update_group(call: GraphCall) -> Response:
    """Change a group, and add members where the body binds them."""
    latest = writable(call, GROUPS, call.parameters["id"])
    body = call.json_object()
    if set(body) - {MEMBERS_BINDING} and not permissions.WRITE_GROUPS.allows(call.permissions):
        raise errors.authorization_request_denied()
    check_group_change(body)
    if body.get("isAssignableToRole", latest["isAssignableToRole"]) != latest["isAssignableToRole"]:
        raise errors.bad_request("The property 'isAssignableToRole' cannot be modified once it is set.")
    changed = latest | {name: value for name, value in body.items() if "@" not in name}
    check_kind(changed)
    changed = with_members(call, changed, bound_members(call, body))
    call.collection(GROUPS).put(changed, call.profile.consistency_delay_seconds)
    return Response(204)


def delete_group(call: GraphCall) -> Response:
    return delete_directory_object(call, GROUPS, call.parameters["id"])


def list_group_members(call: GraphCall) -> Response:
    return list_members(call, found(call, GROUPS, call.parameters["id"]), transitive=False)


def list_transitive_group_members(call: GraphCall) -> Response:
    return list_members(call, found(call, GROUPS, call.parameters["id"]), transitive=True)


def list_group_member_of(call: GraphCall) -> Response:
    return list_memberships(call, found(call, GROUPS, call.parameters["id"])["id"], transitive=False)


ROUTES = (
    Route("GET", "/groups", list_groups, permissions.READ_GROUPS),
    Route("POST", "/groups", create_group, permissions.CREATE_GROUPS),
    Route("GET", "/groups/{id}", get_group, permissions.READ_GROUPS),
    Route("PATCH", "/groups/{id}", update_group, permissions.WRITE_GROUP_MEMBERS),
    Route("DELETE", "/groups/{id}", delete_group, permissions.WRITE_GROUPS),
    Route("GET", "/groups/{id}/members", list_group_members, permissions.READ_GROUPS),
    Route("GET", "/groups/{id}/transitiveMembers", list_transitive_group_members, permissions.READ_GROUPS),
    Route("GET", "/groups/{id}/memberOf", list_group_member_of, permissions.READ_GROUPS),
)
