# Copyright: (c) 2026, m365.entra contributors
# GNU General Public License v3.0+ (see COPYING or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later

"""Files for their owner's eyes only, replaced as a whole or not at all."""

from __future__ import annotations

import os
import tempfile
from pathlib import Path

_PRIVATE_MODE = 0o600
_PRIVATE_FOLDER_MODE = 0o700


def replace_private(target: Path, text: str) -> None:
    """Replace *target* by a file with *text* and mode 0600, or leave it as it was and raise OSError.

    When this returns, the file is on the disk.
    """
    descriptor, temporary = tempfile.mkstemp(dir=target.parent, prefix=f".{target.name}.")
    try:
        with os.fdopen(descriptor, "w", encoding="utf-8") as file:
            os.fchmod(file.fileno(), _PRIVATE_MODE)
            file.write(text)
            file.flush()
            os.fsync(file.fileno())
        os.replace(temporary, target)
    except BaseException:
        os.unlink(temporary)
        raise
    _keep_name(target.parent)


def make_private_folder(folder: Path) -> None:
    """Make the folder and those above it, each for its owner alone; mkdir gives those above other rights.

    Raises OSError.
    """
    for one in (*reversed(folder.parents), folder):
        if not one.is_dir():
            # Another process may be as far.
            one.mkdir(mode=_PRIVATE_FOLDER_MODE, exist_ok=True)


def _keep_name(folder: Path) -> None:
    """A file is only there after a power cut when its folder, too, was written."""
    descriptor = os.open(folder, os.O_RDONLY)
    try:
        os.fsync(descriptor)
    finally:
        os.close(descriptor)
