# Copyright: (c) 2026, m365.entra contributors
# GNU General Public License v3.0+ (see COPYING or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later
"""A tenant's number of policies is limited."""

from __future__ import annotations

import pytest

from ansible_collections.m365.entra.plugins.module_utils._graph.errors import GuardRefused
from ansible_collections.m365.entra.plugins.module_utils._guard.policy_limit import check_policy_limit
from ansible_collections.m365.entra.plugins.module_utils._policy.desired import desired_policy
from ansible_collections.m365.entra.plugins.module_utils._policy.policy_plan import current_policy, plan_policy
from ansible_collections.m365.entra.tests.unit.plugins.module_utils.support.policies import stored

NEW = plan_policy(desired_policy({"template": "block_legacy_authentication"}), ())


RESTORED = plan_policy(desired_policy({"display_name": "MFA", "restore": True}), (), deleted=[current_policy(stored())])


def test_up_to_the_limit_is_fine() -> None:
    check_policy_limit([NEW], range(240))


def test_beyond_the_limit_nothing_is_written() -> None:
    with pytest.raises(GuardRefused, match="would make 241; a tenant holds at most 240"):
        check_policy_limit([NEW], range(241))


def test_what_comes_back_from_the_bin_counts() -> None:
    check_policy_limit([RESTORED], range(240))
    with pytest.raises(GuardRefused, match="would make 241"):
        check_policy_limit([RESTORED], range(241))


def test_what_is_there_already_is_nobodys_fault() -> None:
    check_policy_limit([], range(250))
