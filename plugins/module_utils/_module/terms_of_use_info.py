# Copyright: (c) 2026, m365.entra contributors
# GNU General Public License v3.0+ (see COPYING or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later

"""The body of terms_of_use_info: reads terms of use and changes nothing."""

from __future__ import annotations

import typing as t

from .._directory.kinds import KINDS
from .._guard.permissions import READ_TERMS_OF_USE, require_permissions
from .._reconcile.shape import Json, snake_case
from .._spec.protocol import MakeSession, ModuleProtocol
from .named_object import INFO_SPEC as SPEC
from .named_object import was_asked_for

__all__ = ["SPEC", "run"]

_DETAILS = ("isViewingBeforeAcceptanceRequired", "isPerDeviceAcceptanceRequired")


def run(module: ModuleProtocol, make_session: MakeSession) -> dict[str, t.Any]:
    """All terms of use of the tenant, or those that were asked for, in one read."""
    session = make_session()
    require_permissions((READ_TERMS_OF_USE,), session.claims.permissions)
    found = [_result(raw) for raw in session.list(KINDS["terms_of_use"].path)]
    wanted = [one for one in found if was_asked_for(one["id"], one["display_name"], module.params)]
    return {"changed": False, "terms_of_use": sorted(wanted, key=lambda one: (one["display_name"], one["id"]))}


def _result(raw: Json) -> Json:
    return {
        "id": str(raw.get("id") or "").lower(),
        "display_name": str(raw.get("displayName") or ""),
        **{snake_case(name): raw.get(name) for name in _DETAILS},
    }
