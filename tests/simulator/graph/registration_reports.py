# Copyright: (c) 2026, m365.entra contributors
# GNU General Public License v3.0+ (see COPYING or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later
"""/reports/authenticationMethods: who has registered for what (facts section 9.1)."""

from __future__ import annotations

from ..json_types import JsonObject
from ..licence import has_p1
from ..messages import Response
from ..registration_counts import FLAG_OF_FEATURE, USER_ROLES, USER_TYPES, People, RegistrationCounts, counted
from ..resource_types import resource_type
from ..tenant import REGISTRATION_DETAILS
from . import errors, permissions
from .call import GraphCall
from .directory import show_directory_object
from .listing import Listing
from .routing import Route
from .row_listing import Rows, listed_rows

ROOT = "reports/authenticationMethods"
DETAILS_TYPE = "userRegistrationDetails"
DETAILS = f"{ROOT}/{DETAILS_TYPE}"


def list_details(call: GraphCall) -> Response:
    """Answer a page of the report: first the rows that were seeded, then those that are made."""
    _require_premium(call)
    shown = resource_type(DETAILS_TYPE)
    listing = Listing(
        type_name=DETAILS_TYPE,
        filterable=shown.filterable,
        selectable=shown.selectable,
        select=shown.shown,
        page_size=call.profile.page_size,
        allowed=frozenset({"$filter", "$select", "$top", "$count"}),
    )
    return listed_rows(call, _rows(call), listing, DETAILS)


def get_details(call: GraphCall) -> Response:
    """Answer the row of one user; 404 where the report has none."""
    _require_premium(call)
    wanted = call.parameters["id"].lower()
    row = call.collection(REGISTRATION_DETAILS).find_visible(wanted) or call.tenant.generated_registrations.find(wanted)
    if row is None:
        raise errors.directory_object_not_found(wanted)
    return show_directory_object(call, row, DETAILS_TYPE, DETAILS)


def count_by_feature(call: GraphCall) -> Response:
    """Answer how many people have each feature."""
    people = _people(call)
    counts = _counts(call, people)
    features = [{"feature": feature, "userCount": counts.features[feature]} for feature in FLAG_OF_FEATURE]
    return _summary(call, "Feature", people, counts, features)


def count_by_method(call: GraphCall) -> Response:
    """Answer how many people have registered each method."""
    people = _people(call)
    counts = _counts(call, people)
    methods = [{"authenticationMethod": name, "userCount": count} for name, count in sorted(counts.methods.items())]
    return _summary(call, "Method", people, counts, methods)


def _rows(call: GraphCall) -> Rows:
    seeded, generated = call.collection(REGISTRATION_DETAILS).visible(), call.tenant.generated_registrations

    def at(number: int) -> JsonObject:
        return seeded[number] if number < len(seeded) else generated.row(number - len(seeded))

    return Rows(len(seeded) + len(generated), at)


def _people(call: GraphCall) -> People:
    people = People(call.parameters.get("types", "all"), call.parameters.get("roles", "all"))
    if people.user_type not in USER_TYPES or people.role not in USER_ROLES:
        raise errors.query_invalid("Invalid value for includedUserTypes or includedUserRoles.")
    return people


def _counts(call: GraphCall, people: People) -> RegistrationCounts:
    _require_premium(call)
    seeded = counted(call.collection(REGISTRATION_DETAILS).visible(), people)
    return seeded + call.tenant.generated_registrations.counts(people)


def _summary(
    call: GraphCall, kind: str, people: People, counts: RegistrationCounts, items: list[JsonObject]
) -> Response:
    body = {
        "@odata.context": f"{call.context_url}microsoft.graph.userRegistration{kind}Summary",
        "totalUserCount": counts.total,
        "userTypes": people.user_type,
        "userRoles": people.role,
        f"userRegistration{kind}Counts": items,
    }
    return Response(200, body)


def _require_premium(call: GraphCall) -> None:
    if not has_p1(call.tenant):
        raise errors.premium_needed()


OF_SOME = "(includedUserTypes='{types}',includedUserRoles='{roles}')"
OPERATIONS = (
    (f"/{DETAILS}", list_details),
    (f"/{DETAILS}/{{id}}", get_details),
    *((f"/{ROOT}/usersRegisteredByFeature{selection}", count_by_feature) for selection in ("", "()", OF_SOME)),
    *((f"/{ROOT}/usersRegisteredByMethod{selection}", count_by_method) for selection in ("", "()", OF_SOME)),
)

ROUTES = tuple(
    Route("GET", path, operation, permissions.READ_REPORTS, rate="reports") for path, operation in OPERATIONS
)
