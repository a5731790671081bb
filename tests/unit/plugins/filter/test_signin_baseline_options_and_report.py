# Copyright: (c) 2026, m365.entra contributors
# GNU General Public License v3.0+ (see COPYING or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later
"""The filters that give tenant_configuration its options and make the report of what it found."""

from __future__ import annotations

import typing as t

import pytest
from ansible.errors import AnsibleFilterError

from ansible_collections.m365.entra.plugins.filter.signin_baseline_configuration import signin_baseline_configuration
from ansible_collections.m365.entra.plugins.filter.signin_baseline_options import signin_baseline_options
from ansible_collections.m365.entra.plugins.filter.signin_baseline_report import signin_baseline_report

CONFIGURATION: dict[str, t.Any] = {
    "problems": [],
    "license_tier": "p1",
    "license_found": "p2",
    "notes": ["left alone"],
    "exceptions": [],
    "security_defaults": {"is_enabled": False},
}
RESULT: dict[str, t.Any] = {
    "changed": True,
    "plan": [{"action": "update"}],
    "tenant_configuration": {
        "assessment": {"results": [], "requirements": []},
        "security_defaults": {"is_enabled": False},
        "conditional_access_policies": [],
        "per_user_mfa": {"users": []},
    },
}
INFO: dict[str, t.Any] = {"tenant_id": "t", "display_name": "Contoso", "license": {"tier": "p2"}}


def report(**values: t.Any) -> dict[str, t.Any]:
    given: dict[str, t.Any] = {"tenant_info": INFO, "configuration": CONFIGURATION, "enforce": "yes", **values}
    return signin_baseline_report(RESULT, tenant="contoso", profile="modern", check_mode=True, **given)


def test_options_are_what_the_module_takes() -> None:
    """The licence is the one found: the tier that is applied may be lower."""
    expected = {"license_tier": "p2", "security_defaults": {"is_enabled": False}}
    assert signin_baseline_options(CONFIGURATION) == expected


def test_problems_are_told() -> None:
    with pytest.raises(AnsibleFilterError, match=r"^Nobody is excluded\. Nothing was written\."):
        signin_baseline_options({"problems": ["Nobody is excluded."]})


def test_report_tells_what_was_found_and_asked() -> None:
    found = report()
    assert (found["tenant"], found["license_tier"], found["enforce"], found["changed"]) == ("contoso", "p1", True, True)
    assert (found["plan"], found["notes"], found["rollout"]) == ([{"action": "update"}], ["left alone"], [])
    assert found["per_user_mfa"] == {"users": []}
    assert {"mfa_registration_policy", "administrators_group", "revoke_sign_in_sessions"}.isdisjoint(found)


def test_report_tells_what_was_done_around_the_plan() -> None:
    found = report(administrators_group={"name": "Administrators"}, revoke_sign_in_sessions={})
    assert found["administrators_group"] == {"name": "Administrators"}
    assert "revoke_sign_in_sessions" not in found


def test_what_is_no_result_is_refused() -> None:
    with pytest.raises(AnsibleFilterError, match="'display_name' is missing"):
        report(tenant_info={"tenant_id": "t"})


@pytest.mark.parametrize(("given", "applied"), [("auto", "p1"), ("free", "free")])
def test_tier_brings_its_policies(given: str, applied: str) -> None:
    parts = {"mfa_registration": {"enabled": False}, "self_service_password_reset": {"enabled": False}}
    tiers = {
        "free": {"policies": {}, **parts},
        "p1": {"policies": {"block_legacy_authentication": {}}, **parts},
        "p2": {"policies": {"require_mfa_for_risky_sign_ins": {}}, **parts},
    }
    found = signin_baseline_configuration(
        {"require_compliant_device": {}},
        tenant_info={"license": {"tier": "p1", "reason": "AAD_PREMIUM"}},
        license_tier=given,
        emergency_access_users=["emergency@contoso.example"],
        tiers=tiers,
    )
    policies = found["conditional_access_policies"]["policies"]
    assert found["license_tier"] == applied
    assert [one["template"] for one in policies] == list(tiers[applied]["policies"])
