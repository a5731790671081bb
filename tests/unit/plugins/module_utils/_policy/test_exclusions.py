# Copyright: (c) 2026, m365.entra contributors
# GNU General Public License v3.0+ (see COPYING or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later
"""Who is left out of policies."""

from __future__ import annotations

import typing as t

import pytest
from hypothesis import given

from ansible_collections.m365.entra.plugins.module_utils._graph.errors import GuardRefused
from ansible_collections.m365.entra.plugins.module_utils._policy.canonical_policy import canonical_policy
from ansible_collections.m365.entra.plugins.module_utils._policy.exclusions import (
    EmergencyAccess,
    refuse_removal_of_emergency_access,
    with_edit,
    with_exclusions,
)
from ansible_collections.m365.entra.plugins.module_utils._policy.policy_shape import POLICY
from ansible_collections.m365.entra.plugins.module_utils._reconcile.compare import changes
from ansible_collections.m365.entra.tests.unit.plugins.module_utils.support import ids
from ansible_collections.m365.entra.tests.unit.plugins.module_utils.support.policies import BLOCK, policy
from ansible_collections.m365.entra.tests.unit.plugins.module_utils.support.policy_strategies import policies

Json = dict[str, t.Any]
EMERGENCY = EmergencyAccess((ids.EMERGENCY,), (ids.STAFF,))
WORKLOADS = policy(
    users={"includeUsers": ["None"]},
    grant=BLOCK,
    clientApplications={"includeServicePrincipals": ["ServicePrincipalsInMyTenant"]},
)


def edit(**users: t.Any) -> Json:
    """An edit for every policy, in Graph's names."""
    return {"conditions": {"users": users}}


def excluded(content: Json) -> tuple[list[str], list[str]]:
    """The excluded users and groups."""
    users = content["conditions"]["users"]
    return users["excludeUsers"], users["excludeGroups"]


def test_emergency_access_joins_what_is_excluded() -> None:
    content = canonical_policy(policy(users={"includeUsers": ["All"], "excludeUsers": [ids.ADA]}))
    assert excluded(with_exclusions(content, EMERGENCY)) == (sorted([ids.ADA, ids.EMERGENCY]), [ids.STAFF])


@given(policies)
def test_exclusions_change_nothing_else_and_join_once(raw: Json) -> None:
    content = canonical_policy(raw)
    once = with_exclusions(content, EMERGENCY)
    assert with_exclusions(once, EMERGENCY) == once
    assert {change.path for change in changes(POLICY, content, once)} <= {
        "conditions.users.exclude_users",
        "conditions.users.exclude_groups",
    }


@pytest.mark.parametrize("raw", [WORKLOADS, policy(users={})])
def test_policy_without_users_has_nobody_to_exclude(raw: Json) -> None:
    content = canonical_policy(raw)
    assert with_exclusions(content, EMERGENCY) == content
    assert with_edit(content, edit(excludeGroups={"add": [ids.STAFF]})) == content


def test_nobody_is_no_exclusion() -> None:
    content = canonical_policy(policy())
    assert with_exclusions(content, EmergencyAccess()) == content


@pytest.mark.parametrize(
    ("users", "expected"),
    [
        ({"excludeGroups": {"add": [ids.PRINTERS]}}, ([ids.ADA], sorted([ids.STAFF, ids.PRINTERS]))),
        ({"excludeGroups": {"remove": [ids.STAFF]}}, ([ids.ADA], [])),
        ({"excludeUsers": {"add": [ids.BOB], "remove": [ids.ADA]}}, ([ids.BOB], [ids.STAFF])),
        ({"excludeUsers": {"remove": [ids.BOB]}}, ([ids.ADA], [ids.STAFF])),
    ],
)
def test_edit_of_every_policy(users: Json, expected: tuple[list[str], list[str]]) -> None:
    raw = policy(users={"includeUsers": ["All"], "excludeUsers": [ids.ADA], "excludeGroups": [ids.STAFF]})
    once = with_edit(canonical_policy(raw), edit(**users))
    assert excluded(once) == expected
    assert with_edit(once, edit(**users)) == once


@pytest.mark.parametrize("nothing", [{}, {"conditions": None}, {"conditions": {"users": None}}])
def test_edit_of_nothing(nothing: Json) -> None:
    content = canonical_policy(policy())
    assert with_edit(content, nothing) == content
    refuse_removal_of_emergency_access(nothing, EMERGENCY)


@pytest.mark.parametrize(
    ("users", "path", "identifier"),
    [
        ({"excludeUsers": {"remove": [ids.ADA, ids.EMERGENCY]}}, "exclude_users", ids.EMERGENCY),
        ({"excludeGroups": {"add": [ids.PRINTERS], "remove": [ids.STAFF]}}, "exclude_groups", ids.STAFF),
    ],
)
def test_emergency_access_cannot_be_edited_away(users: Json, path: str, identifier: str) -> None:
    with pytest.raises(GuardRefused) as failure:
        refuse_removal_of_emergency_access(edit(**users), EMERGENCY)
    assert failure.value.message.startswith(f"every_policy.conditions.users.{path}: ")
    assert failure.value.message.endswith(f"{identifier}.")
    assert "emergency_access" in failure.value.remedy
    refuse_removal_of_emergency_access(edit(**users), EmergencyAccess())


def test_adding_emergency_access_is_no_removal() -> None:
    refuse_removal_of_emergency_access(
        edit(excludeGroups={"add": [ids.STAFF]}, excludeUsers={"remove": None}), EMERGENCY
    )
