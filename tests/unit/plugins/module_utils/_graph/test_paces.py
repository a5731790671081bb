# Copyright: (c) 2026, m365.entra contributors
# GNU General Public License v3.0+ (see COPYING or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later
"""Paces that processes share: in files, under locks, and what becomes of files that are not as they should be."""

from __future__ import annotations

import os
import stat
import subprocess
import sys
import time
from itertools import pairwise
from pathlib import Path

import pytest

from ansible_collections.m365.entra.plugins.module_utils._graph import private_folder as folders
from ansible_collections.m365.entra.plugins.module_utils._graph.pace import UNPACED, Pace, after_throttling, with_turn
from ansible_collections.m365.entra.plugins.module_utils._graph.paces import OwnPaces, SharedPaces, paces_of
from ansible_collections.m365.entra.plugins.module_utils._graph.private_folder import private_folder

HERE = Path(folders.__file__).parents[6]
TAKE_TURNS = """
import sys, time
from pathlib import Path
from ansible_collections.m365.entra.plugins.module_utils._graph.pace import with_turn
from ansible_collections.m365.entra.plugins.module_utils._graph.paces import SharedPaces
paces = SharedPaces(Path(sys.argv[1]), "tenant")
for unused in range(25):
    print(paces.change("rate", lambda pace: with_turn(pace, time.time())).last)
"""


def throttled(paces: SharedPaces | OwnPaces, apart: float = 1.0) -> Pace:
    now = time.time()
    return paces.change("rate", lambda pace: after_throttling(pace, now, now, apart))


def test_nothing_is_written_before_something_is_paced(tmp_path: Path) -> None:
    paces = SharedPaces(tmp_path, "tenant")
    assert paces.change("rate", lambda pace: with_turn(pace, time.time())) == UNPACED
    assert list(tmp_path.iterdir()) == []


def test_another_process_sees_the_pace_and_another_tenant_does_not(tmp_path: Path) -> None:
    pace = throttled(SharedPaces(tmp_path, "tenant"))
    assert SharedPaces(tmp_path, "tenant").change("rate", lambda found: found) == pace
    assert SharedPaces(tmp_path, "other").change("rate", lambda found: found) == UNPACED
    assert SharedPaces(tmp_path, "tenant").change("other", lambda found: found) == UNPACED
    (file,) = tmp_path.iterdir()
    assert stat.S_IMODE(file.stat().st_mode) == 0o600
    assert "tenant" not in file.name


def test_no_turn_is_given_twice_to_processes_that_ask_at_once(tmp_path: Path) -> None:
    throttled(SharedPaces(tmp_path, "tenant"), 0.5)
    environment = {**os.environ, "PYTHONPATH": str(HERE)}
    command = [sys.executable, "-c", TAKE_TURNS, str(tmp_path)]
    processes = [subprocess.Popen(command, stdout=subprocess.PIPE, text=True, env=environment) for _unused in range(3)]
    turns = sorted(float(line) for process in processes for line in process.communicate()[0].split())
    assert len(turns) == 75
    assert all(later - earlier > 0.49 for earlier, later in pairwise(turns))


@pytest.mark.parametrize("content", ["", "{", "[]", '{"seconds_apart": "x"}', '{"other": 1}', "\0\0"])
def test_file_of_a_killed_process_is_no_pace(tmp_path: Path, content: str) -> None:
    paces = SharedPaces(tmp_path, "tenant")
    throttled(paces)
    (file,) = tmp_path.iterdir()
    file.write_text(content, encoding="utf-8")
    assert paces.change("rate", lambda pace: pace) == UNPACED
    assert throttled(paces).is_set


def test_folder_that_is_gone_leaves_each_process_its_own_pace(tmp_path: Path) -> None:
    paces = SharedPaces(tmp_path / "gone", "tenant")
    pace = throttled(paces)
    assert pace.is_set
    assert paces.change("rate", lambda found: found) == pace


def test_folder_is_private(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("XDG_RUNTIME_DIR", str(tmp_path))
    folder = private_folder()
    assert folder is not None
    assert folder.parent == tmp_path
    assert stat.S_IMODE(folder.stat().st_mode) == 0o700
    assert private_folder() == folder


def test_jobs_without_a_session_share_with_the_sessions_of_the_user(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(folders, "_RUNTIME_FOLDERS", tmp_path)
    own = tmp_path / str(os.getuid())
    own.mkdir(mode=0o700)
    monkeypatch.setenv("XDG_RUNTIME_DIR", str(own))
    of_session = private_folder()
    monkeypatch.delenv("XDG_RUNTIME_DIR")
    assert private_folder() == of_session
    assert of_session is not None
    of_session.rmdir()
    own.rmdir()
    elsewhere = private_folder()
    assert elsewhere is None or tmp_path not in elsewhere.parents


def test_folder_that_others_can_enter_is_not_used(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("XDG_RUNTIME_DIR", str(tmp_path))
    trap = tmp_path / f"m365-entra-{os.getuid()}"
    trap.mkdir(mode=0o755)
    assert private_folder() != trap
    trap.rmdir()
    (tmp_path / "elsewhere").mkdir(mode=0o700)
    trap.symlink_to(tmp_path / "elsewhere")
    assert private_folder() != trap


def test_without_a_safe_place_nothing_is_shared(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(folders, "is_private", lambda folder: False)
    assert isinstance(paces_of("tenant"), OwnPaces)
