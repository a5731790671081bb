# Copyright: (c) 2026, m365.entra contributors
# GNU General Public License v3.0+ (see COPYING or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later
"""Roles by name."""

from __future__ import annotations

import pytest

from ansible_collections.m365.entra.plugins.module_utils._directory.roles import (
    ADMINISTRATOR_ROLES,
    FURTHER_ADMINISTRATOR_ROLES,
    SEED_ADMINISTRATOR_ROLES,
    built_in_role_id,
    built_in_role_name,
    plain,
    role_ids,
)
from ansible_collections.m365.entra.tests.unit.plugins.module_utils.support.ids import GLOBAL_ADMINISTRATOR


@pytest.mark.parametrize(
    "name", ["Global Administrator", "global administrator", "GlobalAdministrator", " Global-Administrator "]
)
def test_spelling_variants_mean_one_role(name: str) -> None:
    assert built_in_role_id(name) == GLOBAL_ADMINISTRATOR


@pytest.mark.parametrize(
    ("name", "identifier"),
    [
        ("SharePoint Administrator", "f28a1f50-f6e7-4571-818b-6a12f2af6b6c"),
        ("Dynamics 365 Administrator", "44367163-eba1-44c3-98af-f5787879f96a"),
        ("Directory Synchronization Accounts", "d29b2b05-8046-44ba-8758-1e26182fcf32"),
    ],
)
def test_names_and_ids_lead_to_each_other(name: str, identifier: str) -> None:
    assert built_in_role_id(name) == identifier
    assert built_in_role_name(identifier) == name


def test_unknown_role() -> None:
    assert built_in_role_id("Emperor") is None
    assert built_in_role_name("Emperor") is None


def test_sets_of_administrators() -> None:
    assert len(set(ADMINISTRATOR_ROLES)) == 14
    assert len(set(ADMINISTRATOR_ROLES + FURTHER_ADMINISTRATOR_ROLES)) == 19
    assert set(SEED_ADMINISTRATOR_ROLES) < set(ADMINISTRATOR_ROLES)


def test_ids_of_roles_are_sorted_and_complete() -> None:
    found = role_ids(ADMINISTRATOR_ROLES)
    assert found == sorted(found)
    assert len(set(found)) == 14
    with pytest.raises(KeyError):
        role_ids(("Emperor",))


def test_plain_keeps_letters_and_digits() -> None:
    assert plain("Dynamics 365 - Business/Central") == "dynamics365businesscentral"
