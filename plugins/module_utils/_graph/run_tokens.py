# Copyright: (c) 2026, m365.entra contributors
# GNU General Public License v3.0+ (see COPYING or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later

"""Access tokens that the tasks of one run share, whichever worker fetched them.

They lie encrypted in a private folder, in memory where the machine has such a place. The key is only in the memory of
the run's main process and its forks: what a killed run leaves behind opens for nobody, and the next run removes it.
"""

from __future__ import annotations

import fcntl
import hashlib
import hmac
import json
import os
import shutil
import time
import typing as t
from base64 import urlsafe_b64encode
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field
from pathlib import Path

from .private_file import replace_private
from .private_folder import private_folder

_PREFIX = "tokens-"
# A token this close to its end is replaced, so that a task does not outlive it.
_SPARE_SECONDS = 300
# Whoever asks the token service has an answer by then; if not, others do not wait for that in a row.
_LONGEST_TURN_SECONDS = 10.0
_LOOK_EVERY_SECONDS = 0.02


@dataclass(frozen=True)
class SharedToken:
    """An access token and when it expires, in seconds of the epoch."""

    token: str = field(repr=False)
    expires_on: int


@dataclass(frozen=True)
class RunTokens:
    """The tokens of the run whose main process is *owner*. Made there; forks inherit it, *key* included."""

    owner: int = field(default_factory=os.getpid)
    key: bytes = field(default_factory=lambda: os.urandom(32), repr=False)

    def find(self, credential: str) -> SharedToken | None:
        """The token for what *credential* describes, or None when there is none that lasts a while."""
        path = self._path(credential)
        if path is None:
            return None
        token = self._read(path)
        return token if token is not None and token.expires_on - _SPARE_SECONDS > time.time() else None

    def keep(self, credential: str, token: SharedToken) -> None:
        """Let the other tasks have *token*. That no safe place is left for it is no reason to fail."""
        path = self._path(credential)
        if path is None:
            return
        try:
            _make_folder(path.parent)
            text = json.dumps({"token": token.token, "expires_on": token.expires_on})
            replace_private(path, self._cipher().encrypt(text.encode()).decode())
        except OSError:
            return

    @contextmanager
    def turn(self, credential: str) -> Iterator[None]:
        """Keep the other tasks from fetching a token for *credential* at once, each for itself; for some seconds."""
        path = self._path(credential)
        descriptor = _locked(path) if path is not None else None
        try:
            yield
        finally:
            if descriptor is not None:
                os.close(descriptor)

    def remove(self) -> None:
        """Remove all tokens, in the main process only: a fork ends before the run does."""
        folder = self._folder()
        if folder is not None and os.getpid() == self.owner:
            shutil.rmtree(folder, ignore_errors=True)

    def _read(self, path: Path) -> SharedToken | None:
        from cryptography.fernet import InvalidToken

        try:
            found = json.loads(self._cipher().decrypt(path.read_bytes()))
        except (OSError, InvalidToken):
            return None  # not there yet, or not ours
        return SharedToken(found["token"], found["expires_on"])

    def _path(self, credential: str) -> Path | None:
        folder = self._folder()
        return folder / hmac.new(self.key, credential.encode(), hashlib.sha256).hexdigest() if folder else None

    def _folder(self) -> Path | None:
        base = private_folder()
        mark = hashlib.sha256(b"folder" + self.key).hexdigest()[:16]
        return base / f"{_PREFIX}{self.owner}-{mark}" if base else None

    def _cipher(self) -> t.Any:
        from cryptography.fernet import Fernet

        return Fernet(urlsafe_b64encode(self.key))


def _make_folder(folder: Path) -> None:
    if not folder.is_dir():
        remove_leftovers(folder.parent)
        folder.mkdir(mode=0o700, exist_ok=True)


def _locked(path: Path) -> int | None:
    """The lock that belongs to *path*, which ends with its process; None where it cannot be had."""
    try:
        _make_folder(path.parent)
        flags = os.O_RDWR | os.O_CREAT | os.O_CLOEXEC | os.O_NOFOLLOW
        descriptor = os.open(path.with_suffix(".lock"), flags, 0o600)
    except OSError:
        return None
    give_up = time.monotonic() + _LONGEST_TURN_SECONDS
    while not _is_ours(descriptor) and time.monotonic() < give_up:
        time.sleep(_LOOK_EVERY_SECONDS)
    return descriptor


def _is_ours(descriptor: int) -> bool:
    try:
        fcntl.flock(descriptor, fcntl.LOCK_EX | fcntl.LOCK_NB)
    except OSError:
        return False
    return True


def remove_leftovers(base: Path) -> None:
    """Remove the folders in *base* of runs whose main process is gone."""
    for folder in base.glob(f"{_PREFIX}*"):
        owner = folder.name.removeprefix(_PREFIX).partition("-")[0]
        if not owner.isdigit() or not _is_alive(int(owner)):
            shutil.rmtree(folder, ignore_errors=True)


def _is_alive(process: int) -> bool:
    try:
        os.kill(process, 0)
    except ProcessLookupError:
        return False
    except PermissionError:
        return True
    return True
