# Copyright: (c) 2026, m365.entra contributors
# GNU General Public License v3.0+ (see COPYING or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later
"""All rules together: their names, their order, what they say of this collection's own policies, and what counts."""

from __future__ import annotations

import re
import typing as t
from datetime import date
from pathlib import Path

import pytest

from ansible_collections.m365.entra.plugins.module_utils._graph.errors import OptionError
from ansible_collections.m365.entra.plugins.module_utils._linting.finding import SEVERITIES, at_least
from ansible_collections.m365.entra.plugins.module_utils._linting.ignoring import ignored_from, sort_out
from ansible_collections.m365.entra.plugins.module_utils._linting.lint import RULES, lint
from ansible_collections.m365.entra.plugins.module_utils._policy.exclusions import EmergencyAccess
from ansible_collections.m365.entra.plugins.module_utils._policy.template_catalogue import TEMPLATES
from ansible_collections.m365.entra.tests.unit.plugins.module_utils.support import ids
from ansible_collections.m365.entra.tests.unit.plugins.module_utils.support.linted import (
    enforced,
    in_state,
    legacy_block,
    rules_found,
    tenant,
)
from ansible_collections.m365.entra.tests.unit.plugins.module_utils.support.policies import DISABLED, REPORT_ONLY

Json = dict[str, t.Any]

GUIDE = Path(__file__).resolve().parents[5] / "docs" / "docsite" / "rst" / "guide_linting.rst"
TODAY = date(2026, 6, 1)
EMERGENCY = EmergencyAccess((ids.EMERGENCY,), ())


def from_template(name: str) -> Json:
    """A named policy, enforced and with the emergency access account excluded."""
    content = TEMPLATES[name].content_for("modern")
    conditions = content["conditions"]
    listed = [*conditions["users"].get("excludeUsers", []), ids.EMERGENCY]
    changed = {**conditions, "users": {**conditions["users"], "excludeUsers": listed}}
    return {**enforced(), **content, "conditions": changed}


BASELINE = [
    "require_mfa_for_administrators",
    "require_mfa_for_all_users",
    "block_legacy_authentication",
    "require_mfa_for_risky_sign_ins",
    "require_password_change_for_high_risk_users",
    "block_device_code_flow",
    "block_authentication_transfer",
    "secure_security_information_registration",
    "require_mfa_for_device_registration",
    "require_phishing_resistant_mfa_for_administrators",
]


def test_the_modern_baseline_is_clean() -> None:
    policies = [from_template(name) for name in BASELINE]
    policies[-1]["state"] = REPORT_ONLY
    assert lint(tenant(*policies, emergency=EMERGENCY)) == []


@pytest.mark.parametrize("name", [name for name, known in TEMPLATES.items() if not known.needs_beta])
def test_every_named_policy_is_clean_beside_those_that_a_tenant_needs(name: str) -> None:
    needed = [from_template(one) for one in BASELINE[1:3]]
    found = rules_found(from_template(name), *needed, emergency=EMERGENCY)
    assert found <= {"duplicate_policies", "name_used_twice"}


def test_the_guide_names_every_rule_with_its_severities() -> None:
    rows = re.findall(r"^   \* - ``(\w+)``\n     - ([a-z, ]+)$", GUIDE.read_text(encoding="utf-8"), re.MULTILINE)
    assert sorted(name for name, severities in rows) == sorted(RULES)
    assert {one for name, severities in rows for one in severities.split(", ")} == set(SEVERITIES)


def test_the_gravest_comes_first() -> None:
    findings = lint(tenant(in_state(DISABLED), enforced("B"), enforced("A")))
    assert [(one.rule, one.names) for one in findings] == [
        ("legacy_authentication_not_blocked", ()),
        ("no_exclusion", ("A",)),
        ("no_exclusion", ("B",)),
        ("duplicate_policies", ("B", "A")),
        ("disabled_policy", ("Policy",)),
    ]
    assert [len(at_least(findings, severity)) for severity in SEVERITIES] == [3, 4, 5]


def test_a_finding_as_a_result() -> None:
    policy = in_state(DISABLED, "Old")
    finding = lint(tenant(policy, security_defaults=True))[0]
    assert finding.to_result() == {
        "rule": "disabled_policy",
        "severity": "information",
        "policies": ["Old"],
        "policy_ids": [policy["id"]],
        "path": "policy_state",
        "text": "the policy is disabled",
        "remedy": "Remove it if nobody needs it.",
    }
    assert str(finding) == "disabled_policy: 'Old' policy_state: the policy is disabled"
    (without,) = lint(tenant(from_template("require_mfa_for_all_users"), emergency=EMERGENCY))
    assert without.to_result()["path"] is None
    assert str(without).startswith("legacy_authentication_not_blocked: no enforced policy")


def ignored(*entries: Json) -> t.Any:
    """Two disabled policies, A and B, of which *entries* ignore some findings."""
    findings = lint(tenant(in_state(DISABLED, "A"), in_state(DISABLED, "B"), security_defaults=True))
    return sort_out(
        findings, ignored_from([{"reason": "Why", "rule": "disabled_policy", **one} for one in entries]), TODAY
    )


@pytest.mark.parametrize(
    ("entries", "counting", "notes"),
    [
        ([], ["A", "B"], []),
        ([{}], [], []),
        ([{"policy": "A"}], ["B"], []),
        ([{"policy": "A", "until": "2026-06-01"}], ["B"], []),
        ([{"policy": "A", "until": "2026-05-31"}], ["A", "B"], ["ignore[0]: it has ended on 2026-05-31"]),
        ([{"policy": "A", "until": "2026-05-31"}, {"policy": "A"}], ["B"], ["ignore[0]: it has ended"]),
        ([{"policy": "C"}], ["A", "B"], ["ignore[0]: there is no such finding"]),
        ([{"rule": "retired_control"}], ["A", "B"], ["ignore[0]: there is no such finding"]),
    ],
)
def test_what_is_ignored(entries: list[Json], counting: list[str], notes: list[str]) -> None:
    found = ignored(*entries)
    assert [name for one in found.counting for name in one.names] == counting
    assert len(found.ignored) == 2 - len(counting)
    assert len(found.notes) == len(notes)
    assert all(note.startswith(start) for note, start in zip(found.notes, notes, strict=True))


def test_a_policy_is_ignored_by_its_id() -> None:
    policy = in_state(DISABLED, "A")
    findings = lint(tenant(policy, security_defaults=True))
    entry = {"rule": "disabled_policy", "policy": policy["id"].upper(), "reason": " Why ", "until": "2027-01-01"}
    found = sort_out(findings, ignored_from([entry]), TODAY)
    ((finding, accepted),) = found.ignored
    assert accepted.result_of(finding) == {**finding.to_result(), "reason": "Why", "until": "2027-01-01"}


@pytest.mark.parametrize(
    ("entry", "message"),
    [
        ({"rule": "no_such"}, "ignore[1].rule: no rule is named 'no_such'"),
        ({"reason": "  "}, "ignore[1].reason is empty"),
        ({"until": "tomorrow"}, "ignore[1].until: 'tomorrow' is no date"),
    ],
)
def test_entries_that_mean_nothing(entry: Json, message: str) -> None:
    good = {"rule": "disabled_policy", "reason": "Why"}
    with pytest.raises(OptionError, match=re.escape(message)):
        ignored_from([good, {**good, **entry}])


def test_the_helper_for_legacy_clients_makes_what_is_wanted() -> None:
    assert "legacy_authentication_not_blocked" not in rules_found(legacy_block())
