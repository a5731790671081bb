# Copyright: (c) 2026, m365.entra contributors
# GNU General Public License v3.0+ (see COPYING or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later
"""The roles that the portal asks for; whether it does so in its services is uncertain, so a setting decides."""

from __future__ import annotations

from ..tenant import ROLE_ASSIGNMENTS, ROLE_DEFINITIONS
from . import errors
from .call import PortalCall


def require_role(call: PortalCall, names: tuple[str, ...]) -> None:
    """Refuse a person who has none of these directory roles."""
    if not call.profile.portal_roles_required:
        return
    wanted = {role["id"] for role in call.tenant[ROLE_DEFINITIONS].visible() if role["displayName"] in names}
    assigned = call.tenant[ROLE_ASSIGNMENTS].visible()
    if not any(item["principalId"] == call.user_id and item["roleDefinitionId"] in wanted for item in assigned):
        raise errors.forbidden(f"One of these roles is needed: {', '.join(names)}.")
