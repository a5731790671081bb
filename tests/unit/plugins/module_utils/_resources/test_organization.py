# Copyright: (c) 2026, m365.entra contributors
# GNU General Public License v3.0+ (see COPYING or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later
"""Who the tenant says it is."""

from __future__ import annotations

import pytest

from ansible_collections.m365.entra.plugins.module_utils._graph.errors import EntraError
from ansible_collections.m365.entra.plugins.module_utils._resources.organization import Organization, read_organization
from ansible_collections.m365.entra.tests.unit.plugins.module_utils.support.fake_session import FakeSession
from ansible_collections.m365.entra.tests.unit.plugins.module_utils.support.ids import TENANT


def test_organization_is_one_read() -> None:
    session = FakeSession()
    assert read_organization(session) == Organization(TENANT, "Contoso", ("contoso.example",))
    assert session.requests == [("GET", "/organization")]


@pytest.mark.parametrize("count", [0, 2])
def test_exactly_one_is_expected(count: int) -> None:
    session = FakeSession()
    session.collections["/organization"] *= count
    with pytest.raises(EntraError, match=f"{count} organizations"):
        read_organization(session)
