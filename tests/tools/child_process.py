# Copyright: (c) 2026, m365.entra contributors
# GNU General Public License v3.0+ (see COPYING or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later
"""Start child processes so that none of them outlives us, whether we end, fail or are interrupted."""

from __future__ import annotations

import os
import signal
import subprocess
import time
import uuid
from collections.abc import Iterator, Mapping, Sequence
from contextlib import contextmanager, suppress
from pathlib import Path
from types import FrameType
from typing import NoReturn

PATIENCE_SECONDS = 10.0
# All that descends from a child inherits this variable, whatever group or session it moves to.
MARK = "ENTRA_CHILD_PROCESS"


@contextmanager
def child_process(
    command: Sequence[str], directory: Path, environment: Mapping[str, str], log: Path
) -> Iterator[subprocess.Popen[bytes]]:
    """Run a command for the length of the block, what it says going to `log`, and stop it when the block is left.

    It gets a process group of its own, so that Ctrl-C reaches only us and we decide the order in which things end.
    """
    mark = uuid.uuid4().hex
    with log.open("wb") as output:
        process = subprocess.Popen(
            command,
            cwd=directory,
            env={**environment, MARK: mark},
            stdin=subprocess.DEVNULL,
            stdout=output,
            stderr=subprocess.STDOUT,
            start_new_session=True,
        )
        try:
            yield process
        finally:
            stop(process, mark)


def stop(process: subprocess.Popen[bytes], mark: str) -> None:
    """End a process if it still runs: politely, so that it can end its own children, then all that carries its mark.

    Ansible's workers have sessions of their own and leave the modules they started behind.
    """
    if process.poll() is None:
        process.send_signal(signal.SIGINT)
        with suppress(subprocess.TimeoutExpired):
            process.wait(PATIENCE_SECONDS)
    while left := marked_processes(mark):
        for identifier in left:
            with suppress(ProcessLookupError):
                os.kill(identifier, signal.SIGKILL)
        time.sleep(0.05)
    if process.poll() is None:
        process.kill()
    process.wait()


def marked_processes(mark: str) -> list[int]:
    """Return the living processes with a mark in their environment, where the machine lists processes under /proc."""
    wanted = f"{MARK}={mark}".encode()
    return [int(entry.name) for entry in Path("/proc").glob("[0-9]*") if wanted in _environment_of(entry)]


def _environment_of(entry: Path) -> list[bytes]:
    """Return the environment of a process; that of another user's, or of one that has just ended, is empty."""
    try:
        return (entry / "environ").read_bytes().split(b"\0")
    except OSError:
        return []


def interrupt_on_termination() -> None:
    """Let SIGTERM unwind the program as Ctrl-C does, so that every block is left in order."""

    def interrupt(_number: int, _frame: FrameType | None) -> NoReturn:
        raise KeyboardInterrupt

    signal.signal(signal.SIGTERM, interrupt)
