# Copyright: (c) 2026, m365.entra contributors
# GNU General Public License v3.0+ (see COPYING or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later
"""A switch-over among policies of others: Microsoft's that appear by themselves, and those that stand in the way.

Which of these the service really does is uncertain (facts sections 1.3 and 1.4), so a setting of the simulator decides,
and the collection is held against each of its values.
"""

from __future__ import annotations

from functools import partial
from pathlib import Path
from typing import Any

import pytest

from simulator.conditional_access.managed_policies import managed_policies
from simulator.fixture import TestSimulator
from simulator.json_types import JsonObject

from .conftest import MakeClient
from .graph_client import POLICIES, GraphClient
from .switch_overs import (
    DISABLED,
    ENABLED,
    EVERYBODY,
    LEGACY,
    MANAGED,
    MODULE,
    NAMES,
    REPORT_ONLY,
    before_request,
    held,
    is_protected,
    policies,
    sent,
    state,
    states,
    stored,
    templates_in_place,
    wanted,
    writes,
)
from .whole_product import Task, WholeProduct

GONE = [{"display_name": name, "state": "absent"} for name in NAMES]
TO_POLICIES = wanted(False, policies("enabled"))
IN_THE_WAY = "Some tenants refuse security defaults while any Conditional Access policy exists"


@pytest.fixture
def product(simulator: TestSimulator, tmp_path: Path) -> WholeProduct:
    return WholeProduct(tmp_path, simulator)


def run(product: WholeProduct, client: GraphClient, options: JsonObject) -> tuple[Any, Task]:
    """Run without waiting for anything."""
    return product.task(MODULE, client.entry, options, prepare=before_request(0, lambda: None))


def failure(product: WholeProduct, client: GraphClient, options: JsonObject) -> Any:
    with pytest.raises(product.part("_graph.errors").EntraError) as caught:
        run(product, client, options)
    return caught.value


def of_microsoft(client: GraphClient) -> list[str]:
    """Return the states of the policies that Microsoft manages."""
    return [one for name, one in states(client) if name.startswith(MANAGED)]


def told_of_microsoft(task: Task) -> list[str]:
    return [one for one in task.warnings if "appeared while the run went on" in one]


def put_managed(client: GraphClient, policy_state: str) -> None:
    """Let Microsoft make its policies now."""
    tenant = client.simulator.simulator.tenants.find(client.tenant_id)
    assert tenant is not None
    for policy in managed_policies(client.tenant_id, policy_state):
        tenant[POLICIES].put(policy, 0)


@pytest.mark.parametrize("policy_state", [ENABLED, REPORT_ONLY])
def test_policies_that_follow_defaults_are_told_and_left_alone(
    product: WholeProduct, make_client: MakeClient, simulator: TestSimulator, policy_state: str
) -> None:
    simulator.set_profile(managed_policies_on_disabling_security_defaults=True, managed_policies_state=policy_state)
    client = make_client(state=state(True))
    result, task = run(product, client, TO_POLICIES)
    assert result["changed"]
    (told,) = told_of_microsoft(task)
    word = "enabled" if policy_state == ENABLED else "report_only"
    assert f"'{MANAGED}Block legacy authentication' ({word})" in told
    assert "were left alone" in told
    assert of_microsoft(client) == [policy_state] * 4
    assert [one for name, one in states(client) if name in NAMES] == [ENABLED] * 3
    again, task = run(product, client, TO_POLICIES)
    assert (again["changed"], told_of_microsoft(task)) == (False, [])
    # Whoever tidies up does not touch them either.
    tidy = {**TO_POLICIES["conditional_access_policies"], "unmanaged": "remove"}
    result, _unused = run(product, client, {**TO_POLICIES, "conditional_access_policies": tidy})
    assert result["plan"] == []
    assert of_microsoft(client) == [policy_state] * 4


@pytest.mark.parametrize("policy_state", [ENABLED, REPORT_ONLY])
def test_policies_may_appear_at_any_request(product: WholeProduct, make_client: MakeClient, policy_state: str) -> None:
    expected = make_client(state=state(True))
    run(product, expected, TO_POLICIES)
    requests = sent(expected)
    first_list = [entry["path"] for entry in requests].index(f"/v1.0{POLICIES}") + 1
    # The last read of policies is how the run learns of them.
    last_list = len(requests) - [entry["path"] for entry in requests][::-1].index(f"/v1.0{POLICIES}")
    for number in range(1, len(requests) + 1):
        client = make_client(state=state(True))
        prepare = before_request(number, partial(put_managed, client, policy_state))
        result, task = product.task(MODULE, client.entry, TO_POLICIES, prepare=prepare)
        assert result["changed"]
        assert of_microsoft(client) == [policy_state] * 4
        assert [one for name, one in states(client) if name in NAMES] == [ENABLED] * 3
        assert not held(client)["security_defaults"]
        assert len(told_of_microsoft(task)) == (first_list < number <= last_list), number


def test_failure_beside_policies_that_keep_defaults_off_leaves_nothing_open(
    product: WholeProduct, make_client: MakeClient, simulator: TestSimulator
) -> None:
    """Microsoft's enabled policies keep security defaults from being put back: then what was planned is enforced."""
    simulator.set_profile(managed_policies_on_disabling_security_defaults=True)
    client = make_client(state=state(True))
    refusal = {"kind": "status", "status": 400}
    simulator.set_faults({"method": "PATCH", "path": "onditionalAccess/policies/", "skip": 1, "action": refusal})
    error = failure(product, client, TO_POLICIES)
    assert "ATTENTION: what was there before could not be put back for: security_defaults" in str(error)
    assert f"So that the tenant is not left open, these were put into effect: {EVERYBODY!r}" in str(error)
    assert is_protected(client)
    assert [one for name, one in states(client) if name in NAMES] == [ENABLED] * 3
    result, _unused = run(product, client, TO_POLICIES)
    assert result["plan"] == []


@pytest.mark.parametrize("policy_state", ["disabled", "report_only"])
@pytest.mark.parametrize("is_strict", [False, True])
def test_policies_of_any_state_may_keep_defaults_off(
    product: WholeProduct, make_client: MakeClient, simulator: TestSimulator, policy_state: str, is_strict: bool
) -> None:
    client = make_client(state=state(False, *templates_in_place(product, make_client, "enabled")))
    simulator.set_profile(strict_security_defaults=is_strict)
    before = held(client)
    options = wanted(True, policies(policy_state))
    if not is_strict:
        _result, task = run(product, client, options)
        assert held(client)["security_defaults"]
        assert [one for one in task.warnings if "security defaults may be refused while any policy exists" in one]
        return
    error = failure(product, client, options)
    assert str(error).startswith("security_defaults 'security defaults': ")
    assert IN_THE_WAY in str(error)
    assert "What was there before has been put back, and the service shows it." in str(error)
    assert held(client) == before
    assert error.details["not_shown"] == error.details["not_restored"] == []


@pytest.mark.parametrize("is_strict", [False, True])
def test_who_removes_every_policy_gets_defaults(
    product: WholeProduct, make_client: MakeClient, simulator: TestSimulator, is_strict: bool
) -> None:
    others = [stored("Somebody else's", REPORT_ONLY, 3)]
    client = make_client(state=state(False, *templates_in_place(product, make_client, "enabled"), *others))
    simulator.set_profile(strict_security_defaults=is_strict)
    if is_strict:
        before = held(client)
        assert IN_THE_WAY in str(failure(product, client, wanted(True, GONE)))
        assert held(client) == before
    gone = [*GONE, {"display_name": "Somebody else's", "state": "absent"}]
    result, task = run(product, client, wanted(True, gone))
    assert result["changed"]
    assert held(client) == {"security_defaults": True, "policies": []}
    assert not [one for one in task.warnings if "refused" in one]
    assert run(product, client, wanted(True, gone))[0]["plan"] == []


def test_policies_that_nobody_lists_are_taken_out_of_effect_when_the_owner_says_so(
    product: WholeProduct, make_client: MakeClient
) -> None:
    client = make_client(state=state(False, stored(LEGACY, ENABLED, 1), stored("Somebody else's", ENABLED, 3)))
    listed = policies("disabled", LEGACY)
    before = held(client)
    error = failure(product, client, wanted(True, listed))
    assert "Somebody else's" in str(error)
    assert (held(client), writes(client)) == (before, [])
    run(product, client, wanted(True, listed, unmanaged="disable"))
    assert states(client) == [(LEGACY, DISABLED), ("Somebody else's", DISABLED)]
    assert held(client)["security_defaults"]


def test_removed_policies_may_count_too(
    product: WholeProduct, make_client: MakeClient, simulator: TestSimulator
) -> None:
    """Should those in the bin keep security defaults off, all of them come back, enforced as they were."""
    client = make_client(state=state(False, *templates_in_place(product, make_client, "enabled")))
    simulator.set_profile(strict_security_defaults=True, deleted_policies_count=True)
    before = held(client)
    error = failure(product, client, wanted(True, GONE))
    assert "What was there before has been put back, and the service shows it." in str(error)
    assert held(client) == before
