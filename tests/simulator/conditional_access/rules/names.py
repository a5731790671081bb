# Copyright: (c) 2026, m365.entra contributors
# GNU General Public License v3.0+ (see COPYING or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later
"""What a policy is called (facts section 2.5)."""

from __future__ import annotations

from ...json_types import JsonObject
from ...profile import Profile

LONGEST_NAME = 256


def name_is_possible(policy: JsonObject, _profile: Profile) -> str | None:
    """A name says something and has at most 256 characters."""
    if not policy["displayName"].strip():
        return "'displayName' cannot be empty."
    if len(policy["displayName"]) > LONGEST_NAME:
        return f"'displayName' cannot have more than {LONGEST_NAME} characters."
    return None
