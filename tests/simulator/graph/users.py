# Copyright: (c) 2026, m365.entra contributors
# GNU General Public License v3.0+ (see COPYING or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later
"""/users."""

from __future__ import annotations

from ..json_types import JsonObject
from ..messages import Response
from ..resource_types import resource_type
from ..tenant import USERS
from . import errors, permissions
from .call import GraphCall
from .directory import (
    create_directory_object,
    delete_directory_object,
    list_directory,
    refuse_unknown,
    require,
    show_directory_object,
    writable,
)
from .membership import list_memberships
from .routing import Route

REQUIRED = ("accountEnabled", "displayName", "mailNickname", "passwordProfile", "userPrincipalName")


def find_user(call: GraphCall) -> JsonObject:
    """Return the user with the id or user principal name in the path."""
    wanted = call.parameters["id"]
    users = call.collection(USERS)
    by_name = (user for user in users.visible() if str(user.get("userPrincipalName")).lower() == wanted.lower())
    user = users.find_visible(wanted) or next(by_name, None)
    if user is None:
        raise errors.directory_object_not_found(wanted)
    return user


def list_users(call: GraphCall) -> Response:
    return list_directory(call, call.collection(USERS).visible(), "user", "users")


def get_user(call: GraphCall) -> Response:
    return show_directory_object(call, find_user(call), "user", "users")


def create_user(call: GraphCall) -> Response:
    """Create a user; the password is not kept."""
    body = call.json_object()
    known = resource_type("user").selectable | {"passwordProfile"}
    refuse_unknown(body, known - {"id"}, "User")
    for name in REQUIRED:
        require(body, (name,), "User")
    taken = {str(user.get("userPrincipalName")).lower() for user in call.collection(USERS).latest()}
    if str(body["userPrincipalName"]).lower() in taken:
        raise errors.bad_request("Another object with the same value for property userPrincipalName already exists.")
    kept = {name: value for name, value in body.items() if name != "passwordProfile"}
    return create_directory_object(call, USERS, "user", {"userType": "Member"} | kept, "users")


def update_user(call: GraphCall) -> Response:
    user, body = writable(call, USERS, find_user(call)["id"]), call.json_object()
    refuse_unknown(body, resource_type("user").selectable - {"id", "createdDateTime"}, "User")
    call.collection(USERS).put(user | body, call.profile.consistency_delay_seconds)
    return Response(204)


def delete_user(call: GraphCall) -> Response:
    return delete_directory_object(call, USERS, find_user(call)["id"])


def list_member_of(call: GraphCall) -> Response:
    return list_memberships(call, find_user(call)["id"], transitive=False)


def list_transitive_member_of(call: GraphCall) -> Response:
    return list_memberships(call, find_user(call)["id"], transitive=True)


ROUTES = (
    Route("GET", "/users", list_users, permissions.READ_USERS),
    Route("POST", "/users", create_user, permissions.WRITE_USERS),
    Route("GET", "/users/{id}", get_user, permissions.READ_USERS),
    Route("PATCH", "/users/{id}", update_user, permissions.WRITE_USERS),
    Route("DELETE", "/users/{id}", delete_user, permissions.WRITE_USERS),
    Route("GET", "/users/{id}/memberOf", list_member_of, permissions.READ_USERS),
    Route("GET", "/users/{id}/transitiveMemberOf", list_transitive_member_of, permissions.READ_USERS),
)
