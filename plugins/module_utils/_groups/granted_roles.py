# Copyright: (c) 2026, m365.entra contributors
# GNU General Public License v3.0+ (see COPYING or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later

"""Whether being a member of a group is a way to a directory role, whichever it is and however far it reaches."""

from __future__ import annotations

from .._directory.role_assignments import ASSIGNMENTS
from .._directory.role_eligibilities import ELIGIBILITIES, NO_LICENSE
from .._graph.errors import ServiceRefused
from .._graph.session import Session


def holds_roles(session: Session, group_id: str) -> bool:
    """Whether the group holds a role or may activate one, also within an administrative unit or one application."""
    clause = f"principalId eq '{group_id}'"
    return bool(session.list(ASSIGNMENTS, filter=clause)) or _may_activate(session, clause)


def _may_activate(session: Session, clause: str) -> bool:
    """Without the licence for eligible assignments there are none."""
    try:
        return bool(session.list(ELIGIBILITIES, filter=clause))
    except ServiceRefused as error:
        if error.code != NO_LICENSE:
            raise
        return False
