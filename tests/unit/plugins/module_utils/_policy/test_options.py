# Copyright: (c) 2026, m365.entra contributors
# GNU General Public License v3.0+ (see COPYING or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later
"""Options to Graph's names and back: what was not given stays away, nulls and empty lists stay."""

from __future__ import annotations

import typing as t

import pytest
from hypothesis import given

from ansible_collections.m365.entra.plugins.module_utils._policy.canonical_policy import canonical_policy
from ansible_collections.m365.entra.plugins.module_utils._policy.options import (
    content_from_options,
    options_from_content,
)
from ansible_collections.m365.entra.tests.unit.plugins.module_utils.support.policies import policy
from ansible_collections.m365.entra.tests.unit.plugins.module_utils.support.policy_strategies import policies

Json = dict[str, t.Any]


@pytest.mark.parametrize(
    ("options", "content"),
    [
        ({}, {}),
        ({"description": None}, {"description": None}),
        ({"conditions": None}, {"conditions": None}),
        ({"conditions": {}}, {"conditions": {}}),
        (
            {"conditions": {"users": {"exclude_users": [], "include_groups": None}}},
            {"conditions": {"users": {"excludeUsers": [], "includeGroups": None}}},
        ),
        (
            {"conditions": {"users": {"include_guests_or_external_users": {"guest_or_external_user_types": ["x"]}}}},
            {"conditions": {"users": {"includeGuestsOrExternalUsers": {"guestOrExternalUserTypes": ["x"]}}}},
        ),
        (
            {"session_controls": {"persistent_browser": {"mode": "never"}}},
            {"sessionControls": {"persistentBrowser": {"mode": "never", "isEnabled": True}}},
        ),
        (
            {"session_controls": {"persistent_browser": {"is_enabled": False}}},
            {"sessionControls": {"persistentBrowser": {"isEnabled": False}}},
        ),
        ({"session_controls": {"persistent_browser": None}}, {"sessionControls": {"persistentBrowser": None}}),
        ({"policy_state": "enabled", "template": "x"}, {}),
    ],
)
def test_content_from_options(options: Json, content: Json) -> None:
    assert content_from_options(options) == content


@given(policies)
def test_options_say_the_same_as_the_content(raw: Json) -> None:
    wanted = canonical_policy(raw)
    assert canonical_policy(content_from_options(options_from_content(wanted))) == wanted


def test_options_leave_out_what_is_empty() -> None:
    assert options_from_content(canonical_policy(policy())) == {
        "display_name": "MFA",
        "conditions": {
            "users": {"include_users": ["All"]},
            "applications": {"include_applications": ["All"]},
            "client_app_types": ["all"],
        },
        "grant_controls": {"operator": "OR", "built_in_controls": ["mfa"]},
    }
