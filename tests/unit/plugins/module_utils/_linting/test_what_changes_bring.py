# Copyright: (c) 2026, m365.entra contributors
# GNU General Public License v3.0+ (see COPYING or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later
"""A change that makes a finding larger brings it, and one that makes it smaller does not: every rule that lists."""

from __future__ import annotations

import typing as t

import pytest

from ansible_collections.m365.entra.plugins.module_utils._linting.lint import lint
from ansible_collections.m365.entra.plugins.module_utils._linting.new_findings import new_findings
from ansible_collections.m365.entra.plugins.module_utils._policy.exclusions import EmergencyAccess
from ansible_collections.m365.entra.tests.unit.plugins.module_utils.support import ids
from ansible_collections.m365.entra.tests.unit.plugins.module_utils.support.linted import tenant
from ansible_collections.m365.entra.tests.unit.plugins.module_utils.support.policies import BLOCK, ENABLED, stored

Json = dict[str, t.Any]

ALL: Json = {"includeUsers": ["All"]}
GLOBAL_ADMINISTRATORS: Json = {"includeRoles": [ids.GLOBAL_ADMINISTRATOR]}


def policy(name: str, **parts: t.Any) -> Json:
    """An enforced policy, with the same id for the same name."""
    return stored(name, ENABLED, f"eeeeeeee-0000-4000-9000-{sum(name.encode()):012x}", **parts)


def but(*groups: str) -> Json:
    """All users but emergency access and these groups."""
    return {**ALL, "excludeUsers": [ids.EMERGENCY], "excludeGroups": list(groups)}


def brought(rule: str, before: list[Json], after: list[Json]) -> bool:
    """Whether the change brings a finding of *rule*, which must be there after it."""
    facts: Json = {"emergency": EmergencyAccess((ids.EMERGENCY, ids.BOB), ()), "security_defaults": False}
    planned = lint(tenant(*after, **facts))
    assert rule in {one.rule for one in planned}
    return rule in {one.rule for one in new_findings(planned, lint(tenant(*before, **facts)))}


WORSE: list[tuple[str, list[Json], list[Json]]] = [
    # The other policy for all users, which reached the printers, is gone.
    (
        "left_out_of_mfa",
        [policy("A", users=but(ids.STAFF, ids.PRINTERS)), policy("B", users=but(ids.STAFF))],
        [policy("A", users=but(ids.STAFF, ids.PRINTERS))],
    ),
    ("left_out_of_mfa", [policy("A", users=but(ids.STAFF))], [policy("A", users=but(ids.STAFF, ids.PRINTERS))]),
    (
        "legacy_authentication_not_blocked",
        [policy("A", users=but()), policy("Old", clientAppTypes=["other"], users=but(), grant=BLOCK)],
        [policy("A", users=but())],
    ),
    (
        "exclusion_swallows_inclusion",
        [policy("A", users={"includeGroups": [ids.STAFF, ids.PRINTERS], "excludeGroups": [ids.STAFF]})],
        [policy("A", users={"includeGroups": [ids.STAFF], "excludeGroups": [ids.STAFF]})],
    ),
    ("no_exclusion", [policy("A", users=GLOBAL_ADMINISTRATORS)], [policy("A", users=ALL)]),
    (
        "emergency_access_not_excluded",
        [policy("A", users={**ALL, "excludeUsers": [ids.EMERGENCY, ids.ADA]})],
        [policy("A", users={**ALL, "excludeUsers": [ids.ADA]})],
    ),
]
BETTER: list[tuple[str, list[Json], list[Json]]] = [
    ("left_out_of_mfa", [policy("A", users=but(ids.STAFF, ids.PRINTERS))], [policy("A", users=but(ids.STAFF))]),
    (
        "left_out_of_mfa",
        [policy("A", users=but(ids.STAFF)), policy("B", users=but(ids.STAFF))],
        [policy("A", users=but(ids.STAFF))],
    ),
    (
        "legacy_authentication_not_blocked",
        [policy("A", users=but())],
        [policy("A", users=but()), policy("Old", clientAppTypes=["other"], users=but(), grant=BLOCK)],
    ),
    (
        "exclusion_swallows_inclusion",
        [policy("A", users={"includeGroups": [ids.STAFF, ids.PRINTERS], "excludeGroups": [ids.STAFF, ids.PRINTERS]})],
        [policy("A", users={"includeGroups": [ids.STAFF, ids.PRINTERS], "excludeGroups": [ids.STAFF]})],
    ),
    (
        "emergency_access_not_excluded",
        [policy("A", users={**ALL, "excludeUsers": [ids.ADA]})],
        [policy("A", users={**ALL, "excludeUsers": [ids.EMERGENCY, ids.ADA]})],
    ),
    (
        "shadowed_by_block",
        [policy("A", users=but(), grant=BLOCK), policy("B", grant=BLOCK), policy("C", users=but(), platforms=None)],
        [policy("A", users=but(), grant=BLOCK), policy("C", users=but(), platforms=None)],
    ),
]


@pytest.mark.parametrize(("rule", "before", "after"), WORSE)
def test_what_grows_is_new(rule: str, before: list[Json], after: list[Json]) -> None:
    assert brought(rule, before, after)


@pytest.mark.parametrize(("rule", "before", "after"), BETTER)
def test_what_shrinks_is_not_new(rule: str, before: list[Json], after: list[Json]) -> None:
    assert not brought(rule, before, after)
