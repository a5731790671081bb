# Copyright: (c) 2026, m365.entra contributors
# GNU General Public License v3.0+ (see COPYING or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later
"""Settings objects that are written whole: what is missing in a write, and members that nobody knows."""

from __future__ import annotations

from ..json_types import JsonObject, JsonValue
from ..profile import Profile
from . import errors

# What a portal of tomorrow may add: a client that leaves it out of a write loses it, or is refused.
UNKNOWN_MEMBERS: JsonObject = {
    "resetExperienceVersion": 3,
    "isVerifiedIdResetEnabled": True,
    "stagedRollout": {"ring": "2026-10", "excludedRegions": ["none"]},
}
ANOTHER_SHAPE: JsonObject = {"schemaVersion": "2.0", "settings": [{"name": "enablement", "value": "selected"}]}


def completed(body: JsonObject, before: JsonObject, usual: JsonObject, profile: Profile) -> JsonObject:
    """Return what a write stores: every member of the object, each of the type that it had.

    Raises:
        PortalError: a member is unknown, of another type, or missing where that is refused.
    """
    for name, value in body.items():
        if name not in before:
            raise errors.invalid(f"The member '{name}' is unknown.")
        if not _same_type(value, before[name]):
            raise errors.invalid(f"The member '{name}' cannot be {value!r}.")
    missing = [name for name in before if name not in body]
    if missing and profile.portal_incomplete_objects == "refuse":
        raise errors.invalid(f"The settings object is incomplete: '{missing[0]}' is missing.")
    return {name: usual[name] for name in missing if name in usual} | body


def _same_type(value: JsonValue, before: JsonValue) -> bool:
    return before is None or type(value) is type(before)
