# Copyright: (c) 2026, m365.entra contributors
# GNU General Public License v3.0+ (see COPYING or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later
"""Which controls of CISA's baseline the named policies meet, enforced or only reported."""

from __future__ import annotations

import pytest

from ansible_collections.m365.entra.plugins.module_utils._policy.canonical_policy import canonical_policy
from ansible_collections.m365.entra.plugins.module_utils._policy.control_assessment import assess_controls
from ansible_collections.m365.entra.plugins.module_utils._policy.policy_plan import (
    DISABLED,
    ENABLED,
    REPORT_ONLY,
    CurrentPolicy,
)
from ansible_collections.m365.entra.plugins.module_utils._policy.secure_cloud_controls import NOBODY, Exemptions
from ansible_collections.m365.entra.plugins.module_utils._policy.template_catalogue import TEMPLATES


def planned(template: str, state: str, profile: str = "modern", exclude_users: tuple[str, ...] = ()) -> CurrentPolicy:
    """A named policy that is still to be written: the service has said nothing of it."""
    content = canonical_policy(TEMPLATES[template].content_for(profile))
    content["conditions"]["users"]["excludeUsers"] = sorted(exclude_users)
    return CurrentPolicy("", template, state, content, {})


@pytest.mark.parametrize(("state", "holds"), [(ENABLED, "yes"), (REPORT_ONLY, "report_only"), (DISABLED, "no")])
def test_state_of_the_policy_decides(state: str, holds: str) -> None:
    first, *others = assess_controls([planned("block_legacy_authentication", state)], NOBODY)
    assert first == {
        "control": "MS.AAD.1.1v1",
        "title": "Legacy authentication is blocked",
        "holds": holds,
        "by": [] if holds == "no" else ["block_legacy_authentication"],
    }
    assert [one["holds"] for one in others] == ["no", "no"]


def test_built_in_strength_is_known_before_the_service_expands_it() -> None:
    policies = [planned("require_mfa_for_all_users", ENABLED, "seed_2021")]
    assert [one["holds"] for one in assess_controls(policies, NOBODY)] == ["no", "yes", "no"]


def test_exclusion_counts_unless_it_is_exempt() -> None:
    account = "11111111-1111-1111-1111-111111111111"
    policies = [planned("block_legacy_authentication", ENABLED, exclude_users=(account,))]
    assert assess_controls(policies, NOBODY)[0]["holds"] == "no"
    assert assess_controls(policies, Exemptions(users=frozenset({account})))[0]["holds"] == "yes"
