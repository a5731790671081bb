# Copyright: (c) 2026, m365.entra contributors
# GNU General Public License v3.0+ (see COPYING or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later
"""All rules on one policy (facts section 2.6); each rule has its own test beside this file."""

from __future__ import annotations

import typing as t

import pytest

from ansible_collections.m365.entra.plugins.module_utils._graph.errors import OptionError
from ansible_collections.m365.entra.plugins.module_utils._policy.canonical_policy import canonical_policy
from ansible_collections.m365.entra.plugins.module_utils._policy.rules import check_rules, faults_of
from ansible_collections.m365.entra.tests.unit.plugins.module_utils.support.policies import policy

Json = dict[str, t.Any]


@pytest.mark.parametrize("raw", [{}, {"displayName": "x"}, {"conditions": {}}, {"grantControls": {}}])
def test_no_rule_stumbles_over_an_empty_policy(raw: Json) -> None:
    assert {"conditions.applications", "conditions.users", "grant_controls"} <= {
        fault.path for fault in faults_of(canonical_policy(raw))
    }


def test_all_faults_are_named_at_once_under_the_option() -> None:
    with pytest.raises(OptionError) as failure:
        check_rules(canonical_policy(policy("", users={}, grant=None)), "policies[3]")
    message = str(failure.value)
    for path in ("policies[3].display_name", "policies[3].conditions.users", "policies[3].grant_controls"):
        assert f"{path}: " in message


def test_policy_without_faults_passes() -> None:
    check_rules(canonical_policy(policy()), "")
