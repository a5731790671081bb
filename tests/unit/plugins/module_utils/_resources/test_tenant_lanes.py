# Copyright: (c) 2026, m365.entra contributors
# GNU General Public License v3.0+ (see COPYING or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later
"""Runs against policies that v1.0 hides, and through the beta endpoint."""

from __future__ import annotations

import typing as t

import pytest

from ansible_collections.m365.entra.plugins.module_utils._graph.errors import (
    EntraError,
    OptionError,
    ServiceRefused,
)
from ansible_collections.m365.entra.plugins.module_utils._module.outcome_warnings import warnings_about
from ansible_collections.m365.entra.plugins.module_utils._resources.preview_policies import PreviewPolicies
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


# Hidden from v1.0


def hiding(**others: t.Any) -> FakeSession:
    """A tenant with a policy that v1.0 shows and one that it hides."""
    return FakeSession([stored("Shown"), stored("Hidden", ENABLED, ids.POLICY_TWO)], hidden={ids.POLICY_TWO}, **others)


@pytest.mark.parametrize(
    ("options", "path"),
    [
        ({"definition": policy("Hidden")}, "display_name"),
        ({"definition": policy("Hidden"), "restore": True}, "display_name"),
        ({"display_name": "Hidden", "state": "absent"}, "display_name"),
        ({"display_name": "New", "previous_name": "Hidden"}, "previous_name"),
        ({"display_name": "Hidden", "previous_name": "Shown"}, "display_name"),
        ({"id": ids.POLICY_ONE, "display_name": "Hidden"}, "display_name"),
        ({"id": ids.POLICY_TWO, "policy_state": "disabled"}, "id"),
        ({"id": ids.POLICY_TWO, "state": "absent"}, "id"),
    ],
)
def test_hidden_policy_is_neither_missed_nor_doubled(options: Json, path: str) -> None:
    error = refusal(hiding(), wanted(options), EntraError)
    assert error.message.startswith(f"policies[0].{path}: the policy 'Hidden' ({ids.POLICY_TWO}) uses preview features")
    assert "api_version: beta" in error.remedy


def test_hidden_policies_are_looked_for_only_when_it_matters() -> None:
    session = hiding()
    run(session, wanted({"display_name": "Shown", "conditions": {"users": {"exclude_users": {"remove": [ids.ADA]}}}}))
    assert (session.writes, "beta" in session.versions) == ([], False)
    for what in (
        wanted({"display_name": "Shown", "description": "x"}),
        wanted(NEW),
        wanted({"display_name": "Gone", "state": "absent"}),
        wanted({"id": ids.POLICY_ONE, "display_name": "Renamed"}),
        wanted(every_policy=EDIT),
    ):
        run(session, what, check_mode=True)
        assert session.versions.count("beta") == 1
        assert session.requests[session.versions.index("beta")] == ("GET", POLICIES)


def test_edit_of_every_policy_warns_of_those_it_does_not_reach() -> None:
    session = hiding()
    outcome = run(session, wanted(every_policy=EDIT))
    assert session.writes == [("PATCH", f"{POLICIES}/{ids.POLICY_ONE}")]
    (warning,) = [one for one in warnings_about(outcome) if "preview features" in one]
    assert f"'Hidden' ({ids.POLICY_TWO})" in warning


def test_hidden_policies_count_towards_the_limit() -> None:
    many = [stored(f"P{one}", identifier=f"eeeeeeee-0000-4000-8000-{one:012x}") for one in range(240)]
    session = FakeSession(many, hidden={many[0]["id"]})
    assert "would make 241" in refusal(session, wanted(NEW)).message
    session.policies.pop()
    assert run(session, wanted(NEW)).is_changed


def test_cloud_without_a_beta_endpoint_hides_nothing() -> None:
    session = FakeSession([stored()], serves_beta=False)
    assert run(session, wanted(NEW)).preview == PreviewPolicies(was_read=True)
    assert session.policy("New")


@pytest.mark.parametrize("status", [403, 429, 500])
def test_beta_endpoint_that_does_not_answer_stops_the_run(status: int) -> None:
    """Nobody would know whether the policy exists."""
    session = FakeSession()
    session.faults = [Fault("GET", POLICIES, ServiceRefused("denied", status=status), after=1)]
    with pytest.raises(ServiceRefused):
        run(session, wanted(NEW))
    assert session.writes == []


# Shown in part by v1.0


def masking() -> FakeSession:
    """A tenant with a policy that is for risky agents only, of which v1.0 shows all but that."""
    return FakeSession([stored("Agents", ENABLED, agentIdRiskLevels="high")], masked={ids.POLICY_ONE})


@pytest.mark.parametrize(
    "options",
    [
        {"display_name": "Agents", "description": "x"},
        {"display_name": "Agents", "policy_state": "disabled"},
        {"definition": {**policy("Agents"), "description": "x"}},
    ],
)
def test_policy_that_is_shown_in_part_is_not_changed(options: Json) -> None:
    error = refusal(masking(), wanted(options), EntraError)
    assert error.message.startswith(f"policies[0].display_name: the policy 'Agents' ({ids.POLICY_ONE})")
    assert "conditions.agent_id_risk_levels" in error.message
    assert "api_version: beta" in error.remedy


def test_policy_that_is_shown_in_part_is_not_edited_with_all_others() -> None:
    assert "'Agents'" in refusal(masking(), wanted(every_policy=EDIT), EntraError).message


def test_policy_that_is_shown_in_part_can_be_removed_or_left_as_it_is() -> None:
    session = masking()
    assert not run(session, wanted({"definition": policy("Agents")})).is_changed
    run(session, wanted({"display_name": "Agents", "state": "absent"}))
    assert session.policies == []


def test_policy_that_is_shown_in_part_is_changed_through_beta() -> None:
    session = masking()
    run_twice(session, wanted({"display_name": "Agents", "policy_state": "disabled"}, api_version="beta"))
    assert session.policy("Agents")["conditions"]["agentIdRiskLevels"] == "high"


# Through beta

VERIFIED = policy("Verified", grant={"operator": "OR", "builtInControls": ["verifiedID"]})


def test_preview_needs_to_be_asked_for() -> None:
    with pytest.raises(OptionError, match=r"^policies\[0\]\.grant_controls\.built_in_controls verifiedID: ") as failure:
        wanted({"definition": VERIFIED})
    assert "api_version: beta" in failure.value.remedy


def test_everything_of_a_policy_goes_through_beta_when_asked_for() -> None:
    session = hiding()
    what = wanted(
        {"definition": VERIFIED},
        {"display_name": "Hidden", "policy_state": "disabled"},
        {"display_name": "Shown", "state": "absent"},
        api_version="beta",
    )
    run_twice(session, what)
    lanes = {
        version
        for (_method, path), version in zip(session.requests, session.versions, strict=True)
        if path.startswith((POLICIES, BIN))
    }
    assert lanes == {"beta"}
    assert {one["displayName"]: one["state"] for one in session.policies} == {
        "Hidden": DISABLED,
        "Verified": REPORT_ONLY,
    }


def test_switch_of_security_defaults_and_its_way_back_go_through_beta_but_for_the_switch() -> None:
    session = FakeSession(security_defaults=True)
    session.faults = [Fault("PATCH", POLICIES, ServiceRefused("refused", status=403))]
    what = wanted({"definition": VERIFIED, "policy_state": "enabled"}, api_version="beta", security_defaults=False)
    with pytest.raises(ServiceRefused):
        run(session, what)
    assert (session.security_defaults, session.policies) == (True, [])
    for (_method, path), version in zip(session.requests, session.versions, strict=True):
        assert version == ("beta" if path.startswith((POLICIES, BIN)) else "v1.0"), path
    assert ("PATCH", SECURITY_DEFAULTS) in session.requests


def test_what_is_preview_is_named_in_a_warning() -> None:
    outcome = run(FakeSession(), wanted({"definition": VERIFIED}, api_version="beta"))
    (warning,) = [one for one in warnings_about(outcome) if "beta endpoint" in one]
    assert "policies[0].grant_controls.built_in_controls verifiedID" in warning
    plain = run(FakeSession(), wanted(NEW, api_version="beta"))
    assert [one for one in warnings_about(plain) if "beta" in one] == []
