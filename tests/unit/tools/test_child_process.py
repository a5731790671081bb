# Copyright: (c) 2026, m365.entra contributors
# GNU General Public License v3.0+ (see COPYING or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later
"""Children must not outlive their block, however it is left."""

from __future__ import annotations

import os
import subprocess
import sys
import time
from contextlib import suppress
from pathlib import Path

import pytest

from tools import child_process as subject

WAITING = "import time; print('ready', flush=True); time.sleep(60)"
GRANDCHILD = "subprocess.Popen([sys.executable, '-c', 'import time; time.sleep(60)'])"
WITH_GRANDCHILD = f"import subprocess, sys; print({GRANDCHILD}.pid)"
DEAF = f"import signal; signal.signal(signal.SIGINT, signal.SIG_IGN); {WAITING}"


def wait_until_ready(log: Path) -> None:
    """Wait until the child says that it is ready."""
    while "ready" not in log.read_text(encoding="utf-8"):
        time.sleep(0.01)


def run_child(program: str, log: Path) -> subprocess.Popen[bytes]:
    """Start a child, leave its block by an interrupt while it runs, and return what is left of it."""
    with (
        suppress(KeyboardInterrupt),
        subject.child_process([sys.executable, "-c", program], log.parent, os.environ, log) as process,
    ):
        wait_until_ready(log)
        raise KeyboardInterrupt
    return process


def is_running(process_id: int) -> bool:
    """Return whether a process runs; one that ended and was not yet collected by its parent does not."""
    try:
        status = Path(f"/proc/{process_id}/stat").read_text(encoding="utf-8")
    except FileNotFoundError:
        return False
    return status.rpartition(")")[2].split()[0] != "Z"


def test_child_is_stopped_when_its_block_is_left_by_an_interrupt(tmp_path: Path) -> None:
    assert run_child(WAITING, tmp_path / "log").returncode != 0


def test_child_that_does_not_listen_is_killed(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(subject, "PATIENCE_SECONDS", 0.1)
    assert run_child(DEAF, tmp_path / "log").returncode == -9


def test_what_a_child_leaves_behind_is_killed(tmp_path: Path) -> None:
    run_child(f"{WITH_GRANDCHILD}; {WAITING}", tmp_path / "log")
    grandchild = int((tmp_path / "log").read_text(encoding="utf-8").split()[0])
    deadline = time.monotonic() + 5
    while is_running(grandchild) and time.monotonic() < deadline:
        time.sleep(0.01)
    assert not is_running(grandchild)


def test_child_that_ended_is_left_alone(tmp_path: Path) -> None:
    with subject.child_process(
        [sys.executable, "-c", "raise SystemExit(3)"], tmp_path, os.environ, tmp_path / "log"
    ) as child:
        child.wait()
    assert child.returncode == 3
