# Copyright: (c) 2026, m365.entra contributors
# GNU General Public License v3.0+ (see COPYING or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later

"""A snapshot as the text of its file, and back."""

from __future__ import annotations

import hashlib
import json
import typing as t

from .._graph.errors import EntraError
from .._reconcile.shape import Json
from .snapshot import BEGUN, DONE, FAILED, Form, PlannedAction, Snapshot, TouchedObject

FORMAT = "m365.entra.snapshot"
FORMAT_VERSION = 1
_CHECKSUM = "sha256"

T = t.TypeVar("T")


class SnapshotRefused(EntraError):
    """A file is no snapshot that could be put back."""


def text_of(snapshot: Snapshot) -> str:
    """The text of the file, with a checksum over all the rest."""
    body: Json = {
        "format": FORMAT,
        "format_version": FORMAT_VERSION,
        "tenant_id": snapshot.tenant_id,
        "cloud": snapshot.cloud,
        "api_version": snapshot.api_version,
        "collection_version": snapshot.collection_version,
        "taken_at": snapshot.taken_at,
        "run": snapshot.run,
        "undoes": snapshot.undoes,
        "status": snapshot.status,
        "is_unclear": snapshot.is_unclear,
        "actions": [_action(one) for one in snapshot.actions],
        "created": dict(snapshot.created),
        "objects": [_object(one) for one in snapshot.objects],
    }
    return json.dumps({_CHECKSUM: _checksum(body), **body}, indent=1) + "\n"


def snapshot_in(text: str, where: str) -> Snapshot:
    """The snapshot that *text* holds; *where* names the file. Raises SnapshotRefused, saying what is wrong with it."""
    try:
        return _snapshot(_checked(text))
    except _NotAsWritten as fault:
        raise SnapshotRefused(
            f"{where}: {fault}.",
            remedy="Choose another snapshot; m365.entra.tenant_snapshot_info lists them. Nothing was written.",
        ) from None


class _NotAsWritten(Exception):
    """The text is not what was written; says why."""


def _checked(text: str) -> Json:
    try:
        body = json.loads(text)
    except ValueError:
        raise _NotAsWritten("this is no JSON, or the file is not whole") from None
    if not isinstance(body, dict) or body.get("format") != FORMAT:
        raise _NotAsWritten("this is no snapshot of a tenant")
    if body.get("format_version") != FORMAT_VERSION:
        raise _NotAsWritten(
            f"its format has the version {body.get('format_version')!r}, and this collection reads {FORMAT_VERSION}"
        )
    if body.pop(_CHECKSUM, None) != _checksum(body):
        raise _NotAsWritten("its content does not match its checksum: somebody or something has changed the file")
    return body


def _checksum(body: Json) -> str:
    text = json.dumps(body, sort_keys=True, separators=(",", ":"))
    return hashlib.sha256(text.encode()).hexdigest()


def _member(data: Json, name: str, kind: type[T]) -> T:
    value = data.get(name)
    if not isinstance(value, kind):
        raise _NotAsWritten(f"{name} is missing or has the wrong form")
    return value


def _members(data: Json, name: str) -> list[Json]:
    found = _member(data, name, list)
    if not all(isinstance(one, dict) for one in found):
        raise _NotAsWritten(f"{name} is missing or has the wrong form")
    return found


def _snapshot(body: Json) -> Snapshot:
    status = _member(body, "status", str)
    if status not in (BEGUN, DONE, FAILED):
        raise _NotAsWritten(f"status is {status!r}")
    texts = {
        name: _member(body, name, str)
        for name in ("tenant_id", "cloud", "api_version", "collection_version", "taken_at", "run", "undoes")
    }
    return Snapshot(
        **texts,
        status=status,
        is_unclear=_member(body, "is_unclear", bool),
        actions=tuple(_read_action(one) for one in _members(body, "actions")),
        created={str(key): str(value) for key, value in _member(body, "created", dict).items()},
        objects=tuple(_read_object(one) for one in _members(body, "objects")),
    )


def _action(action: PlannedAction) -> Json:
    return {
        "phase": action.phase,
        "operation": action.operation,
        "resource": action.resource,
        "name": action.name,
        "reason": action.reason,
        "is_done": action.is_done,
    }


def _read_action(data: Json) -> PlannedAction:
    texts = {name: _member(data, name, str) for name in ("phase", "operation", "resource", "name", "reason")}
    return PlannedAction(**texts, is_done=_member(data, "is_done", bool))


def _object(touched: TouchedObject) -> Json:
    return {
        "resource": touched.resource,
        "id": touched.identifier,
        "key": touched.key,
        "name": touched.name,
        "was_deleted": touched.was_deleted,
        "is_kept": touched.is_kept,
        "before": _form(touched.before),
        "planned": _form(touched.planned),
    }


def _read_object(data: Json) -> TouchedObject:
    return TouchedObject(
        resource=_member(data, "resource", str),
        key=_member(data, "key", str),
        identifier=_member(data, "id", str),
        name=_member(data, "name", str),
        before=_read_form(data, "before"),
        planned=_read_form(data, "planned"),
        was_deleted=_member(data, "was_deleted", bool),
        is_kept=_member(data, "is_kept", bool),
    )


def _form(form: Form | None) -> Json | None:
    if form is None:
        return None
    return {"name": form.name, "state": form.state, "content": form.content, "raw": form.raw}


def _read_form(data: Json, name: str) -> Form | None:
    if name not in data:
        raise _NotAsWritten(f"{name} is missing or has the wrong form")
    if data[name] is None:
        return None
    form = _member(data, name, dict)
    return Form(
        name=_member(form, "name", str),
        content=_member(form, "content", dict),
        state=_member(form, "state", str),
        raw=_member(form, "raw", dict),
    )
