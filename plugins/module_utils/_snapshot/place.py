# Copyright: (c) 2026, m365.entra contributors
# GNU General Public License v3.0+ (see COPYING or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later

"""Where snapshots are kept: a folder for each tenant, for its owner's eyes only."""

from __future__ import annotations

import os
import re
import secrets
import typing as t
import uuid
from dataclasses import dataclass
from datetime import datetime
from pathlib import Path

from .._graph.errors import EntraError, OptionError

OPTION = "snapshot.directory"
DEFAULT_KEEP = 100
_TIME = "%Y%m%dT%H%M%S.%fZ"
_FILE = re.compile(r"\d{8}T\d{6}\.\d{6}Z-[0-9a-f]{8}\.json")


@dataclass(frozen=True)
class SnapshotPlace:
    """Below *directory* each tenant has a folder, in which the newest *keep* snapshots stay."""

    directory: Path
    keep: int = DEFAULT_KEEP

    def folder(self, tenant_id: str) -> Path:
        """The folder of a tenant. Raises EntraError for what is no id, which might lead elsewhere."""
        try:
            return self.directory / str(uuid.UUID(tenant_id))
        except ValueError:
            raise EntraError(f"{tenant_id!r} is no id of a tenant; snapshots are kept by tenant id.") from None


def place_from_options(options: t.Mapping[str, t.Any] | None) -> SnapshotPlace:
    """The place that the option snapshot describes. Raises OptionError."""
    given = options or {}
    keep = DEFAULT_KEEP if given.get("keep") is None else int(given["keep"])
    if keep < 1:
        raise OptionError("snapshot.keep: at least one snapshot must stay.", remedy="Give a positive number.")
    directory = str(given.get("directory") or "").strip()
    return SnapshotPlace(Path(directory) if directory else default_directory(), keep)


def default_directory() -> Path:
    """Where state of programs is kept: XDG_STATE_HOME, else .local/state in the home directory."""
    state = os.environ.get("XDG_STATE_HOME", "")
    # What is not absolute is to be ignored, says the specification of that variable.
    if os.path.isabs(state):
        return Path(state, "m365.entra", "snapshots")
    try:
        return Path.home() / ".local" / "state" / "m365.entra" / "snapshots"
    except RuntimeError:
        raise OptionError(
            f"{OPTION}: the user who runs the task has no home directory.", remedy="Give a directory for snapshots."
        ) from None


def file_name(moment: datetime) -> str:
    """The name of a new file: in the order of time, and no other run's."""
    return f"{moment.strftime(_TIME)}-{secrets.token_hex(4)}.json"


def files_in(folder: Path) -> list[Path]:
    """The files of snapshots in *folder*, the newest first. Raises OSError when it cannot be read."""
    if not folder.is_dir():
        return []
    return sorted((one for one in folder.iterdir() if _FILE.fullmatch(one.name)), reverse=True)
