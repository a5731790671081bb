# Copyright: (c) 2026, m365.entra contributors
# GNU General Public License v3.0+ (see COPYING or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later
"""A plan knows its actions in order."""

from __future__ import annotations

from ansible_collections.m365.entra.plugins.module_utils._reconcile.action import Action, Phase, Plan


def test_actions_come_in_the_order_of_phases() -> None:
    first, second, third = (Action("update", "r", key, key, "/x", "") for key in "abc")
    plan = Plan((Phase("one", (first, second), ()), Phase("two", (third,), ())))
    assert plan.actions == (first, second, third)
    assert not plan.is_empty


def test_plan_without_actions_is_empty() -> None:
    assert Plan(()).is_empty
    assert Plan((Phase("one", (), ()),)).is_empty
