# Copyright: (c) 2026, m365.entra contributors
# GNU General Public License v3.0+ (see COPYING or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later
"""Exceptions from the baseline: applied until their last day, gone by themselves after it, never silently."""

from __future__ import annotations

import typing as t
from datetime import UTC, date, datetime, timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as some

from ansible_collections.m365.entra.plugins.plugin_utils._signin_baseline import Wish, baseline_configuration
from ansible_collections.m365.entra.plugins.plugin_utils._signin_exceptions import read_exceptions

TODAY = date(2027, 3, 31)
POLICY = "block_legacy_authentication"
GIVEN: dict[str, t.Any] = {
    "policy": POLICY,
    "exclude_groups": ["Scanners"],
    "until": "2027-03-31",
    "reason": "Replaced in spring",
}
OVER = {**GIVEN, "until": "2027-03-30"}


def options_of(policy: dict[str, t.Any] | None, *exceptions: dict[str, t.Any]) -> dict[str, t.Any]:
    """The exclusions that the role asks for."""
    wish = Wish(emergency_access_groups=["Emergency"], exceptions=list(exceptions), today=TODAY)
    configuration = baseline_configuration({POLICY: policy}, {}, {"tier": "p1", "reason": ""}, wish)
    assert configuration["problems"] == []
    (options,) = configuration["conditional_access_policies"]["policies"]
    return t.cast("dict[str, t.Any]", options.get("conditions", {}).get("users", {}))


def excluding(groups: t.Any) -> dict[str, t.Any]:
    return {"conditions": {"users": {"exclude_groups": groups}}}


@pytest.mark.parametrize(
    ("policy", "exceptions", "expected"),
    [
        (None, [GIVEN], ["Scanners"]),
        (None, [OVER], None),
        (excluding(["Printers"]), [GIVEN], ["Printers", "Scanners"]),
        (excluding(["Printers"]), [OVER], ["Printers"]),
        (excluding({"set": ["Printers"]}), [GIVEN], ["Printers", "Scanners"]),
        (excluding({"add": ["Printers"]}), [GIVEN], {"add": ["Printers", "Scanners"]}),
        # What is edited keeps what the tenant has: the end of an exception has to be said.
        (excluding({"add": ["Printers"]}), [OVER], {"add": ["Printers"], "remove": ["Scanners"]}),
        # Who is to stay left out is not taken out because an exception from before named them, too.
        (excluding({"add": ["Scanners"]}), [OVER], {"add": ["Scanners"]}),
        (excluding({"add": ["Printers"]}), [OVER, GIVEN], {"add": ["Printers", "Scanners"]}),
        (None, [GIVEN, GIVEN], ["Scanners"]),
        (None, [{**GIVEN, "policy": "require_mfa_for_all_users"}], None),
    ],
)
def test_exclusions(policy: t.Any, exceptions: list[dict[str, t.Any]], expected: t.Any) -> None:
    assert options_of(policy, *exceptions).get("exclude_groups") == expected


@pytest.mark.parametrize(
    ("given_groups", "exception", "expected"),
    [
        ({}, GIVEN, {"add": ["Scanners"]}),
        ({}, OVER, {"remove": ["Scanners"]}),
        ({"exclude_groups": None}, GIVEN, ["Scanners"]),
        ({"exclude_groups": None}, OVER, None),
        ({"exclude_groups": ["Printers"]}, OVER, ["Printers"]),
    ],
)
def test_policy_of_ones_own_keeps_whom_nobody_speaks_of(given_groups: t.Any, exception: t.Any, expected: t.Any) -> None:
    """Without a template no list says all: who is left out in the tenant stays so, and who was let out comes back."""
    own = {"own": {"display_name": "Own", "conditions": {"users": {"include_users": ["All"], **given_groups}}}}
    wish = Wish(emergency_access_groups=["Emergency"], exceptions=[{**exception, "policy": "own"}], today=TODAY)
    configuration = baseline_configuration(own, {}, {"tier": "p1", "reason": ""}, wish)
    (options,) = configuration["conditional_access_policies"]["policies"]
    assert options["conditions"]["users"].get("exclude_groups") == expected


def test_what_the_template_leaves_out_stays_left_out() -> None:
    """Who says a whole list must not forget what the template's list holds."""
    policy = {"template": "secure_security_information_registration"}
    assert "exclude_users" not in options_of(policy)
    exception = {**GIVEN, "exclude_groups": [], "exclude_users": ["someone@contoso.example"]}
    assert options_of(policy, exception)["exclude_users"] == ["GuestsOrExternalUsers", "someone@contoso.example"]


def test_report_and_notes_tell_what_became_of_each() -> None:
    other = {**GIVEN, "policy": "require_mfa_for_all_users"}
    wish = Wish(emergency_access_groups=["Emergency"], exceptions=[GIVEN, OVER, other], today=TODAY)
    configuration = baseline_configuration({POLICY: None}, {}, {"tier": "p1", "reason": ""}, wish)
    assert [one["status"] for one in configuration["exceptions"]] == ["active", "expired", "not_applicable"]
    assert configuration["exceptions"][0] == {**GIVEN, "exclude_users": [], "status": "active"}
    (note,) = configuration["notes"]
    assert "Scanners" in note
    assert "2027-03-30" in note


@given(some.dates(min_value=date(2000, 1, 1), max_value=date(2100, 1, 1)), some.integers(-500, 500))
def test_the_last_day_still_counts(today: date, days: int) -> None:
    until = today + timedelta(days=days)
    read = read_exceptions([{**GIVEN, "until": until.isoformat()}], {POLICY}, today)
    assert read.all[0].has_expired == (days < 0)


@pytest.mark.parametrize("until", ["2027-03-31", date(2027, 3, 31), datetime(2027, 3, 31, tzinfo=UTC)])
def test_days_as_yaml_gives_them(until: t.Any) -> None:
    assert read_exceptions([{**GIVEN, "until": until}], {POLICY}, TODAY).all[0].until == TODAY


@pytest.mark.parametrize(
    ("given_exceptions", "said"),
    [
        ("x", "a list is expected"),
        (["x"], "[0]: a dictionary"),
        ([{**GIVEN, "groups": ["x"]}], "[0]: unknown: groups"),
        ([{**GIVEN, "policy": ["no_such"]}], "[0].policy: there is no such policy"),
        ([{**GIVEN, "policy": "no_such"}], "[0].policy: there is no such policy"),
        ([{**GIVEN, "exclude_groups": []}], "[0]: give exclude_groups or exclude_users"),
        ([{**GIVEN, "exclude_groups": "Scanners"}], "are lists"),
        ([{**GIVEN, "until": "soon"}], "[0].until"),
        ([{**GIVEN, "until": None}], "[0].until"),
        ([GIVEN, {**GIVEN, "reason": " "}], "[1].reason"),
    ],
)
def test_mistakes_stop_the_role_before_it_writes(given_exceptions: t.Any, said: str) -> None:
    wish = Wish(emergency_access_groups=["Emergency"], exceptions=given_exceptions, today=TODAY)
    (problem,) = baseline_configuration({POLICY: None}, {}, {"tier": "p1", "reason": ""}, wish)["problems"]
    assert problem.startswith("signin_baseline_exceptions")
    assert said in problem


def test_nothing_stands_beside_a_definition() -> None:
    wish = Wish(emergency_access_groups=["Emergency"], exceptions=[{**GIVEN, "policy": "own"}], today=TODAY)
    own = {"own": {"definition": {"displayName": "Own"}}}
    (problem,) = baseline_configuration(own, {}, {"tier": "p1", "reason": ""}, wish)["problems"]
    assert "definition" in problem
