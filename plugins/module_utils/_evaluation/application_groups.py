# Copyright: (c) 2026, m365.entra contributors
# GNU General Public License v3.0+ (see COPYING or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later

"""The groups of applications that Microsoft puts together and no tenant can list (facts section 7.5).

Only what Microsoft's public descriptions name is known here: services that are surely in a group or surely not. Any
other application of Microsoft may be in one.
"""

from __future__ import annotations

from .._directory.well_known import APPLICATIONS
from .sign_in import Application
from .truth import NO, Truth, told, untold

OFFICE = "Office365"
ADMIN_PORTALS = "MicrosoftAdminPortals"
GROUPS = (OFFICE, ADMIN_PORTALS)


def _ids(*names: str) -> frozenset[str]:
    return frozenset(APPLICATIONS[name] for name in names)


_SERVICES = _ids("Office 365 Exchange Online", "Office 365 SharePoint Online", "Microsoft Teams Services")
_PORTALS = _ids("Azure Portal")
_BEHIND_THE_PORTALS = _ids(
    "Windows Azure Service Management API", "Microsoft Graph", "Microsoft Intune", "Microsoft Intune Enrollment"
)

_INSIDE = {OFFICE: _SERVICES, ADMIN_PORTALS: _PORTALS}
# The admin portals are the portals alone, not the services behind them.
_OUTSIDE = {
    OFFICE: _PORTALS | _ids("Windows Azure Service Management API", "Microsoft Intune", "Microsoft Intune Enrollment"),
    ADMIN_PORTALS: _SERVICES | _BEHIND_THE_PORTALS,
}


def is_in_group(listed: str, application: Application) -> Truth:
    """Whether *listed*, from a policy, means *application*; either may be the name of a group.

    The ids of two applications that differ never mean each other.
    """
    if listed in GROUPS:
        return _belongs(listed, application)
    return _belongs_to_tried_group(listed, application)


def _belongs(group: str, application: Application) -> Truth:
    if application.identifier in _INSIDE[group] or application.identifier in _OUTSIDE[group]:
        return told(application.identifier in _INSIDE[group])
    if application.is_of_microsoft is False:
        return NO
    return untold(f"whether the application {application.identifier} belongs to {group}")


def _belongs_to_tried_group(listed: str, application: Application) -> Truth:
    """A sign-in to any application of a group is a sign-in to *listed* only if that is the one."""
    group = application.identifier
    if group not in GROUPS or listed in _OUTSIDE[group]:
        return NO
    return untold(f"which application of {group} is signed in to")
