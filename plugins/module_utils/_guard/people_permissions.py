# Copyright: (c) 2026, m365.entra contributors
# GNU General Public License v3.0+ (see COPYING or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later

"""Which permissions groups of administrators and the revocation of sessions need (general knowledge)."""

from __future__ import annotations

from .permissions import Requirement

_DIRECTORY = ("Directory.Read.All", "Directory.ReadWrite.All")

READ_ROLE_HOLDERS = Requirement(
    "reading who holds directory roles",
    (
        "RoleManagement.Read.Directory",
        "RoleManagement.ReadWrite.Directory",
        "RoleManagement.Read.All",
        *_DIRECTORY,
    ),
)
READ_ROLE_ELIGIBILITIES = Requirement(
    "reading who may activate directory roles",
    (
        "RoleEligibilitySchedule.Read.Directory",
        "RoleManagement.Read.Directory",
        "RoleEligibilitySchedule.ReadWrite.Directory",
        "RoleManagement.ReadWrite.Directory",
        "RoleManagement.Read.All",
    ),
)
WRITE_GROUP_MEMBERS = Requirement(
    "adding members to a group and removing them",
    ("GroupMember.ReadWrite.All", "Group.ReadWrite.All", "Directory.ReadWrite.All"),
)
CHANGE_GROUPS = Requirement("changing the description of a group", ("Group.ReadWrite.All", "Directory.ReadWrite.All"))
WRITE_ROLE_ASSIGNABLE_GROUPS = Requirement(
    "changing a group that roles can be assigned to", ("RoleManagement.ReadWrite.Directory",)
)
REVOKE_SESSIONS = Requirement(
    "revoking the sessions of users", ("User.RevokeSessions.All", "User.ReadWrite.All", "Directory.ReadWrite.All")
)
