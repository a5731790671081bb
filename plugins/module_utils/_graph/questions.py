# Copyright: (c) 2026, m365.entra contributors
# GNU General Public License v3.0+ (see COPYING or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later

"""Requests that are sent like writes and only ask: they change nothing, whatever mode a session is in."""

from __future__ import annotations

from .errors import GuardRefused

EVALUATE = "/identity/conditionalAccess/evaluate"
GET_BY_IDS = "/directoryObjects/getByIds"

# The only paths to which a question may be sent (facts sections 2.10 and 7.4).
QUESTIONS = frozenset({EVALUATE, GET_BY_IDS})


def require_question(path: str) -> None:
    """Raise GuardRefused unless *path* is known to change nothing."""
    if path not in QUESTIONS:
        raise GuardRefused(f"POST {path} was stopped: it is not known to change nothing.")
