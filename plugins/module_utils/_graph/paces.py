# Copyright: (c) 2026, m365.entra contributors
# GNU General Public License v3.0+ (see COPYING or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later

"""Where paces are kept: in this process, or in files that all processes of the user on this machine share."""

from __future__ import annotations

import fcntl
import hashlib
import json
import os
import typing as t
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import asdict
from pathlib import Path

from .pace import UNPACED, Pace
from .private_folder import private_folder

Change = t.Callable[[Pace], Pace]


class Paces(t.Protocol):
    """The paces of one tenant, each by the name of its rate."""

    def change(self, name: str, change: Change) -> Pace:
        """Put what *change* makes of the pace in its place, with nobody else in between, and return it."""


class OwnPaces:
    """The paces of this process."""

    def __init__(self) -> None:
        self._paces: dict[str, Pace] = {}

    def change(self, name: str, change: Change) -> Pace:
        """Put what *change* makes of the pace in its place and return it."""
        self._paces[name] = change(self._paces.get(name, UNPACED))
        return self._paces[name]


class SharedPaces:
    """The paces of a tenant for all processes, one file each under a lock that ends with its process.

    There is no file until something is paced, so that requests of a quiet run cost no more than a look.
    """

    def __init__(self, folder: Path, tenant: str) -> None:
        self._folder = folder
        self._tenant = tenant
        self._own = OwnPaces()

    def change(self, name: str, change: Change) -> Pace:
        """Put what *change* makes of the pace in its place and return it.

        A folder that is gone or full is no reason to fail: this process then keeps its own pace.
        """
        try:
            return self._change(name, change)
        except OSError:
            return self._own.change(name, change)

    def _change(self, name: str, change: Change) -> Pace:
        path = self._folder / hashlib.sha256(f"{self._tenant}\0{name}".encode()).hexdigest()
        if not path.exists() and not change(UNPACED).is_set:
            return self._own.change(name, change)
        with _locked(path) as descriptor:
            before = _read(descriptor)
            after = change(before)
            if after != before:
                _write(descriptor, after)
        return after


def paces_of(tenant: str) -> Paces:
    """The paces of *tenant*, named with its service; shared where this machine has a safe place for them."""
    folder = private_folder()
    return SharedPaces(folder, tenant) if folder is not None else OwnPaces()


@contextmanager
def _locked(path: Path) -> Iterator[int]:
    descriptor = os.open(path, os.O_RDWR | os.O_CREAT | os.O_CLOEXEC | os.O_NOFOLLOW, 0o600)
    try:
        fcntl.flock(descriptor, fcntl.LOCK_EX)
        yield descriptor
    finally:
        os.close(descriptor)


def _read(descriptor: int) -> Pace:
    """What the file says; nothing where a process was killed while it wrote."""
    try:
        numbers = json.loads(os.pread(descriptor, 4096, 0) or b"{}")
        return Pace(**{name: float(number) for name, number in numbers.items()})
    except (ValueError, TypeError, AttributeError):
        return UNPACED


def _write(descriptor: int, pace: Pace) -> None:
    text = json.dumps(asdict(pace)).encode()
    os.pwrite(descriptor, text, 0)
    os.ftruncate(descriptor, len(text))
