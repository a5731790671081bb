# Copyright: (c) 2026, m365.entra contributors
# GNU General Public License v3.0+ (see COPYING or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later
"""``POST /users/{id}/revokeSignInSessions``: from now on what a user signed in with before is worth nothing."""

from __future__ import annotations

from ..clock import graph_timestamp
from ..messages import Response
from ..tenant import USERS
from . import permissions
from .call import GraphCall
from .directory import writable
from .routing import Route
from .users import find_user


def revoke_sign_in_sessions(call: GraphCall) -> Response:
    """Move the moment from which sessions are valid to now; readers see that like any other write."""
    user = writable(call, USERS, find_user(call)["id"])
    revoked = user | {"signInSessionsValidFromDateTime": graph_timestamp()}
    call.collection(USERS).put(revoked, call.profile.consistency_delay_seconds)
    return Response(200, {"@odata.context": f"{call.context_url}Edm.Boolean", "value": True})


ROUTES = (Route("POST", "/users/{id}/revokeSignInSessions", revoke_sign_in_sessions, permissions.REVOKE_SESSIONS),)
