# Copyright: (c) 2026, m365.entra contributors
# GNU General Public License v3.0+ (see COPYING or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later

"""What a task returns of a plan that already speaks in names: changed, plan, its status, the guards, the diff."""

from __future__ import annotations

import typing as t

from .._reconcile.action import Plan
from .._reconcile.present import as_it_is, plan_diff, plan_result, plan_status
from .._reconcile.shape import Json
from .._spec.protocol import ModuleProtocol


def planned_result(
    module: ModuleProtocol, plan: Plan, guards: t.Sequence[Json], *, is_changed: bool
) -> dict[str, t.Any]:
    """The members that are the same for every such task. *plan* may leave out some of what changes."""
    result: dict[str, t.Any] = {
        "changed": is_changed,
        "plan": plan_result(plan, as_it_is),
        "plan_status": plan_status(is_changed=is_changed, check_mode=module.check_mode),
        "guards": list(guards),
    }
    if module.diff:
        result["diff"] = plan_diff(plan, as_it_is)
    return result
