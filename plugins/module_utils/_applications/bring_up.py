# Copyright: (c) 2026, m365.entra contributors
# GNU General Public License v3.0+ (see COPYING or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later

"""Brings an application into being, once: instantiating always makes a new one (facts section 12)."""

from __future__ import annotations

import typing as t

from .._graph.errors import OutcomeUnknown, VerificationFailed
from .._graph.session import Session
from .._reconcile.action import RESTORE, Action
from .finding import BIN, deleted_principal, find_by_name_or_id
from .patience import wait_for
from .wanted_application import WantedApplication

Ids = tuple[str, str]


def bring_up(session: Session, action: Action, wanted: WantedApplication) -> Ids:
    """Carry out *action*, a creation or a restoration; the ids of registration and service principal, both visible.

    Where no clear answer comes, the tenant is searched before anything is sent again, and nothing is sent again where
    the search finds nothing: it may only not be visible yet, and a second application of one name helps nobody.
    """
    if action.operation == RESTORE:
        return _restored(session, action, wanted)
    try:
        answer = session.post(action.collection, action.body)
    except OutcomeUnknown as unclear:
        return _found_after(session, wanted, unclear)
    application_id = str((answer.get("application") or {}).get("appId") or "")
    return _visible(session, wanted, application_id)


def _found_after(session: Session, wanted: WantedApplication, unclear: OutcomeUnknown) -> Ids:
    found = wait_for(session, lambda: find_by_name_or_id(session, wanted.name, None))
    if found is not None:
        return _visible(session, wanted, _application_id(session, found))
    unclear.remedy = (
        f"No application named {wanted.name!r} was seen for more than a minute. Look for it in some minutes; if there "
        "is none, run again."
    )
    raise unclear


def _application_id(session: Session, ids: Ids) -> str:
    return str(session.get(f"/servicePrincipals/{ids[1]}", select="id,appId").get("appId") or "")


def _visible(session: Session, wanted: WantedApplication, application_id: str) -> Ids:
    """Return when both objects are found by id, by application id and by name, as policies will look for them."""

    def look() -> Ids | None:
        found = _both(session, application_id)
        if found is None or not all(_is_shown(session, ids) for ids in _paths(found)):
            return None
        named = found if wanted.identifier else find_by_name_or_id(session, wanted.name, None)
        return found if named == found else None

    found = wait_for(session, look)
    if found is None:
        raise VerificationFailed(
            f"{wanted.label!r} ({application_id}) was made, but the service does not show it.",
            remedy="Wait some minutes, then run again.",
        )
    return found


def _both(session: Session, application_id: str) -> Ids | None:
    """The ids of registration and service principal, where both are listed."""
    clause = f"appId eq '{application_id}'"
    found = [
        str(one["id"]).lower()
        for path in ("/applications", "/servicePrincipals")
        for one in session.list(path, filter=clause, select="id,appId")
    ]
    return (found[0], found[1]) if len(found) == 2 else None


def _paths(ids: Ids) -> t.Iterator[str]:
    yield f"/applications/{ids[0]}"
    yield f"/servicePrincipals/{ids[1]}"


def _is_shown(session: Session, path: str) -> bool:
    return bool(session.get(path, select="id"))


def _restored(session: Session, action: Action, wanted: WantedApplication) -> Ids:
    """Bring the registration back, and the service principal where it does not follow by itself."""
    answer = session.post(f"{BIN}/{action.object_id}/restore", None)
    application_id = str(answer.get("appId") or wanted.identifier or "")
    if not wait_for(session, lambda: session.list("/applications", filter=f"appId eq '{application_id}'") or None):
        raise VerificationFailed(f"{wanted.label!r} was restored, but the service does not show it.")

    def look() -> bool | None:
        if session.list("/servicePrincipals", filter=f"appId eq '{application_id}'", select="id,appId"):
            return True
        deleted = deleted_principal(session, application_id)
        if deleted is None:
            return None
        session.post(f"{BIN}/{deleted['id']}/restore", None)
        return True

    wait_for(session, look)
    return _visible(session, wanted, application_id)
