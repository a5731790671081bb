# Copyright: (c) 2026, m365.entra contributors
# GNU General Public License v3.0+ (see COPYING or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later
"""Policies are enforced in stages, by the evidence of sign-ins, through the whole product against the simulator."""

from __future__ import annotations

from pathlib import Path
from typing import Any

import pytest

from simulator.fixture import TestSimulator
from simulator.json_types import JsonObject

from .conftest import MakeClient
from .rollouts import (
    ADA,
    BOB,
    EMERGENCY,
    ENABLED,
    EVE,
    NAME,
    PILOT,
    REPORT_ONLY,
    RINGS,
    STAFF,
    SWIFT,
    TWIN,
    Staged,
    people,
    wanted,
)
from .whole_product import WholeProduct

SHADOW: JsonObject = {**SWIFT, "changes": "shadow"}


@pytest.fixture
def staged(simulator: TestSimulator, tmp_path: Path, make_client: MakeClient) -> Staged:
    return Staged(make_client("p2", state=people()), WholeProduct(tmp_path, simulator))


def rollout(result: JsonObject, name: str = NAME) -> Any:
    """Return what a result says of the rollout of one policy."""
    (found,) = (one for one in result["rollout"] if one["display_name"] == name)
    return found


def test_a_policy_is_shown_before_it_is_enforced(staged: Staged) -> None:
    first = staged.run(wanted())
    assert staged.states() == {NAME: REPORT_ONLY}
    assert first["plan"][0]["reason"] == "the policy is shown in report-only before it is enforced"
    assert rollout(first)["stage"] == "report_only"
    waiting = rollout(staged.quiet(wanted()))
    assert (waiting["ready"], waiting["promoted"]) == (None, False)
    assert waiting["since"] is not None
    assert "only with promote: true" in waiting["missing"][-1]


def test_it_is_promoted_by_evidence_and_by_nothing_else(staged: Staged) -> None:
    staged.run(wanted())
    assert rollout(staged.quiet(wanted(), promote=True))["missing"] == ["no sign-in names it"]
    staged.sign_in(ADA, count=2)
    few = rollout(staged.quiet(wanted(), promote=True))
    assert few["missing"] == ["it would have applied to 2 sign-ins, and 3 are asked for"]
    staged.sign_in(BOB, count=2, satisfied=())
    planned = staged.run(wanted(), promote=True, check_mode=True)
    assert (planned["plan_status"], staged.states()) == ("changes_pending", {NAME: REPORT_ONLY})
    promoted = staged.run(wanted(), promote=True)
    found = rollout(promoted)
    assert staged.states() == {NAME: ENABLED}
    assert (found["stage"], found["ready"], found["promoted"]) == ("enforced", True, True)
    assert (found["impact"]["would_succeed"], found["impact"]["would_be_interrupted"]) == (2, 2)
    assert [one["path"] for action in promoted["plan"] for one in action["changes"]] == ["policy_state"]
    assert rollout(staged.quiet(wanted(), promote=True))["stage"] == "enforced"
    staged.quiet(wanted())


def test_who_would_fail_holds_it_back(staged: Staged) -> None:
    policy = wanted(NAME, "compliantDevice")
    staged.run(policy)
    staged.sign_in(ADA, BOB, count=5, satisfied=())
    held = rollout(staged.quiet(policy, promote=True))
    assert held["missing"] == [
        "2 users would fail, and 0 may at most",
        "10 of 10 sign-ins would fail, and a share of 0 may at most",
    ]
    assert {one["user_principal_name"] for one in held["impact"]["users"]} == {
        "ada@contoso.example",
        "bob@contoso.example",
    }
    lenient = {**SWIFT, "maximum_would_fail_users": 2, "maximum_would_fail_share": 1.0}
    assert rollout(staged.run(wanted(NAME, "compliantDevice", rollout=lenient), promote=True))["promoted"]


def test_a_change_begins_the_soak_anew(staged: Staged) -> None:
    staged.run(wanted())
    staged.sign_in(ADA)
    changed = wanted(NAME, "mfa", "compliantDevice")
    result = rollout(staged.run(changed, promote=True))
    assert (result["ready"], result["missing"]) == (
        False,
        ["its content begins to be shown in report-only with this run"],
    )
    assert rollout(staged.quiet(changed, promote=True))["missing"] == ["no sign-in names it"]
    slow = wanted(rollout={**SWIFT, "soak_days": 2.5})
    staged.run(slow)
    staged.sign_in(ADA)
    assert "2.5 days are asked for" in rollout(staged.quiet(slow, promote=True))["missing"][0]


def test_rings_widen_one_by_one(staged: Staged) -> None:
    policy = wanted(rollout={**SWIFT, "rings": RINGS})
    staged.run(policy)
    assert staged.included() == (set(), {PILOT})
    staged.sign_in(BOB)
    assert not rollout(staged.quiet(policy, promote=True))["ready"]
    staged.sign_in(ADA)
    pilot = rollout(staged.run(policy, promote=True))
    assert (pilot["promoted"], pilot["stage"], pilot["enforced_rings"], pilot["ring"]) == (
        True,
        "shadow",
        ["pilot"],
        "staff",
    )
    assert (staged.included(), staged.included(TWIN)) == ((set(), {PILOT}), (set(), {STAFF}))
    assert staged.states() == {NAME: ENABLED, TWIN: REPORT_ONLY}
    # Who is in the policy already is no evidence for those who join.
    staged.sign_in(ADA, count=9)
    assert "applied to 0 sign-ins" in rollout(staged.quiet(policy, promote=True))["missing"][0]
    staged.sign_in(BOB)
    assert rollout(staged.run(policy, promote=True))["enforced_rings"] == ["pilot", "staff"]
    assert (staged.included(), staged.included(TWIN)) == ((set(), {PILOT, STAFF}), ({"All"}, set()))
    staged.sign_in(ADA, BOB)
    staged.quiet(policy, promote=True)
    staged.sign_in(EVE)
    last = rollout(staged.run(policy, promote=True))
    assert (last["stage"], last["shadow"]) == ("enforced", None)
    assert (staged.states(), staged.included()) == ({NAME: ENABLED}, ({"All"}, set()))
    assert staged.policies()[NAME]["conditions"]["users"]["excludeGroups"] == []
    staged.quiet(policy, promote=True)


def test_a_change_is_shown_by_a_twin(staged: Staged) -> None:
    staged.run(wanted(rollout={"is_enabled": False}))
    changed = wanted(NAME, "compliantDevice", rollout=SHADOW)
    first = staged.run(changed, unmanaged="report")
    found = rollout(first)
    assert (found["stage"], found["shadow"], found["differs"]) == (
        "shadow",
        TWIN,
        ["grant_controls.built_in_controls"],
    )
    assert staged.states() == {NAME: ENABLED, TWIN: REPORT_ONLY}
    assert staged.policies()[NAME]["grantControls"]["builtInControls"] == ["mfa"]
    assert staged.policies()[TWIN]["conditions"]["users"]["excludeUsers"] == [EMERGENCY]
    assert first["unmanaged_policies"] == []
    assert [one["display_name"] for one in first["conditional_access_policies"]] == [NAME]
    staged.sign_in(ADA, BOB, satisfied=("compliantDevice",))
    promoted = staged.run(changed, promote=True, unmanaged="remove")
    found = rollout(promoted)
    assert (found["impact"]["would_succeed"], found["enforced_impact"]["success"]) == (6, 6)
    assert [(one["operation"], one["name"]) for one in promoted["plan"]] == [("update", NAME), ("delete", TWIN)]
    assert [one["phase"] for one in promoted["plan"]] == ["apply", "look after the twins of policies"]
    assert staged.policies()[NAME]["grantControls"]["builtInControls"] == ["compliantDevice"]
    assert staged.states() == {NAME: ENABLED}
    staged.quiet(changed, promote=True)


def test_the_evaluator_looks_at_a_change_before_it_is_enforced(staged: Staged) -> None:
    """With the twin in report-only tests see the policy as it is, and with the promotion as it will be."""
    staged.run(wanted(rollout={"is_enabled": False}))
    changed = wanted(NAME, "compliantDevice", rollout=SHADOW)
    sign_in = {"name": "Ada", "described_user": {}, "application": "Office365", "expect": {"controls": ["mfa"]}}
    tests = {"sign_in_tests": {"sign_ins": [sign_in]}}
    shown = staged.run(changed, **tests)["sign_in_tests"]
    assert shown["passed"]
    (compared,) = shown["sign_ins"]
    assert (compared["controls"], compared["after_swap"]["controls"]) == (["mfa"], ["compliantDevice"])
    assert (compared["after_swap"]["outcome"], compared["after_swap"]["passed"]) == ("granted", False)
    staged.sign_in(ADA, satisfied=("compliantDevice",))
    refused = staged.product.part("_graph.errors").GuardRefused
    with pytest.raises(refused, match="mfa was expected, and compliantDevice is asked for"):
        staged.run(changed, promote=True, **tests)
    assert staged.policies()[NAME]["grantControls"]["builtInControls"] == ["mfa"]
    assert staged.states() == {NAME: ENABLED, TWIN: REPORT_ONLY}
    sign_in["expect"] = {"controls": ["compliantDevice"]}
    assert rollout(staged.run(changed, promote=True, **tests))["promoted"]


def test_a_change_that_is_taken_back_needs_no_twin(staged: Staged) -> None:
    staged.run(wanted(rollout={"is_enabled": False}))
    staged.run(wanted(NAME, "compliantDevice", rollout=SHADOW))
    taken_back = staged.run(wanted(rollout=SHADOW))
    assert [(one["operation"], one["reason"]) for one in taken_back["plan"]] == [
        ("delete", "the twin is no longer needed")
    ]
    assert staged.states() == {NAME: ENABLED}


def test_a_twin_that_somebody_enforced_is_left_alone(staged: Staged) -> None:
    staged.run(wanted(rollout={"is_enabled": False}))
    changed = wanted(NAME, "compliantDevice", rollout=SHADOW)
    staged.run(changed)
    staged.client.patch(f"/identity/conditionalAccess/policies/{staged.policies()[TWIN]['id']}", {"state": ENABLED})
    held = rollout(staged.quiet(changed, promote=True))
    assert held["missing"] == [f"somebody has enforced {TWIN!r}, which is left as it is: disable or rename it"]
    assert "is left as it is" in rollout(staged.quiet(wanted(rollout=SHADOW), promote=True))["missing"][0]


def test_nobody_lists_a_policy_by_the_name_of_a_twin(staged: Staged) -> None:
    listed = {name: one for name, one in wanted(TWIN).items() if name != "rollout"}
    refused = staged.product.part("_graph.errors").OptionError
    with pytest.raises(refused, match=r"policies\[1\].display_name: 'MFA for all \(shadow\)' is the name of the twin"):
        staged.run(wanted(), {**listed, "policy_state": "report_only"})
    assert staged.states() == {}


def test_without_rings_an_enforced_policy_is_changed_in_place(staged: Staged) -> None:
    staged.run(wanted(rollout={"is_enabled": False}))
    staged.run(wanted(NAME, "compliantDevice"))
    assert staged.policies()[NAME]["grantControls"]["builtInControls"] == ["compliantDevice"]
    assert staged.states() == {NAME: ENABLED}


def test_user_actions_are_named_and_held(staged: Staged) -> None:
    conditions = {
        "client_app_types": ["all"],
        "users": {"include_users": ["All"]},
        "applications": {"include_user_actions": ["urn:user:registersecurityinfo"]},
    }
    held = wanted(conditions=conditions)
    staged.run(held)
    missing = rollout(staged.quiet(held, promote=True))["missing"]
    assert missing[0].startswith("it is for user actions, of which report-only shows nothing")
    by_time = wanted(conditions=conditions, rollout={**SWIFT, "not_shown": "promote_after_soak"})
    assert rollout(staged.quiet(by_time))["ready"] is None
    assert rollout(staged.run(by_time, promote=True))["promoted"]
    assert staged.states() == {NAME: ENABLED}


def test_the_rollout_of_a_list_goes_for_those_that_are_to_be_enforced(staged: Staged) -> None:
    policies = [
        {name: value for name, value in wanted(one).items() if name != "rollout"} for one in ("First", "Second")
    ]
    reported = {**policies[0], "display_name": "Reported", "policy_state": "report_only"}
    at_once = {**policies[0], "display_name": "At once", "rollout": {"is_enabled": False}}
    result = staged.run(*policies, reported, at_once, rollout=SWIFT)
    assert [one["display_name"] for one in result["rollout"]] == ["First", "Second"]
    assert staged.states()["At once"] == ENABLED


def test_the_log_is_read_once_and_only_where_it_decides(staged: Staged) -> None:
    first, second = wanted("First"), wanted("Second")
    staged.run(first, second)
    staged.sign_in(ADA)
    staged.product.simulator.clear_requests()
    staged.run(first, second, promote=True)
    staged.quiet(first, second, promote=True)
    sent = staged.product.simulator.requests(staged.client.tenant_id, "graph")
    assert sum(entry["path"].startswith("/v1.0/auditLogs/signIns") for entry in sent) == 1


def test_the_permission_is_asked_for(simulator: TestSimulator, tmp_path: Path, make_client: MakeClient) -> None:
    product = WholeProduct(tmp_path, simulator)
    refused = product.part("_graph.errors").GuardRefused
    staged = Staged(make_client("p2", state=people()), product)
    staged.run(wanted())
    tenant = simulator.simulator.tenants.find(staged.client.tenant_id)
    assert tenant is not None
    tenant.permissions = tuple(one for one in tenant.permissions if one != "AuditLog.Read.All")
    with pytest.raises(refused, match=r"AuditLog\.Read\.All"):
        staged.run(wanted(), promote=True)
    assert staged.states() == {NAME: REPORT_ONLY}


def test_the_licence_is_asked_for(staged: Staged, simulator: TestSimulator) -> None:
    staged.run(wanted())
    tenant = simulator.simulator.tenants.find(staged.client.tenant_id)
    assert tenant is not None
    for sku in tenant["/subscribedSkus"].latest():
        tenant["/subscribedSkus"].remove(str(sku["id"]), 0)
    with pytest.raises(staged.product.part("_graph.errors").GuardRefused, match="needs Microsoft Entra ID P1 or P2"):
        staged.run(wanted(), promote=True)


def test_more_sign_ins_than_are_read_decide_nothing(staged: Staged) -> None:
    staged.run(wanted())
    staged.sign_in(ADA, count=10)
    held = rollout(staged.quiet(wanted(), promote=True, promotion={"maximum_sign_ins": 5}))
    assert held["missing"][0] == "not all sign-ins of the time that is looked at were seen"
    assert "maximum_sign_ins" in held["missing"][-1]


def test_security_defaults_stay_until_all_can_take_their_place(
    simulator: TestSimulator, tmp_path: Path, make_client: MakeClient
) -> None:
    defaults = {"/policies/identitySecurityDefaultsEnforcementPolicy": {"isEnabled": True}}
    client = make_client("p2", state={**people(), **defaults})
    staged = Staged(client, WholeProduct(tmp_path, simulator))
    policies = [wanted(), wanted("Devices", "compliantDevice")]
    options = {
        "security_defaults": {"is_enabled": False},
        "emergency_access": {"users": [EMERGENCY]},
        "conditional_access_policies": {"policies": policies, "promote": True},
    }

    def run() -> Any:
        return staged.product.run("tenant_configuration", client.entry, options)

    _result, task = staged.product.task("tenant_configuration", client.entry, options)
    assert (
        f"Security defaults stay on until these policies of a rollout can take their place: {NAME!r}, 'Devices'."
        in (task.warnings)
    )
    staged.sign_in(ADA, satisfied=("mfa",))
    held = run()
    assert (held["changed"], staged.states()) == (False, {NAME: REPORT_ONLY, "Devices": REPORT_ONLY})
    assert rollout(held)["missing"][0].startswith("security defaults are on")
    assert held["tenant_configuration"]["security_defaults"] == {"is_enabled": True}
    lenient = {"maximum_would_fail_users": 9, "maximum_would_fail_share": 1.0}
    for policy in policies:
        policy["rollout"] = {**SWIFT, **lenient}
    switched = run()
    assert switched["tenant_configuration"]["security_defaults"] == {"is_enabled": False}
    assert staged.states() == {NAME: ENABLED, "Devices": ENABLED}
    assert not run()["changed"]
