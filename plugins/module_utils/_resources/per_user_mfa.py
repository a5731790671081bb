# Copyright: (c) 2026, m365.entra contributors
# GNU General Public License v3.0+ (see COPYING or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later

"""MFA that was switched on for one user, the old way (facts section 7.2)."""

from __future__ import annotations

import typing as t

from .._graph.api_versions import BETA
from .._graph.errors import ServiceRefused
from .._graph.session import Session
from .per_user_mfa_coverage import Coverage, covered

__all__ = ["DISABLED", "STATES", "Coverage", "covered", "path_of", "read_states"]

DISABLED = "disabled"
STATES = (DISABLED, "enabled", "enforced")
_NOT_FOUND = 404


def path_of(user_id: str) -> str:
    """Where the state of a user is read and written, in beta only."""
    return f"/users/{user_id}/authentication/requirements"


def read_states(session: Session, user_ids: t.Iterable[str]) -> dict[str, str]:
    """The state of each user by id, one read a user; users who are gone are left out.

    Raises the service's error for everything else that it refuses.
    """
    states = {}
    for user_id in user_ids:
        state = _read_state(session, user_id)
        if state is not None:
            states[user_id] = state
    return states


def _read_state(session: Session, user_id: str) -> str | None:
    try:
        answer = session.get(path_of(user_id), version=BETA)
    except ServiceRefused as error:
        if error.status == _NOT_FOUND and _is_gone(session, user_id):
            return None
        raise
    return _state_in(answer, user_id)


def _is_gone(session: Session, user_id: str) -> bool:
    """Whether the user is what was not found, and not the endpoint, which is in beta and may go away."""
    try:
        session.get(f"/users/{user_id}", select="id")
    except ServiceRefused as error:
        return error.status == _NOT_FOUND
    return False


def _state_in(answer: t.Mapping[str, t.Any], user_id: str) -> str:
    """The state as the service says it; an answer without one is not taken for disabled."""
    state = answer.get("perUserMfaState")
    if not isinstance(state, str) or not state:
        raise ServiceRefused(
            f"GET {path_of(user_id)}: the answer does not say the user's perUserMfaState.",
            remedy="The endpoint is in beta and may have changed; see the state in the Microsoft Entra admin center.",
        )
    return state
