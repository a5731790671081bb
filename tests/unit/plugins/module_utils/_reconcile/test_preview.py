# Copyright: (c) 2026, m365.entra contributors
# GNU General Public License v3.0+ (see COPYING or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later
"""What only the beta endpoint has is found by its option path."""

from __future__ import annotations

import typing as t

import pytest

from ansible_collections.m365.entra.plugins.module_utils._policy.policy_shape import POLICY
from ansible_collections.m365.entra.plugins.module_utils._reconcile.preview import preview_uses
from ansible_collections.m365.entra.tests.unit.plugins.module_utils.support.policies import (
    everything,
    everything_in_preview,
)

Json = dict[str, t.Any]


def test_nothing_of_v1_is_preview() -> None:
    assert preview_uses(POLICY, everything()) == []


def test_everything_of_beta_is_named_with_its_option() -> None:
    assert set(preview_uses(POLICY, everything_in_preview(), "policies[0].")) == {
        "policies[0].conditions.users.include_users AllAgentIdUsers",
        "policies[0].conditions.applications.include_applications AllAgentIdResources",
        "policies[0].conditions.applications.include_user_actions urn:user:accountrecovery",
        "policies[0].conditions.applications.global_secure_access",
        "policies[0].conditions.applications.network_access",
        "policies[0].conditions.client_applications.include_agent_id_service_principals",
        "policies[0].conditions.client_applications.exclude_agent_id_service_principals",
        "policies[0].conditions.client_applications.agent_id_service_principal_filter",
        "policies[0].conditions.agent_id_risk_levels",
        "policies[0].conditions.agents",
        "policies[0].conditions.agent_context",
        "policies[0].conditions.times",
        "policies[0].grant_controls.built_in_controls verifiedID",
        "policies[0].session_controls.continuous_access_evaluation",
        "policies[0].session_controls.global_secure_access_filtering_profile",
        "policies[0].session_controls.network_access_security",
    }


@pytest.mark.parametrize(
    ("content", "paths"),
    [
        ({"grantControls": {"builtInControls": ["VERIFIEDid"]}}, ["grant_controls.built_in_controls verifiedID"]),
        (
            {"conditions": {"users": {"excludeUsers": {"add": ["allagentidusers"], "remove": []}}}},
            ["conditions.users.exclude_users AllAgentIdUsers"],
        ),
        ({"conditions": {"agentIdRiskLevels": []}}, []),
        ({"conditions": {"times": None}}, []),
        ({"conditions": None, "sessionControls": {}}, []),
        ({}, []),
    ],
)
def test_uses(content: Json, paths: list[str]) -> None:
    assert preview_uses(POLICY, content) == paths
