# Copyright: (c) 2026, m365.entra contributors
# GNU General Public License v3.0+ (see COPYING or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later
"""What Step 1 asks for stands once, in an order that the report keeps; assessments test the predicates themselves."""

from __future__ import annotations

from ansible_collections.m365.entra.plugins.module_utils._directory.roles import ADMINISTRATOR_ROLES
from ansible_collections.m365.entra.plugins.module_utils._policy.requirements import requirements_of


def test_requirements_have_distinct_names_and_statements() -> None:
    found = requirements_of(ADMINISTRATOR_ROLES)
    assert len({one.name for one in found}) == len({one.statement for one in found}) == len(found) == 5


def test_security_defaults_cover_what_every_tier_has() -> None:
    for one in requirements_of(ADMINISTRATOR_ROLES):
        assert one.by_security_defaults is ("free" in one.tiers)
