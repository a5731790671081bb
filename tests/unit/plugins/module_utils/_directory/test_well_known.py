# Copyright: (c) 2026, m365.entra contributors
# GNU General Public License v3.0+ (see COPYING or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later
"""Objects with the same id everywhere."""

from __future__ import annotations

import pytest

from ansible_collections.m365.entra.plugins.module_utils._directory import well_known
from ansible_collections.m365.entra.plugins.module_utils._reconcile.canonical import is_guid


@pytest.mark.parametrize(
    "table", [well_known.APPLICATIONS, well_known.AUTHENTICATION_STRENGTHS, well_known.LOCATIONS], ids=len
)
def test_ids_are_unique_lower_case_guids(table: dict[str, str]) -> None:
    assert len(set(table.values())) == len(table) == len({name.lower() for name in table})
    assert [value for value in table.values() if not is_guid(value) or value != value.lower()] == []


def test_azure_management_is_the_application_of_the_template() -> None:
    """Facts appendix D, Require multifactor authentication for Azure management."""
    name = "Windows Azure Service Management API"
    assert well_known.APPLICATIONS[name] == "797f4846-ba00-4fd7-ba43-dac1f8f63013"
