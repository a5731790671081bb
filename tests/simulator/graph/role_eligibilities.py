# Copyright: (c) 2026, m365.entra contributors
# GNU General Public License v3.0+ (see COPYING or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later
"""Roles that somebody may activate: /roleManagement/directory/roleEligibilityScheduleInstances."""

from __future__ import annotations

from ..licence import has_p2
from ..messages import Response
from ..tenant import ROLE_ELIGIBILITIES
from . import errors, permissions
from .call import GraphCall
from .directory import found, list_directory, show_directory_object
from .routing import Route

TYPE_NAME = "unifiedRoleEligibilityScheduleInstance"
CONTEXT = ROLE_ELIGIBILITIES.lstrip("/")


def list_role_eligibilities(call: GraphCall) -> Response:
    """List who may activate which role; without P2 there is nobody, or a refusal, as a setting says."""
    if not has_p2(call.tenant):
        if call.profile.role_eligibilities_without_licence == "refuse":
            raise errors.governance_licence_needed()
        return list_directory(call, [], TYPE_NAME, CONTEXT)
    return list_directory(call, call.collection(ROLE_ELIGIBILITIES).visible(), TYPE_NAME, CONTEXT)


def get_role_eligibility(call: GraphCall) -> Response:
    item = found(call, ROLE_ELIGIBILITIES, call.parameters["id"])
    return show_directory_object(call, item, TYPE_NAME, CONTEXT)


ROUTES = (
    Route("GET", ROLE_ELIGIBILITIES, list_role_eligibilities, permissions.READ_ROLE_ELIGIBILITIES),
    Route("GET", f"{ROLE_ELIGIBILITIES}/{{id}}", get_role_eligibility, permissions.READ_ROLE_ELIGIBILITIES),
)
