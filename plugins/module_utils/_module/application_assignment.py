# Copyright: (c) 2026, m365.entra contributors
# GNU General Public License v3.0+ (see COPYING or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later

"""The body of application_assignment: who may use an application, and in which role."""

from __future__ import annotations

import typing as t

from .._applications.reconcile_assignments import WantedAssignment, WantedAssignments, reconcile_assignments
from .._directory.principals import GROUP, USER
from .._graph.errors import OptionError
from .._spec.application_options import ASSIGNMENT as SPEC
from .._spec.protocol import MakeSession, ModuleProtocol
from .planned_result import planned_result

__all__ = ["SPEC", "run"]


def run(module: ModuleProtocol, make_session: MakeSession) -> dict[str, t.Any]:
    """Bring the assignments to what is wanted."""
    wanted = wanted_assignments(module.given)
    outcome = reconcile_assignments(make_session(), wanted, check_mode=module.check_mode)
    application = outcome.application
    return {
        **planned_result(module, outcome.plan, outcome.guards, is_changed=not outcome.plan.is_empty),
        "application_assignment": {
            "application_id": str(application.get("appId") or ""),
            "service_principal_id": str(application.get("id") or ""),
            "display_name": str(application.get("displayName") or ""),
            "assignments": [one.to_result() for one in outcome.assignments],
        },
    }


def wanted_assignments(given: t.Mapping[str, t.Any]) -> WantedAssignments:
    """What the *given* options mean. Raises OptionError."""
    if not str(given["application"]).strip():
        raise OptionError("application: it is empty.", remedy="Give the name or the application id.")
    return WantedAssignments(
        str(given["application"]),
        _listed(given.get("add"), "add"),
        _listed(given.get("remove"), "remove"),
        _listed(given["set"], "set") if "set" in given else None,
    )


def _listed(given: t.Sequence[t.Mapping[str, t.Any]] | None, option: str) -> tuple[WantedAssignment, ...]:
    return tuple(_wanted(one, f"{option}[{index}]") for index, one in enumerate(given or ()))


def _wanted(given: t.Mapping[str, t.Any], path: str) -> WantedAssignment:
    kind = USER if given.get("user") else GROUP
    name = given.get(kind)
    if not name or (given.get(USER) and given.get(GROUP)):
        raise OptionError(f"{path}: one of user and group is needed.", remedy="Name a user or a group.")
    return WantedAssignment(kind, str(name), given.get("role") or None, path)
