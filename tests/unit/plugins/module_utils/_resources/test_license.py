# Copyright: (c) 2026, m365.entra contributors
# GNU General Public License v3.0+ (see COPYING or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later
"""The tier of a tenant as a table of subscriptions (facts section 8.3)."""

from __future__ import annotations

import typing as t

import pytest

from ansible_collections.m365.entra.plugins.module_utils._resources.license import covers, decide_license, read_license
from ansible_collections.m365.entra.tests.unit.plugins.module_utils.support.fake_session import (
    P1,
    P2,
    FakeSession,
    subscription,
)

Json = dict[str, t.Any]
MFA_PREMIUM = "8a256a2b-b617-496d-b51b-e76466e88db0"


def plans(**statuses: str) -> list[Json]:
    """Service plans with their provisioning status."""
    known = {"p1": P1, "p2": P2}
    return [{"servicePlanId": known[name], "provisioningStatus": status} for name, status in statuses.items()]


def units(enabled: int, warning: int = 0, suspended: int = 0) -> Json:
    """Bought seats by their state."""
    return {"enabled": enabled, "warning": warning, "suspended": suspended}


@pytest.mark.parametrize(
    ("subscriptions", "tier"),
    [
        ([], "free"),
        ([subscription("ENTERPRISEPACK", MFA_PREMIUM)], "free"),
        ([subscription("SPE_E3", P1)], "p1"),
        ([subscription("SPE_E5", P1, P2)], "p2"),
        ([subscription("IDENTITY_THREAT_PROTECTION", P2)], "p2"),
        ([subscription("SPB", P1), subscription("AAD_PREMIUM_P2", P2)], "p2"),
        ([subscription("SPE_E3", P1.upper())], "p1"),
        ([subscription("SPE_E3", P1, status="Warning")], "p1"),
        ([subscription("SPE_E3", P1, status="warning", prepaidUnits=units(0, 5))], "p1"),
        ([subscription("SPE_E3", P1, status="Suspended")], "free"),
        ([subscription("SPE_E3", P1, status="LockedOut")], "free"),
        ([subscription("SPE_E3", P1, status="Deleted")], "free"),
        ([subscription("SPE_E3", P1, capabilityStatus=None)], "free"),
        ([subscription("SPE_E3", P1, prepaidUnits=units(0))], "free"),
        ([subscription("SPE_E3", P1, prepaidUnits=units(0, 0, 25))], "free"),
        ([subscription("SPE_E3", P1, prepaidUnits=None)], "free"),
        ([subscription("SPE_E5", servicePlans=plans(p1="Success", p2="Disabled"))], "p1"),
        ([subscription("SPE_E5", servicePlans=plans(p1="Error", p2="Disabled"))], "free"),
        ([subscription("SPE_E5", servicePlans=plans(p2="PendingInput"))], "p2"),
        ([subscription("SPE_E5", servicePlans=plans(p1="PendingProvisioning"))], "p1"),
        ([subscription("SPE_E5", P2, status="Suspended"), subscription("SPB", P1)], "p1"),
        ([subscription("SPE_E5", servicePlans=None)], "free"),
    ],
)
def test_tier(subscriptions: list[Json], tier: str) -> None:
    assert decide_license(subscriptions).tier == tier


def test_products_seats_and_reason() -> None:
    found = decide_license(
        [
            subscription("SPE_E5", P1, P2, prepaidUnits=units(10, 2), consumedUnits=4),
            subscription("AAD_PREMIUM_P2", P2, prepaidUnits=units(5), consumedUnits=None),
            subscription("SPB", P1, prepaidUnits=units(100)),
        ]
    )
    assert found.products == ("AAD_PREMIUM_P2", "SPE_E5")
    assert (found.enabled_units, found.consumed_units) == (17, 4)
    assert found.reason == "Microsoft Entra ID P2 is part of AAD_PREMIUM_P2, SPE_E5."


def test_reason_names_what_is_no_longer_live() -> None:
    found = decide_license([subscription("SPE_E5", P2, status="Suspended"), subscription("ENTERPRISEPACK")])
    assert "SPE_E5 (Suspended)" in found.reason
    assert "ENTERPRISEPACK" not in found.reason
    assert found.products == ()


def test_reason_when_there_never_was_one() -> None:
    assert decide_license([]).reason == "No subscription has Microsoft Entra ID P1 or P2."


@pytest.mark.parametrize(
    ("tier", "needed", "covered"),
    [
        ("free", "free", True),
        ("free", "p1", False),
        ("p1", "p1", True),
        ("p1", "p2", False),
        ("p2", "p1", True),
        ("p2", "p2", True),
    ],
)
def test_higher_tiers_include_lower_ones(tier: str, needed: str, covered: bool) -> None:
    assert covers(tier, needed) is covered


def test_license_is_one_read() -> None:
    session = FakeSession()
    assert read_license(session).tier == "p2"
    assert session.requests == [("GET", "/subscribedSkus")]
