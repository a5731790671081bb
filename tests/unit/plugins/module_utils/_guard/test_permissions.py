# Copyright: (c) 2026, m365.entra contributors
# GNU General Public License v3.0+ (see COPYING or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later
"""Permissions: any one of the alternatives will do, and all that is missing is named at once."""

from __future__ import annotations

import pytest

from ansible_collections.m365.entra.plugins.module_utils._graph.errors import GuardRefused
from ansible_collections.m365.entra.plugins.module_utils._guard import permissions
from ansible_collections.m365.entra.plugins.module_utils._guard.permissions import (
    ALL_REQUIREMENTS,
    Requirement,
    missing,
    require_permissions,
)

ENOUGH = {requirement.any_of[0] for requirement in ALL_REQUIREMENTS}


@pytest.mark.parametrize("requirement", ALL_REQUIREMENTS, ids=lambda one: one.needed_for)
def test_each_alternative_is_enough_and_nothing_else_is(requirement: Requirement) -> None:
    for permission in requirement.any_of:
        assert requirement.is_met_by({permission, "openid"})
    assert not requirement.is_met_by({"openid", *(permission.lower() for permission in requirement.any_of)})
    assert not requirement.is_met_by(set())


@pytest.mark.parametrize(
    ("requirement", "permission"),
    [
        (permissions.READ_POLICIES, "Policy.Read.ConditionalAccess"),
        (permissions.WRITE_POLICIES, "Policy.ReadWrite.ConditionalAccess"),
        (permissions.READ_SECURITY_DEFAULTS, "Policy.Read.All"),
        (permissions.WRITE_SECURITY_DEFAULTS, "Policy.ReadWrite.SecurityDefaults"),
        (permissions.READ_LICENSE, "LicenseAssignment.Read.All"),
        (permissions.READ_ORGANIZATION, "Organization.Read.All"),
        (permissions.READ_USERS, "User.Read.All"),
        (permissions.READ_GROUPS, "GroupMember.Read.All"),
        (permissions.READ_APPLICATIONS, "Application.Read.All"),
        (permissions.READ_REGISTRATION, "AuditLog.Read.All"),
    ],
)
def test_least_permission_is_among_the_alternatives(requirement: Requirement, permission: str) -> None:
    assert requirement.is_met_by({permission})


def test_reading_is_not_writing() -> None:
    assert not permissions.WRITE_POLICIES.is_met_by({"Policy.Read.All", "Policy.ReadWrite.SecurityDefaults"})


def test_missing_keeps_the_order() -> None:
    assert missing(ALL_REQUIREMENTS, set()) == list(ALL_REQUIREMENTS)
    assert missing(ALL_REQUIREMENTS, ENOUGH) == []


def test_passing() -> None:
    require_permissions(ALL_REQUIREMENTS, ENOUGH)
    require_permissions((), set())


def test_refusing_names_everything_at_once() -> None:
    with pytest.raises(GuardRefused) as failure:
        require_permissions((permissions.READ_POLICIES, permissions.READ_USERS), {"Group.Read.All"})
    message = failure.value.message
    assert "Policy.Read.All or Policy.Read.ConditionalAccess for reading Conditional Access policies" in message
    assert "User.Read.All" in message
    assert "Nothing was written" in failure.value.remedy
    assert [one["needed_for"] for one in failure.value.details["missing_permissions"]] == [
        "reading Conditional Access policies",
        "resolving users by name",
    ]
