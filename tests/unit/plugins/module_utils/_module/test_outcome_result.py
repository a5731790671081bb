# Copyright: (c) 2026, m365.entra contributors
# GNU General Public License v3.0+ (see COPYING or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later
"""Every changing module returns the same of an outcome."""

from __future__ import annotations

import pytest

from ansible_collections.m365.entra.plugins.module_utils._module.outcome_result import outcome_result
from ansible_collections.m365.entra.plugins.module_utils._policy.desired import desired_policy
from ansible_collections.m365.entra.plugins.module_utils._resources.tenant import Wanted, reconcile
from ansible_collections.m365.entra.plugins.module_utils._spec.argument_spec import ArgumentSpec
from ansible_collections.m365.entra.tests.unit.plugins.module_utils.support import ids
from ansible_collections.m365.entra.tests.unit.plugins.module_utils.support.fake_module import fake_module
from ansible_collections.m365.entra.tests.unit.plugins.module_utils.support.fake_session import FakeSession
from ansible_collections.m365.entra.tests.unit.plugins.module_utils.support.policies import policy, stored

WANTED = Wanted(policies=(desired_policy({"definition": policy(users={"includeUsers": [ids.ADA]})}),))


@pytest.mark.parametrize("diff", [True, False])
def test_result_of_a_change(diff: bool) -> None:
    outcome = reconcile(FakeSession([stored()]), WANTED, check_mode=True)
    result = outcome_result(fake_module(ArgumentSpec(), {}, diff=diff), outcome)
    assert result["changed"] is True
    assert [action["operation"] for action in result["plan"]] == ["update"]
    assert ("diff" in result) is diff


def test_result_without_a_change_asks_for_no_names() -> None:
    session = FakeSession([stored(users={"includeUsers": [ids.ADA]})])
    outcome = reconcile(session, WANTED, check_mode=False)
    session.requests.clear()
    expected = {"changed": False, "plan": [], "plan_status": "nothing_to_do", "guards": []}
    assert outcome_result(fake_module(ArgumentSpec(), {}), outcome) == expected
    assert session.requests == []
