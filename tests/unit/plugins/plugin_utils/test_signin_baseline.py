# Copyright: (c) 2026, m365.entra contributors
# GNU General Public License v3.0+ (see COPYING or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later
"""From the variables of the role signin_baseline to the options of tenant_configuration."""

from __future__ import annotations

import typing as t
from dataclasses import replace

import pytest

from ansible_collections.m365.entra.plugins.filter.signin_baseline_configuration import signin_baseline_configuration
from ansible_collections.m365.entra.plugins.plugin_utils._signin_baseline import Wish, baseline_configuration
from ansible_collections.m365.entra.plugins.plugin_utils._signin_baseline_tests import WantedChecks

# What the baseline tests of itself has tests of its own.
STAGING = Wish(emergency_access_users=["emergency-access-1@contoso.example"], checks=WantedChecks(sign_in_tests=False))
ENFORCING = replace(STAGING, enforce=True)
LEGACY: dict[str, t.Any] = {"block_legacy_authentication": {}}
Settings = dict[str, t.Any]


def configuration(
    policies: Settings, wish: Wish = STAGING, overrides: Settings | None = None, found: str = "p2"
) -> dict[str, t.Any]:
    """Return the configuration for a tenant with this tier."""
    return baseline_configuration(policies, overrides or {}, {"tier": found, "reason": "its service plans"}, wish)


def only_policy(policies: Settings, wish: Wish = STAGING, overrides: Settings | None = None) -> dict[str, t.Any]:
    """Return the options of the one policy in the configuration."""
    (policy,) = configuration(policies, wish, overrides)["conditional_access_policies"]["policies"]
    return t.cast("dict[str, t.Any]", policy)


def only_problem(policies: Settings, wish: Wish = STAGING, overrides: Settings | None = None, found: str = "p2") -> str:
    """Return the one problem; nothing else may be returned beside it."""
    result = configuration(policies, wish, overrides, found)
    assert set(result) == {"problems"}
    (problem,) = result["problems"]
    return str(problem)


def test_staging_leaves_security_defaults_and_states_alone() -> None:
    assert configuration(LEGACY) == {
        "problems": [],
        "license_tier": "p2",
        "license_found": "p2",
        "notes": [],
        "exceptions": [],
        "emergency_access": {"users": ["emergency-access-1@contoso.example"], "groups": []},
        "conditional_access_policies": {
            "policies": [{"template": "block_legacy_authentication", "profile": "modern", "change_enforced": False}],
            "unmanaged": "report",
        },
    }


def test_enforcing_switches_from_security_defaults_to_policies() -> None:
    result = configuration(LEGACY, ENFORCING)
    assert result["security_defaults"] == {"is_enabled": False}
    assert result["conditional_access_policies"]["policies"][0]["policy_state"] == "enabled"


@pytest.mark.parametrize(("wish", "expected"), [(STAGING, None), (ENFORCING, {"is_enabled": True})])
def test_free_tier_has_only_security_defaults(wish: Wish, expected: dict[str, bool] | None) -> None:
    result = configuration({}, wish, found="free")
    assert result.get("security_defaults") == expected
    assert result["conditional_access_policies"] == {"policies": [], "unmanaged": "report"}


def test_a_lower_tier_than_the_tenant_has_can_be_given() -> None:
    result = configuration(LEGACY, replace(STAGING, license_tier="p1"))
    assert (result["license_tier"], result["license_found"]) == ("p1", "p2")


def test_policy_that_only_stages_is_not_enforced() -> None:
    assert "policy_state" not in only_policy({"block_legacy_authentication": {"enforce": False}}, ENFORCING)


def test_given_state_is_taken_literally() -> None:
    policy = only_policy({"block_legacy_authentication": {"policy_state": "disabled"}}, ENFORCING)
    assert policy["policy_state"] == "disabled"


def test_profile_chooses_policies_and_variants() -> None:
    policies = {**LEGACY, "block_device_code_flow": {"profiles": ["modern"]}}
    assert only_policy(policies, replace(STAGING, profile="seed_2021"))["profile"] == "seed_2021"


def test_overrides_are_merged_into_the_settings() -> None:
    policies = {"block_legacy_authentication": {"conditions": {"users": {"exclude_groups": ["Printers"]}}}}
    overrides = {"block_legacy_authentication": {"conditions": {"users": {"exclude_users": ["Ada"]}}}}
    assert only_policy(policies, overrides=overrides)["conditions"] == {
        "users": {"exclude_groups": ["Printers"], "exclude_users": ["Ada"]}
    }


def test_override_switches_a_policy_off() -> None:
    result = configuration(LEGACY, overrides={"block_legacy_authentication": {"enabled": False}})
    assert result["conditional_access_policies"]["policies"] == []


def test_override_for_another_tier_is_passed_over() -> None:
    assert only_policy(LEGACY, overrides={"require_compliant_device": {"enabled": True}})


def test_group_takes_the_place_of_the_administrator_roles() -> None:
    wish = replace(STAGING, administrators_group="Administrators")
    policies = {"require_mfa_for_administrators": {"administrators": True}}
    assert only_policy(policies, wish)["conditions"]["users"] == {
        "include_roles": [],
        "include_groups": ["Administrators"],
    }
    assert "conditions" not in only_policy(LEGACY, wish)


def test_prefix_stands_before_the_name_of_the_template() -> None:
    wish = replace(STAGING, display_name_prefix="Baseline: ")
    assert only_policy(LEGACY, wish)["display_name"] == "Baseline: Block legacy authentication"


def test_definition_takes_the_place_of_the_template() -> None:
    policy = only_policy({"block_legacy_authentication": {"definition": {"displayName": "Ours"}}})
    assert policy == {"definition": {"displayName": "Ours"}, "change_enforced": False}


@pytest.mark.parametrize(
    ("wish", "policies", "overrides", "found", "words"),
    [
        (Wish(), LEGACY, {}, "p1", ["signin_baseline_emergency_access_users", "lock everybody out", "at least one"]),
        (replace(STAGING, license_tier="p2"), LEGACY, {}, "p1", ["p2 was given", "Entra ID P1", "its service plans"]),
        (STAGING, {"require_mfa_for_risky_sign_ins": {"license": "p2"}}, {}, "p1", ["require_mfa_for_risky_sign_ins"]),
        (STAGING, LEGACY, {}, "free", ["no Entra ID P1 or P2", "block_legacy_authentication (Entra ID P1)"]),
        (STAGING, LEGACY, {"block_legcay": {}}, "p1", ["signin_baseline_policy_overrides: block_legcay", "Known are"]),
        (STAGING, LEGACY, {"block_legacy_authentication": {"polciy_state": "enabled"}}, "p1", ["polciy_state"]),
        (STAGING, {"block_legacy_authentication": {"license": "e5"}}, {}, "p1", ["license: e5", "p1 or p2"]),
        (replace(STAGING, display_name_prefix="B: "), {"own": {"definition": "{}"}}, {}, "p1", ["own.display_name"]),
    ],
)
def test_problems_name_variable_and_remedy(
    wish: Wish, policies: Settings, overrides: Settings, found: str, words: list[str]
) -> None:
    problem = only_problem(policies, wish, overrides, found)
    assert [word for word in words if word not in problem] == []


def test_registration_is_part_of_the_configuration_once_it_is_switched_on() -> None:
    result = configuration(LEGACY, replace(ENFORCING, mfa_registration={}, self_service_password_reset={}))
    assert result["mfa_registration_policy"]["is_enabled"]
    assert result["self_service_password_reset"]["enablement_type"] == "all"
    assert "authentication_methods_policy" in result


def test_problems_of_registration_stand_with_the_others() -> None:
    wish = Wish(mfa_registration={"campaign": {}}, self_service_password_reset={"lane": "portal"})
    problems = configuration(LEGACY, wish)["problems"]
    assert [
        "signin_baseline_emergency_access" in problems[0],
        "campaign" in problems[1],
        "lane portal" in problems[2],
    ] == [True] * 3


def test_all_problems_are_named_at_once() -> None:
    problems = configuration(LEGACY, Wish(license_tier="p2"), {"nothing": {}}, found="p1")["problems"]
    assert len(problems) == 3


def test_policies_that_are_to_be_enforced_come_to_be_so_in_stages() -> None:
    staged = replace(ENFORCING, rollout={"soak_days": 14}, promote=True)
    listed = configuration(LEGACY, staged)["conditional_access_policies"]
    assert (listed["rollout"], listed["promote"]) == ({"soak_days": 14}, True)
    assert "promotion" not in listed
    reading = replace(staged, promotion={"include_non_interactive": True})
    assert configuration(LEGACY, reading)["conditional_access_policies"]["promotion"] == reading.promotion
    at_once = configuration(LEGACY, ENFORCING)["conditional_access_policies"]
    assert {"rollout", "promote"} & set(at_once) == set()


def test_without_enforcement_there_is_no_rollout() -> None:
    """A rollout ends with an enforced policy, which is refused where none is to be."""
    own = {"block_legacy_authentication": {"rollout": {"soak_days": 1}}}
    listed = configuration(own, replace(STAGING, rollout={"soak_days": 14}, promote=True))
    assert {"rollout", "promote"} & set(listed["conditional_access_policies"]) == set()
    assert "rollout" not in only_policy(own)
    assert only_policy(own, ENFORCING)["rollout"] == {"soak_days": 1}
    not_enforced = {"block_legacy_authentication": {"enforce": False, "rollout": {"soak_days": 1}}}
    assert "rollout" not in only_policy(not_enforced, ENFORCING)


@pytest.mark.parametrize(
    ("wish", "overrides", "said"),
    [
        (replace(STAGING, profile="old"), None, "signin_baseline_profile: 'old' is none of modern, seed_2021."),
        (
            replace(STAGING, license_tier="p3"),
            None,
            "signin_baseline_license_tier: 'p3' is none of auto, free, p1, p2.",
        ),
        (STAGING, "x", "signin_baseline_policy_overrides: a dictionary of settings"),
        (
            STAGING,
            {"block_legacy_authentication": True},
            "signin_baseline_policy_overrides.block_legacy_authentication: a",
        ),
        (STAGING, {"block_legacy_authentication": {"conditions": "x"}}, ".conditions: a dictionary is expected."),
        (STAGING, {"block_legacy_authentication": {"conditions": {"users": []}, "rollout": "x"}}, ".rollout: a dict"),
        (STAGING, {"block_legacy_authentication": {"enabled": "perhaps"}}, ".enabled: 'perhaps' is neither true nor"),
    ],
)
def test_what_has_the_wrong_form_is_named(wish: Wish, overrides: t.Any, said: str) -> None:
    """Where a play has checked the variables of another tenant, nobody has looked at these before."""
    assert said in only_problem(LEGACY, wish, overrides)


def test_a_tier_that_there_is_not_is_named_where_the_tiers_bring_the_policies() -> None:
    found = signin_baseline_configuration(
        {}, tenant_info={"license": {"tier": "p1", "reason": ""}}, license_tier="p3", tiers={"p1": {}}
    )
    assert found["problems"] == ["signin_baseline_license_tier: 'p3' is none of auto, free, p1, p2."]
