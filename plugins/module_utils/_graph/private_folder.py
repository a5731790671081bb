# Copyright: (c) 2026, m365.entra contributors
# GNU General Public License v3.0+ (see COPYING or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later

"""A folder for what processes of one user on this machine share for a while: in memory, and for nobody else's eyes."""

from __future__ import annotations

import os
import stat
import tempfile
from pathlib import Path

_ONLY_THE_OWNER = 0o700
_RUNTIME_FOLDERS = Path("/run/user")


def private_folder() -> Path | None:
    """The folder, made where it is not there, or None where no place for one is safe.

    It lies in XDG_RUNTIME_DIR, which the system keeps in memory and for the user alone; without one in /dev/shm, and
    on systems without that in the folder for temporary files. Jobs that run by themselves know no XDG_RUNTIME_DIR, and
    meet those of the user's sessions where it usually is.
    """
    runtime = os.environ.get("XDG_RUNTIME_DIR") or str(_RUNTIME_FOLDERS / str(os.getuid()))
    places = (runtime, "/dev/shm", tempfile.gettempdir())
    return next((folder for place in places if (folder := _folder_in(Path(place)))), None)


def _folder_in(place: Path) -> Path | None:
    folder = place / f"m365-entra-{os.getuid()}"
    try:
        folder.mkdir(mode=_ONLY_THE_OWNER, exist_ok=True)
        return folder if is_private(folder) else None
    except OSError:
        return None  # the next place is tried


def is_private(folder: Path) -> bool:
    """Whether *folder* is a real folder of ours that nobody else can enter. Somebody else may have made it first."""
    found = folder.lstat()
    return stat.S_ISDIR(found.st_mode) and found.st_uid == os.getuid() and not stat.S_IMODE(found.st_mode) & 0o077
