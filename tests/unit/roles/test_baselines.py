# Copyright: (c) 2026, m365.entra contributors
# GNU General Public License v3.0+ (see COPYING or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later
"""The data of the roles: what they promise in their argument specs, and which policies each tier brings."""

from __future__ import annotations

import typing as t
from pathlib import Path

import pytest
import yaml

from ansible_collections.m365.entra.plugins.module_utils._spec.portal_options import PORTAL
from ansible_collections.m365.entra.plugins.plugin_utils._signin_baseline import TIERS, Wish, baseline_configuration

ROLES = Path(__file__).resolve().parents[3] / "roles"
NAMES = sorted(path.name for path in ROLES.iterdir() if (path / "meta").is_dir())
SEED_P1 = {"require_mfa_for_administrators", "require_mfa_for_all_users", "block_legacy_authentication"}
SEED_P2 = SEED_P1 | {"require_mfa_for_risky_sign_ins", "require_password_change_for_high_risk_users"}
MODERN = {
    "block_device_code_flow",
    "block_authentication_transfer",
    "secure_security_information_registration",
    "require_mfa_for_device_registration",
    "require_phishing_resistant_mfa_for_administrators",
}


def load(role: str, file: str) -> dict[str, t.Any]:
    """Return what a YAML file of a role says."""
    return t.cast("dict[str, t.Any]", yaml.safe_load((ROLES / role / file).read_text(encoding="utf-8")))


def templates(tier: str, wish: Wish) -> dict[str, str | None]:
    """Return the templates and states that the role of a tier asks for."""
    policies = load(f"baseline_{tier}", "defaults/main.yml")[f"baseline_{tier}_policies"]
    configuration = baseline_configuration(policies, {}, {"tier": tier, "reason": ""}, wish)
    assert configuration["problems"] == []
    wanted = configuration["conditional_access_policies"]["policies"]
    return {policy["template"]: policy.get("policy_state") for policy in wanted}


@pytest.mark.parametrize("role", NAMES)
def test_defaults_and_argument_specs_name_the_same_variables(role: str) -> None:
    options = load(role, "meta/argument_specs.yml")["argument_specs"]["main"]["options"]
    own = {name for name in options if not name.startswith("entra_")}
    assert own == set(load(role, "defaults/main.yml"))
    assert [name for name in own if not name.startswith(f"{role}_")] == []


@pytest.mark.parametrize("role", NAMES)
def test_argument_specs_tell_the_defaults(role: str) -> None:
    options = load(role, "meta/argument_specs.yml")["argument_specs"]["main"]["options"]
    defaults = load(role, "defaults/main.yml")
    assert {name: option["default"] for name, option in options.items() if "default" in option} == {
        name: defaults[name] for name, option in options.items() if "default" in option
    }


@pytest.mark.parametrize("role", NAMES)
def test_secrets_are_marked_as_such(role: str) -> None:
    for entry in load(role, "meta/argument_specs.yml")["argument_specs"].values():
        for name in ("secret", "password", "federated_token", "access_token"):
            assert all(option.get("no_log") for key, option in entry["options"].items() if key.endswith(name))


def test_secrets_of_the_portal_are_marked_as_such() -> None:
    for entry in load("signin_baseline", "meta/argument_specs.yml")["argument_specs"].values():
        portal = entry["options"].get("entra_portal", {"options": {}})["options"]
        assert all(portal[name]["no_log"] for name in portal if name in {"refresh_token", "access_token"})


def test_the_portal_has_the_options_of_the_module() -> None:
    portal = load("signin_baseline", "meta/argument_specs.yml")["argument_specs"]["main"]["options"]["entra_portal"]
    options = PORTAL.options["portal"]["options"]
    assert {name: option["type"] for name, option in portal["options"].items()} == {
        name: option["type"] for name, option in options.items()
    }


@pytest.mark.parametrize("tier", TIERS)
def test_tiers_switch_registration_and_password_reset_on(tier: str) -> None:
    defaults = load(f"baseline_{tier}", "defaults/main.yml")
    (task,) = t.cast("list[dict[str, t.Any]]", load(f"baseline_{tier}", "tasks/main.yml"))
    for part in ("mfa_registration", "self_service_password_reset"):
        assert defaults[f"baseline_{tier}_{part}"] == {}
        assert task["vars"][f"signin_baseline_{part}"] == f"{{{{ baseline_{tier}_{part} }}}}"


@pytest.mark.parametrize("part", ["mfa_registration", "self_service_password_reset"])
def test_the_engine_alone_leaves_them_off(part: str) -> None:
    assert load("signin_baseline", "defaults/main.yml")[f"signin_baseline_{part}"] == {"enabled": False}


@pytest.mark.parametrize(("tier", "seed"), [("p1", SEED_P1), ("p2", SEED_P2)])
@pytest.mark.parametrize("profile", ["modern", "seed_2021"])
def test_tier_brings_the_policies_of_its_profile(tier: str, seed: set[str], profile: str) -> None:
    wanted = templates(tier, Wish(profile=profile, emergency_access_groups=["Emergency"]))
    assert set(wanted) == (seed | MODERN if profile == "modern" else seed)
    assert set(wanted.values()) == {None}


def test_enforcing_leaves_phishing_resistance_staged() -> None:
    states = templates("p2", Wish(enforce=True, emergency_access_groups=["Emergency"]))
    assert [name for name, state in states.items() if state != "enabled"] == [
        "require_phishing_resistant_mfa_for_administrators"
    ]


def test_p2_holds_everything_of_p1() -> None:
    p1 = load("baseline_p1", "defaults/main.yml")["baseline_p1_policies"]
    p2 = load("baseline_p2", "defaults/main.yml")["baseline_p2_policies"]
    assert {key: p2[key] for key in p1} == p1
