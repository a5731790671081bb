# Copyright: (c) 2026, m365.entra contributors
# GNU General Public License v3.0+ (see COPYING or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later
"""/beta/users/{id}/authentication/requirements: MFA switched on for one user, the old way (facts section 7.2)."""

from __future__ import annotations

from ..conditional_access.schema_check import Expectations, SchemaMismatch, check_object
from ..json_types import JsonObject
from ..messages import Response
from ..tenant import MFA_REQUIREMENTS, REGISTRATION_DETAILS
from . import errors, permissions
from .call import GraphCall
from .routing import Route
from .users import find_user

TYPE_NAME = "strongAuthenticationRequirements"


def get_requirements(call: GraphCall) -> Response:
    user = find_user(call)
    stored = call.collection(MFA_REQUIREMENTS).find_visible(user["id"]) or {"perUserMfaState": "disabled"}
    context = f"{call.context_url}users('{user['id']}')/authentication/requirements"
    return Response(200, {"@odata.context": context, "perUserMfaState": stored["perUserMfaState"]})


def update_requirements(call: GraphCall) -> Response:
    """Change a user's state; for one who has registered a method, enabled becomes enforced."""
    _check_permission(call)
    user, body = find_user(call), call.json_object()
    try:
        check_object(body, TYPE_NAME, Expectations(beta=True))
    except SchemaMismatch as error:
        raise errors.bad_request(f"Invalid value specified for property '{error}'.") from error
    if "perUserMfaState" not in body:
        raise errors.bad_request("A value is required for property 'perUserMfaState'.")
    state = _state_after(call, user, str(body["perUserMfaState"]))
    item = {"id": str(user["id"]).lower(), "perUserMfaState": state}
    call.collection(MFA_REQUIREMENTS).put(item, call.profile.consistency_delay_seconds)
    return Response(204)


def _state_after(call: GraphCall, user: JsonObject, state: str) -> str:
    if state != "enabled" or not call.profile.per_user_mfa_enforces_itself:
        return state
    details = call.collection(REGISTRATION_DETAILS).find_latest(user["id"]) or {}
    return "enforced" if details.get("isMfaRegistered") else state


def _check_permission(call: GraphCall) -> None:
    """Two sources name two permissions for a write (facts section 7.2); a setting says which one counts."""
    needed = permissions.WRITE_MFA_REQUIREMENTS_BY_SETTING[call.profile.per_user_mfa_permission]
    if not needed.allows(call.permissions):
        raise errors.access_denied()


ONLY_BETA = frozenset({"beta"})
PATH = "/users/{id}/authentication/requirements"

ROUTES = (
    Route("GET", PATH, get_requirements, permissions.READ_MFA_REQUIREMENTS, versions=ONLY_BETA),
    Route(
        "PATCH",
        PATH,
        update_requirements,
        permissions.WRITE_MFA_REQUIREMENTS_BY_SETTING["either"],
        versions=ONLY_BETA,
    ),
)
