# Copyright: (c) 2026, m365.entra contributors
# GNU General Public License v3.0+ (see COPYING or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later
"""Members that are added to groups and removed from them, and the groups that refuse it."""

from __future__ import annotations

from collections.abc import Sequence

from ..json_types import JsonObject
from ..messages import Response
from ..tenant import GROUPS
from . import errors, permissions
from .call import GraphCall
from .directory import writable
from .membership import typed_objects
from .routing import Route

MEMBERS_BINDING = "members@odata.bind"
# Of one create or update; more are refused.
MOST_BOUND = 20
ALREADY_THERE = "One or more added object references already exist for the following modified properties: 'members'."


def bound_members(call: GraphCall, body: JsonObject) -> list[str]:
    """Return the ids of the members that a body binds, each of which must exist.

    Raises:
        GraphError: there are too many, or one is not there.
    """
    references = body.get(MEMBERS_BINDING, [])
    if not isinstance(references, list):
        raise errors.bad_request(f"Invalid value specified for property '{MEMBERS_BINDING}' of resource 'Group'.")
    if len(references) > MOST_BOUND:
        raise errors.bad_request(
            f"The number of references in '{MEMBERS_BINDING}' exceeds the maximum allowed limit of {MOST_BOUND}."
        )
    return [referenced_member(call, reference) for reference in references]


def referenced_member(call: GraphCall, reference: object) -> str:
    """Return the id at the end of a reference like ``https://.../v1.0/directoryObjects/{id}``."""
    identifier = str(reference).rstrip("/").rpartition("/")[2].lower()
    if not typed_objects(call.tenant, [identifier]):
        raise errors.directory_object_not_found(identifier)
    return identifier


def with_members(call: GraphCall, group: JsonObject, members: Sequence[str]) -> JsonObject:
    """Return a group with more members: all of them or none.

    Raises:
        GraphError: its members cannot be written, or one of them is there already.
    """
    if not members:
        return group
    check_members_writable(call, group)
    if len(set(members)) < len(members) or set(members) & set(map(str.lower, group["members"])):
        raise errors.bad_request(ALREADY_THERE)
    return group | {"members": [*group["members"], *members]}


def check_members_writable(call: GraphCall, group: JsonObject) -> None:
    """Refuse groups that a rule or another directory fills, and those of roles without the permission for these."""
    if group["onPremisesSyncEnabled"]:
        raise errors.bad_request(
            "Unable to update the specified properties for on-premises mastered Directory Sync objects or objects "
            "currently undergoing migration."
        )
    if "DynamicMembership" in group["groupTypes"]:
        raise errors.bad_request("Direct changes of members are not allowed for groups with dynamic membership.")
    if group["isAssignableToRole"] and not permissions.WRITE_ROLE_ASSIGNABLE_GROUPS.allows(call.permissions):
        raise errors.authorization_request_denied()


def add_group_member(call: GraphCall) -> Response:
    """Answer ``POST /groups/{id}/members/$ref``."""
    group = writable(call, GROUPS, call.parameters["id"])
    member = referenced_member(call, call.json_object().get("@odata.id"))
    call.collection(GROUPS).put(with_members(call, group, [member]), call.profile.consistency_delay_seconds)
    return Response(204)


def remove_group_member(call: GraphCall) -> Response:
    """Answer ``DELETE /groups/{id}/members/{member}/$ref``."""
    group, member = writable(call, GROUPS, call.parameters["id"]), call.parameters["member"].lower()
    if member not in map(str.lower, group["members"]):
        raise errors.directory_object_not_found(member)
    check_members_writable(call, group)
    changed = group | {"members": [other for other in group["members"] if other.lower() != member]}
    call.collection(GROUPS).put(changed, call.profile.consistency_delay_seconds)
    return Response(204)


ROUTES = (
    Route("POST", "/groups/{id}/members/$ref", add_group_member, permissions.WRITE_GROUP_MEMBERS),
    Route("DELETE", "/groups/{id}/members/{member}/$ref", remove_group_member, permissions.WRITE_GROUP_MEMBERS),
)
