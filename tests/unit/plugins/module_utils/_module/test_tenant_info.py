# Copyright: (c) 2026, m365.entra contributors
# GNU General Public License v3.0+ (see COPYING or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later
"""The body of tenant_info: who a tenant is and what may be done there."""

from __future__ import annotations

import pytest

from ansible_collections.m365.entra.plugins.module_utils._graph.errors import GuardRefused
from ansible_collections.m365.entra.plugins.module_utils._module.tenant_info import SPEC, run
from ansible_collections.m365.entra.tests.unit.plugins.module_utils.support.fake_module import fake_module
from ansible_collections.m365.entra.tests.unit.plugins.module_utils.support.fake_session import (
    SECURITY_DEFAULTS,
    FakeSession,
)
from ansible_collections.m365.entra.tests.unit.plugins.module_utils.support.ids import TENANT


def test_three_reads() -> None:
    session = FakeSession(security_defaults=True, read_only=True)
    result = run(fake_module(SPEC, {}), lambda: session)
    assert session.requests == [("GET", "/organization"), ("GET", "/subscribedSkus"), ("GET", SECURITY_DEFAULTS)]
    assert result["changed"] is False
    info = result["tenant_info"]
    assert (info["tenant_id"], info["display_name"]) == (TENANT, "Contoso")
    assert info["verified_domains"] == ["contoso.example"]
    assert info["license"] == {
        "tier": "p2",
        "reason": "Microsoft Entra ID P2 is part of SPE_E5.",
        "products": ["SPE_E5"],
        "enabled_units": 10,
        "consumed_units": 3,
    }
    assert info["security_defaults"] == {"is_enabled": True}
    assert info["permissions"]["missing"] == []
    assert info["permissions"]["granted"] == sorted(session.permissions)


def test_missing_permissions_are_told() -> None:
    session = FakeSession(permissions=frozenset({"Policy.Read.All", "Organization.Read.All"}))
    missing = run(fake_module(SPEC, {}), lambda: session)["tenant_info"]["permissions"]["missing"]
    assert "writing Conditional Access policies" in [one["needed_for"] for one in missing]


@pytest.mark.parametrize("permissions", [{"Policy.Read.All"}, {"Organization.Read.All"}, set()])
def test_permissions_for_the_reading_itself(permissions: set[str]) -> None:
    session = FakeSession(permissions=frozenset(permissions))
    with pytest.raises(GuardRefused):
        run(fake_module(SPEC, {}), lambda: session)
    assert session.requests == []


def test_wrong_tenant_is_not_described() -> None:
    session = FakeSession(tenant_id="fabrikam.example")
    with pytest.raises(GuardRefused, match="fabrikam"):
        run(fake_module(SPEC, {}), lambda: session)
