# Copyright: (c) 2026, m365.entra contributors
# GNU General Public License v3.0+ (see COPYING or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later
"""The tenant must be the one that was named."""

from __future__ import annotations

import pytest

from ansible_collections.m365.entra.plugins.module_utils._graph.errors import GuardRefused
from ansible_collections.m365.entra.plugins.module_utils._guard.tenant_identity import (
    check_identity,
    require_named_tenant,
)
from ansible_collections.m365.entra.plugins.module_utils._resources.organization import Organization
from ansible_collections.m365.entra.tests.unit.plugins.module_utils.support.fake_session import FakeSession
from ansible_collections.m365.entra.tests.unit.plugins.module_utils.support.ids import OTHER_TENANT, TENANT

CONTOSO = Organization(TENANT, "Contoso", ("Contoso.example", "contoso.onmicrosoft.example"))


@pytest.mark.parametrize("named", [TENANT, "contoso.example", "contoso.onmicrosoft.example"])
def test_named_by_id_or_domain(named: str) -> None:
    check_identity(named, TENANT, CONTOSO)


@pytest.mark.parametrize(
    ("named", "token_tenant"),
    [
        (OTHER_TENANT, TENANT),
        (TENANT, OTHER_TENANT),
        (TENANT, ""),
        ("fabrikam.example", TENANT),
        ("example", TENANT),
        ("", TENANT),
        ("contoso.example", OTHER_TENANT),
    ],
)
def test_other_tenants_are_refused(named: str, token_tenant: str) -> None:
    with pytest.raises(GuardRefused, match=f"^tenant_id: {named} was named") as failure:
        check_identity(named, token_tenant, CONTOSO)
    assert f"{TENANT} (Contoso)" in failure.value.message
    assert "Nothing was written" in failure.value.remedy


def test_one_read() -> None:
    session = FakeSession()
    require_named_tenant(session)
    assert session.requests == [("GET", "/organization")]


def test_service_that_answers_for_another_tenant() -> None:
    session = FakeSession()
    session.collections["/organization"][0]["id"] = OTHER_TENANT
    with pytest.raises(GuardRefused):
        require_named_tenant(session)
