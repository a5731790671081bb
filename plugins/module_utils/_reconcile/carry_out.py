# Copyright: (c) 2026, m365.entra contributors
# GNU General Public License v3.0+ (see COPYING or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later

"""Sends the one request of an action, patiently where it waits for the service to notice an earlier one."""

from __future__ import annotations

from dataclasses import dataclass, field

from .._graph.errors import EntraError, ServiceRefused
from .._graph.session import Session
from .action import CREATE, DELETE, RESTORE, UPDATE, Action
from .created import with_created
from .rebase import rebased
from .shape import Json
from .unclear_creation import create_once

_NOT_FOUND = 404

# How long to wait for the service to notice an earlier write of the same plan.
_WAITS_SECONDS = (0.5, 1.0, 2.0, 3.0, 5.0, 8.0)


@dataclass
class Progress:
    """What has been done so far: the actions in order, the ids of what was created by key, and what is under way.

    *refused* are independent actions that the service refused, with its refusals.
    """

    refused: list[tuple[Action, ServiceRefused]] = field(default_factory=list)
    done: list[Action] = field(default_factory=list)
    created: dict[str, str] = field(default_factory=dict)
    current: Action | None = None


def carry_out(session: Session, action: Action, progress: Progress) -> None:
    """Send the request of *action*, again if the service has not noticed yet what it waits for, and note it as done."""
    if action.preceded_by is not None:
        carry_out(session, action.preceded_by, progress)
    if action.makes_way_for:
        session.wait_for_turn(action.makes_way_for)
    for seconds in _WAITS_SECONDS:
        try:
            _send(session, action, progress)
            break
        except ServiceRefused as error:
            if _is_gone_already(action, error):
                break
            if not _is_worth_waiting(action, error):
                raise
            session.sleep(seconds)
    else:
        _send(session, action, progress)
    progress.done.append(action)


def _is_gone_already(action: Action, error: ServiceRefused) -> bool:
    """Whether an object that existed before this run is what a deletion wants it to be."""
    return action.operation == DELETE and action.object_id is not None and error.status == _NOT_FOUND


def _is_worth_waiting(action: Action, error: ServiceRefused) -> bool:
    """Whether the service may only not have noticed an earlier action: a refusal that says so, or a new object."""
    if any(part in error.message.lower() for part in action.waits_for):
        return True
    is_new = action.object_id is None and not action.is_singleton and action.operation != CREATE
    return is_new and error.status == _NOT_FOUND


def _send(session: Session, action: Action, progress: Progress) -> None:
    version = action.api_version
    body = None if action.body is None else with_created(action.body, progress.created)
    if action.portal_method:
        _send_to_portal(session, action, body or {})
    elif action.operation == CREATE and action.object_id:
        session.patch(_path(action, progress), body or {}, version=version)
    elif action.operation == CREATE:
        # Where an object that is gone is made anew, its old id is the key.
        new = create_once(session, action.collection, body or {}, version=version, not_id=action.key)
        progress.created[action.key] = new
    elif action.operation == RESTORE:
        session.post(f"{action.collection}/{action.object_id}/restore", None, version=version)
    elif action.operation == UPDATE and action.calls:
        session.post(f"{_path(action, progress)}/{action.calls}", body, version=version)
    elif action.operation == UPDATE:
        session.patch(_path(action, progress), body or {}, version=version)
    elif action.operation == DELETE:
        session.delete(_path(action, progress), version=version)
    else:
        raise EntraError(f"{action.resource} {action.name!r}: there is no operation {action.operation!r}.")


def _send_to_portal(session: Session, action: Action, wanted: Json) -> None:
    """Such an object is written whole, so that what others have changed since it was read is handed back as it is."""
    latest = session.portal.get(action.collection, action.portal_scope)
    body = rebased(action.portal_read or {}, wanted, latest)
    session.portal.write(action.portal_method, action.collection, action.portal_scope, body)


def _path(action: Action, progress: Progress) -> str:
    if action.is_singleton:
        return action.collection
    return f"{action.collection}/{action.object_id or progress.created[action.key]}"


def told(action: Action) -> dict[str, str]:
    """An action in short, for the details of an error."""
    return {"operation": action.operation, "resource": action.resource, "name": action.name, "reason": action.reason}
