# Copyright: (c) 2026, m365.entra contributors
# GNU General Public License v3.0+ (see COPYING or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later
"""/identity/conditionalAccess/authenticationStrength: methods and their combinations (facts section 3.2)."""

from __future__ import annotations

from ..data.clouds import ABSENT_MEMBERS
from ..data_files import load_data
from ..graph import errors
from ..graph.call import GraphCall
from ..graph.listing import Listing, listed, selected
from ..graph.routing import Route
from ..json_types import JsonObject
from ..messages import Response
from . import permissions
from .presentation import presented_object, reader_of

ROOT = "/identity/conditionalAccess/authenticationStrength"
MODES = f"{ROOT}/authenticationMethodModes"
MODE_TYPE = "authenticationMethodModeDetail"


def get_strength_root(call: GraphCall) -> Response:
    absent = _absent(call)
    combinations = [
        combination
        for combination in load_data("authentication_methods")["combinations"]
        if absent.isdisjoint(combination.split(","))
    ]
    shown = presented_object({"combinations": combinations}, "authenticationStrengthRoot", reader_of(call))
    return Response(200, {"@odata.context": f"{call.context_url}{ROOT.lstrip('/')}/$entity"} | shown)


def list_modes(call: GraphCall) -> Response:
    listing = Listing(
        type_name=MODE_TYPE,
        filterable=frozenset({"id", "displayName", "authenticationMethod"}),
        selectable=frozenset({"id", "displayName", "authenticationMethod"}),
        select=selected,
        page_size=call.profile.policy_page_size,
        requires_eventual_count=False,
    )
    return listed(call, _modes(call), listing, MODES.lstrip("/"))


def get_mode(call: GraphCall) -> Response:
    wanted = call.parameters["id"]
    for mode in _modes(call):
        if mode["id"].lower() == wanted.lower():
            return Response(200, {"@odata.context": f"{call.context_url}{MODES.lstrip('/')}/$entity"} | mode)
    raise errors.policy_object_not_found("AuthenticationMethodModeDetail", wanted, call.profile.not_found_code)


def _modes(call: GraphCall) -> list[JsonObject]:
    known = load_data("authentication_methods")["modes"]
    return [presented_object(mode, MODE_TYPE, reader_of(call)) for mode in known if mode["id"] not in _absent(call)]


def _absent(call: GraphCall) -> frozenset[str]:
    return ABSENT_MEMBERS[call.profile.cloud].get("authenticationMethodModes", frozenset())


ROUTES = (
    Route("GET", ROOT, get_strength_root, permissions.READ_STRENGTHS),
    Route("GET", MODES, list_modes, permissions.READ_STRENGTHS),
    Route("GET", f"{MODES}/{{id}}", get_mode, permissions.READ_STRENGTHS),
)
