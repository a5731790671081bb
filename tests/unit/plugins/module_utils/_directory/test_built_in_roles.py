# Copyright: (c) 2026, m365.entra contributors
# GNU General Public License v3.0+ (see COPYING or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later
"""The table of built-in roles."""

from __future__ import annotations

from ansible_collections.m365.entra.plugins.module_utils._directory.built_in_roles import BUILT_IN_ROLES
from ansible_collections.m365.entra.plugins.module_utils._directory.roles import plain
from ansible_collections.m365.entra.plugins.module_utils._reconcile.canonical import is_guid


def test_table_is_complete_and_unambiguous() -> None:
    assert len(BUILT_IN_ROLES) == 143
    assert len(set(BUILT_IN_ROLES.values())) == 143
    assert len({plain(name) for name in BUILT_IN_ROLES}) == 143


def test_ids_are_lower_case_guids() -> None:
    assert [value for value in BUILT_IN_ROLES.values() if not is_guid(value) or value != value.lower()] == []
