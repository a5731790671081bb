# Copyright: (c) 2026, m365.entra contributors
# GNU General Public License v3.0+ (see COPYING or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later
"""Roles that a tenant made are refused with the option path; built-in ones, known to us or not, are accepted."""

from __future__ import annotations

import pytest

from ansible_collections.m365.entra.plugins.module_utils._directory.directory import Directory
from ansible_collections.m365.entra.plugins.module_utils._graph.errors import OptionError
from ansible_collections.m365.entra.plugins.module_utils._guard.custom_roles import require_built_in_roles
from ansible_collections.m365.entra.plugins.module_utils._policy.references import NamedReference
from ansible_collections.m365.entra.tests.unit.plugins.module_utils.support import ids
from ansible_collections.m365.entra.tests.unit.plugins.module_utils.support.fake_session import FakeSession

ROLES = "/roleManagement/directory/roleDefinitions"
CUSTOM = "77777777-0000-4000-8000-000000000001"
NEW = "77777777-0000-4000-8000-000000000002"


def checked(*values: str) -> None:
    """Have roles checked that stand at roles[0], roles[1], ..."""
    session = FakeSession()
    session.collections[ROLES] = [
        {"id": CUSTOM, "templateId": CUSTOM, "displayName": "Key keeper", "isBuiltIn": False},
        {"id": NEW, "templateId": NEW, "displayName": "Brand new Administrator", "isBuiltIn": True},
    ]
    directory = Directory(session)
    mentions = [NamedReference("role", value, f"roles[{index}]") for index, value in enumerate(values)]
    others = [NamedReference("group", ids.STAFF, "groups[0]")]
    directory.resolve([*mentions, *others])
    require_built_in_roles([*mentions, *others], directory)


def test_built_in_roles_are_accepted() -> None:
    checked("Global Administrator", ids.GLOBAL_ADMINISTRATOR, "Brand new Administrator", NEW)


@pytest.mark.parametrize("value", ["Key keeper", CUSTOM])
def test_custom_role_is_refused(value: str) -> None:
    with pytest.raises(OptionError) as failure:
        checked("Global Administrator", value, "Key keeper")
    assert failure.value.message == (
        f"roles[1]: {value!r} is a custom role of this tenant; roles[2]: 'Key keeper' is a custom role of this tenant."
    )
    assert "group" in failure.value.remedy
