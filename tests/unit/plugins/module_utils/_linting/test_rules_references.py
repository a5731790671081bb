# Copyright: (c) 2026, m365.entra contributors
# GNU General Public License v3.0+ (see COPYING or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later
"""What policies refer to and what is gone or empty."""

from __future__ import annotations

import typing as t

import pytest

from ansible_collections.m365.entra.plugins.module_utils._policy.exclusions import EmergencyAccess
from ansible_collections.m365.entra.tests.unit.plugins.module_utils.support import ids
from ansible_collections.m365.entra.tests.unit.plugins.module_utils.support.linted import enforced, found, in_state
from ansible_collections.m365.entra.tests.unit.plugins.module_utils.support.policies import DISABLED

Json = dict[str, t.Any]

CUSTOM = "12345678-0000-4000-8000-000000000001"


@pytest.mark.parametrize(
    ("kind", "identifier", "path", "parts"),
    [
        (
            "group",
            ids.STAFF,
            "conditions.users.exclude_groups[0]",
            {"users": {"includeUsers": ["All"], "excludeGroups": [ids.STAFF]}},
        ),
        ("group", ids.STAFF, "conditions.users.include_groups[0]", {"users": {"includeGroups": [ids.STAFF]}}),
        (
            "user",
            ids.BOB,
            "conditions.users.exclude_users[1]",
            {"users": {"includeUsers": ["All"], "excludeUsers": [ids.ADA, ids.BOB]}},
        ),
        (
            "named_location",
            ids.OFFICE,
            "conditions.locations.exclude_locations[0]",
            {"locations": {"includeLocations": ["All"], "excludeLocations": [ids.OFFICE]}},
        ),
        (
            "authentication_strength_policy",
            CUSTOM,
            "grant_controls.authentication_strength",
            {"grant": {"operator": "OR", "builtInControls": [], "authenticationStrength": {"id": CUSTOM}}},
        ),
    ],
)
def test_what_is_gone(kind: str, identifier: str, path: str, parts: Json) -> None:
    (finding,) = found("missing_reference", enforced("Mine", **parts), gone=frozenset({(kind, identifier)}))
    assert (finding.seen.severity, finding.seen.path, finding.names) == ("error", path, ("Mine",))
    assert identifier in finding.seen.text
    assert found("missing_reference", enforced(**parts)) == []
    assert found("missing_reference", in_state(DISABLED, **parts), gone=frozenset({(kind, identifier)})) == []


@pytest.mark.parametrize(
    ("users", "severity", "text"),
    [
        ({"includeGroups": [ids.STAFF]}, "warning", "so that the policy reaches nobody"),
        ({"includeGroups": [ids.STAFF, ids.PRINTERS]}, "warning", "nobody is reached through it"),
        ({"includeGroups": [ids.STAFF], "includeUsers": ["All"]}, "warning", "nobody is reached through it"),
        ({"includeGroups": [ids.STAFF], "includeUsers": ["AllAgentIdUsers"]}, "warning", "reached through it"),
        ({"includeGroups": [ids.STAFF], "includeUsers": ["None"]}, "warning", "so that the policy reaches nobody"),
        ({"includeUsers": ["All"], "excludeGroups": [ids.STAFF]}, "information", "the excluded group"),
    ],
)
def test_an_empty_group(users: Json, severity: str, text: str) -> None:
    (finding,) = found(
        "empty_group", enforced(users=users), empty_groups=frozenset({ids.STAFF}), names={ids.STAFF: "Staff"}
    )
    assert finding.seen.severity == severity
    assert text in finding.seen.text
    assert f"Staff ({ids.STAFF})" in finding.seen.text


def test_a_group_of_which_nothing_is_known_is_not_empty() -> None:
    assert found("empty_group", enforced(users={"includeGroups": [ids.STAFF]})) == []


def test_an_empty_group_of_emergency_access_is_named_once() -> None:
    policies = [enforced(name, users={"includeUsers": ["All"], "excludeGroups": [ids.STAFF]}) for name in "AB"]
    facts: Json = {"emergency": EmergencyAccess((), (ids.STAFF,)), "empty_groups": frozenset({ids.STAFF})}
    (finding,) = found("emergency_access_without_members", *policies, **facts)
    assert (finding.seen.severity, finding.names) == ("error", ("A", "B"))
    assert found("empty_group", *policies, **facts) == []
    (unused,) = found("emergency_access_without_members", enforced(), **facts)
    assert (unused.names, unused.seen.path) == ((), "")
    assert found("emergency_access_without_members", *policies, emergency=facts["emergency"]) == []
