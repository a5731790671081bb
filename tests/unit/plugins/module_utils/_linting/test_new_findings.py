# Copyright: (c) 2026, m365.entra contributors
# GNU General Public License v3.0+ (see COPYING or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later
"""Which findings a change brings, and which were there before it."""

from __future__ import annotations

import typing as t

import pytest
from hypothesis import given
from hypothesis import strategies as st

from ansible_collections.m365.entra.plugins.module_utils._linting.finding import ERROR, WARNING, Finding, Observation
from ansible_collections.m365.entra.plugins.module_utils._linting.new_findings import new_findings
from ansible_collections.m365.entra.plugins.module_utils._policy.policy_plan import CurrentPolicy

OLD = CurrentPolicy("eeeeeeee-0000-4000-8000-000000000001", "Old", "enabled", {}, {})
RENAMED = CurrentPolicy(OLD.identifier, "Renamed", "enabled", {}, {})
OTHER = CurrentPolicy("eeeeeeee-0000-4000-8000-000000000002", "Other", "enabled", {}, {})
NEW = CurrentPolicy("", "New", "enabled", {}, {})
NEWER = CurrentPolicy("", "Newer", "enabled", {}, {})


def finding(*policies: CurrentPolicy, rule: str = "rule", severity: str = WARNING, text: str = "it is so") -> Finding:
    """What a rule sees in policies."""
    return Finding(rule, Observation(severity, text, "Mend it.", policies, "conditions"))


@pytest.mark.parametrize(
    ("planned", "before", "is_new"),
    [
        (finding(OLD), [], True),
        (finding(OLD), [finding(OLD)], False),
        (finding(RENAMED), [finding(OLD)], False),
        (finding(OLD), [finding(OTHER)], True),
        (finding(OLD, text="it is worse"), [finding(OLD)], True),
        (finding(OLD, severity=ERROR), [finding(OLD)], True),
        (finding(OLD, rule="another"), [finding(OLD)], True),
        (finding(NEW), [finding(NEWER)], True),
        (finding(OLD, NEW), [finding(OLD)], True),
        (finding(OLD, text="fewer"), [finding(OLD, OTHER, text="more")], False),
        (finding(OLD, text="fewer", severity=ERROR), [finding(OLD, OTHER, text="more")], True),
        (finding(), [], True),
        (finding(), [finding()], False),
    ],
)
def test_what_is_new(planned: Finding, before: list[Finding], is_new: bool) -> None:
    assert new_findings([planned], before) == ([planned] if is_new else [])


some_findings = st.lists(
    st.builds(
        lambda policies, rule, text: finding(*policies, rule=rule, text=text),
        st.lists(st.sampled_from([OLD, OTHER, NEW]), max_size=2),
        st.sampled_from(["one", "two"]),
        st.sampled_from(["it is so", "it is worse"]),
    ),
    max_size=6,
)


@given(some_findings)
def test_a_change_that_changes_nothing_brings_nothing(findings: list[Finding]) -> None:
    assert new_findings(findings, findings) == []


@given(some_findings, some_findings)
def test_what_is_new_is_of_what_will_be(planned: list[Finding], before: list[Finding]) -> None:
    brought: t.Sequence[Finding] = new_findings(planned, before)
    assert [one for one in planned if one in brought] == brought
    assert not any(one in before for one in brought)
