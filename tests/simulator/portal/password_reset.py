# Copyright: (c) 2026, m365.entra contributors
# GNU General Public License v3.0+ (see COPYING or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later
"""/api/PasswordReset: self-service password reset for users (facts section 6.2)."""

from __future__ import annotations

from ..json_types import JsonObject
from ..licence import has_p1
from ..messages import Response
from ..tenant import PASSWORD_RESET, PASSWORD_WRITEBACK
from . import errors
from .call import PortalCall
from .password_reset_rules import (
    GROUP_NAME,
    NOBODY,
    group_name,
    usual_password_reset,
    usual_writeback,
    violations,
)
from .roles import require_role
from .whole_objects import ANOTHER_SHAPE, UNKNOWN_MEMBERS, completed

ROLES = ("Global Administrator", "Authentication Policy Administrator")


def get_settings(call: PortalCall) -> Response:
    if call.profile.portal_password_reset == "another_shape":
        return Response(200, ANOTHER_SHAPE)
    return Response(200, _shown(call, _known(call, call.stored(PASSWORD_RESET))))


def put_settings(call: PortalCall) -> Response:
    """Replace the whole object; what the portal only tells about (``...OptionAllowed``) is not changed by it."""
    require_role(call, ROLES)
    if call.profile.portal_password_reset == "another_shape":
        raise errors.invalid("The settings have the schema 2.0.")
    before = _known(call, call.latest(PASSWORD_RESET))
    body = {GROUP_NAME: before[GROUP_NAME]} | call.json_object()
    settings = completed(body, before, usual_password_reset(), call.profile)
    settings |= {name: value for name, value in before.items() if name.endswith("OptionAllowed")}
    count_methods = call.request.query.get("byPassMethodCountCheck", "").lower() != "true"
    for violation in violations(settings, call.tenant, count_methods):
        raise errors.invalid(violation)
    if settings["enablementType"] != NOBODY and call.profile.portal_licence_required and not has_p1(call.tenant):
        raise errors.forbidden("The tenant has no licence for self-service password reset.")
    stored = settings | {GROUP_NAME: ""}
    call.store(PASSWORD_RESET, stored)
    return call.written(_shown(call, stored))


def get_writeback(call: PortalCall) -> Response:
    return Response(200, call.stored(PASSWORD_WRITEBACK))


def put_writeback(call: PortalCall) -> Response:
    """Change one of the two switches; the portal writes them one by one."""
    require_role(call, ROLES)
    body, before = call.json_object(), call.latest(PASSWORD_WRITEBACK)
    if (
        len(body) != 1
        or not set(body) <= set(usual_writeback())
        or not all(isinstance(on, bool) for on in body.values())
    ):
        raise errors.invalid(f"Exactly one of {', '.join(usual_writeback())} is written at a time.")
    call.store(PASSWORD_WRITEBACK, before | body)
    return call.written(before | body)


def _known(call: PortalCall, settings: JsonObject) -> JsonObject:
    added = UNKNOWN_MEMBERS if call.profile.portal_password_reset == "with_unknown_members" else {}
    return added | settings


def _shown(call: PortalCall, settings: JsonObject) -> JsonObject:
    if call.request.query.get("getPasswordResetEnabledGroup", "").lower() == "false":
        return settings
    return settings | {GROUP_NAME: group_name(settings, call.tenant)}
