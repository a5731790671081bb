# Copyright: (c) 2026, m365.entra contributors
# GNU General Public License v3.0+ (see COPYING or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later

"""Which snapshot is meant, and whether it may be put back."""

from __future__ import annotations

import os
import stat
from pathlib import Path

from .._graph.errors import GuardRefused, OptionError
from .document import SnapshotRefused, snapshot_in
from .place import SnapshotPlace, files_in
from .snapshot import Snapshot
from .undo import OPTION

LATEST = "latest"


def chosen_snapshot(given: str, place: SnapshotPlace, tenant_id: str) -> tuple[Path, Snapshot]:
    """The snapshot at the path *given*, or the latest of the tenant at *place*, with its path.

    The latest is that of the last run that may have changed something and was no undo itself. Raises OptionError when
    there is none, SnapshotRefused when the file holds none, and GuardRefused when it is another tenant's.
    """
    path, snapshot = _latest(place, tenant_id) if given == LATEST else _at(Path(given))
    if snapshot.tenant_id != tenant_id:
        raise GuardRefused(
            f"{OPTION}: {str(path)!r} is a snapshot of tenant {snapshot.tenant_id}, not of {tenant_id}.",
            remedy="Choose a snapshot of this tenant; m365.entra.tenant_snapshot_info lists them. Nothing was written.",
        )
    return path, snapshot


def _at(path: Path) -> tuple[Path, Snapshot]:
    return path, read_snapshot(path)


def _latest(place: SnapshotPlace, tenant_id: str) -> tuple[Path, Snapshot]:
    folder = place.folder(tenant_id)
    try:
        files = files_in(folder)
    except OSError as error:
        raise OptionError(f"{OPTION}: {str(folder)!r} cannot be read ({error.strerror}).") from None
    for path in files:
        snapshot = read_snapshot(path)
        if snapshot.may_have_effect and not snapshot.undoes:
            return path, snapshot
    raise OptionError(
        f"{OPTION}: there is no snapshot of a run that changed tenant {tenant_id} in {str(folder)!r}.",
        remedy="Give the path of a snapshot, or in snapshot.directory the directory that the run was given.",
    )


def read_snapshot(path: Path) -> Snapshot:
    """The snapshot in a file.

    Raises OptionError when it cannot be read, and SnapshotRefused when it holds none or others could have changed it.
    """
    try:
        # What is checked is what is read: the file could be exchanged between two calls by name.
        with path.open(encoding="utf-8") as file:
            _refuse_open_to_others(os.fstat(file.fileno()), path)
            text = file.read()
    except UnicodeDecodeError:
        raise SnapshotRefused(f"{OPTION}: {str(path)!r} is no text.", remedy="Choose another snapshot.") from None
    except OSError as error:
        raise OptionError(
            f"{OPTION}: the snapshot {str(path)!r} cannot be read ({error.strerror}).",
            remedy="Give the path that the run has told; m365.entra.tenant_snapshot_info lists snapshots.",
        ) from None
    return snapshot_in(text, f"{OPTION}: {str(path)!r}")


def _refuse_open_to_others(found: os.stat_result, path: Path) -> None:
    if found.st_uid not in (os.geteuid(), 0):
        raise SnapshotRefused(
            f"{OPTION}: {str(path)!r} belongs to another user.",
            remedy="What is in it would be written to the tenant. If you know that it is as the run left it, make "
            "a copy of your own.",
        )
    if stat.S_IMODE(found.st_mode) & (stat.S_IWGRP | stat.S_IWOTH):
        raise SnapshotRefused(
            f"{OPTION}: others may write to {str(path)!r} (mode {stat.S_IMODE(found.st_mode):04o}).",
            remedy="What is in it would be written to the tenant. If you know that it is as the run left it: "
            f"chmod 0600 {path}",
        )
