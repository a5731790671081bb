# Copyright: (c) 2026, m365.entra contributors
# GNU General Public License v3.0+ (see COPYING or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later

"""What a guard answers, as results and refusals show it."""

from __future__ import annotations

from .._reconcile.shape import Json

ALLOWED = "allowed"
BLOCKED = "blocked"
OVERRIDDEN = "overridden"


def guard_answer(guard: str, outcome: str, reason: str = "") -> Json:
    """One answer: *outcome* is ALLOWED, BLOCKED or OVERRIDDEN, and *reason* says why it is not allowed."""
    return {"guard": guard, "outcome": outcome, "reason": reason}
