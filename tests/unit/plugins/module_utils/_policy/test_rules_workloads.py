# Copyright: (c) 2026, m365.entra contributors
# GNU General Public License v3.0+ (see COPYING or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later
"""Rules for policies about workload identities: policies that keep them and policies that break them."""

from __future__ import annotations

import typing as t

import pytest

from ansible_collections.m365.entra.plugins.module_utils._policy import rules_workloads
from ansible_collections.m365.entra.plugins.module_utils._policy.canonical_policy import canonical_policy
from ansible_collections.m365.entra.plugins.module_utils._policy.rules import faults_of
from ansible_collections.m365.entra.tests.unit.plugins.module_utils.support import ids
from ansible_collections.m365.entra.tests.unit.plugins.module_utils.support.policies import BLOCK, MFA, policy
from ansible_collections.m365.entra.tests.unit.plugins.module_utils.support.rule_checks import faults, rule_names

Json = dict[str, t.Any]


def workload(members: Json | None = None, users: Json | None = None, grant: t.Any = "block", **others: t.Any) -> Json:
    """A policy for workload identities: all of the tenant's own are blocked unless told otherwise."""
    return policy(
        users={"includeUsers": ["None"]} if users is None else users,
        grant=BLOCK if grant == "block" else grant,
        clientApplications=members or {"includeServicePrincipals": ["ServicePrincipalsInMyTenant"]},
        **others,
    )


KEPT: list[tuple[str, Json]] = [
    ("workloads_are_only_blocked", policy()),
    ("workloads_are_only_blocked", workload()),
    ("workloads_are_only_blocked", workload(session={"continuousAccessEvaluation": {"mode": "strictLocation"}})),
    ("workloads_are_included", policy()),
    ("workloads_are_included", workload()),
    ("workloads_are_included", workload({"includeServicePrincipals": [ids.PORTAL]})),
    ("workloads_are_included", workload({"servicePrincipalFilter": {"mode": "include", "rule": "x"}})),
    ("workloads_are_included", workload({"includeAgentIdServicePrincipals": ["All"]})),
    ("workloads_are_no_users", policy(signInRiskLevels=["high"])),
    ("workloads_are_no_users", workload()),
    ("workloads_are_no_users", workload(users={})),
    ("workloads_are_no_users", workload({"includeAgentIdServicePrincipals": ["All"]}, users={"includeUsers": ["All"]})),
    ("workload_risk_needs_workloads", policy()),
    ("workload_risk_needs_workloads", workload(servicePrincipalRiskLevels=["high"])),
]

BROKEN: list[tuple[str, Json, str]] = [
    ("workloads_are_only_blocked", workload(grant=MFA), "grant_controls.built_in_controls"),
    ("workloads_are_only_blocked", workload(grant=None), "grant_controls.built_in_controls"),
    (
        "workloads_are_only_blocked",
        workload(session={"signInFrequency": {"isEnabled": True, "frequencyInterval": "everyTime"}}),
        "session_controls",
    ),
    (
        "workloads_are_included",
        workload({"excludeServicePrincipals": [ids.PORTAL]}),
        "conditions.client_applications.include_service_principals",
    ),
    ("workloads_are_no_users", workload(users={"includeUsers": ["All"]}), "conditions.users"),
    (
        "workloads_are_no_users",
        workload(users={"includeUsers": ["None"], "includeGroups": [ids.STAFF]}),
        "conditions.users",
    ),
    *[
        ("workloads_are_no_users", workload(**{risk: ["high"]}), "conditions")
        for risk in ("signInRiskLevels", "userRiskLevels")
    ],
    ("workloads_are_no_users", workload(insiderRiskLevels="elevated"), "conditions"),
    (
        "workload_risk_needs_workloads",
        policy(servicePrincipalRiskLevels=["high"]),
        "conditions.service_principal_risk_levels",
    ),
]


@pytest.mark.parametrize(("rule", "raw"), KEPT)
def test_policy_that_keeps_the_rule(rule: str, raw: Json) -> None:
    assert faults(rules_workloads, rule, raw) == []


@pytest.mark.parametrize(("rule", "raw", "path"), BROKEN)
def test_policy_that_breaks_the_rule(rule: str, raw: Json, path: str) -> None:
    found = faults(rules_workloads, rule, raw)
    assert path in [fault.path for fault in found]
    assert all(fault.remedy for fault in found)


def test_every_rule_is_tested_both_ways() -> None:
    assert {rule for rule, _unused in KEPT} == rule_names(rules_workloads)
    assert {rule for rule, _unused, _unused in BROKEN} == rule_names(rules_workloads)


@pytest.mark.parametrize("raw", [raw for _unused, raw, _unused in BROKEN])
def test_no_rule_stumbles_over_a_broken_policy(raw: Json) -> None:
    assert faults_of(canonical_policy(raw)) != []
