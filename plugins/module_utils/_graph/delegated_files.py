# Copyright: (c) 2026, m365.entra contributors
# GNU General Public License v3.0+ (see COPYING or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later

"""Files with a secret in them: for their owner's eyes only, and replaced as a whole or not at all."""

from __future__ import annotations

import os
import stat
from pathlib import Path

from .errors import OptionError
from .private_file import replace_private

_PRIVATE_MODE = 0o600


def read_private(path: str, option: str) -> str:
    """The text in the file, without surrounding white space.

    Raises OptionError, naming *option*, when it cannot be read, is empty, belongs to somebody else, or when anybody
    else has access to it.
    """
    try:
        # What is checked is what is read: the file could be exchanged between two calls by name.
        with Path(path).open(encoding="utf-8") as file:
            _refuse_public(os.fstat(file.fileno()), path, option)
            text = file.read().strip()
    except (OSError, UnicodeDecodeError) as error:
        raise OptionError(
            f"{option}: the file {path!r} cannot be read ({type(error).__name__}).",
            remedy="Check the path and its permissions; m365.entra.portal_sign_in makes the file.",
        ) from None
    if not text:
        raise OptionError(f"{option}: the file {path!r} is empty.", remedy="Sign in with m365.entra.portal_sign_in.")
    return text


def has_content(path: str) -> bool:
    """Whether there is such a file with anything in it."""
    try:
        return os.stat(path).st_size > 0
    except FileNotFoundError:
        return False


def write_private(path: str, text: str, option: str) -> None:
    """Replace the file by one with *text* and mode 0600, or leave it as it was and raise OptionError."""
    try:
        replace_private(Path(path).resolve(), text)  # a link stays a link
    except OSError as error:
        raise OptionError(
            f"{option}: the file {path!r} cannot be written ({type(error).__name__}).",
            remedy="Give a path in a folder that exists and that the user who runs the task may write to.",
        ) from None


def _refuse_public(found: os.stat_result, path: str, option: str) -> None:
    if not stat.S_ISREG(found.st_mode):
        raise OptionError(f"{option}: {path!r} is no file.")
    if found.st_uid != os.geteuid():
        raise OptionError(
            f"{option}: the file {path!r} belongs to another user.",
            remedy="It holds a credential: only the user who runs the task may own it.",
        )
    if stat.S_IMODE(found.st_mode) & ~_PRIVATE_MODE:
        raise OptionError(
            f"{option}: the file {path!r} has mode {stat.S_IMODE(found.st_mode):04o}, so others can get at it.",
            remedy=f"It holds a credential: chmod 0600 {path}. If others could read it, revoke the person's sessions "
            "and sign in again.",
        )
