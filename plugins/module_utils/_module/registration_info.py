# Copyright: (c) 2026, m365.entra contributors
# GNU General Public License v3.0+ (see COPYING or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later

"""The body of registration_info: summarises who has registered for MFA and password reset, and changes nothing."""

from __future__ import annotations

import typing as t

from .._graph.errors import OptionError
from .._graph.session import Session
from .._guard.permissions import READ_GROUPS, READ_REGISTRATION, require_permissions
from .._resources.people import named_people
from .._resources.registration_not_ready import AIMS, NotReady
from .._resources.registration_report import (
    ALL,
    USER_TYPES,
    LicenceMissing,
    Selection,
    ids_of_members,
    read_summary,
)
from .._spec.argument_spec import ArgumentSpec
from .._spec.protocol import MakeSession, ModuleProtocol

SPEC = ArgumentSpec(
    {
        "groups": {"type": "list", "elements": "str"},
        "user_types": {"type": "str", "choices": list(USER_TYPES), "default": ALL},
        "administrators_only": {"type": "bool", "default": False},
        "not_ready_for": {"type": "str", "choices": list(AIMS), "default": "either"},
        "maximum_not_ready": {"type": "int", "default": 100},
    }
)


def run(module: ModuleProtocol, make_session: MakeSession) -> dict[str, t.Any]:
    """The groups that were named, their members, then the report, a thousand users a read."""
    params = module.params
    if params["maximum_not_ready"] < 0:
        raise OptionError("maximum_not_ready: it cannot be negative.", remedy="Give 0 for the counts alone.")
    session = make_session()
    needed = [READ_REGISTRATION, *([READ_GROUPS] if params["groups"] else [])]
    require_permissions(needed, session.claims.permissions)
    selection = _selection(session, params)
    try:
        summary = read_summary(session, selection, NotReady(params["not_ready_for"], params["maximum_not_ready"]))
    except LicenceMissing as missing:
        reason = f"The registration report needs Microsoft Entra ID P1 or P2. {missing}"
        return {"changed": False, "licence_missing": True, "reason": reason, "registration": None}
    people_without_row = selection.people_without_row(summary.everyone.total)
    registration = {**summary.to_result(), "users_without_report": people_without_row}
    return {"changed": False, "licence_missing": False, "reason": "", "registration": registration}


def _selection(session: Session, params: t.Mapping[str, t.Any]) -> Selection:
    """Which rows count; a list of groups that is given and empty means nobody, and None means everybody."""
    ids = None
    if params["groups"] is not None:
        ids = ids_of_members(session, named_people(session, groups=params["groups"]).groups)
    return Selection(params["user_types"], params["administrators_only"], ids)
