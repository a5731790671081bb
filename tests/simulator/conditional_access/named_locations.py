# Copyright: (c) 2026, m365.entra contributors
# GNU General Public License v3.0+ (see COPYING or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later
"""/identity/conditionalAccess/namedLocations (facts section 3.1)."""

from __future__ import annotations

import uuid
from collections.abc import Sequence

from ..clock import graph_timestamp
from ..graph import errors
from ..graph.call import GraphCall
from ..graph.listing import Listing, check_selected, listed, selected
from ..graph.routing import Route
from ..json_types import JsonObject
from ..messages import Response
from ..tenant import DELETED_NAMED_LOCATIONS, NAMED_LOCATIONS, POLICIES
from . import permissions
from .address_ranges import with_canonical_ranges
from .bin import has_bin
from .canonical import canonical_object
from .location_rules import first_violation
from .merge import merged
from .presentation import presented_object, reader_of
from .schema import StructuredType, derived_type, structured_types
from .schema_check import Expectations, SchemaMismatch, check_object
from .validation import check_licence

TYPE_NAME = "namedLocation"
CONTEXT = "identity/conditionalAccess/namedLocations"
READ_ONLY = frozenset({"id", "createdDateTime", "modifiedDateTime", "deletedDateTime"})
FILTERABLE = frozenset({"id", "displayName", "createdDateTime", "modifiedDateTime", "isTrusted"})
SELECTABLE = frozenset(
    name for known in ("ipNamedLocation", "countryNamedLocation") for name in structured_types()[known].properties
)
MAXIMUM_IP_LOCATIONS = 195


def list_locations(call: GraphCall) -> Response:
    return list_location_objects(call, call.collection(NAMED_LOCATIONS).visible(), CONTEXT)


def list_location_objects(call: GraphCall, items: Sequence[JsonObject], context: str) -> Response:
    """Answer a list of locations, live or deleted."""
    listing = Listing(
        type_name=TYPE_NAME,
        filterable=FILTERABLE,
        selectable=SELECTABLE,
        select=selected,
        page_size=call.profile.policy_page_size,
        requires_eventual_count=False,
    )
    return listed(call, [_present(call, item) for item in items], listing, context)


def get_location(call: GraphCall) -> Response:
    return show_location(call, find_location(call, NAMED_LOCATIONS), 200)


def create_location(call: GraphCall) -> Response:
    check_licence(call)
    body = call.json_object()
    _check_body(call, body)
    new = {"id": str(uuid.uuid4()), "createdDateTime": graph_timestamp(), "modifiedDateTime": graph_timestamp()}
    location = _checked_location(call, _with_defaults(canonical_object(body | new, TYPE_NAME)))
    check_count(call, location)
    call.collection(NAMED_LOCATIONS).put(location, call.profile.consistency_delay_seconds)
    return show_location(call, location, 201)


def update_location(call: GraphCall) -> Response:
    """Merge a change into a location; its ranges or countries are replaced whole."""
    latest = find_writable_location(call, NAMED_LOCATIONS)
    check_licence(call)
    body = call.json_object()
    _check_body(call, body)
    if _type_of(body) != _type_of(latest):
        raise errors.policy_invalid("The type of a named location cannot be changed.")
    kept = {name: latest[name] for name in ("id", "createdDateTime", "deletedDateTime")}
    both = merged(latest, body, TYPE_NAME) | kept | {"modifiedDateTime": graph_timestamp()}
    changed = _checked_location(call, _with_defaults(canonical_object(both, TYPE_NAME)))
    call.collection(NAMED_LOCATIONS).put(changed, call.profile.consistency_delay_seconds)
    return Response(204)


def delete_location(call: GraphCall) -> Response:
    """Move a location to the bin, where the cloud has one; not while it is trusted (the errors are uncertain).

    What happens to one that a policy uses is not documented (facts section 3.1), so a setting decides.
    """
    location = find_writable_location(call, NAMED_LOCATIONS)
    if any(state.get("isTrusted") for state in (location, find_location(call, NAMED_LOCATIONS))):
        raise errors.policy_invalid("A trusted named location cannot be deleted. Set 'isTrusted' to false first.")
    users = [policy["displayName"] for policy in call.collection(POLICIES).latest() if _uses(policy, location["id"])]
    if users and call.profile.referenced_location_delete == "refuse":
        raise errors.policy_invalid(f"The named location is used by the Conditional Access policy '{users[0]}'.")
    delay = call.profile.consistency_delay_seconds
    call.collection(NAMED_LOCATIONS).remove(location["id"], delay)
    if has_bin(call.profile.cloud):
        call.collection(DELETED_NAMED_LOCATIONS).put(location | {"deletedDateTime": graph_timestamp()}, delay)
    return Response(204)


def find_location(call: GraphCall, path: str) -> JsonObject:
    """Return the location with the id in the path, live or deleted, as readers see it."""
    return _existing(call, call.collection(path).find_visible(call.parameters["id"]))


def find_writable_location(call: GraphCall, path: str) -> JsonObject:
    """Return the latest state of the location with the id in the path, for a change to it."""
    return _existing(call, call.collection(path).find_writable(call.parameters["id"]))


def _existing(call: GraphCall, location: JsonObject | None) -> JsonObject:
    if location is not None:
        return location
    raise errors.policy_object_not_found("NamedLocation", call.parameters["id"], call.profile.not_found_code)


def show_location(call: GraphCall, location: JsonObject, status: int) -> Response:
    """Answer one location."""
    check_selected(call, TYPE_NAME, SELECTABLE)
    shown = selected(_present(call, location), call.query.select)
    return Response(status, {"@odata.context": f"{call.context_url}{CONTEXT}/$entity"} | shown)


def _check_body(call: GraphCall, body: JsonObject) -> None:
    if not body.get("@odata.type"):
        raise errors.policy_invalid(f'Invalid OData type specified: "{body.get("@odata.type", "")}"')
    strict = call.profile.read_only_properties_refused
    expectations = Expectations(beta=call.is_beta, cloud=call.profile.cloud, strict=strict, read_only=READ_ONLY)
    try:
        check_object(body, TYPE_NAME, expectations)
    except SchemaMismatch as error:
        raise errors.policy_object_mismatch("NamedLocation", str(error)) from error
    if body["@odata.type"].endswith(".namedLocation"):
        raise errors.policy_invalid(f'Invalid OData type specified: "{body["@odata.type"]}"')


def _checked_location(call: GraphCall, location: JsonObject) -> JsonObject:
    violation = first_violation(location, call.profile)
    if violation is not None:
        raise errors.policy_invalid(violation)
    return with_canonical_ranges(location) if call.profile.cidr_host_bits == "canonicalise" else location


def check_count(call: GraphCall, location: JsonObject) -> None:
    """Refuse one more IP location than a tenant can have."""
    if "ipRanges" not in location:
        return
    existing = sum("ipRanges" in other for other in call.collection(NAMED_LOCATIONS).latest())
    if existing >= MAXIMUM_IP_LOCATIONS:
        raise errors.policy_invalid(f"The tenant has reached the limit of {MAXIMUM_IP_LOCATIONS} IP named locations.")


def _with_defaults(location: JsonObject) -> JsonObject:
    defaults = {
        "isTrusted": False,
        "includeUnknownCountriesAndRegions": False,
        "countryLookupMethod": "clientIpAddress",
    }
    unset = {name: value for name, value in defaults.items() if name in location and location[name] is None}
    return location | unset


def _type_of(location: JsonObject) -> StructuredType | None:
    return derived_type(structured_types()[TYPE_NAME], location["@odata.type"])


def _uses(policy: JsonObject, location_id: str) -> bool:
    locations = policy["conditions"]["locations"] or {}
    return location_id in (*locations.get("includeLocations", ()), *locations.get("excludeLocations", ()))


def _present(call: GraphCall, location: JsonObject) -> JsonObject:
    return presented_object(location, TYPE_NAME, reader_of(call))


ROUTES = (
    Route("GET", NAMED_LOCATIONS, list_locations, permissions.READ_POLICIES, rate="conditional_access"),
    Route("POST", NAMED_LOCATIONS, create_location, permissions.WRITE_POLICIES, rate="conditional_access"),
    Route("GET", f"{NAMED_LOCATIONS}/{{id}}", get_location, permissions.READ_POLICIES, rate="conditional_access"),
    Route("PATCH", f"{NAMED_LOCATIONS}/{{id}}", update_location, permissions.WRITE_POLICIES, rate="conditional_access"),
    Route(
        "DELETE", f"{NAMED_LOCATIONS}/{{id}}", delete_location, permissions.WRITE_POLICIES, rate="conditional_access"
    ),
)
