# Copyright: (c) 2026, m365.entra contributors
# GNU General Public License v3.0+ (see COPYING or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later
"""What becomes of a sign-in: outcomes worked out by hand, and laws that hold for all of them."""

from __future__ import annotations

import itertools
import typing as t
from dataclasses import replace

from hypothesis import given
from hypothesis import strategies as st

from ansible_collections.m365.entra.plugins.module_utils._evaluation.controls import clauses_of
from ansible_collections.m365.entra.plugins.module_utils._evaluation.evaluated_policy import (
    EvaluatedPolicy,
    of_current,
    of_plan,
)
from ansible_collections.m365.entra.plugins.module_utils._evaluation.evaluation import (
    BLOCKED,
    GRANTED,
    UNKNOWN,
    Outcome,
    evaluate,
)
from ansible_collections.m365.entra.plugins.module_utils._evaluation.sign_in import (
    Device,
    Place,
    Risks,
    SignIn,
    UserIdentity,
)
from ansible_collections.m365.entra.plugins.module_utils._evaluation.verdict import verdict
from ansible_collections.m365.entra.plugins.module_utils._policy.desired import DesiredPolicy
from ansible_collections.m365.entra.plugins.module_utils._policy.policy_plan import PolicyPlan, current_policy
from ansible_collections.m365.entra.tests.unit.plugins.module_utils.support import ids
from ansible_collections.m365.entra.tests.unit.plugins.module_utils.support.policies import (
    BLOCK,
    ENABLED,
    REPORT_ONLY,
    stored,
)
from ansible_collections.m365.entra.tests.unit.plugins.module_utils.support.policy_strategies import policies
from ansible_collections.m365.entra.tests.unit.plugins.module_utils.support.sign_ins import (
    COMPLETE_SIGN_INS,
    LOCATIONS,
    evaluated,
    sign_in,
)

MANAGED_DEVICE = {"operator": "OR", "builtInControls": ["compliantDevice", "domainJoinedDevice"]}
BOTH = {"operator": "AND", "builtInControls": ["mfa", "compliantDevice"]}
STRONG = {"operator": "OR", "authenticationStrength": {"id": ids.PHISHING_RESISTANT_STRENGTH}}
NEVER_STAY = {"persistentBrowser": {"isEnabled": True, "mode": "never"}}


def outcome(*policies_: EvaluatedPolicy, of: SignIn | None = None) -> Outcome:
    """What becomes of a sign-in of which little is said."""
    return evaluate(policies_, of or sign_in(), LOCATIONS).outcome


def clauses(found: Outcome) -> list[list[str]]:
    """The controls, readable."""
    return [sorted(clause) for clause in found.controls]


def test_without_policies_everybody_is_granted() -> None:
    assert outcome() == Outcome(GRANTED)


def test_every_policy_must_be_met_by_one_of_its_controls_or_by_all() -> None:
    found = outcome(evaluated("A"), evaluated("B", grant=MANAGED_DEVICE), evaluated("C", grant=STRONG))
    assert found.kind == GRANTED
    assert clauses(found) == [
        [ids.PHISHING_RESISTANT_STRENGTH],
        ["mfa"],
        ["compliantDevice", "domainJoinedDevice"],
    ]


def test_what_a_stricter_policy_implies_is_left_out() -> None:
    assert clauses(outcome(evaluated(grant=BOTH), evaluated(grant=MANAGED_DEVICE))) == [["compliantDevice"], ["mfa"]]


def test_one_block_wins_over_everything() -> None:
    block = evaluated("Block", grant=BLOCK)
    found = outcome(evaluated(), block, evaluated("Risk", signInRiskLevels=["high"]))
    assert (found.kind, found.blocked_by, found.missing) == (BLOCKED, (block,), ())


def test_a_block_of_which_cannot_be_told_whether_it_applies_leaves_the_outcome_open() -> None:
    block = evaluated("Block", grant=BLOCK, signInRiskLevels=["high"])
    found = outcome(evaluated(), block)
    assert (found.kind, found.undecided, found.missing) == (UNKNOWN, (block,), ("sign_in_risk_level",))
    assert clauses(found) == [["mfa"]]


def test_an_open_policy_that_would_change_nothing_does_not_matter() -> None:
    at_risk = evaluated("Risk", signInRiskLevels=["high"])
    alone, beside = outcome(at_risk), outcome(evaluated(), at_risk)
    assert (alone.kind, beside.kind) == (UNKNOWN, GRANTED)


def test_what_is_open_may_be_sure_not_to_block() -> None:
    at_risk = {"signInRiskLevels": ["high"]}
    assert outcome(evaluated()).is_surely_not_blocked
    assert outcome(evaluated(**at_risk)).is_surely_not_blocked
    assert not outcome(evaluated(grant=BLOCK)).is_surely_not_blocked
    assert not outcome(evaluated(grant=BLOCK, **at_risk)).is_surely_not_blocked


def test_report_only_policies_count_only_as_if_enforced() -> None:
    block = evaluated("Block", REPORT_ONLY, grant=BLOCK)
    found = evaluate([evaluated(), block], sign_in(), LOCATIONS)
    assert (found.outcome.kind, found.outcome_if_enforced.kind) == (GRANTED, BLOCKED)
    assert [one.applies.is_yes for one in found.verdicts] == [True, True]


def test_session_controls_come_with_the_policy_that_sets_them() -> None:
    browser = evaluated("Browser", grant=None, session=NEVER_STAY)
    ((policy, controls),) = outcome(browser).session_controls
    assert policy is browser
    assert controls["persistentBrowser"] == {"isEnabled": True, "mode": "never"}


def test_planned_policies() -> None:
    current = current_policy(stored("MFA", REPORT_ONLY))
    kept = PolicyPlan(_desired(), current, current.content, ENABLED)
    assert of_plan(kept) == EvaluatedPolicy(ids.POLICY_ONE, "MFA", ENABLED, current.content)
    assert of_plan(replace(kept, state=None)) == of_current(current)
    assert of_plan(replace(kept, content=None)) is None
    new = of_plan(PolicyPlan(_desired(), None, current.content, None))
    assert new is not None
    assert (new.key, new.state) != (ids.POLICY_ONE, ENABLED)
    assert new.is_report_only


def _desired() -> DesiredPolicy:
    return DesiredPolicy(
        option="",
        identifier=None,
        name="MFA",
        is_present=True,
        content={},
        is_whole=False,
        policy_state=None,
        initial_state="report_only",
    )


def from_random(raw: dict[str, t.Any], state: str) -> EvaluatedPolicy:
    """A policy that hypothesis made."""
    return of_current(current_policy({**raw, "state": state, "id": ids.POLICY_ONE}))


STATES = st.sampled_from([ENABLED, REPORT_ONLY, "disabled"])
RANDOM_POLICIES = st.builds(from_random, policies, STATES)
DETAILS: dict[str, t.Any] = {
    "client_app_type": None,
    "device_platform": None,
    "device": Device(),
    "place": Place(),
    "risks": Risks(),
    "authentication_flow": None,
}


def without(of: SignIn, forgotten: set[str]) -> SignIn:
    """The same sign-in with less said about it."""
    kept = replace(of, **{name: value for name, value in DETAILS.items() if name in forgotten})
    if "identity" in forgotten and isinstance(of.identity, UserIdentity):
        kept = replace(kept, identity=UserIdentity(of.identity.identifier))
    return kept


FORGOTTEN = st.sets(st.sampled_from([*DETAILS, "identity"]))


@given(RANDOM_POLICIES, COMPLETE_SIGN_INS, FORGOTTEN)
def test_what_is_told_stays_true_when_more_is_said(policy: EvaluatedPolicy, of: SignIn, forgotten: set[str]) -> None:
    early = verdict(policy, without(of, forgotten), LOCATIONS).applies
    if early.value is not None:
        assert verdict(policy, of, LOCATIONS).applies == early


@given(st.lists(RANDOM_POLICIES, max_size=4), COMPLETE_SIGN_INS, FORGOTTEN)
def test_an_outcome_that_is_told_stays_true_when_more_is_said(
    several: list[EvaluatedPolicy], of: SignIn, forgotten: set[str]
) -> None:
    early = evaluate(several, without(of, forgotten), LOCATIONS).outcome
    late = evaluate(several, of, LOCATIONS).outcome
    if early.kind != UNKNOWN:
        assert late.kind == early.kind
        assert late.controls == early.controls


@given(st.lists(RANDOM_POLICIES, max_size=4), COMPLETE_SIGN_INS, RANDOM_POLICIES)
def test_a_further_policy_never_makes_it_easier(
    several: list[EvaluatedPolicy], of: SignIn, more: EvaluatedPolicy
) -> None:
    before, after = evaluate(several, of, LOCATIONS).outcome, evaluate([*several, more], of, LOCATIONS).outcome
    if before.kind == BLOCKED:
        assert after.kind == BLOCKED
    if after.kind == GRANTED:
        assert before.kind == GRANTED
        assert all(any(one <= clause for one in after.controls) for clause in before.controls)


@given(st.lists(RANDOM_POLICIES, max_size=4), COMPLETE_SIGN_INS)
def test_controls_let_in_exactly_who_meets_every_policy(several: list[EvaluatedPolicy], of: SignIn) -> None:
    found = evaluate(several, of, LOCATIONS)
    if found.outcome.kind != GRANTED:
        return
    applying = [one.policy for one in found.verdicts if one.applies.is_yes and one.policy.is_enforced]
    wanted = [clause for policy in applying for clause in clauses_of(policy)]
    controls = sorted({control for clause in wanted for control in clause})[:6]
    for size in range(len(controls) + 1):
        for met in itertools.combinations(controls, size):
            by_policies = all(clause & set(met) for clause in wanted)
            assert by_policies == all(clause & set(met) for clause in found.outcome.controls)
