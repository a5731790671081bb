# Copyright: (c) 2026, m365.entra contributors
# GNU General Public License v3.0+ (see COPYING or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later
"""Names of options, and members of a part."""

from __future__ import annotations

import pytest

from ansible_collections.m365.entra.plugins.module_utils._reconcile.shape import Part, Text, snake_case


@pytest.mark.parametrize(
    ("name", "option"),
    [
        ("displayName", "display_name"),
        ("includeAuthenticationContextClassReferences", "include_authentication_context_class_references"),
        ("state", "state"),
        ("isEnabled", "is_enabled"),
        ("builtInControls", "built_in_controls"),
        ("includeGuestsOrExternalUsers", "include_guests_or_external_users"),
    ],
)
def test_option_name_is_the_snake_case_of_graphs_name(name: str, option: str) -> None:
    assert snake_case(name) == option
    assert Text(name).option == option


def test_part_finds_its_members_by_graphs_name() -> None:
    part = Part("users", (Text("includeUsers"), Text("excludeUsers")))
    assert part.field("excludeUsers") == Text("excludeUsers")
    assert part.field("exclude_users") is None
