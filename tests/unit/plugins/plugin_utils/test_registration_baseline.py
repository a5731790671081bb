# Copyright: (c) 2026, m365.entra contributors
# GNU General Public License v3.0+ (see COPYING or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later
"""What the baseline means for MFA registration and password reset, by profile, tier and consent."""

from __future__ import annotations

import typing as t
from dataclasses import replace

import pytest
from hypothesis import given
from hypothesis import strategies as some

from ansible_collections.m365.entra.plugins.plugin_utils._registration_baseline import (
    Circumstances,
    Registration,
    has_credential,
    mfa_registration,
    self_service_password_reset,
)

Json = dict[str, t.Any]

USER, GROUP = "emergency-access-1@contoso.example", "Emergency access accounts"
STAGING = Circumstances("p2", emergency_access_users=[USER], emergency_access_groups=[GROUP])
ENFORCING = replace(STAGING, enforce=True, has_portal_credential=True)
SEED = replace(ENFORCING, profile="seed_2021")

POLICY: Json = {"is_enabled": True, "include_all_users": True, "exclude_groups": [GROUP]}
CAMPAIGN: Json = {
    "registration_enforcement": {
        "authentication_methods_registration_campaign": {
            "state": "enabled",
            "exclude_targets": {"add": [GROUP, {"id": USER, "target_type": "user"}]},
        }
    }
}
SEED_RESET: Json = {"enablement_type": "all", "read_audit_log": False}
RESET: Json = {
    "read_audit_log": False,
    "enablement_type": "all",
    "number_of_authentication_methods_required": 2,
    "registration_required_on_sign_in": True,
    "registration_reconfirm_interval_in_days": 180,
    "notify_users_on_password_reset": True,
    "notify_on_admin_password_reset": True,
}


def registration(circumstances: Circumstances, settings: Json | None = None) -> Registration:
    """Return what MFA registration amounts to."""
    return mfa_registration(settings or {}, "our_settings", circumstances)


def reset(circumstances: Circumstances, settings: Json | None = None) -> Registration:
    """Return what password reset amounts to."""
    return self_service_password_reset(settings or {}, "our_settings", circumstances)


@pytest.mark.parametrize(
    ("profile", "tier", "enforce", "expected"),
    [
        ("seed_2021", "free", False, {}),
        ("seed_2021", "free", True, {}),
        ("seed_2021", "p1", False, {}),
        ("seed_2021", "p1", True, {}),
        ("seed_2021", "p2", False, {"mfa_registration_policy": POLICY}),
        ("seed_2021", "p2", True, {"mfa_registration_policy": POLICY}),
        ("modern", "free", False, {}),
        ("modern", "free", True, {"authentication_methods_policy": CAMPAIGN}),
        ("modern", "p1", False, {}),
        ("modern", "p1", True, {"authentication_methods_policy": CAMPAIGN}),
        ("modern", "p2", False, {"mfa_registration_policy": POLICY}),
        ("modern", "p2", True, {"mfa_registration_policy": POLICY, "authentication_methods_policy": CAMPAIGN}),
    ],
)
def test_what_a_profile_means_for_registration(profile: str, tier: str, enforce: bool, expected: Json) -> None:
    found = registration(replace(STAGING, profile=profile, tier=tier, enforce=enforce))
    assert (found.options, found.problems) == (expected, ())


@pytest.mark.parametrize(
    ("profile", "tier", "expected"),
    [
        ("seed_2021", "free", {}),
        ("seed_2021", "p1", SEED_RESET),
        ("seed_2021", "p2", SEED_RESET),
        ("modern", "free", {}),
        ("modern", "p1", RESET),
        ("modern", "p2", RESET),
    ],
)
@pytest.mark.parametrize("enforce", [False, True])
def test_what_a_profile_means_for_password_reset(profile: str, tier: str, enforce: bool, expected: Json) -> None:
    found = reset(replace(STAGING, profile=profile, tier=tier, enforce=enforce))
    assert found.options == ({"self_service_password_reset": expected} if expected else {})
    assert found.problems == ()


@pytest.mark.parametrize("part", [registration, reset])
def test_what_is_switched_off_asks_nothing_and_says_nothing(part: t.Callable[..., Registration]) -> None:
    assert part(ENFORCING, {"enabled": False}) == Registration()
    assert part(ENFORCING, {"enabled": "no"}) == Registration()


def test_without_emergency_access_nobody_is_excluded() -> None:
    found = registration(Circumstances("p2", enforce=True)).options
    assert found["mfa_registration_policy"] == {"is_enabled": True, "include_all_users": True}
    campaign = found["authentication_methods_policy"]["registration_enforcement"]
    assert campaign == {"authentication_methods_registration_campaign": {"state": "enabled"}}


def test_a_cloud_without_the_campaign_gets_none_and_is_told_so() -> None:
    found = registration(replace(ENFORCING, cloud="china"))
    assert set(found.options) == {"mfa_registration_policy"}
    assert found.notes == ("Microsoft's cloud china has no registration campaign.",)


@pytest.mark.parametrize(
    ("tier", "part", "noun", "licence"),
    [
        ("free", registration, "mfa_registration_policy", "P2"),
        ("p1", registration, "mfa_registration_policy", "P2"),
        ("free", reset, "self_service_password_reset", "P1"),
    ],
)
def test_a_missing_licence_is_said(tier: str, part: t.Callable[..., Registration], noun: str, licence: str) -> None:
    (note,) = part(replace(SEED, tier=tier)).notes
    assert note.startswith(f"{noun}: not asked for, because it needs Microsoft Entra ID {licence}")


def test_settings_are_laid_over_the_meaning() -> None:
    settings = {
        "mfa_registration_policy": {"exclude_groups": ["Kiosks"], "registration_window_in_days": 7},
        "authentication_methods_policy": {
            "policy_migration_state": "migrationComplete",
            "registration_enforcement": {"authentication_methods_registration_campaign": {"state": "disabled"}},
        },
    }
    found = registration(ENFORCING, settings).options
    assert found["mfa_registration_policy"] == {
        **POLICY,
        "exclude_groups": ["Kiosks"],
        "registration_window_in_days": 7,
    }
    methods = found["authentication_methods_policy"]
    campaign = methods["registration_enforcement"]["authentication_methods_registration_campaign"]
    assert methods["policy_migration_state"] == "migrationComplete"
    assert campaign["state"] == "disabled"
    assert campaign["exclude_targets"]["add"][0] == GROUP


def test_null_leaves_a_part_alone() -> None:
    settings = {"mfa_registration_policy": None, "authentication_methods_policy": None}
    assert registration(ENFORCING, settings) == Registration()


def test_a_tier_without_the_licence_judges_what_is_given() -> None:
    found = registration(replace(STAGING, tier="p1"), {"mfa_registration_policy": {"is_enabled": True}})
    assert found.options == {"mfa_registration_policy": {"is_enabled": True}}
    assert reset(replace(STAGING, tier="free"), {"enablement_type": "all"}).options == {
        "self_service_password_reset": {"enablement_type": "all"}
    }


def test_how_it_is_judged_is_nothing_to_judge() -> None:
    assert reset(replace(STAGING, tier="free"), {"on_unknown": "fail"}).options == {}


@pytest.mark.parametrize(
    ("name", "value"),
    [
        ("authentication_methods_policy", {"policy_migration_state": "migrationComplete"}),
        ("authentication_method_configurations", [{"id": "Sms", "method_state": "disabled"}]),
        ("per_user_mfa", {}),
    ],
)
def test_what_is_written_waits_for_consent(name: str, value: t.Any) -> None:
    seed = replace(SEED, enforce=False, enforce_variable="our_enforce")
    waiting = registration(seed, {name: value})
    assert name not in waiting.options
    assert [note for note in waiting.notes if "left alone until our_enforce is true" in note] == list(waiting.notes)
    assert len(waiting.notes) == 1
    assert registration(SEED, {name: value}).options[name] == value


def test_the_portal_is_written_with_consent_and_keeps_whom_others_excluded() -> None:
    found = registration(ENFORCING, {"mfa_registration_policy": {"lane": "portal"}})
    assert found.options["mfa_registration_policy"] == {**POLICY, "exclude_groups": {"add": [GROUP]}, "lane": "portal"}
    assert reset(ENFORCING, {"lane": "portal"}).options == {"self_service_password_reset": {**RESET, "lane": "portal"}}


def test_without_consent_the_portal_becomes_evidence() -> None:
    staging = replace(STAGING, has_portal_credential=True)
    policy = registration(staging, {"mfa_registration_policy": {"lane": "portal"}})
    assert policy.options == {"mfa_registration_policy": {**POLICY, "lane": "evidence"}}
    found = reset(staging, {"lane": "portal"})
    assert found.options == {"self_service_password_reset": {**RESET, "lane": "evidence"}}
    (note,) = found.notes
    assert "judged by evidence, and written by the portal once signin_baseline_enforce is true" in note


@pytest.mark.parametrize(
    ("part", "circumstances", "settings", "words"),
    [
        (registration, ENFORCING, {"campaign": {}}, ["our_settings: unknown setting campaign", "Known are", "enabled"]),
        (reset, ENFORCING, {"enablement": "all"}, ["unknown setting enablement", "enablement_type"]),
        (reset, ENFORCING, {"enabled": False, "enablement": "all"}, ["unknown setting enablement"]),
        (registration, ENFORCING, {"per_user_mfa": True}, ["per_user_mfa must be a dictionary", "null"]),
        (
            registration,
            ENFORCING,
            {"authentication_method_configurations": {}},
            ["authentication_method_configurations must be a list"],
        ),
        (reset, STAGING, {"lane": "portal"}, ["lane portal", "entra_portal.refresh_token_path", "lane evidence"]),
        (
            registration,
            replace(ENFORCING, tier="p1"),
            {"mfa_registration_policy": {"lane": "portal"}},
            ["mfa_registration_policy is wanted by lane portal", "Microsoft Entra ID P2", "tier applied is p1"],
        ),
        (reset, replace(ENFORCING, tier="free"), {"lane": "portal"}, ["Microsoft Entra ID P1", "tier applied is free"]),
    ],
)
def test_problems_name_variable_cause_and_remedy(
    part: t.Callable[..., Registration], circumstances: Circumstances, settings: Json, words: list[str]
) -> None:
    (problem,) = part(circumstances, settings).problems
    assert [word for word in ["our_settings: ", *words] if word not in problem] == []


def test_all_problems_are_named_at_once() -> None:
    circumstances = replace(ENFORCING, tier="p1", has_portal_credential=False)
    assert len(registration(circumstances, {"mfa_registration_policy": {"lane": "portal"}}).problems) == 2
    assert len(registration(circumstances, {"one": 1, "per_user_mfa": 1}).problems) == 2


@pytest.mark.parametrize(
    ("portal", "expected"),
    [
        (None, False),
        ({"url": "https://localhost"}, False),
        ({"refresh_token": ""}, False),
        ({"access_token": "a"}, True),
        ("token", False),
    ],
)
def test_only_a_credential_is_a_credential(portal: t.Any, expected: bool) -> None:
    assert has_credential(portal) is expected


_LANES = some.sampled_from([{}, {"lane": "evidence"}, {"lane": "portal"}])
_PARTS = some.fixed_dictionaries(
    {},
    optional={
        "mfa_registration_policy": _LANES,
        "authentication_methods_policy": some.just({"policy_migration_state": "migrationComplete"}),
        "per_user_mfa": some.just({}),
    },
)


@given(
    tier=some.sampled_from(["free", "p1", "p2"]),
    profile=some.sampled_from(["modern", "seed_2021"]),
    parts=_PARTS,
    reset_lane=_LANES,
)
def test_staging_never_asks_for_a_write(tier: str, profile: str, parts: Json, reset_lane: Json) -> None:
    staging = replace(STAGING, tier=tier, profile=profile, has_portal_credential=True)
    options = registration(staging, parts).joined(reset(staging, reset_lane)).options
    assert set(options) <= {"mfa_registration_policy", "self_service_password_reset"}
    assert "portal" not in [policy.get("lane") for policy in options.values()]
