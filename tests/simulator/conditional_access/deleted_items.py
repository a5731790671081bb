# Copyright: (c) 2026, m365.entra contributors
# GNU General Public License v3.0+ (see COPYING or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later
"""The bin: deleted policies and named locations (facts section 2.8)."""

from __future__ import annotations

from ..graph import errors
from ..graph.call import GraphCall
from ..graph.routing import Route
from ..messages import Response
from ..tenant import DELETED_NAMED_LOCATIONS, DELETED_POLICIES, NAMED_LOCATIONS, POLICIES
from . import named_locations, permissions
from .bin import has_bin
from .policies import find_policy, find_writable_policy, list_policy_objects, show_policy
from .validation import check_policy_count, check_security_defaults


def list_deleted_policies(call: GraphCall) -> Response:
    _check_cloud(call)
    items = call.collection(DELETED_POLICIES).visible()
    return list_policy_objects(call, items, "identity/conditionalAccess/deletedItems/policies")


def get_deleted_policy(call: GraphCall) -> Response:
    _check_cloud(call)
    return show_policy(call, find_policy(call, DELETED_POLICIES), 200)


def purge_policy(call: GraphCall) -> Response:
    _check_cloud(call)
    policy = find_writable_policy(call, DELETED_POLICIES)
    call.collection(DELETED_POLICIES).remove(policy["id"], call.profile.consistency_delay_seconds)
    return Response(204)


def restore_policy(call: GraphCall) -> Response:
    """Bring a policy back in its old state; whether security defaults stop that is uncertain: a setting decides."""
    _check_cloud(call)
    policy = find_writable_policy(call, DELETED_POLICIES) | {"deletedDateTime": None}
    if call.profile.restore_respects_security_defaults:
        check_security_defaults(call, policy)
    check_policy_count(call)
    delay = call.profile.consistency_delay_seconds
    call.collection(DELETED_POLICIES).remove(policy["id"], delay)
    call.collection(POLICIES).put(policy, delay)
    return show_policy(call, policy, 200)


def list_deleted_locations(call: GraphCall) -> Response:
    _check_cloud(call)
    items = call.collection(DELETED_NAMED_LOCATIONS).visible()
    return named_locations.list_location_objects(call, items, "identity/conditionalAccess/deletedItems/namedLocations")


def get_deleted_location(call: GraphCall) -> Response:
    _check_cloud(call)
    return named_locations.show_location(call, named_locations.find_location(call, DELETED_NAMED_LOCATIONS), 200)


def purge_location(call: GraphCall) -> Response:
    _check_cloud(call)
    location = named_locations.find_writable_location(call, DELETED_NAMED_LOCATIONS)
    call.collection(DELETED_NAMED_LOCATIONS).remove(location["id"], call.profile.consistency_delay_seconds)
    return Response(204)


def restore_location(call: GraphCall) -> Response:
    """Bring a named location back; it comes back untrusted."""
    _check_cloud(call)
    location = named_locations.find_writable_location(call, DELETED_NAMED_LOCATIONS) | {"deletedDateTime": None}
    if "isTrusted" in location:
        location["isTrusted"] = False
    named_locations.check_count(call, location)
    delay = call.profile.consistency_delay_seconds
    call.collection(DELETED_NAMED_LOCATIONS).remove(location["id"], delay)
    call.collection(NAMED_LOCATIONS).put(location, delay)
    return named_locations.show_location(call, location, 200)


def _check_cloud(call: GraphCall) -> None:
    """The schemas of the national clouds have no bin (facts appendix E)."""
    if not has_bin(call.profile.cloud):
        raise errors.segment_not_found("deletedItems")


def _routes() -> tuple[Route, ...]:
    read, write = permissions.READ_POLICIES, permissions.WRITE_POLICIES
    operations = (
        ("GET", DELETED_POLICIES, list_deleted_policies, read),
        ("GET", f"{DELETED_POLICIES}/{{id}}", get_deleted_policy, read),
        ("DELETE", f"{DELETED_POLICIES}/{{id}}", purge_policy, write),
        ("POST", f"{DELETED_POLICIES}/{{id}}/restore", restore_policy, write),
        ("GET", DELETED_NAMED_LOCATIONS, list_deleted_locations, read),
        ("GET", f"{DELETED_NAMED_LOCATIONS}/{{id}}", get_deleted_location, read),
        ("DELETE", f"{DELETED_NAMED_LOCATIONS}/{{id}}", purge_location, write),
        ("POST", f"{DELETED_NAMED_LOCATIONS}/{{id}}/restore", restore_location, write),
    )
    return tuple(
        Route(method, path, operation, access, rate="conditional_access")
        for method, path, operation, access in operations
    )


ROUTES = _routes()
