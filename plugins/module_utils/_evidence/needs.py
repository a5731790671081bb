# Copyright: (c) 2026, m365.entra contributors
# GNU General Public License v3.0+ (see COPYING or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later

"""The permissions that evidence rests on; without one of them less is proven, and nothing fails."""

from __future__ import annotations

from .._guard import permissions
from .._guard.permissions import Requirement

READ_REPORT = Requirement("reading the registration report", permissions.READ_REGISTRATION.any_of)
READ_AUDIT_LOG = Requirement("reading the audit log", ("AuditLog.Read.All",))
READ_METHODS_POLICY = Requirement("reading the authentication methods policy", permissions.READ_METHODS_POLICY.any_of)
READ_MEMBERS = Requirement(
    "reading the members of the group whose users may reset their passwords",
    ("GroupMember.Read.All", "Group.Read.All", "Group.ReadWrite.All", "Directory.Read.All", "Directory.ReadWrite.All"),
)
