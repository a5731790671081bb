# Copyright: (c) 2026, m365.entra contributors
# GNU General Public License v3.0+ (see COPYING or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later

"""The body of tenant_snapshot_info: which snapshots there are. No service is asked."""

from __future__ import annotations

import typing as t
import uuid
from pathlib import Path

from .._graph.errors import EntraError, OptionError
from .._reconcile.shape import Json
from .._snapshot.choose import read_snapshot
from .._snapshot.place import SnapshotPlace, files_in, place_from_options
from .._snapshot.snapshot import Snapshot
from .._spec.argument_spec import ArgumentSpec
from .._spec.protocol import MakeSession, ModuleProtocol
from .._spec.snapshot_options import SNAPSHOT_DIRECTORY

SPEC = ArgumentSpec(
    {"snapshot": {"type": "dict", "apply_defaults": True, "options": {"directory": SNAPSHOT_DIRECTORY}}}
)


def run(module: ModuleProtocol, make_session: MakeSession) -> dict[str, t.Any]:
    """The snapshots of one tenant, or of all, the newest first; a file that cannot be read says why."""
    place = place_from_options(module.params["snapshot"])
    try:
        paths = [path for folder in _folders(place, module.params.get("tenant_id")) for path in files_in(folder)]
    except OSError as error:
        raise OptionError(
            f"snapshot.directory: {str(place.directory)!r} cannot be read ({error.strerror}).",
            remedy="Give the directory that the runs were given.",
        ) from None
    newest_first = sorted(paths, key=lambda path: path.name, reverse=True)
    return {"changed": False, "tenant_snapshots": [_told(path) for path in newest_first]}


def _folders(place: SnapshotPlace, tenant_id: str | None) -> list[Path]:
    if not tenant_id:
        return [one for one in place.directory.iterdir() if one.is_dir()] if place.directory.is_dir() else []
    try:
        return [place.folder(str(uuid.UUID(tenant_id)))]
    except ValueError:
        raise OptionError(
            "tenant_id: the name of a domain does not say which folder is meant, because no service is asked.",
            remedy="Give the tenant's id, or leave tenant_id out to list the snapshots of all tenants.",
        ) from None


def _told(path: Path) -> Json:
    try:
        snapshot = read_snapshot(path)
    except EntraError as error:
        return {"path": str(path), "problem": str(error)}
    return {
        "path": str(path),
        "tenant_id": snapshot.tenant_id,
        "taken_at": snapshot.taken_at,
        "run": snapshot.run,
        "undoes": snapshot.undoes or None,
        "status": snapshot.status,
        "collection_version": snapshot.collection_version,
        "objects": _objects(snapshot),
        "actions": [
            {"operation": one.operation, "resource": one.resource, "name": one.name, "done": one.is_done}
            for one in snapshot.actions
        ],
    }


def _objects(snapshot: Snapshot) -> list[Json]:
    return [
        {"resource": one.resource, "name": one.name, "id": one.identifier or snapshot.created.get(one.key)}
        for one in snapshot.objects
    ]
