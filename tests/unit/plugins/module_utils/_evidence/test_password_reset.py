# Copyright: (c) 2026, m365.entra contributors
# GNU General Public License v3.0+ (see COPYING or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later
"""Whether self-service password reset is as wanted: true, false, or unknown."""

from __future__ import annotations

import typing as t
from datetime import date

import pytest
from hypothesis import given
from hypothesis import strategies as st

from ansible_collections.m365.entra.plugins.module_utils._evidence.attestation import Attestation
from ansible_collections.m365.entra.plugins.module_utils._evidence.enabled_group import GroupComparison
from ansible_collections.m365.entra.plugins.module_utils._evidence.needs import READ_REPORT
from ansible_collections.m365.entra.plugins.module_utils._evidence.password_reset import SETTINGS, assess_password_reset
from ansible_collections.m365.entra.plugins.module_utils._evidence.password_reset_evidence import PasswordResetEvidence
from ansible_collections.m365.entra.plugins.module_utils._evidence.reading import Read
from ansible_collections.m365.entra.plugins.module_utils._evidence.reset_activity import ResetActivity
from ansible_collections.m365.entra.plugins.module_utils._evidence.users_in_report import FeatureCounts
from ansible_collections.m365.entra.tests.unit.plugins.module_utils._evidence.evidence_session import (
    method,
    methods_policy,
    password_reset_evidence,
)

Json = dict[str, t.Any]
TODAY = date(2026, 11, 23)
VALID = Attestation("kim", date(2026, 11, 1), date(2027, 11, 1))
UNREADABLE = (
    "number_of_authentication_methods_required",
    "security_questions_option_enabled",
    "number_of_questions_to_register",
    "number_of_questions_to_reset",
    "registration_required_on_sign_in",
    "registration_reconfirm_interval_in_days",
    "notify_users_on_password_reset",
    "notify_on_admin_password_reset",
    "customize_helpdesk_link",
    "custom_helpdesk_email_or_url",
)
WANTED: dict[str, t.Any] = {
    "enablement_type": "selected",
    "password_reset_enabled_group": "Staff",
    "number_of_authentication_methods_required": 2,
    "number_of_questions_to_register": 5,
    "number_of_questions_to_reset": 3,
    "registration_reconfirm_interval_in_days": 180,
    "custom_helpdesk_email_or_url": "https://help.contoso.example",
}


def assess(
    desired: Json, evidence: PasswordResetEvidence | None = None, attestation: Attestation | None = None
) -> Json:
    return assess_password_reset(desired, evidence or password_reset_evidence(), attestation, TODAY, "global")


def with_methods(*methods: Json, state: t.Any = "migrationComplete") -> PasswordResetEvidence:
    return password_reset_evidence(methods_policy=Read(methods_policy(*methods, state=state)))


def counts(enabled: int, total: int = 10) -> Read[FeatureCounts]:
    return Read(FeatureCounts(total=total, password_reset_enabled=enabled))


def compared(too_many: int, too_few: int, members: int = 4, without_row: int = 0) -> Read[GroupComparison]:
    enabled = members + too_many - too_few - without_row
    return Read(GroupComparison("g", members, enabled, too_many, too_few, without_row))


@pytest.mark.parametrize(
    ("wanted", "enabled", "compliant"),
    [
        ("all", 10, True),
        ("all", 9, False),
        ("all", 0, False),
        ("none", 0, True),
        ("none", 1, False),
        ("none", 10, False),
        ("selected", 4, True),
        ("selected", 0, "unknown"),
        ("selected", 10, "unknown"),
    ],
)
def test_the_scope_without_a_group(wanted: str, enabled: int, compliant: bool | str) -> None:
    result = assess({"enablement_type": wanted}, password_reset_evidence(users=counts(enabled)))
    assert result["compliant"] == compliant
    assert result["settings"][0]["found"] == {0: "none", 10: "all"}.get(enabled, "selected")


GROUP: Json = {"enablement_type": "selected", "password_reset_enabled_group": "Staff"}


@pytest.mark.parametrize(
    ("too_many", "too_few", "without_row"), [(0, 0, 0), (2, 0, 0), (0, 3, 0), (1, 1, 0), (2, 0, 1), (0, 1, 1)]
)
def test_with_a_group_its_users_decide(too_many: int, too_few: int, without_row: int) -> None:
    group = compared(too_many, too_few, without_row=without_row)
    assert group.value is not None
    result = assess(GROUP, password_reset_evidence(users=counts(group.value.enabled), group=group))
    is_equal = too_many == too_few == 0
    assert [one["compliant"] for one in result["settings"]] == [is_equal, is_equal]
    note = result["settings"][1]["note"]
    assert "hours" in note
    assert is_equal or (f"{too_many} users are enabled" in note and f"and {too_few} of its 4" in note)


@pytest.mark.parametrize(
    ("enabled", "members", "found", "words"),
    [(0, 0, "none", "with None that looks the same"), (10, 10, "all", "with All that looks the same")],
)
def test_a_group_of_nobody_or_of_all_proves_nothing(enabled: int, members: int, found: str, words: str) -> None:
    evidence = password_reset_evidence(users=counts(enabled), group=compared(0, 0, members))
    result = assess(GROUP, evidence)
    assert [one["compliant"] for one in result["settings"]] == ["unknown", "unknown"]
    assert [one["found"] for one in result["settings"]] == [found, None]
    assert all(words in one["note"] for one in result["settings"])
    assert assess(GROUP, evidence, VALID)["compliant"] is True


@pytest.mark.parametrize(("enabled", "members"), [(0, 2), (3, 5), (10, 12)])
def test_members_without_a_row_leave_it_open(enabled: int, members: int) -> None:
    evidence = password_reset_evidence(users=counts(enabled), group=compared(0, 0, members, without_row=2))
    result = assess(GROUP, evidence)
    assert [one["compliant"] for one in result["settings"]] == ["unknown", "unknown"]
    assert all("says nothing yet of members of the group: 2." in one["note"] for one in result["settings"])
    assert assess(GROUP, evidence, VALID)["compliant"] is True


@pytest.mark.parametrize(
    ("users", "note"),
    [
        (counts(0, total=0), "The registration report holds no ordinary users."),
        (Read(problem="the registration report is away"), "The registration report is away."),
        (Read(problem="it needs P1", is_unlicensed=True), "Users reset their passwords with Microsoft Entra ID P1"),
    ],
)
@pytest.mark.parametrize("option", ["enablement_type", "password_reset_enabled_group"])
def test_without_users_nothing_is_known(option: str, users: Read[FeatureCounts], note: str) -> None:
    evidence = password_reset_evidence(users=users, group=compared(0, 0))
    result = assess({option: WANTED[option]}, evidence)
    assert result["compliant"] == "unknown"
    assert result["settings"][0]["note"].startswith(note)
    assert result["licence_missing"] is users.is_unlicensed


def test_a_group_that_could_not_be_read_leaves_it_open() -> None:
    evidence = password_reset_evidence(group=Read(problem="the group g could not be read (404 NotFound)"))
    result = assess({"password_reset_enabled_group": "Staff"}, evidence)
    assert (result["compliant"], result["settings"][0]["note"]) == (
        "unknown",
        "The group g could not be read (404 NotFound).",
    )
    assert result["evidence"]["problems"] == ["the group g could not be read (404 NotFound)"]


@pytest.mark.parametrize(
    ("methods", "wanted", "compliant", "found"),
    [
        ([method("Email")], True, True, True),
        ([method("Email")], False, False, True),
        ([method("Email", "disabled")], True, False, False),
        ([method("Email", "disabled")], False, True, False),
        ([method("Email", target="g")], True, "unknown", True),
        ([method("Email", target="g")], False, False, True),
        ([method("Email", excludeTargets=[{"id": "g"}])], True, "unknown", True),
        ([method("Email", excludeTargets=[{"id": "g"}])], False, False, True),
        ([method("Email", "disabled", excludeTargets=[{"id": "g"}])], True, False, False),
        ([method("Email", "disabled", excludeTargets=[{"id": "g"}])], False, True, False),
        ([], True, "unknown", None),
    ],
)
def test_methods(methods: list[Json], wanted: bool, compliant: bool | str, found: bool | None) -> None:
    result = assess({"email_option_enabled": wanted}, with_methods(*methods))
    assert (result["compliant"], result["settings"][0]["found"]) == (compliant, found)


def test_excluded_groups_are_told() -> None:
    evidence = with_methods(method("Email", excludeTargets=[{"id": "g"}, {"id": "h"}]))
    (answer,) = assess({"email_option_enabled": True}, evidence)["settings"]
    assert "excludes groups (2)" in answer["note"]
    assert assess({"email_option_enabled": True}, evidence, VALID)["compliant"] is True


def test_another_method_without_exclusions_is_enough() -> None:
    evidence = with_methods(method("Sms", excludeTargets=[{"id": "g"}]), method("Voice"))
    assert assess({"mobile_phone_option_enabled": True}, evidence)["compliant"] is True


@pytest.mark.parametrize("state", ["preMigration", "migrationInProgress", None])
def test_before_the_migration_legacy_settings_count(state: t.Any) -> None:
    result = assess({"email_option_enabled": True}, with_methods(method("Email"), state=state))
    assert result["compliant"] == "unknown"
    assert "legacy" in result["settings"][0]["note"]


def test_without_the_policy_methods_are_unknown() -> None:
    evidence = password_reset_evidence(methods_policy=Read(problem="the policy is away"))
    result = assess({"email_option_enabled": True}, evidence)
    assert (result["compliant"], result["settings"][0]["note"]) == ("unknown", "The policy is away.")


@pytest.mark.parametrize("option", UNREADABLE)
def test_what_nobody_can_read_needs_an_attestation(option: str) -> None:
    desired = {option: WANTED.get(option, True)}
    result = assess(desired)
    assert (result["compliant"], result["attestation"]) == ("unknown", None)
    attested = assess(desired, attestation=VALID)
    assert (attested["compliant"], attested["manual_steps"]) == (True, [])
    assert attested["attestation"]["is_valid"] is True


@given(st.sets(st.sampled_from(SETTINGS)))
def test_only_what_is_given_is_judged(options: set[str]) -> None:
    desired = {option: WANTED.get(option, True) for option in options}
    others = {"lane": "evidence", "on_unknown": "fail", "attestation": None}
    nulls = {option: None for option in SETTINGS if option not in options}
    result = assess({**desired, **others, **nulls})
    assert {one["option"] for one in result["settings"]} == options
    unproven = [one["option"] for one in result["settings"] if one["compliant"] is not True]
    assert [step["option"] for step in result["manual_steps"]] == unproven
    assert all(step["text"] and step["link"] for step in result["manual_steps"])


def test_the_evidence_is_told() -> None:
    evidence = password_reset_evidence(
        activity=Read(ResetActivity(2, 1, "2026-11-09T08:00:00Z")),
        group=Read(problem="it is away", lacks=READ_REPORT),
    )
    assert assess({"enablement_type": "all"}, evidence)["evidence"] == {
        "users": {"total": 10, "enabled": 4, "registered": 0, "capable": 0},
        "group": None,
        "policy_migration_state": "migrationComplete",
        "resets": {
            "resets": 2,
            "registrations": 1,
            "latest_reset": "2026-11-09T08:00:00Z",
            "is_complete": True,
        },
        "permissions": [{"needed_for": "reading the registration report", "any_of": ["AuditLog.Read.All"]}],
        "problems": ["it is away"],
    }
