# Copyright: (c) 2026, m365.entra contributors
# GNU General Public License v3.0+ (see COPYING or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later
"""Whether users are made to register for MFA: true, false, or unknown."""

from __future__ import annotations

import typing as t
from datetime import date

import pytest

from ansible_collections.m365.entra.plugins.module_utils._evidence.attestation import Attestation
from ansible_collections.m365.entra.plugins.module_utils._evidence.mfa_registration import assess_mfa_registration
from ansible_collections.m365.entra.plugins.module_utils._evidence.mfa_registration_evidence import (
    MfaRegistrationEvidence,
    read_mfa_registration_evidence,
)
from ansible_collections.m365.entra.plugins.module_utils._evidence.reading import Read
from ansible_collections.m365.entra.plugins.module_utils._evidence.users_in_report import (
    DETAILS,
    Counted,
    FeatureCounts,
    counts_path,
)
from ansible_collections.m365.entra.plugins.module_utils._policy.policy_plan import CurrentPolicy, current_policy
from ansible_collections.m365.entra.tests.unit.plugins.module_utils._evidence.evidence_session import (
    EvidenceSession,
    methods_policy,
    mfa_evidence,
    summary,
)
from ansible_collections.m365.entra.tests.unit.plugins.module_utils.support import ids
from ansible_collections.m365.entra.tests.unit.plugins.module_utils.support.policies import (
    ENABLED,
    REPORT_ONLY,
    stored,
)

Json = dict[str, t.Any]
TODAY = date(2026, 11, 23)
VALID = Attestation("kim", date(2026, 11, 1), date(2027, 11, 1))
EXPIRED = Attestation("kim", date(2025, 11, 1), date(2026, 11, 1))
ON: Json = {"is_enabled": True}
REPORT = {counts_path("all", "all"): summary(10, mfaCapable=7), DETAILS: {"isMfaRegistered eq false": [[{"id": "a"}]]}}
UNREAD: Read[t.Any] = Read(problem="it was not read")


def mfa(state: str = ENABLED, *excluded_groups: str) -> CurrentPolicy:
    users = {"includeUsers": ["All"], "excludeGroups": list(excluded_groups)}
    return current_policy(stored("MFA", state, users=users))


def assess(
    evidence: MfaRegistrationEvidence, desired: Json | None = None, attestation: Attestation | None = None
) -> Json:
    return assess_mfa_registration(desired or ON, evidence, attestation, TODAY, "global")


@pytest.mark.parametrize(
    ("evidence", "compliant", "source"),
    [
        (mfa_evidence(mfa()), True, "Conditional Access policy 'MFA'"),
        (mfa_evidence(mfa(), tier=Read("free")), True, "Conditional Access policy 'MFA'"),
        (mfa_evidence(mfa(ENABLED, ids.STAFF)), "unknown", ""),
        (mfa_evidence(mfa(ENABLED, ids.STAFF), tier=Read("p1")), "unknown", ""),
        (
            mfa_evidence(mfa(ENABLED, ids.STAFF), expected_exclusions=frozenset({ids.STAFF})),
            True,
            "Conditional Access policy 'MFA'",
        ),
        (mfa_evidence(mfa(REPORT_ONLY)), "unknown", ""),
        (mfa_evidence(mfa(REPORT_ONLY), tier=Read("p1")), False, "licence"),
        (mfa_evidence(security_defaults=Read(True), tier=Read("free")), True, "security defaults"),
        (mfa_evidence(unregistered=Read(Counted(0))), "unknown", ""),
        (mfa_evidence(users=Read(FeatureCounts()), unregistered=Read(Counted(0))), "unknown", ""),
        (mfa_evidence(), "unknown", ""),
        (mfa_evidence(tier=Read("p1")), False, "licence"),
        (mfa_evidence(tier=UNREAD), "unknown", ""),
        (mfa_evidence(tier=UNREAD, users=Read(problem="x", is_unlicensed=True)), False, "licence"),
        (mfa_evidence(tier=Read("p1"), policies=UNREAD), "unknown", ""),
        (mfa_evidence(tier=Read("p1"), security_defaults=UNREAD), "unknown", ""),
    ],
)
def test_what_makes_users_register(evidence: MfaRegistrationEvidence, compliant: bool | str, source: str) -> None:
    result = assess(evidence)
    assert (result["compliant"], result["settings"][0]["source"]) == (compliant, source)
    assert bool(result["manual_steps"]) is (compliant is not True)


@pytest.mark.parametrize("option", ["is_enabled", "include_all_users"])
def test_that_everybody_has_registered_makes_nobody_register_later(option: str) -> None:
    evidence = mfa_evidence(unregistered=Read(Counted(0)))
    (answer,) = assess(evidence, {option: True})["settings"]
    assert (answer["compliant"], answer["found"]) == ("unknown", None)
    assert "nobody who joins later is made to" in answer["note"]
    assert assess(evidence, {option: True}, VALID)["compliant"] is True


# What is expected of is_enabled: true and false, where something else makes users register and where nothing does.
TABLE: dict[str, tuple[bool | str, bool | str, bool | str]] = {
    "free": (True, False, True),
    "p1": (True, False, True),
    "p2": (True, "unknown", "unknown"),
}


@pytest.mark.parametrize("tier", TABLE)
@pytest.mark.parametrize("defaults", [True, False])
@pytest.mark.parametrize("policies", [(mfa(),), ()])
def test_licence_and_steps_in_all_combinations(tier: str, defaults: bool, policies: tuple[CurrentPolicy, ...]) -> None:
    reads = {"policies": policies, "security_defaults_are_on": defaults, "methods_policy": methods_policy()}
    evidence = read_mfa_registration_evidence(EvidenceSession(REPORT), tier=tier, **reads)
    something_else = defaults or bool(policies)
    forced, unforced, off = TABLE[tier]
    expected = {True: forced if something_else else unforced, False: off}
    for wanted, compliant in expected.items():
        result = assess(evidence, {"is_enabled": wanted})
        assert result["compliant"] == compliant
        assert (result["licence_missing"], result["evidence"]["license"]) == (tier != "p2", tier)
        assert bool(result["manual_steps"]) is (compliant is not True)
        assert all(("needs Microsoft Entra ID P2" in one["text"]) is (tier != "p2") for one in result["manual_steps"])
    (step,) = assess(evidence, {"registration_window_in_days": 14})["manual_steps"]
    assert ("needs Microsoft Entra ID P2" in step["text"]) is (tier != "p2")
    assert ("turn on security defaults" in step["text"]) is (tier != "p2" and not something_else)


def test_a_licence_that_nobody_knows_is_not_missing() -> None:
    result = assess(mfa_evidence(tier=UNREAD))
    assert (result["licence_missing"], result["evidence"]["license"]) == (False, None)
    assert result["manual_steps"][0]["link"].endswith("/~/MfaPolicy")


@pytest.mark.parametrize(("tier", "compliant"), [("free", True), ("p1", True), ("p2", "unknown")])
def test_that_the_policy_is_off_follows_from_the_licence_alone(tier: str, compliant: bool | str) -> None:
    assert assess(mfa_evidence(mfa(), tier=Read(tier)), {"is_enabled": False})["compliant"] == compliant


@pytest.mark.parametrize(
    "desired",
    [
        {"include_groups": ["Staff"]},
        {"exclude_groups": ["Staff"]},
        {"exclude_groups": []},
        {"registration_window_in_days": 14},
        {"include_all_users": False},
    ],
)
def test_what_nobody_can_read_needs_an_attestation(desired: Json) -> None:
    evidence = mfa_evidence(mfa())
    assert assess(evidence, desired)["compliant"] == "unknown"
    assert assess(evidence, desired, EXPIRED)["compliant"] == "unknown"
    assert assess(evidence, desired, VALID)["compliant"] is True


@pytest.mark.parametrize(("policies", "compliant"), [((mfa(),), True), ((), "unknown")])
def test_all_users_are_included_by_what_makes_them_all_register(
    policies: tuple[CurrentPolicy, ...], compliant: bool | str
) -> None:
    assert assess(mfa_evidence(*policies), {"include_all_users": True})["compliant"] == compliant


def test_an_attestation_does_not_replace_a_licence() -> None:
    result = assess(mfa_evidence(tier=Read("p1")), attestation=VALID)
    assert (result["compliant"], result["licence_missing"]) == (False, True)
    (step,) = result["manual_steps"]
    assert "Conditional Access" in step["text"]
    assert step["link"] is None


def test_notes_tell_what_is_known() -> None:
    policies = (mfa(ENABLED, ids.STAFF, ids.PRINTERS), mfa(REPORT_ONLY))
    evidence = mfa_evidence(*policies, unregistered=Read(Counted(9, is_complete=False)))
    note = assess(evidence)["settings"][0]["note"]
    assert "leaves some out (groups: 2)" in note
    assert "report-only: 'MFA'" in note
    assert "at least 9 of 10 users" in note


def test_what_was_not_read_is_told() -> None:
    result = assess(mfa_evidence(policies=UNREAD, users=UNREAD, unregistered=UNREAD))
    assert result["settings"][0]["note"].count("It was not read.") == 2
    assert result["evidence"]["users"] is None
    assert result["evidence"]["problems"] == ["it was not read"]


@pytest.mark.parametrize(
    ("desired", "words"),
    [
        ({"is_enabled": True}, "to Enabled"),
        ({"is_enabled": False}, "to Disabled"),
        ({"include_all_users": True}, "'All users'"),
        ({"include_all_users": False}, "'Select individuals and groups'"),
        ({"include_groups": ["Staff", "Printers"]}, "'Staff', 'Printers'"),
        ({"exclude_groups": ["Staff"]}, "Exclude: choose 'Staff'"),
        ({"exclude_groups": []}, "Exclude: choose nobody"),
    ],
)
def test_steps_name_the_wanted_value(desired: Json, words: str) -> None:
    (step,) = assess(mfa_evidence(), desired)["manual_steps"]
    assert words in step["text"]
    assert step["link"].endswith("/~/MfaPolicy")


def test_no_page_offers_the_window() -> None:
    (step,) = assess(mfa_evidence(), {"registration_window_in_days": 14})["manual_steps"]
    assert (step["option"], step["link"]) == ("registration_window_in_days", None)
