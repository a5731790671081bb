# Copyright: (c) 2026, m365.entra contributors
# GNU General Public License v3.0+ (see COPYING or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later
"""The baseline's tests of itself: they pass for what the roles ship, and fail for what does less."""

from __future__ import annotations

import itertools
import typing as t
from dataclasses import replace
from pathlib import Path

import pytest
import yaml

from ansible_collections.m365.entra.plugins.module_utils._graph.errors import GuardRefused
from ansible_collections.m365.entra.plugins.module_utils._module.tenant_configuration import SPEC, run
from ansible_collections.m365.entra.plugins.module_utils._policy.template_catalogue import TEMPLATES
from ansible_collections.m365.entra.plugins.plugin_utils._signin_baseline import Wish, baseline_configuration
from ansible_collections.m365.entra.plugins.plugin_utils._signin_baseline_tests import WantedChecks
from ansible_collections.m365.entra.tests.unit.plugins.module_utils.support import ids
from ansible_collections.m365.entra.tests.unit.plugins.module_utils.support.fake_module import fake_module
from ansible_collections.m365.entra.tests.unit.plugins.module_utils.support.fake_session import FakeSession
from ansible_collections.m365.entra.tests.unit.plugins.module_utils.support.policies import BLOCK, ENABLED, stored

Json = dict[str, t.Any]

ROLES = Path(__file__).resolve().parents[3] / "roles"
USER = "emergency@contoso.example"
FAILING = WantedChecks(on_failure="fail")
STAGING = Wish(emergency_access_users=[USER], emergency_access_groups=["Printers"], checks=FAILING)
ENFORCING = replace(STAGING, enforce=True)
# Every policy that is off in the roles, too.
EVERYTHING: Json = {"require_compliant_device": {"enabled": True}} | {
    "block_clients_without_modern_authentication": {"enabled": True}
}
SHIPPED = [
    replace(wish, profile=profile, license_tier=tier)
    for wish, profile, tier in itertools.product((STAGING, ENFORCING), ("modern", "seed_2021"), ("p1", "p2"))
]


def configuration(wish: Wish, overrides: Json | None = None) -> Json:
    """What the role of the tier asks for."""
    tier = wish.license_tier
    text = (ROLES / f"baseline_{tier}" / "defaults" / "main.yml").read_text(encoding="utf-8")
    policies = yaml.safe_load(text)[f"baseline_{tier}_policies"]
    found = baseline_configuration(policies, overrides or {}, {"tier": tier, "reason": ""}, wish)
    assert found["problems"] == []
    return found


def session(*policies: Json) -> FakeSession:
    """A tenant in which one who may enforce policies is let in, beside emergency access."""
    made = FakeSession(list(policies), security_defaults=False)
    made.collections[f"/groups/{ids.PRINTERS}/transitiveMembers"] = [
        {"id": ids.EMERGENCY, "userPrincipalName": USER, "accountEnabled": True}
    ]
    return made


def checked(wanted: Json, tenant: FakeSession) -> Json:
    """What check mode says of the sign-ins."""
    options = {name: value for name, value in wanted.items() if name in SPEC.options and name != "license_tier"}
    module = fake_module(SPEC, options, check_mode=True)
    tenant.read_only = True
    return t.cast("Json", run(module, lambda: tenant)["tenant_configuration"]["sign_in_tests"])


def keys_tested(wanted: Json) -> set[str]:
    """The policies of which there is a test."""
    names = [one["name"].partition(":")[0] for one in wanted["sign_in_tests"]["sign_ins"]]
    return {name for name in names if name in TEMPLATES}


@pytest.mark.parametrize("wish", SHIPPED, ids=lambda wish: f"{wish.license_tier} {wish.profile} {wish.enforce}")
@pytest.mark.parametrize("overrides", [{}, EVERYTHING], ids=["as shipped", "everything"])
def test_what_the_roles_ship_passes_and_every_policy_is_tested(wish: Wish, overrides: Json) -> None:
    wanted = configuration(wish, overrides)
    chosen = {one["template"] for one in wanted["conditional_access_policies"]["policies"]}
    assert keys_tested(wanted) == chosen
    found = checked(wanted, session())
    assert (found["were_run"], found["failed_sign_ins"]) == (True, [])
    assert len([one for one in found["sign_ins"] if one["name"].startswith("Emergency access: ")]) == 4


@pytest.mark.parametrize("wish", SHIPPED, ids=lambda wish: f"{wish.license_tier} {wish.profile} {wish.enforce}")
def test_each_test_fails_where_its_policy_is_for_nobody_it_knows(wish: Wish) -> None:
    wanted = configuration(wish, EVERYTHING)
    for policy in wanted["conditional_access_policies"]["policies"]:
        policy["conditions"] = {"users": {"include_users": [], "include_roles": [], "include_groups": ["Staff"]}}
    names = {one["name"] for one in wanted["sign_in_tests"]["sign_ins"] if not one["name"].startswith("Emergency")}
    with pytest.raises(GuardRefused) as refused:
        checked(wanted, session())
    assert set(refused.value.details["sign_in_tests"]["failed_sign_ins"]) == names


def test_what_blocks_emergency_access_is_named() -> None:
    """A policy of the tenant's own that blocks the admin portals in a browser; in report-only it cuts nobody off."""
    wall = stored("Wall", ENABLED, grant=BLOCK, clientAppTypes=["browser"])
    wanted = configuration(replace(STAGING, license_tier="p1"))
    with pytest.raises(GuardRefused) as refused:
        checked(wanted, session(wall))
    failed = refused.value.details["sign_in_tests"]["failed_sign_ins"]
    assert failed == [
        "Emergency access: emergency@contoso.example in a browser",
        "Emergency access: a member of Printers in a browser",
    ]
    assert "it is blocked by 'Wall'" in refused.value.message


def test_a_group_stands_for_the_administrators() -> None:
    wanted = configuration(replace(STAGING, license_tier="p1", administrators_group="Staff"))
    administrators = [one for one in wanted["sign_in_tests"]["sign_ins"] if "an administrator" in one["name"]]
    assert {str(one["described_user"]) for one in administrators} == {
        "{'roles': ['Global Administrator'], 'groups': ['Staff']}"
    }
    assert checked(wanted, session())["failed_sign_ins"] == []


def test_names_of_policies_have_the_prefix() -> None:
    wanted = configuration(replace(STAGING, license_tier="p1", display_name_prefix="Base: "))
    assert checked(wanted, session())["failed_sign_ins"] == []


@pytest.mark.parametrize(
    ("settings", "is_tested"),
    [
        ({}, True),
        ({"enabled": False}, False),
        ({"state": "absent"}, False),
        ({"policy_state": "disabled"}, False),
        ({"policy_state": "report_only"}, True),
        ({"conditions": {"users": {"exclude_groups": ["Staff"]}}}, True),
        ({"conditions": {"users": {"include_groups": ["Staff"]}}}, False),
        ({"conditions": {"users": {"exclude_roles": ["Global Administrator"]}}}, False),
        ({"conditions": {"applications": {"exclude_applications": ["Office365"]}}}, False),
        ({"grant_controls": {"operator": "OR", "built_in_controls": ["mfa"]}}, False),
        ({"definition": {"displayName": "Own", "state": "disabled"}}, False),
        ({"template": "block_device_code_flow"}, False),
        ({"session_controls": {"disable_resilience_defaults": True}}, True),
        ({"rollout": {"rings": [{"name": "first", "include_groups": ["Staff"]}]}}, False),
        ({"rollout": {"soak_days": 3}}, True),
    ],
)
def test_policies_are_tested_as_long_as_they_are_what_they_are_called(settings: Json, is_tested: bool) -> None:
    wanted = configuration(replace(ENFORCING, license_tier="p1"), {"block_legacy_authentication": settings})
    assert ("block_legacy_authentication" in keys_tested(wanted)) is is_tested


def test_what_is_not_enforced_counts_only_while_the_baseline_is_staged() -> None:
    staged = {"block_legacy_authentication": {"enforce": False}}

    def expected(wish: Wish) -> Json:
        wanted = configuration(replace(wish, license_tier="p1"), staged)
        (found,) = [one for one in wanted["sign_in_tests"]["sign_ins"] if "an old mail client" in one["name"]]
        return {**found["expect"], "all": wanted["sign_in_tests"]["include_report_only"]}

    applies = {"policies_apply": ["Block legacy authentication"]}
    assert expected(STAGING) == {**applies, "outcome": "blocked", "all": True}
    assert expected(ENFORCING) == {**applies, "all": False}
    assert expected(replace(ENFORCING, rollout={"soak_days": 3})) == {**applies, "outcome": "blocked", "all": True}


def test_tests_can_be_switched_off_and_added() -> None:
    own: Json = {"name": "Mine", "described_user": {}, "application": "Office365"}
    off = replace(STAGING, license_tier="p1", checks=WantedChecks(sign_in_tests=False))
    assert {"sign_in_tests", "lint"} & set(configuration(off)) == set()
    more = configuration(replace(off, checks=WantedChecks(sign_in_tests=False, additional_sign_in_tests=[own])))
    assert more["sign_in_tests"] == {"sign_ins": [own], "include_report_only": True, "on_failure": "report"}
    both = configuration(replace(off, checks=WantedChecks(additional_sign_in_tests=[own])))["sign_in_tests"]
    assert (both["sign_ins"][-1], len(both["sign_ins"]) > 1) == (own, True)


@pytest.mark.parametrize(("severity", "expected"), [("none", None), ("never", {"fail_on": "never"})])
def test_the_linter_looks_where_it_is_wanted(severity: str, expected: Json | None) -> None:
    wish = replace(STAGING, license_tier="p1", checks=WantedChecks(lint_fail_on=severity))
    assert configuration(wish).get("lint") == expected
