# Copyright: (c) 2026, m365.entra contributors
# GNU General Public License v3.0+ (see COPYING or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later
"""From the variables of the roles for registration to the options of tenant_configuration."""

from __future__ import annotations

import typing as t

import pytest
from ansible.errors import AnsibleFilterError

from ansible_collections.m365.entra.plugins.filter.registration_configuration import registration_configuration


def tenant(tier: str) -> dict[str, t.Any]:
    """Return what tenant_info says of a tenant with this tier."""
    return {"license": {"tier": tier, "reason": "its service plans"}}


def test_options_notes_and_tier_are_returned() -> None:
    found = registration_configuration(
        {},
        role="mfa_registration",
        tenant_info=tenant("p2"),
        emergency_access_groups=["Emergency"],
    )
    assert found == {
        "problems": [],
        "license_tier": "p2",
        "license_found": "p2",
        "notes": [
            "The authentication methods policy with its registration campaign: left alone until "
            "mfa_registration_enforce is true, as there is no report-only."
        ],
        "emergency_access": {"users": [], "groups": ["Emergency"]},
        "mfa_registration_policy": {
            "is_enabled": True,
            "include_all_users": True,
            "exclude_groups": ["Emergency"],
        },
    }


def test_values_come_as_templates_give_them() -> None:
    found = registration_configuration(
        None,
        role="self_service_password_reset",
        tenant_info=tenant("p1"),
        profile="seed_2021",
        enforce=t.cast("bool", "yes"),
        cloud="",
        portal={},
    )
    assert found["self_service_password_reset"] == {"enablement_type": "all", "read_audit_log": False}
    assert "emergency_access" not in found


def test_a_credential_of_the_portal_is_not_handed_on() -> None:
    found = registration_configuration(
        {"lane": "portal"},
        role="self_service_password_reset",
        tenant_info=tenant("p1"),
        enforce=True,
        portal={"refresh_token": "a-secret"},
    )
    assert found["self_service_password_reset"]["lane"] == "portal"
    assert "a-secret" not in str(found)


def test_problems_name_the_variables_of_the_role() -> None:
    found = registration_configuration(
        {"colour": "green"},
        role="self_service_password_reset",
        tenant_info=tenant("free"),
        license_tier="p1",
    )
    assert set(found) == {"problems"}
    tier, unknown = found["problems"]
    assert tier.startswith("self_service_password_reset_license_tier: p1 was given, but the tenant has")
    assert unknown.startswith("self_service_password_reset_settings: unknown setting colour.")


def test_another_role_is_refused() -> None:
    with pytest.raises(AnsibleFilterError, match="'baseline_p1' is none of mfa_registration"):
        registration_configuration({}, role="baseline_p1", tenant_info=tenant("p1"))
