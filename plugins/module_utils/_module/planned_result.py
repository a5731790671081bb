# Copyright: (c) 2026, m365.entra contributors
# GNU General Public License v3.0+ (see COPYING or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later

"""What a task returns of a plan that already speaks in names: changed, plan, its status, the guards, the diff."""

from __future__ import annotations

import typing as t

from .._reconcile.action import Plan
from .._reconcile.present import plan_diff, plan_result
from .._reconcile.shape import Json
from .._spec.protocol import ModuleProtocol


def planned_result(module: ModuleProtocol, plan: Plan, guards: t.Sequence[Json]) -> dict[str, t.Any]:
    """The members that are the same for every such task."""
    result: dict[str, t.Any] = {
        "changed": not plan.is_empty,
        "plan": plan_result(plan, _as_it_is),
        "plan_status": _status(plan, check_mode=module.check_mode),
        "guards": list(guards),
    }
    if module.diff:
        result["diff"] = plan_diff(plan, _as_it_is)
    return result


def _as_it_is(_path: str, value: t.Any) -> t.Any:
    return value


def _status(plan: Plan, *, check_mode: bool) -> str:
    if plan.is_empty:
        return "nothing_to_do"
    return "changes_pending" if check_mode else "changed"
