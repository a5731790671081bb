# Copyright: (c) 2026, m365.entra contributors
# GNU General Public License v3.0+ (see COPYING or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later
"""What is read for MFA registration, and that nothing is read twice."""

from __future__ import annotations

import typing as t

import pytest

from ansible_collections.m365.entra.plugins.module_utils._evidence.mfa_registration_evidence import (
    read_mfa_registration_evidence,
)
from ansible_collections.m365.entra.plugins.module_utils._evidence.users_in_report import (
    DETAILS,
    Counted,
    counts_path,
)
from ansible_collections.m365.entra.plugins.module_utils._policy.policy_plan import current_policy
from ansible_collections.m365.entra.plugins.module_utils._resources.settings_reader import METHODS_POLICY
from ansible_collections.m365.entra.tests.unit.plugins.module_utils._evidence.evidence_session import (
    UNLICENSED,
    EvidenceSession,
    summary,
)
from ansible_collections.m365.entra.tests.unit.plugins.module_utils.support import ids
from ansible_collections.m365.entra.tests.unit.plugins.module_utils.support.fake_session import (
    P1,
    POLICIES,
    SECURITY_DEFAULTS,
    subscription,
)
from ansible_collections.m365.entra.tests.unit.plugins.module_utils.support.policies import ENABLED, stored

COUNTS = counts_path("all", "all")
CAMPAIGN = {"authenticationMethodsRegistrationCampaign": {"state": "default", "includeTargets": []}}
ANSWERS: dict[str, t.Any] = {
    POLICIES: [[]],
    SECURITY_DEFAULTS: {"isEnabled": False},
    METHODS_POLICY: {"registrationEnforcement": CAMPAIGN, "authenticationMethodConfigurations": []},
    "/subscribedSkus": [[subscription("SPE_E3", P1)]],
    COUNTS: summary(10, mfaCapable=7),
    DETAILS: {"isMfaRegistered eq false": [[{"id": "a"}, {"id": "b"}]]},
}


def test_everything_is_read_once() -> None:
    session = EvidenceSession(ANSWERS)
    evidence = read_mfa_registration_evidence(session, expected_exclusions=[ids.STAFF.upper()])
    assert sorted(session.reads) == sorted(ANSWERS)
    assert evidence.expected_exclusions == {ids.STAFF}
    assert evidence.to_result() == {
        "security_defaults": False,
        "policies": [],
        "registration_secured_by": [],
        "registration_campaign": {"state": "default", "methods": []},
        "users": {"total": 10, "capable": 7, "not_registered": 2, "not_registered_is_complete": True},
        "license": "p1",
        "permissions": [],
        "problems": [],
    }


def test_what_the_caller_has_is_not_read() -> None:
    session = EvidenceSession(ANSWERS)
    evidence = read_mfa_registration_evidence(
        session,
        policies=[current_policy(stored("Mine", ENABLED))],
        security_defaults_are_on=False,
        methods_policy={},
        tier="p2",
    )
    assert session.reads == [COUNTS]
    assert [one["name"] for one in evidence.to_result()["policies"]] == ["Mine"]


def test_who_is_capable_has_registered() -> None:
    session = EvidenceSession({**ANSWERS, COUNTS: summary(10, mfaCapable=10)})
    assert read_mfa_registration_evidence(session).unregistered.value == Counted(0)
    assert DETAILS not in session.reads


@pytest.mark.parametrize("deciding", [{POLICIES: [[stored("MFA", ENABLED)]]}, {SECURITY_DEFAULTS: {"isEnabled": True}}])
def test_where_something_else_decides_nobody_is_counted(deciding: dict[str, t.Any]) -> None:
    session = EvidenceSession({**ANSWERS, **deciding})
    result = read_mfa_registration_evidence(session).to_result()
    assert sorted(session.reads) == sorted(set(ANSWERS) - {DETAILS})
    assert (result["license"], result["problems"]) == ("p1", [])
    assert result["users"]["not_registered"] is None


def test_counts_that_say_nothing_are_told() -> None:
    lost = {"totalUserCount": 5, "userRegistrationFeatureCounts": []}
    result = read_mfa_registration_evidence(EvidenceSession({**ANSWERS, COUNTS: lost})).to_result()
    assert result["users"] is None
    assert result["problems"] == [
        "the registration report could not be read (usersRegisteredByFeature: the answer does not count mfaCapable.)"
    ]


def test_without_licence_the_report_is_asked_once() -> None:
    session = EvidenceSession({**ANSWERS, COUNTS: UNLICENSED})
    evidence = read_mfa_registration_evidence(session)
    assert evidence.unregistered.is_unlicensed
    assert DETAILS not in session.reads


def test_nothing_is_asked_without_permissions() -> None:
    session = EvidenceSession(ANSWERS, frozenset())
    result = read_mfa_registration_evidence(session).to_result()
    assert session.reads == []
    assert result["users"] is result["license"] is result["security_defaults"] is None
    assert len(result["permissions"]) == len(result["problems"]) == 5


def test_answers_that_say_nothing_are_told() -> None:
    result = read_mfa_registration_evidence(EvidenceSession({**ANSWERS, SECURITY_DEFAULTS: {}})).to_result()
    assert result["security_defaults"] is None
    assert "does not say whether security defaults are on" in result["problems"][0]
