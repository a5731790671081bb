# Copyright: (c) 2026, m365.entra contributors
# GNU General Public License v3.0+ (see COPYING or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later

"""Sends the requests that bring an existing application to what is wanted."""

from __future__ import annotations

import typing as t

from .._graph.errors import EntraError, ServiceRefused
from .._graph.session import Session
from .._groups.members import reference
from .._reconcile.action import CREATE, DELETE, Action
from .._reconcile.carry_out import told
from .._reconcile.created import key_of_new, with_created
from .._reconcile.shape import Json
from .application_plan import CERTIFICATE
from .certificate import LEAVING
from .patience import WAITS_SECONDS
from .remaining_credentials import remaining_credentials

_REFERENCE = "@odata.id"
_NOT_FOUND = 404


def carry_out_all(session: Session, actions: t.Sequence[Action], done: list[Action]) -> None:
    """Carry out *actions* in order and note them as *done*; a failure says what was done and what was not."""
    created: dict[str, str] = {}
    for action in actions:
        try:
            _patiently(session, action, created)
        except EntraError as error:
            error.message = f"{action.name!r}: {error.message}"
            note_progress(error, done, [one for one in actions if one not in done])
            raise
        done.append(action)


def note_progress(error: EntraError, done: t.Sequence[Action], not_done: t.Sequence[Action]) -> None:
    """Say in *error* how far a run came."""
    error.details["done"] = [told(one) for one in done]
    error.details["not_done"] = [told(one) for one in not_done]


def _patiently(session: Session, action: Action, created: dict[str, str]) -> None:
    """Send again what is refused only because the service has not noticed an earlier write of this run."""
    for seconds in WAITS_SECONDS:
        try:
            _send(session, action, created)
            return
        except ServiceRefused as refusal:
            if _is_settled(action, refusal):
                return
            if not any(part in refusal.message.lower() for part in action.waits_for):
                raise
            session.sleep(seconds)
    _send(session, action, created)


def _is_settled(action: Action, refusal: ServiceRefused) -> bool:
    """Whether what was to go is gone already."""
    goes = action.operation == DELETE or (bool(action.calls) and action.body is None)
    return goes and refusal.status == _NOT_FOUND


def _send(session: Session, action: Action, created: dict[str, str]) -> None:
    path = "/".join(filter(None, (action.collection, action.object_id, action.calls)))
    body = _body(session, action, path, created)
    if action.operation == CREATE:
        answer = session.post(path, body)
        created[action.key] = str(answer.get("thumbprint" if action.resource == CERTIFICATE else "id") or "")
    elif action.operation == DELETE or body is None:
        session.delete(path)
    elif action.calls:
        session.post(path, body)
    else:
        session.patch(path, body)


def _body(session: Session, action: Action, path: str, created: t.Mapping[str, str]) -> Json | None:
    """The body with what was created in place, an address where it refers to another object, and keys that stay."""
    if action.body is None:
        return None
    if LEAVING in action.body:
        return remaining_credentials(session, path, action.body[LEAVING], _certificates_of(created))
    body: Json = with_created(action.body, created)
    if _REFERENCE in body:
        body[_REFERENCE] = reference(session, body[_REFERENCE])
    return body


def _certificates_of(created: t.Mapping[str, str]) -> set[str]:
    """The thumbprints of the certificates that this run has made."""
    return {thumbprint for key, thumbprint in created.items() if key.startswith(key_of_new(CERTIFICATE, ""))}
