# Copyright: (c) 2026, m365.entra contributors
# GNU General Public License v3.0+ (see COPYING or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later
"""Rules for the filters of a policy (rule 29)."""

from __future__ import annotations

from ...json_types import JsonObject
from ...profile import Profile

FILTERS = (
    ("devices", "deviceFilter"),
    ("applications", "applicationFilter"),
    ("clientApplications", "servicePrincipalFilter"),
    ("clientApplications", "agentIdServicePrincipalFilter"),
)


def filters_are_complete(policy: JsonObject, _profile: Profile) -> str | None:
    """An empty filter is refused; the syntax of its rule is not checked."""
    for condition, name in FILTERS:
        found = (policy["conditions"][condition] or {}).get(name)
        if found and not (found["mode"] and found["rule"]):
            return f"'{name}' needs 'mode' and 'rule'."
    return None
