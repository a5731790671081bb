# Copyright: (c) 2026, m365.entra contributors
# GNU General Public License v3.0+ (see COPYING or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later
"""Rules for session controls: policies that keep them and policies that break them."""

from __future__ import annotations

import typing as t

import pytest

from ansible_collections.m365.entra.plugins.module_utils._policy import rules_sessions
from ansible_collections.m365.entra.plugins.module_utils._policy.canonical_policy import canonical_policy
from ansible_collections.m365.entra.plugins.module_utils._policy.rules import faults_of
from ansible_collections.m365.entra.tests.unit.plugins.module_utils.support import ids
from ansible_collections.m365.entra.tests.unit.plugins.module_utils.support.policies import policy
from ansible_collections.m365.entra.tests.unit.plugins.module_utils.support.rule_checks import faults, rule_names

Json = dict[str, t.Any]

EVERY_TIME: Json = {"signInFrequency": {"isEnabled": True, "frequencyInterval": "everyTime"}}
RESTRICTIONS: Json = {"applicationEnforcedRestrictions": {"isEnabled": True}}


def frequency(**members: t.Any) -> Json:
    """Session controls with a sign-in frequency."""
    return {"signInFrequency": {"isEnabled": True, **members}}


KEPT: list[tuple[str, Json]] = [
    ("sign_in_frequency", policy(session=EVERY_TIME)),
    *[
        ("sign_in_frequency", policy(session=frequency(type=unit, value=value)))
        for unit, value in (("hours", 1), ("hours", 23), ("days", 1), ("days", 365))
    ],
    ("enforced_restrictions", policy(applications={"includeApplications": ["Office365"]}, session=RESTRICTIONS)),
    (
        "enforced_restrictions",
        policy(applications={"includeApplications": ["00000003-0000-0ff1-ce00-000000000000"]}, session=RESTRICTIONS),
    ),
    ("persistent_browser", policy(session={"persistentBrowser": {"isEnabled": True, "mode": "never"}})),
    ("enforced_restrictions", policy(session=RESTRICTIONS)),
    ("enforced_restrictions", policy(applications={"includeApplications": ["None"]}, session=RESTRICTIONS)),
    (
        "enforced_restrictions",
        policy(applications={"includeApplications": ["Office365", ids.PORTAL]}, session=RESTRICTIONS),
    ),
]

BROKEN: list[tuple[str, Json, str]] = [
    ("sign_in_frequency", policy(session={**EVERY_TIME, **RESTRICTIONS}), "session_controls.sign_in_frequency"),
    (
        "sign_in_frequency",
        policy(session={**EVERY_TIME, "disableResilienceDefaults": True}),
        "session_controls.sign_in_frequency",
    ),
    ("sign_in_frequency", policy(session=frequency()), "session_controls.sign_in_frequency"),
    ("sign_in_frequency", policy(session=frequency(type="hours")), "session_controls.sign_in_frequency"),
    ("sign_in_frequency", policy(session=frequency(value=4)), "session_controls.sign_in_frequency"),
    *[
        (
            "sign_in_frequency",
            policy(session=frequency(type=unit, value=value)),
            "session_controls.sign_in_frequency.value",
        )
        for unit, value in (("hours", 0), ("hours", 24), ("days", 0), ("days", 366))
    ],
    (
        "persistent_browser",
        policy(session={"persistentBrowser": {"isEnabled": True}}),
        "session_controls.persistent_browser.mode",
    ),
    (
        "enforced_restrictions",
        policy(applications={"includeApplications": [ids.PORTAL]}, session=RESTRICTIONS),
        "session_controls.application_enforced_restrictions",
    ),
]


@pytest.mark.parametrize(("rule", "raw"), KEPT)
def test_policy_that_keeps_the_rule(rule: str, raw: Json) -> None:
    assert faults(rules_sessions, rule, raw) == []


@pytest.mark.parametrize(("rule", "raw", "path"), BROKEN)
def test_policy_that_breaks_the_rule(rule: str, raw: Json, path: str) -> None:
    found = faults(rules_sessions, rule, raw)
    assert path in [fault.path for fault in found]
    assert all(fault.remedy for fault in found)


def test_every_rule_is_tested_both_ways() -> None:
    assert {rule for rule, _unused in KEPT} == rule_names(rules_sessions)
    assert {rule for rule, _unused, _unused in BROKEN} == rule_names(rules_sessions)


@pytest.mark.parametrize("raw", [raw for _unused, raw, _unused in BROKEN])
def test_no_rule_stumbles_over_a_broken_policy(raw: Json) -> None:
    assert faults_of(canonical_policy(raw)) != []
