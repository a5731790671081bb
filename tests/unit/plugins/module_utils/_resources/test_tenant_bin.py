# Copyright: (c) 2026, m365.entra contributors
# GNU General Public License v3.0+ (see COPYING or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later
"""Runs that bring policies back from the bin, and in clouds that have none."""

from __future__ import annotations

import typing as t

import pytest

from ansible_collections.m365.entra.plugins.module_utils._graph.errors import (
    OptionError,
    ServiceRefused,
)
from ansible_collections.m365.entra.plugins.module_utils._module.outcome_warnings import warnings_about
from ansible_collections.m365.entra.tests.unit.plugins.module_utils.support import ids
from ansible_collections.m365.entra.tests.unit.plugins.module_utils.support.fake_session import (
    BIN,
    POLICIES,
    SECURITY_DEFAULTS,
    FakeSession,
    Fault,
)
from ansible_collections.m365.entra.tests.unit.plugins.module_utils.support.policies import (
    DISABLED,
    ENABLED,
    REPORT_ONLY,
    policy,
    stored,
)
from ansible_collections.m365.entra.tests.unit.plugins.module_utils.support.runs import (
    refusal,
    run,
    run_twice,
    wanted,
)

Json = dict[str, t.Any]
EDIT: Json = {"conditions": {"users": {"excludeGroups": {"add": ["Staff"]}}}}
NEW: Json = {"definition": policy("New")}


# The bin


def deleted(state: str = REPORT_ONLY, **others: t.Any) -> FakeSession:
    """A tenant with a policy in its bin."""
    return FakeSession(bin=[stored("MFA", state)], **others)


@pytest.mark.parametrize("state", [REPORT_ONLY, DISABLED])
def test_policy_is_restored(state: str) -> None:
    session = deleted(state)
    outcome = run_twice(session, wanted({"display_name": "MFA", "restore": True}))
    assert session.writes == [("POST", f"{BIN}/{ids.POLICY_ONE}/restore")]
    assert (session.policy("MFA")["state"], session.bin) == (state, [])
    found = outcome.policy_of(outcome.policy_plans[0])
    assert found is not None
    assert found.identifier == ids.POLICY_ONE


def test_policy_is_restored_and_then_changed() -> None:
    session = deleted()
    what = wanted({"definition": policy(signInRiskLevels=["high"]), "restore": True, "policy_state": "enabled"})
    unseen = ServiceRefused("ConditionalAccessPolicy with id x does not exist in the directory.", status=404)
    session.faults = [Fault("PATCH", POLICIES, unseen), Fault("PATCH", POLICIES, unseen)]
    run(session, what)
    assert session.writes[0] == ("POST", f"{BIN}/{ids.POLICY_ONE}/restore")
    assert set(session.writes[1:]) == {("PATCH", f"{POLICIES}/{ids.POLICY_ONE}")}
    assert len(session.slept) == 2
    assert session.policy("MFA")["state"] == ENABLED
    assert session.policy("MFA")["conditions"]["signInRiskLevels"] == ["high"]
    assert not run(session, what).is_changed


def test_enforced_policy_comes_back_when_that_is_asked_for() -> None:
    session = deleted(ENABLED)
    assert "policy_state: enabled" in refusal(session, wanted({"display_name": "MFA", "restore": True})).remedy
    run_twice(session, wanted({"display_name": "MFA", "restore": True, "policy_state": "enabled"}))
    assert session.policy("MFA")["state"] == ENABLED


@pytest.mark.parametrize("defaults_wanted", [None, False, True])
def test_enforced_policy_does_not_come_back_under_security_defaults(defaults_wanted: bool | None) -> None:
    session = deleted(ENABLED, security_defaults=True)
    what = wanted(
        {"display_name": "MFA", "restore": True, "policy_state": "enabled"}, security_defaults=defaults_wanted
    )
    error = refusal(session, what)
    assert "'MFA'" in error.message
    assert "ecurity defaults are" in error.message


def test_policy_that_did_not_enforce_is_staged_and_enforced_with_the_switch() -> None:
    session = deleted(DISABLED, security_defaults=True)
    what = wanted({"display_name": "MFA", "restore": True, "policy_state": "enabled"}, security_defaults=False)
    run_twice(session, what)
    assert session.writes == [
        ("POST", f"{BIN}/{ids.POLICY_ONE}/restore"),
        ("PATCH", f"{POLICIES}/{ids.POLICY_ONE}"),
        ("PATCH", SECURITY_DEFAULTS),
        ("PATCH", f"{POLICIES}/{ids.POLICY_ONE}"),
    ]
    assert [body.get("state") for body in session.bodies if body] == [REPORT_ONLY, None, ENABLED]


def test_restored_policy_goes_back_to_the_bin_when_the_switch_fails() -> None:
    session = deleted(DISABLED, security_defaults=True)
    session.faults = [Fault("PATCH", SECURITY_DEFAULTS, ServiceRefused("refused", status=403))]
    what = wanted({"display_name": "MFA", "restore": True, "policy_state": "enabled"}, security_defaults=False)
    with pytest.raises(ServiceRefused) as failure:
        run(session, what)
    assert failure.value.details["not_restored"] == []
    assert (session.policies, [one["state"] for one in session.bin]) == ([], [DISABLED])


def test_restoring_counts_towards_the_limit() -> None:
    many = [stored(f"P{one}", identifier=f"dddddddd-0000-4000-8000-{one:012x}") for one in range(240)]
    session = FakeSession(many, bin=[stored()])
    assert "would make 241" in refusal(session, wanted({"display_name": "MFA", "restore": True})).message


def test_namesake_in_the_bin_is_offered_when_a_policy_is_made_anew() -> None:
    session = deleted()
    session.bin[0]["deletedDateTime"] = "2026-11-20T08:00:00Z"
    outcome = run(session, wanted({"definition": policy()}))
    (warning,) = [one for one in warnings_about(outcome) if "bin" in one]
    assert all(part in warning for part in ("'MFA'", ids.POLICY_ONE, "report_only", "2026-11-20", "restore: true"))
    assert len(session.bin) == 1


def test_bin_is_read_only_when_a_policy_is_missing() -> None:
    session = FakeSession([stored()], bin=[stored("Old", identifier=ids.POLICY_TWO)])
    run(session, wanted({"definition": policy()}, {"display_name": "Gone", "state": "absent"}))
    assert session.reads(BIN) == 0
    run(session, wanted(NEW, {"definition": policy("Newer")}))
    assert session.reads(BIN) == 1


@pytest.mark.parametrize(("status", "stops"), [(400, False), (404, False), (403, True), (500, True)])
def test_bin_that_is_not_there_matters_only_to_whoever_wants_something_of_it(status: int, stops: bool) -> None:
    session = FakeSession()
    session.faults = [Fault("GET", BIN, ServiceRefused("no bin", status=status))]
    if stops:
        with pytest.raises(ServiceRefused):
            run(session, wanted(NEW))
    else:
        assert run(session, wanted(NEW)).is_changed
    session = FakeSession()
    session.faults = [Fault("GET", BIN, ServiceRefused("no bin", status=status))]
    with pytest.raises(ServiceRefused):
        run(session, wanted({**NEW, "restore": True}))
    assert session.writes == []


# Clouds without a bin

GOVERNMENT = "us_government_l4"


def test_bin_is_not_asked_where_there_is_none() -> None:
    session = FakeSession(cloud=GOVERNMENT)
    run(session, wanted(NEW))
    assert session.reads(BIN) == 0
    with pytest.raises(OptionError, match=rf"^policies\[0\]\.restore: .*{GOVERNMENT}"):
        run(session, wanted({"definition": policy("Newer"), "restore": True}))


def test_removal_is_taken_back_by_making_the_policy_anew() -> None:
    session = FakeSession([stored("Old", DISABLED), stored("On", ENABLED, ids.POLICY_TWO)], cloud=GOVERNMENT)
    session.faults = [Fault("PATCH", SECURITY_DEFAULTS, ServiceRefused("refused", status=403))]
    what = wanted(
        {"display_name": "Old", "state": "absent"},
        {"display_name": "On", "state": "absent"},
        security_defaults=True,
    )
    with pytest.raises(ServiceRefused) as failure:
        run(session, what)
    assert failure.value.details["not_restored"] == []
    assert {one["displayName"]: one["state"] for one in session.policies} == {"Old": DISABLED, "On": ENABLED}
    assert ids.POLICY_ONE not in {one["id"] for one in session.policies}


def test_what_a_cloud_lacks_is_refused_before_anything_is_written() -> None:
    grant = {"operator": "AND", "builtInControls": ["mfa", "passwordChange"]}
    risky = policy("Risky", grant=grant, userRiskLevels=["high"])
    error = refusal(FakeSession(cloud=GOVERNMENT), wanted({"definition": risky}), OptionError)
    assert "policies[0].grant_controls.built_in_controls" in error.message
