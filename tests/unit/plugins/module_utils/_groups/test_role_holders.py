# Copyright: (c) 2026, m365.entra contributors
# GNU General Public License v3.0+ (see COPYING or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later
"""Who holds roles: people, through groups too, and who is left out."""

from __future__ import annotations

from ansible_collections.m365.entra.plugins.module_utils._directory.principals import (
    GROUP,
    SERVICE_PRINCIPAL,
    UNKNOWN,
    Principal,
    principal_of,
)
from ansible_collections.m365.entra.plugins.module_utils._groups.role_holders import role_holders

ADA, BOB = Principal("ada@contoso.example", "1"), Principal("bob@contoso.example", "2")
OUTER, INNER = Principal("Outer", "3", GROUP), Principal("Inner", "4", GROUP)
ROBOT = Principal("Robot", "5", SERVICE_PRINCIPAL)


def test_everybody_once() -> None:
    found = role_holders([ADA, OUTER, ROBOT], [ADA, BOB, INNER, ROBOT])
    assert found.users == (ADA, BOB)
    assert found.groups == (OUTER,)
    assert found.left_out == (ROBOT,)


def test_ways_to_hold_a_role() -> None:
    found = role_holders([OUTER], [INNER])
    assert [found.come_through(group) for group in ("3", "4", "9")] == [True, True, False]


def test_who_is_unknown_is_left_out_unless_a_group_tells_more() -> None:
    unknown = [Principal("5", "5", UNKNOWN), Principal("6", "6", UNKNOWN)]
    assert role_holders(unknown, [ROBOT]).left_out == (Principal("6", "6", UNKNOWN), ROBOT)


def test_who_only_the_group_can_tell_does_not_leave() -> None:
    found = role_holders([ADA, Principal("2", "2", UNKNOWN), Principal("5", "5", UNKNOWN)], [])
    assert found.users_with([BOB, ROBOT, Principal("eve@contoso.example", "7")]) == (ADA, BOB)


def test_names_by_kind() -> None:
    shown = {"id": "A", "displayName": "Ada", "userPrincipalName": "ada@contoso.example"}
    assert principal_of({**shown, "@odata.type": "#microsoft.graph.user"}) == Principal("ada@contoso.example", "a")
    assert principal_of({**shown, "@odata.type": "#microsoft.graph.group"}) == Principal("Ada", "a", GROUP)
    assert principal_of({"id": "A", "@odata.type": "#microsoft.graph.device"}) == Principal("a", "a", "device")
    assert (ADA.shown, Principal("5", "5", UNKNOWN).shown) == ("ada@contoso.example (1)", "5")
