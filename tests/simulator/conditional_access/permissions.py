# Copyright: (c) 2026, m365.entra contributors
# GNU General Public License v3.0+ (see COPYING or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later
"""Which permission opens which policy object (facts sections 1.1, 2.2, 3.2 and 3.3)."""

from __future__ import annotations

from ..graph.routing import policy_access

READ_SECURITY_DEFAULTS = policy_access("Policy.Read.All")
WRITE_SECURITY_DEFAULTS = policy_access(
    ("Policy.Read.All", "Policy.ReadWrite.SecurityDefaults"),
    ("Policy.Read.All", "Policy.ReadWrite.ConditionalAccess"),
)
READ_POLICIES = policy_access("Policy.Read.All", "Policy.Read.ConditionalAccess")
WRITE_POLICIES = policy_access(("Policy.Read.All", "Policy.ReadWrite.ConditionalAccess"))
EVALUATE = policy_access("Policy.Read.ConditionalAccess", "Policy.Read.All", "Policy.ReadWrite.ConditionalAccess")
READ_TEMPLATES = policy_access("Policy.Read.All")
READ_STRENGTHS = policy_access(
    "Policy.Read.All", "Policy.Read.AuthenticationMethod", "Policy.ReadWrite.AuthenticationMethod"
)
WRITE_STRENGTHS = policy_access("Policy.ReadWrite.ConditionalAccess", "Policy.ReadWrite.AuthenticationMethod")
READ_CONTEXTS = policy_access(
    "AuthenticationContext.Read.All",
    "AuthenticationContext.ReadWrite.All",
    "Policy.Read.ConditionalAccess",
    "Policy.ReadWrite.ConditionalAccess",
)
WRITE_CONTEXTS = policy_access("AuthenticationContext.ReadWrite.All", "Policy.ReadWrite.ConditionalAccess")
