# Copyright: (c) 2026, m365.entra contributors
# GNU General Public License v3.0+ (see COPYING or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later

"""The groups that a user belongs to, also through other groups."""

from __future__ import annotations

from .._graph.session import Session

_GROUP = "#microsoft.graph.group"
_LARGEST_PAGE = "999"


def read_groups_of(session: Session, user: str) -> frozenset[str]:
    """The ids of all groups of the user with the id *user*; directory roles and administrative units are none."""
    found = session.list(f"/users/{user}/transitiveMemberOf", select="id", top=_LARGEST_PAGE)
    return frozenset(str(one["id"]).lower() for one in found if one.get("@odata.type") == _GROUP)
