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
from .answers import ids_in, require_objects
from .reading import Read, attempt
from .users_in_report import NAME, read_ids, read_ids_among

_USER = "#microsoft.graph.user"
# Administrators reset their passwords by a policy of their own (facts section 6.1), and guests do so at home.
_ENABLED = "isSsprEnabled eq true and isAdmin eq false and userType eq 'member'"
_NOT_ENABLED = "isSsprEnabled eq false and isAdmin eq false and userType eq 'member'"
_ADMINISTRATORS = "isAdmin eq true"


@dataclass(frozen=True)
class GroupComparison:
    """The ordinary users of a group beside those who may reset their passwords.

    *members* and *enabled* count them; *too_many* are enabled without being members, *too_few* are members of whom the
    report says that they are not enabled. Of *without_row* of the members it says nothing yet.
    """

    group: str
    members: int
    enabled: int
    too_many: int
    too_few: int
    without_row: int = 0

    @property
    def differs(self) -> bool:
        """Whether the report shows that they are not the same users."""
        return self.too_many > 0 or self.too_few > 0

    def to_result(self) -> Json:
        """The comparison as JSON values."""
        return {
            "id": self.group,
            "members": self.members,
            "enabled_users": self.enabled,
            "enabled_but_no_members": self.too_many,
            "members_but_not_enabled": self.too_few,
            "members_without_row": self.without_row,
        }


def compare_group(
    group: str,
    members: t.AbstractSet[str],
    enabled: t.AbstractSet[str],
    not_enabled: t.AbstractSet[str],
    administrators: t.AbstractSet[str],
) -> GroupComparison:
    """Lay ids of users side by side; administrators count on neither side.

    *not_enabled* are those of the *members* of whom the report says so.
    """
    ordinary, able = members - administrators, enabled - administrators
    unable = (ordinary & not_enabled) - able
    return GroupComparison(
        group,
        len(ordinary),
        len(able),
        too_many=len(able - ordinary),
        too_few=len(unable),
        without_row=len(ordinary - able - unable),
    )


def read_comparison(session: Session, group: str) -> Read[GroupComparison]:
    """Compare the report with the members of *group*, an id, nested groups included; only ids are held."""
    members = attempt(session, needs.READ_MEMBERS, f"the group {group}", lambda: _read_members(session, group))
    if members.value is None:
        return Read(problem=members.problem, lacks=members.lacks)
    ids = members.value
    return attempt(session, needs.READ_REPORT, NAME, lambda: _compare_with_report(session, group, ids))


def _compare_with_report(session: Session, group: str, members: t.AbstractSet[str]) -> GroupComparison:
    enabled, administrators = read_ids(session, _ENABLED), read_ids(session, _ADMINISTRATORS)
    # Who is new has no row for some hours, which differs from a row that says no.
    not_enabled = read_ids_among(session, _NOT_ENABLED, members - enabled - administrators)
    return compare_group(group, members, enabled, not_enabled, administrators)


def _read_members(session: Session, group: str) -> set[str]:
    path = f"/groups/{group}/transitiveMembers"
    pages = session.pages(path, select="id,userType", top="999")
    users = (filter(is_own_user, require_objects(page, f"GET {path}")) for page in pages)
    return {one for some in users for one in ids_in(list(some), f"GET {path}")}


def is_own_user(member: Json) -> bool:
    """Whether a member of a group is a user, and no guest; a user without a type is as old as the directory."""
    is_user = member.get("@odata.type", _USER) == _USER
    return is_user and str(member.get("userType") or "Member").lower() != "guest"
