# Copyright: (c) 2026, m365.entra contributors
# GNU General Public License v3.0+ (see COPYING or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later

"""A write to the portal's services: the whole object, with what was not asked for as it came."""

from __future__ import annotations

import typing as t
from dataclasses import replace

from .._reconcile.action import Action
from .._reconcile.shape import Json
from .._settings.setting_plan import SettingPlan
from .setting import Setting, update_action

ToTheWire = t.Callable[[Json, Json, Json], Json]


def portal_action(setting: Setting, plan: SettingPlan, method: str, to_the_wire: ToTheWire) -> Action:
    """The write of a planned setting, whose identifier is its address; its undo puts back what the write changes.

    Raises ValueError for a plan of what was not read.
    """
    if plan.current is None or plan.content is None:
        raise ValueError("the portal's objects are there and stay there")
    current = plan.current

    body = to_the_wire(current.raw, current.content, plan.content)
    back = to_the_wire(body, plan.content, current.content)
    action = update_action(setting, plan, current.identifier, (body, back))

    def through_the_portal(action: Action, read: Json) -> Action:
        return replace(action, portal_method=method, portal_scope=current.scope, portal_read=read)

    undo = None if action.undo is None else through_the_portal(action.undo, body)
    return replace(through_the_portal(action, current.raw), undo=undo)
