# Copyright: (c) 2026, m365.entra contributors
# GNU General Public License v3.0+ (see COPYING or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later
"""Which permission opens applications, their policies and their assignments (facts section 12)."""

from __future__ import annotations

from ..graph.permissions import READ_APPLICATIONS, WRITE_APPLICATIONS
from ..graph.routing import Access, directory_access

READ = READ_APPLICATIONS
WRITE = WRITE_APPLICATIONS
# A valid token is enough for an application to read the gallery.
READ_TEMPLATES = Access((frozenset(),), "directory")
READ_CLAIMS_POLICIES = directory_access(
    "Policy.Read.ApplicationConfiguration", "Policy.ReadWrite.ApplicationConfiguration", "Policy.Read.All"
)
WRITE_CLAIMS_POLICIES = directory_access("Policy.ReadWrite.ApplicationConfiguration")
ASSIGN_CLAIMS_POLICIES = directory_access(
    ("Application.ReadWrite.All", "Policy.Read.All"),
    ("Application.ReadWrite.All", "Policy.ReadWrite.ApplicationConfiguration"),
)
WRITE_ASSIGNMENTS = directory_access(
    ("AppRoleAssignment.ReadWrite.All", "Application.Read.All"),
    ("AppRoleAssignment.ReadWrite.All", "Application.ReadWrite.All"),
    ("AppRoleAssignment.ReadWrite.All", "Directory.Read.All"),
)
