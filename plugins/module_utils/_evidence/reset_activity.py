# Copyright: (c) 2026, m365.entra contributors
# GNU General Public License v3.0+ (see COPYING or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later

"""Password resets in the audit log: they show that resetting works, and decide nothing (facts section 13.4)."""

from __future__ import annotations

import typing as t
from dataclasses import dataclass

from .._graph.session import Session
from .._reconcile.shape import Json
from . import needs
from .answers import objects_in
from .reading import Read, attempt

PATH = "/auditLogs/directoryAudits"
SERVICE = "Self-service Password Management"
_ROWS = 200
# Microsoft's list of activities has these names; data may have them in another case (facts section 13.4).
_RESET = "reset password (self-service)"
_REGISTERED = "user registered for self-service password reset"


@dataclass(frozen=True)
class ResetActivity:
    """Resets and registrations that succeeded, and the latest reset, in the newest entries of the log.

    Where it is not *complete* the log holds more than was read.
    """

    resets: int = 0
    registrations: int = 0
    latest_reset: str = ""
    is_complete: bool = True

    def to_result(self) -> Json:
        """The activity as JSON values."""
        return {
            "resets": self.resets,
            "registrations": self.registrations,
            "latest_reset": self.latest_reset or None,
            "is_complete": self.is_complete,
        }


def read_activity(session: Session) -> Read[ResetActivity]:
    """One page of the log, and no more."""

    def read() -> ResetActivity:
        return activity_from(session.get(PATH, filter=f"loggedByService eq '{SERVICE}'", top=str(_ROWS)))

    return attempt(session, needs.READ_AUDIT_LOG, "the audit log", read)


def activity_from(page: Json) -> ResetActivity:
    """The activity on a page of the log. Raises ConnectionFailed for an answer without any list."""
    rows = objects_in(page, "value", f"GET {PATH}")
    resets = _succeeded(rows, _RESET)
    return ResetActivity(
        resets=len(resets),
        registrations=len(_succeeded(rows, _REGISTERED)),
        latest_reset=max((str(row.get("activityDateTime") or "") for row in resets), default=""),
        is_complete="@odata.nextLink" not in page,
    )


def _succeeded(rows: t.Iterable[Json], activity: str) -> list[Json]:
    return [
        row
        for row in rows
        if str(row.get("activityDisplayName") or "").lower() == activity
        and str(row.get("result") or "").lower() == "success"
    ]
