# Copyright: (c) 2026, m365.entra contributors
# GNU General Public License v3.0+ (see COPYING or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later
"""Which permission opens the authentication methods policy (facts section 4.1)."""

from __future__ import annotations

from ..graph.routing import policy_access

READ = policy_access("Policy.Read.All", "Policy.Read.AuthenticationMethod", "Policy.ReadWrite.AuthenticationMethod")
WRITE = policy_access("Policy.ReadWrite.AuthenticationMethod")
