# Copyright: (c) 2026, m365.entra contributors
# GNU General Public License v3.0+ (see COPYING or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later

"""Whether the users who may reset their passwords are those of one group."""

from __future__ import annotations

import typing as t
from dataclasses import dataclass

from .._graph.session import Session
from .._reconcile.shape import Json
from . import needs
from .reading import Read, attempt
from .registration_report import NAME, read_ids

_USER = "#microsoft.graph.user"
# Administrators reset their passwords by a policy of their own (facts section 6.1), and guests do so at home.
_ENABLED = "isSsprEnabled eq true and isAdmin eq false and userType eq 'member'"
_ADMINISTRATORS = "isAdmin eq true"


@dataclass(frozen=True)
class GroupComparison:
    """The ordinary users of a group beside those who may reset their passwords.

    *members* and *enabled* count them; *too_many* are enabled without being members, *too_few* the other way round.
    """

    group: str
    members: int
    enabled: int
    too_many: int
    too_few: int

    @property
    def is_equal(self) -> bool:
        """Whether both are the same users."""
        return self.too_many == self.too_few == 0

    def to_result(self) -> Json:
        """The comparison as JSON values."""
        return {
            "id": self.group,
            "members": self.members,
            "enabled_users": self.enabled,
            "enabled_but_no_members": self.too_many,
            "members_but_not_enabled": self.too_few,
        }


def compare_group(
    group: str, enabled: t.AbstractSet[str], members: t.AbstractSet[str], administrators: t.AbstractSet[str]
) -> GroupComparison:
    """Lay ids of users side by side; administrators count on neither side."""
    ordinary, able = members - administrators, enabled - administrators
    return GroupComparison(group, len(ordinary), len(able), too_many=len(able - ordinary), too_few=len(ordinary - able))


def read_comparison(session: Session, group: str) -> Read[GroupComparison]:
    """Compare the report with the members of *group*, an id, nested groups included; only ids are held."""
    members = attempt(session, needs.READ_MEMBERS, f"the group {group}", lambda: _read_members(session, group))
    if members.value is None:
        return Read(problem=members.problem, lacks=members.lacks)
    ordinary = members.value
    return attempt(
        session,
        needs.READ_REPORT,
        NAME,
        lambda: compare_group(group, read_ids(session, _ENABLED), ordinary, read_ids(session, _ADMINISTRATORS)),
    )


def _read_members(session: Session, group: str) -> set[str]:
    pages = session.pages(f"/groups/{group}/transitiveMembers", select="id,userType", top="999")
    return {str(one["id"]).lower() for page in pages for one in page if is_own_user(one)}


def is_own_user(member: Json) -> bool:
    """Whether a member of a group is a user, and no guest; a user without a type is as old as the directory."""
    is_user = member.get("@odata.type", _USER) == _USER
    return is_user and str(member.get("userType") or "Member").lower() != "guest"
